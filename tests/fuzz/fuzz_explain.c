/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_explain.c - texts of any bytes: what comes out is whole, in the order of the text, bounded, each code once a
 * subject; and it does not depend on what stands in front of the text.
 */
#include "plugin/explain.h"
#include "tests/fuzz/fuzz.h"

static void check_one(const struct explanation *e)
{
	MUST(str_after(e->entry->code, "EXPLAIN_"));
	MUST(e->meaning || e->entry->meaning);
	MUST(e->remedy || e->entry->remedy);
	MUST(e->matched && *e->matched && strlen(e->matched) <= 200 && !strchr(e->matched, '\n'));
	MUST(!e->subject || (*e->subject && strlen(e->subject) <= 200));
	MUST(e->where.n <= 2);
	MUST(*explain_source_name(e->entry->source));
}

static void check_order(const struct explanations *all)
{
	for (size_t i = 0; i < all->n; i++) {
		check_one(&all->v[i]);
		MUST(!i || all->v[i].line >= all->v[i - 1].line);
		for (size_t k = 0; k < i; k++)
			MUST(all->v[i].entry != all->v[k].entry || !streq0(all->v[i].subject, all->v[k].subject));
	}
}

static void check_moved(const struct explanations *all, const uint8_t *data, size_t size)
{
	_cleanup_(explanations_done) struct explanations moved = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };

	strbuf_add(&text, "nothing to see here\n\n");
	strbuf_addn(&text, data, size);
	explain(strbuf_str(&text), text.len, &moved);
	MUST(moved.n == all->n && moved.more == all->more && moved.fine.n == all->fine.n);
	for (size_t i = 0; i < all->n; i++) {
		MUST(moved.v[i].entry == all->v[i].entry && moved.v[i].line == all->v[i].line + 2);
		MUST(streq0(moved.v[i].subject, all->v[i].subject));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(explanations_done) struct explanations all = { 0 };

	if (size > EXPLAIN_TEXT_MAX)
		return 0;
	explain((const char *)data, size, &all);
	check_order(&all);
	check_moved(&all, data, size);
	return 0;
}
