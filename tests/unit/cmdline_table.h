/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmdline_table.h - one cmocka test for each row of a table, named by the row: TAP then counts what a user would
 * notice.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "xenhelpers/str.h"

struct table {
	struct CMUnitTest *v;
	size_t n;
};

static inline void table_add(struct table *t, const char *name, CMUnitTestFunction fn, const void *row)
{
	ARRAY_GROW(t->v, t->n);
	t->v[t->n++] = (struct CMUnitTest){ .name = name, .test_func = fn, .initial_state = (void *)(uintptr_t)row };
}

/* Every row of an array of structs whose first field is the name. */
#define TABLE_ADD(t, rows, fn)                                                                                         \
	do {                                                                                                           \
		for (size_t row_ = 0; row_ < ARRAY_SIZE(rows); row_++)                                                 \
			table_add((t), (rows)[row_].name, (fn), &(rows)[row_]);                                        \
	} while (0)

static inline int table_run(struct table *t, const char *group)
{
	int failed = _cmocka_run_group_tests(group, t->v, t->n, NULL, NULL);

	free(t->v);
	*t = (struct table){ 0 };
	return failed;
}

/* A generator that gives the same numbers on every machine; the seed is printed where a property fails. */
static inline uint32_t rnd(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)((*state >> 16) % below);
}

/* The seed of this run: $SEED, or a fixed one. */
static inline uint64_t rnd_seed(void)
{
	const char *s = getenv("SEED");

	return s ? strtoull(s, NULL, 0) | 1 : 0x9e3779b97f4a7c15ull;
}
