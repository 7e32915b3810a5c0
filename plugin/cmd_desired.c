/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_desired.c - what is wanted of this host, beside what is configured and what runs; and making it so. */

#include "cmdline/bootargs.h"
#include "cmdline/grubtry.h"
#include "plugin/bootplan_try.h"
#include "plugin/checks_try.h"
#include "plugin/commands.h"
#include "plugin/journal.h"
#include "plugin/restore.h"
#include "plugin/usbgive.h"

#define FILE_MAX (4u << 20)

static const struct param file_params[] = {
	{ "file", "FILE", P_LOCAL_FILE, "a desired state in this file, in the place of the host's own" },
	{ 0 },
};

/* The host's own, or that of `file=`. */
static int read_wanted(struct run *r, struct state *ret, bool *there, struct err *err)
{
	const char *path = args_get(r->args, "file");
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc;

	if (!path)
		return state_read(facts_host(r->facts), ret, NULL, there, err);
	*there = true;
	rc = host_read_local(path, FILE_MAX, &text, err);
	return rc < 0 ? rc : state_parse(path, &text, ret, err);
}

static void say_newer(struct run *r, const struct state *s)
{
	if (s->newer)
		strv_add(&r->res->notes, "a newer xe-passthrough wrote this desired state: what is not known here is passed over, and the file stays");
}

static void say_none(struct run *r)
{
	strv_add(&r->res->notes, "nothing was set up with this program yet: state-import takes over what is configured now");
}

/* ---- state-show ------------------------------------------------------------------------------------------------ */

enum { S_KIND, S_SUBJECT, S_VALUE, S_IDENTITY, S_SINCE, S_DOOR, S_COMMAND };

static const struct field show_fields[] = {
	[S_KIND] = { "kind", V_TEXT, true, "hidden, xen, dom0 (boot parameters), pci, usb, mask, affinity (of a VM), override" },
	[S_SUBJECT] = { "subject", V_TEXT, true, "the device, the parameter, the VM's uuid" },
	[S_VALUE] = { "value", V_TEXT, true, "what is wanted; null for a flag, or where the subject says all" },
	[S_IDENTITY] = { "identity", V_LIST, true, "of the devices: path, ids and serial number" },
	[S_SINCE] = { "since", V_TEXT, true, "when it was set, UTC" },
	[S_DOOR] = { "door", V_TEXT, false, "by which door" },
	[S_COMMAND] = { "command", V_TEXT, false, "by which command" },
};
static const struct record_type show_type = RECORD_TYPE("wish", show_fields);

static struct record *add_wish(struct run *r, const char *kind, const char *subject, const char *value, const struct state_stamp *stamp)
{
	struct record *rec = records_add(&r->res->records);

	record_text(rec, S_KIND, kind);
	record_none(rec, S_IDENTITY, NULL);
	record_text(rec, S_SUBJECT, subject);
	if (value)
		record_text(rec, S_VALUE, value);
	else
		record_none(rec, S_VALUE, NULL);
	if (stamp) {
		record_text(rec, S_SINCE, stamp->since);
		record_text(rec, S_DOOR, stamp->door);
		record_text(rec, S_COMMAND, stamp->command);
	}
	return rec;
}

static void put_identities(struct record *rec, const struct state_device *v, size_t n)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (size_t i = 0; i < n; i++)
		strv_add(&list, v[i].identity ? v[i].identity : "unknown");
	record_list(rec, S_IDENTITY, &list);
}

static void show_vm(struct run *r, const struct state_vm *vm)
{
	if (vm->pci)
		put_identities(add_wish(r, "pci", vm->uuid, vm->pci, &vm->stamp), vm->devices.v, vm->devices.n);
	for (size_t i = 0; i < vm->n_usb; i++) {
		_cleanup_free_ char *id = usbid_format(&vm->usb[i]);

		add_wish(r, "usb", vm->uuid, id, &vm->stamp);
	}
	if (vm->mask)
		add_wish(r, "mask", vm->uuid, vm->mask, &vm->stamp);
	if (vm->here)
		add_wish(r, "affinity", vm->uuid, "this host", &vm->stamp);
}

