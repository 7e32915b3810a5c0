/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply.c - see apply.h */

#include <stdio.h>

#include <jansson.h>

#include "plugin/apply.h"
#include "plugin/apply_step.h"
#include "plugin/apply_usb.h"

int apply_lock(struct host *h, const char *who, struct host_lock *ret, struct err *err)
{
	int rc = host_lock(h, APPLY_LOCK, who, APPLY_LOCK_SECONDS, ret, err);

	if (rc != -ENOENT)
		return rc;
	/* the first time */
	rc = host_mkdirs(h, "/var/lib", 0755, err);
	if (rc == 0)
		rc = host_mkdirs(h, STATE_DIR, 0700, err);
	if (rc == 0)
		rc = host_lock(h, APPLY_LOCK, who, APPLY_LOCK_SECONDS, ret, err);
	return rc;
}

/* ---- steps -------------------------------------------------------------------------------------------------- */

int step_write_boot(struct host *h, const char *path, const struct strbuf *expect, const struct strbuf *text,
		      struct err *err)
{
	struct host_write w = { .path = path, .expect = expect, .data = strbuf_str(text), .len = text->len };

	return host_replace(h, &w, err);
}

const struct step_ops *step_ops(const struct change *c)
{
	if (change_is_xapi(c))
		return &step_record;
	switch (c->kind) {
	case CHANGE_DEVICE: return &step_device;
	case CHANGE_PINS: return &step_pins;
	case CHANGE_FILE: return &step_file;
	case CHANGE_SCAN:
	case CHANGE_PUSB:
	case CHANGE_VUSB: return &step_usb;
	case CHANGE_LEAVE: return &step_leave;
	default: return NULL;
	}
}

/* ---- a plan ------------------------------------------------------------------------------------------------- */

/* The same for the boot file, whose write may have failed after the new file stood. */
static int take_back_boot(struct facts *f, const struct plan *p, struct err *err)
{
	_cleanup_strbuf_ struct strbuf now = { 0 };
	struct err why = { 0 };
	int rc = host_read(facts_host(f), p->boot_path, MAX(p->boot_old.len, p->boot_new.len), &now, &why);

	if (rc == 0 && strbuf_eq(&now, &p->boot_new))
		rc = step_write_boot(facts_host(f), p->boot_path, &p->boot_new, &p->boot_old, &why);
	else if (rc == -EFBIG || (rc == 0 && !strbuf_eq(&now, &p->boot_old)))
		rc = err_set(&why, ESTALE, "it was changed by another program meanwhile");
	if (rc < 0)
		err_hint(err, "the boot file could not be taken back (%s): the next command that changes anything tries again",
			 why.text);
	return rc;
}

/*
 * Take back one change, whatever has been done of it.  What XAPI, Xen and the files said is from before, and the connection may be what
 * failed: they are asked anew.  Nothing of ours is in a value that somebody else has written.
 */
static int take_back_change(struct facts *f, const struct plan *p, const struct change *c, struct err *err)
{
	const struct step_ops *ops = step_ops(c);
	_cleanup_free_ char *name = change_name(c), *where = change_where(p, c);
	struct facts *anew = ops ? facts_new(facts_host(f), facts_session(f)) : NULL;
	enum progress progress = P_DONE;
	struct err why = { 0 };
	unsigned n = 0;
	int rc = ops && !ops->ends ? ops->progress(anew, c, &progress, &why) : 0;

	if (rc == 0 && ops)
		rc = ops->back(anew, c, &n, &why);
	if (rc < 0)
		err_hint(err, "%s: %s could not be taken back (%s): the next command that changes anything tries again", where, name, why.text);
	else if (progress == P_FOREIGN)
		err_hint(err, "%s: %s is gone, or was changed by another program meanwhile, and stays as it is", where, name);
	facts_free(anew);
	return rc;
}

/* Take back the boot file and the first `n` changes, last one first, whatever has been done of them. */
static int take_back(struct facts *f, const struct plan *p, size_t n, struct err *err)
{
	int rc = 0;

	while (n--) {
		int one = take_back_change(f, p, &p->v[n], err);

		rc = rc < 0 ? rc : one;
	}
	apply_usb_look_again(f, p);
	if (p->boot_path) {
		int one = take_back_boot(f, p, err);

		rc = rc < 0 ? rc : one;
	}
	return rc;
}

/* One step of a plan, and the ones of the same record behind it; gives how many it was. */
static int write_step(struct facts *f, const struct plan *p, size_t i, size_t *n, struct err *err)
{
	const struct step_ops *ops = step_ops(&p->v[i]);

	*n = MAX(step_records(p, i), (size_t)1);
	if (change_is_xapi(&p->v[i]))
		return step_write_records(f, p, i, *n, err);
	return ops ? ops->write(f, &p->v[i], &p->v[i].old, &p->v[i].new, err) : 0;
}

/* One apply, and its entry in the journal. */
struct doing {
	struct facts *f;
	struct plan *p;
	const char *door, *command;
	unsigned id;
	struct state_write state;
};

/*
 * A step for a device that can be left out has failed (`rc`, `why`): what was done for that device is taken back, and the plan and its
 * entry go on without; in *at, the index of the next step.  Where that cannot be, `why` says it.
 */
static int go_without(struct doing *d, size_t *at, int rc, struct err *why)
{
	_cleanup_free_ char *device = xstrdup(d->p->v[*at].key);

	for (size_t i = *at + 1; i--;) {
		const struct change *c = &d->p->v[i];
		struct err back = { 0 };

		if (plan_can_leave(d->p, c) && streq(c->key, device) && take_back_change(d->f, d->p, c, &back) < 0)
			return rc;
	}
	rc = step_state_leave_out(d->p, device, why);
	if (rc < 0)
		return rc;
	*at -= plan_leave_out(d->p, device, *at, why);
	return journal_amend(facts_host(d->f), d->id, d->p, d->door, d->command, why);
}

