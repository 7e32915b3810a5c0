/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_str.c - numbers, patterns, buffers, lists, and text that may be shown. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/str.h"

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		unsigned base;
		uint64_t max;
		bool ok;
		uint64_t value;
	} cases[] = {
		{ "0", 10, 0, true, 0 },
		{ "7", 10, 7, true, 7 },
		{ "8", 10, 7, false, 0 },
		{ "007", 10, 7, true, 7 },
		{ "255", 10, 255, true, 255 },
		{ "256", 10, 255, false, 0 },
		{ "18446744073709551615", 10, UINT64_MAX, true, UINT64_MAX },
		{ "18446744073709551616", 10, UINT64_MAX, false, 0 },
		{ "99999999999999999999", 10, UINT64_MAX, false, 0 },
		{ "ffffffffffffffff", 16, UINT64_MAX, true, UINT64_MAX },
		{ "10000000000000000", 16, UINT64_MAX, false, 0 },
		{ "Ff", 16, 255, true, 255 },
		{ "f", 16, 9, false, 0 },
		{ "9", 16, 3, false, 0 },
		{ "8", 8, 100, false, 0 },
		{ "a", 10, 100, false, 0 },
		{ "g", 16, 100, false, 0 },
		{ "", 10, 100, false, 0 },
		{ "-1", 10, 100, false, 0 },
		{ "+1", 10, 100, false, 0 },
		{ " 1", 10, 100, false, 0 },
		{ "1 ", 10, 100, false, 0 },
		{ "1\n", 10, 100, false, 0 },
		{ "0x1", 16, 100, false, 0 },
		{ "1.0", 10, 100, false, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t value = 4711;

		if (str_to_u64(cases[i].text, cases[i].base, cases[i].max, &value) != cases[i].ok ||
		    value != (cases[i].ok ? cases[i].value : 4711))
			fail_msg("'%s' in base %u gave %llu", cases[i].text, cases[i].base, (unsigned long long)value);
	}
}

static void test_glob(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} cases[] = {
		{ "", "", true },	{ "", "a", false },	   { "*", "", true },	    { "*", "abc", true },
		{ "?", "", false },	{ "?", "a", true },	   { "a*c", "abc", true },  { "a*c", "ac", true },
		{ "a*c", "abd", false }, { "a*c", "acbc", true },   { "*b*", "abc", true },  { "**", "", true },
		{ "a?c", "abc", true }, { "a?c", "ac", false },	   { "abc", "ABC", false }, { "abc", "ab", false },
		{ "ab", "abc", false }, { "[a]", "a", false },	   { "[a]", "[a]", true },  { "\\*", "\\x", true },
		{ "*a", "aaab", false }, { "*aab", "aaaab", true }, { "a*b*c", "aXbYbZc", true },
		{ "0000:3b:*", "0000:3b:00.0", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (str_glob(cases[i].pattern, cases[i].text) != cases[i].matches)
			fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].text);
}