static int run_show(struct run *r, struct err *err)
{
	_cleanup_(state_done) struct state s = { 0 };
	bool there;
	int rc = read_wanted(r, &s, &there, err);

	if (rc < 0)
		return rc;
	if (!there)
		say_none(r);
	say_newer(r, &s);
	for (size_t i = 0; i < s.hidden.n; i++)
		put_identities(add_wish(r, "hidden", BDF_STR(s.hidden.v[i].bdf), NULL, &s.hidden.v[i].stamp), &s.hidden.v[i], 1);
	for (size_t i = 0; i < s.n_params; i++) {
		_cleanup_free_ char *shown = setting_shown(&s.params[i].value);

		add_wish(r, grub_target_name(s.params[i].target), s.params[i].key, s.params[i].value.text ? shown : NULL,
			 &s.params[i].stamp);
	}
	for (size_t i = 0; i < s.n_vms; i++)
		show_vm(r, &s.vms[i]);
	for (size_t i = 0; i < s.overrides.n; i++)
		add_wish(r, "override", s.overrides.v[i], NULL, NULL);
	return 0;
}

const struct command cmd_state_show = {
	.name = "state-show",
	.summary = "what is wanted of this host: the desired state",
	.params = file_params,
	.flags = CMD_LIST,
	.type = &show_type,
	.minimal = "subject",
	.run = run_show,
};

/* ---- state-plan -------------------------------------------------------------------------------------------------- */

enum { D_SUBJECT, D_DRIFT, D_WANTED, D_CONFIGURED, D_RUNNING, D_NOTE };

static const struct field drift_fields[] = {
	[D_SUBJECT] = { "subject", V_TEXT, true, "the device, the parameter, the VM's field" },
	[D_DRIFT] = { "drift", V_TEXT, true, "none, differs, reboot (configured, not running yet), moved, gone, changed, doubled, ambiguous, foreign, unknown" },
	[D_WANTED] = { "wanted", V_TEXT, true, "as the desired state has it" },
	[D_CONFIGURED] = { "configured", V_TEXT, true, "as the next boot, or the VM's next start, has it" },
	[D_RUNNING] = { "running", V_TEXT, true, "as the running host has it; null where a VM's start decides" },
	[D_NOTE] = { "note", V_TEXT, true, "what else was found" },
};
static const struct record_type drift_type = RECORD_TYPE("drift", drift_fields);

static const char *hidden_word(const struct bdfset *set, bool known, struct bdf bdf)
{
	return known ? bdfset_has(set, bdf) ? "hidden" : "dom0's" : NULL;
}

static void drift_device(struct run *r, const struct restore *x, const struct state_device *d)
{
	const struct resolved *found = resolution_find(&x->found, d);
	const struct bdfset *next = NULL, *now = NULL;
	bool next_known = facts_hidden_next(r->facts, &next, NULL) == 0, now_known = facts_hidden_now(r->facts, &now, NULL) == 0;
	struct record *rec = records_add(&r->res->records);

	record_text(rec, D_SUBJECT, BDF_STR(found->now));
	record_text(rec, D_WANTED, "hidden");
	if (found->text)
		record_text(rec, D_NOTE, found->text);
	else if (found->fate == FATE_MOVED)
		record_textf(rec, D_NOTE, "it was %s", BDF_STR(found->was));
	else
		record_none(rec, D_NOTE, NULL);
	if (!fate_is_found(found->fate)) {
		record_text(rec, D_DRIFT, fate_name(found->fate));
		return;
	}
	record_text(rec, D_CONFIGURED, hidden_word(next, next_known, found->now));
	record_text(rec, D_RUNNING, hidden_word(now, now_known, found->now));
	if (!next_known)
		record_text(rec, D_DRIFT, "unknown");
	else if (!bdfset_has(next, found->now))
		record_text(rec, D_DRIFT, found->fate == FATE_MOVED ? "moved" : "differs");
	else
		record_text(rec, D_DRIFT, now_known && !bdfset_has(now, found->now) ? "reboot" : "none");
}

static char *running_value(struct run *r, const struct state_param *p)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	const char *line = NULL, *value = NULL;
	bool there = false;

	if (facts_running_line(r->facts, p->target, &line, NULL) < 0)
		return NULL;
	bootargs_split(line, strlen(line), &args);
	for (int i = -1; (i = bootargs_find(&args, p->key, (size_t)(i + 1))) >= 0;) {
		there = true;
		value = args.v[i].value;
	}
	return xstrdup(!there ? "(absent)" : value ? value : "(flag)");
}

