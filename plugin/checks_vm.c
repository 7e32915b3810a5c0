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
	remedy = xasprintf("shut it down first: xe vm-shutdown uuid=%s%s", vm->uuid,
			   a->req->intent & CHECK_LATER ? "; or when=next-start: the change is for when it starts anew" : "");
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

/* ---- the devices of its key ---------------------------------------------------------------------------------- */

/* Key and request together: what the VM has once the request is carried out. */
void check_vm_all_devices(struct asking *a, const struct vm *vm, struct bdfset *ret)
{
	check_vm_devices(vm, ret);
	for (size_t i = 0; a->req->devices && i < a->req->devices->n; i++)
		bdfset_add(ret, a->req->devices->v[i]);
}

/* An address that no function can have is in no command's device=: the key is written without it. */
static char *way_out_of_key(const struct vm *vm, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset out = { 0 };
	_cleanup_free_ char *rest = NULL;

	if (bdf_is_possible(bdf))
		return xasprintf("pci-device-list shows the devices that are there; vm-pci-detach uuid=%s device=%s takes the address out",
				 vm->uuid, BDF_STR(bdf));
	bdfset_add(&out, bdf);
	rest = vmpci_without(vm->pci, &out);
	return rest ? xasprintf("no device can have this address; without it: vm-param-set uuid=%s other-config:pci=%s", vm->uuid, rest)
		    : xasprintf("no device can have this address: vm-pci-detach uuid=%s device=all", vm->uuid);
}

/* xenguest reads the BARs in sysfs and gives up where there is none (facts, 3.4). */
static void check_key_absent(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset key = { 0 };
	enum tristate here = facts_vm_is_here(a->facts, vm);
	struct pcidevs *set = NULL;
	bool broken = a->req->intent & CHECK_HOST && here == TRI_YES;

	if (here == TRI_NO || facts_pci(a->facts, &set, NULL) < 0)
		return;
	check_vm_devices(vm, &key);
	for (size_t i = 0; i < key.n; i++) {
		_cleanup_free_ char *remedy = NULL, *text = NULL;

		if (pcidevs_find(set, key.v[i]) || (!(a->req->intent & CHECK_HOST) && a->req->devices && bdfset_has(a->req->devices, key.v[i])))
			continue;
		remedy = way_out_of_key(vm, key.v[i]);
		text = xasprintf("'%s' asks for %s, which this host does not have: the VM does not start here", vm->name, BDF_STR(key.v[i]));
		/* Where it belongs to this host it is broken already; no reason against a plan that gives it something else. */
		check_found_as(a, broken ? SEV_REFUSE : SEV_WARN, vm->uuid, vm->pci, remedy, text);
		check_found_absent(a, key.v[i]);
	}
}

static const char *host_name_of(const struct xapi_pool *pool, const char *ref)
{
	const struct xapi_host *h = xapi_pool_host(pool, ref);

	return h ? h->name : "one that the pool does not have any more";
}

/* An address means a device of one host; XAPI starts the VM on any (facts, 3.4: assert_can_boot_here ignores the key). */
static void check_other_host(struct asking *a, const struct vm *vm)
{
	const struct xapi_pool *pool;
	_cleanup_free_ char *text = NULL, *remedy = NULL;
	const char *at = vm->resident_on ? vm->resident_on : vm->affinity;

	if (!vm->pci || facts_pool(a->facts, &pool, NULL) < 0)
		return;
	if (facts_vm_is_here(a->facts, vm) == TRI_NO && at) {
		text = xasprintf("'%s' %s the host '%s': the devices of its key are that host's, and are not judged here", vm->name,
				 vm->resident_on ? "runs on" : "prefers", host_name_of(pool, at));
		check_found_as(a, SEV_INFO, vm->uuid, vm->pci, NULL, text);
	} else if (!at && pool->n_hosts > 1) {
		remedy = xasprintf("xe vm-param-set uuid=%s affinity=HOST-UUID, of the host that has the devices", vm->uuid);
		check_found(a, vm->uuid, vm->pci, remedy,
			    "nothing says on which of the pool's %zu hosts '%s' belongs: started on another one, it takes what has the same address there",
			    pool->n_hosts, vm->name);
	}
}

/* Numbers order, and the same number everywhere means the reverse of the text (vmpci.h). */
static void check_order(struct asking *a, const struct vm *vm)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	_cleanup_bdfset_ struct bdfset plug = { 0 }, text = { 0 };
	_cleanup_free_ char *order = NULL, *key = NULL, *remedy = NULL;
	bool same = true;

	if (!vm->pci)
		return;
	vmpci_parse(vm->pci, &p);
	vmpci_plug_order(&p, &plug);
	for (size_t i = 0; i < p.n; i++)
		if (!p.v[i].dropped)
			bdfset_add(&text, p.v[i].bdf);
	for (size_t i = 0; i < plug.n; i++)
		same &= bdf_eq(plug.v[i], text.v[i]);
	if (same)
		return;
	order = bdfset_format(&plug, ", ");
	key = vmpci_with(NULL, &text);
	remedy = xasprintf("where the order matters: xe vm-param-set uuid=%s other-config:pci=%s", vm->uuid, key);
	check_found(a, vm->uuid, vm->pci, remedy, "'%s' gets its devices in another order than its key has them: %s", vm->name, order);
}