/* One place to return to: a pattern of many stars must not take for ever. */
static void test_glob_is_not_exponential(void **state)
{
	char text[2001], pattern[61];

	memset(text, 'a', 2000);
	text[2000] = '\0';
	for (size_t i = 0; i < 60; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	pattern[59] = 'b';
	pattern[60] = '\0';
	assert_false(str_glob(pattern, text));
}

static void test_printable(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "plain text", "plain text" },
		{ "a\tb\r\nc", "a\\tb\\r\\nc" },
		{ "\x1b[31mred", "\\x1b[31mred" },
		{ "\x7f", "\\x7f" },
		{ "\\n stays", "\\n stays" },
		{ "\xc3\xbc", "\xc3\xbc" },			  /* ü */
		{ "\xe2\x82\xac", "\xe2\x82\xac" },		  /* euro */
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },	  /* beyond 16 bits */
		{ "\xf4\x8f\xbf\xbd", "\xf4\x8f\xbf\xbd" },	  /* the highest plane */
		{ "\xc3", "\\xc3" },				  /* cut */
		{ "\xe2\x82", "\\xe2\\x82" },			  /* cut */
		{ "\xe2\x82z", "\\xe2\\x82z" },			  /* no continuation */
		{ "\x80\xbf", "\\x80\\xbf" },			  /* continuation alone */
		{ "\xc0\xaf", "\\xc0\\xaf" },			  /* "/" in two bytes */
		{ "\xe0\x80\xaf", "\\xe0\\x80\\xaf" },		  /* in three */
		{ "\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf" },	  /* in four */
		{ "\xe0\x9f\xbf", "\\xe0\\x9f\\xbf" },		  /* U+07FF in three */
		{ "\xf0\x8f\xbf\xbd", "\\xf0\\x8f\\xbf\\xbd" },	  /* U+FFFD in four */
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },		  /* a surrogate */
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },	  /* above U+10FFFF */
		{ "\xf5\xff", "\\xf5\\xff" },			  /* never in UTF-8 */
		{ "\xef\xbf\xbe", "\\xef\\xbf\\xbe" },		  /* U+FFFE: XML forbids it */
		{ "\xc2\x9b" "31m", "\\xc2\\x9b" "31m" },	  /* C1: CSI in one character */
		{ "\xc2\x85", "\\xc2\\x85" },			  /* C1: next line */
		{ "\xc2\xa0", "\xc2\xa0" },			  /* no control any more */
		{ "\xe2\x80\xae" "fdp", "\\xe2\\x80\\xae" "fdp" }, /* right-to-left override */
		{ "\xe2\x81\xa6", "\\xe2\\x81\\xa6" },		  /* an isolate */
		{ "\xe2\x80\x8f", "\\xe2\\x80\\x8f" },		  /* right-to-left mark */
		{ "\xd8\x9c", "\\xd8\\x9c" },			  /* arabic letter mark */
		{ "\xe2\x80\xa8", "\\xe2\\x80\\xa8" },		  /* line separator */
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_strbuf_ struct strbuf b = { 0 };

		strbuf_add_printable(&b, cases[i].text, strlen(cases[i].text));
		assert_string_equal(strbuf_str(&b), cases[i].shown);
	}
}

static void test_printable_nul(void **state)
{
	_cleanup_strbuf_ struct strbuf b = { 0 };

	strbuf_add_printable(&b, "a\0b", 3);
	assert_string_equal(strbuf_str(&b), "a\\x00b");
}

static void test_strbuf(void **state)
{
	_cleanup_strbuf_ struct strbuf b = { 0 };
	_cleanup_free_ char *taken = NULL, *none = NULL;

	assert_string_equal(strbuf_str(&b), "");
	strbuf_addn(&b, NULL, 0);
	strbuf_pad(&b, '-', 3);
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&b, "%03d", i);
	assert_int_equal(b.len, 3003);
	assert_memory_equal(b.s, "---000001", 9);
	assert_string_equal(b.s + 3000, "999");
	taken = strbuf_take(&b);
	assert_int_equal(strlen(taken), 3003);
	none = strbuf_take(&b);
	assert_string_equal(none, "");
	strbuf_add(&b, "x");
	strbuf_reset(&b);
	assert_string_equal(strbuf_str(&b), "");
}

static void test_strv(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		const char *joined;
	} cases[] = {
		{ "", 0, "" }, { "a", 1, "a" }, { "a,", 2, "a|" }, { ",a", 2, "|a" }, { ",", 2, "|" }, { "a,b,c", 3, "a|b|c" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_strv_ struct strv l = { 0 };
		_cleanup_free_ char *joined = NULL;

		strv_split(&l, cases[i].text, ',');
		assert_int_equal(l.n, cases[i].n);
		joined = strv_join(&l, "|");
		assert_string_equal(joined, cases[i].joined);
	}
}

static void test_words(void **state)
{
	assert_string_equal(str_after("node7", "node"), "7");
	assert_null(str_after("nod", "node"));
	assert_true(str_ends_with("grub.cfg", ".cfg"));
	assert_false(str_ends_with("cfg", ".cfg"));
	assert_true(streq0(NULL, NULL));
	assert_false(streq0("", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_glob_is_not_exponential),
		cmocka_unit_test(test_printable),
		cmocka_unit_test(test_printable_nul),
		cmocka_unit_test(test_strbuf),
		cmocka_unit_test(test_strv),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
