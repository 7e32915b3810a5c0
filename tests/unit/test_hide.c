/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmdline/hide.h"
#include "tests/unit/cmdline_table.h"

/* ---- reading: a letter an item, C S W F D B for the verdicts in the order of enum hide_verdict -------------- */

struct read_row {
	const char *name, *value, *verdicts;
	bool kernel, xapi;
};

static const struct read_row reads[] = {
	{ "an empty list hides nothing and offends nobody", "", "", true, true },
	{ "the form that we write", "(0000:04:00.0)", "C", true, true },
	{ "two devices side by side", "(0000:04:00.0)(0000:04:00.1)", "CC", true, true },
	{ "the same device twice is no error", "(0000:04:00.0)(0000:04:00.0)", "CC", true, true },
	{ "the short form breaks XAPI's own commands", "(04:00.0)", "S", true, false },
	{ "one short item among full ones breaks XAPI", "(0000:04:00.0)(05:00.0)", "CS", true, false },
	{ "all functions by a star", "(0000:04:00.*)", "W", true, false },
	{ "all functions by a star, short", "(04:00.*)", "S", true, false },
	{ "a whole bus by stars", "(0000:04:*.*)", "W", true, false },
	{ "a whole bus by stars, short", "(04:*.*)", "S", true, false },
	{ "narrow numbers", "(0:4:0.0)", "F", true, false },
	{ "wide numbers", "(00000:004:000.00)", "F", true, false },
	{ "0x before a number", "(0x0:0x4:0x0.0x0)", "F", true, false },
	{ "0x with no digit behind it is zero for the kernel", "(0000:04:0x.0)", "F", true, false },
	{ "capitals: XAPI reads them", "(0000:0A:00.0)", "F", true, true },
	{ "a blank between items", "(0000:04:00.0) (0000:05:00.0)", "FC", true, false },
	{ "blanks around the list", "  (0000:04:00.0)\t", "F", true, false },
	{ "blanks before numbers", "( 0000: 04: 00. 0)", "F", true, false },
	{ "a number is cut to 32 bits", "(100000000:04:00.0)", "F", true, false },
	{ "a negative slot is a star for the kernel", "(0000:04:ffffffff.0)", "W", true, false },
	{ "a domain of Intel VMD", "(10000:e1:00.0)", "D", false, false },
	{ "a bus that cannot be", "(0000:100:00.0)", "B", false, false },
	{ "a slot that cannot be", "(0000:04:20.0)", "B", false, true },
	{ "a function that cannot be", "(0000:04:00.8)", "B", false, true },
	{ "XAPI reads on where the kernel stops", "(0000:04:00.8)(05:00.0)", "B", false, false },
	{ "a slot that cannot be, with a star", "(0000:04:20.*)", "B", false, false },
	{ "blanks alone", "  ", "B", false, false },
	{ "no parentheses", "0000:04:00.0", "B", false, false },
	{ "a comma between items", "(0000:04:00.0),(0000:05:00.0)", "CB", false, false },
	{ "a semicolon between items", "(0000:04:00.0);(0000:05:00.0)", "CB", false, false },
	{ "a missing ')'", "(0000:04:00.0", "B", false, false },
	{ "a missing ')' before another item", "(0000:04:00.0(0000:05:00.0)", "B", false, false },
	{ "a missing '('", "(0000:04:00.0)0000:05:00.0)", "CB", false, false },
	{ "a dot for a colon", "(0000:82.0.0)", "B", false, false },
	{ "a colon for the dot", "(0000:04:00:0)", "B", false, false },
	{ "a colon too many", "(0b::00.1)", "B", false, false },
	{ "no function", "(0000:04:00)", "B", false, false },
	{ "an empty item", "()", "B", false, false },
	{ "a letter that is no hex digit", "(0000:0g:00.0)", "B", false, false },
	{ "a sign is no hex digit", "(0000:+4:00.0)", "B", false, false },
	{ "a star for the slot alone", "(0000:04:*.0)", "B", false, false },
	{ "a star for the bus", "(0000:*:*.*)", "B", false, false },
	{ "a blank before a colon", "(0000 :04:00.0)", "B", false, false },
	{ "a blank before ')'", "(0000:04:00.0 )", "B", false, false },
	{ "a vendor and device id", "(10de:2231)", "B", false, false },
	{ "what follows a bad item is not looked at", "(bad)(0000:04:00.0)", "B", false, false },
	/* what users really typed */
	{ "wild: short form and a doubled colon", "(0b:00.0)(0b::00.1)", "SB", false, false },
	{ "wild: a short form", "(07:08.0)", "S", true, false },
	{ "wild: a dot for a colon in the last of four", "(0000:02:00.0)(0000:02:00.1)(0000:02:00.2)(0000.02:00.3)",
	  "CCCB", false, false },
	{ "wild: both keys, short form", "(0f:00.0)", "S", true, false },
	{ "wild: a star for the function", "(0000:03:00.*)", "W", true, false },
};

