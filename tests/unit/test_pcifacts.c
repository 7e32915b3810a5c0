/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pcifacts.c - BARs, resets, SR-IOV, vDPA and GPUs of functions, and routes: what is read, and what is unknown. */

#include <jansson.h>
#include <pci/pci.h>

#include "tests/unit/tree.h"
#include "xenhelpers/pcibar.h"
#include "xenhelpers/pcireset.h"
#include "xenhelpers/route.h"
#include "xenhelpers/sriov.h"
#include "xenhelpers/xapigpu.h"

/* One function with a config space of `size` bytes made of these words: {offset, four bytes}, up to {0, 0}. */
struct word {
	unsigned off;
	uint32_t value;
};
#define WORDS_MAX 12

struct one {
	struct pcidev dev;
	struct pcidevs set;
};

static void make(struct one *one, const struct word *words, size_t size)
{
	uint8_t bytes[4096] = { 0x86, 0x80, 0x34, 0x12 };

	*one = (struct one){ .dev = { .vendor = 0x8086, .device = 0x1234, .ids_known = true } };
	one->set = (struct pcidevs){ .v = &one->dev, .n = 1, .from_dump = true };
	for (size_t i = 0; i < WORDS_MAX && words[i].off; i++)
		for (unsigned b = 0; b < 4; b++)
			bytes[words[i].off + b] = (uint8_t)(words[i].value >> 8 * b);
	pcidev_config_from_dump(&one->dev, bytes, size);
}

#define HAS_CAPS { 0x04, 0x00100000 }, { 0x34, 0x40 }
#define EXPRESS(next, devcap) { 0x40, 0x00020010 | (next) << 8 }, { 0x44, (devcap) }

/* ---- BARs ------------------------------------------------------------------------------------------------------- */

