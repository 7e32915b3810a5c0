/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_vmpci.c - other-config:pci as XAPI reads it: what it takes, what it drops, and the order of plugging (facts, 3.1, 3.2). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/str.h"
#include "xenhelpers/vmpci.h"

static char *addresses(const struct bdfset *set)
{
	struct strbuf b = { 0 };

	for (size_t i = 0; i < set->n; i++)
		strbuf_addf(&b, "%s%s", i ? "," : "", BDF_STR(set->v[i]));
	return strbuf_take(&b);
}

/* The rows of the table in the facts, each an item of its own; NULL: dropped. */
static void test_items(void **state)
{
	static const struct {
		const char *item, *read;
	} cases[] = {
		{ "0/0000:04:00.0", "0000:04:00.0" },
		{ "0/0000:4A:1f.7", "0000:4a:1f.7" },
		{ "00/0000:04:00.0", "0000:04:00.0" },
		{ "+1/0000:04:00.0", "0000:04:00.0" },
		{ "-1/0000:04:00.0", "0000:04:00.0" },
		{ "1_0/0000:04:00.0", "0000:04:00.0" },
		{ "0/0:4:0.0", "0000:04:00.0" },
		{ "0/0000:04:00.0 ", "0000:04:00.0" },
		{ "0/0000:04:00.0junk", "0000:04:00.0" },
		{ "0/0000:04:00.0;0/0000:05:00.0", "0000:04:00.0" },
		{ "0/0000:04:00.00", "0000:04:00.0" },
		{ " 0/0000:04:00.0", NULL },
		{ "0/04:00.0", NULL },
		{ "0000:04:00.0", NULL },
		{ "0x1/0000:04:00.0", NULL },
		{ "0/10000:04:00.0", NULL },
		{ "0/0000:004:00.0", NULL },
		{ "0/0000:04:00.*", NULL },
		{ "0/0000:04:00", NULL },
		{ "0/0000:04:00.", NULL },
		{ "/0000:04:00.0", NULL },
		{ "-/0000:04:00.0", NULL },
		{ "_1/0000:04:00.0", NULL },
		{ "0/ 0000:04:00.0", NULL },
		{ "0/0000:04:00.g", NULL },
		{ "0", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_(vmpci_done) struct vmpci p = { 0 };

		vmpci_parse(cases[i].item, &p);
		assert_int_equal(p.n, 1);
		if (p.v[0].dropped != !cases[i].read || (cases[i].read && !streq(BDF_STR(p.v[0].bdf), cases[i].read)))
			fail_msg("'%s': %s", cases[i].item, p.v[0].dropped ? "dropped" : BDF_STR(p.v[0].bdf));
	}
}

/* XAPI does not look at the range of device and function: what it keeps is no address that exists, but it is not dropped. */
static void test_range_is_not_checked(void **state)
{
	const struct bdf other = { .bus = 0x4a, .dev = 0x1f, .fn = 1 };
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	_cleanup_bdfset_ struct bdfset set = { 0 };

	vmpci_parse("0/0000:4a:3f.9", &p);
	assert_false(p.v[0].dropped);
	assert_string_equal(BDF_STR(p.v[0].bdf), "0000:4a:3f.9");
	vmpci_plug_order(&p, &set);
	assert_false(bdfset_has(&set, other));
	assert_true(bdf_cmp(set.v[0], other) > 0);
	assert_false(vmpci_names("0/0000:4a:3f.9", (struct bdf){ .bus = 0x4a, .dev = 0x1f, .fn = 1 }));
}

static void test_order(void **state)
{
	static const struct {
		const char *value, *plugged;
	} cases[] = {
		{ "0/0000:0a:00.0,0/0000:0b:00.0", "0000:0b:00.0,0000:0a:00.0" },
		{ "0/0000:0a:00.0,1/0000:0b:00.0", "0000:0a:00.0,0000:0b:00.0" },
		{ "1/0000:0a:00.0,0/0000:0b:00.0", "0000:0b:00.0,0000:0a:00.0" },
		{ "2/0000:0a:00.0,10/0000:0b:00.0", "0000:0a:00.0,0000:0b:00.0" },
		{ "0/0000:0a:00.0,-1/0000:0b:00.0", "0000:0b:00.0,0000:0a:00.0" },
		{ "0/0000:0a:00.0,0/0000:0b:00.0,0/0000:0c:00.0", "0000:0c:00.0,0000:0b:00.0,0000:0a:00.0" },
		{ "0/0000:0a:00.0,0/0000:0a:00.0", "0000:0a:00.0" },
		{ "0/0000:0a:00.0, 0/0000:0b:00.0", "0000:0a:00.0" },
		{ "0/0000:0a:00.0,,1/0000:0b:00.0,", "0000:0a:00.0,0000:0b:00.0" },
		{ "rubbish", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_(vmpci_done) struct vmpci p = { 0 };
		_cleanup_bdfset_ struct bdfset order = { 0 };
		_cleanup_free_ char *shown = NULL;

		vmpci_parse(cases[i].value, &p);
		vmpci_plug_order(&p, &order);
		shown = addresses(&order);
		assert_string_equal(shown, cases[i].plugged);
	}
}

static void test_with_and_without(void **state)
{
	static const struct {
		const char *value, *with, *without; /* 0000:0a:00.0 and 0000:0b:00.0 */
	} cases[] = {
		{ NULL, "0/0000:0a:00.0,1/0000:0b:00.0", NULL },
		{ "", "0/0000:0a:00.0,1/0000:0b:00.0", NULL },
		{ "0/0000:0a:00.0", "0/0000:0a:00.0,1/0000:0b:00.0", NULL },
		{ "0/0000:0c:00.0", "0/0000:0c:00.0,1/0000:0a:00.0,2/0000:0b:00.0", "0/0000:0c:00.0" },
		{ "7/0:C:0.0x", "7/0:C:0.0x,8/0000:0a:00.0,9/0000:0b:00.0", "7/0:C:0.0x" },
		{ "-5/0000:0c:00.0", "-5/0000:0c:00.0,0/0000:0a:00.0,1/0000:0b:00.0", "-5/0000:0c:00.0" },
		{ "0/0000:0c:00.0,", "0/0000:0c:00.0,1/0000:0a:00.0,2/0000:0b:00.0", "0/0000:0c:00.0" },
		{ "junk,0/0000:0B:00.0", "junk,0/0000:0B:00.0,1/0000:0a:00.0", "junk" },
		{ "0/0:a:0.0 ,1/0000:0b:00.0junk", "0/0:a:0.0 ,1/0000:0b:00.0junk", NULL },
	};
	_cleanup_bdfset_ struct bdfset set = { 0 };

	bdfset_add(&set, (struct bdf){ .bus = 0x0a });
	bdfset_add(&set, (struct bdf){ .bus = 0x0b });
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *with = vmpci_with(cases[i].value, &set);
		_cleanup_free_ char *without = vmpci_without(cases[i].value ? cases[i].value : "", &set);

		assert_string_equal(with, cases[i].with);
		if (!streq0(without, cases[i].without))
			fail_msg("'%s' without: %s", cases[i].value, without ? without : "NULL");
	}
}

/* Whatever number stands there already, new devices are plugged behind what is there, and read back as themselves. */
static void test_with_keeps_the_order(void **state)
{
	static const char *const values[] = { "9223372036854775807/0000:0c:00.0", "9223372036854775806/0000:0c:00.0",
					      "4611686018427387903/0000:0c:00.0", "99999999999999999999/0000:0c:00.0",
					      "2147483647/0000:0c:00.0" };

	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		_cleanup_(vmpci_done) struct vmpci p = { 0 };
		_cleanup_bdfset_ struct bdfset add = { 0 }, order = { 0 };
		_cleanup_free_ char *with = NULL;

		bdfset_add(&add, (struct bdf){ .bus = 0x0a });
		bdfset_add(&add, (struct bdf){ .bus = 0x0b });
		with = vmpci_with(values[i], &add);
		vmpci_parse(with, &p);
		vmpci_plug_order(&p, &order);
		if (order.n < 2 || order.v[order.n - 2].bus != 0x0a || order.v[order.n - 1].bus != 0x0b)
			fail_msg("'%s' becomes '%s'", values[i], with);
	}
}

