/* SPDX-License-Identifier: GPL-2.0-or-later */
/* restore.c - see restore.h */

#include "cmdline/hide.h"
#include "plugin/bootplan.h"
#include "plugin/plan_reboot.h"
#include "plugin/restore.h"
#include "plugin/state_places.h"
#include "plugin/usbgive.h"
#include "usbpolicy/policy_merge.h"
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
	for (size_t i = 0; x->vms && i < x->wanted->n_vms; i++) {
		free(x->vms[i].key);
		free(x->vms[i].refused);
	}
	free(x->vms);
	strv_done(&x->leave);
	resolution_done(&x->found);
	resolution_done(&x->found_before);
	*x = (struct restore){ 0 };
}

static void say(struct run *r, const char *code, enum severity severity, const char *subject, char *text, const char *remedy)
{
	struct finding *f = findings_add(&r->res->findings, code, severity, subject, text);

	f->remedy = remedy ? xstrdup(remedy) : NULL;
	free(text);
}

/* Could XAPI plug what is at this address?  Then it must not stand in the key of a VM that wants another device. */
static bool could_be_plugged(struct run *r, struct bdf bdf)
{
	const struct bdfset *present = facts_present(r->facts);

	return !present || bdfset_has(present, bdf);
}

/* Of a VM's device that was not found: see restore_key(). */
static bool keeps_key(struct run *r, const struct state *s, const struct resolved *d)
{
	for (size_t i = 0; i < s->n_vms; i++)
		for (size_t n = 0; n < s->vms[i].devices.n; n++) {
			const struct state_device *own = &s->vms[i].devices.v[n];

			if (streq0(own->identity, d->identity) && !could_be_plugged(r, own->bdf))
				return true;
		}
	return false;
}

static void say_missing(struct run *r, struct restore *x)
{
	struct pcidevs *set = NULL;

	if (facts_pci(r->facts, &set, NULL) < 0) /* which restore_begin() has seen, where a device is wanted */
		return;
	for (size_t i = 0; i < x->found.n; i++) {
		const struct resolved *d = &x->found.v[i];
		_cleanup_free_ char *text = NULL, *remedy = NULL;
		bool stays;

		if (fate_is_found(d->fate))
			continue;
		text = resolved_text(d);
		stays = keeps_key(r, x->wanted, d);
		remedy = state_missing_remedy(x->wanted, set, d);
		x->complete = false;
		say(r, "WANTED_MISSING", SEV_WARN, BDF_STR(d->was),
		    xasprintf("%s: %sno VM gets another in its place%s", text, d->hidden ? "it is not hidden, and " : "",
			      stays ? "; the address stays in the key of its VM, which does not start without it" : ""), remedy);
	}
}

static void say_moved(struct run *r, const struct restore *x)
{
	for (size_t i = 0; i < x->found.n; i++) {
		const struct resolved *d = &x->found.v[i];

		if (d->fate == FATE_MOVED)
			say(r, "WANTED_MOVED", SEV_INFO, BDF_STR(d->now), resolved_text(d), NULL);
	}
}

/* The first refusal that asking for it now would meet; NULL none.  Caller frees. */
static char *refusal_of(struct run *r, const struct restore *x, unsigned intent, const struct bdfset *devices, const struct vm *vm)
{
	const struct check_request req = { .intent = intent, .devices = devices, .vm = vm, .force = &x->wanted->overrides,
					   .leave = &x->leave };
	struct findings found = { 0 };
	const struct finding *f;
	char *text;

	checks_run_refusals(r->facts, &req, &found);
	f = findings_refusal(&found);
	text = f ? xasprintf("%s: %s", f->code, f->text) : NULL;
	findings_done(&found);
	return text;
}

/* ---- hidden devices ------------------------------------------------------------------------------------------- */

static void add_devices(struct bdfset *ret, const struct state_devices *d)
{
	for (size_t i = 0; i < d->n; i++)
		bdfset_add(ret, d->v[i].bdf);
}

