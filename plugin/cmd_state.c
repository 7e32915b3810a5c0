/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_state.c - what was changed, and taking it back. */

#include <stdio.h>

#include "cmdline/dropin.h"
#include "cmdline/grubtry.h"
#include "cmdline/hide.h"
#include "plugin/bootplan.h"
#include "plugin/commands.h"
#include "plugin/journal.h"
#include "plugin/plan_reboot.h"
#include "plugin/state.h"
#include "plugin/usbplan.h"
#include "plugin/usbgive.h"
#include "xenhelpers/vmpci.h"

/* ---- state-history ---------------------------------------------------------------------------------------- */

enum { H_ID, H_TIME, H_STATE, H_DOOR, H_COMMAND, H_CHANGES, H_UNDOES, H_IMAGE };

static const struct field history_fields[] = {
	[H_ID] = { "id", V_NUMBER, true, "number of the entry: what state-rollback to= takes" },
	[H_TIME] = { "time", V_TEXT, true, "when, UTC" },
	[H_STATE] = { "state", V_TEXT, true, "done (written and read back), failed, undone, begun: it died half-way" },
	[H_DOOR] = { "door", V_TEXT, false, "cli, plugin, guard or reapply" },
	[H_COMMAND] = { "command", V_TEXT, true, "as it was given" },
	[H_CHANGES] = { "changes", V_LIST, true, "what was changed, from what to what" },
	[H_UNDOES] = { "undoes", V_LIST, false, "entries that it took back" },
	[H_IMAGE] = { "before-image", V_BOOL, false, "the boot file as it was before is kept" },
};
static const struct record_type history_type = RECORD_TYPE("history entry", history_fields);

static char *change_subject(const struct change *c)
{
	_cleanup_free_ char *name = change_name(c);

	if (c->kind == CHANGE_BOOT || c->kind == CHANGE_TRY || c->kind == CHANGE_FILE)
		return TAKE_PTR(name);
	if (c->kind == CHANGE_STATE)
		return TAKE_PTR(name);
	if (c->kind == CHANGE_DEVICE)
		return xasprintf("device %s", BDF_STR(c->bdf));
	return xasprintf("%s of %s '%s'", name, change_class(c), c->name);
}

static void put_changes(const struct plan *p, struct record *rec)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		const struct change *c = &p->v[i];
		_cleanup_free_ char *what = change_subject(c);

		_cleanup_free_ char *from = setting_shown(&c->old), *to = setting_shown(&c->new);

		strv_addf(&list, "%s: %s -> %s", what, c->old_shown ? c->old_shown : from, c->new_shown ? c->new_shown : to);
	}
	record_list(rec, H_CHANGES, &list);
}

static void put_entry(struct run *r, const struct journal_entry *e)
{
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv undoes = { 0 };

	record_number(rec, H_ID, e->id);
	record_text(rec, H_TIME, e->time);
	record_text(rec, H_STATE, journal_state_name(e->state));
	record_text(rec, H_DOOR, e->door);
	record_text(rec, H_COMMAND, e->command);
	put_changes(&e->plan, rec);
	for (size_t i = 0; i < e->plan.n_undoes; i++)
		strv_addf(&undoes, "%u", e->plan.undoes[i]);
	record_list(rec, H_UNDOES, &undoes);
	record_bool(rec, H_IMAGE, e->image.len ? TRI_YES : TRI_NO);
}

static int run_history(struct run *r, struct err *err)
{
	struct journal j;
	int rc = journal_read(facts_host(r->facts), &j, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < j.n; i++)
		put_entry(r, &j.v[i]);
	for (size_t i = 0; i < j.unreadable.n; i++)
		strv_addf(&r->res->notes, "journal entry %s", j.unreadable.v[i]);
	journal_done(&j);
	return 0;
}

const struct command cmd_state_history = {
	.name = "state-history",
	.summary = "what this program changed on this host, when, and whether it can be taken back",
	.flags = CMD_LIST,
	.type = &history_type,
	.run = run_history,
};

