/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_alias.c - what an alias selects, and what is taken and refused as one. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plugin/alias.h"

static const struct pcidev h100 = {
	.bdf = { .bus = 0xaf }, .vendor = 0x10de, .device = 0x2331, .subvendor = 0x10de, .subdevice = 0x1626, .class = 0x030200,
	.ids_known = true, .class_known = true,
};
#define H100_NAME "NVIDIA Corporation GH100 [H100 PCIe]"
#define H100_ID "0000:ae/00.0/00.0@10de:2331:10de:1626:030200@48b02d4a5e0c1b37"

/* The value as it is kept, and whether the H100 is selected. */
static void test_selects(void **state)
{
	static const struct {
		const char *text;
		bool selects;
	} cases[] = {
		{ "spec=10de:2331", true },
		{ "spec=10DE:2331", true },
		{ "spec=10de:2330", false },
		{ "spec=10de:2330,10de:2331", true },
		{ "spec=10de:*", true },
		{ "spec=10de:", true },
		{ "spec=:2331", true },
		{ "spec=10de:23*", true },
		{ "spec=10de:23?1", true },
		{ "spec=10de:24*", false },
		{ "spec=10de:*:0302", true },
		{ "spec=10de:*:03", true },
		{ "spec=10de:*:0300", false },
		{ "spec=::0302", true },
		{ "spec=0000:af:00.0", true },
		{ "spec=af:00.0", true },
		{ "spec=AF:0.0", true },
		{ "spec=0000:af:00.*", true },
		{ "spec=*:af:*.*", true },
		{ "spec=0000:a?:00.0", true },
		{ "spec=0001:af:00.0", false },
		{ "spec=af:00.1", false },
		{ "spec=name:h100", true },
		{ "spec=name:NVIDIA*H100", true },
		{ "spec=name:a100", false },
		{ "spec=0000:ae/00.0/00.0@*", true },
		{ "spec=*@48B02D4A5E0C1B37", true },
		{ "spec=0000:ae/00.0/01.0@*", false },
		{ "class=03", true },
		{ "class=0302", true },
		{ "class=030200", true },
		{ "class=0300", false },
		{ "subsystem=10de:1626", true },
		{ "subsystem=10de:*", true },
		{ "subsystem=15d9:*", false },
		{ "spec=10de:*; class=0300", false },
		{ "spec=10de:*; subsystem=*:1626; type=pf", true },
		{ "spec=10de:*; type=vf", false },
		{ "refuse=no; really; class=04 ", false }, /* the rest belongs to the reason: an alias of everything */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct alias a = { 0 };
		bool selects = alias_parse("a", cases[i].text, &a, NULL) == 0 && alias_selects(&a, &h100, H100_NAME, H100_ID);

		if (selects != cases[i].selects)
			fail_msg("'%s' %s the H100", cases[i].text, selects ? "selects" : "does not select");
		alias_done(&a);
	}
}

/* What is not known is not selected by it, and a bridge by nothing. */
static void test_unknown(void **state)
{
	static const char *const all[] = { "spec=name:h100", "spec=*@48*", "spec=10de:2331", "class=03", "subsystem=10de:1626" };
	struct pcidev dev = h100, bridge = h100;

	(void)state;
	dev.ids_known = dev.class_known = false;
	bridge.class = 0x060400;
	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		struct alias a = { 0 };

		assert_int_equal(alias_parse("a", all[i], &a, NULL), 0);
		assert_true(alias_selects(&a, &h100, H100_NAME, H100_ID));
		assert_false(alias_selects(&a, &dev, NULL, NULL));
		assert_false(alias_selects(&a, &bridge, H100_NAME, H100_ID));
		alias_done(&a);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "every device" },
		{ "spec=*:*", "every device" },
		{ "spec=:", "every device" },
		{ "spec=*:*:*.*", "every device" },
		{ "spec=*:*.*", "every device" },
		{ "spec=10de:2331,*:*", "every device" },
		{ "spec=name:*", "every name" },
		{ "type=vf", "every device that is a virtual function" },
		{ "spec=10de", "is no spec" },
		{ "spec=10de:233", "is no spec" },
		{ "spec=10de:23311", "is no spec" },
		{ "spec=10de:2331:3", "is no spec" },
		{ "spec=10de:2331:03:00", "is no spec" },
		{ "spec=0000:af:00", "is no spec" },
		{ "spec=0000:af:00.", "is no spec" },
		{ "spec=xx:00.0", "is no spec" },
		{ "spec=10de:2331,", NULL },
		{ "spec=,10de:2331", "empty" },
		{ "class=0302", NULL },
		{ "class=3", "two, four or six" },
		{ "class=0302; class=03", "twice" },
		{ "class=", "no value" },
		{ "colour=red", "no part" },
		{ "class", "PART=VALUE" },
		{ "class=03; type=vdpa", "vDPA" },
		{ "class=03; type=xyz", "must be one of pf, vf, any" },
		{ "class=03; numa-policy=near", "must be one of" },
		{ "class=03; subsystem=10de", "VENDOR:DEVICE" },
		{ "class=03; refuse=a\nb", "control character" },
		{ "class=03; refuse=a\xff", "control character" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct alias a = { 0 };
		struct err err = { 0 };
		int rc = alias_parse("a", cases[i].text, &a, &err);

		if (!rc != !cases[i].says)
			fail_msg("'%s': %s", cases[i].text, rc ? err.text : "was taken");
		if (cases[i].says && !strstr(err.text, cases[i].says))
			fail_msg("'%s' says: %s", cases[i].text, err.text);
		alias_done(&a);
	}
}