/* Where wanted devices were, or are that were wanted until now; but not where a VM's device is today, whoever has hidden it. */
static void places_so_far(const struct restore *x, struct bdfset *ret)
{
	add_devices(ret, &x->wanted->hidden);
	for (size_t i = 0; i < x->wanted->n_vms; i++)
		add_devices(ret, &x->wanted->vms[i].devices);
	for (size_t i = 0; i < x->found_before.n; i++)
		bdfset_add(ret, x->found_before.v[i].now);
	for (size_t i = 0; i < x->wanted->n_vms; i++) {
		const struct state_devices *d = &x->wanted->vms[i].devices;

		for (size_t n = 0; n < d->n; n++) {
			const struct resolved *found = resolution_find(&x->found, &d->v[n]);

			if (fate_is_found(found->fate) && !found->hidden)
				bdfset_remove(ret, found->now);
		}
	}
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
	_cleanup_bdfset_ struct bdfset all = { 0 }, common = { 0 }, want = { 0 }, stale = { 0 }, so_far = { 0 };
	static const char why[] = "the devices that are wanted hidden, at the addresses that they have today";
	struct bootfile *b = NULL;
	bool unreadable, differs = false;
	int rc = bootplan_boot(r, &b, err);

	if (rc < 0)
		return rc;
	look_at_lists(r, x, b, &all, &common, &unreadable);
	collect_hidden(r, x, &common, &want);
	places_so_far(x, &so_far);
	for (size_t i = 0; i < all.n; i++)
		if (bdfset_has(&so_far, all.v[i]) && !bdfset_has(&want, all.v[i]))
			bdfset_add(&stale, all.v[i]);
	for (size_t i = 0; i < want.n; i++)
		differs |= !bdfset_has(&common, want.v[i]);
	if (x->before)
		checks_run(r->facts, &(struct check_request){ .intent = CHECK_UNHIDE, .devices = &stale, .leave = &x->leave }, &r->res->findings);
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

/* NULL: the state knows nothing of it but the address. */
static const struct resolved *resolved_at(const struct restore *x, const struct state_vm *vm, struct bdf bdf)
{
	const struct state_device *d = state_devices_find(&vm->devices, bdf);

	return d ? resolution_find(&x->found, d) : NULL;
}

char *restore_key(struct run *r, const struct restore *x, const struct state_vm *vm, bool *whole)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	struct strbuf out = { 0 };
	size_t left_out = 0;

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct vmpci_item *item = &items.v[i];
		const struct resolved *found = item->dropped ? NULL : resolved_at(x, vm, item->bdf);

		if (found && !fate_is_found(found->fate) && could_be_plugged(r, item->bdf)) {
			left_out++;
			continue;
		}
		if (out.len)
			strbuf_addc(&out, ',');
		if (found && fate_is_found(found->fate) && !bdf_eq(found->now, item->bdf))
			strbuf_addf(&out, "%ld/%s", item->order, BDF_STR(found->now));
		else
			strbuf_addn(&out, vm->pci + item->off, item->len);
	}
	if (whole)
		*whole = !left_out;
	if (!out.len) {
		strbuf_done(&out);
		return NULL;
	}
	return strbuf_take(&out);
}

/* Where they were, and where they are today. */
static void add_places(struct bdfset *ret, const struct resolution *r, const struct state_devices *d)
{
	add_devices(ret, d);
	for (size_t i = 0; i < d->n; i++) {
		const struct resolved *found = resolution_find(r, &d->v[i]);

		if (fate_is_found(found->fate))
			bdfset_add(ret, found->now);
	}
}

bool restore_owns_key(const struct restore *x, const struct state_vm *vm, const char *value)
{
	const struct state_vm *had = x->before ? state_find_vm(x->before, vm->uuid) : NULL;
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset known = { 0 };

	add_places(&known, &x->found, &vm->devices);
	if (had)
		add_places(&known, &x->found_before, &had->devices);
	vmpci_parse(value ? value : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped && !bdfset_has(&known, items.v[i].bdf))
			return false;
	return true;
}

static bool differs(const struct state_vm *want, const struct restore_vm *k)
{
	return k->vm && want->pci && !streq0(k->key, k->vm->pci);
}

/* The devices that a key names and another one does not. */
static void named_anew(const char *key, const char *before, struct bdfset *ret)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };

	vmpci_parse(key ? key : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped && !(before && vmpci_names(before, items.v[i].bdf)))
			bdfset_add(ret, items.v[i].bdf);
}

