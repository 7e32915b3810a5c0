/* SPDX-License-Identifier: GPL-2.0-or-later */
/* restore.c - see restore.h */

#include "cmdline/hide.h"
#include "plugin/bootplan.h"
#include "plugin/restore.h"
#include "plugin/usbgive.h"
#include "xenhelpers/vmpci.h"

/* ---- looking ------------------------------------------------------------------------------------------------- */

static bool wants_devices(const struct state *s)
{
	for (size_t i = 0; i < s->n_vms; i++)
		if (s->vms[i].devices.n)
			return true;
	return s->hidden.n;
}

int restore_begin(struct run *r, const struct state *wanted, const struct state *before, struct restore *ret, struct err *err)
{
	struct pcidevs *set = NULL;
	int rc = 0;

	*ret = (struct restore){ .wanted = wanted, .before = before, .complete = true };
	if (wants_devices(wanted) || (before && wants_devices(before)))
		rc = facts_pci(r->facts, &set, err);
	if (rc < 0 || !set)
		return rc;
	state_resolve(set, wanted, &ret->found);
	if (before)
		state_resolve(set, before, &ret->found_before);
	return 0;
}

void restore_done(struct restore *x)
{
	resolution_done(&x->found);
	resolution_done(&x->found_before);
}

static void say(struct run *r, const char *code, enum severity severity, const char *subject, char *text, const char *remedy)
{
	struct finding *f = findings_add(&r->res->findings, code, severity, subject, text);

	f->remedy = remedy ? xstrdup(remedy) : NULL;
	free(text);
}

static void say_missing(struct run *r, struct restore *x)
{
	for (size_t i = 0; i < x->found.n; i++) {
		const struct resolved *d = &x->found.v[i];

		if (fate_is_found(d->fate))
			continue;
		x->complete = false;
		say(r, "WANTED_MISSING", SEV_WARN, BDF_STR(d->was),
		    xasprintf("the device that was %s when it was set up is %s%s%s: it is not hidden, and no VM gets another in its place",
			      d->identity, fate_name(d->fate), d->text ? ": " : "", d->text ? d->text : ""),
		    "put it back, or set up what is there now and take that over with state-import");
	}
}

static void say_moved(struct run *r, const struct restore *x)
{
	for (size_t i = 0; i < x->found.n; i++) {
		const struct resolved *d = &x->found.v[i];

		if (d->fate == FATE_MOVED)
			say(r, "WANTED_MOVED", SEV_INFO, BDF_STR(d->now),
			    xasprintf("the device that was %s when it was set up is here now (%s)", BDF_STR(d->was), d->identity), NULL);
	}
}

/* The first refusal that asking for it now would meet; NULL none.  Caller frees. */
static char *refusal_of(struct run *r, const struct restore *x, unsigned intent, const struct bdfset *devices, const struct vm *vm)
{
	const struct check_request req = { .intent = intent, .devices = devices, .vm = vm, .force = &x->wanted->overrides };
	struct findings found = { 0 };
	const struct finding *f;
	char *text;

	checks_run(r->facts, &req, &found);
	f = findings_refusal(&found);
	text = f ? xasprintf("%s: %s", f->code, f->text) : NULL;
	findings_done(&found);
	return text;
}

/* ---- hidden devices ------------------------------------------------------------------------------------------- */

static bool was_ever(const struct restore *x, struct bdf bdf)
{
	for (size_t i = 0; i < x->found.n; i++)
		if (bdf_eq(x->found.v[i].was, bdf))
			return true;
	for (size_t i = 0; i < x->found_before.n; i++)
		if (bdf_eq(x->found_before.v[i].now, bdf))
			return true;
	return false;
}

