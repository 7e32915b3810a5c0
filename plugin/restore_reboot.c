/* SPDX-License-Identifier: GPL-2.0-or-later */
/* restore_reboot.c - see restore_reboot.h */

#include <time.h>

#include "plugin/command_reboot.h"
#include "plugin/plan_reboot.h"
#include "plugin/restore_reboot.h"
#include "xenhelpers/vmpci.h"

#define MARK_COUNTS 86400 /* seconds that its VMs may wait */
#define START_SECONDS 1800 /* that VMs have, which reapply starts: a start scrubs memory, and waits for storage */
#define START_SECONDS_MAX 86400
#define UNWATCHED "this host is back from its reboot, and not all is as it was before"

struct settling {
	struct run *r;
	const struct restored *d;
	struct strbuf *message;
	struct reboot_mark mark; /* of the last reboot that was asked for */
	char *text;		 /* its bytes; NULL: there is none */
	char *unreadable;	 /* why it cannot be told; NULL: it can */
	char *boot;		 /* the id of this one; NULL: unknown */
};

static void settling_done(struct settling *s)
{
	reboot_mark_done(&s->mark);
	free(s->text);
	free(s->unreadable);
	free(s->boot);
}

static bool is_over(const struct settling *s)
{
	return s->text && s->boot && !streq(s->mark.boot, s->boot);
}

int restored_args(const struct run *r, struct restored *ret, struct err *err)
{
	ret->first_turn = streq0(args_get(r->args, "start"), "false");
	ret->seconds = START_SECONDS;
	return run_timeout(r, START_SECONDS_MAX, &ret->seconds, err);
}

void restored_done(struct restored *d)
{
	strv_done(&d->keys);
	strv_done(&d->not_whole);
}

static void look(struct settling *s)
{
	struct host *h = facts_host(s->r->facts);
	struct err why = { 0 };
	int rc = reboot_mark_read(h, &s->mark, &s->text, &why);

	if (rc < 0 && rc != -ENOENT)
		s->unreadable = xstrdup(why.text);
	if (s->text || s->d->due)
		reboot_boot_id(h, &s->boot, NULL);
}

/* ---- reboot=auto ------------------------------------------------------------------------------------------------- */

static char *refusals(const struct findings *f)
{
	_cleanup_strv_ struct strv texts = { 0 };

	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity == SEV_REFUSE && !f->v[i].forced)
			strv_add(&texts, f->v[i].text);
	return texts.n ? strv_join(&texts, "; ") : NULL;
}

/* The reason against it; NULL: the plan ends with it.  Caller frees. */
static char *plan_auto(struct settling *s)
{
	struct result *res = s->r->res;
	_cleanup_strv_ struct strv words = { 0 };
	struct findings found = { 0 };
	_cleanup_free_ char *shown = s->text ? reboot_mark_shown(&s->mark) : NULL;
	struct err why = { 0 };
	char *against;

	if (!host_is_live(facts_host(s->r->facts)) && !s->r->opt->dry_run)
		return xstrdup("a recording cannot be rebooted");
	if (s->unreadable)
		return xasprintf("whether it was done already is unknown: %s", s->unreadable);
	if (s->text && !is_over(s))
		return xasprintf("this host was asked to reboot already, by %s", shown);
	if (s->text && s->mark.automatic)
		return xasprintf("it was rebooted for this once, by %s, and still does not run as it is wanted", shown);
	if (strv_has(&res->plan.next, "update-grub"))
		return xstrdup("update-grub comes first");
	facts_other_words(s->r->facts, &s->d->keys, &words);
	if (words.n)
		return xasprintf("it was not started as it will be the next time: %s%s", words.v[0], words.n > 1 ? ", and more" : "");
	if (reboot_plan(s->r, true, &found, &res->plan.then, &why) < 0)
		against = xstrdup(why.text);
	else
		against = refusals(&found);
	for (size_t i = 0; !against && i < found.n; i++)
		if (found.v[i].severity == SEV_WARN)
			strv_add(&res->notes, found.v[i].text);
	findings_done(&found);
	return against;
}