static void test_bars(void **state)
{
	static const struct {
		const char *text;
		size_t n; /* SIZE_MAX: refused */
		uint64_t memory;
		struct pcibar first;
	} cases[] = {
		{ "", 0, 0, { 0 } },
		{ "0x0000000000000000 0x0000000000000000 0x0000000000000000\n", 0, 0, { 0 } },
		{ "0x00000000fe000000 0x00000000feffffff 0x0000000000040200\n", 1, 1 << 24,
		  { .start = 0xfe000000, .size = 1 << 24, .assigned = true } },
		{ "0x0000380000000000 0x0000381fffffffff 0x000000000014220c\n", 1, 128ull << 30,
		  { .start = 0x380000000000, .size = 128ull << 30, .wide = true, .prefetch = true, .assigned = true } },
		{ "0x000000000000e000 0x000000000000e07f 0x0000000000040101\n", 1, 0,
		  { .start = 0xe000, .size = 128, .io = true, .assigned = true } },
		/* no place: at 0, or as the kernel says */
		{ "0x0000000000000000 0x000000000000ffff 0x0000000000040200\n", 1, 0, { .size = 65536 } },
		{ "0x00000000fe000000 0x00000000fe00ffff 0x0000000020040200\n", 1, 0, { .start = 0xfe000000, .size = 65536 } },
		{ "0x00000000fe00ffff 0x00000000fe000000 0x0000000000040200\n", 0, 0, { 0 } }, /* ends first */
		{ "0x00000000fe000000 0x00000000feffffff\n", SIZE_MAX, 0, { 0 } },
		{ "fe000000 feffffff 40200\n", SIZE_MAX, 0, { 0 } },
		{ "0x0 0xffffffffffffffffff 0x200\n", SIZE_MAX, 0, { 0 } },
		{ "rubbish", SIZE_MAX, 0, { 0 } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pcibars bars = { 0 };
		struct err err = { 0 };
		int rc = pcibars_parse(cases[i].text, &bars, &err);

		if (cases[i].n == SIZE_MAX) {
			assert_int_equal(rc, -EINVAL);
			assert_non_null(strstr(err.text, "line 1"));
			continue;
		}
		assert_int_equal(rc, 0);
		assert_int_equal(bars.n, cases[i].n);
		assert_true(pcibars_memory(&bars) == cases[i].memory);
		if (!bars.n)
			continue;
		assert_true(bars.v[0].start == cases[i].first.start && bars.v[0].size == cases[i].first.size);
		assert_true(bars.v[0].io == cases[i].first.io && bars.v[0].wide == cases[i].first.wide);
		assert_true(bars.v[0].prefetch == cases[i].first.prefetch && bars.v[0].assigned == cases[i].first.assigned);
	}
}

/* Seven lines are a function's; more are a bridge's windows.  The sum does not wrap. */
static void test_bars_sum(void **state)
{
	static const char line[] = "0x0000000000001000 0xfffffffffffffffe 0x0000000000040200\n";
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct pcibars bars;

	for (int i = 0; i < 9; i++)
		strbuf_add(&text, line);
	assert_int_equal(pcibars_parse(strbuf_str(&text), &bars, NULL), 0);
	assert_int_equal(bars.n, PCIBAR_MAX);
	assert_int_equal(bars.v[6].index, PCIBAR_ROM);
	assert_true(pcibars_memory(&bars) == UINT64_MAX);
}

static void test_resizable(void **state)
{
	static const struct {
		const char *what;
		size_t size;
		struct word words[WORDS_MAX];
		enum tristate answer;
		uint64_t now, max;
	} cases[] = {
		{ "256 MiB of up to 16 GiB", 4096, { HAS_CAPS, EXPRESS(0, 0), { 0x100, 0x00010015 }, { 0x104, 0x0007f000 }, { 0x108, 0x820 } },
		  TRI_YES, 256ull << 20, 16ull << 30 }, /* bit 18: 2^14 MiB */
		{ "offers nothing", 4096, { HAS_CAPS, EXPRESS(0, 0), { 0x100, 0x00010015 }, { 0x108, 0x820 } }, TRI_NO, 0, 0 },
		{ "no such capability", 4096, { HAS_CAPS, EXPRESS(0, 0), { 0x100, 0x00010003 } }, TRI_NO, 0, 0 },
		{ "256 bytes", 256, { HAS_CAPS, EXPRESS(0, 0) }, TRI_UNKNOWN, 0, 0 },
		{ "not PCI Express", 256, { HAS_CAPS, { 0x40, 0x0001 } }, TRI_NO, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t now = 0, max = 0;
		struct one one;

		make(&one, cases[i].words, cases[i].size);
		if (pcibar_resizable(&one.set, &one.dev, &now, &max) != cases[i].answer || now != cases[i].now || max != cases[i].max)
			fail_msg("%s: now %llu, at most %llu", cases[i].what, (unsigned long long)now, (unsigned long long)max);
		pcidev_config_close(&one.dev);
	}
}

/* ---- resets -------------------------------------------------------------------------------------------------------- */

#define FLR (1u << 28)

static void test_resets(void **state)
{
	static const struct {
		const char *what;
		size_t size;
		uint16_t vendor, device;
		struct word words[WORDS_MAX];
		enum tristate flr, af, pm, own;
	} cases[] = {
		{ "FLR", 256, 0x8086, 1, { HAS_CAPS, EXPRESS(0, FLR) }, TRI_YES, TRI_NO, TRI_NO, TRI_YES },
		{ "nothing", 256, 0x8086, 1, { HAS_CAPS, EXPRESS(0, 0) }, TRI_NO, TRI_NO, TRI_NO, TRI_NO },
		{ "no capabilities", 256, 0x8086, 1, { { 0x04, 0x00000006 } }, TRI_NO, TRI_NO, TRI_NO, TRI_NO },
		{ "a liar", 256, 0x1022, 0x149c, { HAS_CAPS, EXPRESS(0, FLR) }, TRI_YES, TRI_NO, TRI_NO, TRI_NO },
		{ "not that liar", 256, 0x1022, 0x149d, { HAS_CAPS, EXPRESS(0, FLR) }, TRI_YES, TRI_NO, TRI_NO, TRI_YES },
		{ "power", 256, 0x8086, 1, { HAS_CAPS, { 0x40, 0x00030001 } }, TRI_NO, TRI_NO, TRI_YES, TRI_YES },
		{ "power, NoSoftRst", 256, 0x8086, 1, { HAS_CAPS, { 0x40, 0x00030001 }, { 0x44, 8 } }, TRI_NO, TRI_NO, TRI_NO, TRI_NO },
		{ "AF", 256, 0x8086, 1, { HAS_CAPS, { 0x40, 0x03060013 } }, TRI_NO, TRI_YES, TRI_NO, TRI_YES },
		{ "AF without TP", 256, 0x8086, 1, { HAS_CAPS, { 0x40, 0x02060013 } }, TRI_NO, TRI_NO, TRI_NO, TRI_NO },
		{ "64 bytes", 64, 0x8086, 1, { HAS_CAPS }, TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN },
		{ "a loop", 256, 0x8086, 1, { HAS_CAPS, { 0x40, 0x00004009 } }, TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pcireset r;
		struct one one;

		make(&one, cases[i].words, cases[i].size);
		one.dev.vendor = cases[i].vendor;
		one.dev.device = cases[i].device;
		pcireset_read(&one.set, &one.dev, &r);
		if (r.flr != cases[i].flr || r.af_flr != cases[i].af || r.pm != cases[i].pm || pcireset_own(&r) != cases[i].own)
			fail_msg("%s: FLR %d, AF %d, PM %d, own %d", cases[i].what, r.flr, r.af_flr, r.pm, pcireset_own(&r));
		assert_int_equal(pcireset_kernel(&one.set, &one.dev), TRI_UNKNOWN);
		pcidev_config_close(&one.dev);
	}
}

/* A reset of a bus hits what is behind bridges further down, too, and not what is beside them. */
static void test_hits(void **state)
{
	struct pcidev functions[] = {
		{ .bdf = { .bus = 0, .dev = 1 } },
		{ .bdf = { .bus = 1 }, .has_parent = true, .parent = { .bus = 0, .dev = 1 } },
		{ .bdf = { .bus = 1, .dev = 1 }, .has_parent = true, .parent = { .bus = 0, .dev = 1 } },
		{ .bdf = { .bus = 2 }, .has_parent = true, .parent = { .bus = 1, .dev = 1 } },
		{ .bdf = { .bus = 3 } },
	};
	const struct pcidevs set = { .v = functions, .n = ARRAY_SIZE(functions), .from_dump = true };
	_cleanup_bdfset_ struct bdfset hits = { 0 }, none = { 0 };
	_cleanup_free_ char *text = NULL;

	pcireset_hits(&set, &functions[1], &hits);
	text = bdfset_format(&hits, ",");
	assert_string_equal(text, "0000:01:01.0,0000:02:00.0");
	pcireset_hits(&set, &functions[4], &none);
	assert_int_equal(none.n, 0);
}

/* ---- SR-IOV, vDPA ---------------------------------------------------------------------------------------------------- */

static void test_sriov(void **state)
{
	static const struct word pf[WORDS_MAX] = { HAS_CAPS, EXPRESS(0, 0), { 0x100, 0x00010010 }, { 0x10c, 0x00400000 }, { 0x110, 4 },
						   { 0x114, 0x00020080 }, { 0x118, 0x154c0000 } };
	static const struct word cut[WORDS_MAX] = { HAS_CAPS, EXPRESS(0, 0), { 0x100, 0x00010010 } };
	static const struct word none[WORDS_MAX] = { HAS_CAPS, EXPRESS(0, 0), { 0x100, 0x00010003 } };
	struct sriov s = { 0 };
	struct one one;

	make(&one, pf, 4096);
	assert_int_equal(sriov_read(&one.set, &one.dev, &s), TRI_YES);
	assert_true(s.total == 64 && s.num == 4 && s.offset == 128 && s.stride == 2 && s.device == 0x154c);
	pcidev_config_close(&one.dev);
	make(&one, cut, 0x110);
	assert_int_equal(sriov_read(&one.set, &one.dev, &s), TRI_UNKNOWN);
	pcidev_config_close(&one.dev);
	make(&one, none, 4096);
	assert_int_equal(sriov_read(&one.set, &one.dev, &s), TRI_NO);
	pcidev_config_close(&one.dev);
	make(&one, none, 256);
	assert_int_equal(sriov_read(&one.set, &one.dev, &s), TRI_UNKNOWN);
	pcidev_config_close(&one.dev);
}

static void test_vfs(void **state)
{
	struct pcidev functions[] = {
		{ .bdf = { .bus = 1 } },
		{ .bdf = { .bus = 1, .fn = 1 } },
		{ .bdf = { .bus = 1, .dev = 2 }, .is_vf = true, .has_physfn = true, .physfn = { .bus = 1, .fn = 1 } },
		{ .bdf = { .bus = 1, .dev = 3 }, .is_vf = true, .has_physfn = true, .physfn = { .bus = 1 } },
		{ .bdf = { .bus = 1, .dev = 4 }, .is_vf = true },
		{ .bdf = { .bus = 2 }, .is_vf = true, .has_physfn = true, .physfn = { .bus = 1 } },
	};
	const struct pcidevs set = { .v = functions, .n = ARRAY_SIZE(functions) };
	static const char *const groups[] = { "0000:01:03.0,0000:02:00.0", "0000:01:02.0", "" };
	struct sriov_index x = { 0 };

	sriov_index_build(&set, &x);
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		_cleanup_bdfset_ struct bdfset vfs = { 0 };
		_cleanup_free_ char *text = NULL;

		sriov_vfs(&x, functions[i].bdf, &vfs);
		text = bdfset_format(&vfs, ",");
		assert_string_equal(text, groups[i]);
	}
	sriov_index_done(&x);
}

static void test_vdpa(void **state)
{
	static const char *const entries[] = {
		"sys/devices/pci0000:00/0000:00:01.0/0000:01:02.0/vdpa3/",
		"sys/bus/vdpa/devices/vdpa3 -> ../../../devices/pci0000:00/0000:00:01.0/0000:01:02.0/vdpa3",
		"sys/bus/vdpa/devices/broken -> ../../../devices/nowhere",
		NULL,
	};
	_cleanup_strv_ struct strv places = { 0 };
	struct tree t;

	tree_make(&t, entries);
	sriov_vdpa_places(t.host, &places);
	assert_int_equal(places.n, 1);
	assert_string_equal(sriov_vdpa(&places, (struct bdf){ .bus = 1, .dev = 2 }), "vdpa3");
	assert_null(sriov_vdpa(&places, (struct bdf){ .bus = 1, .dev = 3 }));
	tree_done(&t);
}

/* ---- GPUs -------------------------------------------------------------------------------------------------------------- */

static const char gpus[] =
	"{\"PGPU\": {\"P1\": {\"PCI\": \"C1\", \"GPU_group\": \"G1\", \"host\": \"H1\", \"resident_VGPUs\": []},"
	" \"P2\": {\"PCI\": \"C2\", \"GPU_group\": \"G2\", \"host\": \"H1\", \"resident_VGPUs\": [\"U2\"]},"
	" \"P3\": {\"PCI\": \"C3\", \"GPU_group\": \"G1\", \"host\": \"H2\", \"resident_VGPUs\": []},"
	" \"P4\": {\"PCI\": \"OpaqueRef:NULL\", \"host\": \"H1\"}},"
	" \"PCI\": {\"C1\": {\"pci_id\": \"0000:3b:00.0\"}, \"C2\": {\"pci_id\": \"0000:af:00.0\"}, \"C3\": {\"pci_id\": \"0000:5e:00.0\"}},"
	" \"VGPU\": {\"U1\": {\"VM\": \"V1\", \"GPU_group\": \"G1\"}, \"U2\": {\"VM\": \"V2\", \"GPU_group\": \"G2\"},"
	" \"U3\": {\"VM\": \"V1\", \"GPU_group\": \"G1\"}},"
	" \"VM\": {\"V1\": {\"uuid\": \"one\"}, \"V2\": {\"uuid\": \"two\"}}}";

static void test_gpus(void **state)
{
	static const struct {
		const char *bdf, *host;
		bool there, running;
		const char *vms;
	} cases[] = {
		{ "3b:00.0", "H1", true, false, "one" }, { "af:00.0", "H1", true, true, "two" }, { "3b:00.0", NULL, true, false, "one" },
		{ "5e:00.0", "H1", false, false, "" },	 { "99:00.0", "H1", false, false, "" },
	};
	_cleanup_free_ char *path = NULL;
	struct xapi *x = NULL;
	struct tree t;
	FILE *f;

	tree_begin(&t);
	path = xasprintf("%s/xapi.json", t.dir);
	f = fopen(path, "we");
	assert_non_null(f);
	assert_true(fputs(gpus, f) >= 0);
	assert_int_equal(fclose(f), 0);
	tree_open(&t);
	assert_int_equal(xapi_open(t.host, NULL, &x, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_(xapigpu_done) struct xapigpu g = { 0 };
		_cleanup_free_ char *vms = NULL;
		struct bdf bdf;

		assert_true(bdf_parse(cases[i].bdf, &bdf));
		assert_int_equal(xapigpu_read(x, cases[i].host, bdf, &g, NULL), 0);
		vms = strv_join(&g.vms, ",");
		assert_string_equal(vms, cases[i].vms);
		assert_true(g.there == cases[i].there && g.running == cases[i].running);
	}
	xapi_free(x);
	tree_done(&t);
}

/* ---- routes -------------------------------------------------------------------------------------------------------------- */

static void test_routes(void **state)
{
	static const char table[] = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
				    "xenbr0\t00000000\t010A0A0A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
				    "xenbr0\t000A0A0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
				    "xenbr4\t000200C0\t00000000\t0001\t0\t0\t9\t00FFFFFF\t0\t0\t0\n"
				    "xenbr5\t000200C0\t00000000\t0001\t0\t0\t5\t00FFFFFF\t0\t0\t0\n"
				    "xenbr6\t070200C0\t00000000\t0005\t0\t0\t9\tFFFFFFFF\t0\t0\t0\n"
				    "xenbr7\t080200C0\t00000000\t0000\t0\t0\t0\tFFFFFFFF\t0\t0\t0\n"
				    "rubbish\n";
	static const char *const cases[][2] = {
		{ "192.0.2.9", "xenbr5" }, /* the smaller metric */
		{ "192.0.2.7", "xenbr6" }, /* the narrower one */
		{ "192.0.2.8", "xenbr5" }, /* one that is down */
		{ "10.10.10.20", "xenbr0" }, { "203.0.113.1", "xenbr0" }, { "2001:db8::1", NULL }, { "storage", NULL }, { "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *name = route_interface(table, cases[i][0]);

		if (!streq0(name, cases[i][1]))
			fail_msg("'%s' goes through %s", cases[i][0], name ? name : "nothing");
	}
	assert_null(route_interface("", "192.0.2.9"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bars), cmocka_unit_test(test_bars_sum), cmocka_unit_test(test_resizable),
		cmocka_unit_test(test_resets), cmocka_unit_test(test_hits), cmocka_unit_test(test_sriov),
		cmocka_unit_test(test_vfs), cmocka_unit_test(test_vdpa), cmocka_unit_test(test_gpus),
		cmocka_unit_test(test_routes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