/* Where the wanted ones are today, without those that would be refused. */
static void collect_hidden(struct run *r, struct restore *x, const struct bdfset *now, struct bdfset *want)
{
	for (size_t i = 0; i < x->wanted->hidden.n; i++) {
		const struct resolved *d = resolution_find(&x->found, &x->wanted->hidden.v[i]);
		_cleanup_bdfset_ struct bdfset one = { 0 };
		_cleanup_free_ char *why = NULL;

		if (!fate_is_found(d->fate))
			continue;
		bdfset_add(&one, d->now);
		if (!bdfset_has(now, d->now))
			why = refusal_of(r, x, CHECK_HIDE, &one, NULL);
		if (!why) {
			bdfset_add(want, d->now);
			continue;
		}
		x->complete = false;
		say(r, "WANTED_REFUSED", SEV_WARN, BDF_STR(d->now), xasprintf("it was wanted hidden, and is not hidden again: %s", why),
		    "pci-check shows the reasons");
	}
}

static bool entry_counts(const struct run *r, const struct bootfile *b, size_t entry, enum grub_target target)
{
	return grubcfg_chosen(&b->cfg, entry, run_entries(r)) && b->cfg.v[entry].args[target].there;
}

/* What the entries hide now, and what of that has to go; *unreadable: the kernel cannot read one of the lists. */
static void look_at_lists(struct run *r, const struct restore *x, const struct bootfile *b, struct bdfset *all, struct bdfset *common,
			  bool *unreadable)
{
	bool first = true;

	*unreadable = false;
	for (size_t e = 0; e < b->cfg.n; e++) {
		_cleanup_bdfset_ struct bdfset effective = { 0 }, listed = { 0 };

		if (!entry_counts(r, b, e, GRUB_DOM0))
			continue;
		if (bootfile_hidden(b, e, facts_present(r->facts), &effective, &listed, NULL) < 0) {
			*unreadable = true;
			continue;
		}
		for (size_t i = 0; i < listed.n; i++)
			bdfset_add(all, listed.v[i]);
		for (size_t i = 0; first && i < effective.n; i++)
			bdfset_add(common, effective.v[i]);
		for (size_t i = common->n; i--;)
			if (!bdfset_has(&effective, common->v[i]))
				bdfset_remove(common, common->v[i]);
		first = false;
	}
}

static void tell_foreign(struct run *r, const struct bdfset *all, const struct bdfset *want, const struct bdfset *stale)
{
	for (size_t i = 0; i < all->n; i++)
		if (!bdfset_has(want, all->v[i]) && !bdfset_has(stale, all->v[i]))
			say(r, "WANTED_FOREIGN", SEV_INFO, BDF_STR(all->v[i]),
			    xstrdup("it is hidden by somebody else's edit, and stays so"),
			    "state-import takes over what is configured now; pci-unhide gives it back to dom0");
}

static int restore_hidden(struct run *r, struct restore *x, struct err *err)
{
	_cleanup_bdfset_ struct bdfset all = { 0 }, common = { 0 }, want = { 0 }, stale = { 0 };
	static const char why[] = "the devices that are wanted hidden, at the addresses that they have today";
	struct bootfile *b = NULL;
	bool unreadable, differs = false;
	int rc = bootplan_boot(r, &b, err);

	if (rc < 0)
		return rc;
	look_at_lists(r, x, b, &all, &common, &unreadable);
	collect_hidden(r, x, &common, &want);
	for (size_t i = 0; i < all.n; i++)
		if (was_ever(x, all.v[i]) && !bdfset_has(&want, all.v[i]))
			bdfset_add(&stale, all.v[i]);
	for (size_t i = 0; i < want.n; i++)
		differs |= !bdfset_has(&common, want.v[i]);
	if (x->before)
		run_checks(r, CHECK_UNHIDE, &stale, NULL);
	tell_foreign(r, &all, &want, &stale);
	if (unreadable) {
		_cleanup_free_ char *text = hide_format(&want);

		return want.n ? bootplan_hide_value(r, text, err) : 0;
	}
	return differs || stale.n ? bootplan_hide(r, &want, &stale, why, err) : 0;
}

/* ---- other boot parameters -------------------------------------------------------------------------------------- */