/* ---- the last one ------------------------------------------------------------------------------------------------- */

/* XAPI does so by itself, as a rule; a failure is for the administrator, and takes nothing back.  False: it is unknown whether it has. */
static bool enable_host(struct settling *s)
{
	struct plan *p = &s->r->res->plan;
	const struct xapi_host *host = NULL;
	struct err why = { 0 };

	if (!s->mark.enable)
		return true;
	if (facts_host_record(s->r->facts, &host, &why) < 0) {
		strv_addf(&s->r->res->notes, "whether XAPI has enabled this host again after its reboot is unknown: %s", why.text);
		return false;
	}
	if (host->enabled != TRI_NO)
		return true;
	plan_action(p, "host.enable", json_pack("[s]", host->ref), "enabled", xasprintf("host %s '%s'", host->uuid, host->name),
		    "false", "true", "it was disabled for its reboot, which is over");
	p->actions[p->n_actions - 1].uuid = xstrdup(host->uuid); /* VMs may come behind it */
	p->unwatched = UNWATCHED;
	return true;
}

/* ---- the VMs that were shut down for it ---------------------------------------------------------------------------- */

static bool mark_is_old(const struct reboot_mark *m)
{
	time_t limit = time(NULL) - MARK_COUNTS;
	char text[64];
	struct tm tm;

	return gmtime_r(&limit, &tm) && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) && strcmp(m->time, text) < 0;
}

/* The devices that it starts with: by its key as the plan leaves it. */
static void devices_then(const struct plan *p, const struct vm *vm, struct bdfset *ret)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	const char *key = vm->pci;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_VM_KEY && streq(p->v[i].uuid, vm->uuid) && streq(p->v[i].field, "other_config") && streq(p->v[i].key, "pci"))
			key = p->v[i].new.text;
	vmpci_parse(key ? key : "", &items);
	vmpci_plug_order(&items, ret);
}

/* What the start guard asks of devices, which may not be installed: its refusal, or NULL.  Caller frees. */
static char *guard_refuses(struct settling *s, const struct vm *vm)
{
	_cleanup_(settings_done) struct settings settings = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	const struct check_request req = { .intent = CHECK_START | CHECK_DOM0, .devices = &devices, .vm = vm };
	struct findings found = { 0 };
	char *why = NULL;

	settings_read(facts_host(s->r->facts), &settings);
	if (settings.guard != GUARD_REFUSE)
		return NULL;
	if (strv_has(&s->d->not_whole, vm->uuid))
		return xstrdup("it does not have all the devices that it was given");
	devices_then(&s->r->res->plan, vm, &devices);
	if (devices.n)
		checks_run_refusals(s->r->facts, &req, &found);
	why = refusals(&found);
	findings_done(&found);
	return why;
}

/* Nobody has to do anything about it, or the reason against it (to free), or NULL twice. */
static const char *is_settled(struct settling *s, const struct vm *vm, char **against)
{
	*against = NULL;
	if (!vm)
		return "is not there any more";
	if (!vm_is_guest(vm))
		return "is a template or a snapshot now";
	if (!streq0(vm->power_state, "Halted"))
		return "was started already";
	if (!reboot_vm_waits(s->r->facts, vm, &s->mark))
		return "was started since, and is off again";
	if (mark_is_old(&s->mark))
		*against = xstrdup("that is more than a day ago");
	else
		*against = guard_refuses(s, vm);
	return NULL;
}