/* ---- state-rollback ------------------------------------------------------------------------------------------ */

static bool is_rollback(const struct journal_entry *e)
{
	return e->plan.n_undoes > 0;
}

/*
 * The entries to take back, newest first.  Without `to`: the newest that still stands and is not itself a rollback, so that one rollback after
 * the other goes further back.  With it: all that came after, rollbacks and what they took back included: they cancel out.
 */
static int chosen_entries(const struct journal *j, const char *to, const struct journal_entry **v, size_t *n, struct err *err)
{
	unsigned above = 0;
	bool known = false;

	if (to && !str_to_uint(to, 999999, &above)) {
		err_set(err, EINVAL, "to=%s: not the number of a history entry", to);
		return err_usage(err);
	}
	for (size_t i = j->n; i--;) {
		const struct journal_entry *e = &j->v[i];
		bool stands = e->state == JOURNAL_DONE && !plan_is_passing(&e->plan);

		known |= e->id == above;
		if (to ? e->id > above && (stands || e->state == JOURNAL_UNDONE) : !*n && stands && !is_rollback(e))
			v[(*n)++] = e;
	}
	if (to && above && !known) {
		err_set(err, ENOENT, "there is no history entry %u", above);
		return err_hint(err, "state-history shows them; to=0 takes everything back");
	}
	return 0;
}

/* Are both changes about the same thing, so that the older one's old value is where an undo of both ends? */
static bool same_thing(const struct change *a, const struct change *b)
{
	if (a->kind != b->kind || !streq0(a->key, b->key))
		return false;
	if (a->kind == CHANGE_STATE)
		return true;
	if (a->kind == CHANGE_DEVICE)
		return bdf_eq(a->bdf, b->bdf);
	if (a->kind == CHANGE_VUSB)
		return streq(a->uuid, b->uuid);
	if (change_is_usb(a))
		return true;
	if (a->kind == CHANGE_TRY || a->kind == CHANGE_FILE)
		return true; /* there is one such entry; and the path is the key */
	if (a->kind != CHANGE_BOOT)
		return streq(a->uuid, b->uuid) && streq(a->field, b->field);
	return a->target == b->target;
}

/* One thing that an undo restores: what it must hold now, and what it held before all of it. */
struct undo {
	const struct change *newest, *oldest;
	const char *title; /* the menu entry; NULL where it is no boot parameter */
	bool follows;	   /* the oldest one was made because it was wanted already, and is wanted still */
	char *why;
};

struct undos {
	struct undo *v;
	size_t n;
};

static void undos_done(struct undos *u)
{
	for (size_t i = 0; i < u->n; i++)
		free(u->v[i].why);
	free(u->v);
}

static void collect_one(struct undos *undos, const struct journal_entry *e, const struct change *change, const char *title)
{
	size_t u = 0;

	while (u < undos->n && !(streq0(undos->v[u].title, title) && same_thing(undos->v[u].oldest, change)))
		u++;
	if (u == undos->n) {
		ARRAY_GROW(undos->v, undos->n);
		undos->v[undos->n++] = (struct undo){
			.newest = change,
			.title = title,
			.why = xasprintf("takes back history entry %u: %s", e->id, e->command),
		};
	}
	undos->v[u].oldest = change;
	undos->v[u].follows = e->plan.keep_state || change->follows;
}

/* Menu entries are looked at one by one: of two changes of a parameter, each may have been made in other entries. */
static void collect(const struct journal_entry *const *v, size_t n, struct undos *ret)
{
	for (size_t i = 0; i < n; i++)
		for (size_t c = v[i]->plan.n; c--;) {
			const struct change *change = &v[i]->plan.v[c];

			if (change_is_passing(change))
				continue;
			if (change->kind != CHANGE_BOOT)
				collect_one(ret, v[i], change, NULL);
			for (size_t t = 0; change->kind == CHANGE_BOOT && t < change->titles.n; t++)
				collect_one(ret, v[i], change, change->titles.v[t]);
		}
}