static void drop_param(struct run *r, const struct restore *x, const struct bootfile *b, const struct state_param *p)
{
	static const struct setting absent = { 0 };

	for (size_t i = 0; i < x->wanted->n_params; i++)
		if (x->wanted->params[i].target == p->target && streq(x->wanted->params[i].key, p->key))
			return;
	for (size_t e = 0; e < b->cfg.n; e++) {
		_cleanup_(setting_done) struct setting have = setting_of(b, e, p->target, p->key);

		if (entry_counts(r, b, e, p->target) && setting_eq(&have, &p->value))
			plan_boot(&r->res->plan, b, e, p->target, p->key, &absent, "it is wanted no more");
	}
}

static int restore_params(struct run *r, struct restore *x, struct err *err)
{
	struct bootfile *b = NULL;
	int rc = x->wanted->n_params || (x->before && x->before->n_params) ? bootplan_boot(r, &b, err) : 0;

	for (size_t i = 0; rc == 0 && x->before && i < x->before->n_params; i++)
		drop_param(r, x, b, &x->before->params[i]);
	for (size_t i = 0; rc == 0 && i < x->wanted->n_params; i++) {
		const struct state_param *p = &x->wanted->params[i];

		for (size_t e = 0; e < b->cfg.n; e++)
			if (entry_counts(r, b, e, p->target))
				plan_boot(&r->res->plan, b, e, p->target, p->key, &p->value, "it was set through this program");
	}
	return rc;
}

/* ---- VMs ------------------------------------------------------------------------------------------------------------ */

/* Could XAPI plug what is at this address?  Then it must not stand in the key of a VM that wants another device. */
static bool could_be_plugged(struct run *r, struct bdf bdf)
{
	const struct bdfset *present = facts_present(r->facts);

	return !present || bdfset_has(present, bdf);
}

char *restore_key(struct run *r, const struct restore *x, const struct state_vm *vm, bool *whole)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	struct strbuf out = { 0 };
	size_t left_out = 0;

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct vmpci_item *item = &items.v[i];
		const struct state_device *d = item->dropped ? NULL : state_devices_find(&vm->devices, item->bdf);
		const struct resolved *found = d ? resolution_find(&x->found, d) : NULL;
		const char *text = vm->pci + item->off;

		if (found && !fate_is_found(found->fate) && could_be_plugged(r, item->bdf)) {
			left_out++;
			continue;
		}
		if (out.len)
			strbuf_addc(&out, ',');
		if (found && found->fate == FATE_MOVED)
			strbuf_addf(&out, "%ld/%s", item->order, BDF_STR(found->now));
		else
			strbuf_addn(&out, text, item->len);
	}
	if (whole)
		*whole = !left_out;
	if (!out.len) {
		strbuf_done(&out);
		return NULL;
	}
	return strbuf_take(&out);
}

bool restore_owns_key(const struct restore *x, const struct state_vm *vm, const char *value)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };

	vmpci_parse(value ? value : "", &items);
	for (size_t i = 0; i < items.n; i++) {
		bool known = items.v[i].dropped;

		for (size_t d = 0; !known && d < vm->devices.n; d++) {
			const struct resolved *found = resolution_find(&x->found, &vm->devices.v[d]);

			known = bdf_eq(found->was, items.v[i].bdf) || (fate_is_found(found->fate) && bdf_eq(found->now, items.v[i].bdf));
		}
		if (!known)
			return false;
	}
	return true;
}

