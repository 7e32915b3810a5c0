/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grubenv.h"
#include "grubmenu.h"

/* More variables than any grub.cfg sets at its top level; beyond, they are unknown, and the cost stays linear. */
#define MAX_VARS 256
#define MAX_WORDS 8

/* ---- variables -------------------------------------------------------------------------------------------- */

void grubrun_init(struct grubrun *r, const struct grubenv *env)
{
	*r = (struct grubrun){ .env = *env };
	if (env->state == GRUBENV_THERE)
		strbuf_addn(&r->env_after, env->s, env->len);
}

static void pop_frame(struct grubrun *r)
{
	if (r->n_frame)
		free(r->frame[--r->n_frame].assumed);
}

void grubrun_done(struct grubrun *r)
{
	for (size_t i = 0; i < r->n_var; i++) {
		free(r->var[i].name);
		free(r->var[i].value.s);
	}
	free(r->var);
	while (r->n_frame)
		pop_frame(r);
	free(r->frame);
	free(r->verdict_assumed);
	free(r->def.s);
	free(r->def_text);
	free(r->def_override);
	strbuf_done(&r->env_after);
	*r = (struct grubrun){ 0 };
}

static enum grubrun_state state_now(const struct grubrun *r)
{
	return r->n_frame ? r->frame[r->n_frame - 1].state : GRUBRUN_RUNS;
}

static struct grubrun_var *find_var(const struct grubrun *r, const char *name)
{
	for (size_t i = 0; i < r->n_var; i++)
		if (streq(r->var[i].name, name))
			return &r->var[i];
	return NULL;
}

/* Takes over value.s. */
static void set_var(struct grubrun *r, const char *name, struct grubrun_value value)
{
	struct grubrun_var *var = find_var(r, name);

	if (var) {
		free(var->value.s);
		var->value = value;
	} else if (r->n_var < MAX_VARS) {
		ARRAY_GROW(r->var, r->n_var);
		r->var[r->n_var++] = (struct grubrun_var){ .name = xstrdup(name), .value = value };
	} else {
		free(value.s);
	}
}

/* Variables that grub fills in itself: nobody can know them from the file. */
static bool is_builtin(const char *name)
{
	static const char *const exact[] = { "prefix", "root",	    "cmdpath",	"config_file",	    "config_directory",
					     "lang",   "shim_lock", "lockdown", "check_signatures", "?",
					     "#",      "*",	    "@" };

	if (str_after(name, "feature_") || str_after(name, "grub_") || str_after(name, "net_") ||
	    str_after(name, "pxe_"))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(exact); i++)
		if (streq(name, exact[i]))
			return true;
	return *name >= '0' && *name <= '9';
}

/* A word with its variables filled in. */
struct expansion {
	struct strbuf text;
	bool unknown;
	char *env; /* the first variable in it whose value only grubenv has */
};

static void expansion_done(struct expansion *e)
{
	strbuf_done(&e->text);
	free(e->env);
}

