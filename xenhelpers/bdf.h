/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bdf.h - PCI addresses.
 *
 * Written dddd:bb:dd.f, lower case, always with the domain.  The domain has at least four hex digits and at
 * most eight: Intel VMD numbers its own domains from 10000 up.  XAPI and other-config:pci know only four
 * digits (facts, 3.1 and F2): bdf_is_xapi() tells.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

struct bdf {
	uint32_t domain;
	uint8_t bus;
	uint8_t dev; /* 0..31; what somebody wrote into a VM's key may be more (vmpci.h), and is shown as it is */
	uint8_t fn;  /* 0..7 */
};

#define BDF_STRLEN 20 /* room for "ffffffff:ff:ff.f" and its NUL */

/* Write the address into buf and return buf. */
const char *bdf_format(struct bdf bdf, char buf[static BDF_STRLEN]);

/* A compound literal's buffer lives as long as the enclosing block: for arguments of printf and its like. */
#define BDF_STR(bdf) bdf_format((bdf), (char[BDF_STRLEN]){ 0 })

/*
 * Read an address, full ("0000:04:00.0") or short ("04:00.0"; the domain is then 0); hex digits in either
 * case, one or two for bus and device, one for the function, one to eight for the domain; nothing before
 * or behind.  False, *ret untouched, when it is not one, or when device or function are out of range.
 */
bool bdf_parse(const char *s, struct bdf *ret);
bool bdf_parse_n(const char *s, size_t n, struct bdf *ret);

int bdf_cmp(struct bdf a, struct bdf b); /* order of domain, bus, device, function */
int bdf_cmp_ptr(const void *a, const void *b); /* the same for qsort and bsearch over struct bdf */

static inline bool bdf_eq(struct bdf a, struct bdf b)
{
	return a.domain == b.domain && a.bus == b.bus && a.dev == b.dev && a.fn == b.fn;
}

static inline bool bdf_same_slot(struct bdf a, struct bdf b)
{
	return a.domain == b.domain && a.bus == b.bus && a.dev == b.dev;
}

/* Can a function have this address? */
static inline bool bdf_is_possible(struct bdf bdf)
{
	return bdf.dev <= 31 && bdf.fn <= 7;
}

static inline bool bdf_is_xapi(struct bdf bdf)
{
	return bdf.domain <= 0xffff;
}

/* ---- a set of addresses, in the order in which they were added. All-zero is a valid empty set. ------ */

struct bdfset {
	struct bdf *v; /* to read and to sort; add and remove through the functions below */
	size_t n;

	/* private to bdf.c: the index of a large set */
	uint64_t *slots;
	size_t n_slots, indexed;
};

void bdfset_done(struct bdfset *s);
bool bdfset_add(struct bdfset *s, struct bdf bdf); /* false: it was there already */
bool bdfset_has(const struct bdfset *s, struct bdf bdf);
bool bdfset_remove(struct bdfset *s, struct bdf bdf); /* false: it was not there */
void bdfset_sort(struct bdfset *s);
char *bdfset_format(const struct bdfset *s, const char *sep); /* caller frees */

#define _cleanup_bdfset_ _cleanup_(bdfset_done)
