/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan.c - see plan.h */

#include "cmdline/bootargs.h"
#include "cmdline/dropin.h"
#include "cmdline/grubenv.h"
#include "cmdline/grubtry.h"
#include "plugin/plan_reboot.h"
#include "usbpolicy/policy_merge.h"

#define DOM0_LINE_MAX 2048 /* COMMAND_LINE_SIZE of Linux on x86, its NUL included (facts, 4.3) */

/* ---- building ------------------------------------------------------------------------------------------ */

static void copy_before(struct setting *to, const struct setting *from)
{
	for (size_t i = 0; i < from->before.n; i++)
		strv_add(&to->before, from->before.v[i]);
}

void change_done(struct change *c)
{
	free(c->why);
	setting_done(&c->old);
	setting_done(&c->new);
	strv_done(&c->titles);
	free(c->key);
	free(c->ref);
	free(c->uuid);
	free(c->name);
	free(c->field);
	free(c->old_shown);
	free(c->new_shown);
	free(c->driver);
}

static void action_done(struct action *a)
{
	free(a->method);
	json_decref(a->params);
	free(a->what);
	free(a->where);
	free(a->from);
	free(a->to);
	free(a->why);
	free(a->uuid);
}

void plan_done(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		change_done(&p->v[i]);
	free(p->v);
	free(p->boot_path);
	strbuf_done(&p->boot_old);
	strbuf_done(&p->boot_new);
	bootfile_done(&p->boot_then);
	free(p->undoes);
	for (size_t i = 0; i < p->n_by_hand; i++) {
		free(p->by_hand[i].key);
		free(p->by_hand[i].from);
		free(p->by_hand[i].to);
		free(p->by_hand[i].why);
	}
	free(p->by_hand);
	for (size_t i = 0; i < p->n_actions; i++)
		action_done(&p->actions[i]);
	free(p->actions);
	for (size_t i = 0; i < p->n_left; i++) {
		free(p->left[i].device);
		free(p->left[i].vm);
		free(p->left[i].why);
		free(p->left[i].hint);
	}
	free(p->left);
	strv_done(&p->next);
	strv_done(&p->overrides);
	strv_done(&p->lifts);
	strv_done(&p->words);
	free(p->message);
	free(p->underway);
	if (p->then)
		plan_done(p->then);
	free(p->then);
	*p = (struct plan){ 0 };
}

void plan_word(struct plan *p, const char *word, const struct bdfset *devices, const char *vm)
{
	for (size_t i = 0; i < devices->n; i++)
		strv_addf(&p->words, "%s %s%s%s", word, BDF_STR(devices->v[i]), vm ? " " : "", vm ? vm : "");
}

void plan_by_hand(struct plan *p, const char *key, const char *from, const char *to, const char *why)
{
	ARRAY_GROW(p->by_hand, p->n_by_hand);
	p->by_hand[p->n_by_hand++] = (struct by_hand){
		.key = xstrdup(key),
		.from = from ? xstrdup(from) : NULL,
		.to = to ? xstrdup(to) : NULL,
		.why = xstrdup(why),
	};
}

static struct change *add_change(struct plan *p, enum change_kind kind, enum effect effect, const char *why)
{
	ARRAY_GROW(p->v, p->n);
	p->v[p->n] = (struct change){ .kind = kind, .effect = effect, .why = xstrdup(why) };
	return &p->v[p->n++];
}

static struct change *same_change(struct plan *p, enum grub_target target, const char *key, const struct setting *old,
				  const struct setting *new)
{
	for (size_t i = 0; i < p->n; i++) {
		struct change *c = &p->v[i];

		if (c->kind == CHANGE_BOOT && c->target == target && streq(c->key, key) && setting_eq(&c->old, old) &&
		    setting_eq(&c->new, new))
			return c;
	}
	return NULL;
}

