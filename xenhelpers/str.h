/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * str.h - strings: allocation that does not fail, growable buffers, lists of strings, strict numbers.
 *
 * x*() functions end the program when there is no memory: nothing sensible is left to do in a
 * command that runs for milliseconds, and a half-built plan is never applied.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "macro.h"

void *xcalloc(size_t n, size_t size) _must_check_;
void *xreallocarray(void *p, size_t n, size_t size) _must_check_;
char *xstrdup(const char *s) _must_check_;
char *xstrndup(const char *s, size_t n) _must_check_;
void *xmemdup(const void *p, size_t n) _must_check_;
char *xasprintf(const char *fmt, ...) _printf_(1, 2) _must_check_;

static inline bool streq(const char *a, const char *b)
{
	return !strcmp(a, b);
}

/* Both NULL, or both there and equal. */
static inline bool streq0(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The rest of s after prefix, or NULL when s does not begin with it. */
const char *str_after(const char *s, const char *prefix);
bool str_ends_with(const char *s, const char *suffix);

/*
 * Make room for one more element in an array that grows by doubling.
 *	ARRAY_GROW(set->v, set->n);
 *	set->v[set->n++] = item;
 */
#define ARRAY_GROW(v, n)                                                                                               \
	do {                                                                                                           \
		if (!((n) & ((n) - 1)))                                                                                \
			(v) = xreallocarray((v), (n) ? 2 * (n) : 1, sizeof(*(v)));                                     \
	} while (0)

/* ---- strbuf: bytes that grow.  All-zero is a valid empty buffer. ---------------------------------- */

struct strbuf {
	char *s;    /* NUL-terminated once anything was added; NULL before: use strbuf_str() to print */
	size_t len; /* without the NUL; the bytes may contain NULs */
	size_t cap;
};

void strbuf_done(struct strbuf *b);
void strbuf_reset(struct strbuf *b); /* empty, memory kept */
void strbuf_add(struct strbuf *b, const char *s);
void strbuf_addn(struct strbuf *b, const void *p, size_t n);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_pad(struct strbuf *b, char c, size_t n);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) _printf_(2, 3);
/* Room for n more bytes at the returned place; the caller then raises len and writes the NUL itself. */
char *strbuf_reserve(struct strbuf *b, size_t n);
const char *strbuf_str(const struct strbuf *b); /* never NULL */
bool strbuf_eq(const struct strbuf *a, const struct strbuf *b); /* the same bytes */
char *strbuf_take(struct strbuf *b);		/* the string, caller frees; the buffer is empty again; never NULL */

/*
 * Add text from outside so that it can do no harm on a terminal or in XML: valid UTF-8 without control
 * characters stays as it is, every other byte becomes \xNN, and TAB, CR, LF become \t, \r, \n.  (A backslash
 * stays single: this is for reading, not for parsing back.)
 */
void strbuf_add_printable(struct strbuf *b, const char *s, size_t n);

#define _cleanup_strbuf_ _cleanup_(strbuf_done)

/* ---- strv: a list of strings that it owns.  All-zero is a valid empty list. ------------------------ */

struct strv {
	char **v;
	size_t n;
};

void strv_done(struct strv *l);
void strv_add(struct strv *l, const char *s);
void strv_add_take(struct strv *l, char *s);
void strv_addf(struct strv *l, const char *fmt, ...) _printf_(2, 3);
bool strv_has(const struct strv *l, const char *s);
void strv_sort(struct strv *l); /* by bytes */
/* Split at every sep; parts are not trimmed, "" gives no part, "a," gives "a" and "". */
void strv_split(struct strv *l, const char *s, char sep);
char *strv_join(const struct strv *l, const char *sep); /* caller frees; "" for an empty list */

#define _cleanup_strv_ _cleanup_(strv_done)

/* Hand on what a list owns, and leave it empty. */
#define TAKE_STRV(l)                                                                                                   \
	({                                                                                                             \
		struct strv taken_ = (l);                                                                              \
		(l) = (struct strv){ 0 };                                                                              \
		taken_;                                                                                                \
	})

/* ---- strict numbers: digits only, no sign, no blanks, nothing behind; false leaves *ret alone. ------ */

bool str_to_u64(const char *s, unsigned base, uint64_t max, uint64_t *ret);
bool str_to_uint(const char *s, unsigned max, unsigned *ret); /* decimal */

/* ---- numbers in the text of others ------------------------------------------------------------------ */

unsigned str_digit(char c); /* the value of a digit, up to base 16; 16 for anything else */
/*
 * A number with C's prefixes (0x hex, 0 octal) at the beginning of the text; returns its end, NULL where no digit stands.  Digits end where
 * the base says: "08" is 0, then "8".  What is larger than 32 bits is so in *ret, too, but not exact.
 */
const char *str_c_number(const char *s, uint64_t *ret);

/* Shell-like match of the whole of s: `*` any run, `?` any one byte, all else itself; case counts. */
bool str_glob(const char *pattern, const char *s);
