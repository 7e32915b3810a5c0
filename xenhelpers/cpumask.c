/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cpumask.c - see cpumask.h */

#include "cpumask.h"
#include "str.h"

#define WORDS ARRAY_SIZE(((struct cpumask *)NULL)->bits)

/* ---- members and set operations ------------------------------------------------------------------- */

static uint64_t bit(unsigned cpu)
{
	return UINT64_C(1) << (cpu % 64);
}

void cpumask_set(struct cpumask *m, unsigned cpu)
{
	if (cpu < CPUMASK_MAX)
		m->bits[cpu / 64] |= bit(cpu);
}

static void mask_clear(struct cpumask *m, unsigned cpu)
{
	m->bits[cpu / 64] &= ~bit(cpu);
}

bool cpumask_has(const struct cpumask *m, unsigned cpu)
{
	return cpu < CPUMASK_MAX && m->bits[cpu / 64] & bit(cpu);
}

bool cpumask_is_empty(const struct cpumask *m)
{
	return cpumask_next(m, -1) < 0;
}

bool cpumask_eq(const struct cpumask *a, const struct cpumask *b)
{
	return !memcmp(a->bits, b->bits, sizeof(a->bits));
}

bool cpumask_is_subset(const struct cpumask *a, const struct cpumask *of)
{
	for (size_t i = 0; i < WORDS; i++)
		if (a->bits[i] & ~of->bits[i])
			return false;
	return true;
}

unsigned cpumask_count(const struct cpumask *m)
{
	unsigned n = 0;

	for (size_t i = 0; i < WORDS; i++)
		n += (unsigned)__builtin_popcountll(m->bits[i]);
	return n;
}

int cpumask_next(const struct cpumask *m, int after)
{
	unsigned cpu = after < 0 ? 0 : (unsigned)after + 1;

	while (cpu < CPUMASK_MAX) {
		uint64_t rest = m->bits[cpu / 64] >> (cpu % 64);

		if (rest)
			return (int)cpu + __builtin_ctzll(rest);
		cpu = (cpu / 64 + 1) * 64;
	}
	return -1;
}

void cpumask_and(struct cpumask *m, const struct cpumask *with)
{
	for (size_t i = 0; i < WORDS; i++)
		m->bits[i] &= with->bits[i];
}

void cpumask_or(struct cpumask *m, const struct cpumask *with)
{
	for (size_t i = 0; i < WORDS; i++)
		m->bits[i] |= with->bits[i];
}

void cpumask_andnot(struct cpumask *m, const struct cpumask *without)
{
	for (size_t i = 0; i < WORDS; i++)
		m->bits[i] &= ~without->bits[i];
}

/* ---- range lists ---------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool parse_cpu(const char *s, size_t n, unsigned *ret)
{
	_cleanup_free_ char *number = xstrndup(s, n);

	return str_to_uint(number, CPUMASK_MAX - 1, ret);
}

/* One item, without the blanks around it; NULL, or what is wrong with it. */
static const char *apply_item(struct cpumask *m, const char *s, size_t n)
{
	bool out = n && *s == '^';
	unsigned first, last;
	const char *dash;

	if (!n)
		return "is empty";
	if (out) {
		s++;
		n--;
	}
	dash = memchr(s, '-', n);
	if (!parse_cpu(s, dash ? (size_t)(dash - s) : n, &first))
		return "is not N, N-M, ^N or ^N-M with CPU numbers from 0 to 4095";
	last = first;
	if (dash && !parse_cpu(dash + 1, n - (size_t)(dash + 1 - s), &last))
		return "is not N, N-M, ^N or ^N-M with CPU numbers from 0 to 4095";
	if (last < first)
		return "runs backwards";
	for (unsigned cpu = first; cpu <= last; cpu++) {
		if (out)
			mask_clear(m, cpu);
		else
			cpumask_set(m, cpu);
	}
	return NULL;
}