void plan_boot(struct plan *p, const struct bootfile *b, size_t entry, enum grub_target target, const char *key,
	       const struct setting *new, const char *why)
{
	_cleanup_(setting_done) struct setting old = setting_of(b, entry, target, key);
	_cleanup_(bootvalue_done) struct bootvalue now = { 0 };
	struct change *c;

	bootfile_get(b, entry, target, key, &now);
	if (now.count <= 1 + new->before.n && setting_eq(&old, new))
		return;
	c = same_change(p, target, key, &old, new);
	if (!c) {
		c = add_change(p, CHANGE_BOOT, EFFECT_HOST_REBOOT, why);
		c->target = target;
		c->key = xstrdup(key);
		c->old = old;
		old = (struct setting){ 0 };
		c->new = setting_copy(new->there, new->text);
		copy_before(&c->new, new);
	}
	strv_add(&c->titles, b->cfg.v[entry].title);
}

static struct change *add_vm_change(struct plan *p, enum change_kind kind, const struct vm *vm, const char *field,
				    const char *old, const char *value, const char *why)
{
	struct change *c;

	if (streq0(old, value))
		return NULL;
	c = add_change(p, kind, EFFECT_VM_START, why);
	c->ref = xstrdup(vm->ref);
	c->uuid = xstrdup(vm->uuid);
	c->name = xstrdup(vm->name);
	c->field = xstrdup(field);
	c->old = setting_copy(old != NULL, old);
	c->new = setting_copy(value != NULL, value);
	return c;
}

void plan_vm_key(struct plan *p, const struct vm *vm, const char *map, const char *key, const char *old, const char *value,
		 const char *why)
{
	struct change *c = add_vm_change(p, CHANGE_VM_KEY, vm, map, old, value, why);

	if (c)
		c->key = xstrdup(key);
}

void plan_pool_key(struct plan *p, const struct xapi_own *own, const char *key, const char *value, const char *why)
{
	const char *old = xapi_own_get(own, key);
	struct change *c;

	if (streq0(old, value))
		return;
	c = add_change(p, CHANGE_POOL_KEY, EFFECT_NOW, why);
	c->ref = xstrdup(own->ref);
	c->uuid = xstrdup(own->uuid);
	c->name = xstrdup(own->name);
	c->field = xstrdup("other_config");
	c->key = xstrdup(key);
	c->old = setting_copy(old != NULL, old);
	c->new = setting_copy(value != NULL, value);
}

void plan_vm_ref(struct plan *p, const struct vm *vm, const char *field, const char *old, const char *value,
		 const char *old_shown, const char *new_shown, const char *why)
{
	struct change *c = add_vm_change(p, CHANGE_VM_REF, vm, field, old, value, why);

	if (!c)
		return;
	c->old_shown = old_shown ? xstrdup(old_shown) : NULL;
	c->new_shown = new_shown ? xstrdup(new_shown) : NULL;
}

static const char *host_value(const struct xapi_host *host, const char *field)
{
	return streq(field, "numa_affinity_policy") ? host->numa_policy : host->guest_mask;
}

void plan_host(struct plan *p, const struct xapi_host *host, const char *field, const char *key, const char *value, const char *why)
{
	const char *old = host_value(host, field);
	struct change *c;

	if (streq0(old, value))
		return;
	c = add_change(p, key ? CHANGE_HOST_KEY : CHANGE_HOST_FIELD, EFFECT_VM_START, why);
	c->ref = xstrdup(host->ref);
	c->uuid = xstrdup(host->uuid);
	c->name = xstrdup(host->name);
	c->field = xstrdup(field);
	c->key = key ? xstrdup(key) : NULL;
	c->old = setting_copy(old != NULL, old);
	c->new = setting_copy(value != NULL, value);
}

void plan_pins(struct plan *p, const struct vm *vm, const char *now, const char *then, const char *why)
{
	struct change *c = add_vm_change(p, CHANGE_PINS, vm, "pins", now, then, why);

	if (c)
		c->effect = EFFECT_NOW;
}

void plan_device(struct plan *p, struct bdf bdf, bool assignable, const char *driver, const char *why)
{
	struct change *c = add_change(p, CHANGE_DEVICE, EFFECT_NOW, why);

	c->bdf = bdf;
	c->old = setting_copy(true, assignable ? NOT_ASSIGNABLE : ASSIGNABLE);
	c->new = setting_copy(true, assignable ? ASSIGNABLE : NOT_ASSIGNABLE);
	c->driver = driver ? xstrdup(driver) : NULL;
	if (assignable)
		c->old_shown = driver ? xasprintf(NOT_ASSIGNABLE ", driver %s", driver) : xstrdup(NOT_ASSIGNABLE ", no driver");
}

