/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_dmar.c - RMRRs and IVMDs: tables made here, whole and broken; paths through bridges of a small machine */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/tree.h"
#include "xenhelpers/dmar.h"

/* ---- making tables ------------------------------------------------------------------------------------ */

static void put(struct strbuf *b, uint64_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		strbuf_addc(b, (char)(v >> 8 * i));
}

static void poke(struct strbuf *b, size_t off, uint64_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		b->s[off + i] = (char)(v >> 8 * i);
}

static void begin(struct strbuf *b, const char *signature)
{
	strbuf_add(b, signature);
	strbuf_pad(b, '\0', 44);
}

/* Set the length and the checksum. */
static void end(struct strbuf *b)
{
	unsigned char sum = 0;

	poke(b, 4, b->len, 4);
	poke(b, 9, 0, 1);
	for (size_t i = 0; i < b->len; i++)
		sum = (unsigned char)(sum + (unsigned char)b->s[i]);
	poke(b, 9, (uint64_t)(256 - sum), 1);
}

static void rmrr(struct strbuf *b, unsigned segment, uint64_t base, uint64_t limit, unsigned scope_bytes)
{
	put(b, 1, 2);
	put(b, 24 + scope_bytes, 2);
	put(b, 0, 2);
	put(b, segment, 2);
	put(b, base, 8);
	put(b, limit, 8);
}

/* hops: "1c07" "0002", as hex digits of device and function */
static void scope(struct strbuf *b, unsigned type, unsigned bus, const char *hops)
{
	size_t n = strlen(hops) / 2;

	put(b, type, 1);
	put(b, 6 + n, 1);
	put(b, 0, 3);
	put(b, bus, 1);
	for (size_t i = 0; i < n; i++) {
		char digits[3] = { hops[2 * i], hops[2 * i + 1], '\0' };

		put(b, strtoul(digits, NULL, 16), 1);
	}
}

static void ivmd(struct strbuf *b, unsigned type, unsigned first, unsigned last, uint64_t base, uint64_t size)
{
	put(b, type, 1);
	put(b, 0x0f, 1);
	put(b, 32, 2);
	put(b, first, 2);
	put(b, last, 2);
	put(b, 0, 8);
	put(b, base, 8);
	put(b, size, 8);
}

static void add_intel(struct strbuf *b, const char *signature)
{
	begin(b, signature);
	put(b, 0, 2); /* a DRHD, which is passed over */
	put(b, 16, 2);
	strbuf_pad(b, 'x', 12);
	rmrr(b, 0, 0x7dffd000, 0x7dffffff, 16);
	scope(b, 1, 0, "1d00");
	scope(b, 1, 0, "1a00");
	rmrr(b, 1, 0xe0000, 0xe7fff, 10);
	scope(b, 1, 0, "1c070002");
	rmrr(b, 0, 0, 0, 0);
	end(b);
}

/* ---- decoding ------------------------------------------------------------------------------------------- */

static void decode_ok(const struct strbuf *b, struct dmar *d)
{
	struct err err = { 0 };

	if (dmar_decode(b->s, b->len, d, &err) < 0)
		fail_msg("%s", err.text);
}

static void test_intel(void **state)
{
	static const char *const names[] = { "DMAR", "RMAD" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_strbuf_ struct strbuf b = { 0 };
		struct dmar d = { 0 };
		struct bdf bdf;

		add_intel(&b, names[i]);
		decode_ok(&b, &d);
		assert_int_equal(d.n, 3);
		assert_false(d.bad_checksum);
		assert_string_equal(d.v[0].source, names[i]);
		assert_true(d.v[0].base == 0x7dffd000 && d.v[0].limit == 0x7dffffff);
		assert_int_equal(dmar_pages(&d.v[0]), 3);
		assert_true(dmar_is_shared(&d.v[0]));
		assert_false(dmar_below_1m(&d.v[0]));
		assert_true(dmar_resolve(&d.v[0], &d.v[0].v[1], NULL, &bdf));
		assert_string_equal(BDF_STR(bdf), "0000:00:1a.0");
		assert_false(dmar_is_shared(&d.v[1]));
		assert_true(dmar_below_1m(&d.v[1]));
		assert_int_equal(d.v[1].segment, 1);
		assert_false(dmar_resolve(&d.v[1], &d.v[1].v[0], NULL, &bdf));
		assert_int_equal(d.v[2].n, 0);
		assert_int_equal(dmar_pages(&d.v[2]), 1);
		dmar_done(&d);
		dmar_done(&d);
	}
}

