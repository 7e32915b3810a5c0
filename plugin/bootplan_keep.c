/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootplan_keep.c - see bootplan_keep.h */

#include <ctype.h>

#include "cmdline/grubtry.h"
#include "cmdline/hide.h"
#include "cmdline/irqbudget.h"
#include "plugin/bootplan.h"
#include "plugin/bootplan_keep.h"
#include "plugin/bootplan_try.h"
#include "plugin/checks_try.h"
#include "plugin/plan_reboot.h"

#define DROP "boot-try-drop gives up all that was tried"

static const char kept[] = "it was tried, and is the usual from now on";

struct keep {
	struct run *r;
	const struct bootfile *from; /* the menu with the entry */
	size_t try;
	struct grubtry_keys keys;
	struct bdfset hides, unhides; /* by what is kept */
	bool merged;		      /* the next boot has another list than what was tried */
};

static void keep_done(struct keep *k)
{
	grubtry_keys_done(&k->keys);
	bdfset_done(&k->hides);
	bdfset_done(&k->unhides);
}

static void add_without(struct bdfset *to, const struct bdfset *from, const struct bdfset *without)
{
	for (size_t i = 0; i < from->n; i++)
		if (!bdfset_has(without, from->v[i]))
			bdfset_add(to, from->v[i]);
}

static struct setting tried_value(const struct keep *k, const struct grubtry_key *key)
{
	return setting_of(k->from, k->try, key->target, key->key);
}

static struct setting value_now(const struct keep *k, size_t entry, const struct grubtry_key *key)
{
	return setting_of(&k->r->edited, entry, key->target, key->key);
}

static void plan_value(struct keep *k, size_t entry, const struct grubtry_key *key, const struct setting *to)
{
	plan_boot(&k->r->res->plan, &k->r->edited, entry, key->target, key->key, to, kept);
}

/* ---- what it was --------------------------------------------------------------------------------------------------- */

static const char *words_of_role(const struct grubtry_key *key, enum grub_role role)
{
	for (size_t i = 0; i < key->n_was; i++)
		if (key->was[i].role == role)
			return key->was[i].words;
	return NULL;
}

/* In the entry that was copied; NULL: unknown. */
static const char *was_words(const struct grubtry_key *key)
{
	return words_of_role(key, GRUB_TRY);
}

static bool is_words(const struct setting *s, const char *words, const char *key)
{
	_cleanup_(setting_done) struct setting was = setting_in(words, strlen(words), key);

	return setting_eq(s, &was);
}

/* Has an entry of this role still what it had? */
static enum tristate is_as_it_was(const struct grubtry_key *key, enum grub_role role, const struct setting *now)
{
	const char *words = was_words(key);
	bool told = false;

	if (!words)
		return TRI_UNKNOWN;
	for (size_t i = 0; i < key->n_was; i++) {
		if (key->was[i].role != role)
			continue;
		told = true;
		if (is_words(now, key->was[i].words, key->key))
			return TRI_YES;
	}
	return !told && is_words(now, words, key->key) ? TRI_YES : TRI_NO;
}

/* ---- findings ------------------------------------------------------------------------------------------------------- */

/* Once a parameter, whatever other entries say. */
static void say(struct keep *k, const char *code, enum severity severity, const struct grubtry_key *key, const char *text, char *remedy)
{
	_cleanup_free_ char *subject = xasprintf("%s %s", grub_target_name(key->target), key->key);
	struct findings *all = &k->r->res->findings;
	struct finding *f = findings_have(all, code, subject) ? NULL : findings_add(all, code, severity, subject, text);

	if (!f) {
		free(remedy);
		return;
	}
	f->final = severity == SEV_REFUSE;
	f->remedy = remedy;
}

static void say_unknown_base(struct keep *k, const struct grubtry_key *key)
{
	say(k, "BOOT_TRY_BASE", SEV_UNKNOWN, key,
	    "what it was when it was tried is unknown: that the usual entries had less on purpose cannot be seen", NULL);
}

