/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_err.c - messages, and the caret under the place that they talk about. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/err.h"
#include "xenhelpers/str.h"

static void test_set_and_wrap(void **state)
{
	struct err err = { 0 };

	assert_int_equal(err_set(&err, ENOENT, "no entry '%s'", "a\x1b"), -ENOENT);
	assert_int_equal(err.code, ENOENT);
	assert_string_equal(err.text, "no entry 'a\\x1b'");
	assert_int_equal(err_hint(&err, "look"), -ENOENT);
	assert_int_equal(err_hint(&err, "again"), -ENOENT);
	assert_string_equal(err.hint, "look");
	assert_int_equal(err_wrap(&err, "read '%s'", "/x"), -ENOENT);
	assert_string_equal(err.text, "read '/x': no entry 'a\\x1b'");
	assert_string_equal(err.hint, "look");
	/* the next failure begins anew */
	err_set(&err, EIO, "b");
	assert_string_equal(err.hint, "");
	assert_string_equal(err.text, "b");
}

static void test_nobody_listens(void **state)
{
	assert_int_equal(err_set(NULL, EPERM, "x"), -EPERM);
	assert_true(err_wrap(NULL, "x") < 0);
	assert_true(err_hint(NULL, "x") < 0);
	assert_true(err_point(NULL, "f", "x", 1, 0, 1) < 0);
}

/* Is the text whole UTF-8? A cut in the middle of a character would be a byte that printable text never has. */
static void assert_whole(const char *s)
{
	_cleanup_strbuf_ struct strbuf b = { 0 };

	strbuf_add_printable(&b, s, strlen(s));
	assert_string_equal(strbuf_str(&b), s);
}

static void test_long_texts(void **state)
{
	struct err err = { 0 };

	/* whatever the width of what stands before, a cut falls between characters */
	for (size_t shift = 0; shift < 4; shift++) {
		_cleanup_strbuf_ struct strbuf b = { 0 };

		strbuf_pad(&b, 'x', shift);
		for (int i = 0; i < 1000; i++)
			strbuf_add(&b, "\xf0\x9f\x98\x80");
		err_set(&err, EIO, "%s", strbuf_str(&b));
		assert_true(strlen(err.text) < sizeof(err.text));
		assert_true(strlen(err.text) > sizeof(err.text) - 8);
		assert_true(str_ends_with(err.text, "..."));
		assert_whole(err.text);
		err_wrap(&err, "%s", strbuf_str(&b));
		assert_true(strlen(err.text) < sizeof(err.text));
		assert_whole(err.text);
		for (int i = 0; i < 10; i++)
			err_wrap(&err, "context %d", i);
		assert_non_null(str_after(err.text, "context 9: context 8: "));
	}
}

static void test_point(void **state)
{
	static const struct {
		const char *text;
		size_t off, len;
		const char *shown;
	} cases[] = {
		{ "abc", 0, 1, "f:1:1\n  abc\n  ^" },
		{ "abc", 1, 2, "f:1:2\n  abc\n   ^~" },
		{ "abc", 1, 99, "f:1:2\n  abc\n   ^~" },
		{ "abc", 1, 0, "f:1:2\n  abc\n   ^" },
		{ "a\nbcd\ne", 3, 1, "f:2:2\n  bcd\n   ^" },
		{ "a\nbcd\ne", 3, 5, "f:2:2\n  bcd\n   ^~" }, /* not beyond the line */
		{ "\tx=1", 1, 1, "f:1:2\n   x=1\n   ^" },	      /* a tab takes one column in both lines */
		{ "\t\tx\ty", 4, 1, "f:1:5\n    x y\n      ^" },
		{ "abc\n", 3, 1, "f:1:4\n  abc\n     ^" },	      /* the line's end */
		{ "abc", 3, 1, "f:1:4\n  abc\n     ^" },	      /* the text's end */
		{ "abc", 99, 1, "f:1:4\n  abc\n     ^" },	      /* behind it */
		{ "abc\n", 4, 1, "f:2:1\n  \n  ^" },
		{ "", 0, 1, "f:1:1\n  \n  ^" },
		{ "ab\r\ncd\r\n", 1, 1, "f:1:2\n  ab\n   ^" },
		{ "ab\r\ncd\r\n", 5, 1, "f:2:2\n  cd\n   ^" },
		{ "ab\r\ncd", 3, 1, "f:1:3\n  ab\n    ^" },	      /* between CR and LF: the line's end */
		{ "a\x1b\xc3\xbc" "b", 4, 1, "f:1:5\n  a???b\n      ^" }, /* one column a byte */
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_strbuf_ struct strbuf b = { 0 };

		err_point_format(&b, "f", cases[i].text, strlen(cases[i].text), cases[i].off, cases[i].len);
		if (!streq(strbuf_str(&b), cases[i].shown))
			fail_msg("case %zu: %s", i, strbuf_str(&b));
	}
}

/* Of a long line the surroundings are shown, and the caret stands under the byte that is meant. */
static void test_point_long_line(void **state)
{
	char text[1000];

	for (size_t off = 0; off < sizeof(text); off += 13) {
		_cleanup_strbuf_ struct strbuf b = { 0 };
		_cleanup_strv_ struct strv lines = { 0 };

		memset(text, 'a', sizeof(text));
		text[off] = '#';
		err_point_format(&b, "f", text, sizeof(text), off, 1);
		strv_split(&lines, strbuf_str(&b), '\n');
		assert_int_equal(lines.n, 3);
		assert_true(strlen(lines.v[1]) <= 2 + 3 + 100 + 3);
		assert_int_equal(strcspn(lines.v[2], "^"), strcspn(lines.v[1], "#"));
	}
}

static void test_point_in_error(void **state)
{
	struct err err = { 0 };

	err_set(&err, EINVAL, "bad");
	assert_int_equal(err_point(&err, "fi\nle", "a b", 3, 2, 1), -EINVAL);
	assert_string_equal(err.where, "fi\\nle:1:3\n  a b\n    ^");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_and_wrap),
		cmocka_unit_test(test_nobody_listens),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_point),
		cmocka_unit_test(test_point_long_line),
		cmocka_unit_test(test_point_in_error),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
