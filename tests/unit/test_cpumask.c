/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/cpumask.h"
#include "xenhelpers/str.h"

static const struct {
	const char *text, *ranges, *list;
} ranges[] = {
	{ "", "", "" },
	{ "  \t\n", "", "" },
	{ "0", "0", "0" },
	{ "0-3", "0-3", "0,1,2,3" },
	{ "3-3", "3", "3" },
	{ "0-7,16", "0-7,16", "0,1,2,3,4,5,6,7,16" },
	{ " 1 , 3-4\t,9\n", "1,3-4,9", "1,3,4,9" },
	{ "5,1,3", "1,3,5", "1,3,5" },
	{ "0-4,^2", "0-1,3-4", "0,1,3,4" },
	{ "0-9,^2-8", "0-1,9", "0,1,9" },
	{ "^2,2", "2", "2" },
	{ "2,^2", "", "" },
	{ "63-64,127-128", "63-64,127-128", "63,64,127,128" },
	{ "4095", "4095", "4095" },
	{ "007", "7", "7" },
};

static void test_ranges(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		struct cpumask m, again;
		struct err err;

		assert_int_equal(cpumask_parse(ranges[i].text, &m, &err), 0);
		_cleanup_free_ char *text = cpumask_format_ranges(&m), *list = cpumask_format_list(&m);
		assert_string_equal(text, ranges[i].ranges);
		assert_string_equal(list, ranges[i].list);
		assert_int_equal(cpumask_parse(text, &again, &err), 0);
		assert_true(cpumask_eq(&m, &again));
		assert_int_equal(cpumask_parse(list, &again, &err), 0);
		assert_true(cpumask_eq(&m, &again));
	}
}

static const struct {
	const char *text, *message, *place;
} wrong[] = {
	{ "0,,2", "item '' of the CPU list is empty", "CPU list:1:3\n" },
	{ "0,", "item '' of the CPU list is empty", "CPU list:1:3\n" },
	{ ",", "item '' of the CPU list is empty", "CPU list:1:1\n" },
	{ "0, 7-3 ,9", "item '7-3' of the CPU list runs backwards", "CPU list:1:4\n  0, 7-3 ,9\n     ^~~" },
	{ "1,x", "item 'x' of", "CPU list:1:3\n" },
	{ "4096", "item '4096' of", "CPU list:1:1\n" },
	{ "99999999999999999999", "item '9999", "CPU list:1:1\n" },
	{ "1-", "item '1-' of", "CPU list:1:1\n" },
	{ "-1", "item '-1' of", "CPU list:1:1\n" },
	{ "^", "item '^' of", "CPU list:1:1\n" },
	{ "^^1", "item '^^1' of", "CPU list:1:1\n" },
	{ "1 2", "item '1 2' of", "CPU list:1:1\n" },
	{ "1-2-3", "item '1-2-3' of", "CPU list:1:1\n" },
	{ "0x3", "item '0x3' of", "CPU list:1:1\n" },
};

static void test_wrong_ranges(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct cpumask m = { { 42 } };
		struct err err;

		assert_int_equal(cpumask_parse(wrong[i].text, &m, &err), -EINVAL);
		assert_non_null(str_after(err.text, wrong[i].message));
		assert_non_null(str_after(err.where, wrong[i].place));
		assert_int_equal(m.bits[0], 42);
		assert_int_equal(cpumask_parse(wrong[i].text, &m, NULL), -EINVAL);
	}
}

