/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pcigroup.c - alias and isolation groups of small machines, made from a word for each function */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pci/pci.h>

#include "tests/unit/tree.h"
#include "xenhelpers/pcigroup.h"

/*
 * One function: "BDF KIND [multi] [acs] [short] [bus=NN]".  KIND: root, up, down (ports), pci (conventional bridge), e2p (PCIe to PCI),
 * p2e (PCI to PCIe), ep, rciep, old (conventional function).  short: only 64 bytes of config space.
 */
struct machine {
	const char *functions[12];
	/* "alias-group / isolation-group": members joined by ",", groups of one left out, groups by ";"; "?" before unknown ones */
	const char *alias, *isolation;
};

static const struct {
	const char *name;
	int type; /* -1: conventional */
	bool bridge;
} kinds[] = {
	{ "root", 4, true }, { "up", 5, true }, { "down", 6, true }, { "pci", -1, true }, { "e2p", 7, true },
	{ "p2e", 8, true },  { "ep", 0, false }, { "rciep", 9, false }, { "old", -1, false },
};

static void put32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static void fill(uint8_t *c, const char *words, unsigned kind)
{
	const char *bus = strstr(words, "bus=");

	put32(c, 0x12348086);
	c[PCI_CLASS_DEVICE + 1] = kinds[kind].bridge ? 6 : 2;
	c[PCI_CLASS_DEVICE] = kinds[kind].bridge ? 4 : 0;
	c[PCI_HEADER_TYPE] = (uint8_t)(kinds[kind].bridge | (strstr(words, "multi") ? 0x80 : 0));
	c[PCI_STATUS] = PCI_STATUS_CAP_LIST;
	if (bus)
		c[PCI_SECONDARY_BUS] = c[PCI_SUBORDINATE_BUS] = (uint8_t)strtoul(bus + 4, NULL, 16);
	c[PCI_CAPABILITY_LIST] = 0x40;
	c[0x40] = kinds[kind].type < 0 ? PCI_CAP_ID_MSI : PCI_CAP_ID_EXP;
	c[0x42] = (uint8_t)(kinds[kind].type < 0 ? 0 : kinds[kind].type << 4 | 2);
	if (strstr(words, "acs"))
		put32(c + 0x100, PCI_EXT_CAP_ID_ACS | 1 << 16);
}

static void add_function(const struct tree *t, const char *line)
{
	_cleanup_strv_ struct strv words = { 0 };
	_cleanup_free_ char *path = NULL, *physfn = NULL;
	uint8_t config[4096] = { 0 };
	const char *vf = strstr(line, "vf=");

	strv_split(&words, line, ' ');
	path = xasprintf("sys/bus/pci/devices/0000:%s/config", words.v[0]);
	for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++)
		if (streq(kinds[i].name, words.v[1]))
			fill(config, line, i);
	tree_add_file(t, path, config, strstr(line, "short") ? 64 : sizeof(config));
	if (vf) {
		physfn = xasprintf("sys/bus/pci/devices/0000:%s/physfn -> ../%s", words.v[0], vf + 3);
		tree_add(t, physfn);
	}
}

static const char *shorten(struct bdf bdf, char buf[BDF_STRLEN])
{
	return bdf_format(bdf, buf) + 5;
}

/* Groups of more than one, and unknown ones, as the table writes them. */
static char *groups_text(const struct pcigroups *g, bool alias)
{
	struct strbuf out = { 0 };

	for (size_t i = 0; i < g->set->n; i++) {
		const struct pcidev *dev = &g->set->v[i];
		_cleanup_bdfset_ struct bdfset members = { 0 };
		char buf[BDF_STRLEN];
		size_t n = 0;
		bool known = alias ? pcigroup_alias(g, dev, &members, &n) : pcigroup_isolation(g, dev, NULL, &members, &n);

		if (!known) {
			strbuf_addf(&out, "%s?%s", out.len ? ";" : "", shorten(dev->bdf, buf));
			continue;
		}
		assert_int_equal(n, members.n);
		assert_true(bdfset_has(&members, dev->bdf));
		if (!bdf_eq(members.v[0], dev->bdf) || n == 1)
			continue;
		for (size_t k = 0; k < n; k++)
			strbuf_addf(&out, "%s%s", k ? "," : out.len ? ";" : "", shorten(members.v[k], buf));
	}
	return strbuf_take(&out);
}

