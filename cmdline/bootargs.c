/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bootargs.h"

#include "grublex.h"

/* ---- reading ---------------------------------------------------------------------------------------------- */

static size_t skip_blanks(const char *s, size_t len, size_t i)
{
	for (size_t n; (n = grublex_blank(s, len, i)); i += n)
		;
	return i;
}

/* Only blanks end a word here: what grub would cut at (";" and so on) is a byte like any other in, say, /proc/cmdline.
 */
static size_t word_end(const char *s, size_t len, size_t i, bool *open)
{
	while (i < len && s[i] != ' ' && s[i] != '\t' && s[i] != '\r' && s[i] != '\n') {
		size_t unit = i;

		i = grublex_unit(s, len, unit, open);
		if (s[unit] == '\\' && i == unit + 1)
			*open = true;
	}
	return i;
}

/* The value begins behind "=", and behind a quote that opens there; inside quotes that opened earlier a quote closes.
 */
static size_t value_begin(const char *s, struct grublex_word word, size_t eq)
{
	size_t end = word.off + word.len, i = word.off;
	bool unclosed = false;

	while (i < eq)
		i = grublex_unit(s, end, i, &unclosed);
	return i == eq && eq + 1 < end && (s[eq + 1] == '"' || s[eq + 1] == '\'') ? eq + 2 : eq + 1;
}

static struct bootarg read_arg(const char *s, struct grublex_word word)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct bootarg arg = { .off = word.off, .len = word.len, .value_off = word.off + word.len };
	size_t eq;
	char *value;

	grublex_cook(s, word, &text, &eq);
	arg.key = strbuf_take(&text);
	if (eq == GRUBLEX_NOWHERE)
		return arg;

	value = strchr(arg.key, '=');
	if (value) { /* a NUL before it would hide it */
		*value = '\0';
		arg.value = xstrdup(value + 1);
	}
	arg.value_off = value_begin(s, word, eq);
	return arg;
}

void bootargs_split(const char *s, size_t len, struct bootargs *ret)
{
	struct bootargs a = { 0 };
	bool ended = false;

	for (size_t i = skip_blanks(s, len, 0); i < len; i = skip_blanks(s, len, i)) {
		size_t end = word_end(s, len, i, &a.open);

		if (end == i) { /* a line end that nothing joins */
			i++;
			continue;
		}
		if (!ended && end - i == 2 && !memcmp(s + i, "--", 2)) {
			a.end = a.n;
			ended = true;
		}
		ARRAY_GROW(a.v, a.n);
		a.v[a.n++] = read_arg(s, (struct grublex_word){ .off = i, .len = end - i });
		i = end;
	}
	if (!ended)
		a.end = a.n;
	*ret = a;
}

void bootargs_done(struct bootargs *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free(a->v[i].key);
		free(a->v[i].value);
	}
	free(a->v);
	*a = (struct bootargs){ 0 };
}

int bootargs_find(const struct bootargs *a, const char *key, size_t from)
{
	for (size_t i = from; i < a->end; i++)
		if (streq(a->v[i].key, key))
			return (int)i;
	return -1;
}

/* ---- checking --------------------------------------------------------------------------------------------- */

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/* What grub's lexer or its quoting gives a meaning. */
static bool is_grub_special(char c)
{
	return c && strchr(";&|<>{}$\\#'\"", c);
}

static int check_key(const char *key, struct err *err)
{
	if (!*key)
		return err_set(err, EINVAL, "the key of a boot parameter is empty");
	if (!key[strspn(key, "-")])
		return err_set(err, EINVAL, "'%s' is no boot parameter: '--' ends them", key);
	for (const char *c = key; *c; c++)
		if (*c == ' ' || *c == '=' || is_control(*c) || is_grub_special(*c))
			return err_set(err, EINVAL,
				       "the key '%s' has a character that no boot parameter's key can have", key);
	return 0;
}

