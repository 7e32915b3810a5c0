/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootplan_dropin.c - see bootplan_dropin.h */

#include "cmdline/bootargs.h"
#include "cmdline/hide.h"
#include "cmdline/irqbudget.h"
#include "plugin/bootplan_dropin.h"
#include "plugin/checks_boot.h"

#define SETTINGS "/etc/default/grub"

/* Parameters that only a settings file brings into grub.cfg: where none has one any more, the next update-grub takes it out. */
static const struct {
	enum grub_target target;
	const char *key;
} from_settings[] = {
	{ GRUB_DOM0, HIDE_KEY },
	{ GRUB_DOM0, "xen_pciback.hide" },
	{ GRUB_XEN, IRQBUDGET_KEY },
};

/* ---- files ------------------------------------------------------------------------------------------------------ */

/* *there: the file is. */
static int read_ours(struct run *r, struct strbuf *text, bool *there, struct dropin *ret, struct err *err)
{
	int rc = host_read(facts_host(r->facts), DROPIN_PATH, DROPIN_MAX, text, err);

	*there = rc == 0;
	if (rc == -ENOENT || rc == -ENOTDIR)
		return 0;
	return rc < 0 ? rc : dropin_parse(strbuf_str(text), text->len, ret, err);
}

/* The settings files but ours; `after`: only those that are read after it. */
static void list_others(struct run *r, bool after, struct strv *ret)
{
	_cleanup_strv_ struct strv names = { 0 };

	if (!after)
		strv_add(ret, SETTINGS);
	host_list(facts_host(r->facts), DROPIN_DIR, &names, NULL);
	for (size_t i = 0; i < names.n; i++)
		if (str_ends_with(names.v[i], ".cfg") && !streq(names.v[i], DROPIN_NAME) &&
		    (!after || strcmp(names.v[i], DROPIN_NAME) > 0))
			strv_addf(ret, DROPIN_DIR "/%s", names.v[i]);
}

/* The first of them that sets a parameter: "/etc/default/grub, line 9", or NULL; caller frees. */
static char *who_sets(struct run *r, const char *key)
{
	_cleanup_strv_ struct strv paths = { 0 };

	list_others(r, false, &paths);
	for (size_t i = 0; i < paths.n; i++) {
		_cleanup_strbuf_ struct strbuf text = { 0 };
		size_t line;

		if (host_read(facts_host(r->facts), paths.v[i], DROPIN_MAX, &text, NULL) < 0)
			continue;
		line = dropin_find_key(strbuf_str(&text), key);
		if (line)
			return xasprintf("%s, line %zu", paths.v[i], line);
	}
	return NULL;
}

static bool has_param(const struct dropin *d, enum grub_target target, const char *key)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].target == target && streq(d->v[i].key, key))
			return true;
	return false;
}

/* ---- grub.cfg as update-grub would write it now ------------------------------------------------------------------- */

/* The settings' parameters that grub.cfg has and that no file gives it any more. */
static void add_gone(struct run *r, const struct dropin *d, bool gone[ARRAY_SIZE(from_settings)])
{
	for (size_t i = 0; i < ARRAY_SIZE(from_settings); i++) {
		_cleanup_free_ char *who = NULL;

		if (!has_param(d, from_settings[i].target, from_settings[i].key))
			who = who_sets(r, from_settings[i].key);
		gone[i] = !who && !has_param(d, from_settings[i].target, from_settings[i].key);
	}
}

static int edit_args(const struct bootfile *now, size_t entry, enum grub_target target, const struct dropin *d, const bool *gone,
		     struct strbuf *args, struct err *err)
{
	size_t len;
	const char *text = grubcfg_args(&now->cfg, entry, target, &len);
	int rc = 0;

	strbuf_addn(args, text, len);
	for (size_t i = 0; rc == 0 && i < d->n; i++)
		if (d->v[i].target == target)
			rc = bootargs_set(args, d->v[i].key, d->v[i].value, err);
	for (size_t i = 0; rc == 0 && i < ARRAY_SIZE(from_settings); i++)
		if (gone[i] && from_settings[i].target == target)
			rc = bootargs_delete(args, from_settings[i].key, err);
	return rc;
}