static int changed_since(const char *what, const struct setting *expected, const char *now, struct err *err)
{
	_cleanup_free_ char *should = setting_shown(expected);

	err_set(err, ESTALE, "%s was changed since: it should be '%s' and is '%s'", what, should,
		now ? now : "(absent)");
	return err_hint(err, "nothing was taken back; undo it by hand, or set the value that the history shows first");
}

/* What comes and goes in a hide list, for the checks that a command doing the same would ask. */
static void check_hide_undo(struct run *r, const char *from, const char *to, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset now = { 0 }, then = { 0 }, comes = { 0 }, goes = { 0 };
	_cleanup_free_ char *a = xasprintf(HIDE_KEY "=%s", from ? from : "");
	_cleanup_free_ char *b = xasprintf(HIDE_KEY "=%s", to ? to : "");

	bootargs_hidden(a, strlen(a), facts_present(r->facts), &now);
	bootargs_hidden(b, strlen(b), facts_present(r->facts), &then);
	for (size_t i = 0; i < then.n; i++)
		if (!bdfset_has(&now, then.v[i]))
			bdfset_add(&comes, then.v[i]);
	for (size_t i = 0; i < now.n; i++)
		if (!bdfset_has(&then, now.v[i]))
			bdfset_add(&goes, now.v[i]);
	run_checks(r, CHECK_LISTED, &comes, NULL);
	run_checks(r, CHECK_UNHIDE, &goes, vm);
}

static int undo_boot(struct run *r, const struct undo *u, const struct vm *vm, struct err *err)
{
	const struct setting *to = &u->oldest->old, *from = &u->newest->new;
	struct bootfile *b = NULL;
	size_t found = 0;
	int rc = facts_boot(r->facts, &b, err);

	if (rc < 0)
		return rc;
	for (size_t e = 0; e < b->cfg.n; e++) {
		_cleanup_(setting_done) struct setting have = { 0 };
		_cleanup_free_ char *shown = NULL;

		if (!streq(u->title, b->cfg.v[e].title) || !b->cfg.v[e].args[u->newest->target].there)
			continue;
		have = setting_of(b, e, u->newest->target, u->newest->key);
		shown = setting_shown(&have);
		if (!setting_eq(&have, from))
			return changed_since(u->newest->key, from, shown, err);
		plan_boot(&r->res->plan, b, e, u->newest->target, u->newest->key, to, u->why);
		found++;
	}
	if (!found)
		return err_set(err, ESTALE, "'%s' has no entry '%s' any more", b->path, u->title);
	if (u->newest->target == GRUB_DOM0 && hide_is_key(u->newest->key))
		check_hide_undo(r, u->newest->new.text, u->oldest->old.text, vm);
	return 0;
}

static void check_key_undo(struct run *r, const struct vm *vm, const char *to)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };

	vmpci_parse(to ? to : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped && !(vm->pci && vmpci_names(vm->pci, items.v[i].bdf)))
			bdfset_add(&devices, items.v[i].bdf);
	run_checks(r, CHECK_VM | CHECK_VM_OFF | CHECK_ATTACH, &devices, vm);
}

static int undo_vm(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *c = u->newest;
	const char *to = u->oldest->old.text;
	_cleanup_free_ char *now = NULL;
	const struct vm *vm;
	int rc = facts_find_vm(r->facts, c->uuid, &vm, err);

	if (rc == 0)
		rc = facts_vm_value(r->facts, vm, c->field, c->key, &now, err);
	if (rc < 0)
		return rc;
	if (!streq0(now, c->new.text)) {
		_cleanup_free_ char *what = xasprintf("%s of VM '%s'", c->field, vm->name);

		return changed_since(what, &c->new, now, err);
	}
	if (c->kind == CHANGE_VM_REF) {
		plan_vm_ref(&r->res->plan, vm, c->field, now, to, c->new_shown, u->oldest->old_shown, u->why);
		return 0;
	}
	if (streq(c->field, "other_config") && streq(c->key, "pci"))
		check_key_undo(r, vm, to);
	plan_vm_key(&r->res->plan, vm, c->field, c->key, now, to, u->why);
	return 0;
}