int bootargs_check(const char *key, const char *value, struct err *err)
{
	int rc = check_key(key, err);

	if (rc < 0)
		return rc;
	for (const char *c = value ? value : ""; *c; c++)
		if (is_control(*c) || *c == '"')
			return err_set(err, EINVAL, "the value of '%s' has a %s, which grub.cfg cannot carry", key,
				       *c == '"' ? "double quote" : "control character");
	return 0;
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

static bool needs_quotes(const char *value)
{
	for (; *value; value++)
		if (*value == ' ' || is_grub_special(*value))
			return true;
	return false;
}

static void add_word(struct strbuf *out, const char *key, const char *value)
{
	strbuf_add(out, key);
	if (!value)
		return;
	strbuf_addc(out, '=');
	if (!needs_quotes(value)) {
		strbuf_add(out, value);
		return;
	}
	strbuf_addc(out, '"');
	for (; *value; value++) {
		if (*value == '$' || *value == '\\')
			strbuf_addc(out, '\\');
		strbuf_addc(out, *value);
	}
	strbuf_addc(out, '"');
}

/*
 * Copy the arguments without those of this key, but with `keep` (an index, or -1).  A word goes with the blanks before
 * it, or, where nothing kept stands before it, with those behind it.
 */
static void copy_without(struct strbuf *out, const char *s, size_t len, const struct bootargs *a, const char *key,
			 int keep)
{
	size_t done = 0; /* of s */
	bool first = true;

	for (size_t i = 0; i < a->n; i++) {
		const struct bootarg *arg = &a->v[i];

		if (i >= a->end || (int)i == keep || !streq(arg->key, key)) {
			strbuf_addn(out, s + done, arg->off + arg->len - done);
			first = false;
		} else if (first) {
			strbuf_addn(out, s + done, arg->off - done);
			done = i + 1 < a->n ? a->v[i + 1].off : arg->off + arg->len;
			continue;
		}
		done = arg->off + arg->len;
	}
	strbuf_addn(out, s + done, len - done);
}

static void replace(struct strbuf *args, struct strbuf *with)
{
	strbuf_done(args);
	*args = *with;
	*with = (struct strbuf){ 0 };
}

/* Put the word behind the last argument: behind its last byte, so that blanks at the end of the line stay there. */
static void append(struct strbuf *args, const struct bootargs *a, const char *key, const char *value)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	const char *s = strbuf_str(args);
	size_t at = a->end ? a->v[a->end - 1].off + a->v[a->end - 1].len : a->n ? a->v[0].off : args->len;

	strbuf_addn(&out, s, at);
	if (a->end)
		strbuf_addc(&out, ' ');
	add_word(&out, key, value);
	if (!a->end && a->n)
		strbuf_addc(&out, ' ');
	strbuf_addn(&out, s + at, args->len - at);
	replace(args, &out);
}

/* Put the word in the place of the one at index `at`, which keeps its bytes when it says the same, and drop all others.
 */
static void put_in_place(struct strbuf *args, const struct bootargs *a, size_t at, const char *key, const char *value)
{
	_cleanup_strbuf_ struct strbuf one = { 0 }, tail = { 0 };
	const struct bootarg *arg = &a->v[at];
	const char *s = strbuf_str(args);

	/* Nothing of this key stands before `at`, so only what follows has words to lose. */
	copy_without(&tail, s, args->len, a, key, (int)at);
	strbuf_addn(&one, s, arg->off);
	if (streq0(arg->value, value))
		strbuf_addn(&one, s + arg->off, arg->len);
	else
		add_word(&one, key, value);
	strbuf_addn(&one, strbuf_str(&tail) + arg->off + arg->len, tail.len - arg->off - arg->len);
	replace(args, &one);
}

int bootargs_set(struct strbuf *args, const char *key, const char *value, struct err *err)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	int rc = bootargs_check(key, value, err), at;

	if (rc < 0)
		return rc;
	bootargs_split(strbuf_str(args), args->len, &a);
	if (a.open)
		return err_set(err, EINVAL, "the arguments '%s' end inside a quote or an escape", strbuf_str(args));
	at = bootargs_find(&a, key, 0);
	if (at < 0)
		append(args, &a, key, value);
	else
		put_in_place(args, &a, (size_t)at, key, value);
	return 0;
}

int bootargs_delete(struct strbuf *args, const char *key, struct err *err)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };
	int rc = check_key(key, err);

	if (rc < 0)
		return rc;
	bootargs_split(strbuf_str(args), args->len, &a);
	if (bootargs_find(&a, key, 0) < 0)
		return 0;
	copy_without(&out, strbuf_str(args), args->len, &a, key, -1);
	replace(args, &out);
	return 0;
}

static void insert_behind(struct strbuf *args, const struct bootarg *arg, const struct strbuf *words)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	size_t at = arg->off + arg->len;

	strbuf_addn(&out, strbuf_str(args), at);
	strbuf_addn(&out, strbuf_str(words), words->len);
	strbuf_addn(&out, strbuf_str(args) + at, args->len - at);
	replace(args, &out);
}

/* Do the words of this key say exactly this already, wherever they stand? */
static bool says_already(const struct bootargs *a, const char *key, const struct strv *before, const char *value)
{
	size_t n = 0;

	for (int i = -1; (i = bootargs_find(a, key, (size_t)(i + 1))) >= 0; n++)
		if (n > before->n || !streq0(a->v[i].value, n < before->n ? before->v[n] : value))
			return false;
	return n == before->n + 1;
}

int bootargs_set_all(struct strbuf *args, const char *key, const struct strv *before, const char *value, struct err *err)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };
	int rc = bootargs_check(key, value, err);

	for (size_t i = 0; rc == 0 && i < before->n; i++)
		rc = bootargs_check(key, before->v[i], err);
	if (rc < 0)
		return rc;
	bootargs_split(strbuf_str(args), args->len, &a);
	if (says_already(&a, key, before, value))
		return 0;
	rc = bootargs_set(args, key, before->n ? before->v[0] : value, err);
	if (rc < 0 || !before->n)
		return rc;

	bootargs_done(&a);
	bootargs_split(strbuf_str(args), args->len, &a);
	for (size_t i = 1; i <= before->n; i++) {
		strbuf_addc(&out, ' ');
		add_word(&out, key, i < before->n ? before->v[i] : value);
	}
	insert_behind(args, &a.v[bootargs_find(&a, key, 0)], &out);
	return 0;
}
