/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_pull.c - values in a piece of text; see explain_private.h. */

#include <ctype.h>

#include "plugin/explain_private.h"

enum { WORD_MAX = 200, PARAM_LINES = 6 };

const char *find_line_end(const char *s, const char *end)
{
	while (s < end && !is_line_end(*s))
		s++;
	return s;
}

size_t match_folded(const char *s, const char *end, const char *text)
{
	const char *at = s;

	for (; *text; text++, at++)
		if (at == end || fold(*at) != fold(*text))
			return 0;
	return (size_t)(at - s);
}

const char *find_folded(const char *s, const char *end, const char *text)
{
	for (; s < end; s++)
		if (fold(*s) == fold(*text) && match_folded(s, end, text))
			return s;
	return NULL;
}

static char *copy(const char *s, const char *end)
{
	size_t n = (size_t)(end - s);

	return n ? xstrndup(s, MIN(n, (size_t)WORD_MAX)) : NULL;
}

/* ---- addresses, uuids --------------------------------------------------------------------------- */

static bool is_bdf_char(char c)
{
	return isxdigit((unsigned char)c) || c == ':' || c == '.';
}

bool pull_bdf(const char **s, const char *end, struct bdf *ret)
{
	const char *at = *s;

	while (at < end) {
		const char *from = at, *to;

		while (at < end && is_bdf_char(*at))
			at++;
		to = at;
		while (to > from && (to[-1] == '.' || to[-1] == ':'))
			to--;
		if ((at == end || !is_word(*at)) && to > from && bdf_parse_n(from, (size_t)(to - from), ret)) {
			*s = at;
			return true;
		}
		/* Not one: behind the whole word, so that the end of a longer word is not taken for one. */
		while (at < end && (is_word(*at) || *at == ':' || *at == '.'))
			at++;
		if (at == from)
			at++;
	}
	return false;
}

static bool is_uuid(const char *s, const char *end)
{
	if (end - s < 36)
		return false;
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s[i] != '-' : !isxdigit((unsigned char)s[i]))
			return false;
	}
	return end - s == 36 || !(is_word(s[36]) || s[36] == '-');
}

char *pull_uuid(const char *s, const char *end)
{
	for (; s < end; s++) {
		if (match_folded(s, end, "opaqueref:null"))
			return xstrndup(s, strlen("OpaqueRef:NULL"));
		if (isxdigit((unsigned char)*s) && is_uuid(s, end))
			return xstrndup(s, 36);
		while (s < end && is_word(*s) && s + 1 < end && is_word(s[1]))
			s++;
	}
	return NULL;
}

/* ---- errno -------------------------------------------------------------------------------------- */

/*
 * A name, what the C library says, and the number that OCaml prints for the constructor of Unix.error where nobody has
 * registered a printer: xenopsd's Xenctrlext.Unix_error(30, "1: Operation not permitted").
 */
static const struct {
	const char *name, *text;
	int ocaml, number;
} errnos[] = {
	{ "EPERM", "operation not permitted", 30, 1 },	 { "ENOENT", "no such file or directory", 20, 2 },
	{ "ESRCH", "no such process", 35, 3 },		 { "EIO", "input/output error", 13, 5 },
	{ "E2BIG", "argument list too long", 0, 7 },	 { "ENOMEM", "cannot allocate memory", 23, 12 },
	{ "EACCES", "permission denied", 1, 13 },	 { "EFAULT", "bad address", 9, 14 },
	{ "EBUSY", "device or resource busy", 4, 16 },	 { "EEXIST", "file exists", 8, 17 },
	{ "ENODEV", "no such device", 19, 19 },		 { "EINVAL", "invalid argument", 12, 22 },
	{ "ENOSPC", "no space left on device", 24, 28 }, { "ENOSYS", "function not implemented", 25, 38 },
};

/* Which errno's name or text begins at this word? */
static const char *errno_at(const char *at, const char *end)
{
	for (size_t i = 0; i < ARRAY_SIZE(errnos); i++) {
		size_t len = match_folded(at, end, errnos[i].name);

		if ((len && (at + len == end || !is_word(at[len]))) || match_folded(at, end, errnos[i].text))
			return errnos[i].name;
	}
	return NULL;
}

static bool number_behind(const char *s, const char *end, const char *before, int *ret)
{
	const char *at = find_folded(s, end, before);

	if (!at)
		return false;
	at += strlen(before);
	if (at == end || !isdigit((unsigned char)*at))
		return false;
	for (*ret = 0; at < end && isdigit((unsigned char)*at) && *ret < 1000; at++)
		*ret = *ret * 10 + (*at - '0');
	return true;
}

const char *pull_errno(const char *s, const char *end)
{
	int number;

	for (const char *at = s; at < end; at++)
		if (is_word(*at) && (at == s || !is_word(at[-1])) && errno_at(at, end))
			return errno_at(at, end);
	if (number_behind(s, end, "unix_error(", &number))
		for (size_t i = 0; i < ARRAY_SIZE(errnos); i++)
			if (errnos[i].ocaml == number)
				return errnos[i].name;
	if (number_behind(s, end, "failed (-", &number) || number_behind(s, end, "errno ", &number))
		for (size_t i = 0; i < ARRAY_SIZE(errnos); i++)
			if (errnos[i].number == number)
				return errnos[i].name;
	return NULL;
}

/* ---- words -------------------------------------------------------------------------------------- */