static void drift_param(struct run *r, const struct state_param *p)
{
	_cleanup_free_ char *wanted = setting_shown(&p->value), *configured = NULL, *running = running_value(r, p);
	_cleanup_(setting_done) struct setting have = { 0 };
	struct record *rec = records_add(&r->res->records);
	struct bootfile *b = NULL;
	int entry = facts_boot(r->facts, &b, NULL) == 0 ? state_entry(b) : -1;

	record_textf(rec, D_SUBJECT, "%s parameter %s", grub_target_name(p->target), p->key);
	record_text(rec, D_WANTED, wanted);
	record_text(rec, D_RUNNING, running);
	record_none(rec, D_NOTE, NULL);
	if (entry < 0) {
		record_text(rec, D_DRIFT, "unknown");
		return;
	}
	have = setting_of(b, (size_t)entry, p->target, p->key);
	configured = setting_shown(&have);
	record_text(rec, D_CONFIGURED, configured);
	if (!setting_eq(&have, &p->value))
		record_text(rec, D_DRIFT, "differs");
	else
		record_text(rec, D_DRIFT, running && !p->value.before.n && !streq(running, wanted) ? "reboot" : "none");
}

static void drift_value(struct run *r, const struct state_vm *vm, const char *what, const char *wanted, const char *now, const char *drift,
			const char *note)
{
	struct record *rec = records_add(&r->res->records);

	record_textf(rec, D_SUBJECT, "VM %s '%s': %s", vm->uuid, vm->name ? vm->name : "", what);
	record_text(rec, D_DRIFT, drift);
	record_text(rec, D_WANTED, wanted);
	record_text(rec, D_CONFIGURED, now ? now : "(absent)");
	record_none(rec, D_RUNNING, NULL);
	if (note)
		record_text(rec, D_NOTE, note);
	else
		record_none(rec, D_NOTE, NULL);
}

static void drift_usb(struct run *r, const struct restore *x, const struct state_vm *want, const struct vm *vm, const struct usbid *wish)
{
	_cleanup_free_ char *wanted = usbid_format(wish), *note = NULL, *choice = NULL;
	const struct xapi_usb *xapi = NULL;
	const struct xapi_pusb *p;
	const struct usbdev *d;
	struct err why = { 0 };
	enum usb_fate fate;

	if (facts_xapi_usb(r->facts, &xapi, &why) < 0 || !xapi->vusbs_known) {
		drift_value(r, want, "USB device", wanted, "unknown", "unknown", why.text[0] ? why.text : NULL);
		return;
	}
	p = xapi_usb_find_id(xapi, wish);
	if (p && streq0(p->vm, vm->ref)) {
		drift_value(r, want, "USB device", wanted, wanted, "none", NULL);
		return;
	}
	fate = usbgive_resolve(r->facts, x->wanted, wish, &d, &choice);
	if (fate == USB_FATE_MOVED || choice)
		note = xasprintf(choice ? "it could be any of %s" : "it is in %s now", choice ? choice : d->name);
	drift_value(r, want, "USB device", wanted, NULL, fate == USB_FATE_SAME ? "differs" : usb_fate_name(fate), note);
}

static void drift_vm(struct run *r, const struct restore *x, const struct state_vm *want)
{
	_cleanup_free_ char *key = NULL;
	const struct vm *vm = NULL;
	struct err why = { 0 };
	bool whole = true;

	if (facts_find_vm(r->facts, want->uuid, &vm, &why) < 0) {
		drift_value(r, want, "other-config:pci", want->pci ? want->pci : "", NULL, why.code == ENOENT ? "gone" : "unknown", why.text);
		return;
	}
	if (want->pci) {
		const char *drift = "none";

		key = restore_key(r, x, want, &whole);
		if (!streq0(key, vm->pci))
			drift = restore_owns_key(x, want, vm->pci) ? streq(want->pci, key ? key : "") ? "differs" : "moved" : "foreign";
		drift_value(r, want, "other-config:pci", key ? key : "(absent)", vm->pci, drift, whole ? NULL : "a device is missing");
	}
	for (size_t i = 0; i < want->n_usb; i++)
		drift_usb(r, x, want, vm, &want->usb[i]);
	if (want->mask)
		drift_value(r, want, "VCPUs-params:mask", want->mask, vm->mask, streq0(want->mask, vm->mask) ? "none" : "differs", NULL);
}

