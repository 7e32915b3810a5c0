/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apply_reboot.c - the steps before a reboot, and the reboot: through XAPI, what lasts as tasks that are waited for.
 *
 * XAPI reboots a host only when it is disabled and no VM runs on it.  It enables it by itself when it starts with the
 * machine, but for a pool with HA whose storage is not there; a VM is shut down cleanly or not at all.
 */

#include "plugin/apply.h"
#include "plugin/apply_step.h"
#include "plugin/plan_reboot.h"
#include "xenhelpers/xapi_task.h"

/* Seconds that XAPI has for a task, before it is cancelled. */
enum { SWITCH_SECONDS = 120, SHUTDOWN_SECONDS = 1800, EVACUATE_SECONDS = 7200 };

static int run_task(struct xapi *x, const char *method, const char *ref, unsigned seconds, struct err *err)
{
	struct xapi_task t = { 0 };
	int rc = xapi_task_start(x, method, json_pack("[s]", ref), &t, err);

	if (rc < 0)
		return rc;
	t.no_result = true;
	xapi_tasks_wait(x, &t, 1, &(struct xapi_wait){ .seconds = seconds });
	if (t.state == XAPI_TASK_FAILED) {
		*err = t.err;
		rc = err_wrap(err, "XAPI does not do it (%s)", method);
	}
	xapi_task_done(&t);
	return rc;
}

/* One field now; caller frees the reference. */
static int ask(struct xapi *x, const char *method, const char *ref, json_t **ret, struct err *err)
{
	return xapi_call(x, method, json_pack("[s]", ref), ret, err);
}

static int is_enabled(struct xapi *x, const char *host, bool *ret, struct err *err)
{
	json_auto_t *value = NULL;
	int rc = ask(x, "host.get_enabled", host, &value, err);

	if (rc == 0)
		*ret = json_is_true(value);
	return rc;
}

static int is_halted(struct xapi *x, const char *vm, bool *ret, struct err *err)
{
	json_auto_t *value = NULL;
	int rc = ask(x, "VM.get_power_state", vm, &value, err);

	if (rc == 0)
		*ret = streq0(json_string_value(value), "Halted");
	return rc;
}

static int is_away(struct xapi *x, const char *vm, const char *host, bool *ret, struct err *err)
{
	json_auto_t *value = NULL;
	int rc = ask(x, "VM.get_resident_on", vm, &value, err);

	if (rc == 0)
		*ret = !streq0(json_string_value(value), host);
	return rc;
}

/* Has the step been done, or what it is for? */
static int is_done(struct facts *f, struct xapi *x, const struct change *c, bool *ret, struct err *err)
{
	const struct this_host *here = NULL;
	bool enabled = false;
	int rc;

	*ret = false;
	switch (change_leave(c)) {
	case LEAVE_DISABLE:
		rc = is_enabled(x, c->ref, &enabled, err);
		*ret = rc == 0 && !enabled;
		return rc;
	case LEAVE_SHUTDOWN:
		return is_halted(x, c->ref, ret, err);
	case LEAVE_MOVE:
		rc = facts_this_host(f, &here, err);
		return rc < 0 ? rc : is_away(x, c->ref, here->ref, ret, err);
	case LEAVE_REBOOT:
		break;
	}
	return 0;
}

/*
 * The answer may be lost with the machine: a connection that ends before it is taken for one.  (Were it none, the host would stay disabled until
 * its next boot: somebody has to look at a XAPI that does not answer.)  A XAPI that cannot be asked has not heard of it.
 */
static int reboot_now(struct xapi *x, const struct change *c, struct err *err)
{
	json_auto_t *none = NULL;
	struct err why = { 0 };

	if (ask(x, "host.reboot", c->ref, &none, &why) == 0 || (!why.api[0] && why.code != ECONNREFUSED))
		return 0;
	*err = why;
	return err_wrap(err, "XAPI does not do it (host.reboot)");
}