/* VM.attached_PCIs, which blocks suspend and migration, is filled from PCI objects only (facts, 3.4 and 3.5). */
static void check_no_object(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 }, without = { 0 };
	_cleanup_free_ char *names = NULL;
	const struct xapi_pool *pool;

	check_vm_all_devices(a, vm, &devices);
	if (!devices.n || facts_vm_is_here(a->facts, vm) == TRI_NO)
		return;
	if (facts_pool(a->facts, &pool, NULL) < 0 || !pool->pcis_told.known)
		return;
	for (size_t i = 0; i < devices.n; i++)
		if (check_device(a, devices.v[i]) && !bdfset_has(&pool->pcis, devices.v[i]))
			bdfset_add(&without, devices.v[i]);
	if (!without.n || without.n < devices.n) /* one that XAPI knows blocks for all */
		return;
	names = bdfset_format(&without, ", ");
	check_found(a, vm->uuid, "XAPI has objects for storage, network and display devices only",
		    "do not suspend or migrate this VM while it runs",
		    "XAPI has no PCI object for %s: it does not keep '%s' from being suspended or migrated while it has %s", names, vm->name,
		    without.n == 1 ? "the device" : "the devices");
}

static void check_operations(struct asking *a, const struct vm *vm)
{
	check_found(a, vm->uuid, "VM_HAS_PCI_ATTACHED", "shut it down for these; a snapshot of its disks alone works, also while it runs",
		    "while '%s' runs with a device it cannot be suspended, migrated or snapshot with its memory", vm->name);
}

/* HA and auto-start do not look at the key (facts, 3.4: agility.ml). */
static void check_ha(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	const struct xapi_pool *pool;
	bool ha, power;

	check_vm_all_devices(a, vm, &devices);
	if (!devices.n || facts_pool(a->facts, &pool, NULL) < 0 || pool->n_hosts < 2)
		return;
	ha = pool->ha == TRI_YES && vm->ha_priority && *vm->ha_priority;
	power = pool->auto_poweron == TRI_YES && vm->auto_poweron;
	if (!ha && !power)
		return;
	check_found(a, vm->uuid, ha ? "pool.ha_enabled; ha-restart-priority of the VM is set" : "auto_poweron of pool and VM is true",
		    ha ? "xe vm-param-set ha-restart-priority= for this VM" : "xe vm-param-remove param-name=other-config param-key=auto_poweron for this VM",
		    "%s may start '%s' on another host, where its addresses mean other devices, or none",
		    ha ? "HA" : "the pool's auto-start", vm->name);
}

/* The guide's last step, and the one that is forgotten. */
static void check_usb_off(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *remedy = NULL;

	if (!vm->n_vusbs || (vm->platform_usb && (streq(vm->platform_usb, "true") || streq(vm->platform_usb, "1"))))
		return;
	remedy = xasprintf("vm-param-set uuid=%s platform:usb=true", vm->uuid);
	check_found(a, vm->uuid, vm->platform_usb ? vm->platform_usb : "the VM has no platform:usb", remedy,
		    "'%s' has a USB device, and its platform:usb is not true: it may start without a USB controller", vm->name);
}

/* VUSB.create refuses it (facts, 6.5); the priority may have come later. */
static void check_usb_ha(struct asking *a, const struct vm *vm)
{
	if (vm->n_vusbs && vm->ha_priority && streq(vm->ha_priority, "restart"))
		check_found(a, vm->uuid, "ha-restart-priority is restart", "xe vm-param-set ha-restart-priority= for this VM, or vm-usb-detach",
			    "'%s' has a USB device, which is in one host, and HA shall restart it on any", vm->name);
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "VM_NOT_A_GUEST", SEV_REFUSE, true, CHECK_VM, .vm = check_vm_kind },
	{ "VM_NOT_HALTED", SEV_REFUSE, true, CHECK_VM_OFF, .vm = check_vm_halted },
	{ "VM_KEY_DROPPED", SEV_WARN, false, CHECK_ATTACH, .vm = check_vm_key },
	{ "VM_KEY_ABSENT", SEV_WARN, false, CHECK_ATTACH, .vm = check_key_absent },
	{ "VM_KEY_OTHER_HOST", SEV_WARN, false, CHECK_HOST | CHECK_ASK, .vm = check_other_host },
	{ "VM_KEY_ORDER", SEV_INFO, false, CHECK_HOST | CHECK_ASK, .vm = check_order },
	{ "VM_NO_PCI_OBJECT", SEV_INFO, false, CHECK_HOST | CHECK_ASK, .vm = check_no_object },
	{ "VM_HA", SEV_WARN, false, CHECK_ATTACH, .vm = check_ha },
	{ "VM_USB_OFF", SEV_WARN, false, CHECK_HOST, .vm = check_usb_off },
	{ "VM_USB_HA", SEV_WARN, false, CHECK_HOST, .vm = check_usb_ha },
	{ "VM_OPERATIONS", SEV_INFO, false, CHECK_ASK, .vm = check_operations },
};
const struct check_table checks_vm = CHECK_TABLE(rows);