static void reads_list(void **state)
{
	const struct read_row *row = *state;
	_cleanup_(hide_done) struct hidelist l = { 0 };
	size_t end = 0;

	hide_parse(row->value, &l);
	assert_int_equal(l.n, strlen(row->verdicts));
	for (size_t i = 0; i < l.n; i++) {
		assert_int_equal("CSWFDB"[l.v[i].verdict], row -> verdicts[i]);
		assert_int_equal(!l.v[i].why, row->verdicts[i] == 'C');
		assert_true(l.v[i].off >= end);
		end = l.v[i].off + l.v[i].len;
		assert_true(end <= strlen(row->value));
		assert_true(l.v[i].at <= strlen(row->value));
	}
	assert_int_equal(l.kernel_accepts, row->kernel);
	assert_int_equal(l.xapi_accepts, row->xapi);
	assert_int_equal(hide_check("here", row->value, NULL), row->kernel ? 0 : -EINVAL);
}

/* ---- the place and the words of a refusal ------------------------------------------------------------------ */

struct why_row {
	const char *name, *value;
	size_t at;
	const char *text; /* part of the message */
};

static const struct why_row whys[] = {
	{ "the caret stands under the dot that should be a colon", "(0000:82.0.0)", 8, "a dot where a colon belongs" },
	{ "the caret stands under a dot behind the domain", "(0000.02:00.3)", 5, "a dot where a colon belongs" },
	{ "the caret stands under the second of two colons", "(0b::00.1)", 4, "a colon too many" },
	{ "the caret stands under the last colon", "(0000:04:00:0)", 11, "a colon where a dot belongs" },
	{ "the caret stands under the comma", "(0000:04:00.0),(0000:05:00.0)", 14, "a comma" },
	{ "the caret stands where ')' is missing", "(0000:04:00.0", 13, "')' is missing" },
	{ "the caret stands under the letter", "(0000:0g:00.0)", 7, "belongs to no address" },
	{ "the caret stands where a number is missing", "(0000:04:00.)", 12, "a number is missing" },
	{ "the caret stands behind blanks", "  ", 2, "only blanks" },
	{ "the message names the bad item", "(0000:04:00.0)(0000:04:00.8)", 14, "'(0000:04:00.8)'" },
	{ "a VMD domain is explained", "(10000:e1:00.0)", 1, "above ffff" },
	{ "the message names the place", "x", 0, "/boot/grub/grub.cfg" },
};

static void says_why(void **state)
{
	const struct why_row *row = *state;
	_cleanup_(hide_done) struct hidelist l = { 0 };
	_cleanup_free_ char *column = xasprintf("/boot/grub/grub.cfg:1:%zu\n", row->at + 1);
	struct err err = { 0 };

	hide_parse(row->value, &l);
	assert_int_equal(l.v[l.n - 1].at, row->at);
	assert_int_equal(hide_check("/boot/grub/grub.cfg", row->value, &err), -EINVAL);
	assert_non_null(strstr(err.text, row->text));
	assert_non_null(str_after(err.where, column));
	assert_true(err.hint[0]);
}

/* ---- covering ---------------------------------------------------------------------------------------------- */

struct cover_row {
	const char *name, *value, *bdf;
	bool covers;
};

static const struct cover_row covers[] = {
	{ "a device that is named is hidden", "(0000:04:00.1)", "0000:04:00.1", true },
	{ "another function is not", "(0000:04:00.1)", "0000:04:00.0", false },
	{ "another domain is not", "(0000:04:00.1)", "0001:04:00.1", false },
	{ "the short form means domain 0", "(04:00.1)", "0000:04:00.1", true },
	{ "a star hides every function", "(04:00.*)", "0000:04:00.7", true },
	{ "a star for functions stays in its slot", "(04:00.*)", "0000:04:01.0", false },
	{ "stars hide a whole bus", "(0000:04:*.*)", "0000:04:1f.7", true },
	{ "stars stay on their bus", "(0000:04:*.*)", "0000:05:00.0", false },
	{ "a number is cut to 32 bits", "(100000000:04:00.0)", "0000:04:00.0", true },
	{ "a negative slot hides that function of every slot", "(0:4:80000000.1)", "0000:04:13.1", true },
	{ "a negative slot leaves other functions alone", "(0:4:80000000.1)", "0000:04:13.0", false },
	{ "one bad item and the named device is not hidden", "(0000:04:00.1)(bad)", "0000:04:00.1", false },
	{ "an empty list hides nothing", "", "0000:00:00.0", false },
};

