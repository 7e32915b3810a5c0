/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_owner.c - who has a device; see checks.h. */

#include "plugin/checks_private.h"

/* ---- who has it ------------------------------------------------------------------------------------------ */

static const char *vm_kind(const struct vm *vm)
{
	if (vm->is_control_domain == TRI_YES)
		return "the control domain";
	if (vm->is_snapshot == TRI_YES)
		return "the snapshot";
	return vm->is_template == TRI_YES ? "the template" : "the VM";
}

static void check_assigned(struct asking *a, struct bdf bdf)
{
	_cleanup_free_ const struct vm **others = NULL;
	struct vmlist list = { 0 };
	struct err err = { 0 };

	if (facts_assigned_to(a->facts, bdf, &list, &err) < 0) {
		check_unknown(a, BDF_STR(bdf), "whether a VM has the device", err.text, err.hint[0] ? err.hint : NULL);
		return;
	}
	others = list.v;
	for (size_t i = 0; i < list.n; i++) {
		_cleanup_free_ char *evidence = xasprintf("other-config:pci of %s is '%s'", list.v[i]->uuid, list.v[i]->pci);
		_cleanup_free_ char *remedy = xasprintf("vm-pci-detach uuid=%s device=%s", list.v[i]->uuid, BDF_STR(bdf));

		if (a->req->vm && streq(a->req->vm->uuid, list.v[i]->uuid))
			continue;
		if (!vm_is_guest(list.v[i])) {
			_cleanup_free_ char *text = xasprintf("%s '%s' names %s too: a VM made or reverted from it asks for the device",
							      vm_kind(list.v[i]), list.v[i]->name, BDF_STR(bdf));

			check_found_as(a, SEV_WARN, BDF_STR(bdf), evidence, NULL, text);
			continue;
		}
		check_found(a, BDF_STR(bdf), evidence, remedy, "%s is assigned to %s '%s'", BDF_STR(bdf), vm_kind(list.v[i]),
		      list.v[i]->name);
	}
}

static void check_held(struct asking *a, struct bdf bdf)
{
	const struct xen_domain *d;
	_cleanup_free_ char *evidence = NULL;
	bool known;

	d = facts_held_by(a->facts, bdf, &known);
	if (!known)
		check_unknown(a, BDF_STR(bdf), "whether a running domain holds the device", "Xen does not tell", NULL);
	if (!d || (a->req->vm && streq(a->req->vm->uuid, d->uuid)))
		return;
	evidence = xasprintf("Xen: domain %d, %s", d->domid, d->uuid);
	check_found(a, BDF_STR(bdf), evidence, "shut that VM down first", "%s is held by the running domain %d '%s'", BDF_STR(bdf),
	      d->domid, d->name ? d->name : "");
}

/* With its physical function a VF goes away: from under the VM that has it. */
static void check_vf_in_use(struct asking *a, struct bdf bdf)
{
	struct pcidevs *set = NULL;

	if (facts_pci(a->facts, &set, NULL) < 0)
		return;
	for (size_t i = 0; i < set->n; i++) {
		const struct pcidev *vf = &set->v[i];
		const struct xen_domain *d;
		bool known;

		if (!vf->has_physfn || !bdf_eq(vf->physfn, bdf))
			continue;
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
	{ "DEVICE_HELD", SEV_REFUSE, false, CHECK_UNHIDE | CHECK_ATTACH | CHECK_ASSIGN, check_held, NULL },
	{ "VF_IN_USE", SEV_REFUSE, false, CHECK_HIDE | CHECK_LISTED, check_vf_in_use, NULL },
};
const struct check_table checks_owner = CHECK_TABLE(rows);
