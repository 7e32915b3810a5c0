/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_grubcfg.c - grub.cfg, and the editing of arguments in it.  The input is the file; a NUL byte ends it, and a key
 * and a value, each ended by one more, may follow.
 */
#include "cmdline/bootargs.h"
#include "cmdline/grubcfg.h"
#include "cmdline/grubtry.h"
#include "tests/fuzz/fuzz.h"

/* Enough of a large file. */
#define MAX_EDITS 24

struct input {
	const char *text;
	size_t len;
	char *key, *value, *env;
};

static void input_done(struct input *in)
{
	free(in->key);
	free(in->value);
	free(in->env);
}

/* The next NUL-ended part of the rest, or NULL. */
static char *next_part(const char **s, size_t *len)
{
	const char *nul = *len ? memchr(*s, '\0', *len) : NULL;
	size_t n = nul ? (size_t)(nul - *s) : *len;
	char *part = *len ? xstrndup(*s, n) : NULL;

	*s += nul ? n + 1 : n;
	*len -= nul ? n + 1 : n;
	return part;
}

static struct input split_input(const uint8_t *data, size_t size)
{
	struct input in = { .text = (const char *)data };
	const char *nul = size ? memchr(data, '\0', size) : NULL, *rest;
	size_t left;

	in.len = nul ? (size_t)(nul - in.text) : size;
	rest = nul ? nul + 1 : in.text + size;
	left = size - (size_t)(rest - in.text);
	in.key = next_part(&rest, &left);
	in.value = next_part(&rest, &left);
	in.env = next_part(&rest, &left);
	if (!in.key || bootargs_check(in.key, in.value, NULL) < 0) {
		free(in.key);
		free(in.value);
		in.key = xstrdup("new.key");
		in.value = xstrdup("a b;c");
	}
	return in;
}

static void check_spans(const struct grubcfg *g)
{
	size_t end = 0;

	for (size_t i = 0; i < g->n; i++) {
		const struct grub_entry *e = &g->v[i];

		MUST(e->off >= end && e->off + e->len <= g->text.len);
		MUST(str_after(g->text.s + e->off, "menuentry") && g->text.s[e->off + e->len - 1] == '}');
		MUST((e->role == GRUB_FOREIGN) == !e->args[GRUB_XEN].there);
		end = e->off;
		for (size_t t = 0; t < 2; t++) {
			if (!e->args[t].there)
				continue;
			MUST(e->args[t].off - e->args[t].gap >= end);
			end = e->args[t].off + e->args[t].len;
			MUST(end < e->off + e->len);
			MUST(e->args[t].gap || !e->args[t].len);
		}
		end = e->off + e->len;
	}
	MUST(g->def >= -1 && g->def < (int)g->n && g->def_why);
}

static void check_same(const struct grubcfg *a, const struct grubcfg *b)
{
	MUST(a->n == b->n && a->text.len == b->text.len && !memcmp(a->text.s, b->text.s, a->text.len));
	MUST(a->def == b->def && a->reads_grubenv == b->reads_grubenv);
	for (size_t i = 0; i < a->n; i++) {
		const struct grub_entry *x = &a->v[i], *y = &b->v[i];

		MUST(streq(x->title, y->title) && streq0(x->id, y->id) && x->role == y->role && x->depth == y->depth);
		MUST(x->off == y->off && x->len == y->len && x->line == y->line);
		for (size_t t = 0; t < 2; t++)
			MUST(x->args[t].there == y->args[t].there && x->args[t].off == y->args[t].off &&
			     x->args[t].len == y->args[t].len && x->args[t].gap == y->args[t].gap);
	}
}

/* What the file says after an edit is what it says when it is read anew. */
static void check_reread(const struct grubcfg *g)
{
	_cleanup_(grubcfg_done) struct grubcfg again = { 0 };

	MUST(grubcfg_parse("fuzz", g->text.s, g->text.len, NULL, &again, NULL) == 0);
	check_same(g, &again);
}

/* An entry to be tried comes and goes without a trace; that it is booted once, grubtry_add() has worked out itself. */
static void check_try(const struct grubcfg *g)
{
	_cleanup_strbuf_ struct strbuf with = { 0 }, without = { 0 }, plain = { 0 };
	size_t first = 0;

	while (first < g->n && g->v[first].role == GRUB_FOREIGN)
		first++;
	if (first == g->n || grubtry_add("fuzz", &g->text, g->v[first].title, &with, NULL) < 0)
		return;
	MUST(grubtry_remove("fuzz", &with, &without, NULL) == 0);
	MUST(grubtry_remove("fuzz", &g->text, &plain, NULL) == 0);
	MUST(without.len >= plain.len && without.len - plain.len <= 2 && !memcmp(without.s, plain.s, plain.len));
}