static void start_vm(struct settling *s, const struct this_host *here, const char *uuid, struct strv *names)
{
	_cleanup_free_ char *shown = reboot_mark_shown(&s->mark), *why = xasprintf("it was shut down for the reboot by %s", shown), *against = NULL;
	struct plan *p = &s->r->res->plan;
	const struct vm *vm = NULL;
	const char *settled;

	facts_find_vm(s->r->facts, uuid, &vm, NULL);
	settled = is_settled(s, vm, &against);
	if (settled) {
		strv_addf(&s->r->res->notes, "VM '%s', which was shut down for the reboot by %s, %s", vm ? vm->name : uuid, shown, settled);
		return;
	}
	if (against) {
		_cleanup_free_ char *text = xasprintf("VM '%s' was shut down for the reboot by %s, and is not started again: %s (xe vm-start uuid=%s)",
						      vm->name, shown, against, uuid);

		strv_add(&s->r->res->notes, text);
		strbuf_addf(s->message, " %s.", text);
		return;
	}
	plan_action(p, "VM.start_on", json_pack("[ssbb]", vm->ref, here->ref, false, false), "power",
		    xasprintf("VM %s '%s'", vm->uuid, vm->name), "halted", "running", why);
	p->actions[p->n_actions - 1].uuid = xstrdup(vm->uuid);
	p->actions[p->n_actions - 1].together = true;
	p->unwatched = UNWATCHED;
	p->together_seconds = s->d->seconds;
	strv_addf(names, "'%s' (%s)", vm->name, vm->uuid);
}

/* It stands in XAPI's list until all is told: the mark has lost them, and what kills this program leaves no other word of them. */
static void say_underway(struct settling *s, const struct strv *names)
{
	_cleanup_free_ char *shown = reboot_mark_shown(&s->mark), *list = strv_join(names, ", ");

	if (names->n)
		s->r->res->plan.underway = xasprintf("xe-passthrough starts what was shut down for the reboot by %s: %s. This message goes when "
						     "that is over; where it stays, see whether they run.", shown, list);
}

/* True: the mark keeps them, for they wait. */
static bool settle_vms(struct settling *s)
{
	_cleanup_strv_ struct strv names = { 0 };
	const struct strv *uuids = &s->mark.vms;
	const struct this_host *here = NULL;
	struct vms *vms = NULL;
	struct err why = { 0 };
	int rc;

	if (!uuids->n)
		return false;
	rc = facts_vms(s->r->facts, &vms, &why);
	if (rc == 0)
		rc = facts_this_host(s->r->facts, &here, &why);
	if (rc < 0) {
		strv_addf(&s->r->res->notes, "%zu VM%s shut down for the reboot wait%s to be started again: %s", uuids->n, uuids->n == 1 ? "" : "s",
			  uuids->n == 1 ? "s" : "", why.text);
		return true;
	}
	if (s->d->due || (!host_is_live(facts_host(s->r->facts)) && !s->r->opt->dry_run)) {
		restore_tell_waiting(s->r);
		return true;
	}
	for (size_t i = 0; i < uuids->n; i++)
		start_vm(s, here, uuids->v[i], &names);
	say_underway(s, &names);
	return false;
}

/* Those of the mark that are not known not to: "UUID 'name'". */
static void list_waiting(struct facts *f, const struct reboot_mark *m, struct strv *ret)
{
	struct vms *vms = NULL;
	bool known = m->vms.n && facts_vms(f, &vms, NULL) == 0;

	for (size_t i = 0; i < m->vms.n; i++) {
		const struct vm *vm = known ? vms_find(vms, m->vms.v[i]) : NULL;

		if (!known)
			strv_add(ret, m->vms.v[i]);
		else if (vm && reboot_vm_waits(f, vm, m))
			strv_addf(ret, "%s '%s'", vm->uuid, vm->name);
	}
}

void restore_tell_waiting(struct run *r)
{
	_cleanup_(reboot_mark_done) struct reboot_mark m = { 0 };
	_cleanup_free_ char *text = NULL, *shown = NULL;
	_cleanup_strv_ struct strv names = { 0 };

	if (reboot_mark_read(facts_host(r->facts), &m, &text, NULL) < 0 || !m.vms.n)
		return;
	shown = reboot_mark_shown(&m);
	list_waiting(r->facts, &m, &names);
	for (size_t i = 0; i < names.n; i++)
		strv_addf(&r->res->notes, "VM %s was shut down for the reboot by %s: reapply starts it when this host is back and no other reboot is due",
			  names.v[i], shown);
}

