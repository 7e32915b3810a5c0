/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_bdf.c - PCI addresses and sets of them */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/bdf.h"
#include "xenhelpers/str.h"

static void addresses_are_read_in_every_form_people_write(void **state)
{
	static const struct {
		const char *text, *canonical; /* canonical NULL: refused */
	} cases[] = {
		{ "0000:04:00.0", "0000:04:00.0" },
		{ "04:00.0", "0000:04:00.0" },
		{ "4:0.0", "0000:04:00.0" },
		{ "FFFF:Ff:1F.7", "ffff:ff:1f.7" },
		{ "0:0:0.0", "0000:00:00.0" },
		{ "10000:01:00.0", "10000:01:00.0" },
		{ "ffffffff:ff:1f.7", "ffffffff:ff:1f.7" },
		{ "00000001:02:03.4", "0001:02:03.4" },
		{ "", NULL },
		{ ":", NULL },
		{ "04:00", NULL },
		{ "04:00.", NULL },
		{ "04:00.8", NULL },
		{ "04:20.0", NULL },
		{ "04:00.00", NULL },
		{ "104:00.0", NULL },
		{ "04:000.0", NULL },
		{ ":04:00.0", NULL },
		{ "0000::00.0", NULL },
		{ "0000:04:.0", NULL },
		{ "000000000:04:00.0", NULL },
		{ "0:0000:04:00.0", NULL },
		{ "0x04:00.0", NULL },
		{ "-4:00.0", NULL },
		{ " 04:00.0", NULL },
		{ "04:00.0 ", NULL },
		{ "04:00.0\n", NULL },
		{ "(04:00.0)", NULL },
		{ "04:00.*", NULL },
		{ "04.00.0", NULL },
		{ "04:0g.0", NULL },
		{ "0000:04:00.0,0000:04:00.1", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct bdf bdf = { .domain = 0xdead, .bus = 1, .dev = 2, .fn = 3 };
		bool ok = bdf_parse(cases[i].text, &bdf);

		if (ok != !!cases[i].canonical)
			fail_msg("'%s': %s", cases[i].text, ok ? "taken" : "refused");
		assert_string_equal(BDF_STR(bdf), ok ? cases[i].canonical : "dead:01:02.3");
	}
}

static void only_the_given_bytes_are_read(void **state)
{
	struct bdf bdf;

	assert_true(bdf_parse_n("04:00.1,05:00.0", 7, &bdf));
	assert_string_equal(BDF_STR(bdf), "0000:04:00.1");
	assert_false(bdf_parse_n("04:00.1", 6, &bdf));
	assert_false(bdf_parse_n("04:00.1", 8, &bdf)); /* the NUL is no part of an address */
	assert_false(bdf_parse_n("", 0, &bdf));
}

static void every_address_survives_a_round_trip(void **state)
{
	static const uint32_t domains[] = { 0, 1, 0xffff, 0x10000, 0xffffffff };

	for (size_t d = 0; d < ARRAY_SIZE(domains); d++)
		for (unsigned rid = 0; rid < 0x10000; rid++) {
			struct bdf got, bdf = { domains[d], (uint8_t)(rid >> 8), rid >> 3 & 0x1f, rid & 7 };

			assert_true(bdf_parse(BDF_STR(bdf), &got));
			assert_true(bdf_eq(bdf, got));
		}
}

static void order_is_domain_bus_device_function(void **state)
{
	static const char *const sorted[] = { "0000:00:00.0", "0000:00:00.7", "0000:00:01.0", "0000:01:00.0",
					      "0000:ff:1f.7", "0001:00:00.0", "ffff:00:00.0", "10000:00:00.0" };
	struct bdf a, b;

	for (size_t i = 0; i < ARRAY_SIZE(sorted); i++)
		for (size_t j = 0; j < ARRAY_SIZE(sorted); j++) {
			assert_true(bdf_parse(sorted[i], &a) && bdf_parse(sorted[j], &b));
			assert_int_equal(bdf_cmp(a, b), (i > j) - (i < j));
		}
}

static void slots_and_xapi_domains_are_told_apart(void **state)
{
	struct bdf a = { 0, 4, 5, 0 }, b = { 0, 4, 5, 7 }, c = { 0, 4, 6, 0 }, vmd = { 0x10000, 4, 5, 0 };

	assert_true(bdf_same_slot(a, b));
	assert_false(bdf_same_slot(a, c));
	assert_false(bdf_same_slot(a, vmd));
	assert_true(bdf_is_xapi(a));
	assert_false(bdf_is_xapi(vmd));
}

static void sets_keep_their_order_and_hold_no_doubles(void **state)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };
	struct bdf a = { 0, 4, 0, 0 }, b = { 0, 3, 0, 0 }, c = { 1, 0, 0, 0 };
	_cleanup_free_ char *empty = bdfset_format(&set, ",");
	char *text;

	assert_string_equal(empty, "");
	bdfset_sort(&set);
	assert_true(bdfset_add(&set, a));
	assert_true(bdfset_add(&set, b));
	assert_false(bdfset_add(&set, a));
	assert_true(bdfset_add(&set, c));
	text = bdfset_format(&set, ",");
	assert_string_equal(text, "0000:04:00.0,0000:03:00.0,0001:00:00.0");
	free(text);

	bdfset_sort(&set);
	assert_true(bdfset_remove(&set, a));
	assert_false(bdfset_remove(&set, a));
	assert_false(bdfset_has(&set, a));
	text = bdfset_format(&set, " ");
	assert_string_equal(text, "0000:03:00.0 0001:00:00.0");
	free(text);

	bdfset_done(&set);
	bdfset_done(&set);
	assert_false(bdfset_has(&set, b));
}

static struct bdf nth(unsigned i)
{
	return (struct bdf){ i >> 16, (uint8_t)(i >> 8), i >> 3 & 0x1f, i & 7 };
}

static void a_set_of_all_functions_is_not_quadratic(void **state)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };
	const unsigned n = 200000;

	for (unsigned i = n; i--;)
		assert_true(bdfset_add(&set, nth(i)));
	for (unsigned i = 0; i < n; i++)
		assert_false(bdfset_add(&set, nth(i)));
	assert_int_equal(set.n, n);
	bdfset_sort(&set);
	assert_true(bdf_eq(set.v[0], nth(0)));
	for (unsigned i = 0; i < n; i++)
		assert_true(bdfset_has(&set, nth(i)));
	assert_false(bdfset_has(&set, nth(n)));

	assert_true(bdfset_remove(&set, nth(77)));
	assert_false(bdfset_has(&set, nth(77)));
	assert_true(bdfset_add(&set, nth(77)));
	assert_false(bdfset_add(&set, nth(77)));
	assert_true(bdf_eq(set.v[n - 1], nth(77)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read_in_every_form_people_write),
		cmocka_unit_test(only_the_given_bytes_are_read),
		cmocka_unit_test(every_address_survives_a_round_trip),
		cmocka_unit_test(order_is_domain_bus_device_function),
		cmocka_unit_test(slots_and_xapi_domains_are_told_apart),
		cmocka_unit_test(sets_keep_their_order_and_hold_no_doubles),
		cmocka_unit_test(a_set_of_all_functions_is_not_quadratic),
	};

	return cmocka_run_group_tests_name("bdf", tests, NULL, NULL);
}