int cpumask_parse(const char *s, struct cpumask *ret, struct err *err)
{
	struct cpumask m = { 0 };
	const char *item = s + strspn(s, " \t\r\n");

	_Static_assert(CPUMASK_MAX == 4096, "the messages above name the limit");
	if (!*item) {
		*ret = m;
		return 0;
	}
	for (;;) {
		const char *end, *comma, *wrong;
		size_t n;
		int rc;

		item += strspn(item, " \t\r\n");
		comma = end = item + strcspn(item, ",");
		while (end > item && is_blank(end[-1]))
			end--;
		n = (size_t)(end - item);
		wrong = apply_item(&m, item, n);
		if (wrong) {
			rc = err_set(err, EINVAL, "item '%.*s' of the CPU list %s", (int)MIN(n, (size_t)64), item,
				     wrong);
			err_point(err, "CPU list", s, strlen(s), (size_t)(item - s), n);
			return rc;
		}
		if (!*comma)
			break;
		item = comma + 1;
	}
	*ret = m;
	return 0;
}

char *cpumask_format_ranges(const struct cpumask *m)
{
	struct strbuf out = { 0 };

	for (int first = cpumask_next(m, -1); first >= 0;) {
		int last = first;

		while (cpumask_has(m, (unsigned)last + 1))
			last++;
		strbuf_addf(&out, "%s%d", out.len ? "," : "", first);
		if (last > first)
			strbuf_addf(&out, "-%d", last);
		first = cpumask_next(m, last);
	}
	return strbuf_take(&out);
}

char *cpumask_format_list(const struct cpumask *m)
{
	struct strbuf out = { 0 };

	for (int cpu = cpumask_next(m, -1); cpu >= 0; cpu = cpumask_next(m, cpu))
		strbuf_addf(&out, "%s%d", out.len ? "," : "", cpu);
	return strbuf_take(&out);
}

/* ---- XAPI's spelling ------------------------------------------------------------------------------ */

/* Sign and base prefix; *is_signed is false behind a prefix, where OCaml reads a bit pattern. */
static const char *ocaml_prefix(const char *s, bool *negative, unsigned *base, bool *is_signed)
{
	*negative = *s == '-';
	*base = 10;
	*is_signed = true;
	if (*s == '-' || *s == '+')
		s++;
	if (*s != '0')
		return s;
	switch (s[1]) {
	case 'x':
	case 'X': *base = 16; break;
	case 'o':
	case 'O': *base = 8; break;
	case 'b':
	case 'B': *base = 2; break;
	case 'u':
	case 'U': break;
	default: return s;
	}
	*is_signed = false;
	return s + 2;
}

/*
 * OCaml's int_of_string on a 64-bit machine.  Its int has 63 bits: a decimal number must fit, a prefixed one is taken
 * modulo 2^63.  The first character must be a digit, "_" may stand anywhere behind it.
 */
static bool ocaml_int(const char *s, int64_t *ret)
{
	const uint64_t sign_bit = UINT64_C(1) << 62;
	bool negative, is_signed;
	uint64_t v = 0;
	unsigned base;

	s = ocaml_prefix(s, &negative, &base, &is_signed);
	if (str_digit(*s) >= base)
		return false;
	for (; *s; s++) {
		unsigned digit;

		if (*s == '_')
			continue;
		digit = str_digit(*s);
		if (digit >= base || v > (2 * sign_bit - 1 - digit) / base)
			return false;
		v = v * base + digit;
	}
	if (is_signed && v > sign_bit - !negative)
		return false;
	if (negative)
		v = -v;
	/* The top bit of the 63 is the sign. */
	*ret = (int64_t)(v << 1) >> 1;
	return true;
}

bool cpumask_parse_xapi(const char *s, struct cpumask *ret)
{
	struct cpumask m = { 0 };

	for (;;) {
		size_t n = strcspn(s, ",;");
		_cleanup_free_ char *item = xstrndup(s, n);
		int64_t cpu;

		if (!ocaml_int(item, &cpu))
			return false;
		if (cpu >= 0 && cpu < CPUMASK_MAX)
			cpumask_set(&m, (unsigned)cpu);
		if (!s[n])
			break;
		s += n + 1;
	}
	*ret = m;
	return true;
}