/* While they wait, a reapply that fails is more than that. */
static void say_if_failed(struct settling *s)
{
	_cleanup_free_ char *shown = NULL, *list = NULL;
	_cleanup_strv_ struct strv names = { 0 };

	if (s->d->first_turn || !is_over(s))
		return;
	list_waiting(s->r->facts, &s->mark, &names);
	if (!names.n)
		return;
	shown = reboot_mark_shown(&s->mark);
	list = strv_join(&names, ", ");
	s->r->res->if_failed = xasprintf("VMs that were shut down for the reboot by %s wait for a reapply that succeeds (%s), and it failed", shown, list);
}

void restore_settle_none(struct run *r, const struct restored *d)
{
	_cleanup_(settling_done) struct settling s = { .r = r, .d = d };

	look(&s);
	say_if_failed(&s);
}

/* ---- the mark ------------------------------------------------------------------------------------------------------ */

/*
 * The mark of an automatic one stays until it has helped; that it did not is told once.  One by which VMs wait stays for them; the host is
 * enabled by then, and whoever disables it after that has his reason.  True: `against` is in the message.
 */
static bool settle_mark(struct settling *s, const char *against)
{
	struct plan *p = &s->r->res->plan;
	struct reboot_mark m = s->mark;
	bool wait, stays = s->d->due && m.automatic, tell = stays && against && !m.told;
	_cleanup_free_ char *text = NULL;

	if (!is_over(s) || p->then || !enable_host(s))
		return false;
	if ((s->d->first_turn || s->d->later) && s->mark.vms.n) { /* nothing is settled: the mark stays as it is */
		restore_tell_waiting(s->r);
		return false;
	}
	wait = settle_vms(s);
	if (!wait && !stays) { /* while a reboot is due, all of them wait */
		plan_mark(p, s->text, NULL, "this host is back from it");
		return false;
	}
	m.told |= tell;
	m.enable &= !wait;
	text = reboot_mark_format(&m);
	if (!streq(text, s->text))
		plan_mark(p, s->text, &m, tell ? "that it did not help is told once" : "this host is back from it, and enabled");
	if (tell)
		strbuf_addf(s->message, " It is not rebooted again by itself: %s.", against);
	if (wait && m.enable != s->mark.enable)
		strbuf_addf(s->message, " %zu VM%s, shut down for the last reboot, wait%s for the next one: state-show names them.", m.vms.n,
			    m.vms.n == 1 ? "" : "s", m.vms.n == 1 ? "s" : "");
	return tell;
}

void restore_settle(struct run *r, enum reapply_reboot mode, const struct restored *d, struct strbuf *message)
{
	_cleanup_(settling_done) struct settling s = { .r = r, .d = d, .message = message };
	_cleanup_free_ char *against = NULL;
	struct plan *p = &r->res->plan;
	bool due = d->due, told;

	look(&s);
	say_if_failed(&s);
	if (due && mode == REAPPLY_AUTO)
		against = plan_auto(&s);
	told = settle_mark(&s, against);
	if (p->then) {
		plan_unsay_reboot(p);
		strbuf_add(message, " This host is rebooted now (reboot=auto).");
		return;
	}
	if (against && !told)
		strbuf_addf(message, " It is not rebooted by itself: %s.", against);
	if (against)
		strv_addf(&r->res->notes, "reboot=auto: this host is not rebooted: %s", against);
	if (due && p->says_reboot && mode != REAPPLY_NEVER)
		strbuf_add(message, " xe-passthrough host-reboot does it.");
	if (due && mode == REAPPLY_NEVER)
		plan_unsay_reboot(p);
	if (due && (mode == REAPPLY_NEVER || !p->says_reboot) && !d->told)
		strv_add(&r->res->notes, "a reboot is pending: what is wanted is configured, and does not run yet");
}