static int undo_pool(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *c = u->newest;
	const struct xapi_own *own;
	int rc = facts_own(r->facts, &own, err);

	if (rc < 0)
		return rc;
	if (!streq(own->uuid, c->uuid))
		return err_set(err, ESTALE, "the pool '%s' (%s) is not this host's any more", c->name, c->uuid);
	if (!streq0(xapi_own_get(own, c->key), c->new.text)) {
		_cleanup_free_ char *what = xasprintf("%s of the pool", c->key);

		return changed_since(what, &c->new, xapi_own_get(own, c->key), err);
	}
	plan_pool_key(&r->res->plan, own, c->key, u->oldest->old.text, u->why);
	return 0;
}

/* What was so until the next boot may have ended with it: then nothing is left to take back. */
static int undo_device(struct run *r, const struct undo *u, bool *ended, struct err *err)
{
	_cleanup_bdfset_ struct bdfset one = { 0 };
	const struct change *c = u->newest;
	bool to = streq(u->oldest->old.text, ASSIGNABLE), now;
	int rc = facts_is_assignable(r->facts, c->bdf, &now, err);

	if (rc < 0 || now == to) {
		*ended = rc == 0 && !setting_eq(&c->new, &u->oldest->old);
		return rc;
	}
	bdfset_add(&one, c->bdf);
	run_checks(r, to ? CHECK_LISTED | CHECK_ASSIGN : CHECK_UNHIDE, &one, NULL);
	plan_device(&r->res->plan, c->bdf, to, facts_driver(r->facts, c->bdf), u->why);
	return 0;
}

/* What came after it is taken back with it, or stays wanted: the fold of this plan sees to both. */
static int undo_state(struct run *r, const struct undo *u, struct err *err)
{
	const struct setting *to = &u->oldest->old;
	_cleanup_strbuf_ struct strbuf now = { 0 }, none = { 0 };
	_cleanup_(state_done) struct state s = { 0 }, empty = { 0 };
	bool there;
	int rc = state_read(facts_host(r->facts), &s, &now, &there, err);

	if (rc == 0 && !to->there)
		rc = state_format(&empty, &none, err);
	if (rc == 0)
		plan_state(&r->res->plan, there ? strbuf_str(&now) : NULL, to->there ? to->text : strbuf_str(&none),
			   u->newest->new_shown, u->oldest->old_shown, u->why);
	return rc;
}

/* The entry itself, with all that was set in it. */
static int undo_try(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *from = u->newest, *to = u->oldest;
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err);
	bool there;

	if (rc < 0)
		return rc;
	there = grubtry_find(&b->cfg) >= 0;
	if (there != from->new.there)
		return changed_since("the menu entry to be tried", &from->new, there ? "there" : NULL, err);
	if (to->old.there && !there)
		plan_try(&r->res->plan, "", false, u->why);
	else if (there && !to->old.there)
		plan_try(&r->res->plan, NULL, true, u->why);
	return 0;
}

/* The hide list in our settings file; NULL: none. */
static char *dropin_hide(const char *text)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };

	if (!text || dropin_parse(text, strlen(text), &d, NULL) < 0)
		return NULL;
	for (size_t i = 0; i < d.n; i++)
		if (d.v[i].target == GRUB_DOM0 && streq(d.v[i].key, HIDE_KEY) && d.v[i].value)
			return xstrdup(d.v[i].value);
	return NULL;
}

/*
 * A policy that the scanner would not read is not written, even where it is what was there.  That there was none can be had again: the scanner
 * fails then, and XAPI keeps what it offers.
 */
