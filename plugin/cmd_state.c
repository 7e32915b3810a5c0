/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_state.c - what was changed, and taking it back. */

#include <stdio.h>

#include "cmdline/grubtry.h"
#include "plugin/commands.h"
#include "plugin/journal.h"
#include "plugin/plan_reboot.h"
#include "plugin/rollback.h"

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

	if (c->kind == CHANGE_BOOT || c->kind == CHANGE_TRY || c->kind == CHANGE_FILE || c->kind == CHANGE_STATE)
		return TAKE_PTR(name);
	if (c->kind == CHANGE_DEVICE)
		return xasprintf("device %s", BDF_STR(c->bdf));
	if (c->kind == CHANGE_PUSB || c->kind == CHANGE_SCAN) {
		_cleanup_free_ char *where = change_usb_where(c);

		return xasprintf("%s of %s", name, where);
	}
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

static bool undoes(const struct plan *p, unsigned id)
{
	for (size_t i = 0; i < p->n_undoes; i++)
		if (p->undoes[i] == id)
			return true;
	return false;
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
	undos->v[u].anew |= change->kind == CHANGE_TRY && change->new.there;
	undos->v[u].follows = e->plan.keep_state || change->follows;
}

/*
 * Of entries, newest first: which cancel out, a rollback and all that it took back.  Marks them in `gone`.  One that reaches further back
 * than these counts, and so does what it took back of these.
 */
static void cancel(const struct journal_entry *const *v, size_t n, bool *gone)
{
	for (size_t i = 0; i < n; i++) {
		const struct plan *p = &v[i]->plan;
		bool within = p->n_undoes && !gone[i];

		for (size_t k = 0; k < p->n_undoes; k++)
			within &= p->undoes[k] >= v[n - 1]->id;
		gone[i] |= within;
		for (size_t older = i + 1; within && older < n; older++)
			gone[older] |= undoes(p, v[older]->id);
	}
}

/* Menu entries are looked at one by one: of two changes of a parameter, each may have been made in other entries. */
static void collect(const struct journal_entry *const *v, size_t n, const bool *gone, struct undos *ret)
{
	for (size_t i = 0; i < n; i++)
		for (size_t c = gone[i] ? 0 : v[i]->plan.n; c--;) {
			const struct change *change = &v[i]->plan.v[c];

			if (change_is_passing(change))
				continue;
			if (change->kind != CHANGE_BOOT)
				collect_one(ret, v[i], change, NULL);
			for (size_t t = 0; change->kind == CHANGE_BOOT && t < change->titles.n; t++)
				collect_one(ret, v[i], change, change->titles.v[t]);
		}
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

/*
 * The file as it was to the byte, where the history proves that nobody else has touched it.  gone: entries to pass over, which cancel out;
 * NULL: none.
 */
static bool restore_image(struct run *r, const struct journal_entry *const *v, size_t n, const bool *gone)
{
	_cleanup_free_ const struct plan **forward = xcalloc(n, sizeof(*forward));
	const struct strbuf *image = NULL;
	struct bootfile *now = NULL;
	size_t k = 0;

	for (size_t i = n; i--;) {
		if ((gone && gone[i]) || !v[i]->plan.boot_path)
			continue;
		if (!image)
			image = &v[i]->image;
		forward[k++] = &v[i]->plan;
	}
	return image && image->len && facts_boot(r->facts, &now, NULL) == 0 &&
	       plan_restores(&r->res->plan, forward, k, now, image, facts_brand(r->facts));
}

/* A parameter of the entry to be tried, where that comes or goes as a whole, or has come and gone. */
static bool is_in_try(const struct undos *all, const struct undo *u)
{
	bool whole = false;

	for (size_t i = 0; i < all->n; i++)
		whole |= all->v[i].newest->kind == CHANGE_TRY;
	return whole && u->title && grubtry_is_title(u->title);
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
	_cleanup_free_ bool *gone = xcalloc(n, sizeof(*gone));
	struct plan *p = &r->res->plan;
	const struct vm *vm;
	bool ended = false, follows = false;
	int rc = 0;

	cancel(v, n, gone);
	collect(v, n, gone, &undos);
	vm = vm_of(r, undos.v, undos.n);
	for (size_t i = 0; rc == 0 && i < undos.n; i++)
		rc = is_in_try(&undos, &undos.v[i]) ? 0 : rollback_one(r, &undos.v[i], vm, &ended, err);
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
	if (!restore_image(r, v, n, NULL))
		restore_image(r, v, n, gone);
	/* Those that are undone besides: they must not stand again now that their takers are taken back. */
	p->undoes = xcalloc(n, sizeof(*p->undoes));
	for (size_t i = 0; i < n; i++)
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

/* A refusal that nothing overrides. */
static bool has_final(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity == SEV_REFUSE && f->v[i].final)
			return true;
	return false;
}

static int run_rollback(struct run *r, struct err *err)
{
	_cleanup_free_ const struct journal_entry **v = NULL;
	const char *to = args_get(r->args, "to");
	struct journal j;
	size_t n = 0;
	int rc = journal_read(facts_host(r->facts), &j, err);

	if (rc < 0)
		return rc;
	v = xcalloc(j.n, sizeof(*v));
	rc = chosen_entries(&j, to, v, &n, err);
	if (rc == 0 && n)
		rc = plan_undo(r, &j, v, n, err);
	if (!to && has_final(&r->res->findings))
		strv_add(&r->res->notes, "state-rollback to=ID takes back everything after an older entry at once: then only what that comes to "
					 "is asked (state-history shows the entries)");
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