static int do_step(struct facts *f, struct xapi *x, const struct change *c, struct err *err)
{
	const struct this_host *here = NULL;
	int rc;

	switch (change_leave(c)) {
	case LEAVE_DISABLE:
		return run_task(x, "host.disable", c->ref, SWITCH_SECONDS, err);
	case LEAVE_SHUTDOWN:
		rc = run_task(x, "VM.clean_shutdown", c->ref, SHUTDOWN_SECONDS, err);
		return rc < 0 ? err_wrap(err, "VM '%s' (%s)", c->name, c->uuid) : 0;
	case LEAVE_MOVE: /* all that can move, at once: for the next VM it is done then */
		rc = facts_this_host(f, &here, err);
		return rc < 0 ? rc : run_task(x, "host.evacuate", here->ref, EVACUATE_SECONDS, err);
	case LEAVE_REBOOT:
		break;
	}
	return reboot_now(x, c, err);
}

static int write_leave(struct facts *f, const struct change *c, const struct setting *from _unused_, const struct setting *to _unused_,
		       struct err *err)
{
	struct xapi *x = NULL;
	bool done = false;
	int rc = facts_xapi(f, &x, err);

	if (rc == 0)
		rc = is_done(f, x, c, &done, err);
	if (rc < 0 || done)
		return rc;
	rc = do_step(f, x, c, err);
	if (rc < 0 || change_leave(c) == LEAVE_REBOOT)
		return rc;
	rc = is_done(f, x, c, &done, err);
	if (rc == 0 && !done)
		rc = err_set(err, EIO, "XAPI reported success, but %s of '%s' (%s) is not %s", c->field, c->name, c->uuid, c->new.text);
	return rc;
}

/* Only the host's own switch goes back; a VM stays where it is, and apply_reboot_tell() says so. */
static int enable_again(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	const struct this_host *here = NULL;
	struct xapi *x = NULL;
	bool enabled = true;
	int rc = facts_xapi(f, &x, err);

	if (rc == 0)
		rc = facts_this_host(f, &here, err);
	if (rc < 0 || !streq(here->uuid, c->uuid))
		return rc;
	rc = is_enabled(x, here->ref, &enabled, err);
	if (rc < 0 || enabled)
		return rc;
	rc = run_task(x, "host.enable", here->ref, SWITCH_SECONDS, err);
	*n += rc == 0;
	return rc;
}

/* Is this another boot than the one that the step was made in? */
static bool boot_is_over(struct facts *f, const struct change *c)
{
	_cleanup_free_ char *now = NULL;

	return reboot_boot_id(facts_host(f), &now, NULL) == 0 && !streq(now, c->key);
}

static int leave_progress(struct facts *f, const struct change *c, enum progress *ret, struct err *err _unused_)
{
	*ret = boot_is_over(f, c) ? P_DONE : P_NOT_DONE;
	return 0;
}

static int leave_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	if (change_leave(c) != LEAVE_DISABLE || boot_is_over(f, c))
		return 0;
	return enable_again(f, c, n, err);
}

const struct step_ops step_leave = { write_leave, leave_progress, leave_back, "a reboot" };

void apply_reboot_tell(struct facts *f, const struct plan *p, struct strv *notes)
{
	struct xapi *x = NULL;

	if (!plan_has(p, CHANGE_LEAVE) || facts_xapi(f, &x, NULL) < 0)
		return;
	for (size_t i = 0; i < p->n; i++) {
		struct change c = p->v[i]; /* a journal has no references */
		enum leave what = c.kind == CHANGE_LEAVE ? change_leave(&c) : LEAVE_REBOOT;
		const struct vm *vm = NULL;
		bool done = false;

		if ((what != LEAVE_SHUTDOWN && what != LEAVE_MOVE) || boot_is_over(f, &c) || facts_find_vm(f, c.uuid, &vm, NULL) < 0)
			continue;
		c.ref = vm->ref;
		if (is_done(f, x, &c, &done, NULL) < 0 || !done)
			continue;
		if (what == LEAVE_SHUTDOWN)
			strv_addf(notes, "VM '%s' was shut down for the reboot and stays off: xe vm-start uuid=%s", c.name, c.uuid);
		else
			strv_addf(notes, "VM '%s' was moved away for the reboot and stays there", c.name);
	}
}
