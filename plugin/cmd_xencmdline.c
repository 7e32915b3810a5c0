/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xencmdline.c - see cmd_xencmdline.h */

#include "cmdline/bootargs.h"
#include "plugin/bootplan.h"
#include "plugin/cmd_xencmdline.h"

/* ---- editing ------------------------------------------------------------------------------------------------- */

/* What one key of one command line shall be in the end. */
struct edit {
	enum grub_target target;
	char *key;
	bool remove;	  /* all of it, or, with `texts`, these occurrences */
	struct strv texts; /* whole arguments: "key=value", or "key" for a flag */
	bool open;	  /* the option that it comes from goes on */
};

struct edits {
	struct edit *v;
	size_t n;
};

static void edits_done(struct edits *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->v[i].key);
		strv_done(&e->v[i].texts);
	}
	free(e->v);
}

/* The edit of this key to add to: the one of the same option, or a new one, before which earlier options do not count. */
static struct edit *edit_of(struct edits *e, enum grub_target target, const char *key, bool remove)
{
	struct edit *x = NULL;

	for (size_t i = 0; i < e->n && !x; i++)
		if (e->v[i].target == target && streq(e->v[i].key, key))
			x = &e->v[i];
	if (!x) {
		ARRAY_GROW(e->v, e->n);
		x = &e->v[e->n++];
		*x = (struct edit){ .target = target, .key = xstrdup(key) };
	}
	if (!x->open)
		strv_done(&x->texts);
	x->remove = remove;
	x->open = true;
	return x;
}

static char *arg_text(const struct bootarg *arg)
{
	return arg->value ? xasprintf("%s=%s", arg->key, arg->value) : xstrdup(arg->key);
}

/* An argument may have blanks in it, and is then several words: console=hvc0 console=tty0. */
static int add_set(struct edits *e, enum grub_target target, const char *text, struct err *err)
{
	_cleanup_(bootargs_done) struct bootargs words = { 0 };

	bootargs_split(text, strlen(text), &words);
	if (!words.n || words.end < words.n)
		return err_set(err, EINVAL, "'%s' is no boot parameter", text);
	for (size_t i = 0; i < words.n; i++) {
		int rc = bootargs_check(words.v[i].key, words.v[i].value, err);

		if (rc < 0)
			return rc;
		strv_add_take(&edit_of(e, target, words.v[i].key, false)->texts, arg_text(&words.v[i]));
	}
	return 0;
}

/* A key, or one whole argument: console=tty0. */
static int add_delete(struct edits *e, enum grub_target target, const char *text, struct err *err)
{
	size_t len = strcspn(text, "=");
	_cleanup_free_ char *key = xstrndup(text, len);
	int rc = bootargs_check(key, NULL, err);
	struct edit *x;

	if (rc < 0)
		return rc;
	x = edit_of(e, target, key, true);
	if (text[len])
		strv_add(&x->texts, text);
	else
		strv_done(&x->texts);
	return 0;
}

static void add_value(struct setting *s, const struct bootarg *arg)
{
	if (s->text)
		strv_add_take(&s->before, s->text);
	s->there = true;
	s->text = arg->value ? xstrdup(arg->value) : NULL;
}

/* The key as an edit leaves it in an entry. */
static void wanted(const struct edit *x, const struct bootfile *b, size_t entry, struct setting *ret)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	_cleanup_free_ char *joined = NULL;
	const char *text;
	size_t len;

	if (x->remove && !x->texts.n)
		return;
	if (x->remove) {
		text = grubcfg_args(&b->cfg, entry, x->target, &len);
		bootargs_split(text, len, &args);
		for (int i = -1; (i = bootargs_find(&args, x->key, (size_t)(i + 1))) >= 0;) {
			_cleanup_free_ char *whole = arg_text(&args.v[i]);

			if (!strv_has(&x->texts, whole))
				add_value(ret, &args.v[i]);
		}
		return;
	}
	for (size_t i = 0; i < x->texts.n; i++) {
		const char *eq = strchr(x->texts.v[i], '=');

		add_value(ret, &(struct bootarg){ .value = eq ? (char *)eq + 1 : NULL });
	}
}