void plan_state(struct plan *p, const char *old, const char *new, const char *old_shown, const char *new_shown, const char *why)
{
	struct change *c = add_change(p, CHANGE_STATE, EFFECT_NOW, why);

	c->old = setting_copy(old != NULL, old);
	c->new = setting_copy(true, new);
	c->old_shown = xstrdup(old_shown);
	c->new_shown = xstrdup(new_shown);
}

void plan_try(struct plan *p, const char *source, bool was, const char *why)
{
	struct change first = { .kind = CHANGE_TRY, .effect = EFFECT_HOST_REBOOT, .why = xstrdup(why) };

	if (was)
		first.old = setting_copy(true, "there");
	if (source) {
		_cleanup_free_ char *text = *source ? xasprintf("a copy of '%s'", source) : xstrdup("as it was");

		first.new = setting_copy(true, text);
		strv_add(&first.titles, source);
	}
	ARRAY_GROW(p->v, p->n);
	memmove(p->v + 1, p->v, p->n++ * sizeof(*p->v));
	p->v[0] = first;
}

void plan_file(struct plan *p, const char *path, const struct strbuf *old, const struct strbuf *new, const char *old_shown,
	       const char *new_shown, const char *why)
{
	struct change *c = add_change(p, CHANGE_FILE, plan_file_effect(path), why);

	c->key = xstrdup(path);
	c->old = setting_copy(old != NULL, old ? strbuf_str(old) : NULL);
	c->new = setting_copy(new != NULL, new ? strbuf_str(new) : NULL);
	c->old_shown = old && old_shown ? xstrdup(old_shown) : NULL;
	c->new_shown = new && new_shown ? xstrdup(new_shown) : NULL;
}

bool plan_file_is_ours(const char *path, const char *text)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };

	if (bootfile_is_grubenv(path))
		return !text || !*text || (strlen(text) <= BOOTFILE_GRUBENV_MAX &&
				 grubenv_set(text, strlen(text), GRUBTRY_VAR, NULL, &out, NULL) == 0);
	if (streq(path, DROPIN_PATH)) {
		_cleanup_(dropin_done) struct dropin d = { 0 };

		return !text || dropin_parse(text, strlen(text), &d, NULL) == 0;
	}
	if (streq(path, POLICY_PATH)) /* whether the scanner takes it is asked before it is written: it may be what was there */
		return !text || strlen(text) <= POLICY_MAX;
	if (streq(path, POLICY_RECORD_PATH))
		return !text || policy_record_parse(text, strlen(text), NULL, NULL);
	if (streq(path, REBOOT_MARK)) {
		_cleanup_(reboot_mark_done) struct reboot_mark m = { 0 };

		return !text || reboot_mark_parse(text, &m);
	}
	return false;
}

bool plan_file_is_usb(const char *path)
{
	return streq(path, POLICY_PATH) || streq(path, POLICY_RECORD_PATH);
}

enum effect plan_file_effect(const char *path)
{
	return plan_file_is_usb(path) || streq(path, REBOOT_MARK) ? EFFECT_NOW : EFFECT_HOST_REBOOT;
}

/* ---- the boot file under a plan ---------------------------------------------------------------------------- */

/* Does the entry hold the old value, so that the change is meant for it? (Two entries may have one title.) */
static bool is_meant(const struct bootfile *b, size_t entry, const struct change *c)
{
	_cleanup_(setting_done) struct setting have = { 0 };

	if (!strv_has(&c->titles, b->cfg.v[entry].title) || !b->cfg.v[entry].args[c->target].there)
		return false;
	have = setting_of(b, entry, c->target, c->key);
	return setting_eq(&have, &c->old);
}

static int edit_args(struct strbuf *args, const struct change *c, struct err *err)
{
	if (!c->new.there)
		return bootargs_delete(args, c->key, err);
	if (!c->new.before.n)
		return bootargs_set(args, c->key, c->new.text, err);
	return bootargs_set_all(args, c->key, &c->new.before, c->new.text, err);
}