/* As the shipped XAPI read them (facts, 7.1); NULL: the whole mask is ignored. */
static const struct {
	const char *text, *ranges;
} xapi[] = {
	{ "0,1,2", "0-2" },
	{ "0,1;2,3", "0-3" },
	{ "0x3", "3" },
	{ "0X1f", "31" },
	{ "0b11", "3" },
	{ "0o17", "15" },
	{ "0u12", "12" },
	{ "1_0", "10" },
	{ "1_", "1" },
	{ "+1", "1" },
	{ "-1", "" },
	{ "-1,2", "2" },
	{ "4095,4096", "4095" },
	{ "4611686018427387903", "" },
	{ "-4611686018427387904", "" },
	{ "0x7fffffffffffffff", "" },	/* -1: a prefixed number is a bit pattern of 63 */
	{ "-0x7fffffffffffffff", "1" }, /* and so this is 1 */
	{ "0-3", NULL },
	{ "0, 1", NULL },
	{ " 0", NULL },
	{ "0,", NULL },
	{ "0;", NULL },
	{ ";0", NULL },
	{ "", NULL },
	{ "_1", NULL },
	{ "0x", NULL },
	{ "0x_1", NULL },
	{ "0b2", NULL },
	{ "0o8", NULL },
	{ "1a", NULL },
	{ "+", NULL },
	{ "--1", NULL },
	{ "4611686018427387904", NULL },
	{ "-4611686018427387905", NULL },
	{ "0x8000000000000000", NULL },
	{ "99999999999999999999999", NULL },
	{ "all", NULL },
};

static void test_xapi(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(xapi); i++) {
		struct cpumask m = { { 42 } };
		bool ok = cpumask_parse_xapi(xapi[i].text, &m);
		_cleanup_free_ char *text = cpumask_format_ranges(&m);

		if (ok != (xapi[i].ranges != NULL))
			fail_msg("'%s' was %s", xapi[i].text, ok ? "taken" : "refused");
		if (ok)
			assert_string_equal(text, xapi[i].ranges);
		else
			assert_int_equal(m.bits[0], 42);
	}
}

static struct cpumask mask(const char *text)
{
	struct cpumask m;

	assert_int_equal(cpumask_parse(text, &m, NULL), 0);
	return m;
}

static void test_sets(void **state)
{
	struct cpumask a = mask("0-3,70"), b = mask("2-5,70"), m;

	m = a;
	cpumask_and(&m, &b);
	assert_true(cpumask_eq(&m, &(struct cpumask[]){ mask("2-3,70") }[0]));
	assert_true(cpumask_is_subset(&m, &a));
	assert_false(cpumask_is_subset(&a, &m));
	m = a;
	cpumask_or(&m, &b);
	assert_true(cpumask_eq(&m, &(struct cpumask[]){ mask("0-5,70") }[0]));
	assert_int_equal(cpumask_count(&m), 7);
	m = a;
	cpumask_andnot(&m, &b);
	assert_true(cpumask_eq(&m, &(struct cpumask[]){ mask("0-1") }[0]));
	cpumask_andnot(&m, &m);
	assert_true(cpumask_is_empty(&m));
	assert_true(cpumask_is_subset(&m, &a));
}

static void test_members(void **state)
{
	struct cpumask m = { 0 };

	assert_int_equal(cpumask_next(&m, -1), -1);
	cpumask_set(&m, 0);
	cpumask_set(&m, 64);
	cpumask_set(&m, 4095);
	cpumask_set(&m, 4096); /* no such CPU: nothing happens */
	assert_int_equal(cpumask_count(&m), 3);
	assert_true(cpumask_has(&m, 64));
	assert_false(cpumask_has(&m, 63));
	assert_false(cpumask_has(&m, 4096));
	assert_int_equal(cpumask_next(&m, -1), 0);
	assert_int_equal(cpumask_next(&m, 0), 64);
	assert_int_equal(cpumask_next(&m, 63), 64);
	assert_int_equal(cpumask_next(&m, 64), 4095);
	assert_int_equal(cpumask_next(&m, 4095), -1);
	assert_int_equal(cpumask_next(&m, 9999), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges), cmocka_unit_test(test_wrong_ranges), cmocka_unit_test(test_xapi),
		cmocka_unit_test(test_sets),   cmocka_unit_test(test_members),
	};

	return cmocka_run_group_tests_name("cpumask", tests, NULL, NULL);
}