static int check_policy_undo(struct run *r, const struct strbuf *from, const struct strbuf *to, struct err *err)
{
	_cleanup_(policy_done) struct policy now = { 0 }, then = { 0 };
	struct err why = { 0 };

	if (from)
		policy_parse(strbuf_str(from), from->len, &now);
	policy_parse(strbuf_str(to), to->len, &then);
	if (policy_check(&then, "the file as it was before", &why) < 0) {
		err_set(err, EINVAL, "a policy that the scanner would reject is not written again: %s", why.text);
		return err_hint(err, "keep what is there; the text that was there stays with the history entry, below '" JOURNAL_DIR "'");
	}
	usbplan_tell_devices(r, from ? &now : NULL, &then);
	return 0;
}

/* The USB policy and what is kept beside it: only where it still has the bytes that we gave it. */
static int undo_policy(struct run *r, const struct undo *u, struct err *err)
{
	const struct setting *from = &u->newest->new, *to = &u->oldest->old;
	struct strbuf old = { .s = from->text, .len = from->text ? strlen(from->text) : 0 };
	struct strbuf new = { .s = to->text, .len = to->text ? strlen(to->text) : 0 };
	_cleanup_strbuf_ struct strbuf now = { 0 };
	int rc = host_read(facts_host(r->facts), u->newest->key, POLICY_MAX, &now, err);
	bool there = rc == 0, one = u->newest == u->oldest, policy;

	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	if (there != from->there || !strbuf_eq(&now, &old)) {
		err_set(err, ESTALE, "'%s' was changed since: its bytes are not those that this program wrote", u->newest->key);
		return err_hint(err, "nothing was taken back; undo it by hand: state-history shows what it was");
	}
	if (setting_eq(from, to))
		return 0;
	policy = streq(u->newest->key, POLICY_PATH);
	if (policy && !to->there)
		strv_add(&r->res->notes, "there was no '" POLICY_PATH "': without it XAPI's scanner fails, and what XAPI offers stays as it is");
	rc = policy && to->there ? check_policy_undo(r, there ? &old : NULL, &new, err) : 0;
	if (rc == 0)
		plan_file(&r->res->plan, u->newest->key, there ? &old : NULL, to->there ? &new : NULL,
			  one ? u->newest->new_shown : "as it is", one ? u->oldest->old_shown : "as it was", u->why);
	if (rc == 0 && policy && to->there)
		usbplan_rescan(r, &new);
	return rc;
}

/* grub clears its request as it boots the entry: then nothing is left to take back. */
static int undo_file(struct run *r, const struct undo *u, bool *ended, struct err *err)
{
	const struct change *from = u->newest, *to = u->oldest;
	_cleanup_strbuf_ struct strbuf now = { 0 }, old = { 0 };
	int rc = host_read(facts_host(r->facts), from->key, BOOTFILE_GRUBENV_MAX, &now, err);
	bool there = rc == 0, same;

	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	same = there == from->new.there && (!there || streq(strbuf_str(&now), from->new.text));
	if (!same && bootfile_is_grubenv(from->key)) {
		*ended = true;
		return 0;
	}
	if (!same)
		return changed_since(from->key, &from->new, there ? strbuf_str(&now) : NULL, err);
	strbuf_add(&old, to->old.text ? to->old.text : "");
	if (streq(from->key, DROPIN_PATH)) {
		_cleanup_free_ char *a = dropin_hide(from->new.text), *b = dropin_hide(to->old.text);

		check_hide_undo(r, a, b, NULL);
		strv_add(&r->res->plan.next, "update-grub");
	}
	if (!setting_eq(&from->new, &to->old))
		plan_file(&r->res->plan, from->key, there ? &now : NULL, to->old.there ? &old : NULL, from->new_shown, to->old_shown,
			  u->why);
	return 0;
}

static int undo_host(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *c = u->newest;
	const struct xapi_host *host;
	const char *now;
	int rc = facts_host_record(r->facts, &host, err);

	if (rc < 0)
		return rc;
	if (!streq(host->uuid, c->uuid))
		return err_set(err, ESTALE, "%s was changed on another host: '%s'", c->field, c->name);
	now = c->kind == CHANGE_HOST_KEY ? host->guest_mask : host->numa_policy;
	if (!streq0(now, c->new.text))
		return changed_since(c->field, &c->new, now, err);
	plan_host(&r->res->plan, host, c->field, c->key, u->oldest->old.text, u->why);
	return 0;
}