/* The VM as it is going to be, for everything that it gets: what its key names so far may be another device by now. */
static char *key_refused(struct run *r, const struct restore *x, const struct restore_vm *k)
{
	_cleanup_bdfset_ struct bdfset newly = { 0 };
	struct vm then = *k->vm;

	then.pci = k->key;
	named_anew(k->key, k->vm->pci, &newly);
	return newly.n ? refusal_of(r, x, CHECK_ATTACH, &newly, &then) : NULL;
}

/* The first of them that a VM keeps which was to give it up, unless that is overridden. */
static char *kept_by_other(const struct restore *x, const struct bdfset *newly, const struct bdfset *stay)
{
	for (size_t i = 0; i < newly->n; i++) {
		_cleanup_free_ char *name = xasprintf("DEVICE_ASSIGNED@%s", BDF_STR(newly->v[i]));

		if (bdfset_has(stay, newly->v[i]) && !strv_has(&x->wanted->overrides, name))
			return xasprintf("DEVICE_ASSIGNED: %s is still in the key of a VM that does not get its own devices back", BDF_STR(newly->v[i]));
	}
	return NULL;
}

/* A key that stays as it is keeps what it names from the others, whose keys then stay, too. */
static void refuse_what_stays(struct restore *x)
{
	_cleanup_bdfset_ struct bdfset stay = { 0 };
	bool more = true;

	while (more) {
		for (size_t i = 0; i < x->wanted->n_vms; i++)
			if (x->vms[i].refused)
				named_anew(x->vms[i].vm->pci, NULL, &stay);
		more = false;
		for (size_t i = 0; stay.n && i < x->wanted->n_vms; i++) {
			struct restore_vm *k = &x->vms[i];
			_cleanup_bdfset_ struct bdfset newly = { 0 };

			if (k->refused || !k->owned || !differs(&x->wanted->vms[i], k))
				continue;
			named_anew(k->key, k->vm->pci, &newly);
			k->refused = kept_by_other(x, &newly, &stay);
			more |= k->refused != NULL;
		}
	}
}

/* Was the VM given this, and is nothing wanted of it any more?  Whoever has changed it since keeps it. */
static bool drops_key(const struct restore *x, const struct state_vm *had, const struct vm *vm)
{
	const struct state_vm *want = state_find_vm(x->wanted, had->uuid);

	return had->pci && !(want && want->pci) && streq0(vm->pci, had->pci);
}

/* What becomes of every VM's key: all of them first, for one VM's device may be named by the key of another that gives it up. */
static void look_at_keys(struct run *r, struct restore *x)
{
	const struct vm *vm;

	for (size_t i = 0; x->before && i < x->before->n_vms; i++)
		if (facts_find_vm(r->facts, x->before->vms[i].uuid, &vm, NULL) == 0 && drops_key(x, &x->before->vms[i], vm))
			strv_add(&x->leave, vm->uuid);
	x->vms = x->wanted->n_vms ? xcalloc(x->wanted->n_vms, sizeof(*x->vms)) : NULL;
	for (size_t i = 0; i < x->wanted->n_vms; i++) {
		const struct state_vm *want = &x->wanted->vms[i];
		const struct state_vm *had = x->before ? state_find_vm(x->before, want->uuid) : NULL;
		struct restore_vm *k = &x->vms[i];

		if (facts_find_vm(r->facts, want->uuid, &k->vm, NULL) < 0 || !want->pci)
			continue;
		k->key = restore_key(r, x, want, NULL);
		k->owned = restore_owns_key(x, want, k->vm->pci) || (had && streq0(had->pci, k->vm->pci));
		if (k->owned && differs(want, k))
			strv_add(&x->leave, want->uuid);
	}
	for (size_t i = 0; i < x->wanted->n_vms; i++)
		if (x->vms[i].owned && differs(&x->wanted->vms[i], &x->vms[i]))
			x->vms[i].refused = key_refused(r, x, &x->vms[i]);
	refuse_what_stays(x);
}

