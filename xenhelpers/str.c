/* SPDX-License-Identifier: GPL-2.0-or-later */
/* str.c - see str.h */

#include <stdarg.h>
#include <stdio.h>

#include "str.h"

/* ---- allocation ------------------------------------------------------------------------------------ */

static _noreturn_ void no_memory(void)
{
	static const char text[] = "xe-passthrough: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(1);
	_exit(1);
}

static void *must(void *p)
{
	if (!p)
		no_memory();
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	return must(calloc(n ? n : 1, size ? size : 1));
}

void *xreallocarray(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		no_memory();
	return must(realloc(p, n && size ? n * size : 1));
}

char *xstrdup(const char *s)
{
	return must(strdup(s));
}

char *xstrndup(const char *s, size_t n)
{
	return must(strndup(s, n));
}

void *xmemdup(const void *p, size_t n)
{
	void *copy = must(malloc(n ? n : 1));

	if (n)
		memcpy(copy, p, n);
	return copy;
}

static _printf_(1, 0) char *format(const char *fmt, va_list ap)
{
	char *s = NULL;

	if (vasprintf(&s, fmt, ap) < 0)
		no_memory();
	return s;
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = format(fmt, ap);
	va_end(ap);
	return s;
}

/* ---- small questions ------------------------------------------------------------------------------- */

const char *str_after(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) ? NULL : s + n;
}

bool str_ends_with(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && !memcmp(s + n - m, suffix, m);
}

unsigned str_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

const char *str_c_number(const char *s, uint64_t *ret)
{
	unsigned base = *s == '0' ? 8 : 10;
	uint64_t n = 0;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && str_digit(s[2]) < 16) {
		base = 16;
		s += 2;
	}
	if (str_digit(*s) >= base)
		return NULL;
	for (; str_digit(*s) < base; s++)
		n = n > UINT32_MAX ? n : n * base + str_digit(*s);
	*ret = n;
	return s;
}

bool str_to_u64(const char *s, unsigned base, uint64_t max, uint64_t *ret)
{
	uint64_t value = 0;

	if (!*s)
		return false;
	for (; *s; s++) {
		unsigned digit = str_digit(*s);

		if (digit >= base || value > (max - digit) / base || digit > max)
			return false;
		value = value * base + digit;
	}
	*ret = value;
	return true;
}

bool str_to_uint(const char *s, unsigned max, unsigned *ret)
{
	uint64_t value;

	if (!str_to_u64(s, 10, max, &value))
		return false;
	*ret = (unsigned)value;
	return true;
}

bool str_glob(const char *pattern, const char *s)
{
	const char *star = NULL, *retry = NULL;

	/* One place to return to is enough: the last star can take over from every earlier one. */
	while (*s) {
		if (*pattern == '*') {
			star = pattern++;
			retry = s;
		} else if (*pattern == '?' || *pattern == *s) {
			pattern++;
			s++;
		} else if (star) {
			pattern = star + 1;
			s = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

/* ---- strbuf ---------------------------------------------------------------------------------------- */

void strbuf_done(struct strbuf *b)
{
	free(b->s);
	*b = (struct strbuf){ 0 };
}

void strbuf_reset(struct strbuf *b)
{
	b->len = 0;
	if (b->s)
		b->s[0] = '\0';
}

char *strbuf_reserve(struct strbuf *b, size_t n)
{
	if (n > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
		no_memory();
	if (b->len + n + 1 > b->cap) {
		b->cap = MAX(b->len + n + 64, 2 * b->cap);
		b->s = xreallocarray(b->s, b->cap, 1);
	}
	return b->s + b->len;
}

void strbuf_addn(struct strbuf *b, const void *p, size_t n)
{
	char *to = strbuf_reserve(b, n);

	if (n)
		memcpy(to, p, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void strbuf_add(struct strbuf *b, const char *s)
{
	strbuf_addn(b, s, strlen(s));
}

void strbuf_addc(struct strbuf *b, char c)
{
	strbuf_addn(b, &c, 1);
}

void strbuf_pad(struct strbuf *b, char c, size_t n)
{
	memset(strbuf_reserve(b, n), c, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		no_memory();

	va_start(ap, fmt);
	vsnprintf(strbuf_reserve(b, (size_t)n), (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

const char *strbuf_str(const struct strbuf *b)
{
	return b->s ? b->s : "";
}

bool strbuf_eq(const struct strbuf *a, const struct strbuf *b)
{
	return a->len == b->len && !memcmp(strbuf_str(a), strbuf_str(b), a->len);
}

char *strbuf_take(struct strbuf *b)
{
	char *s = b->s ? b->s : xstrdup("");

	*b = (struct strbuf){ 0 };
	return s;
}

/* Length of the well-formed UTF-8 sequence at s (RFC 3629: shortest form, no surrogates), 0 when it is none. */
static size_t utf8_len(const unsigned char *s, size_t n)
{
	uint32_t code;
	size_t len;

	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		len = 2;
	else if ((s[0] & 0xf0) == 0xe0)
		len = 3;
	else if (s[0] >= 0xf0 && s[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (len > n)
		return 0;

	code = s[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (s[i] & 0x3f);
	}
	if ((len == 3 && code < 0x800) || (len == 4 && code < 0x10000) || code > 0x10ffff)
		return 0;
	if ((code >= 0xd800 && code <= 0xdfff) || code == 0xfffe || code == 0xffff)
		return 0;
	/* C1 controls and the marks that reorder or break a line are as hostile on a terminal as ESC. */
	if (code < 0xa0 || code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
	    (code >= 0x2066 && code <= 0x2069))
		return 0;
	return len;
}

void strbuf_add_printable(struct strbuf *b, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;

	while (p < end) {
		size_t len = utf8_len(p, (size_t)(end - p));

		if (*p == '\n' || *p == '\r' || *p == '\t') {
			strbuf_add(b, *p == '\n' ? "\\n" : *p == '\r' ? "\\r" : "\\t");
			p++;
		} else if (!len || *p < 0x20 || *p == 0x7f) {
			strbuf_addf(b, "\\x%02x", *p++);
		} else {
			strbuf_addn(b, p, len);
			p += len;
		}
	}
}

/* ---- strv ------------------------------------------------------------------------------------------ */

void strv_done(struct strv *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	*l = (struct strv){ 0 };
}

void strv_add_take(struct strv *l, char *s)
{
	ARRAY_GROW(l->v, l->n);
	l->v[l->n++] = s;
}

void strv_add(struct strv *l, const char *s)
{
	strv_add_take(l, xstrdup(s));
}

void strv_addf(struct strv *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strv_add_take(l, format(fmt, ap));
	va_end(ap);
}

bool strv_has(const struct strv *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (streq(l->v[i], s))
			return true;
	return false;
}

static int cmp_str(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strv_sort(struct strv *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), cmp_str);
}

void strv_split(struct strv *l, const char *s, char sep)
{
	if (!*s)
		return;
	for (;;) {
		const char *end = strchr(s, sep);

		strv_add_take(l, end ? xstrndup(s, (size_t)(end - s)) : xstrdup(s));
		if (!end)
			return;
		s = end + 1;
	}
}

char *strv_join(const struct strv *l, const char *sep)
{
	struct strbuf b = { 0 };

	for (size_t i = 0; i < l->n; i++) {
		if (i)
			strbuf_add(&b, sep);
		strbuf_add(&b, l->v[i]);
	}
	return strbuf_take(&b);
}