static void restore_pci(struct run *r, struct restore *x, const struct state_vm *want, const struct vm *vm)
{
	_cleanup_free_ char *key = restore_key(r, x, want, NULL), *why = NULL;
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset newly = { 0 };

	if (!want->pci || streq0(key, vm->pci))
		return;
	if (!restore_owns_key(x, want, vm->pci)) {
		say(r, "WANTED_FOREIGN", SEV_WARN, vm->uuid,
		    xasprintf("VM '%s': other-config:pci is '%s', with devices that were not given to it by this program; wanted was '%s': it stays",
			      vm->name, vm->pci, want->pci),
		    "state-import takes over what is configured now; vm-pci-attach and -detach set it");
		return;
	}
	vmpci_parse(key ? key : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped && !(vm->pci && vmpci_names(vm->pci, items.v[i].bdf)))
			bdfset_add(&newly, items.v[i].bdf);
	why = newly.n ? refusal_of(r, x, CHECK_ATTACH, &newly, vm) : NULL;
	if (why) {
		x->complete = false;
		say(r, "WANTED_REFUSED", SEV_WARN, vm->uuid, xasprintf("VM '%s' does not get its devices back: %s", vm->name, why),
		    "vm-pci-attach shows the reasons");
		return;
	}
	plan_vm_key(&r->res->plan, vm, "other_config", "pci", vm->pci, key, "the VM's devices, at the addresses that they have today");
}

static void restore_vm(struct run *r, struct restore *x, const struct state_vm *want, const struct this_host *here)
{
	_cleanup_free_ char *shown = NULL;
	const struct vm *vm;

	if (facts_find_vm(r->facts, want->uuid, &vm, NULL) < 0) {
		say(r, "WANTED_NO_VM", SEV_WARN, want->uuid, xasprintf("VM '%s' is not there any more", want->name ? want->name : ""),
		    "if that is for good: state-import takes over what is configured now");
		return;
	}
	restore_pci(r, x, want, vm);
	if (want->mask)
		plan_vm_key(&r->res->plan, vm, "VCPUs_params", "mask", vm->mask, want->mask, "it was set through this program");
	if (!want->here || vm->affinity || !here)
		return;
	shown = xasprintf("%s '%s'", here->uuid, here->name);
	plan_vm_ref(&r->res->plan, vm, "affinity", NULL, here->ref, NULL, shown, "the devices are in this host: XAPI starts the VM here when it can");
}

/* What a VM was given and is wanted no more, as long as nobody else has changed it. */
static void drop_vm(struct run *r, const struct restore *x, const struct state_vm *had)
{
	const struct state_vm *want = state_find_vm(x->wanted, had->uuid);
	static const char why[] = "it is wanted no more";
	const struct vm *vm;

	if (facts_find_vm(r->facts, had->uuid, &vm, NULL) < 0)
		return;
	if (had->pci && !(want && want->pci) && streq0(vm->pci, had->pci)) {
		run_checks(r, CHECK_VM | CHECK_VM_OFF, NULL, vm);
		plan_vm_key(&r->res->plan, vm, "other_config", "pci", vm->pci, NULL, why);
	}
	if (had->mask && !(want && want->mask) && streq0(vm->mask, had->mask))
		plan_vm_key(&r->res->plan, vm, "VCPUs_params", "mask", vm->mask, NULL, why);
}

static void restore_vms(struct run *r, struct restore *x)
{
	const struct this_host *here = NULL;
	struct vms *vms = NULL;
	struct err why = { 0 };

	if (!x->wanted->n_vms && !(x->before && x->before->n_vms))
		return;
	if (facts_vms(r->facts, &vms, &why) < 0) {
		x->complete = false;
		say(r, "WANTED_NO_XAPI", SEV_UNKNOWN, "XAPI", xasprintf("the VMs could not be looked at: %s", why.text),
		    "when XAPI answers: state-apply");
		return;
	}
	facts_this_host(r->facts, &here, NULL);
	for (size_t i = 0; x->before && i < x->before->n_vms; i++)
		drop_vm(r, x, &x->before->vms[i]);
	for (size_t i = 0; i < x->wanted->n_vms; i++)
		restore_vm(r, x, &x->wanted->vms[i], here);
}

/* ---- the state itself ------------------------------------------------------------------------------------------------ */

static void renew(const struct restore *x, struct state_device *d, struct pcidevs *set)
{
	const struct resolved *found = resolution_find(&x->found, d);
	const struct pcidev *dev = found->fate == FATE_MOVED ? pcidevs_find(set, found->now) : NULL;

	if (!dev)
		return;
	d->bdf = found->now;
	free(d->identity);
	d->identity = pcidev_identity(set, dev);
}