/* A value as a shell takes it; NULL: one that is not worth typing. */
static char *for_shell(const char *value)
{
	if (strchr(value, '\''))
		return NULL;
	for (const char *c = value; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("_.,:/=@%+-", *c))
			return xasprintf("'%s'", value);
	return xstrdup(value);
}

/* Both ways out: the usual value, or the tried one. */
static char *ways_out(const struct grubtry_key *key, const struct setting *tried)
{
	_cleanup_free_ char *value = tried->text ? for_shell(tried->text) : NULL;
	const char *target = grub_target_name(key->target);

	if (!tried->there)
		return xasprintf(DROP "; or take the usual one out, and keep the rest: boot-param-delete target=%s key=%s, then boot-try-keep",
				 target, key->key);
	if (tried->before.n || (tried->text && !value))
		return xstrdup(DROP "; or give the usual entries the value that was tried, and keep the rest: then boot-try-keep");
	return xasprintf(DROP "; or take the tried value, and keep the rest: boot-param-set target=%s key=%s%s%s, then boot-try-keep", target,
			 key->key, value ? " value=" : "", value ? value : "");
}

static void say_conflict(struct keep *k, size_t entry, const struct grubtry_key *key, const struct setting *now,
			 const struct setting *tried)
{
	const struct grub_entry *e = &k->r->edited.cfg.v[entry];
	const char *told = words_of_role(key, e->role), *words = told ? told : was_words(key), *title = e->title;
	_cleanup_(setting_done) struct setting was = setting_in(words ? words : "", words ? strlen(words) : 0, key->key);
	_cleanup_free_ char *was_shown = setting_shown(&was), *now_shown = setting_shown(now), *tried_shown = setting_shown(tried);
	_cleanup_free_ char *text = NULL;

	if (words)
		text = xasprintf("it was %s when %s was tried, and is %s in '%s' now: both were changed, and only one can stay", was_shown,
				 tried_shown, now_shown, title);
	else
		text = xasprintf("%s was tried, and it is %s in '%s' now; what it was then is unknown, so which of them is the later "
				 "change is unknown, too", tried_shown, now_shown, title);
	say(k, "BOOT_TRY_CONFLICT", SEV_REFUSE, key, text, ways_out(key, tried));
}

/* ---- a parameter ---------------------------------------------------------------------------------------------------- */

static bool read_budget(const struct setting *s, unsigned dflt, struct irqbudget *ret)
{
	*ret = (struct irqbudget){ .domu = dflt };
	return !s->before.n && (!s->there || (s->text && irqbudget_parse(s->text, dflt, ret, NULL) == 0));
}

/* Vectors for the one and for the other: raised twice, the larger number serves both.  Caller frees; NULL: it is not like that. */
static char *larger_budget(const struct keep *k, const struct grubtry_key *key, const struct setting *now, const struct setting *tried)
{
	const char *words = was_words(key);
	_cleanup_(setting_done) struct setting was = setting_in(words ? words : "", words ? strlen(words) : 0, key->key);
	unsigned dflt = irqbudget_default(facts_brand(k->r->facts));
	struct irqbudget a, b, base;

	if (!words || key->target != GRUB_XEN || !streq(key->key, IRQBUDGET_KEY) || !now->there || !tried->there ||
	    !read_budget(now, dflt, &a) || !read_budget(tried, dflt, &b) || !read_budget(&was, dflt, &base) || a.domu < base.domu ||
	    b.domu < base.domu || a.has_dom0 != b.has_dom0 || (a.has_dom0 && a.dom0 != b.dom0))
		return NULL;
	return irqbudget_format(a.domu > b.domu ? &a : &b);
}

