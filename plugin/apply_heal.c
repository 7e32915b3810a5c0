/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_heal.c - what an apply that died has left: finished, or taken back. */

#include <stdio.h>

#include "cmdline/grubtry.h"
#include "plugin/apply.h"
#include "plugin/apply_step.h"
#include "plugin/apply_usb.h"
#include "plugin/state.h"

/*
 * Where the bytes do not prove it (another program edited the file since, or a rollback had restored older bytes): the values
 * themselves.  Those that are the new ones go into `back`.
 */
static int boot_values(const struct bootfile *now, const struct plan *forward, struct plan *back, enum progress *ret,
		       struct err *err)
{
	size_t is_new = 0, is_old = 0, is_other = 0;

	for (size_t i = 0; i < forward->n; i++) {
		const struct change *c = &forward->v[i];

		if (c->kind == CHANGE_TRY) {
			bool there = grubtry_find(&now->cfg) >= 0;

			is_new += there == c->new.there;
			is_old += there == c->old.there;
			if (there && !c->old.there)
				plan_try(back, NULL, true, "takes it back");
		}
		for (size_t e = 0; c->kind == CHANGE_BOOT && e < now->cfg.n; e++) {
			_cleanup_(bootvalue_done) struct bootvalue value = { 0 };
			struct setting have;

			if (!strv_has(&c->titles, now->cfg.v[e].title) || !now->cfg.v[e].args[c->target].there)
				continue;
			bootfile_get(now, e, c->target, c->key, &value);
			have = (struct setting){ .there = value.count > 0, .text = value.value };
			is_new += setting_eq(&have, &c->new);
			is_old += setting_eq(&have, &c->old);
			is_other += !setting_eq(&have, &c->new) && !setting_eq(&have, &c->old);
			if (setting_eq(&have, &c->new))
				plan_boot(back, now, e, c->target, c->key, &c->old, "takes it back");
		}
	}
	if (!is_other && !is_new != !is_old)
		*ret = is_new ? P_DONE : P_NOT_DONE;
	else
		*ret = P_FOREIGN;
	return plan_seal(back, now, err);
}

/* The boot file; back is the plan that restores it where it is done. */
static int boot_progress(struct facts *f, const struct journal_entry *e, struct plan *back, enum progress *ret,
			 struct err *err)
{
	const struct plan *forward = &e->plan;
	struct bootfile *now = NULL;
	int rc = facts_boot(f, &now, err);

	if (rc < 0)
		return rc;
	host_sweep(facts_host(f), now->path, false);
	*ret = P_FOREIGN;
	if (!streq(now->path, e->plan.boot_path))
		return 0;
	if (strbuf_eq(&now->cfg.text, &e->image))
		*ret = P_NOT_DONE;
	else if (plan_restores(back, &forward, 1, now, &e->image, facts_brand(f)))
		*ret = P_DONE;
	else
		return boot_values(now, forward, back, ret, err);
	return 0;
}

/* Did everything get done, and only the last mark is missing? */
static int is_complete(struct facts *f, struct journal_entry *e, bool boot_done, bool *ret, struct err *err)
{
	*ret = boot_done;
	for (size_t i = 0; *ret && i < e->plan.n; i++) {
		const struct step_ops *ops = step_ops(&e->plan.v[i]);
		enum progress progress = P_DONE;
		int rc = ops ? ops->progress(f, &e->plan.v[i], &progress, err) : 0;

		if (rc < 0)
			return rc;
		*ret = progress == P_DONE;
	}
	return 0;
}

/* What is in files and in XAPI stays for ever, so there a failure ends the healing. */
static int take_back_entry(struct facts *f, struct journal_entry *e, const struct plan *boot_back, unsigned *n,
			   struct strv *notes, struct err *err)
{
	int rc = 0;

	for (size_t i = e->plan.n; rc == 0 && i--;) {
		const struct step_ops *ops = step_ops(&e->plan.v[i]);
		struct err why = { 0 };

		if (ops && ops->ends && ops->back(f, &e->plan.v[i], n, &why) < 0)
			strv_addf(notes, "'%s' of %s was interrupted, and %s ends what it left: %s", e->command, e->time, ops->ends, why.text);
		else if (ops && !ops->ends)
			rc = ops->back(f, &e->plan.v[i], n, err);
	}
	apply_usb_look_again(f, &e->plan);
	if (rc == 0 && boot_back->boot_path) {
		rc = step_write_boot(facts_host(f), boot_back->boot_path, &boot_back->boot_old, &boot_back->boot_new, err);
		*n += rc == 0;
	}
	return rc;
}

/* The desired state is the last step: it may be what is missing. */
static int complete_entry(struct facts *f, const struct journal_entry *e, struct strv *notes, struct err *err)
{
	_cleanup_(state_write_done) struct state_write state = { 0 };
	struct bootfile *now = NULL;
	int rc = e->plan.boot_path ? facts_boot(f, &now, err) : 0;

	host_sweep(facts_host(f), STATE_FILE, false);
	apply_usb_look_again(f, &e->plan);
	if (rc == 0)
		rc = state_write_prepare(f, &e->plan, now, e->door, e->command, &state, err);
	if (rc == 0)
		rc = state_write_do(facts_host(f), &state, err);
	if (rc == 0)
		rc = apply_mark_done(facts_host(f), e->id, &e->plan, err);
	if (rc == 0)
		state_write_copy(f, &state, notes);
	return rc;
}

static int heal_entry(struct facts *f, struct journal_entry *e, struct strv *notes, struct err *err)
{
	_cleanup_(plan_done) struct plan back = { 0 };
	enum progress boot = P_DONE;
	bool complete = false;
	unsigned n = 0;
	int rc = 0;

	host_sweep(facts_host(f), XAPI_STORE, true);
	if (e->plan.boot_path)
		rc = boot_progress(f, e, &back, &boot, err);
	if (rc == 0)
		rc = is_complete(f, e, boot == P_DONE, &complete, err);
	if (rc == 0 && !complete)
		rc = take_back_entry(f, e, &back, &n, notes, err);
	if (rc < 0)
		return err_wrap(err, "finishing '%s' of %s, which was interrupted", e->command, e->time);
	strv_addf(notes, "'%s' of %s was interrupted: %s%s", e->command, e->time,
		  complete ? "all of it had been done"
		  : n	   ? "what it had done was taken back"
			   : "it had not changed anything",
		  !complete && boot == P_FOREIGN ? "; another program has changed the boot file since: look at it" : "");
	if (complete)
		return complete_entry(f, e, notes, err);
	apply_reboot_tell(f, &e->plan, notes);
	return journal_mark(facts_host(f), e->id, JOURNAL_BEGUN, JOURNAL_FAILED, err);
}

int apply_heal(struct facts *f, struct strv *notes, struct err *err)
{
	struct journal j;
	int rc;

	if (!journal_unfinished(facts_host(f)))
		return 0;
	rc = journal_read(facts_host(f), &j, err);
	for (size_t i = j.n; rc == 0 && i--;)
		if (j.v[i].state == JOURNAL_BEGUN)
			rc = heal_entry(f, &j.v[i], notes, err);
	journal_done(&j);
	return rc;
}