static void test_text(void **state)
{
	_cleanup_strbuf_ struct strbuf b = { 0 };
	struct dmar d = { 0 };
	_cleanup_free_ char *one = NULL, *path = NULL;

	add_intel(&b, "DMAR");
	decode_ok(&b, &d);
	one = dmar_scope_format(&d.v[0], &d.v[0].v[0], NULL);
	path = dmar_scope_format(&d.v[1], &d.v[1].v[0], NULL);
	assert_string_equal(one, "0000:00:1d.0");
	assert_string_equal(path, "0001:00:1c.7/00.2 (unresolved)");
	assert_int_equal(dmar_covers(&d.v[0], NULL, (struct bdf){ .dev = 0x1d }), TRI_YES);
	assert_int_equal(dmar_covers(&d.v[0], NULL, (struct bdf){ .dev = 0x1b }), TRI_NO);
	assert_int_equal(dmar_covers(&d.v[1], NULL, (struct bdf){ .domain = 1, .bus = 3 }), TRI_UNKNOWN);
	assert_int_equal(dmar_covers(&d.v[1], NULL, (struct bdf){ .bus = 3 }), TRI_NO);
	dmar_done(&d);
}

static void test_amd(void **state)
{
	static const char *const texts[] = { "all", "0000:01:00.0", "0000:02:00.0-0000:02:01.7" };
	_cleanup_strbuf_ struct strbuf b = { 0 };
	struct dmar d = { 0 };

	begin(&b, "IVRS");
	put(&b, 0x40b0, 2); /* an IVHD, which is passed over */
	put(&b, 24, 2);
	strbuf_pad(&b, 'x', 20);
	ivmd(&b, 0x20, 0, 0, 0x1000, 0x2000);
	ivmd(&b, 0x21, 0x100, 0xffff, 0xc9f42000, 0x26000);
	ivmd(&b, 0x22, 0x200, 0x20f, 0x3000, 0);
	end(&b);
	decode_ok(&b, &d);
	assert_int_equal(d.n, 3);
	for (size_t i = 0; i < d.n; i++) {
		_cleanup_free_ char *text = dmar_scope_format(&d.v[i], &d.v[i].v[0], NULL);

		assert_string_equal(text, texts[i]);
		assert_int_equal(dmar_is_shared(&d.v[i]), i != 1);
	}
	assert_true(d.v[1].base == 0xc9f42000 && d.v[1].limit == 0xc9f67fff);
	assert_int_equal(d.v[1].flags, 0x0f);
	assert_int_equal(dmar_pages(&d.v[2]), 0);
	assert_int_equal(dmar_covers(&d.v[0], NULL, (struct bdf){ .bus = 9 }), TRI_YES);
	assert_int_equal(dmar_covers(&d.v[1], NULL, (struct bdf){ .bus = 1, .fn = 1 }), TRI_NO);
	assert_int_equal(dmar_covers(&d.v[2], NULL, (struct bdf){ .bus = 2, .dev = 1, .fn = 7 }), TRI_YES);
	dmar_done(&d);
}

/* Device entries: an alias, a range of them, others of every length between; a later one counts, other segments do not. */
static void test_aliases(void **state)
{
	static const struct {
		const char *bdf, *group;
	} cases[] = {
		{ "03:00.0", "0000:03:00.0" },
		{ "02:04.0", "0000:02:00.0, 0000:02:04.0, 0000:02:05.0" },
		{ "02:00.0", "0000:02:00.0, 0000:02:04.0, 0000:02:05.0" },
		{ "02:1f.0", "0000:02:1f.0" }, /* beyond the range */
		{ "04:00.0", "0000:04:00.0, 0000:04:00.7" },
		{ "0001:04:00.0", "0001:04:00.0" },
	};
	static struct pcidev functions[] = {
		{ .bdf = { 0, 2, 0, 0 } }, { .bdf = { 0, 2, 4, 0 } }, { .bdf = { 0, 2, 5, 0 } }, { .bdf = { 0, 2, 0x1f, 0 } },
		{ .bdf = { 0, 3, 0, 0 } }, { .bdf = { 0, 4, 0, 0 } }, { .bdf = { 0, 4, 0, 7 } }, { .bdf = { 1, 4, 0, 0 } },
	};
	const struct pcidevs set = { .v = functions, .n = ARRAY_SIZE(functions) };
	_cleanup_strbuf_ struct strbuf b = { 0 };
	struct dmar d = { 0 };
	size_t block;

	begin(&b, "IVRS");
	block = b.len;
	put(&b, 0x11, 2);
	put(&b, 0, 2);
	strbuf_pad(&b, '\0', 36);
	put(&b, 0x000000 << 8 | 1, 4);			/* all */
	put(&b, 0x0210 << 8 | 67, 4);			/* 02:02.0 and on ... */
	put(&b, 0x0200 << 8, 4);			/* ... as 02:00.0 */
	put(&b, 0x022f << 8 | 4, 4);			/* ... to 02:05.7 */
	put(&b, 0x0400 << 8 | 66, 4);			/* 04:00.0 as another, which does not count */
	put(&b, 0x0300 << 8, 4);
	put(&b, 0xa0 << 8 | 72, 8);			/* an I/O APIC */
	put(&b, 0x0400 << 8 | 66, 4);			/* 04:00.0 as 04:00.7 */
	put(&b, 0x0407 << 8, 4);
	put(&b, 0xa5 << 8 | 240, 4);			/* one by its ACPI name, of three letters */
	strbuf_pad(&b, 'x', 17);
	put(&b, 3, 1);
	strbuf_add(&b, "abc");
	poke(&b, block + 2, b.len - block, 2);
	end(&b);
	decode_ok(&b, &d);
	assert_true(d.amd && d.n_aliases == 3 && !d.n);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_bdfset_ struct bdfset group = { 0 };
		_cleanup_free_ char *text = NULL;
		struct bdf bdf;

		assert_true(bdf_parse(cases[i].bdf, &bdf));
		dmar_alias_group(&d, &set, bdf, &group);
		bdfset_sort(&group);
		text = bdfset_format(&group, ", ");
		assert_string_equal(text, cases[i].group);
	}
	dmar_done(&d);
	/* an entry that is longer than its block */
	poke(&b, b.len - 4, 4, 1);
	end(&b);
	assert_int_equal(dmar_decode(b.s, b.len, &d, NULL), -EINVAL);
	assert_true(!d.n_aliases);
	dmar_done(&d);
}

