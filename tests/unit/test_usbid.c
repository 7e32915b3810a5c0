/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_usbid.c - what stands for a USB device in journal and state, and what does not. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/str.h"
#include "xenhelpers/usbid.h"

static void test_round_trip(void **state)
{
	static const char *const good[] = {
		"1-2 1cf1:0030", "1-2 1cf1:0030 DE2132111", "4-1.2.3 0000:ffff a b", "10-11 046d:0825 6E2F10A0", "1-1 046d:0825 \xc3\xa4",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		struct usbid id = { 0 };
		_cleanup_free_ char *again = NULL;

		assert_true(usbid_parse(good[i], &id));
		again = usbid_format(&id);
		assert_string_equal(again, good[i]);
		usbid_done(&id);
	}
}

static void test_refused(void **state)
{
	static const char *const bad[] = {
		"", "1-2", "1-2 ", " 1-2 1cf1:0030", "1-2 1cf1", "1-2 1cf1:003", "1-2 1cf1:00300", "1-2 1CF1:0030", "1-2 0x1c:0030",
		"1-2 +cf1:0030", "1-2 1cf1:0030 ", "1-2 1cf1:0030x", "usb1 1cf1:0030", "1-2/.. 1cf1:0030", "12 1cf1:0030", "-1 1cf1:0030",
		"1-2 1cf1:0030 a\nb", "1-2 1cf1:0030 \x1b[2J", "1-222222222222222222222222222222222 1cf1:0030",
	};
	_cleanup_free_ char *longest = xasprintf("1-2 1cf1:0030 %0*d", USBID_SERIAL_MAX, 1), *longer = xasprintf("%s1", longest);
	struct usbid id = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(usbid_parse(bad[i], &id));
	assert_false(usbid_parse(longer, &id));
	assert_true(usbid_parse(longest, &id));
	usbid_done(&id);
}

static void test_same(void **state)
{
	struct usbid a, b, c, d;

	(void)state;
	assert_true(usbid_parse("1-2 1cf1:0030 X", &a) && usbid_parse("1-3 1cf1:0030 X", &b) && usbid_parse("1-2 1cf1:0030 Y", &c) &&
		    usbid_parse("1-2 1cf1:0031 X", &d));
	assert_true(usbid_eq(&a, &a) && !usbid_eq(&a, &b) && !usbid_eq(&a, &c) && !usbid_eq(&a, &d));
	assert_true(usbid_same_kind(&a, &b) && !usbid_same_kind(&a, &c) && !usbid_same_kind(&a, &d));
	usbid_done(&a);
	usbid_done(&b);
	usbid_done(&c);
	usbid_done(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