/* Far too much of it, from somebody who may write there. */
static void test_bounds(void **state)
{
	_cleanup_strbuf_ struct strbuf many = { 0 }, longer = { 0 };
	struct alias a = { 0 };
	struct err err = { 0 };

	(void)state;
	strbuf_add(&many, "spec=10de:0000");
	for (unsigned i = 1; i <= ALIAS_SPECS_MAX; i++)
		strbuf_addf(&many, ",10de:%04x", i);
	assert_int_equal(alias_parse("a", strbuf_str(&many), &a, &err), -E2BIG);
	strbuf_add(&longer, "spec=name:");
	strbuf_pad(&longer, 'x', ALIAS_TEXT_MAX);
	assert_int_equal(alias_parse("a", strbuf_str(&longer), &a, &err), -E2BIG);
	assert_int_equal(alias_parse("a b", "class=03", &a, &err), -EINVAL);
	assert_null(alias_key_name(ALIAS_KEY));
	assert_null(alias_key_name(ALIAS_KEY "../x"));
	assert_null(alias_key_name("xe-passthrough:other"));
	assert_string_equal(alias_key_name(ALIAS_KEY "gpu"), "gpu");
}

static void test_format(void **state)
{
	static const char text[] = "spec=10de:*:0302,0000:af:00.*,name:H100 PCIe; class=03; subsystem=10de:*; type=pf; numa-policy=socket; "
				   "refuse=for tests; not for you";
	_cleanup_free_ char *again = NULL, *less = NULL;
	struct alias a = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(alias_parse("a", text, &a, NULL), 0);
	again = alias_format(&a);
	assert_string_equal(again, text);
	assert_int_equal(alias_add_spec(&a, "0000:AF:0.*", NULL), -EEXIST);
	assert_int_equal(alias_remove_spec(&a, "af:00.*", NULL), 0);
	assert_int_equal(alias_remove_spec(&a, "af:00.*", NULL), -ENOENT);
	assert_int_equal(alias_set(&a, "refuse", "", NULL), 0);
	assert_int_equal(alias_set(&a, "class", "", NULL), 0);
	assert_int_equal(alias_set(&a, "class", "zz", &err), -EINVAL);
	less = alias_format(&a);
	assert_string_equal(less, "spec=10de:*:0302,name:H100 PCIe; subsystem=10de:*; type=pf; numa-policy=socket");
	alias_done(&a);
}

static void test_presets(void **state)
{
	(void)state;
	for (const struct alias_preset *p = alias_presets; p->name; p++) {
		_cleanup_free_ char *text = NULL;
		struct alias a = { 0 };

		assert_int_equal(alias_parse(p->name, p->text, &a, NULL), 0);
		text = alias_format(&a);
		assert_string_equal(text, p->text);
		alias_done(&a);
	}
	assert_null(alias_preset_find("none"));
}

static void test_asks(void **state)
{
	static const struct {
		const char *text, *read;
	} cases[] = {
		{ "gpu", "gpu:1" },
		{ "gpu:2, nvme", "gpu:2 nvme:1" },
		{ " gpu:64 ,a.b-c_1:1", "gpu:64 a.b-c_1:1" },
		{ "", NULL },
		{ "gpu:0", NULL },
		{ "gpu:65", NULL },
		{ "gpu:", NULL },
		{ "gpu:-1", NULL },
		{ "gpu:1:2", NULL },
		{ "gpu,,nvme", NULL },
		{ "gpu,gpu:2", NULL },
		{ "gp u", NULL },
		{ ":1", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_(alias_asks_done) struct alias_asks asks = { 0 };
		_cleanup_strbuf_ struct strbuf read = { 0 };
		int rc = alias_asks_parse(cases[i].text, &asks, NULL);

		for (size_t k = 0; k < asks.n; k++)
			strbuf_addf(&read, "%s%s:%u", k ? " " : "", asks.v[k].name, asks.v[k].count);
		if (!rc != !!cases[i].read || (cases[i].read && !streq(strbuf_str(&read), cases[i].read)))
			fail_msg("'%s' is read as '%s'", cases[i].text, strbuf_str(&read));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_selects), cmocka_unit_test(test_unknown), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_bounds),	cmocka_unit_test(test_format),	cmocka_unit_test(test_presets),
		cmocka_unit_test(test_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
