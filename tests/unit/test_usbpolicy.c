/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_usbpolicy.c - rules, their shadows (against brute force), edits, merges, words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "usbpolicy/policy_edit.h"
#include "usbpolicy/policy_merge.h"
#include "usbpolicy/policy_shipped.h"
#include "usbpolicy/shadow.h"
#include "usbpolicy/usbclass.h"

static struct policy parse(const char *text)
{
	struct policy p;

	policy_parse(text, strlen(text), &p);
	return p;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

static void test_positions(void **state)
{
	static const char text[] = "# head\r\n\r\n Allow : VID=056A pid=0315  # a tablet \r\nDENY:vid=17e9";
	_cleanup_(policy_done) struct policy p = parse(text);
	_cleanup_free_ char *first = NULL, *second = NULL, *shown = NULL;

	assert_int_equal(p.n, 2);
	assert_int_equal(p.n_bad, 0);
	assert_int_equal(p.lines, 4);
	assert_int_equal(p.blank_line, 2);
	assert_int_equal(p.v[0].line, 3);
	assert_int_equal(p.v[1].line, 4);
	first = policy_rule_text(&p, &p.v[0]);
	second = policy_rule_format(&p.v[0]);
	shown = xstrndup(text + p.v[0].comment, p.v[0].comment_len);
	assert_string_equal(first, "Allow : VID=056A pid=0315");
	assert_string_equal(second, "ALLOW:vid=056a pid=0315");
	assert_string_equal(shown, "a tablet");
	assert_int_equal(p.v[1].line_end, strlen(text));
}

static void test_carets(void **state)
{
	static const struct {
		const char *line, *shown, *why;
	} cases[] = {
		{ "ALLOW:vid=056a,pid=0315", ",", "not separated" },
		{ "ALLOW:vid=0x056a", "0x056a", "without 0x" },
		{ "ALLOW: class=3", "3", "exactly 2" },
		{ "ALLOW: subclass=01class=03", "01c", "exactly 2" },
		{ "ALLOW: vid=56a", "56a", "exactly 4" },
		{ "ALLOW: vid=0001 vid=0002", "vid=0002", "twice" },
		{ "ALLOW: what=01", "what=01", "no 'key=hex'" },
		{ "ALLOW: vid", "vid", "'='" },
		{ "PERMIT: vid=0001", "PERMIT", "neither ALLOW nor DENY" },
		{ "ALLOW:vid:0001", ":", "second colon" },
		{ "ALLOW vid=0001", "ALLOW vid=0001", "no colon" },
		{ "  # note", "  #", "blanks stand before" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_(policy_done) struct policy p = parse(cases[i].line);
		struct err err = { 0 };

		assert_int_equal(p.n_bad, 1);
		assert_int_equal(p.bad[0].len, strlen(cases[i].shown));
		assert_memory_equal(cases[i].line + p.bad[0].off, cases[i].shown, p.bad[0].len);
		assert_non_null(strstr(p.bad[0].why, cases[i].why));
		assert_int_equal(policy_check(&p, "file", &err), -EINVAL);
		assert_non_null(strstr(err.where, "file:1:"));
	}
}

static void test_own_rules(void **state)
{
	struct policy_rule r;
	struct err err = { 0 };

	assert_int_equal(policy_parse_rule("DENY: class=02 # modems", &r, &err), 0);
	assert_int_equal(policy_parse_rule("# nothing", &r, &err), -EINVAL);
	assert_int_equal(policy_parse_rule("", &r, &err), -EINVAL);
	assert_int_equal(policy_parse_rule("DENY:\nALLOW:", &r, &err), -EINVAL);
	assert_int_equal(policy_parse_rule("DENY:\xc2\xa0 class=02", &r, &err), -EINVAL);
	assert_int_equal(policy_parse_rule("DENY:class=2", &r, &err), -EINVAL);
}

/* ---- shadows -------------------------------------------------------------------------------------------------- */

enum { VALUES = 2, USED = 3 }; /* of the small worlds: values a key, and keys */
static const unsigned small_domain[POLICY_KEYS] = { VALUES, 1, 1, VALUES, VALUES, 1 };
static const enum policy_key small_keys[USED] = { POLICY_VID, POLICY_CLASS, POLICY_SUBCLASS };

static struct policy_rule small_rule(unsigned number)
{
	struct policy_rule r = { .allow = number & 1 };

	number >>= 1;
	for (unsigned k = 0; k < USED; k++, number /= VALUES + 1)
		if (number % (VALUES + 1)) {
			r.keys |= 1u << small_keys[k];
			r.ids.v[small_keys[k]] = (uint16_t)(number % (VALUES + 1) - 1);
		}
	return r;
}

/* Is there an interface in the whole world that rule j decides about? */
static bool decides(const struct policy_rule *v, size_t j)
{
	for (unsigned world = 0; world < VALUES * VALUES * VALUES; world++) {
		struct policy_ids ids = { 0 };
		size_t first = 0;

		for (unsigned k = 0, rest = world; k < USED; k++, rest /= VALUES)
			ids.v[small_keys[k]] = (uint16_t)(rest % VALUES);
		while (first <= j && !policy_rule_matches(&v[first], &ids, NULL))
			first++;
		if (first == j)
			return true;
	}
	return false;
}

static void check_shadows(const struct policy_rule *v, size_t n)
{
	size_t by[8];

	assert_true(shadow_find(v, n, small_domain, by));
	for (size_t j = 0; j < n; j++) {
		assert_int_equal(by[j] == SHADOW_NONE, decides(v, j));
		/* One that is named does it alone: a world of it and the rule only. */
		if (by[j] < SHADOW_SEVERAL) {
			struct policy_rule two[2] = { v[by[j]], v[j] };

			assert_true(by[j] < j);
			assert_false(decides(two, 1));
		}
	}
}

/* Every three rules of a world of three keys with two values each; and random sets of eight. */
static void test_shadows(void **state)
{
	const unsigned kinds = (VALUES + 1) * (VALUES + 1) * (VALUES + 1);
	unsigned seed = 1;

	for (unsigned a = 0; a < kinds; a++)
		for (unsigned b = 0; b < kinds; b++)
			for (unsigned c = 0; c < kinds; c++) {
				struct policy_rule v[3] = { small_rule(2 * a), small_rule(2 * b + 1), small_rule(2 * c) };

				check_shadows(v, 3);
			}
	for (unsigned i = 0; i < 20000; i++) {
		struct policy_rule v[8];

		for (unsigned j = 0; j < 8; j++) {
			seed = seed * 1103515245 + 12345;
			v[j] = small_rule((seed >> 8) % (2 * kinds));
		}
		check_shadows(v, 8);
	}
}

static void test_shadows_of_many(void **state)
{
	struct policy_rule v[258] = { 0 };
	size_t by[258];

	for (unsigned i = 0; i < 256; i++)
		v[i] = (struct policy_rule){ .keys = 1u << POLICY_CLASS, .ids.v[POLICY_CLASS] = (uint16_t)i };
	v[256] = (struct policy_rule){ .keys = 1u << POLICY_VID };
	assert_true(shadow_find(v, 258, shadow_domain, by));
	assert_true(by[255] == SHADOW_NONE);
	assert_true(by[256] == SHADOW_SEVERAL && by[257] == SHADOW_SEVERAL);
	v[9].ids.v[POLICY_CLASS] = 8; /* one value is free again */
	assert_true(shadow_find(v, 258, shadow_domain, by));
	assert_true(by[9] == 8 && by[256] == SHADOW_NONE && by[257] == SHADOW_NONE);
}

/* ---- edits ------------------------------------------------------------------------------------------------------ */

static void check_edit(const char *text, int take, const char *put, int before, bool away, const char *expected)
{
	_cleanup_(policy_done) struct policy p = parse(text);
	_cleanup_strbuf_ struct strbuf out = { 0 };

	policy_edit(&p,
		    &(struct policy_edit){ .take = take < 0 ? NULL : &p.v[take],
					   .put = put,
					   .stays_away = away,
					   .before = before < 0 ? NULL : &p.v[before] },
		    &out);
	assert_string_equal(strbuf_str(&out), expected);
}

static void test_edits(void **state)
{
	static const char text[] = "# one\r\nDENY:class=02 # m\r\n\r\n# two\r\nALLOW:\r\n# end";

	check_edit(text, -1, "DENY:vid=0001", 1, false, "# one\r\nDENY:class=02 # m\r\n\r\n# two\r\nDENY:vid=0001\r\nALLOW:\r\n# end");
	check_edit(text, -1, "DENY:vid=0001", -1, false, "# one\r\nDENY:class=02 # m\r\n\r\n# two\r\nALLOW:\r\nDENY:vid=0001\r\n# end");
	check_edit(text, 0, NULL, -1, true, "# one\r\n\r\n# two\r\nALLOW:\r\n# end");
	check_edit(text, 1, NULL, 0, false, "# one\r\nALLOW:\r\nDENY:class=02 # m\r\n\r\n# two\r\n# end");
	check_edit(text, 0, NULL, -1, false, "# one\r\n\r\n# two\r\nALLOW:\r\nDENY:class=02 # m\r\n# end");
	/* a last line without an end */
	check_edit("DENY:\nALLOW:", -1, "ALLOW:vid=0001", -1, false, "DENY:\nALLOW:\nALLOW:vid=0001");
	check_edit("DENY:\nALLOW:", 0, NULL, -1, false, "ALLOW:\nDENY:");
	check_edit("DENY:\nALLOW:", 1, NULL, 0, false, "ALLOW:\nDENY:\n");
	check_edit("", -1, "ALLOW:", -1, false, "ALLOW:\n");
	check_edit("# only words", -1, "ALLOW:", -1, false, "# only words\nALLOW:");
}

/* ---- merges ----------------------------------------------------------------------------------------------------------- */

static void check_merge(const char *shipped, const char *ours, const char *theirs, const char *expected)
{
	_cleanup_(policy_done) struct policy s = parse(shipped), o = parse(ours), t = parse(theirs);
	_cleanup_strbuf_ struct strbuf out = { 0 };
	struct err err = { 0 };

	assert_int_equal(policy_merge(&s, &o, &t, &out, &err), 0);
	assert_string_equal(strbuf_str(&out), expected);
}

static void test_merges(void **state)
{
	static const char shipped[] = "# v1\nDENY:class=02\nDENY:class=0a\nALLOW:\n";
	static const char ours[] = "# v1\nALLOW:vid=0658 # stick\nDENY:class=02\nALLOW:\n";
	static const char update[] = "# v2\nDENY:vid=17e9\nDENY:class=02\nDENY:class=0a\nDENY:class=0b\nALLOW:\n";

	check_merge(shipped, ours, ours, ours);
	check_merge(shipped, ours, shipped, ours);
	check_merge(shipped, shipped, update, update);
	/* what came stands in front of the same shipped rule, what went goes */
	check_merge(shipped, ours, update, "# v2\nDENY:vid=17e9\nALLOW:vid=0658 # stick\nDENY:class=02\nDENY:class=0b\nALLOW:\n");
	/* its neighbour is gone: in front of the next one */
	check_merge(shipped, ours, "DENY:class=03\nALLOW:\n", "DENY:class=03\nALLOW:vid=0658 # stick\nALLOW:\n");
	/* a move */
	check_merge(shipped, "# v1\nDENY:class=0a\nDENY:class=02\nALLOW:\n", shipped, "# v1\nDENY:class=0a\nDENY:class=02\nALLOW:\n");
	/* what somebody wrote by hand stays */
	check_merge(shipped, ours, "# v1\nDENY:vid=dead\nALLOW:vid=0658 # stick\nDENY:class=02\nALLOW:\n",
		    "# v1\nDENY:vid=dead\nALLOW:vid=0658 # stick\nDENY:class=02\nALLOW:\n");
}

/* The rules that a text must have had when it was shipped; NULL: it comes from elsewhere. */
static void check_shipped(const char *now, const char *expected, const char *version)
{
	_cleanup_(policy_done) struct policy p = { 0 }, then = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 }, again = { 0 };
	const char *name = NULL;

	policy_parse(now, strlen(now), &p);
	assert_int_equal(policy_shipped_find(&p, &out, &name), expected != NULL);
	if (!expected) {
		assert_int_equal(out.len, 0);
		return;
	}
	assert_string_equal(name, version);
	assert_string_equal(strbuf_str(&out), expected);
	/* which is as it is shipped */
	policy_parse(out.s, out.len, &then);
	assert_true(policy_shipped_find(&then, &again, &name));
	assert_string_equal(strbuf_str(&again), expected);
}

static void test_shipped(void **state)
{
#define TOP "DENY: vid=17e9\nDENY: class=02\nALLOW:vid=056a pid=0315 class=03\n"
#define MIDDLE "ALLOW:vid=056a pid=0314 class=03\nALLOW:vid=056a pid=00fb class=03\nDENY: class=03 subclass=01 prot=01\n"
#define BELOW "DENY: class=03 subclass=01 prot=02\nDENY: class=0a\n"
#define END "DENY: class=e0\nDENY: class=ef subclass=04\n"
	check_shipped("# a\n" TOP MIDDLE BELOW END "ALLOW: # z\n", "# a\n" TOP MIDDLE BELOW END "ALLOW: # z\n", "XCP-ng 8.3");
	check_shipped(TOP MIDDLE BELOW "DENY: class=0b\n" END "ALLOW:", TOP MIDDLE BELOW "DENY: class=0b\n" END "ALLOW:", "XCP-ng 8.2");
	/* rules that came, one of them twice, and one that is there already */
	check_shipped("ALLOW:vid=1cf1\n" TOP "ALLOW:\n# b\n" MIDDLE BELOW END "ALLOW:\n#c\nALLOW:vid=1cf1", TOP "# b\n" MIDDLE BELOW END "ALLOW:\n#c\n",
		      "XCP-ng 8.3");
	/* rules that went, and a move */
	check_shipped(MIDDLE TOP END "ALLOW:", "DENY: vid=17e9 # displays\nDENY: class=02 # modems, serial ports, networks\n"
		      "ALLOW:vid=056a pid=0315 class=03 # tablet\n" MIDDLE "DENY: class=03 subclass=01 prot=02 # mice\n"
		      "DENY: class=0a # data of modems and the like\n" END "ALLOW:", "XCP-ng 8.3");
	check_shipped("ALLOW:\n", NULL, NULL);
	check_shipped("", NULL, NULL);
	check_shipped("DENY: class=02\nDENY: class=0a\nALLOW:\nwhat\n", NULL, NULL);
#undef TOP
#undef MIDDLE
#undef BELOW
#undef END
}

static void test_record(void **state)
{
	struct strbuf shipped = { .s = (char *)"ALLOW:\n", .len = 7 }, ours = { .s = (char *)"DENY:\nlocal 0\n", .len = 14 };
	_cleanup_(policy_done) struct policy a = { 0 }, b = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };

	policy_record_format(&shipped, &ours, &out);
	assert_true(policy_record_parse(out.s, out.len, &a, &b));
	assert_string_equal(a.text.s, "ALLOW:\n");
	assert_string_equal(b.text.s, "DENY:\nlocal 0\n");
	for (size_t n = 0; n < out.len; n++)
		assert_false(policy_record_parse(out.s, n, NULL, NULL));
	assert_false(policy_record_parse("shipped 99\nx", 12, NULL, NULL));
	assert_false(policy_record_parse("shipped -1\n", 11, NULL, NULL));
}

/* ---- words ---------------------------------------------------------------------------------------------------------- */

static void test_words(void **state)
{
	static const struct {
		const char *rule, *words;
	} cases[] = {
		{ "DENY: vid=17e9", "deny every product of vendor 17e9" },
		{ "DENY: class=02", "deny communications (modems, serial ports, networks)" },
		{ "ALLOW:vid=056a pid=0315 class=03", "allow product 0315 of vendor 056a: human interface devices" },
		{ "DENY: class=03 subclass=01 prot=01", "deny keyboard" },
		{ "DENY: class=08 subclass=02", "deny mass storage, subclass 02" },
		{ "ALLOW:rel=0100", "allow release 0100" },
		{ "ALLOW:prot=07", "allow protocol 07" },
		{ "ALLOW:class=77", "allow class 77" },
		{ "ALLOW:", "allow everything that no rule above decides" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *words = NULL;
		struct policy_rule r;

		assert_int_equal(policy_parse_rule(cases[i].rule, &r, NULL), 0);
		words = usbclass_rule_words(&r);
		assert_string_equal(words, cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_positions),	cmocka_unit_test(test_carets),	cmocka_unit_test(test_own_rules),
		cmocka_unit_test(test_shadows),		cmocka_unit_test(test_shadows_of_many), cmocka_unit_test(test_edits),
		cmocka_unit_test(test_merges),		cmocka_unit_test(test_shipped),		cmocka_unit_test(test_record),	cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