static void expand_var(const struct grubrun *r, const char *name, struct expansion *e)
{
	const struct grubrun_var *var = find_var(r, name);

	if (var) {
		strbuf_add(&e->text, var->value.s ? var->value.s : "");
		e->unknown |= var->value.kind == GRUBRUN_UNKNOWN;
		if (var->value.kind == GRUBRUN_ENV && !e->env)
			e->env = xstrdup(name);
	} else if (is_builtin(name) || r->n_var >= MAX_VARS) {
		e->unknown = true;
	} else if (r->env_loaded && r->env.state == GRUBENV_UNKNOWN && !e->env) {
		e->env = xstrdup(name);
	}
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* At s[i] stands "$": append the variable's value and return the place behind its name. */
static size_t expand_dollar(const struct grubrun *r, const char *s, size_t i, size_t end, struct expansion *e)
{
	bool braced = i + 1 < end && s[i + 1] == '{';
	size_t from = i + 1 + braced, to = from;
	_cleanup_free_ char *name = NULL;

	while (to < end && is_name_byte(s[to]))
		to++;
	if (to == from && to < end && memchr("?#*@", s[to], 4))
		to++;
	if (to == from || (braced && (to == end || s[to] != '}'))) {
		strbuf_addc(&e->text, '$');
		return i + 1;
	}
	name = xstrndup(s + from, to - from);
	expand_var(r, name, e);
	return to + braced;
}

static size_t expand_backslash(const char *s, size_t i, size_t end, bool quoted, struct expansion *e)
{
	size_t join = grublex_blank(s, end, i);

	if (join)
		return i + join;
	if (i + 1 < end && (!quoted || memchr("\"\\$", s[i + 1], 3)))
		i++;
	strbuf_addc(&e->text, s[i]);
	return i + 1;
}

static void expand(const struct grubrun *r, const char *s, struct grublex_word word, struct expansion *e)
{
	size_t end = word.off + word.len;
	bool quoted = false;

	for (size_t i = word.off; i < end;) {
		if (s[i] == '\'' && !quoted) {
			for (i++; i < end && s[i] != '\''; i++)
				strbuf_addc(&e->text, s[i]);
			i++;
		} else if (s[i] == '"') {
			quoted = !quoted;
			i++;
		} else if (s[i] == '\\') {
			i = expand_backslash(s, i, end, quoted, e);
		} else if (s[i] == '$') {
			i = expand_dollar(r, s, i, end, e);
		} else {
			strbuf_addc(&e->text, s[i++]);
		}
	}
}

static struct grubrun_value expansion_value(struct expansion *e)
{
	return (struct grubrun_value){ .kind = e->unknown ? GRUBRUN_UNKNOWN
					       : e->env	  ? GRUBRUN_ENV
							  : GRUBRUN_KNOWN,
				       .s = strbuf_take(&e->text) };
}

/* ---- conditions ------------------------------------------------------------------------------------------- */

static void set_verdict(struct grubrun *r, bool yes)
{
	r->verdict = yes ? GRUBRUN_TRUE : GRUBRUN_FALSE;
}

/* `[ -s FILE ]` and its like: only of grubenv do we know anything. */
static void test_file(struct grubrun *r, const char *path)
{
	if (str_ends_with(path, "/grubenv"))
		set_verdict(r, r->env.state != GRUBENV_ABSENT);
}

static void test_words(struct grubrun *r, struct expansion *w, size_t n)
{
	const char *a[3] = { 0 };

	for (size_t i = 0; i < n && i < ARRAY_SIZE(a); i++)
		a[i] = strbuf_str(&w[i].text);
	if (n == 2 && (streq(a[0], "-s") || streq(a[0], "-e") || streq(a[0], "-f")))
		test_file(r, a[1]);
	for (size_t i = 0; i < n; i++)
		if (w[i].unknown)
			return;

	if (n <= 1)
		set_verdict(r, n && *a[0]);
	else if (n == 2 && streq(a[0], "-n"))
		set_verdict(r, *a[1]);
	else if (n == 2 && streq(a[0], "-z"))
		set_verdict(r, !*a[1]);
	else if (n == 3 && (streq(a[1], "=") || streq(a[1], "==")))
		set_verdict(r, streq(a[0], a[2]));
	else if (n == 3 && streq(a[1], "!="))
		set_verdict(r, !streq(a[0], a[2]));
}

static void test(struct grubrun *r, const struct grublex *l, size_t from, size_t to)
{
	struct expansion w[MAX_WORDS] = { 0 };
	bool negated = false;
	size_t n = 0;

	for (; from < to && grublex_is(l, from, "!"); from++)
		negated = !negated;
	if (to - from <= MAX_WORDS) {
		for (; from + n < to; n++)
			expand(r, l->s, l->w[from + n], &w[n]);
		test_words(r, w, n);
	}
	if (negated && r->verdict != GRUBRUN_DONT_KNOW)
		set_verdict(r, r->verdict == GRUBRUN_FALSE);
	for (size_t i = 0; i < n; i++) {
		if (w[i].env && !r->verdict_assumed)
			r->verdict_assumed = TAKE_PTR(w[i].env);
		expansion_done(&w[i]);
	}
}

/* save_env: variables as they are now go into grubenv, and those that are not there leave it. */
static void save_env(struct grubrun *r, const struct grublex *l, size_t from)
{
	for (size_t i = from; i < l->n; i++) {
		_cleanup_free_ char *name = xstrndup(l->s + l->w[i].off, l->w[i].len);
		const struct grubrun_var *var = find_var(r, name);
		_cleanup_strbuf_ struct strbuf next = { 0 };

		bool known = r->env_after.len && !(var && var->value.kind == GRUBRUN_UNKNOWN);

		if (known && grubenv_set(r->env_after.s, r->env_after.len, name, var ? var->value.s : NULL, &next, NULL) < 0)
			known = false;
		strbuf_reset(&r->env_after);
		if (known)
			strbuf_addn(&r->env_after, next.s, next.len);
	}
}

/*
 * Judge the command as a condition; what grub_env lacks counts as empty, and is noted in verdict_assumed.  That grub can write grubenv is
 * taken for granted here: whether it can is a question of the disk.
 */
static void judge(struct grubrun *r, const struct grublex *l)
{
	size_t at = 0;

	while (at + 1 < l->n && grublex_is(l, at, "!"))
		at++;
	r->verdict = GRUBRUN_DONT_KNOW;
	free(r->verdict_assumed);
	r->verdict_assumed = NULL;
	if (grublex_is(l, at, "[") && grublex_is(l, l->n - 1, "]"))
		test(r, l, at + 1, l->n - 1);
	else if (grublex_is(l, at, "test"))
		test(r, l, at + 1, l->n);
	else if (grublex_is(l, at, "true") || grublex_is(l, at, "save_env"))
		set_verdict(r, true);
	else if (grublex_is(l, at, "false"))
		set_verdict(r, false);
	if (grublex_is(l, at, "save_env") && r->n_frame && r->frame[r->n_frame - 1].outer == GRUBRUN_RUNS)
		save_env(r, l, at + 1);
	if (at % 2 && r->verdict != GRUBRUN_DONT_KNOW)
		set_verdict(r, r->verdict == GRUBRUN_FALSE);
}

static void push_frame(struct grubrun *r, bool loop)
{
	enum grubrun_state outer = state_now(r);

	if (r->n_frame == r->cap_frame) {
		r->cap_frame = r->cap_frame ? 2 * r->cap_frame : 8;
		r->frame = xreallocarray(r->frame, r->cap_frame, sizeof(*r->frame));
	}
	r->frame[r->n_frame++] = (struct grubrun_frame){
		.outer = outer,
		.state = outer == GRUBRUN_SKIPPED ? GRUBRUN_SKIPPED : GRUBRUN_MAYBE,
		.loop = loop,
	};
}

static enum grubrun_state then_state(struct grubrun *r, struct grubrun_frame *f)
{
	if (f->outer == GRUBRUN_SKIPPED || f->taken)
		return GRUBRUN_SKIPPED;
	switch (r->verdict) {
	case GRUBRUN_FALSE: return GRUBRUN_SKIPPED;
	case GRUBRUN_TRUE: f->taken = true; return f->maybe_taken ? GRUBRUN_MAYBE : f->outer;
	case GRUBRUN_DONT_KNOW: break;
	}
	f->maybe_taken = true;
	return GRUBRUN_MAYBE;
}

static enum grubrun_state else_state(const struct grubrun_frame *f)
{
	if (f->outer == GRUBRUN_SKIPPED || f->taken)
		return GRUBRUN_SKIPPED;
	return f->maybe_taken ? GRUBRUN_MAYBE : f->outer;
}

/* if, then, elif, else, fi and the loops.  False when the command is none of them. */
static bool control(struct grubrun *r, const struct grublex *l)
{
	struct grubrun_frame *f = r->n_frame ? &r->frame[r->n_frame - 1] : NULL;

	if (grublex_is(l, 0, "if")) {
		push_frame(r, false);
		r->condition = true;
	} else if (grublex_is(l, 0, "while") || grublex_is(l, 0, "until") || grublex_is(l, 0, "for")) {
		push_frame(r, true);
	} else if (!f) {
		return false;
	} else if (grublex_is(l, 0, "elif")) {
		f->state = f->outer == GRUBRUN_SKIPPED ? GRUBRUN_SKIPPED : GRUBRUN_MAYBE;
		r->condition = true;
	} else if (grublex_is(l, 0, "then") && r->condition) {
		f->state = then_state(r, f);
		r->condition = false;
		if (r->verdict_assumed && !f->assumed)
			f->assumed = TAKE_PTR(r->verdict_assumed);
	} else if (grublex_is(l, 0, "else") && !f->loop) {
		f->state = else_state(f);
	} else if (grublex_is(l, 0, f->loop ? "done" : "fi")) {
		pop_frame(r);
	} else {
		return grublex_is(l, 0, "do");
	}
	return true;
}

/* ---- commands --------------------------------------------------------------------------------------------- */

static const char *assumed_by(const struct grubrun *r)
{
	for (size_t i = r->n_frame; i-- > 0;)
		if (r->frame[i].assumed)
			return r->frame[i].assumed;
	return NULL;
}

static void set_default(struct grubrun *r, const struct grublex *l, struct grublex_word word, struct expansion *e,
			size_t line)
{
	const char *assumed = assumed_by(r);
	_cleanup_free_ char *text = xstrndup(l->s + word.off, word.len);

	if (r->env_seen && strstr(text, "override_entry"))
		r->overridable = true;
	if (assumed && !r->def_override)
		r->def_override = xstrdup(assumed);
	if (state_now(r) == GRUBRUN_MAYBE)
		r->def_maybe_line = line;
	if (state_now(r) != GRUBRUN_RUNS)
		return;

	free(r->def.s);
	free(r->def_text);
	if (e->env && !r->def_override)
		r->def_override = xstrdup(e->env);
	r->def = expansion_value(e);
	r->def_text = TAKE_PTR(text);
	r->def_line = line;
	r->def_maybe_line = 0;
	r->def_set = true;
	if (!assumed && r->def.kind == GRUBRUN_KNOWN) {
		free(r->def_override);
		r->def_override = NULL;
	}
}

/* name=value, the value being the part of the word behind the first "=". */
static void assign(struct grubrun *r, const struct grublex *l, struct grublex_word word, size_t line)
{
	const char *s = l->s + word.off, *eq = memchr(s, '=', word.len);
	_cleanup_(expansion_done) struct expansion e = { 0 };
	_cleanup_free_ char *name = NULL;

	if (!eq)
		return;
	name = xstrndup(s, (size_t)(eq - s));
	word.off += (size_t)(eq - s) + 1;
	word.len -= (size_t)(eq - s) + 1;
	expand(r, l->s, word, &e);
	if (streq(name, "default"))
		set_default(r, l, word, &e, line);
	else if (state_now(r) == GRUBRUN_RUNS)
		set_var(r, name, expansion_value(&e));
	else if (state_now(r) == GRUBRUN_MAYBE)
		set_var(r, name, (struct grubrun_value){ .kind = GRUBRUN_UNKNOWN });
}

static void load_env(struct grubrun *r)
{
	_cleanup_strbuf_ struct strbuf name = { 0 }, value = { 0 };

	r->env_seen = true;
	if (state_now(r) == GRUBRUN_SKIPPED || r->env_loaded)
		return;
	r->env_loaded = true;
	if (r->env.state != GRUBENV_THERE)
		return;
	for (size_t pos = 0; grubenv_next(r->env.s, r->env.len, &pos, &name, &value);)
		set_var(r, strbuf_str(&name), (struct grubrun_value){ .s = xstrdup(strbuf_str(&value)) });
}

static void unset(struct grubrun *r, const struct grublex *l)
{
	for (size_t i = 1; i < l->n; i++) {
		_cleanup_free_ char *name = xstrndup(l->s + l->w[i].off, l->w[i].len);

		if (state_now(r) != GRUBRUN_SKIPPED)
			set_var(r, name, (struct grubrun_value){ .kind = state_now(r) == GRUBRUN_RUNS ? GRUBRUN_KNOWN : GRUBRUN_UNKNOWN });
	}
}

void grubrun_command(struct grubrun *r, const struct grublex *l, size_t line)
{
	if (!l->n || control(r, l))
		return;
	if (r->condition)
		judge(r, l);
	else if (grublex_is(l, 0, "set") && l->n > 1)
		assign(r, l, l->w[1], line);
	else if (grublex_is(l, 0, "load_env"))
		load_env(r);
	else if (grublex_is(l, 0, "unset"))
		unset(r, l);
	else if (grublex_is(l, 0, "save_env") && state_now(r) == GRUBRUN_RUNS)
		save_env(r, l, 1);
	else
		assign(r, l, l->w[0], line);
}

enum grubrun_state grubrun_entry_state(const struct grubrun *r)
{
	return assumed_by(r) ? GRUBRUN_MAYBE : state_now(r);
}

char *grubrun_plain(const struct grubrun *r)
{
	if (!r->def_set)
		return xstrdup("0");
	return r->def.kind == GRUBRUN_KNOWN && !r->def_maybe_line && r->def.s ? xstrdup(r->def.s) : NULL;
}

int grubrun_default(const struct grubrun *r, const struct grubmenu *m, char **why)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *note = NULL;
	int def = -1;

	if (r->def_maybe_line) {
		strbuf_addf(&text, "the 'set default' in line %zu depends on a condition that only grub can evaluate",
			    r->def_maybe_line);
	} else if (!r->def_set) {
		strbuf_add(&text, "no 'set default'");
		def = grubmenu_find(m, "0", &note);
	} else {
		strbuf_addf(&text, "set default=%s in line %zu", r->def_text, r->def_line);
		if (r->def.kind == GRUBRUN_KNOWN)
			def = grubmenu_find(m, r->def.s, &note);
		else
			note = r->def.kind == GRUBRUN_ENV ? "its value is in grubenv" : "its value is not known";
	}
	if (note)
		strbuf_addf(&text, ": %s", note);
	if (def >= 0 && r->def_override)
		strbuf_addf(&text, "; '%s' in grubenv may choose another", r->def_override);
	*why = strbuf_take(&text);
	return def;
}