/* Pins end with the domain: then nothing is left to take back. */
static int undo_pins(struct run *r, const struct undo *u, bool *ended, struct err *err)
{
	_cleanup_free_ char *now = NULL;
	const struct xen_domain *d;
	const struct vm *vm;
	int rc = facts_domain(r->facts, u->newest->uuid, &d, err);

	if (rc == -ENOENT) {
		*ended = true;
		return 0;
	}
	if (rc == 0)
		rc = facts_find_vm(r->facts, u->newest->uuid, &vm, err);
	if (rc == 0)
		rc = facts_pins(r->facts, d, &now, err);
	if (rc < 0)
		return rc;
	/* A domain that was started since has the pins of its mask. */
	if (!streq(now, u->newest->new.text))
		*ended = true;
	else
		plan_pins(&r->res->plan, vm, now, u->oldest->old.text, u->why);
	return 0;
}

static int undo_kind(struct run *r, const struct undo *u, const struct vm *vm, bool *ended, struct err *err)
{
	if (u->newest->kind == CHANGE_STATE)
		return undo_state(r, u, err);
	if (u->newest->kind == CHANGE_TRY)
		return undo_try(r, u, err);
	if (u->newest->kind == CHANGE_FILE)
		return plan_file_is_usb(u->newest->key) ? undo_policy(r, u, err) : undo_file(r, u, ended, err);
	if (u->newest->kind == CHANGE_DEVICE)
		return undo_device(r, u, ended, err);
	if (change_is_usb(u->newest))
		return usbgive_undo(r, u->newest, u->oldest, u->why, err);
	if (u->newest->kind == CHANGE_POOL_KEY)
		return undo_pool(r, u, err);
	if (u->newest->kind == CHANGE_PINS)
		return undo_pins(r, u, ended, err);
	if (streq(change_class(u->newest), "host"))
		return undo_host(r, u, err);
	return u->newest->kind == CHANGE_BOOT ? undo_boot(r, u, vm, err) : undo_vm(r, u, err);
}

static int undo_one(struct run *r, const struct undo *u, const struct vm *vm, bool *ended, struct err *err)
{
	struct plan *p = &r->res->plan;
	size_t n = p->n;
	int rc = undo_kind(r, u, vm, ended, err);

	for (; n < p->n; n++)
		p->v[n].follows = u->follows;
	return rc;
}

/* The VM whose key the same undo empties: that it names a device is no reason to keep the device hidden. */
static const struct vm *vm_of(struct run *r, const struct undo *v, size_t n)
{
	const struct vm *vm = NULL;

	for (size_t i = 0; i < n; i++)
		if (v[i].newest->kind == CHANGE_VM_KEY && streq(v[i].newest->field, "other_config") && streq(v[i].newest->key, "pci") &&
		    facts_find_vm(r->facts, v[i].newest->uuid, &vm, NULL) == 0)
			return vm;
	return NULL;
}

/* The file as it was to the byte, where the history proves that nobody else has touched it. */
static void restore_image(struct run *r, const struct journal_entry *const *v, size_t n)
{
	_cleanup_free_ const struct plan **forward = xcalloc(n, sizeof(*forward));
	const struct strbuf *image = NULL;
	struct bootfile *now = NULL;
	size_t k = 0;

	for (size_t i = n; i--;) {
		if (!v[i]->plan.boot_path)
			continue;
		if (!image)
			image = &v[i]->image;
		forward[k++] = &v[i]->plan;
	}
	if (image && image->len && facts_boot(r->facts, &now, NULL) == 0)
		plan_restores(&r->res->plan, forward, k, now, image, facts_brand(r->facts));
}

