/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_desired.c - what is wanted of this host, beside what is configured and what runs; and making it so. */

#include "cmdline/bootargs.h"
#include "cmdline/grubtry.h"
#include "plugin/bootplan_keep.h"
#include "plugin/checks_try.h"
#include "plugin/commands.h"
#include "plugin/journal.h"
#include "plugin/plan_reboot.h"
#include "plugin/restore.h"
#include "plugin/restore_reboot.h"
#include "plugin/state_copy.h"
#include "plugin/usbgive.h"
#include "usbpolicy/policy_merge.h"
#include "xenhelpers/vmpci.h"

#define FILE_MAX (4u << 20)

static const struct param file_params[] = {
	{ "file", "FILE", P_LOCAL_FILE, "a desired state, or state-show's JSON with one, in this file: in the place of the host's own" },
	{ 0 },
};

/* The format of our own file, or the answer of `--json state-show`, which has it as a member. */
static int parse_file(const char *path, const struct strbuf *text, struct state *ret, struct err *err)
{
	json_t *o = json_loadb(strbuf_str(text), text->len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *state = json_object_get(o, "api") ? json_object_get(o, "state") : NULL;
	int rc = state ? state_from_json(path, state, ret, err) : state_parse(path, text, ret, err);

	json_decref(o);
	return rc == -EINVAL ? err_hint(err, "xe-passthrough --json state-show gives a file to start from") : rc;
}

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
	return rc < 0 ? rc : parse_file(path, &text, ret, err);
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
	[S_KIND] = { "kind", V_TEXT, true, "hidden, xen, dom0 (boot parameters), pci, mask, usb, affinity (of a VM), usb-policy, override" },
	[S_SUBJECT] = { "subject", V_TEXT, true, "the device, the parameter, the VM's uuid, the rule" },
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
	record_none(rec, S_IDENTITY, NULL); /* but of devices */
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

static void show_usb_policy(struct run *r, const struct state *s)
{
	_cleanup_(policy_changes_done) struct policy_changes c = { 0 };
	_cleanup_(policy_done) struct policy shipped = { 0 }, ours = { 0 };

	if (!s->usb_policy || !policy_record_parse(s->usb_policy, strlen(s->usb_policy), &shipped, &ours))
		return;
	policy_changes_find(&shipped, &ours, &c, NULL);
	for (size_t i = 0; i < c.n; i++) {
		_cleanup_free_ char *rule = policy_rule_format(c.v[i].rule);

		add_wish(r, "usb-policy", rule, c.v[i].came ? "came" : "went", &s->usb_stamp);
	}
	if (!c.n)
		add_wish(r, "usb-policy", POLICY_PATH, "changed", &s->usb_stamp);
}

/* What others see of it in XAPI. */
static void tell_copy(struct run *r, const struct state *s)
{
	_cleanup_strbuf_ struct strbuf want = { 0 };
	const struct this_host *here = NULL;
	_cleanup_free_ char *copy = NULL;
	struct err why = { 0 };
	int rc = state_copy_read(r->facts, &copy, &why);

	if (rc == -ENOENT || (rc == 0 && facts_this_host(r->facts, &here, NULL) < 0))
		return;
	if (rc < 0) {
		strv_addf(&r->res->notes, "whether the copy in XAPI (" STATE_COPY_NAME ") agrees is unknown: %s", why.text);
		return;
	}
	if (state_copy_format(s, here->uuid, &want, &why) < 0)
		strv_addf(&r->res->notes, "it has no copy in XAPI (" STATE_COPY_NAME "): %s", why.text);
	else if (copy ? streq(copy, strbuf_str(&want)) : !want.len)
		strv_addf(&r->res->notes, "the copy in XAPI (" STATE_COPY_NAME ")%s", want.len ? " agrees" : " has nothing to tell, and is not there");
	else
		strv_addf(&r->res->notes, "the copy in XAPI (" STATE_COPY_NAME ") %s: the next change of what is wanted writes it; nothing follows it",
			  copy ? "says something else" : "is not there");
}

static void put_json(struct run *r, const struct state *s)
{
	json_t *o = state_to_json(s);

	r->res->state = o ? json_dumps(o, JSON_COMPACT) : NULL;
	json_decref(o);
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
	show_usb_policy(r, &s);
	for (size_t i = 0; i < s.overrides.n; i++)
		add_wish(r, "override", s.overrides.v[i], NULL, &s.override_stamps[i]);
	put_json(r, &s);
	if (there && !s.newer && !args_get(r->args, "file"))
		tell_copy(r, &s);
	if (!args_get(r->args, "file"))
		restore_tell_waiting(r);
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
	[D_DRIFT] = { "drift", V_TEXT, true, "none, differs, reboot or vm-start (not yet), moved, gone, changed, doubled, ambiguous, foreign, unknown" },
	[D_WANTED] = { "wanted", V_TEXT, true, "as the desired state has it" },
	[D_CONFIGURED] = { "configured", V_TEXT, true, "as the next boot, or the VM's next start, has it" },
	[D_RUNNING] = { "running", V_TEXT, true, "as the running host, or the running VM, has it; null where a VM's start decides" },
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
		record_textf(rec, D_NOTE, "it was %s", BDF_STR(d->bdf));
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

static struct record *drift_value(struct run *r, const struct state_vm *vm, const char *what, const char *wanted, const char *now,
				  const char *drift, const char *note)
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
	return rec;
}

/* What of its key the VM has, if it runs; without Xen's answer that stays null. */
static void put_running(struct run *r, struct record *rec, const struct vm *vm, bool settled)
{
	_cleanup_bdfset_ struct bdfset named = { 0 };
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	const struct xen_domain *d;
	bool same = true;
	_cleanup_free_ char *text = NULL;

	if (streq0(vm->power_state, "Halted") || facts_domain(r->facts, vm->uuid, &d, NULL) < 0)
		return;
	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &named);
	for (size_t i = 0; i < named.n; i++)
		same &= bdfset_has(&d->devices, named.v[i]);
	text = bdfset_format(&d->devices, ",");
	record_text(rec, D_RUNNING, *text ? text : "(no device)");
	if (settled && !same)
		record_text(rec, D_DRIFT, "vm-start");
}