/* Every beginning of a table is refused, and leaves no trace in the result; so is every length that does not add up. */
static void test_cut(void **state)
{
	_cleanup_strbuf_ struct strbuf whole = { 0 };
	struct dmar d = { 0 };

	add_intel(&whole, "DMAR");
	decode_ok(&whole, &d);
	for (size_t n = 0; n < whole.len; n++) {
		_cleanup_free_ char *copy = xmemdup(whole.s, n + 1); /* so that a sanitizer sees a byte too many */
		struct err err = { 0 };

		assert_int_equal(dmar_decode(copy, n, &d, &err), -EINVAL);
		assert_int_equal(d.n, 3);
		assert_true(*err.text);
	}
	dmar_done(&d);
}

static void test_lengths(void **state)
{
	static const struct {
		size_t off;
		unsigned value, bytes;
		const char *error;
	} v[] = {
		{ 4, 40, 4, "byte 4" },		 /* the table */
		{ 4, 100000, 4, "byte 4" },	 /* longer than there is */
		{ 50, 0, 2, "byte 48" },	 /* a structure of no bytes: it would never end */
		{ 50, 3, 2, "byte 48" },
		{ 50, 400, 2, "byte 48" },
		{ 66, 20, 2, "byte 64" },	 /* an RMRR without its fixed part */
		{ 66, 26, 2, "byte 88" },	 /* with a part of a scope */
		{ 89, 0, 1, "byte 88" },	 /* a scope of no bytes */
		{ 89, 6, 1, "byte 88" },	 /* without a path */
		{ 89, 18, 1, "byte 88" },	 /* longer than its RMRR */
		{ 0, 'X', 1, "begins with 'XMAR'" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(v); i++) {
		_cleanup_strbuf_ struct strbuf b = { 0 };
		struct dmar d = { 0 };
		struct err err = { 0 };

		add_intel(&b, "DMAR");
		poke(&b, v[i].off, v[i].value, v[i].bytes);
		assert_int_equal(dmar_decode(b.s, b.len, &d, &err), -EINVAL);
		if (!strstr(err.text, v[i].error))
			fail_msg("'%s' does not say %s", err.text, v[i].error);
		assert_int_equal(d.n, 0);
		dmar_done(&d);
	}
}

static void test_told(void **state)
{
	_cleanup_strbuf_ struct strbuf b = { 0 };
	struct dmar d = { 0 };

	add_intel(&b, "DMAR");
	poke(&b, 10, 1, 1);
	strbuf_add(&b, "more");
	decode_ok(&b, &d);
	assert_true(d.bad_checksum);
	assert_int_equal(d.behind, 4);
	dmar_done(&d);
}

/* ---- bridges ---------------------------------------------------------------------------------------------- */

static void add_function(const struct tree *t, const char *bdf, unsigned secondary)
{
	_cleanup_free_ char *path = xasprintf("sys/bus/pci/devices/%s/config", bdf);
	uint8_t config[64] = { 0x86, 0x80, 0x34, 0x12 };

	if (secondary) {
		config[0x0b] = 6;
		config[0x0a] = 4;
		config[0x0e] = 1;
		config[0x19] = config[0x1a] = (uint8_t)secondary;
	} else {
		config[0x0b] = 2;
	}
	tree_add_file(t, path, config, sizeof(config));
}

static void test_bridges(void **state)
{
	static const struct {
		const char *hops, *text;
	} v[] = {
		{ "1c07", "0000:00:1c.7" },
		{ "1c070002", "0000:02:00.2" },
		{ "1c0700000301", "0000:05:03.1" },
		{ "1d000000", "0000:00:1d.0/00.0 (unresolved)" },     /* no bridge */
		{ "1e000000", "0000:00:1e.0/00.0 (unresolved)" },     /* not there */
		{ "1f000000", "0000:00:1f.0/00.0 (unresolved)" },     /* a bridge that leads to its own bus */
		{ "1c0700020000", "0000:00:1c.7/00.2/00.0 (unresolved)" },
		{ "1c072000", "0000:00:1c.7/20.0 (unresolved)" },     /* no such device number */
	};
	_cleanup_strbuf_ struct strbuf b = { 0 };
	struct pcidevs set = { 0 };
	struct dmar d = { 0 };
	struct err err = { 0 };
	struct tree t;

	tree_begin(&t);
	add_function(&t, "0000:00:1c.7", 2);
	add_function(&t, "0000:00:1d.0", 0);
	add_function(&t, "0000:00:1f.0", 0);
	add_function(&t, "0000:02:00.0", 5);
	add_function(&t, "0000:02:00.2", 0);
	add_function(&t, "0000:05:03.1", 0);
	tree_open(&t);
	assert_int_equal(pcidevs_read(t.host, &set, &err), 0);
	begin(&b, "DMAR");
	for (size_t i = 0; i < ARRAY_SIZE(v); i++) {
		rmrr(&b, 0, 0x1000, 0x1fff, 6 + (unsigned)strlen(v[i].hops) / 2);
		scope(&b, 1, 0, v[i].hops);
	}
	rmrr(&b, 0, 0x1000, 0x1fff, 8);
	scope(&b, 2, 0, "1c07");
	end(&b);
	decode_ok(&b, &d);
	for (size_t i = 0; i < ARRAY_SIZE(v); i++) {
		_cleanup_free_ char *text = dmar_scope_format(&d.v[i], &d.v[i].v[0], &set);

		assert_string_equal(text, v[i].text);
	}
	/* A scope that is a bridge holds for what is behind it. */
	assert_int_equal(dmar_covers(&d.v[ARRAY_SIZE(v)], &set, (struct bdf){ .bus = 5, .dev = 3, .fn = 1 }), TRI_YES);
	assert_int_equal(dmar_covers(&d.v[ARRAY_SIZE(v)], &set, (struct bdf){ .dev = 0x1d }), TRI_NO);
	dmar_done(&d);
	pcidevs_done(&set);
	tree_done(&t);
}

/* ---- hosts -------------------------------------------------------------------------------------------------- */

static int read_host(const char *const *names, struct dmar *d, struct err *err)
{
	struct tree t;
	int rc;

	tree_begin(&t);
	for (; *names; names++) {
		_cleanup_free_ char *path = xasprintf("sys/firmware/acpi/tables/%s", *names);
		_cleanup_strbuf_ struct strbuf b = { 0 };

		add_intel(&b, *names);
		if (streq(*names, "IVRS"))
			b.len = 10;
		tree_add_file(&t, path, b.s, b.len);
	}
	tree_open(&t);
	rc = dmar_read(t.host, d, err);
	tree_done(&t);
	return rc;
}

static void test_read(void **state)
{
	struct dmar d = { 0 };
	struct err err = { 0 };

	assert_int_equal(read_host((const char *const[]){ NULL }, &d, &err), -ENODATA);
	assert_int_equal(read_host((const char *const[]){ "APIC", NULL }, &d, &err), 0);
	assert_int_equal(d.n, 0);
	assert_int_equal(read_host((const char *const[]){ "RMAD", NULL }, &d, &err), 0);
	assert_int_equal(d.n, 3);
	dmar_done(&d);
	assert_int_equal(read_host((const char *const[]){ "DMAR", "RMAD", NULL }, &d, &err), 0);
	assert_int_equal(d.n, 3);
	dmar_done(&d);
	assert_int_equal(read_host((const char *const[]){ "DMAR", "IVRS", NULL }, &d, &err), -EINVAL);
	assert_non_null(strstr(err.text, "tables/IVRS"));
	assert_int_equal(d.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_intel),	cmocka_unit_test(test_text), cmocka_unit_test(test_amd),
		cmocka_unit_test(test_cut),	cmocka_unit_test(test_lengths), cmocka_unit_test(test_told),
		cmocka_unit_test(test_bridges), cmocka_unit_test(test_aliases), cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