/* A parameter of the entry to be tried, where that comes or goes as a whole. */
static bool is_in_try(struct run *r, const struct undos *all, const struct undo *u)
{
	struct bootfile *b = NULL;
	bool whole = false;
	int try;

	for (size_t i = 0; i < all->n; i++)
		whole |= all->v[i].newest->kind == CHANGE_TRY;
	if (!whole || !u->title || facts_boot(r->facts, &b, NULL) < 0)
		return false;
	try = grubtry_find(&b->cfg);
	return try >= 0 && streq(u->title, b->cfg.v[try].title);
}

static bool undoes(const struct plan *p, unsigned id)
{
	for (size_t i = 0; i < p->n_undoes; i++)
		if (p->undoes[i] == id)
			return true;
	return false;
}

/* A refusal that only they overrode is one again. */
static void lift_overrides(const struct journal *j, struct plan *p)
{
	struct strv stands = { 0 };

	for (size_t i = 0; i < j->n; i++)
		for (size_t k = 0; j->v[i].state == JOURNAL_DONE && !undoes(p, j->v[i].id) && k < j->v[i].plan.overrides.n; k++)
			strv_add(&stands, j->v[i].plan.overrides.v[k]);
	for (size_t i = 0; i < j->n; i++)
		for (size_t k = 0; undoes(p, j->v[i].id) && k < j->v[i].plan.overrides.n; k++)
			if (!strv_has(&stands, j->v[i].plan.overrides.v[k]) && !strv_has(&p->lifts, j->v[i].plan.overrides.v[k]))
				strv_add(&p->lifts, j->v[i].plan.overrides.v[k]);
	strv_done(&stands);
}

static int plan_undo(struct run *r, const struct journal *j, const struct journal_entry *const *v, size_t n, struct err *err)
{
	_cleanup_(undos_done) struct undos undos = { 0 };
	struct plan *p = &r->res->plan;
	const struct vm *vm;
	bool ended = false, follows = false;
	int rc = 0;

	collect(v, n, &undos);
	vm = vm_of(r, undos.v, undos.n);
	for (size_t i = 0; rc == 0 && i < undos.n; i++)
		rc = is_in_try(r, &undos, &undos.v[i]) ? 0 : undo_one(r, &undos.v[i], vm, &ended, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < p->n; i++)
		follows |= p->v[i].follows;
	if (follows && !findings_refusal(&r->res->findings))
		strv_add(&r->res->notes, "what reapply or state-apply had done is wanted all the same, as it was before: the next one, at boot, does it "
					 "again (state-plan shows what); state-import takes over what is configured now instead");
	/* A history that cancels out leaves nothing to do; one entry that a boot has ended is closed. */
	if (!p->n && !(ended && n == 1 && v[0]->state == JOURNAL_DONE))
		return 0;
	restore_image(r, v, n);
	p->undoes = xcalloc(n, sizeof(*p->undoes));
	for (size_t i = 0; i < n; i++)
		if (v[i]->state == JOURNAL_DONE)
			p->undoes[p->n_undoes++] = v[i]->id;
	lift_overrides(j, p);
	if (plan_needs(p, EFFECT_HOST_REBOOT))
		plan_next_reboot(p, "boot parameters are read when it starts");
	return 0;
}

static const struct param rollback_params[] = {
	{ "to", "ID", 0, "take back everything after this history entry; without it, the last change" },
	PARAM_REBOOT,
	PARAM_FORCE,
	{ 0 },
};

static int run_rollback(struct run *r, struct err *err)
{
	_cleanup_free_ const struct journal_entry **v = NULL;
	struct journal j;
	size_t n = 0;
	int rc = journal_read(facts_host(r->facts), &j, err);

	if (rc < 0)
		return rc;
	v = xcalloc(j.n, sizeof(*v));
	rc = chosen_entries(&j, args_get(r->args, "to"), v, &n, err);
	if (rc == 0 && n)
		rc = plan_undo(r, &j, v, n, err);
	journal_done(&j);
	return rc;
}

const struct command cmd_state_rollback = {
	.name = "state-rollback",
	.summary = "take back the last change, or all after a history entry",
	.params = rollback_params,
	.flags = CMD_WRITES,
	.run = run_rollback,
};