static void renew_vm(struct run *r, const struct restore *x, struct state_vm *vm, struct pcidevs *set)
{
	bool whole;
	_cleanup_free_ char *key = restore_key(r, x, vm, &whole);

	/* An item that had to go from the key is wanted all the same: then the text stays, and is worked out again next time. */
	if (!vm->pci || !whole)
		return;
	free(vm->pci);
	vm->pci = TAKE_PTR(key);
	for (size_t i = 0; i < vm->devices.n; i++)
		renew(x, &vm->devices.v[i], set);
}

/* Wanted is the same hardware at its addresses of today, and what a file of the administrator's says: the host's own state says so, too. */
static int restore_state(struct run *r, const struct restore *x, struct err *err)
{
	const struct state *own = x->before ? x->before : x->wanted;
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_(state_done) struct state s = { 0 };
	struct pcidevs *set = NULL;
	int rc;

	if (own->newer)
		return 0;
	if (wants_devices(x->wanted)) /* which restore_begin() has seen */
		facts_pci(r->facts, &set, NULL);
	rc = state_format(x->wanted, &text, err);
	if (rc == 0)
		rc = state_parse(STATE_FILE, &text, &s, err); /* a copy */
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < s.n_vms; i++)
		renew_vm(r, x, &s.vms[i], set);
	for (size_t i = 0; i < s.hidden.n; i++)
		renew(x, &s.hidden.v[i], set);
	for (size_t i = 0; i < r->res->plan.n; i++) {
		const struct change *c = &r->res->plan.v[i];
		struct state_vm *vm = c->kind == CHANGE_VUSB ? state_find_vm(&s, c->uuid) : NULL;

		if (vm)
			state_usb_change(vm, c);
	}
	return state_plan(&r->res->plan, own, &s, "what is wanted, at the addresses of today", err);
}

static void tell_pending(struct run *r, const struct restore *x)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };

	for (size_t i = 0; i < x->found.n; i++)
		if (fate_is_found(x->found.v[i].fate))
			bdfset_add(&devices, x->found.v[i].now);
	bootplan_tell_reboot(r, &devices);
}

int restore_plan(struct run *r, struct restore *x, struct err *err)
{
	int rc;

	r->res->plan.keep_state = true;
	say_missing(r, x);
	say_moved(r, x);
	rc = restore_hidden(r, x, err);
	if (rc == 0)
		rc = restore_params(r, x, err);
	if (rc == 0)
		rc = bootplan_clear_rescue(r, err);
	if (rc < 0)
		return rc;
	restore_vms(r, x);
	rc = usbgive_restore(r, x->wanted, NULL, &x->complete, err);
	if (rc == 0)
		rc = restore_state(r, x, err);
	if (rc == 0 && plan_needs(&r->res->plan, EFFECT_HOST_REBOOT))
		strv_add(&r->res->plan.next, "reboot this host: boot parameters are read when it starts");
	else if (rc == 0)
		tell_pending(r, x);
	return rc;
}

void restore_tell(struct result *res)
{
	struct strbuf out = { 0 };

	if (!res->plan.n)
		return;
	strbuf_addf(&out, "xe-passthrough put passthrough on this host back as it is wanted: %zu change%s.", res->plan.n,
		    res->plan.n == 1 ? "" : "s");
	for (size_t i = 0; i < res->plan.next.n; i++)
		strbuf_addf(&out, " Next: %s.", res->plan.next.v[i]);
	for (size_t i = 0; i < res->findings.n; i++)
		if (str_after(res->findings.v[i].code, "WANTED_") && res->findings.v[i].severity != SEV_INFO)
			strbuf_addf(&out, " %s: %s.", res->findings.v[i].subject, res->findings.v[i].text);
	strbuf_addf(&out, " xe-passthrough state-history shows the changes, state-rollback takes them back.");
	res->plan.message = strbuf_take(&out);
}