static void keep_entry(struct keep *k, size_t entry, const struct grubtry_key *key, const struct setting *tried)
{
	_cleanup_(setting_done) struct setting now = value_now(k, entry, key);
	_cleanup_free_ char *larger = NULL;
	enum tristate as_it_was;

	if (setting_eq(&now, tried))
		return;
	as_it_was = is_as_it_was(key, k->r->edited.cfg.v[entry].role, &now);
	if (as_it_was == TRI_UNKNOWN && !now.there)
		say_unknown_base(k, key);
	else if (as_it_was != TRI_YES)
		larger = larger_budget(k, key, &now, tried);
	if (larger)
		plan_value(k, entry, key, &(struct setting){ .there = true, .text = larger });
	else if (as_it_was == TRI_YES || (as_it_was == TRI_UNKNOWN && !now.there))
		plan_value(k, entry, key, tried);
	else
		say_conflict(k, entry, key, &now, tried);
}

/* ---- the hide list -------------------------------------------------------------------------------------------------- */

static bool is_hide(const struct grubtry_key *key)
{
	return key->target == GRUB_DOM0 && hide_is_key(key->key);
}

/* The list is under one key, and a change may have moved it there from another spelling: they are looked at together. */
struct hide_look {
	const struct grubtry_key *key; /* one of those that are told; NULL: none */
	bool same, known, as_it_was;   /* of all of them: as tried; it is told what it was; and the entry has it still */
	struct bdfset was;	       /* hidden then */
};

static void hide_look_done(struct hide_look *l)
{
	bdfset_done(&l->was);
}

static void look_at_hide(const struct keep *k, size_t entry, struct hide_look *ret)
{
	const struct bdfset *present = facts_present(k->r->facts);

	*ret = (struct hide_look){ .same = true, .known = true, .as_it_was = true };
	for (size_t i = 0; i < k->keys.n; i++) {
		const struct grubtry_key *key = &k->keys.v[i];
		_cleanup_(setting_done) struct setting now = { 0 }, tried = { 0 };
		const char *words;

		if (!is_hide(key))
			continue;
		words = was_words(key);
		now = value_now(k, entry, key);
		tried = tried_value(k, key);
		ret->key = key;
		ret->same &= setting_eq(&now, &tried);
		ret->known &= words != NULL;
		/* Of the entry that was copied: what a device joins or leaves since is nobody's to undo, in whatever entry. */
		ret->as_it_was &= words && is_words(&now, words, key->key);
		if (words)
			bootargs_hidden(words, strlen(words), present, &ret->was);
	}
}

static void say_hide_conflict(struct keep *k, size_t entry, const struct grubtry_key *key, const struct bdfset *tried,
			      const struct bdfset *now)
{
	_cleanup_bdfset_ struct bdfset only_now = { 0 }, only_tried = { 0 };
	_cleanup_free_ char *names = NULL, *missing = NULL, *text = NULL, *remedy = NULL;

	add_without(&only_now, now, tried);
	add_without(&only_tried, tried, now);
	names = bdfset_format(&only_now, ", ");
	missing = bdfset_format(&only_tried, ",");
	text = xasprintf("'%s' hides %s now, and what was tried does not; what the list was then is unknown, so whether %s came since, or "
			 "the try takes %s out, is unknown, too", k->r->edited.cfg.v[entry].title, names, only_now.n == 1 ? "it" : "they",
			 only_now.n == 1 ? "it" : "them");
	remedy = only_tried.n ? xasprintf(DROP "; or hide in the usual entries what was tried: pci-hide device=%s, then boot-try-drop", missing)
			      : xstrdup(DROP "; or give the devices back in the usual entries: pci-unhide, then boot-try-keep");
	say(k, "BOOT_TRY_CONFLICT", SEV_REFUSE, key, text, TAKE_PTR(remedy));
}

