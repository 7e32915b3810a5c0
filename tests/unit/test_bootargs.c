/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmdline/bootargs.h"
#include "tests/unit/cmdline_table.h"

/* ---- splitting -------------------------------------------------------------------------------------------- */

struct split_row {
	const char *name, *args;
	const char *words; /* key[=value] each, joined by "|"; behind "--" in brackets */
};

static const struct split_row splits[] = {
	{ "nothing has no words", "", "" },
	{ "blanks alone have no words", " \t ", "" },
	{ "a flag and a value", "ro root=LABEL=x", "ro|root=LABEL=x" },
	{ "tabs and several blanks separate", "a\t b=1   c", "a|b=1|c" },
	{ "an empty value is not a flag", "a= b", "a=|b" },
	{ "the same key twice", "console=hvc0 console=tty0", "console=hvc0|console=tty0" },
	{ "a double-quoted value holds blanks", "a=\"b c\" d", "a=b c|d" },
	{ "a single-quoted value holds blanks", "a='b c' d", "a=b c|d" },
	{ "quotes around the whole word", "\"a=b c\" d", "a=b c|d" },
	{ "two quoted parts in one word", "a=\"b c\"=\"d e\"f", "a=b c=d ef" },
	{ "an escaped blank stays in its word", "a=b\\ c d", "a=b c|d" },
	{ "an escaped dollar in quotes", "a=\"\\$x\"", "a=$x" },
	{ "a backslash in double quotes before another byte stays", "a=\"\\x\"", "a=\\x" },
	{ "a backslash in single quotes stays", "a='\\$'", "a=\\$" },
	{ "an open quote runs to the end", "a=\"b c", "a=b c" },
	{ "a line end behind a backslash separates like a blank", "a \\\n\tb", "a|b" },
	{ "a backslash at a line's end joins what touches it", "a=b\\\r\nc", "a=bc" },
	{ "what grub would cut at is a byte like any other here", "a=1;2 b={c}", "a=1;2|b={c}" },
	{ "the newline of /proc/cmdline is no word", "a b\n", "a|b" },
	{ "behind -- come init's words", "a -- b", "a|[--]|[b]" },
	{ "-- inside a word ends nothing", "a--b --c", "a--b|--c" },
};

static void splits_args(void **state)
{
	const struct split_row *row = *state;
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	_cleanup_strbuf_ struct strbuf words = { 0 };

	bootargs_split(row->args, strlen(row->args), &a);
	for (size_t i = 0; i < a.n; i++) {
		strbuf_addf(&words, "%s%s%s%s%s%s", i ? "|" : "", i >= a.end ? "[" : "", a.v[i].key,
			    a.v[i].value ? "=" : "", a.v[i].value ? a.v[i].value : "", i >= a.end ? "]" : "");
		assert_true(a.v[i].off + a.v[i].len <= strlen(row->args));
		assert_true(a.v[i].value_off <= a.v[i].off + a.v[i].len);
	}
	assert_string_equal(strbuf_str(&words), row->words);
}

struct value_row {
	const char *name, *args;
	size_t value_off;
};

static const struct value_row values[] = {
	{ "a caret finds a plain value", "k=v", 2 },
	{ "a caret finds the value behind a quote", "k=\"v\"", 3 },
	{ "a caret finds the value in a word quoted as a whole", "\"k=v\"", 3 },
	{ "a caret finds an empty value in a word quoted as a whole", "\"k=\"", 3 },
	{ "a caret finds the value behind a quoted key", "\"k\"='v'", 5 },
	{ "a flag's value would stand behind it", "k", 1 },
};

static void finds_value(void **state)
{
	const struct value_row *row = *state;
	_cleanup_(bootargs_done) struct bootargs a = { 0 };

	bootargs_split(row->args, strlen(row->args), &a);
	assert_int_equal(a.n, 1);
	assert_int_equal(a.v[0].value_off, row->value_off);
}

/* ---- editing ---------------------------------------------------------------------------------------------- */

struct edit_row {
	const char *name, *before, *key, *value, *after;
};