static void restore_pci(struct run *r, struct restore *x, const struct state_vm *want, const struct restore_vm *k)
{
	if (!differs(want, k))
		return;
	if (!k->owned) {
		say(r, "WANTED_FOREIGN", SEV_WARN, want->uuid,
		    xasprintf("VM '%s': other-config:pci is '%s', with devices that were not given to it by this program; wanted was '%s': it stays",
			      k->vm->name, k->vm->pci, want->pci),
		    "state-import takes over what is configured now; vm-pci-attach and -detach set it");
		return;
	}
	if (k->refused) {
		x->complete = false;
		say(r, "WANTED_REFUSED", SEV_WARN, want->uuid, xasprintf("VM '%s' does not get its devices back: %s", k->vm->name, k->refused),
		    "vm-pci-attach shows the reasons");
		return;
	}
	plan_vm_key(&r->res->plan, k->vm, "other_config", "pci", k->vm->pci, k->key, "the VM's devices, at the addresses that they have today");
}

static void restore_vm(struct run *r, struct restore *x, const struct state_vm *want, const struct restore_vm *k)
{
	const struct this_host *here = NULL;
	_cleanup_free_ char *shown = NULL;

	if (!k->vm) {
		say(r, "WANTED_NO_VM", SEV_WARN, want->uuid, xasprintf("VM '%s' is not there any more", want->name ? want->name : ""),
		    "if that is for good: state-import takes over what is configured now");
		return;
	}
	restore_pci(r, x, want, k);
	if (want->mask)
		plan_vm_key(&r->res->plan, k->vm, "VCPUs_params", "mask", k->vm->mask, want->mask, "it was set through this program");
	if (!want->here || k->vm->affinity || facts_this_host(r->facts, &here, NULL) < 0)
		return;
	shown = xasprintf("%s '%s'", here->uuid, here->name);
	plan_vm_ref(&r->res->plan, k->vm, "affinity", NULL, here->ref, NULL, shown, "the devices are in this host: XAPI starts the VM here when it can");
}

/* What a VM was given and is wanted no more, as long as nobody else has changed it. */
static void drop_vm(struct run *r, const struct restore *x, const struct state_vm *had)
{
	const struct state_vm *want = state_find_vm(x->wanted, had->uuid);
	static const char why[] = "it is wanted no more";
	const struct vm *vm;

	if (facts_find_vm(r->facts, had->uuid, &vm, NULL) < 0)
		return;
	if (drops_key(x, had, vm)) {
		run_checks(r, CHECK_VM | CHECK_VM_OFF, NULL, vm);
		plan_vm_key(&r->res->plan, vm, "other_config", "pci", vm->pci, NULL, why);
	}
	if (had->mask && !(want && want->mask) && streq0(vm->mask, had->mask))
		plan_vm_key(&r->res->plan, vm, "VCPUs_params", "mask", vm->mask, NULL, why);
}

static void restore_vms(struct run *r, struct restore *x)
{
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
	for (size_t i = 0; x->before && i < x->before->n_vms; i++)
		drop_vm(r, x, &x->before->vms[i]);
	for (size_t i = 0; i < x->wanted->n_vms; i++)
		restore_vm(r, x, &x->wanted->vms[i], &x->vms[i]);
}

/* ---- the state itself ------------------------------------------------------------------------------------------------ */

/* What identifies it today, in all records alike; and, where nothing stands in the way, the address that it has today. */
static void renew(const struct restore *x, struct state_device *d, struct pcidevs *set, bool address)
{
	const struct resolved *found = resolution_find(&x->found, d);
	bool known = fate_is_found(found->fate); /* also one that was given by its address alone */
	const struct pcidev *dev = known ? pcidevs_find(set, found->now) : NULL;

	if (!dev || !dev->ids_known)
		return;
	if (address)
		d->bdf = found->now;
	free(d->identity);
	d->identity = pcidev_identity(set, dev);
}

/* Does its key become what it shall be, or is it so? */
static bool is_settled(const struct state_vm *vm, const struct restore_vm *k)
{
	return vm->pci && k->vm && (streq0(k->key, k->vm->pci) || (k->owned && !k->refused));
}

bool restore_vm_is_whole(const struct restore *x, size_t i)
{
	const struct state_vm *vm = &x->wanted->vms[i];
	bool settled = is_settled(vm, &x->vms[i]);

	for (size_t d = 0; d < vm->devices.n; d++) {
		const struct resolved *found = resolution_find(&x->found, &vm->devices.v[d]);

		if (!fate_is_found(found->fate) || (!settled && !bdf_eq(found->now, vm->devices.v[d].bdf)))
			return false;
	}
	return true;
}

