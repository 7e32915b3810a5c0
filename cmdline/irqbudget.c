/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "irqbudget.h"

#include <limits.h>

#include "xenhelpers/str.h"

#define STEP 64u

/* The value of a hex digit; 16 for anything else. */
static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

/* Read a number and move *s behind it; false when it does not fit.  Digits end where the base says: "08" is 0, then
 * "8". */
static bool read_number(const char **s, unsigned *ret)
{
	unsigned base = 10;
	uint64_t n = 0;

	if (**s == '0') {
		bool hex = ((*s)[1] == 'x' || (*s)[1] == 'X') && digit_value((*s)[2]) < 16;

		base = hex ? 16 : 8;
		*s += hex ? 2 : 0;
	}
	for (; digit_value(**s) < base; ++*s) {
		n = n * base + digit_value(**s);
		if (n > UINT_MAX)
			return false;
	}
	*ret = (unsigned)n;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int irqbudget_parse(const char *value, unsigned dflt, struct irqbudget *ret, struct err *err)
{
	struct irqbudget b = { .domu = dflt };
	const char *s = value;

	b.has_domu = is_digit(*s);
	if (b.has_domu && !read_number(&s, &b.domu))
		goto too_large;
	if (*s == ',') {
		b.has_dom0 = is_digit(*++s);
		if (b.has_dom0 && !read_number(&s, &b.dom0))
			goto too_large;
	}
	if (*s || (!b.has_domu && !b.has_dom0)) {
		err_set(err, EINVAL, "%s '%s' is not N, N,M or ,M", IRQBUDGET_KEY, value);
		err_hint(err, "N counts the vectors of each VM, M those of dom0, for example 128 or 128,256");
		return -EINVAL;
	}
	*ret = b;
	return 0;

too_large:
	return err_set(err, EINVAL, "%s '%s' does not fit in 32 bits", IRQBUDGET_KEY, value);
}

char *irqbudget_format(const struct irqbudget *b)
{
	bool domu = b->has_domu || b->domu || !b->has_dom0;

	if (!b->has_dom0)
		return xasprintf("%u", b->domu);
	return domu ? xasprintf("%u,%u", b->domu, b->dom0) : xasprintf(",%u", b->dom0);
}

unsigned irqbudget_recommend(unsigned vectors, unsigned dflt)
{
	unsigned over = vectors % STEP;

	if (over)
		vectors = vectors > UINT_MAX - (STEP - over) ? UINT_MAX : vectors + (STEP - over);
	return MAX(vectors, dflt);
}

unsigned irqbudget_default(const char *brand)
{
	static const char *const brands[] = { "XCP-ng", "XenServer", "Citrix Hypervisor" };

	for (size_t i = 0; brand && i < ARRAY_SIZE(brands); i++)
		if (streq(brand, brands[i]))
			return IRQBUDGET_XENSERVER;
	return 0;
}