static int prepare_state(struct doing *d, struct err *err)
{
	_cleanup_(bootfile_done) struct bootfile read = { 0 };
	const struct plan *p = d->p;
	const struct bootfile *then = p->boot_path ? &p->boot_then : NULL;
	int rc = 0;

	state_write_done(&d->state);
	d->state = (struct state_write){ 0 };
	if (then && !bootfile_is(then, p->boot_path, &p->boot_new, facts_brand(d->f))) {
		then = &read;
		rc = bootfile_parse(p->boot_path, &p->boot_new, facts_brand(d->f), &read, err);
	}
	return rc < 0 ? rc : state_write_prepare(d->f, p, then, d->door, d->command, &d->state, err);
}

/* The steps one after the other; *at is the one that failed, or behind the last. */
static int write_steps(struct doing *d, size_t *at, struct err *err)
{
	for (size_t n = 0; *at < d->p->n; *at += n) {
		const struct change *c = &d->p->v[*at];
		struct err why = { 0 };
		int rc = write_step(d->f, d->p, *at, &n, &why);

		/* Of several devices, those that XAPI does not offer fail one by one. */
		if (rc == -ETIMEDOUT && d->p->each && c->kind == CHANGE_SCAN)
			continue;
		if (rc < 0 && plan_can_leave(d->p, c)) {
			rc = go_without(d, at, rc, &why);
			n = rc < 0;
		}
		if (rc < 0) {
			*at = MIN(*at + n, d->p->n);
			if (err)
				*err = why;
			return rc;
		}
	}
	/* What is wanted was worked out with all of them. */
	return d->p->n_left ? prepare_state(d, err) : 0;
}

/* *clean: after a failure nothing of the plan remains done. */
static int write_all(struct doing *d, bool *clean, struct err *err)
{
	struct facts *f = d->f;
	struct plan *p = d->p;
	size_t at = 0;
	int rc;

	*clean = true;
	if (p->boot_path) {
		rc = step_write_boot(facts_host(f), p->boot_path, &p->boot_old, &p->boot_new, err);
		if (rc < 0 && rc != -ESTALE)
			*clean = take_back(f, p, 0, err) == 0;
		if (rc < 0)
			return rc;
	}
	rc = write_steps(d, &at, err);
	if (rc < 0) {
		*clean = take_back(f, p, at, err) == 0;
		return rc;
	}
	rc = state_write_do(facts_host(f), &d->state, err);
	/* It is taken back first: a state that stands without the changes that it tells of could not be told from one that is right. */
	if (rc < 0)
		*clean = state_write_take_back(facts_host(f), &d->state, err) == 0 && take_back(f, p, p->n, err) == 0;
	return rc;
}

/*
 * All is written and read back: what the plan undoes is undone, and only then is the entry itself done, so that an apply
 * which dies here is finished by the next one.
 */
int apply_mark_done(struct host *h, unsigned id, const struct plan *p, struct err *err)
{
	for (size_t i = 0; i < p->n_undoes; i++) {
		int rc = journal_mark(h, p->undoes[i], JOURNAL_DONE, JOURNAL_UNDONE, err);

		if (rc < 0 && rc != -ENOENT)
			return rc;
	}
	return journal_mark(h, id, JOURNAL_BEGUN, JOURNAL_DONE, err);
}

/* It may fail: everything is done by now, and the journal tells, too. */
static void post_message(struct facts *f, const struct plan *p)
{
	_cleanup_free_ char *text = p->message ? plan_message(p) : NULL;

	if (text)
		apply_message(f, text);
}

static int apply_doing(struct doing *d, unsigned *ret_id, struct strv *notes, struct err *err)
{
	_cleanup_(xapi_usb_done) struct xapi_usb usb = { 0 };
	struct host *h = facts_host(d->f);
	bool clean, nothing;
	int rc;

	/* The copy of the state is written after the journal's last mark: of that one, no heal would know. */
	host_sweep(h, XAPI_STORE, true);
	rc = prepare_state(d, err);
	if (rc == 0)
		rc = journal_begin(h, d->p, d->door, d->command, &d->id, err);
	if (rc < 0)
		return rc;
	apply_usb_before(d->f, d->p, &usb);
	rc = write_all(d, &clean, err);
	if (rc < 0) {
		/* An entry that is still begun is healed by the next writer. */
		if (clean)
			journal_mark(h, d->id, JOURNAL_BEGUN, JOURNAL_FAILED, NULL);
		return rc == -ESTALE && !clean ? -EBUSY : rc; /* no second plan upon half of the first */
	}
	nothing = d->p->n_left && plan_only_looks(d->p);
	rc = nothing ? journal_mark(h, d->id, JOURNAL_BEGUN, JOURNAL_FAILED, err) : apply_mark_done(h, d->id, d->p, err);
	if (rc < 0)
		return nothing ? rc : err_hint(err, "the change itself is made; the next command that changes anything completes the journal");
	if (!nothing) {
		*ret_id = d->id;
		state_write_copy(d->f, &d->state, notes);
	}
	apply_usb_tell(d->f, d->p, &usb, notes);
	post_message(d->f, d->p);
	return 0;
}

int apply_plan(struct facts *f, struct plan *p, const char *door, const char *command, unsigned *ret_id, struct strv *notes, struct err *err)
{
	struct doing d = { .f = f, .p = p, .door = door, .command = command };
	int rc = apply_doing(&d, ret_id, notes, err);

	state_write_done(&d.state);
	return rc;
}