static void covers_device(void **state)
{
	const struct cover_row *row = *state;
	_cleanup_(hide_done) struct hidelist l = { 0 };
	struct bdf bdf;

	assert_true(bdf_parse(row->bdf, &bdf));
	hide_parse(row->value, &l);
	assert_int_equal(hide_covers(&l, bdf), row->covers);
}

/* ---- writing ----------------------------------------------------------------------------------------------- */

static void writes_canonically(void **state)
{
	static const char *const bdfs[] = { "0000:0a:00.1", "0000:04:00.0", "0001:00:00.0", "0000:0a:00.0", "4:0.0" };
	_cleanup_bdfset_ struct bdfset set = { 0 };
	_cleanup_(hide_done) struct hidelist l = { 0 };
	_cleanup_free_ char *empty = hide_format(&set), *value = NULL;
	struct bdf first;

	assert_string_equal(empty, "");
	for (size_t i = 0; i < ARRAY_SIZE(bdfs); i++) {
		struct bdf bdf;

		assert_true(bdf_parse(bdfs[i], &bdf));
		bdfset_add(&set, bdf);
	}
	first = set.v[0];
	value = hide_format(&set);
	assert_string_equal(value, "(0000:04:00.0)(0000:0a:00.0)(0000:0a:00.1)(0001:00:00.0)");
	assert_true(bdf_eq(first, set.v[0])); /* the caller's set keeps its order */

	hide_parse(value, &l);
	assert_int_equal(l.n, 4);
	assert_true(l.kernel_accepts && l.xapi_accepts);
	for (size_t i = 0; i < l.n; i++)
		assert_int_equal(l.v[i].verdict, HIDE_CANONICAL);
}

static void knows_keys(void **state)
{
	static const char *const others[] = {
		"",	"xen-pciback",	    "xen-pciback.hide2", "xen.pciback.hide", "XEN-PCIBACK.HIDE",
		"hide", "xen-pciback-hide", "xen_pciback_hide"
	};

	assert_true(hide_is_key("xen-pciback.hide"));
	assert_true(hide_is_key("xen_pciback.hide"));
	assert_false(hide_is_key("pciback.hide"));
	assert_true(hide_is_key_like("pciback.hide"));
	assert_true(hide_is_key_like("xen_pciback.hide"));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(hide_is_key_like(others[i]));
}

/* ---- properties -------------------------------------------------------------------------------------------- */

/* Lists near the border of what is read: few mistakes in much that is right. */
static void random_list(struct strbuf *out, uint64_t *seed)
{
	static const char *const parts[] = { "0000", "04", "1f", "0", "7", "8", "ffff", "10000",
					     "*",    "::", " ",	 "",  ",", "x", "A",	"." };

	for (uint32_t n = rnd(seed, 4); n > 0; n--) {
		bool wild = !rnd(seed, 4);

		strbuf_addf(out, "(%s:%s:%s.%s)", wild ? parts[rnd(seed, ARRAY_SIZE(parts))] : "0000",
			    parts[rnd(seed, wild ? ARRAY_SIZE(parts) : 4)], parts[rnd(seed, 4)],
			    parts[rnd(seed, wild ? ARRAY_SIZE(parts) : 5)]);
		if (wild && !rnd(seed, 3))
			strbuf_add(out, parts[rnd(seed, ARRAY_SIZE(parts))]);
	}
}

static void holds_properties(void **state)
{
	uint64_t seed = rnd_seed();

	for (int round = 0; round < 20000; round++) {
		_cleanup_strbuf_ struct strbuf value = { 0 };
		_cleanup_(hide_done) struct hidelist l = { 0 }, again = { 0 };
		_cleanup_bdfset_ struct bdfset set = { 0 };
		_cleanup_free_ char *canonical = NULL;
		bool stars = false;

		random_list(&value, &seed);
		hide_parse(strbuf_str(&value), &l);
		if (!l.kernel_accepts)
			continue;
		for (size_t i = 0; i < l.n; i++) {
			stars |= l.v[i].any_dev || l.v[i].any_fn;
			bdfset_add(&set, l.v[i].bdf);
		}
		if (stars)
			continue;
		canonical = hide_format(&set);
		hide_parse(canonical, &again);
		assert_true(again.kernel_accepts && again.xapi_accepts);
		assert_int_equal(again.n, set.n);
		for (size_t i = 0; i < set.n; i++)
			assert_true(hide_covers(&again, set.v[i]));
	}
}

int main(void)
{
	struct table t = { 0 };

	TABLE_ADD(&t, reads, reads_list);
	TABLE_ADD(&t, whys, says_why);
	TABLE_ADD(&t, covers, covers_device);
	table_add(&t, "a set is written sorted, lower case, each once, and left as it was", writes_canonically, NULL);
	table_add(&t, "the spellings of the key", knows_keys, NULL);
	table_add(&t, "random lists: what is read and written again hides the same and pleases XAPI", holds_properties,
		  NULL);
	return table_run(&t, "hide");
}