/* The kernel cuts a longer line without a word, and what is cut may be the hide list. */
static int check_length(enum grub_target target, size_t before, size_t now, struct err *err)
{
	if (target != GRUB_DOM0 || now <= before || now < DOM0_LINE_MAX)
		return 0;
	err_set(err, E2BIG, "dom0's command line would have %zu bytes: the kernel cuts it at %d", now, DOM0_LINE_MAX);
	return err_hint(err, "nothing was changed; remove parameters that are not needed");
}

/* What one command line of one entry becomes; *changed tells whether the plan means it at all. */
static int edit_line(const struct plan *p, const struct bootfile *from, size_t entry, enum grub_target target,
		     struct strbuf *args, bool *changed, struct err *err)
{
	size_t len;
	const char *now = grubcfg_args(&from->cfg, entry, target, &len);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < p->n; i++) {
		const struct change *c = &p->v[i];

		if (c->kind != CHANGE_BOOT || c->target != target || !is_meant(from, entry, c))
			continue;
		if (!*changed)
			strbuf_addn(args, now, len);
		rc = edit_args(args, c, err);
		*changed = true;
	}
	if (rc == 0 && *changed)
		rc = check_length(target, len, args->len, err);
	return rc < 0 ? err_wrap(err, "entry '%s'", from->cfg.v[entry].title) : 0;
}

struct edits {
	struct grub_edit *v;
	size_t n;
	struct strv texts; /* that the edits point to */
};

static void edits_done(struct edits *e)
{
	free(e->v);
	strv_done(&e->texts);
}

static int collect_edits(const struct plan *p, const struct bootfile *from, struct edits *ret, struct err *err)
{
	for (size_t e = 0; e < from->cfg.n; e++)
		for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
			_cleanup_strbuf_ struct strbuf args = { 0 };
			bool changed = false;
			int rc;

			if (!from->cfg.v[e].args[t].there)
				continue;
			rc = edit_line(p, from, e, t, &args, &changed, err);
			if (rc < 0)
				return rc;
			if (!changed)
				continue;
			strv_add_take(&ret->texts, strbuf_take(&args));
			ARRAY_GROW(ret->v, ret->n);
			ret->v[ret->n++] = (struct grub_edit){ e, t, ret->texts.v[ret->texts.n - 1] };
		}
	return 0;
}

/* The menu as the plan's first step leaves it, or as it is. */
static int menu_step(const struct plan *p, const struct bootfile *from, const char *brand, struct bootfile *ret, struct err *err)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct change *c = &p->v[i];
		_cleanup_strbuf_ struct strbuf text = { 0 };
		int rc;

		if (c->kind != CHANGE_TRY)
			continue;
		if (c->new.there && !*c->titles.v[0]) {
			err_set(err, ESTALE, "the entry to be tried is gone, and the boot file is not as it was then");
			return err_hint(err, "nothing was changed; make the entry anew with boot=try, after boot-try-drop where another one is there");
		}
		if (c->new.there)
			rc = grubtry_add(from->path, &from->cfg.text, c->titles.v[0], &text, err);
		else
			rc = grubtry_remove(from->path, &from->cfg.text, &text, err);
		return rc < 0 ? rc : bootfile_parse(from->path, &text, brand, ret, err);
	}
	return bootfile_parse(from->path, &from->cfg.text, brand, ret, err);
}

/* The parameters that the plan changes in the entry to be tried are told in it, with what they were before. */
static void tell_keys(const struct plan *p, struct grubcfg *cfg, const struct grubcfg *before)
{
	_cleanup_(grubtry_keys_done) struct grubtry_keys keys = { 0 };
	int entry = grubtry_find(cfg);
	struct strbuf text = { 0 };

	for (size_t i = 0; entry >= 0 && i < p->n; i++)
		if (p->v[i].kind == CHANGE_BOOT && strv_has(&p->v[i].titles, cfg->v[entry].title))
			grubtry_keys_add(&keys, p->v[i].target, p->v[i].key);
	if (!keys.n)
		return;
	grubtry_tell_keys(cfg, (size_t)entry, &keys, before, &text);
	strbuf_done(&cfg->text);
	cfg->text = text;
}