static const char *skip(const char *s, const char *end, const char *chars)
{
	while (s < end && strchr(chars, *s))
		s++;
	return s;
}

char *pull_word(const char *s, const char *end)
{
	const char *from = skip(s, end, " \"':=([{,;"), *to = from;

	while (to < end && !strchr(" \"'()[]{},;<>", *to) && !is_line_end(*to))
		to++;
	while (to > from && (to[-1] == '.' || to[-1] == ':'))
		to--;
	return copy(from, to);
}

char *pull_number(const char *s, const char *end)
{
	const char *from = s, *to;

	while (from < end && !isdigit((unsigned char)*from))
		from++;
	for (to = from; to < end && isdigit((unsigned char)*to);)
		to++;
	return copy(from, to);
}

char *pull_quoted(const char *s, const char *end)
{
	for (; s < end; s++) {
		const char *to;

		if (*s != '"' && *s != '\'')
			continue;
		to = memchr(s + 1, *s, (size_t)(end - s - 1));
		return to ? copy(s + 1, to) : NULL;
	}
	return NULL;
}

char *pull_rest(const char *s, const char *end)
{
	s = skip(s, end, " :=");
	while (end > s && is_blank(end[-1]))
		end--;
	if (end - s >= 2 && (*s == '"' || *s == '\'') && memchr(s + 1, *s, (size_t)(end - s - 1)))
		return copy(s + 1, memchr(s + 1, *s, (size_t)(end - s - 1)));
	return copy(s, end);
}

/* ---- parameters of errors of XAPI --------------------------------------------------------------- */

static bool is_object(const char *name)
{
	static const char *const objects[] = {
		"vm", "VM", "uuid", "handle", "USB_group", "PUSB", "VDI", "host", "VUSB"
	};

	for (size_t i = 0; i < ARRAY_SIZE(objects); i++)
		if (streq(objects[i], name))
			return true;
	return false;
}

/* An object is a uuid or a reference, or it is something else that only happens to stand there. */
static bool add_param(struct strv *ret, const char *name, const char *from, const char *to)
{
	_cleanup_free_ char *value = NULL, *all = copy(from, to);

	if (is_object(name))
		value = pull_uuid(from, to);
	if (!value && is_object(name) && !streq(name, "uuid") && !streq(name, "handle"))
		return false;
	if (!value)
		value = all ? TAKE_PTR(all) : xstrdup("");
	strv_addf(ret, "%s=%s", name, value);
	return true;
}

/* xe's form: lines "name: value". */
static void pull_xe_lines(const char *s, const char *end, const struct strv *names, struct strv *ret)
{
	for (int i = 0; i < PARAM_LINES && s < end; i++) {
		const char *to = find_line_end(s, end), *colon = memchr(s, ':', (size_t)(to - s));

		for (size_t k = 0; colon && k < names->n; k++) {
			size_t len = strlen(names->v[k]);

			if ((size_t)(colon - s) == len && !memcmp(s, names->v[k], len))
				add_param(ret, names->v[k], skip(colon + 1, to, " "), to);
		}
		s = to + (to < end);
	}
}

/* What stands between a code and its parameters: brackets, quotes, XML tags, the word "params". *closed: more than
 * blanks. */
static const char *skip_between(const char *s, const char *end, bool *closed)
{
	for (*closed = false; s < end;) {
		if (*s == '<' && memchr(s, '>', (size_t)(end - s))) {
			s = (const char *)memchr(s, '>', (size_t)(end - s)) + 1;
			*closed = true;
		} else if (strchr("([{\"';", *s)) {
			*closed = true;
			s++;
		} else if (strchr(" ,:=)]}>", *s) || is_line_end(*s)) {
			s++;
		} else if (match_folded(s, end, "params")) {
			s += strlen("params");
		} else if (match_folded(s, end, "error parameters")) {
			*closed = true;
			s += strlen("error parameters");
		} else {
			break;
		}
	}
	return s;
}

static void pull_inline(const char *s, const char *end, const struct strv *names, struct strv *ret)
{
	for (size_t k = 0; k < names->n && s < end; k++) {
		bool closed;
		const char *from = skip_between(s, end, &closed), *to = from;

		while (to < end && !strchr("\"';,)]}<", *to) && !is_line_end(*to))
			to++;
		while (to > from && to[-1] == ' ')
			to--;
		/* words of a sentence are no parameter */
		if (to == from || (!closed && k == 0) || !add_param(ret, names->v[k], from, to))
			return;
		s = to;
	}
}

/*
 * Where a list of parameters may end: at the line's end, unless it closes a sentence of xe's or the code stands on a
 * line of a larger JSON text.
 */
static const char *params_end(const char *s, const char *end)
{
	const char *to = find_line_end(s, end);

	for (int i = 0; i < PARAM_LINES && to < end; i++) {
		const char *next = to + 1;

		if (next == end || !(strchr("\"'[]{}", *next) || match_folded(next, end, "params") ||
				     match_folded(next, end, "error parameters")))
			break;
		to = find_line_end(next, end);
	}
	return to;
}

void pull_params(const char *s, const char *end, const char *text, struct strv *ret)
{
	_cleanup_strv_ struct strv names = { 0 };
	const char *to = find_line_end(s, end);

	strv_split(&names, text, ',');
	pull_xe_lines(to + (to < end), end, &names, ret);
	if (!ret->n)
		pull_inline(s, params_end(s, end), &names, ret);
}