static void test_place(void **state)
{
	static const struct {
		const char *value;
		size_t at;
		const char *expected; /* 0000:0a:00.0 and 0000:0b:00.0 in, 0000:0d:00.0 out */
	} cases[] = {
		{ NULL, 0, "0/0000:0a:00.0,1/0000:0b:00.0" },
		{ "", 7, "0/0000:0a:00.0,1/0000:0b:00.0" },
		{ "0/0000:0c:00.0", 0, "0/0000:0a:00.0,1/0000:0b:00.0,2/0000:0c:00.0" },
		{ "0/0000:0c:00.0", 9, "0/0000:0c:00.0,1/0000:0a:00.0,2/0000:0b:00.0" },
		{ "0/0000:0c:00.0,1/0000:0d:00.0,2/0000:0e:00.0", 1, "0/0000:0c:00.0,1/0000:0a:00.0,2/0000:0b:00.0,3/0000:0e:00.0" },
		{ "5/0000:0b:00.0,6/0000:0c:00.0", 1, "0/0000:0c:00.0,1/0000:0a:00.0,2/0000:0b:00.0" },
		/* one number everywhere: the reverse of the text */
		{ "0/0000:0c:00.0,0/0000:0e:00.0", 1, "0/0000:0e:00.0,1/0000:0a:00.0,2/0000:0b:00.0,3/0000:0c:00.0" },
		{ "junk,0/0000:0c:00.0,", 0, "0/0000:0a:00.0,1/0000:0b:00.0,2/0000:0c:00.0,junk" },
	};
	_cleanup_bdfset_ struct bdfset put = { 0 }, out = { 0 };

	bdfset_add(&put, (struct bdf){ .bus = 0x0a });
	bdfset_add(&put, (struct bdf){ .bus = 0x0b });
	bdfset_add(&out, (struct bdf){ .bus = 0x0d });
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *value = vmpci_place(cases[i].value, &put, cases[i].at, &out);

		assert_string_equal(value, cases[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_range_is_not_checked),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_with_and_without),
		cmocka_unit_test(test_with_keeps_the_order),
		cmocka_unit_test(test_place),
	};

	return cmocka_run_group_tests_name("vmpci", tests, NULL, NULL);
}