static void check(const struct machine *m)
{
	_cleanup_free_ char *alias = NULL, *isolation = NULL;
	struct pcigroups g = { 0 };
	struct pcidevs set = { 0 };
	struct err err = { 0 };
	struct tree t;

	tree_begin(&t);
	for (size_t i = 0; i < ARRAY_SIZE(m->functions) && m->functions[i]; i++)
		add_function(&t, m->functions[i]);
	tree_open(&t);
	if (pcidevs_read(t.host, &set, &err) < 0)
		fail_msg("%s", err.text);
	pcigroups_compute(&set, &g);
	alias = groups_text(&g, true);
	isolation = groups_text(&g, false);
	assert_string_equal(alias, m->alias);
	assert_string_equal(isolation, m->isolation);
	pcigroups_done(&g);
	pcigroups_done(&g);
	pcidevs_done(&set);
	tree_done(&t);
}

static void test_ports(void **state)
{
	static const struct machine v[] = {
		/* a port with ACS keeps what is below apart from it; one without does not */
		{ { "00:01.0 root acs bus=01", "01:00.0 ep" }, "", "" },
		{ { "00:01.0 root bus=01", "01:00.0 ep" }, "", "00:01.0,01:00.0" },
		/* two functions of a card, with and without */
		{ { "00:01.0 root acs bus=01", "01:00.0 ep multi acs", "01:00.1 ep multi acs" }, "", "" },
		{ { "00:01.0 root acs bus=01", "01:00.0 ep multi", "01:00.1 ep multi" }, "", "01:00.0,01:00.1" },
		/* the one with ACS stays alone */
		{ { "00:01.0 root acs bus=01", "01:00.0 ep multi", "01:00.1 ep multi acs", "01:00.2 ep multi" },
		  "", "01:00.0,01:00.2" },
		/* two ports of one device without ACS: all below them together */
		{ { "00:1c.0 root multi bus=01", "00:1c.1 root multi bus=02", "01:00.0 ep", "02:00.0 ep" },
		  "", "00:1c.0,00:1c.1,01:00.0,02:00.0" },
		{ { "00:1c.0 root multi acs bus=01", "00:1c.1 root multi acs bus=02", "01:00.0 ep", "02:00.0 ep" }, "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(v); i++)
		check(&v[i]);
}

static void test_switches(void **state)
{
	static const struct machine v[] = {
		{ { "00:01.0 root acs bus=01", "01:00.0 up bus=02", "02:00.0 down acs bus=03", "02:01.0 down acs bus=04",
		    "03:00.0 ep", "04:00.0 ep" }, "", "" },
		/* a downstream port without ACS joins what is below it, and nothing else */
		{ { "00:01.0 root acs bus=01", "01:00.0 up bus=02", "02:00.0 down bus=03", "02:01.0 down acs bus=04",
		    "03:00.0 ep", "04:00.0 ep" }, "", "02:00.0,03:00.0" },
		/* a root port without it spoils the whole tree */
		{ { "00:01.0 root bus=01", "01:00.0 up bus=02", "02:00.0 down acs bus=03", "02:01.0 down acs bus=04",
		    "03:00.0 ep", "04:00.0 ep" }, "", "00:01.0,01:00.0,02:00.0,02:01.0,03:00.0,04:00.0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(v); i++)
		check(&v[i]);
}

static void test_pci_bridges(void **state)
{
	static const struct machine v[] = {
		{ { "00:01.0 root acs bus=01", "01:00.0 e2p bus=02", "02:03.0 old", "02:04.0 old" },
		  "01:00.0,02:03.0,02:04.0", "01:00.0,02:03.0,02:04.0" },
		{ { "00:1e.0 pci bus=01", "01:00.0 old", "01:01.0 old" },
		  "00:1e.0,01:00.0,01:01.0", "00:1e.0,01:00.0,01:01.0" },
		/* a bridge behind a bridge: the topmost names the group */
		{ { "00:1e.0 pci bus=01", "01:00.0 pci bus=02", "01:01.0 old", "02:00.0 old" },
		  "00:1e.0,01:00.0,01:01.0,02:00.0", "00:1e.0,01:00.0,01:01.0,02:00.0" },
		/* PCIe behind PCI: an alias for Linux, none that Xen writes down; the bridge above it decides */
		{ { "00:1e.0 pci bus=01", "01:00.0 p2e bus=02", "02:00.0 ep" },
		  "00:1e.0,01:00.0,02:00.0", "00:1e.0,01:00.0,02:00.0" },
		/* conventional functions on a root bus: by slot */
		{ { "00:02.0 old", "00:1f.0 old multi", "00:1f.2 old", "00:1f.3 rciep" }, "", "00:1f.0,00:1f.2,00:1f.3" },
		{ { "00:14.0 rciep", "00:15.0 rciep multi", "00:15.1 rciep" }, "", "00:15.0,00:15.1" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(v); i++)
		check(&v[i]);
}

static void test_vfs(void **state)
{
	static const struct machine v[] = {
		{ { "00:01.0 root acs bus=01", "01:00.0 ep multi", "01:00.1 ep multi", "01:00.4 ep vf=0000:01:00.0",
		    "01:00.5 ep vf=0000:01:00.0" }, "", "01:00.0,01:00.1" },
		/* on a bus that no bridge names: they hang where their function hangs */
		{ { "00:01.0 root bus=01", "01:00.0 ep", "02:00.0 ep vf=0000:01:00.0" }, "", "00:01.0,01:00.0,02:00.0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(v); i++)
		check(&v[i]);
}

static void test_unknown(void **state)
{
	static const struct machine v[] = {
		/* only the short one's neighbours are in doubt */
		{ { "00:01.0 root acs bus=01", "00:02.0 root acs bus=02", "01:00.0 ep multi short", "01:00.1 ep short", "02:00.0 ep" },
		  "", "?01:00.0;?01:00.1" },
		/* a port of which nobody knows what it is: what hangs below, and whether DMA bears its id */
		{ { "00:01.0 root short bus=01", "00:02.0 root acs bus=02", "01:00.0 ep", "02:00.0 ep" },
		  "?00:01.0;?01:00.0", "?00:01.0;?01:00.0" },
		/* a single function on a root bus has nobody to share with */
		{ { "00:03.0 ep short", "00:04.0 ep" }, "", "" },
		/* together for sure, whatever the rest is */
		{ { "00:01.0 root bus=01", "01:00.0 ep multi short", "01:00.1 ep short" }, "", "00:01.0,01:00.0,01:00.1" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(v); i++)
		check(&v[i]);
}

/* As many functions as a host can have: a moment, whatever their shape. */
static void test_many(void **state)
{
	struct pcidevs set = { .n = 100000 };
	struct pcigroups g = { 0 };

	set.v = xcalloc(set.n, sizeof(*set.v));
	for (size_t i = 0; i < set.n; i++)
		set.v[i] = (struct pcidev){ .bdf = { .domain = (uint32_t)(i >> 16), .bus = (uint8_t)(i >> 8),
						     .dev = i >> 3 & 31, .fn = i & 7 },
					    .has_parent = i & 0xff00,
					    .parent = { .domain = (uint32_t)(i >> 16), .bus = (uint8_t)((i >> 8) - 1) } };
	pcigroups_compute(&set, &g);
	assert_int_equal(pcigroup_is_isolated(&g, &set.v[set.n - 1]), TRI_UNKNOWN);
	pcigroups_done(&g);
	pcidevs_done(&set);
	pcigroups_compute(&set, &g); /* none at all */
	pcigroups_done(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ports), cmocka_unit_test(test_switches), cmocka_unit_test(test_pci_bridges),
		cmocka_unit_test(test_vfs),   cmocka_unit_test(test_unknown),  cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
