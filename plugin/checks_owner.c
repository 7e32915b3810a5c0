/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_owner.c - who has a device; see checks.h. */

#include "plugin/checks_private.h"
#include "xenhelpers/vmpci.h"

/* ---- who has it ------------------------------------------------------------------------------------------ */

static const char *vm_kind(const struct vm *vm)
{
	if (vm->is_control_domain == TRI_YES)
		return "the control domain";
	if (vm->is_snapshot == TRI_YES)
		return "the snapshot";
	return vm->is_template == TRI_YES ? "the template" : "the VM";
}

/*
 * Nothing is given: the VM has the device in its key already, and the other one is off.  XAPI starts whichever comes first, so this is what
 * check_double() says of the host, and no reason against a start.
 */
static bool is_shared(const struct asking *a, struct bdf bdf, const struct vm *other)
{
	const struct vm *vm = a->req->vm;

	return a->req->intent & CHECK_ASK && vm && vm->pci && vmpci_names(vm->pci, bdf) && streq0(other->power_state, "Halted");
}

/* What another VM's key means for one that is to have the device. */
static void tell_assigned(struct asking *a, struct bdf bdf, const struct vm *vm)
{
	_cleanup_free_ char *evidence = xasprintf("other-config:pci of %s is '%s'", vm->uuid, vm->pci);
	_cleanup_free_ char *detach = xasprintf("vm-pci-detach uuid=%s device=%s", vm->uuid, BDF_STR(bdf));
	_cleanup_free_ char *text = NULL, *remedy = NULL;
	struct pcidevs *set = NULL;

	if (!vm_is_guest(vm)) {
		text = xasprintf("%s '%s' names %s too: a VM made or reverted from it asks for the device", vm_kind(vm), vm->name,
				 BDF_STR(bdf));
		check_found_as(a, SEV_WARN, BDF_STR(bdf), evidence, NULL, text);
	} else if (facts_vm_is_here(a->facts, vm) == TRI_NO) {
		text = xasprintf("the VM '%s' of another host names the address %s, which is another device there", vm->name, BDF_STR(bdf));
		check_found_as(a, SEV_INFO, BDF_STR(bdf), evidence, NULL, text);
	} else if (is_shared(a, bdf, vm)) {
		text = xasprintf("%s is assigned to %s '%s', too: only the first that starts gets it", BDF_STR(bdf), vm_kind(vm), vm->name);
		check_found_as(a, SEV_WARN, BDF_STR(bdf), evidence, detach, text);
	} else {
		/* One that runs is changed for its next start only, and holds the device until then. */
		if (vm->power_state && !streq(vm->power_state, "Halted"))
			remedy = xasprintf("shut that VM down: xe vm-shutdown uuid=%s; then %s", vm->uuid, detach);
		check_found(a, BDF_STR(bdf), evidence, remedy ? remedy : detach, "%s is assigned to %s '%s'", BDF_STR(bdf), vm_kind(vm), vm->name);
		if (facts_pci(a->facts, &set, NULL) == 0 && !pcidevs_find(set, bdf))
			check_found_absent(a, bdf);
	}
}

/* It is the VM of the request, or one that gives its devices up in the same plan. */
static bool counts_not(const struct check_request *req, const struct vm *vm)
{
	return (req->vm && streq(req->vm->uuid, vm->uuid)) || (req->leave && strv_has(req->leave, vm->uuid));
}

static void check_assigned(struct asking *a, struct bdf bdf)
{
	_cleanup_free_ const struct vm **others = NULL;
	struct vmlist list = { 0 };
	struct err err = { 0 };

	/* The host as it is: that a VM has it is as it should be; see check_double(). */
	if (a->req->intent & CHECK_HOST)
		return;
	if (facts_assigned_to(a->facts, bdf, &list, &err) < 0) {
		check_unknown(a, BDF_STR(bdf), "whether a VM has the device", err.text, err.hint[0] ? err.hint : NULL);
		return;
	}
	others = list.v;
	for (size_t i = 0; i < list.n; i++)
		if (!counts_not(a->req, list.v[i]))
			tell_assigned(a, bdf, list.v[i]);
}

/* "the VM 'a' (Running), the template 'b'" */
static void describe_vm(struct strv *out, const struct vm *vm)
{
	if (vm_is_guest(vm))
		strv_addf(out, "%s '%s' (%s)", vm_kind(vm), vm->name, vm->power_state ? vm->power_state : "power state unknown");
	else
		strv_addf(out, "%s '%s'", vm_kind(vm), vm->name);
}

/*
 * XAPI checks nothing before the second VM starts (facts, 3.2): that start fails while the first one runs.  A snapshot has its
 * VM's key and is no second owner; a VM of another host means that host's device.
 */