static const struct edit_row sets[] = {
	{ "a new key comes last", "a b=1", "c", "2", "a b=1 c=2" },
	{ "a new key on an empty line", "", "c", "2", "c=2" },
	{ "blanks at the end stay at the end", "a  ", "c", "2", "a c=2  " },
	{ "a flag", "a", "quiet", NULL, "a quiet" },
	{ "an empty value", "a", "k", "", "a k=" },
	{ "a changed value keeps its place", "a k=1 b", "k", "2", "a k=2 b" },
	{ "a flag becomes a value", "a k b", "k", "2", "a k=2 b" },
	{ "a value becomes a flag", "a k=1 b", "k", NULL, "a k b" },
	{ "already so: not a byte changes", "a  k='1'\tb", "k", "1", "a  k='1'\tb" },
	{ "several become one, in the place of the first", "k=1 a  k=2 b\tk=3", "k", "4", "k=4 a b" },
	{ "the first is right, the others go", "\"k=1\" a k=2", "k", "1", "\"k=1\" a" },
	{ "a longer key is another key", "kk=1 k.x=2", "k", "3", "kk=1 k.x=2 k=3" },
	{ "dash and underscore differ", "a_b=1", "a-b", "2", "a_b=1 a-b=2" },
	{ "a value with a blank is quoted", "a", "k", "b c", "a k=\"b c\"" },
	{ "a value with grub's own characters is quoted", "a", "k", "1;2", "a k=\"1;2\"" },
	{ "a dollar and a backslash are escaped", "a", "k", "$x\\y", "a k=\"\\$x\\\\y\"" },
	{ "a single quote is quoted", "a", "k", "it's", "a k=\"it's\"" },
	{ "a hide list needs no quotes", "ro", "xen-pciback.hide", "(0000:04:00.0)(0000:04:00.1)",
	  "ro xen-pciback.hide=(0000:04:00.0)(0000:04:00.1)" },
	{ "the word goes before --, or init would get it", "a -- b", "k", "1", "a k=1 -- b" },
	{ "the word goes before a leading --", "-- b", "k", "1", "k=1 -- b" },
	{ "a word behind -- is not ours", "a -- k=0", "k", "1", "a k=1 -- k=0" },
	{ "joined lines stay joined", "a \\\n\tb", "k", "1", "a \\\n\tb k=1" },
};

static const struct edit_row deletes[] = {
	{ "delete takes the blanks before the word along", "a  k=1 b", "k", NULL, "a b" },
	{ "delete of the first word takes the blanks behind it", "k=1  b c", "k", NULL, "b c" },
	{ "delete of the last word", "a k", "k", NULL, "a" },
	{ "delete of the only word", "k=1", "k", NULL, "" },
	{ "delete of all occurrences", "k a k=2 k=3 b k", "k", NULL, "a b" },
	{ "delete of two in front", "k=1 k=2 a", "k", NULL, "a" },
	{ "delete of an absent key changes nothing", " a  b\t", "k", NULL, " a  b\t" },
	{ "delete of a quoted word", "a \"k=b c\" d", "k", NULL, "a d" },
	{ "delete keeps what init gets", "k -- k", "k", NULL, "-- k" },
	{ "delete of the word on a joined line leaves no open end", "a \\\n\tk=1", "k", NULL, "a" },
};

static void sets_key(void **state)
{
	const struct edit_row *row = *state;
	_cleanup_strbuf_ struct strbuf args = { 0 };
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	struct err err = { 0 };
	int at;

	strbuf_add(&args, row->before);
	assert_int_equal(bootargs_set(&args, row->key, row->value, &err), 0);
	assert_string_equal(strbuf_str(&args), row->after);

	bootargs_split(args.s, args.len, &a);
	at = bootargs_find(&a, row->key, 0);
	assert_true(at >= 0);
	assert_true(streq0(a.v[at].value, row->value));
	assert_int_equal(bootargs_find(&a, row->key, (size_t)at + 1), -1);
	assert_int_equal(bootargs_set(&args, row->key, row->value, &err), 0);
	assert_string_equal(strbuf_str(&args), row->after);
}

static void deletes_key(void **state)
{
	const struct edit_row *row = *state;
	_cleanup_strbuf_ struct strbuf args = { 0 };

	strbuf_add(&args, row->before);
	assert_int_equal(bootargs_delete(&args, row->key, NULL), 0);
	assert_string_equal(strbuf_str(&args), row->after);
}

/* The value lists all of them, with a blank between. */
static const struct edit_row several[] = {
	{ "several: none there yet, they come last", "ro quiet", "console", "hvc0 tty0", "ro quiet console=hvc0 console=tty0" },
	{ "several: side by side where the first stood", "console=a ro  console=b quiet", "console", "x y z",
	  "console=x console=y console=z ro quiet" },
	{ "several: already so, wherever they stand: no byte changes", "console=a  ro console=b ", "console", "a b",
	  "console=a  ro console=b " },
	{ "several: the same ones in another order", "console=a console=b", "console", "b a", "console=b console=a" },
	{ "several: more are there than shall be", "k=1 k=2 k=3 x", "k", "1 2", "k=1 k=2 x" },
	{ "several: words behind -- stay", "k=1 -- k=9", "k", "1 2", "k=1 k=2 -- k=9" },
};

static void sets_several(void **state)
{
	const struct edit_row *row = *state;
	_cleanup_strbuf_ struct strbuf args = { 0 };
	_cleanup_strv_ struct strv earlier = { 0 };
	_cleanup_free_ char *last = NULL;
	struct err err = { 0 };

	strbuf_add(&args, row->before);
	strv_split(&earlier, row->value, ' ');
	last = earlier.v[--earlier.n];
	for (unsigned i = 0; i < 2; i++) { /* a second time changes nothing */
		assert_int_equal(bootargs_set_all(&args, row->key, &earlier, last, &err), 0);
		assert_string_equal(strbuf_str(&args), row->after);
	}
}

