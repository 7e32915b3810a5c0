/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpumask.h - sets of pCPUs, as Xen counts them (0 up).
 *
 * Three spellings, never mixed: a *range list* ("0-7,16", what people and the kernel write; "^3" takes a CPU
 * out again), a *plain list* ("0,1,2,3", the only form in which XAPI reads VCPUs-params:mask; facts 7.1), and
 * XAPI's whole mask text, plain lists separated by ";", one a vCPU.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

#define CPUMASK_MAX 4096 /* CPUs 0..4095: what Xen can be built for */

struct cpumask {
	uint64_t bits[CPUMASK_MAX / 64];
};

void cpumask_set(struct cpumask *m, unsigned cpu);
bool cpumask_has(const struct cpumask *m, unsigned cpu);
bool cpumask_is_empty(const struct cpumask *m);
bool cpumask_eq(const struct cpumask *a, const struct cpumask *b);
bool cpumask_is_subset(const struct cpumask *a, const struct cpumask *of);
unsigned cpumask_count(const struct cpumask *m);
int cpumask_next(const struct cpumask *m, int after); /* next member above `after` (-1 to begin), or -1 */
void cpumask_and(struct cpumask *m, const struct cpumask *with);
void cpumask_or(struct cpumask *m, const struct cpumask *with);
void cpumask_andnot(struct cpumask *m, const struct cpumask *without);

/*
 * Read a range list: items "N", "N-M" (N <= M), "^N", "^N-M", separated by commas; blanks around items are
 * allowed; items apply from left to right.  -EINVAL with the item named and pointed at; "" is an empty set.
 */
int cpumask_parse(const char *s, struct cpumask *ret, struct err *err);

char *cpumask_format_ranges(const struct cpumask *m); /* "0-7,16"; "" when empty; caller frees */
char *cpumask_format_list(const struct cpumask *m);   /* "0,1,2"; "" when empty; caller frees */

/*
 * Read VCPUs-params:mask exactly as XAPI does (facts 7.1): ";" separates vCPUs, "," CPUs, each item as
 * OCaml's int_of_string takes it (sign, 0x, 0o, 0b, "_" between digits).  One bad item and XAPI ignores the whole
 * mask without a word: false.  Otherwise *ret is the union of all lists; members below 0 or over the limit are left
 * out.
 */
bool cpumask_parse_xapi(const char *s, struct cpumask *ret);