static void check_double(struct asking *a, struct bdf bdf)
{
	_cleanup_strv_ struct strv who = { 0 }, keys = { 0 };
	_cleanup_free_ const struct vm **owners = NULL;
	_cleanup_free_ char *names = NULL, *evidence = NULL, *remedy = NULL;
	const struct vm *idle = NULL;
	struct vmlist list = { 0 };

	if (facts_assigned_to(a->facts, bdf, &list, NULL) < 0)
		return;
	owners = list.v;
	for (size_t i = 0; i < list.n; i++) {
		const struct vm *vm = list.v[i];

		if (vm->is_snapshot == TRI_YES || facts_vm_is_here(a->facts, vm) == TRI_NO)
			continue;
		describe_vm(&who, vm);
		strv_addf(&keys, "other-config:pci of %s is '%s'", vm->uuid, vm->pci);
		if (!idle || (vm->power_state && streq(vm->power_state, "Halted")))
			idle = vm;
	}
	if (who.n < 2)
		return;
	names = strv_join(&who, ", ");
	evidence = strv_join(&keys, "; ");
	remedy = xasprintf("leave it to one of them: vm-pci-detach uuid=%s device=%s", idle->uuid, BDF_STR(bdf));
	check_found(a, BDF_STR(bdf), evidence, remedy, "%s is named by %zu: %s; only the first that starts gets it, and the others then do not start",
		    BDF_STR(bdf), who.n, names);
}

/* A running VM whose key was changed keeps the device until it stops. */
static void tell_stale_holder(struct asking *a, struct bdf bdf, const struct xen_domain *d)
{
	_cleanup_free_ char *text = NULL, *evidence = NULL;
	struct vms *vms = NULL;
	const struct vm *vm;

	if (facts_vms(a->facts, &vms, NULL) < 0)
		return;
	vm = vms_find(vms, d->uuid);
	if (vm && vm->pci && vmpci_names(vm->pci, bdf))
		return;
	evidence = xasprintf("Xen: domain %d, %s; other-config:pci of that VM is %s", d->domid, d->uuid,
			     vm && vm->pci ? vm->pci : "absent");
	text = xasprintf("the running domain %d '%s' holds %s, which its VM's key does not name: it is free when that VM stops", d->domid,
			 d->name ? d->name : "", BDF_STR(bdf));
	check_found_as(a, SEV_INFO, BDF_STR(bdf), evidence, NULL, text);
}

static void check_held(struct asking *a, struct bdf bdf)
{
	const struct xen_domain *d;
	_cleanup_free_ char *evidence = NULL;
	bool known;

	d = facts_held_by(a->facts, bdf, &known);
	if (!known)
		check_unknown(a, BDF_STR(bdf), "whether a running domain holds the device", "Xen does not tell", NULL);
	if (d && a->req->intent & CHECK_HOST) {
		tell_stale_holder(a, bdf, d);
		return;
	}
	if (!d || (a->req->vm && streq(a->req->vm->uuid, d->uuid)))
		return;
	evidence = xasprintf("Xen: domain %d, %s", d->domid, d->uuid);
	check_found(a, BDF_STR(bdf), evidence, "shut that VM down first", "%s is held by the running domain %d '%s'", BDF_STR(bdf),
	      d->domid, d->name ? d->name : "");
}

/* With its physical function a VF goes away: from under the VM that has it. */
static void check_vf_in_use(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset vfs = { 0 };

	facts_vfs(a->facts, bdf, &vfs);
	for (size_t i = 0; i < vfs.n; i++) {
		const struct pcidev *vf = check_device(a, vfs.v[i]);
		const struct xen_domain *d;
		bool known;

		d = facts_held_by(a->facts, vf->bdf, &known);
		if (d || facts_assignable(a->facts, vf) == TRI_YES) {
			_cleanup_free_ char *evidence = d ? xasprintf("Xen: domain %d, %s", d->domid, d->uuid)
							  : xasprintf("Xen: %s is assignable", BDF_STR(vf->bdf));

			check_found(a, BDF_STR(bdf), evidence, "take the virtual function back first, or name another device",
			      "%s takes its virtual function %s with it, which is %s", BDF_STR(bdf), BDF_STR(vf->bdf),
			      d ? "held by a running VM" : "meant for a VM");
		}
	}
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "DEVICE_ASSIGNED", SEV_REFUSE, false, CHECK_UNHIDE | CHECK_ATTACH, check_assigned, NULL },
	{ "DEVICE_HELD", SEV_REFUSE, false, CHECK_UNHIDE | CHECK_ATTACH | CHECK_ASSIGN | CHECK_START, check_held, NULL },
	{ "VF_IN_USE", SEV_REFUSE, false, CHECK_HIDE | CHECK_LISTED, check_vf_in_use, NULL },
	{ "DEVICE_DOUBLE", SEV_WARN, false, CHECK_HOST, check_double, NULL },
};
const struct check_table checks_owner = CHECK_TABLE(rows);