/* An entry to be tried comes or goes, or is told what is tried in it: as in edited_text(). */
static int edited_menu(const struct plan *p, const struct bootfile *from, const char *brand, struct strbuf *ret, struct err *err)
{
	_cleanup_(bootfile_done) struct bootfile to = { 0 }, base = { 0 };
	_cleanup_(edits_done) struct edits edits = { 0 };
	int rc = menu_step(p, from, brand, &to, err);

	if (rc == 0)
		rc = menu_step(p, from, brand, &base, err);
	if (rc == 0)
		rc = collect_edits(p, &base, &edits, err);
	if (rc == 0)
		rc = grubcfg_edit(&to.cfg, edits.v, edits.n, err);
	if (rc < 0)
		return rc;
	tell_keys(p, &to.cfg, &base.cfg);
	*ret = to.cfg.text;
	to.cfg.text = (struct strbuf){ 0 };
	return 0;
}

/* Carry out all boot changes: they are found in `from`, which stays as it is. */
static int edited_text(const struct plan *p, const struct bootfile *from, const char *brand, struct strbuf *ret, struct err *err)
{
	_cleanup_(edits_done) struct edits edits = { 0 };
	int rc;

	if (plan_has(p, CHANGE_TRY) || grubtry_find(&from->cfg) >= 0)
		return edited_menu(p, from, brand, ret, err);
	rc = collect_edits(p, from, &edits, err);
	return rc < 0 ? rc : grubcfg_edited_text(&from->cfg, edits.v, edits.n, ret, err);
}

bool plan_has(const struct plan *p, enum change_kind k)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == k)
			return true;
	return false;
}

bool plan_changes_boot(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_BOOT || p->v[i].kind == CHANGE_TRY)
			return true;
	return false;
}

int plan_seal(struct plan *p, const struct bootfile *b, struct err *err)
{
	int rc;

	if (!b || !plan_changes_boot(p) || p->boot_path)
		return 0;
	rc = edited_text(p, b, NULL, &p->boot_new, err);
	if (rc < 0)
		return rc;
	p->boot_path = xstrdup(b->path);
	strbuf_addn(&p->boot_old, strbuf_str(&b->cfg.text), b->cfg.text.len);
	return 0;
}

void plan_drop_boot(struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_BOOT)
			change_done(&p->v[i]);
		else
			p->v[n++] = p->v[i];
	p->n = n;
	free(p->boot_path);
	p->boot_path = NULL;
	strbuf_done(&p->boot_old);
	strbuf_done(&p->boot_new);
	bootfile_done(&p->boot_then);
}

/* *text becomes what it is with the changes of one plan. */
static bool go_forward(struct strbuf *text, const struct plan *p, const char *path, const char *brand)
{
	_cleanup_(bootfile_done) struct bootfile from = { 0 };
	struct strbuf next = { 0 };

	if (bootfile_parse(path, text, brand, &from, NULL) < 0 || edited_text(p, &from, brand, &next, NULL) < 0)
		return false;
	strbuf_done(text);
	*text = next;
	return true;
}

bool plan_restores(struct plan *p, const struct plan *const *forward, size_t n, const struct bootfile *now,
		   const struct strbuf *text, const char *brand)
{
	_cleanup_strbuf_ struct strbuf t = { 0 };

	strbuf_addn(&t, strbuf_str(text), text->len);
	for (size_t i = 0; i < n; i++)
		if (!go_forward(&t, forward[i], now->path, brand))
			return false;
	if (!strbuf_eq(&t, &now->cfg.text))
		return false;
	p->boot_path = xstrdup(now->path);
	strbuf_addn(&p->boot_old, strbuf_str(&now->cfg.text), now->cfg.text.len);
	strbuf_addn(&p->boot_new, strbuf_str(text), text->len);
	return true;
}

/* ---- what is in it -------------------------------------------------------------------------------------------- */

bool plan_needs(const struct plan *p, enum effect e)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].effect == e)
			return true;
	return false;
}
