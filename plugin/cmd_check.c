/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_check.c - pci-check, host-check: the checks asked for their own sake.  The findings are the records; exit status 3 says that one of
 * them would be refused, or is broken already.
 *
 * host-check also looks whether the devices that are wanted for good are where they were (restore.h has the codes):
 *	WANTED_MOVED, WANTED_MISSING	of a device; the second one, of the desired state's file, where that cannot be told
 * and host-check and vm-pci-check whether VMs have the devices that they were given (state_places.h).
 */

#include "plugin/commands.h"
#include "plugin/state_places.h"
#include "xenhelpers/vmpci.h"

/* Worst first: what is on top is what a reader at night acts upon. */
static void answer(struct run *r, struct findings *f, const char *clean)
{
	state_tell_places(r->facts, f);
	findings_sort(f);
	findings_put(f, &r->res->records);
	if (findings_refusal(f))
		r->res->status = 3;
	if (!f->n)
		strv_add(&r->res->notes, clean);
}

/* ---- pci-check ----------------------------------------------------------------------------------------------- */

static const struct param pci_check_params[] = {
	{ "device", "DEVICE[,DEVICE...]", P_REQUIRED, "address, identity, vendor:device, interface or block device" },
	{ "vm-uuid", "UUID", 0, "and what there is to say of giving them to this VM: its uuid, or a name that no other VM has" },
	PARAM_FORCE,
	{ 0 },
};

static int run_pci_check(struct run *r, struct err *err)
{
	_cleanup_(findings_done) struct findings found = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_strv_ struct strv force = { 0 };
	struct check_request req = { .intent = CHECK_HIDE | CHECK_ATTACH, .devices = &devices, .force = &force };
	const char *uuid = args_get(r->args, "vm-uuid");
	int rc = run_devices(r, "device", &devices, err);

	if (rc == 0 && uuid)
		rc = run_vm_named(r, uuid, &req.vm, err);
	if (rc < 0)
		return rc;
	if (req.vm)
		req.intent |= CHECK_VM | CHECK_VM_OFF | CHECK_ASK;
	run_forced(r, &force);
	checks_run(r->facts, &req, &found);
	answer(r, &found, "no check has anything to say against it");
	return 0;
}

const struct command cmd_pci_check = {
	.name = "pci-check",
	.summary = "what hiding devices, and giving them to a VM, would meet with; exit status 3 when it would be refused",
	.params = pci_check_params,
	.flags = CMD_LIST,
	.type = &finding_type,
	.run = run_pci_check,
};

/* ---- vm-pci-check -------------------------------------------------------------------------------------------- */

static const struct param vm_check_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM: its uuid, or a name that no other VM has" },
	{ "device", "DEVICE[,DEVICE...]", 0, "as if it were given these, too; default: what its key names" },
	PARAM_FORCE,
	{ 0 },
};

static int run_vm_check(struct run *r, struct err *err)
{
	_cleanup_(findings_done) struct findings found = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_strv_ struct strv force = { 0 };
	struct check_request req = { .intent = CHECK_HIDE | CHECK_ATTACH | CHECK_VM | CHECK_ASK, .devices = &devices, .force = &force };
	int rc = run_vm(r, &req.vm, err);

	if (rc == 0 && args_get(r->args, "device")) {
		/* That would be a change, which a running VM does not take. */
		req.intent |= CHECK_VM_OFF;
		rc = run_devices(r, "device", &devices, err);
	} else if (rc == 0 && req.vm->pci) {
		vmpci_parse(req.vm->pci, &items);
		vmpci_plug_order(&items, &devices);
	}
	if (rc < 0)
		return rc;
	run_forced(r, &force);
	checks_run(r->facts, &req, &found);
	state_check_vm(r->facts, req.vm, args_get(r->args, "device") ? &devices : NULL, &found);
	findings_force(&found, &force);
	answer(r, &found, devices.n ? "no check has anything to say against it" : "the VM's key names no device");
	return 0;
}

const struct command cmd_vm_pci_check = {
	.name = "vm-pci-check",
	.summary = "what there is to say of a VM's devices, or of giving it more; exit status 3 when it would be refused",
	.params = vm_check_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI,
	.type = &finding_type,
	.plain = "pci-check device=... judges the devices that the VM's file names, and vm-pci-list shows those of running domains",
	.run = run_vm_check,
};

/* ---- host-check ---------------------------------------------------------------------------------------------- */

static bool is_told(const struct findings *found, const struct resolved *d)
{
	for (size_t i = 0; i < found->n; i++)
		if (streq(found->v[i].code, "START_MISSING") && streq(found->v[i].subject, BDF_STR(d->was)))
			return true;
	return false;
}

static void tell_device(const struct state *s, struct pcidevs *set, const struct resolved *d, struct findings *ret)
{
	bool moved = d->fate == FATE_MOVED;
	_cleanup_free_ char *text = NULL;
	struct finding *f;

	if ((fate_is_found(d->fate) && !moved) || is_told(ret, d))
		return;
	text = resolved_text(d);
	f = findings_add(ret, moved ? "WANTED_MOVED" : "WANTED_MISSING", SEV_WARN, moved ? BDF_STR(d->now) : BDF_STR(d->was), text);
	f->evidence = xstrdup(STATE_FILE);
	f->remedy = moved ? xstrdup("reapply writes this address everywhere") : state_missing_remedy(s, set, d);
}

/* Whose key names devices, as far as that is known: their start is what the guard would refuse. */
static void check_given(struct run *r, const struct state *s, const struct resolution *found, struct pcidevs *set, struct findings *ret)
{
	for (size_t i = 0; i < s->n_vms; i++) {
		const struct vm *vm;

		if (s->vms[i].devices.n && facts_find_vm(r->facts, s->vms[i].uuid, &vm, NULL) == 0 && vm->pci && *vm->pci &&
		    facts_vm_is_here(r->facts, vm) != TRI_NO)
			state_compare_vm(s, found, &s->vms[i], set, NULL, ret);
	}
}

/* A host without a desired state costs one look. */
static void check_wanted(struct run *r, struct findings *ret)
{
	_cleanup_(state_done) struct state s = { 0 };
	struct resolution found = { 0 };
	struct pcidevs *set = NULL;
	struct err why = { 0 };
	bool there = false;
	int rc = state_read(facts_host(r->facts), &s, NULL, &there, &why);

	if (rc == 0 && !there)
		return;
	if (rc == 0)
		rc = facts_pci(r->facts, &set, &why);
	if (rc < 0) {
		_cleanup_free_ char *text = xasprintf("whether the wanted devices are where they were is unknown: %s", why.text);

		findings_add(ret, "WANTED_MISSING", SEV_UNKNOWN, STATE_FILE, text);
		return;
	}
	state_resolve(set, &s, &found);
	check_given(r, &s, &found, set, ret);
	for (size_t i = 0; i < found.n; i++)
		tell_device(&s, set, &found.v[i], ret);
	resolution_done(&found);
}

static int run_host_check(struct run *r, struct err *err)
{
	_cleanup_(findings_done) struct findings found = { 0 };

	(void)err;
	checks_run_host(r->facts, &found);
	check_wanted(r, &found);
	answer(r, &found, "no check has anything to say against this host");
	return 0;
}

const struct command cmd_host_check = {
	.name = "host-check",
	.summary = "what is wrong with this host's passthrough: platform, devices in use, VMs; exit status 3 when something is broken",
	.flags = CMD_LIST,
	.type = &finding_type,
	.run = run_host_check,
};