static void drift_affinity(struct run *r, const struct state_vm *want, const struct vm *vm)
{
	const struct this_host *here = NULL;
	bool known = facts_this_host(r->facts, &here, NULL) == 0, is_here = known && streq0(vm->affinity, here->ref);

	/* Another host is somebody's decision since, and stays. */
	drift_value(r, want, "affinity", "this host", !vm->affinity ? NULL : is_here ? "this host" : known ? "another host" : "a host",
		    !known ? "unknown" : is_here ? "none" : vm->affinity ? "foreign" : "differs", NULL);
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

/* What became of the first of its devices that is not found, NULL: all are; and in *note what its key makes of each of these. */
static const char *drift_missing(const struct restore *x, const struct state_vm *want, const char *key, char **note)
{
	_cleanup_strv_ struct strv notes = { 0 };
	const char *word = NULL;

	for (size_t i = 0; i < want->devices.n; i++) {
		struct bdf given = want->devices.v[i].bdf;
		const struct resolved *d = resolution_find(&x->found, &want->devices.v[i]);

		if (fate_is_found(d->fate))
			continue;
		word = word ? word : fate_name(d->fate);
		strv_addf(&notes, "%s is %s%s%s: %s", BDF_STR(given), fate_name(d->fate), d->text ? ", " : "", d->text ? d->text : "",
			  key && vmpci_names(key, given) ? "the address stays in the key, and the VM does not start without the device" :
							   "what is at the address now is not given to the VM");
	}
	*note = word ? strv_join(&notes, "; ") : NULL;
	return word;
}

static void drift_vm(struct run *r, const struct restore *x, const struct state_vm *want)
{
	_cleanup_free_ char *key = NULL;
	const struct vm *vm = NULL;
	struct err why = { 0 };
	struct record *rec;

	if (facts_find_vm(r->facts, want->uuid, &vm, &why) < 0) {
		drift_value(r, want, "other-config:pci", want->pci ? want->pci : "", NULL, why.code == ENOENT ? "gone" : "unknown", why.text);
		return;
	}
	if (want->pci) {
		_cleanup_free_ char *note = NULL;
		const char *drift, *missing;

		key = restore_key(r, x, want, NULL);
		missing = drift_missing(x, want, key, &note);
		if (!streq0(key, vm->pci) && !restore_owns_key(x, want, vm->pci))
			drift = "foreign";
		else if (missing)
			drift = missing;
		else
			drift = streq0(key, vm->pci) ? "none" : streq0(want->pci, key) ? "differs" : "moved";
		rec = drift_value(r, want, "other-config:pci", key ? key : "(absent)", vm->pci, drift, note);
		put_running(r, rec, vm, streq(drift, "none"));
	}
	for (size_t i = 0; i < want->n_usb; i++)
		drift_usb(r, x, want, vm, &want->usb[i]);
	if (want->mask)
		drift_value(r, want, "VCPUs-params:mask", want->mask, vm->mask, streq0(want->mask, vm->mask) ? "none" : "differs", NULL);
	if (want->here)
		drift_affinity(r, want, vm);
}

/* The policy is as wanted where its local rules are in it. */
static void drift_policy(struct run *r, const struct state *s)
{
	_cleanup_(usb_local_done) struct usb_local wanted = { 0 };
	const struct policy *now = NULL;
	struct err why = { 0 };
	struct record *rec;
	int rc;

	if (!s->usb_policy)
		return;
	rc = facts_usb_policy(r->facts, &now, &why);
	if (rc == 0 && now->n_bad)
		rc = policy_check(now, POLICY_PATH, &why);
	policy_record_parse(s->usb_policy, strlen(s->usb_policy), &wanted.shipped, &wanted.ours);
	if (rc == 0)
		rc = usbplan_find_lost(now, &wanted, &why);
	rec = records_add(&r->res->records);
	record_text(rec, D_SUBJECT, "USB policy");
	record_text(rec, D_WANTED, "its local rules");
	record_none(rec, D_RUNNING, NULL);
	record_text(rec, D_DRIFT, rc < 0 ? "unknown" : wanted.lost ? "differs" : "none");
	record_text(rec, D_CONFIGURED, rc < 0 ? NULL : wanted.lost ? "not all of them" : "its local rules");
	if (rc < 0)
		record_text(rec, D_NOTE, why.text);
	else
		record_none(rec, D_NOTE, NULL);
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
	drift_policy(r, &s);
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

/* Is what is wanted configured, and does not run yet?  Only Xen knows its own line, and asking it costs more than all the rest. */
static bool is_pending(struct run *r, const struct restore *x, bool ask_xen)
{
	const struct bdfset *next = NULL, *now = NULL;
	const struct state *s = x->wanted;

	if (s->hidden.n && facts_hidden_next(r->facts, &next, NULL) == 0 && facts_hidden_now(r->facts, &now, NULL) == 0)
		for (size_t i = 0; i < s->hidden.n; i++) {
			const struct resolved *d = resolution_find(&x->found, &s->hidden.v[i]);

			if (fate_is_found(d->fate) && bdfset_has(next, d->now) && !bdfset_has(now, d->now))
				return true;
		}
	for (size_t i = 0; i < s->n_params; i++) {
		const struct state_param *p = &s->params[i];
		_cleanup_free_ char *wanted = setting_shown(&p->value), *running = NULL;

		if ((p->target == GRUB_XEN && !ask_xen) || p->value.before.n)
			continue;
		running = running_value(r, p);
		if (running && !streq(running, wanted))
			return true;
	}
	return false;
}

/* What a reapply has to know besides. */
static void look_back(struct run *r, const struct restore *x, bool ask_xen, struct restored *ret)
{
	const struct state *s = x->wanted;

	ret->due = r->res->plan.says_reboot || is_pending(r, x, ask_xen);
	ret->told = x->told_reboot;
	for (size_t i = 0; i < s->n_params; i++)
		strv_add(&ret->keys, s->params[i].key);
	for (size_t i = 0; i < s->n_vms; i++)
		if (!restore_vm_is_whole(x, i))
			strv_add(&ret->not_whole, s->vms[i].uuid);
}

static int apply_wanted(struct run *r, bool *there, bool ask_xen, struct restored *ret, struct err *err)
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
	if (rc == 0 && ret)
		look_back(r, &x, ask_xen, ret);
	return rc;
}

static const struct param apply_params[] = {
	{ "file", "FILE", P_LOCAL_FILE, "a desired state in this file, in the place of the host's own" },
	PARAM_REBOOT,
	{ 0 },
};

static int run_apply(struct run *r, struct err *err)
{
	bool there;
	int rc = apply_wanted(r, &there, false, NULL, err);

	if (rc == 0 && !there)
		say_none(r);
	return rc;
}

const struct command cmd_state_apply = {
	.name = "state-apply",
	.summary = "make the host as it is wanted: only what differs is changed",
	.params = apply_params,
	.flags = CMD_WRITES,
	.run = run_apply,
};

/* The host came up with the entry that was to be tried: what it tried is what is wanted. */
static bool try_came_up(struct run *r)
{
	struct bootfile *b = NULL;

	return facts_boot(r->facts, &b, NULL) == 0 && grubtry_find(&b->cfg) >= 0 && checks_try_runs(r->facts, b) == TRI_YES;
}

/* As it was given, else as the settings have it. */
static enum reapply_reboot reboot_mode(struct run *r)
{
	_cleanup_(settings_done) struct settings settings = { 0 };
	const char *word = args_get(r->args, "reboot");

	settings_read(facts_host(r->facts), &settings);
	for (size_t i = 0; i < settings.notes.n; i++)
		strv_add(&r->res->notes, settings.notes.v[i]);
	if (word)
		settings_reboot(word, &settings.reapply_reboot);
	return settings.reapply_reboot;
}

/* What this boot has tried becomes the usual.  What was changed there since waits for a boot that nobody is hurried into. */
static int keep_try(struct run *r, enum reapply_reboot mode, struct err *err)
{
	struct result *res = r->res;
	int rc;

	strv_add(&res->notes, "this boot took the entry of boot=try and came up: its parameters become the usual ones; "
			      "the rest of what is wanted is looked at next time");
	rc = bootplan_try_keep(r, err);
	if (rc == 0 && mode == REAPPLY_NEVER && res->plan.says_reboot) {
		plan_unsay_reboot(&res->plan);
		strv_add(&res->notes, "a reboot is pending: what was changed since the try does not run yet");
	}
	return rc;
}

/* The post-upgrade script's one command: state-apply for a host that nobody watches. */
static int run_reapply(struct run *r, struct err *err)
{
	enum reapply_reboot mode = reboot_mode(r);
	_cleanup_strbuf_ struct strbuf reboot = { 0 };
	_cleanup_(restored_done) struct restored d = { 0 };
	bool there, came_up = try_came_up(r), refused = came_up && bootplan_try_keep_refused(r);
	int rc = restored_args(r, &d, err);

	if (rc < 0)
		return rc;
	d.later = came_up && !refused; /* what they need has not been looked at */
	if (came_up && !refused)
		rc = keep_try(r, mode, err);
	else
		rc = apply_wanted(r, &there, mode == REAPPLY_AUTO, &d, err);
	if (rc == 0 && refused) {
		r->res->status = 1;
		if (mode == REAPPLY_AUTO && d.due)
			strv_add(&r->res->notes, "reboot=auto: this host is not rebooted: it would start without what was tried");
		mode = mode == REAPPLY_AUTO ? REAPPLY_ASK : mode;
	}
	if (rc == 0)
		restore_settle(r, mode, &d, &reboot);
	else
		restore_settle_none(r, &d);
	if (rc == 0 && (!came_up || refused))
		restore_tell(r->res, strbuf_str(&reboot));
	return rc;
}

static const struct param reapply_params[] = {
	{ "reboot", "auto|ask|never", 0, "where one is due; auto: once, by itself; default: the settings' reapply-reboot, else ask" },
	PARAM_VMS,
	{ "start", "true|false", 0, "false: VMs that were shut down for the last reboot wait for the next reapply" },
	{ "timeout", "SECONDS", 0, "that these have to start, all together (default 1800); what lasts longer goes on, and is told of" },
	{ 0 },
};

const struct command cmd_reapply = {
	.name = "reapply",
	.summary = "after an upgrade or at boot: find every wanted device again, and put everything back",
	.params = reapply_params,
	.flags = CMD_WRITES,
	.run = run_reapply,
};
