/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "irqbudget.h"

#include <limits.h>

#include "xenhelpers/str.h"

#define STEP 64u

/* Read a number and move *s behind it; false when it does not fit. */
static bool read_number(const char **s, unsigned *ret)
{
	uint64_t n;
	const char *end = str_c_number(*s, &n);

	if (!end || n > UINT_MAX)
		return false;
	*s = end;
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