static int run_plan(struct run *r, struct err *err)
{
	_cleanup_(state_done) struct state s = { 0 };
	_cleanup_(restore_done) struct restore x = { 0 };
	bool there;
	int rc = read_wanted(r, &s, &there, err);

	if (rc == 0 && !there)
		say_none(r);
	say_newer(r, &s);
	if (rc == 0)
		rc = restore_begin(r, &s, NULL, &x, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < s.hidden.n; i++)
		drift_device(r, &x, &s.hidden.v[i]);
	for (size_t i = 0; i < s.n_params; i++)
		drift_param(r, &s.params[i]);
	for (size_t i = 0; i < s.n_vms; i++)
		drift_vm(r, &x, &s.vms[i]);
	return 0;
}

const struct command cmd_state_plan = {
	.name = "state-plan",
	.summary = "what is wanted beside what is configured and what runs: where they differ",
	.params = file_params,
	.flags = CMD_LIST,
	.type = &drift_type,
	.run = run_plan,
};

/* ---- state-apply, reapply ------------------------------------------------------------------------------------------ */

static int apply_wanted(struct run *r, bool *there, struct err *err)
{
	_cleanup_(state_done) struct state s = { 0 }, own = { 0 };
	_cleanup_(restore_done) struct restore x = { 0 };
	bool other = args_get(r->args, "file");
	int rc = read_wanted(r, &s, there, err);

	if (rc < 0 || !*there)
		return rc;
	say_newer(r, &s);
	if (other && s.newer)
		return err_set(err, ENOTSUP, "%s: a newer xe-passthrough wrote it: taken over here, it would lose what is not known here",
			       args_get(r->args, "file"));
	if (other)
		rc = state_read(facts_host(r->facts), &own, NULL, NULL, err);
	if (rc == 0)
		rc = restore_begin(r, &s, other ? &own : NULL, &x, err);
	if (rc == 0)
		rc = restore_plan(r, &x, err);
	if (rc == 0 && !x.complete)
		r->res->status = 1;
	return rc;
}

static int run_apply(struct run *r, struct err *err)
{
	bool there;
	int rc = apply_wanted(r, &there, err);

	if (rc == 0 && !there)
		say_none(r);
	return rc;
}

const struct command cmd_state_apply = {
	.name = "state-apply",
	.summary = "make the host as it is wanted: only what differs is changed",
	.params = file_params,
	.flags = CMD_WRITES,
	.run = run_apply,
};

/* The host came up with the entry that was to be tried: what it tried is what is wanted. */
static bool try_came_up(struct run *r)
{
	struct bootfile *b = NULL;

	return facts_boot(r->facts, &b, NULL) == 0 && grubtry_find(&b->cfg) >= 0 && checks_try_runs(r->facts, b) == TRI_YES;
}

/* The post-upgrade script's one command: state-apply for a host that nobody watches. */
static int run_reapply(struct run *r, struct err *err)
{
	bool there;
	int rc;

	if (try_came_up(r)) {
		strv_add(&r->res->notes, "this boot took the entry of boot=try and came up: its parameters become the usual ones; "
					 "the rest of what is wanted is looked at next time");
		return bootplan_try_keep(r, err);
	}
	rc = apply_wanted(r, &there, err);
	if (rc == 0)
		restore_tell(r->res);
	return rc;
}

const struct command cmd_reapply = {
	.name = "reapply",
	.summary = "after an upgrade or at boot: find every wanted device again, and put everything back",
	.flags = CMD_WRITES,
	.run = run_reapply,
};

/* ---- state-import ----------------------------------------------------------------------------------------------------- */

static int run_import(struct run *r, struct err *err)
{
	_cleanup_(state_done) struct state own = { 0 }, s = { 0 };
	_cleanup_free_ char *now = journal_time();
	const struct state_stamp stamp = { .since = now, .command = (char *)"state-import" };
	int rc = state_read(facts_host(r->facts), &own, NULL, NULL, err);

	if (rc == 0 && own.newer) {
		err_set(err, ENOTSUP, STATE_FILE ": a newer xe-passthrough wrote it, and it is not overwritten");
		return err_hint(err, "install that version again, or move the file away");
	}
	if (rc == 0)
		rc = state_read(facts_host(r->facts), &s, NULL, NULL, err);
	if (rc == 0)
		rc = state_import(&s, r->facts, &stamp, &r->res->notes, err);
	return rc < 0 ? rc : state_plan(&r->res->plan, &own, &s, "what is configured now is what is wanted from now on", err);
}

const struct command cmd_state_import = {
	.name = "state-import",
	.summary = "what is configured now, by whomever, is what is wanted from now on",
	.flags = CMD_WRITES,
	.run = run_import,
};