/* The list as it was tried, in the place of one that is as it was then, or of which everything was tried. */
static void keep_hide_whole(struct keep *k, size_t entry, const struct hide_look *look, const struct bdfset *tried, const struct bdfset *now,
			    const struct bdfset *listed)
{
	_cleanup_bdfset_ struct bdfset lost = { 0 };

	add_without(&lost, listed, tried);
	if (!look->as_it_was && lost.n) {
		say_hide_conflict(k, entry, look->key, tried, listed);
		return;
	}
	if (!look->known)
		say_unknown_base(k, look->key);
	for (size_t i = 0; i < k->keys.n; i++)
		if (is_hide(&k->keys.v[i])) {
			_cleanup_(setting_done) struct setting to = tried_value(k, &k->keys.v[i]);

			plan_value(k, entry, &k->keys.v[i], &to);
		}
	add_without(&k->hides, tried, now);
	add_without(&k->unhides, now, tried);
}

/* What the try changed of it; written as one argument, as every command writes it. */
static void merge_hide(struct keep *k, size_t entry, const struct hide_look *look, const struct bdfset *tried, const struct bdfset *now,
		       const struct bdfset *listed)
{
	_cleanup_bdfset_ struct bdfset removed = { 0 }, want = { 0 }, more = { 0 };
	static const struct setting absent = { 0 };
	_cleanup_free_ char *text = NULL;
	struct bootfile *b = &k->r->edited;
	struct plan *p = &k->r->res->plan;

	add_without(&removed, &look->was, tried);
	add_without(&want, listed, &removed);
	add_without(&want, tried, &look->was);
	text = hide_format(&want);
	plan_boot(p, b, entry, GRUB_DOM0, HIDE_KEY, &(struct setting){ .there = want.n > 0, .text = text }, kept);
	plan_boot(p, b, entry, GRUB_DOM0, "xen_pciback.hide", &absent, kept);
	add_without(&k->hides, &want, now);
	add_without(&k->unhides, now, &want);
	add_without(&more, &want, tried);
	add_without(&more, tried, &want);
	k->merged |= more.n && bootfile_next_entry(b) == (int)entry;
}

static int keep_hide(struct keep *k, size_t entry, struct err *err)
{
	_cleanup_bdfset_ struct bdfset tried = { 0 }, now = { 0 }, listed = { 0 };
	_cleanup_(hide_look_done) struct hide_look look = { 0 };
	const struct bdfset *present = facts_present(k->r->facts);
	int rc;

	look_at_hide(k, entry, &look);
	if (!look.key || look.same)
		return 0;
	rc = bootfile_hidden(k->from, k->try, present, &tried, NULL, err);
	if (rc < 0)
		return rc;
	/* One that the kernel cannot read hides nothing; as it was, it is there to be replaced. */
	rc = bootfile_hidden(&k->r->edited, entry, present, &now, &listed, err);
	if (rc < 0 && !look.as_it_was)
		return rc;
	if (look.as_it_was || !look.known)
		keep_hide_whole(k, entry, &look, &tried, &now, look.as_it_was ? &now : &listed);
	else
		merge_hide(k, entry, &look, &tried, &now, &listed);
	return 0;
}

/* ---- all of it ------------------------------------------------------------------------------------------------------ */

static bool counts(const struct keep *k, size_t entry, enum grub_target target)
{
	const struct grubcfg *g = &k->r->edited.cfg;

	return grubcfg_chosen(g, entry, run_entries(k->r)) && g->v[entry].args[target].there;
}

static int keep_key(struct keep *k, const struct grubtry_key *key, struct err *err)
{
	_cleanup_(setting_done) struct setting tried = tried_value(k, key);
	int rc = bootplan_check_value(k->r, key->target, key->key, tried.text, err);

	for (size_t e = 0; rc == 0 && e < k->r->edited.cfg.n; e++)
		if (counts(k, e, key->target))
			keep_entry(k, e, key, &tried);
	return rc;
}