static int plan_edit(struct run *r, const struct bootfile *b, const struct edit *x, struct err *err)
{
	bool checked = false;

	for (size_t i = 0; i < b->cfg.n; i++) {
		_cleanup_(setting_done) struct setting to = { 0 };
		int rc = 0;

		if (!grubcfg_chosen(&b->cfg, i, GRUB_CHOOSE_NORMAL) || !b->cfg.v[i].args[x->target].there)
			continue;
		wanted(x, b, i, &to);
		/* The entries get the same: one look is enough. */
		if (!checked)
			rc = bootplan_check_value(r, x->target, x->key, to.text, err);
		if (rc < 0)
			return rc;
		checked = true;
		plan_boot(&r->res->plan, b, i, x->target, x->key, &to, "asked for");
	}
	return 0;
}

static int collect(const struct args *a, struct edits *e, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < a->names.n; i++) {
		const char *name = a->names.v[i];
		enum grub_target target = str_ends_with(name, "-dom0") ? GRUB_DOM0 : GRUB_XEN;

		if (streq(name, "next"))
			for (size_t k = 0; k < e->n; k++)
				e->v[k].open = false;
		else if (str_after(name, "set-"))
			rc = add_set(e, target, a->values.v[i], err);
		else
			rc = add_delete(e, target, a->values.v[i], err);
	}
	return rc;
}

static int run_edit(struct run *r, struct err *err)
{
	_cleanup_(edits_done) struct edits e = { 0 };
	struct bootfile *b = NULL;
	int rc = collect(r->args, &e, err);

	if (rc == 0)
		rc = bootplan_boot(r, &b, err);
	for (size_t i = 0; rc == 0 && i < e.n; i++)
		rc = plan_edit(r, b, &e.v[i], err);
	return rc;
}

const struct command cmd_xencmdline_edit = {
	.name = "xen-cmdline",
	.summary = "edit boot parameters as xen-cmdline does",
	.flags = CMD_WRITES,
	.run = run_edit,
};

/* ---- getting ----------------------------------------------------------------------------------------------------- */

static const struct field get_fields[] = { { "argument", V_TEXT, true, "as it stands in the boot file" } };
static const struct record_type get_type = RECORD_TYPE("argument", get_fields);

static bool is_named(const struct args *a, enum grub_target target, const char *text)
{
	for (size_t i = 0; i < a->names.n; i++) {
		const char *rest = str_after(text, a->values.v[i]);

		if (rest && (!*rest || *rest == '=') && streq(a->names.v[i], target == GRUB_XEN ? "get-xen" : "get-dom0"))
			return true;
	}
	return false;
}

static int run_get(struct run *r, struct err *err)
{
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err), entry;

	if (rc < 0)
		return rc;
	entry = bootfile_next_entry(b);
	if (entry < 0)
		return err_set(err, ENODATA, "which entry of '%s' boots next is unknown: %s", b->path, b->cfg.def_why);
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
		_cleanup_(bootargs_done) struct bootargs args = { 0 };
		size_t len;
		const char *text = grubcfg_args(&b->cfg, (size_t)entry, t, &len);

		bootargs_split(text, len, &args);
		for (size_t i = 0; i < args.n; i++) {
			_cleanup_free_ char *word = xstrndup(text + args.v[i].off, args.v[i].len);

			if (is_named(r->args, t, word))
				record_text(records_add(&r->res->records), 0, word);
		}
	}
	return 0;
}

const struct command cmd_xencmdline_get = {
	.name = "xen-cmdline",
	.summary = "boot parameters as xen-cmdline shows them",
	.flags = CMD_SHOW,
	.type = &get_type,
	.run = run_get,
};
