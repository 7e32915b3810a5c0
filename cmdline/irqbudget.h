/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * irqbudget.h - extra_guest_irqs: how many MSI(-X) vectors one VM may map (facts, D5).
 *
 * Xen gives each domU exactly `extra` vectors, all its devices together; a device needs as many as its MSI-X table
 * has entries, one when it has MSI only, none otherwise (INTx maps a GSI and costs nothing).  Xen's argument is
 * "N[,M]": N for domUs, M for dom0, which is kept.  Default of N by build (facts F1): 64 on XCP-ng and XenServer, 32
 * upstream.
 */
#pragma once

#include <stdbool.h>

#include "xenhelpers/err.h"

#define IRQBUDGET_KEY "extra_guest_irqs"

/* Default of N in the two families of builds. */
#define IRQBUDGET_XENSERVER 64u
#define IRQBUDGET_UPSTREAM 32u

/* More than any Xen has: it makes 192 to 208 a CPU (facts D5), and adds the host's other interrupts to what is written in 32 bits. */
#define IRQBUDGET_MOST 1000000u

struct irqbudget {
	unsigned domu; /* N, or the default where none was written */
	bool has_domu; /* "N" was written */
	bool has_dom0; /* ",M" was written */
	unsigned dom0; /* M */
};

/*
 * "N", "N,M", "N," or ",M" (N is then the default `dflt`), decimal, octal or hex as Xen's simple_strtoul reads it.
 * -EINVAL otherwise, and for a number that does not fit in 32 bits (Xen would cut it).
 */
int irqbudget_parse(const char *value, unsigned dflt, struct irqbudget *ret, struct err *err);

/* "N", "N,M", or ",M" where N was neither written nor known (domu 0, has_domu false); caller frees. */
char *irqbudget_format(const struct irqbudget *b);

/* What a VM that needs `vectors` should get: the next multiple of 64, never below `dflt`. */
unsigned irqbudget_recommend(unsigned vectors, unsigned dflt);

/* Default by PRODUCT_BRAND of the inventory; 0, unknown, for another brand or NULL (no inventory: nobody knows the
 * build). */
unsigned irqbudget_default(const char *brand);