/* What the devices' owners say; giving the try up is one more way out. */
static void check_devices(struct keep *k)
{
	struct findings *all = &k->r->res->findings;
	size_t n = all->n;

	run_checks(k->r, CHECK_HIDE, &k->hides, NULL);
	run_checks(k->r, CHECK_UNHIDE, &k->unhides, NULL);
	for (; n < all->n; n++) {
		struct finding *f = &all->v[n];
		char *remedy = f->remedy;

		if (f->severity != SEV_REFUSE)
			continue;
		f->remedy = remedy ? xasprintf("%s; or " DROP, remedy) : xstrdup(DROP);
		free(remedy);
	}
}

static int keep_all(struct keep *k, struct err *err)
{
	struct run *r = k->r;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < k->keys.n; i++)
		if (!is_hide(&k->keys.v[i]))
			rc = keep_key(k, &k->keys.v[i], err);
	for (size_t e = 0; rc == 0 && e < r->edited.cfg.n; e++)
		if (counts(k, e, GRUB_DOM0))
			rc = keep_hide(k, e, err);
	check_devices(k);
	return rc;
}

int bootplan_try_keep(struct run *r, struct err *err)
{
	_cleanup_(keep_done) struct keep k = { .r = r };
	struct bootfile *now = NULL;
	int rc = facts_boot(r->facts, &now, err), try;

	if (rc < 0)
		return rc;
	try = grubtry_find(&now->cfg);
	if (try < 0) {
		err_set(err, ENOENT, "'%s' has no entry that is to be tried, or was", now->path);
		return err_hint(err, "boot=try makes one: pci-hide device=... boot=try");
	}
	k.from = now;
	k.try = (size_t)try;
	grubtry_read_keys(&now->cfg, k.try, &k.keys);
	if (!k.keys.n) {
		err_set(err, ENODATA, "'%s' does not tell what is tried: its comments are gone", now->cfg.v[try].title);
		return err_hint(err, "set it in the usual entries, then take the entry away with boot-try-drop");
	}
	rc = bootplan_try_without(r, now, true, err);
	if (rc == 0)
		rc = keep_all(&k, err);
	if (rc == 0 && plan_has(&r->res->plan, CHANGE_BOOT))
		r->proven = checks_try_keep(r->facts, now, &r->res->findings);
	if (rc == 0 && plan_has(&r->res->plan, CHANGE_BOOT) && (!r->proven || k.merged))
		plan_next_reboot(&r->res->plan, "boot parameters are read when it starts");
	return rc;
}

static void say_refused(struct run *r, const char *subject, const char *reason, const char *remedy)
{
	_cleanup_free_ char *text = xasprintf("this host was started with what was tried (boot=try), and that does not become the usual: %s",
					      reason);
	struct finding *f = findings_add(&r->res->findings, "WANTED_TRY", SEV_WARN, subject, text);

	if (!remedy || !*remedy)
		f->remedy = xstrdup(DROP);
	else if (strstr(remedy, DROP))
		f->remedy = xstrdup(remedy);
	else
		f->remedy = xasprintf("%s (boot-try-keep then keeps it); or " DROP, remedy);
}

bool bootplan_try_keep_refused(struct run *r)
{
	struct result res = { 0 };
	struct run attempt = { .facts = r->facts, .args = r->args, .opt = r->opt, .res = &res };
	struct err why = { 0 };
	bool refused = bootplan_try_keep(&attempt, &why) < 0 || run_settle(&attempt, &why) < 0, said = false;

	for (size_t i = 0; i < res.findings.n; i++) {
		const struct finding *f = &res.findings.v[i];

		if (f->severity != SEV_REFUSE)
			continue;
		say_refused(r, f->subject, f->text, f->remedy);
		said = true;
	}
	if (refused && !said)
		say_refused(r, attempt.edited.path ? attempt.edited.path : "boot file", why.text, why.hint);
	bootfile_done(&attempt.edited);
	result_done(&res);
	return refused;
}