static void check_value(const struct grubcfg *g, size_t entry, enum grub_target target, const struct input *in)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	size_t len;
	const char *args = grubcfg_args(g, entry, target, &len);
	int at;

	bootargs_split(args, len, &a);
	at = bootargs_find(&a, in->key, 0);
	MUST(at >= 0 && streq0(a.v[at].value, in->value));
	MUST(bootargs_find(&a, in->key, (size_t)at + 1) < 0);
}

static void get_args(const struct grubcfg *g, size_t entry, enum grub_target target, struct strbuf *ret)
{
	size_t len;
	const char *args = grubcfg_args(g, entry, target, &len);

	strbuf_addn(ret, args, len);
}

static bool has_key(const struct strbuf *args, const char *key)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };

	bootargs_split(strbuf_str(args), args->len, &a);
	MUST(!a.open);
	return bootargs_find(&a, key, 0) >= 0;
}

static void check_edit(struct grubcfg *g, size_t entry, enum grub_target target, const struct input *in)
{
	_cleanup_strbuf_ struct strbuf args = { 0 }, before = { 0 };
	_cleanup_strbuf_ struct strbuf beside = { 0 };
	struct grub_span span = g->v[entry].args[target];
	size_t head = span.off - span.gap, tail = g->text.len - span.off - span.len;
	bool had;

	strbuf_addn(&before, g->text.s, g->text.len);
	get_args(g, entry, target, &args);
	had = has_key(&args, in->key);

	MUST(bootargs_set(&args, in->key, in->value, NULL) == 0);
	MUST(grubcfg_edited_text(g, &(struct grub_edit){ entry, target, strbuf_str(&args) }, 1, &beside, NULL) == 0);
	MUST(strbuf_eq(&g->text, &before));
	MUST(grubcfg_set_args(g, entry, target, strbuf_str(&args), NULL) == 0);
	MUST(strbuf_eq(&g->text, &beside));
	MUST(!memcmp(g->text.s, before.s, head));
	MUST(!memcmp(g->text.s + g->text.len - tail, before.s + before.len - tail, tail));
	check_value(g, entry, target, in);
	check_reread(g);

	MUST(bootargs_delete(&args, in->key, NULL) == 0);
	MUST(grubcfg_set_args(g, entry, target, strbuf_str(&args), NULL) == 0);
	MUST(had || (g->text.len == before.len && !memcmp(g->text.s, before.s, before.len)));
	check_reread(g);
}

/* Whether grubenv is known from the beginning or looked at later comes to the same. */
static void check_env(struct grubcfg *g, const struct input *in)
{
	const struct grubenv env = { in->env ? GRUBENV_THERE : GRUBENV_ABSENT, in->env, in->env ? strlen(in->env) : 0 };
	_cleanup_(grubcfg_done) struct grubcfg again = { 0 };
	struct strbuf copy = { 0 };

	strbuf_addn(&copy, g->text.s, g->text.len);
	grubcfg_read_env(g, env.s, env.len);
	MUST(grubcfg_parse_env("fuzz", &copy, NULL, &env, &again, NULL) == 0);
	check_same(g, &again);
	MUST(streq(g->def_why, again.def_why) && streq0(g->def_plain, again.def_plain) && streq0(g->def_override, again.def_override));
	MUST(strbuf_eq(&g->env_after, &again.env_after));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(input_done) struct input in = split_input(data, size);
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	struct err err = { 0 };
	int edits = 0;

	if (grubcfg_parse("fuzz", in.text, in.len, NULL, &g, &err) < 0) {
		MUST(err.code == EINVAL && err.text[0] && !g.n);
		return 0;
	}
	MUST(g.text.len == in.len && !memcmp(g.text.s, in.text, in.len));
	check_spans(&g);
	check_try(&g);
	for (size_t i = 0; i < g.n && edits < MAX_EDITS; i++)
		for (size_t t = 0; t < 2; t++)
			if (g.v[i].args[t].there) {
				check_edit(&g, i, (enum grub_target)t, &in);
				edits++;
			}
	check_spans(&g);
	check_env(&g, &in);
	check_spans(&g);
	return 0;
}