/*
 * The addresses of a VM's devices are renewed together with its key: as long as that is not as wanted, because XAPI does not answer or
 * something is in the way, they are what tells that the key is still the one that was written here.  Nor while an item had to go from the
 * key, which is wanted all the same: it is worked out again next time.
 */
static void renew_vm(struct run *r, const struct restore *x, size_t i, struct state_vm *vm, struct pcidevs *set)
{
	const struct restore_vm *k = &x->vms[i];
	bool whole = true, settled = is_settled(vm, k);
	_cleanup_free_ char *key = settled ? restore_key(r, x, &x->wanted->vms[i], &whole) : NULL;

	settled = settled && whole;
	if (settled) {
		free(vm->pci);
		vm->pci = TAKE_PTR(key);
	}
	for (size_t d = 0; d < vm->devices.n; d++)
		renew(x, &vm->devices.v[d], set, settled);
}

/* Wanted is the same hardware at its addresses of today, and what a file of the administrator's says: the host's own state says so, too. */
static int restore_state(struct run *r, const struct restore *x, struct err *err)
{
	const struct state *own = x->before ? x->before : x->wanted;
	_cleanup_(state_done) struct state s = { 0 };
	struct pcidevs *set = NULL;
	int rc;

	if (own->newer)
		return 0;
	if (wants_devices(x->wanted)) /* which restore_begin() has seen */
		facts_pci(r->facts, &set, NULL);
	rc = state_dup(x->wanted, &s, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < s.n_vms; i++)
		renew_vm(r, x, i, &s.vms[i], set);
	for (size_t i = 0; i < s.hidden.n; i++)
		renew(x, &s.hidden.v[i], set, true);
	for (size_t i = 0; i < r->res->plan.n; i++) {
		const struct change *c = &r->res->plan.v[i];
		struct state_vm *vm = c->kind == CHANGE_VUSB ? state_find_vm(&s, c->uuid) : NULL;

		if (vm)
			state_usb_change(vm, c);
		else if (c->kind == CHANGE_FILE && streq(c->key, POLICY_RECORD_PATH))
			state_set_usb_policy(&s, c->new.text);
	}
	state_inherit_stamps(&s, own, NULL);
	return state_plan(&r->res->plan, own, &s, "what is wanted, at the addresses of today", err);
}

static void tell_pending(struct run *r, struct restore *x)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };

	for (size_t i = 0; i < x->found.n; i++)
		if (fate_is_found(x->found.v[i].fate))
			bdfset_add(&devices, x->found.v[i].now);
	x->told_reboot = bootplan_tell_reboot(r, &devices);
}

int restore_plan(struct run *r, struct restore *x, struct err *err)
{
	int rc;

	r->res->plan.keep_state = true;
	for (size_t i = 0; i < x->wanted->overrides.n; i++)
		strv_add(&r->overrides, x->wanted->overrides.v[i]);
	say_missing(r, x);
	say_moved(r, x);
	look_at_keys(r, x);
	rc = restore_hidden(r, x, err);
	if (rc == 0)
		rc = restore_params(r, x, err);
	if (rc == 0)
		rc = bootplan_clear_rescue(r, err);
	if (rc < 0)
		return rc;
	restore_vms(r, x);
	x->complete &= usbplan_restore(r, x->wanted->usb_policy, x->before ? x->before->usb_policy : NULL, &x->wanted->overrides);
	usbgive_restore(r, x->wanted, NULL, &x->complete);
	rc = restore_state(r, x, err);
	if (rc == 0 && plan_needs(&r->res->plan, EFFECT_HOST_REBOOT))
		plan_next_reboot(&r->res->plan, "boot parameters are read when it starts");
	else if (rc == 0)
		tell_pending(r, x);
	return rc;
}

void restore_tell(struct result *res, const char *reboot)
{
	struct strbuf out = { 0 };

	if ((!res->plan.n || plan_is_passing(&res->plan)) && !*reboot)
		return;
	strbuf_add(&out, reboot);
	for (size_t i = 0; i < res->findings.n; i++)
		if (str_after(res->findings.v[i].code, "WANTED_") && res->findings.v[i].severity != SEV_INFO)
			strbuf_addf(&out, " %s: %s.", res->findings.v[i].subject, res->findings.v[i].text);
	res->plan.message = strbuf_take(&out);
}