static const struct edit_row refusals[] = {
	{ "an empty key is refused", "a", "", "1", NULL },
	{ "a key with a blank is refused", "a", "k k", "1", NULL },
	{ "a key with = is refused", "a", "k=k", "1", NULL },
	{ "a key with a quote is refused", "a", "k\"", "1", NULL },
	{ "a key with a semicolon is refused", "a", "k;reboot", "1", NULL },
	{ "a key that would begin a comment is refused", "a", "#k", "1", NULL },
	{ "-- is no key", "a", "--", NULL, NULL },
	{ "a newline in a value is refused", "a", "k", "1\nreboot", NULL },
	{ "a tab in a value is refused", "a", "k", "1\t2", NULL },
	{ "an escape byte in a value is refused", "a", "k", "\033[2J", NULL },
	{ "a double quote in a value is refused", "a", "k", "\"", NULL },
};

static const struct edit_row open_ends[] = {
	{ "nothing is put behind an open double quote", "a \"b", "k", "1", NULL },
	{ "nothing is put behind an open single quote", "a 'b", "k", "1", NULL },
	{ "nothing is put behind a lone backslash", "a b\\", "k", "1", NULL },
};

static void refuses_open_end(void **state)
{
	const struct edit_row *row = *state;
	_cleanup_strbuf_ struct strbuf args = { 0 };
	struct err err = { 0 };

	strbuf_add(&args, row->before);
	assert_int_equal(bootargs_set(&args, row->key, row->value, &err), -EINVAL);
	assert_string_equal(strbuf_str(&args), row->before);
	assert_true(err.text[0]);
}

static void refuses_key_or_value(void **state)
{
	const struct edit_row *row = *state;
	_cleanup_strbuf_ struct strbuf args = { 0 };
	struct err err = { 0 };

	strbuf_add(&args, row->before);
	assert_int_equal(bootargs_check(row->key, row->value, &err), -EINVAL);
	assert_int_equal(bootargs_set(&args, row->key, row->value, &err), -EINVAL);
	assert_string_equal(strbuf_str(&args), row->before);
	assert_true(err.text[0]);
}

/* ---- properties ------------------------------------------------------------------------------------------- */

static void random_args(struct strbuf *out, uint64_t *seed)
{
	static const char *const parts[] = { "a",  "b=1",    "k", "k=2", "c=\"x y\"", "'d e'", "--",	  " ", "  ",
					     "\t", " \\\n ", " ", " ",	 "\\ ",	      "$v",    "\"k=3\"", "=", "\"" };

	for (uint32_t n = rnd(seed, 12); n > 0; n--)
		strbuf_add(out, parts[rnd(seed, ARRAY_SIZE(parts) - 1)]);
}

static void holds_properties(void **state)
{
	static const char *const keys[] = { "k", "a", "new", "x.y" }, *const vals[] = { NULL, "", "1", "p q", "$\\;'" };
	uint64_t seed = rnd_seed();

	for (int round = 0; round < 20000; round++) {
		_cleanup_strbuf_ struct strbuf before = { 0 }, args = { 0 };
		_cleanup_(bootargs_done) struct bootargs was = { 0 }, is = { 0 };
		const char *key = keys[rnd(&seed, ARRAY_SIZE(keys))], *value = vals[rnd(&seed, ARRAY_SIZE(vals))];
		size_t other_was = 0, other_is = 0;
		int at;

		random_args(&before, &seed);
		strbuf_addn(&args, strbuf_str(&before), before.len);
		bootargs_split(strbuf_str(&before), before.len, &was);

		assert_int_equal(bootargs_set(&args, key, value, NULL), 0);
		bootargs_split(args.s, args.len, &is);
		at = bootargs_find(&is, key, 0);
		assert_true(at >= 0);
		assert_true(streq0(is.v[at].value, value));
		assert_int_equal(bootargs_find(&is, key, (size_t)at + 1), -1);

		/* every other word is still there, in its order, with its bytes */
		for (;; other_was++, other_is++) {
			while (other_was < was.end && streq(was.v[other_was].key, key))
				other_was++;
			while (other_is < is.end && streq(is.v[other_is].key, key))
				other_is++;
			if (other_was == was.n || other_is == is.n)
				break;
			assert_int_equal(was.v[other_was].len, is.v[other_is].len);
			assert_memory_equal(before.s + was.v[other_was].off, args.s + is.v[other_is].off,
					    was.v[other_was].len);
		}
		assert_true(other_was == was.n && other_is == is.n);

		assert_int_equal(bootargs_delete(&args, key, NULL), 0);
		if (bootargs_find(&was, key, 0) < 0)
			assert_string_equal(strbuf_str(&args), strbuf_str(&before));
	}
}

int main(void)
{
	struct table t = { 0 };

	TABLE_ADD(&t, splits, splits_args);
	TABLE_ADD(&t, values, finds_value);
	TABLE_ADD(&t, sets, sets_key);
	TABLE_ADD(&t, several, sets_several);
	TABLE_ADD(&t, deletes, deletes_key);
	TABLE_ADD(&t, refusals, refuses_key_or_value);
	TABLE_ADD(&t, open_ends, refuses_open_end);
	table_add(&t, "random lines: set then get, set then delete, other words untouched", holds_properties, NULL);
	return table_run(&t, "bootargs");
}