static int make_edited(struct run *r, const struct bootfile *now, const struct dropin *d, struct err *err)
{
	bool gone[ARRAY_SIZE(from_settings)];
	int rc = bootfile_parse(now->path, &now->cfg.text, facts_brand(r->facts), &r->edited, err);

	add_gone(r, d, gone);
	for (size_t i = 0; rc == 0 && i < now->cfg.n; i++)
		for (enum grub_target t = GRUB_XEN; rc == 0 && t <= GRUB_DOM0; t++) {
			_cleanup_strbuf_ struct strbuf args = { 0 };

			if (!grubcfg_chosen(&now->cfg, i, GRUB_CHOOSE_ALL) || !now->cfg.v[i].args[t].there)
				continue;
			rc = edit_args(now, i, t, d, gone, &args, err);
			if (rc == 0)
				rc = grubcfg_set_args(&r->edited.cfg, i, t, strbuf_str(&args), err);
		}
	r->edited.cfg.def = now->cfg.def;
	return rc;
}

/* ---- the end of the plan --------------------------------------------------------------------------------------------- */

static int take_change(struct run *r, struct dropin *d, const struct change *c, struct err *err)
{
	_cleanup_free_ char *who = NULL;

	if (c->new.before.n)
		return err_set(err, EINVAL, "%s cannot stand in '" DROPIN_PATH "' more than once", c->key);
	if (c->new.there)
		return dropin_set(d, c->target, c->key, c->new.text, err);
	dropin_remove(d, c->target, c->key);
	who = who_sets(r, c->key);
	if (!who)
		return 0;
	err_set(err, EPERM, "%s is set in %s, which is not ours to change", c->key, who);
	return err_hint(err, "take it out there, then run update-grub");
}

/* What the file comes to, for people. */
static char *shown(const struct dropin *d)
{
	_cleanup_strv_ struct strv words = { 0 };

	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++)
		for (size_t i = 0; i < d->n; i++)
			if (d->v[i].target == t)
				strv_addf(&words, "%s: %s%s%s", grub_target_name(t), d->v[i].key, d->v[i].value ? "=" : "",
					  d->v[i].value ? d->v[i].value : "");
	return words.n ? strv_join(&words, "; ") : xstrdup("(nothing)");
}

static void tell_overwritten(struct run *r)
{
	_cleanup_strv_ struct strv paths = { 0 };

	list_others(r, true, &paths);
	for (size_t i = 0; i < paths.n; i++) {
		_cleanup_strbuf_ struct strbuf text = { 0 };
		struct finding *x;
		size_t line;

		if (host_read(facts_host(r->facts), paths.v[i], DROPIN_MAX, &text, NULL) < 0)
			continue;
		line = dropin_find_overwrite(strbuf_str(&text));
		if (!line)
			continue;
		x = findings_add(&r->res->findings, "DROPIN_OVERWRITTEN", SEV_WARN, paths.v[i],
				 "it is read after '" DROPIN_PATH "' and sets the variable anew: what ours adds is lost");
		x->evidence = xasprintf("line %zu", line);
		x->remedy = xstrdup("let that line begin with the value that the variable has: VAR=\"$VAR ...\"");
	}
}

static int check(struct run *r, struct err *err)
{
	struct plan *p = &r->res->plan;
	int rc = plan_seal(p, &r->edited, err);

	return rc < 0 ? rc
		      : checks_boot(r->facts,
				    &(struct boot_change){ .now = &r->edited,
							   .then = &p->boot_new,
							   .choice = GRUB_CHOOSE_ALL,
							   .by_settings = true },
				    &r->res->findings, err);
}

