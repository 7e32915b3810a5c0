/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_vm.c - the VM that a device goes to; see checks.h. */

#include "plugin/checks_private.h"
#include "xenhelpers/vmpci.h"

/* ---- the VM ------------------------------------------------------------------------------------------------ */

static void check_vm_kind(struct asking *a, const struct vm *vm)
{
	if (!vm_is_guest(vm))
		check_found(a, vm->uuid, NULL, "name a VM that can be started", "'%s' is no VM: it is %s%s", vm->name,
		      vm->is_control_domain == TRI_YES ? "the control domain" : "a ",
		      vm->is_control_domain == TRI_YES ? "" : vm->is_snapshot == TRI_YES ? "snapshot" : "template");
}

static void check_vm_halted(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *remedy = NULL, *evidence = NULL;

	if (!vm_is_guest(vm))
		return;
	if (!vm->power_state) {
		check_unknown(a, vm->uuid, "whether the VM runs", "XAPI's record has no power_state", "make sure that the VM is halted");
		return;
	}
	if (streq(vm->power_state, "Halted"))
		return;
	remedy = xasprintf("shut it down first: xe vm-shutdown uuid=%s", vm->uuid);
	evidence = xasprintf("power_state is %s", vm->power_state);
	check_found(a, vm->uuid, evidence, remedy, "the VM '%s' is not halted: XAPI cannot plug or unplug PCI devices while it runs",
	      vm->name);
}

/* XAPI drops what it cannot scan without a word, and the VM then starts without the device (facts F7). */
static void check_vm_key(struct asking *a, const struct vm *vm)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &p);
	for (size_t i = 0; i < p.n; i++)
		if (p.v[i].dropped)
			check_found(a, vm->uuid, vm->pci, "vm-pci-list shows what XAPI reads; correct or remove the item with xe vm-param-set",
			      "XAPI ignores the item '%.*s' of other-config:pci of '%s'", (int)MIN(p.v[i].len, (size_t)64),
			      vm->pci + p.v[i].off, vm->name);
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "VM_NOT_A_GUEST", SEV_REFUSE, true, CHECK_VM, NULL, check_vm_kind },
	{ "VM_NOT_HALTED", SEV_REFUSE, true, CHECK_VM_OFF, NULL, check_vm_halted },
	{ "VM_KEY_DROPPED", SEV_WARN, false, CHECK_ATTACH, NULL, check_vm_key },
};
const struct check_table checks_vm = CHECK_TABLE(rows);
