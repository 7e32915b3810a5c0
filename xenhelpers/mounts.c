/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mounts.c - see mounts.h */

#include "mounts.h"
#include "str.h"

#define RECORDS_MAX 4096

/* The kernel writes blank, TAB, newline, backslash and '#' as \040 and so on. */
static char *unescape(const char *s)
{
	char *out = xstrdup(s), *to = out;

	while (*s) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' && s[2] >= '0' && s[2] <= '7' && s[3] >= '0' &&
		    s[3] <= '7' && strncmp(s + 1, "000", 3)) {
			*to++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 | (s[3] - '0'));
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
	return out;
}

void mounts_done(struct mounts *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->v[i].point);
		free(m->v[i].type);
		free(m->v[i].source);
		free(m->v[i].options);
	}
	free(m->v);
	*m = (struct mounts){ 0 };
}

void swaps_done(struct swaps *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].path);
	free(s->v);
	*s = (struct swaps){ 0 };
}

/* ---- mountinfo ------------------------------------------------------------------------------------ */

static bool parse_numbers(const char *s, unsigned *major, unsigned *minor)
{
	const char *colon = strchr(s, ':');
	_cleanup_free_ char *first = NULL;

	if (!colon)
		return false;
	first = xstrndup(s, (size_t)(colon - s));
	return str_to_uint(first, 4095, major) && str_to_uint(colon + 1, (1u << 20) - 1, minor);
}

/* ID PARENT MAJOR:MINOR ROOT POINT OPTIONS TAG... - TYPE SOURCE OPTIONS, see proc(5); the tags are any number. */
static bool parse_mount(const char *line, struct mount *ret)
{
	_cleanup_strv_ struct strv fields = { 0 };
	unsigned major, minor;
	size_t dash = 6;

	strv_split(&fields, line, ' ');
	while (dash < fields.n && !streq(fields.v[dash], "-"))
		dash++;
	if (dash + 2 >= fields.n || !parse_numbers(fields.v[2], &major, &minor))
		return false;
	*ret = (struct mount){
		.major = major,
		.minor = minor,
		.point = unescape(fields.v[4]),
		.type = unescape(fields.v[dash + 1]),
		.source = unescape(fields.v[dash + 2]),
		.options = unescape(dash + 3 < fields.n ? fields.v[dash + 3] : ""),
	};
	return true;
}

bool mounts_parse(const char *text, struct mounts *ret)
{
	_cleanup_strv_ struct strv lines = { 0 };
	bool all = true;

	strv_split(&lines, text, '\n');
	for (size_t i = 0; i < lines.n; i++) {
		struct mount m;

		if (!*lines.v[i])
			continue;
		if (ret->n == RECORDS_MAX || !parse_mount(lines.v[i], &m)) {
			all = false;
			continue;
		}
		ARRAY_GROW(ret->v, ret->n);
		ret->v[ret->n++] = m;
	}
	return all;
}

const struct mount *mounts_holding(const struct mounts *m, const char *path)
{
	const struct mount *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < m->n; i++) {
		const char *point = m->v[i].point, *rest = str_after(path, point);
		size_t n = strlen(point);

		if (!rest || !n || (point[n - 1] != '/' && *rest && *rest != '/') || n < longest)
			continue;
		best = &m->v[i];
		longest = n;
	}
	return best;
}

/* ---- swaps ---------------------------------------------------------------------------------------- */

/* PATH TYPE SIZE USED PRIORITY, in columns; the first line is the heading. */
static bool parse_swap(const char *line, struct swap *ret)
{
	_cleanup_free_ char *path = xstrndup(line, strcspn(line, " \t"));
	const char *type = line + strlen(path);

	type += strspn(type, " \t");
	if (*path != '/' || (!str_after(type, "partition") && !str_after(type, "file")))
		return false;
	*ret = (struct swap){ .path = unescape(path), .is_file = *type == 'f' };
	return true;
}

bool swaps_parse(const char *text, struct swaps *ret)
{
	_cleanup_strv_ struct strv lines = { 0 };
	bool all = true;

	strv_split(&lines, text, '\n');
	for (size_t i = 1; i < lines.n; i++) {
		struct swap s;

		if (!*lines.v[i])
			continue;
		if (ret->n == RECORDS_MAX || !parse_swap(lines.v[i], &s)) {
			all = false;
			continue;
		}
		ARRAY_GROW(ret->v, ret->n);
		ret->v[ret->n++] = s;
	}
	return all;
}