static int finish(struct run *r, struct err *err)
{
	_cleanup_strbuf_ struct strbuf old = { 0 }, new = { 0 };
	_cleanup_free_ char *old_shown = NULL, *new_shown = NULL, *why = NULL;
	_cleanup_(dropin_done) struct dropin d = { 0 };
	struct plan *p = &r->res->plan;
	struct bootfile *now = NULL;
	bool there;
	int rc = read_ours(r, &old, &there, &d, err);

	if (rc == 0 && !plan_changes_boot(p) && facts_boot(r->facts, &now, NULL) == 0)
		bootplan_dropin_tell(r, now);
	if (rc < 0 || !plan_changes_boot(p))
		return rc;
	rc = check(r, err);
	old_shown = shown(&d);
	for (size_t i = 0; rc == 0 && i < p->n; i++)
		if (p->v[i].kind == CHANGE_BOOT) {
			rc = take_change(r, &d, &p->v[i], err);
			if (!why)
				why = xstrdup(p->v[i].why);
		}
	if (rc < 0)
		return rc;
	new_shown = shown(&d);
	plan_drop_boot(p);
	if (d.n)
		dropin_format(&d, &new);
	if (d.n ? !there || !streq(strbuf_str(&old), strbuf_str(&new)) : there)
		plan_file(p, DROPIN_PATH, there ? &old : NULL, d.n ? &new : NULL, old_shown, new_shown, why);
	if (!p->n)
		return 0;
	tell_overwritten(r);
	strv_add(&p->next, "update-grub");
	for (size_t i = p->next.n - 1; i; i--) { /* it comes before the reboot */
		char *word = p->next.v[i];

		p->next.v[i] = p->next.v[i - 1];
		p->next.v[i - 1] = word;
	}
	return 0;
}

int bootplan_dropin_boot(struct run *r, struct bootfile *now, struct bootfile **ret, struct err *err)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *entries = args_get(r->args, "entries");
	bool there;
	int rc;

	if (entries && !streq(entries, "all")) {
		err_set(err, EINVAL, "entries=%s: grub-mkconfig writes '%s', and gives every entry the same parameters", entries, now->path);
		return err_usage(err);
	}
	if (!r->edited.path) {
		rc = read_ours(r, &text, &there, &d, err);
		if (rc == 0)
			rc = make_edited(r, now, &d, err);
		if (rc < 0)
			return rc;
	}
	r->all_entries = true;
	r->finish = finish;
	*ret = &r->edited;
	return 0;
}

static void note_pending(struct run *r, char *note)
{
	if (strv_has(&r->res->notes, note))
		free(note);
	else
		strv_add_take(&r->res->notes, note);
}

static bool is_pending(const struct bootfile *b, int next, const struct dropin_param *p)
{
	_cleanup_(bootvalue_done) struct bootvalue now = { 0 };

	bootfile_get(b, (size_t)next, p->target, p->key, &now);
	return !now.count || !streq0(now.value, p->value);
}

void bootplan_dropin_pending(struct run *r, const struct bootfile *b, struct dropin *ret)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int next = bootfile_next_entry(b);
	bool there;

	if (!b->generated || next < 0 || read_ours(r, &text, &there, &d, NULL) < 0)
		return;
	for (size_t i = 0; i < d.n; i++)
		if (is_pending(b, next, &d.v[i]))
			dropin_set(ret, d.v[i].target, d.v[i].key, d.v[i].value, NULL);
}

void bootplan_dropin_tell(struct run *r, const struct bootfile *b)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	bool there, gone[ARRAY_SIZE(from_settings)];
	struct err why = { 0 };
	int next = bootfile_next_entry(b);

	if (!b->generated || next < 0)
		return;
	if (read_ours(r, &text, &there, &d, &why) < 0) {
		strv_addf(&r->res->notes, "%s", why.text);
		return;
	}
	for (size_t i = 0; i < d.n; i++)
		if (is_pending(b, next, &d.v[i]))
			note_pending(r, xasprintf("update-grub is pending: '%s' does not have %s%s%s yet, which '" DROPIN_PATH "' asks for",
						  b->path, d.v[i].key, d.v[i].value ? "=" : "", d.v[i].value ? d.v[i].value : ""));
	add_gone(r, &d, gone);
	for (size_t i = 0; i < ARRAY_SIZE(from_settings); i++) {
		_cleanup_(bootvalue_done) struct bootvalue now = { 0 };

		bootfile_get(b, (size_t)next, from_settings[i].target, from_settings[i].key, &now);
		if (gone[i] && now.count)
			note_pending(r, xasprintf("update-grub is pending: '%s' still has %s, which no file in /etc/default asks for",
						  b->path, from_settings[i].key));
	}
}
