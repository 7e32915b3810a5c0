/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bdf.c - see bdf.h */

#include "bdf.h"
#include "str.h"

/* Below this many members a walk over the set is as fast as its index. */
#define INDEX_FROM 32

static char *put_hex(char *to, uint32_t value, unsigned digits)
{
	while (digits--)
		*to++ = "0123456789abcdef"[value >> 4 * digits & 0xf];
	return to;
}

/* By hand: every sentence about a device has its address, and printf() takes ten times as long. */
const char *bdf_format(struct bdf bdf, char buf[static BDF_STRLEN])
{
	unsigned digits = 4;
	char *to = buf;

	while (digits < 8 && bdf.domain >> 4 * digits)
		digits++;
	to = put_hex(to, bdf.domain, digits);
	*to++ = ':';
	to = put_hex(to, bdf.bus, 2);
	*to++ = ':';
	to = put_hex(to, bdf.dev, 2);
	*to++ = '.';
	to = put_hex(to, bdf.fn, 1);
	*to = '\0';
	return buf;
}

/* Take 1 to `digits` hex digits off the front of *s; false when there is none. */
static bool take_hex(const char **s, const char *end, unsigned digits, uint32_t *ret)
{
	uint32_t v = 0;
	unsigned n = 0;

	for (; n < digits && *s < end && str_digit(**s) < 16; n++, (*s)++)
		v = v << 4 | str_digit(**s);
	*ret = v;
	return n > 0;
}

static bool take_char(const char **s, const char *end, char c)
{
	if (*s == end || **s != c)
		return false;
	(*s)++;
	return true;
}

/* How many times c stands in s: two colons are a full address, one a short one. */
static unsigned count_char(const char *s, const char *end, char c)
{
	unsigned n = 0;

	for (; s < end; s++)
		n += *s == c;
	return n;
}

bool bdf_parse_n(const char *s, size_t n, struct bdf *ret)
{
	const char *end = s + n;
	uint32_t domain = 0, bus, dev, fn;
	struct bdf bdf;

	if (n >= BDF_STRLEN)
		return false;
	if (count_char(s, end, ':') == 2 && !(take_hex(&s, end, 8, &domain) && take_char(&s, end, ':')))
		return false;
	if (!take_hex(&s, end, 2, &bus) || !take_char(&s, end, ':'))
		return false;
	if (!take_hex(&s, end, 2, &dev) || !take_char(&s, end, '.'))
		return false;
	if (!take_hex(&s, end, 1, &fn) || s != end)
		return false;
	bdf = (struct bdf){ .domain = domain, .bus = (uint8_t)bus, .dev = (uint8_t)dev, .fn = (uint8_t)fn };
	if (!bdf_is_possible(bdf))
		return false;
	*ret = bdf;
	return true;
}

bool bdf_parse(const char *s, struct bdf *ret)
{
	return bdf_parse_n(s, strlen(s), ret);
}

/* The address as one number; numbers compare as addresses do. */
static uint64_t bdf_key(struct bdf b)
{
	return (uint64_t)b.domain << 24 | (uint64_t)b.bus << 16 | (uint64_t)b.dev << 8 | b.fn;
}

int bdf_cmp(struct bdf a, struct bdf b)
{
	uint64_t x = bdf_key(a), y = bdf_key(b);

	return (x > y) - (x < y);
}

int bdf_cmp_ptr(const void *a, const void *b)
{
	return bdf_cmp(*(const struct bdf *)a, *(const struct bdf *)b);
}

/* ---- sets ------------------------------------------------------------------------------------------ */

/*
 * A set of all functions of a host may hold 100,000, so a large set has an index: open addressing over keys,
 * never more than half full.  The index holds members, not places, so sorting leaves it valid; `indexed`
 * differs from `n` where it is out of date, and then nobody trusts it.
 */
static size_t slot_of(const struct bdfset *s, uint64_t key)
{
	size_t mask = s->n_slots - 1, i = (size_t)((key * 0x9e3779b97f4a7c15u) >> 32) & mask;

	while (s->slots[i] && s->slots[i] != key + 1) /* 0 is an empty slot */
		i = (i + 1) & mask;
	return i;
}

static void index_add(struct bdfset *s, struct bdf bdf)
{
	s->slots[slot_of(s, bdf_key(bdf))] = bdf_key(bdf) + 1;
	s->indexed++;
}

static void index_build(struct bdfset *s)
{
	free(s->slots);
	for (s->n_slots = 4 * INDEX_FROM; s->n_slots < 4 * s->n;)
		s->n_slots *= 2;
	s->slots = xcalloc(s->n_slots, sizeof(*s->slots));
	s->indexed = 0;
	for (size_t i = 0; i < s->n; i++)
		index_add(s, s->v[i]);
}

static bool index_valid(const struct bdfset *s)
{
	return s->slots && s->indexed == s->n;
}

void bdfset_done(struct bdfset *s)
{
	free(s->v);
	free(s->slots);
	*s = (struct bdfset){ 0 };
}

bool bdfset_has(const struct bdfset *s, struct bdf bdf)
{
	if (index_valid(s))
		return s->slots[slot_of(s, bdf_key(bdf))] != 0;
	for (size_t i = 0; i < s->n; i++)
		if (bdf_eq(s->v[i], bdf))
			return true;
	return false;
}

bool bdfset_add(struct bdfset *s, struct bdf bdf)
{
	if (s->n >= INDEX_FROM && (!index_valid(s) || 2 * (s->n + 1) > s->n_slots))
		index_build(s);
	if (bdfset_has(s, bdf))
		return false;
	ARRAY_GROW(s->v, s->n);
	if (index_valid(s))
		index_add(s, bdf);
	s->v[s->n++] = bdf;
	return true;
}

bool bdfset_remove(struct bdfset *s, struct bdf bdf)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!bdf_eq(s->v[i], bdf))
			continue;
		memmove(s->v + i, s->v + i + 1, (s->n - i - 1) * sizeof(*s->v));
		s->n--;
		/* Open addressing cannot forget one key; the next add builds the index anew. */
		free(s->slots);
		s->slots = NULL;
		return true;
	}
	return false;
}

void bdfset_sort(struct bdfset *s)
{
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), bdf_cmp_ptr);
}

char *bdfset_format(const struct bdfset *s, const char *sep)
{
	struct strbuf b = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		strbuf_add(&b, i ? sep : "");
		strbuf_add(&b, BDF_STR(s->v[i]));
	}
	return strbuf_take(&b);
}
