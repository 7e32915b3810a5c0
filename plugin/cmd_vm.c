/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_vm.c - the main job: a device from dom0 to a VM that owns it, in one plan; and back. */

#include <stdio.h>

#include "plugin/bootplan.h"
#include "plugin/cmd_vm.h"
#include "plugin/commands.h"
#include "plugin/numaplan.h"
#include "plugin/plan_reboot.h"
#include "plugin/xlplan.h"
#include "xenhelpers/vmpci.h"

/* ---- which functions go ---------------------------------------------------------------------------------- */

/*
 * A card is one device to its user: the other functions of the slot go along, in their order, behind the one that was named.
 * Not for a VF: what shares its slot number are other VFs, or its PF.
 */
static void add_slot(struct run *r, const struct pcidevs *set, struct bdf bdf, struct bdfset *ret)
{
	const struct pcidev *named = pcidevs_find(set, bdf);
	_cleanup_bdfset_ struct bdfset along = { 0 };
	_cleanup_free_ char *names = NULL;

	for (uint8_t fn = 0; named && !named->is_vf && fn < 8; fn++) {
		struct bdf other = bdf;
		const struct pcidev *dev;

		other.fn = fn;
		dev = pcidevs_find(set, other);
		if (dev && !dev->is_vf && bdfset_add(ret, other))
			bdfset_add(&along, other);
	}
	if (!along.n)
		return;
	names = bdfset_format(&along, ", ");
	strv_addf(&r->res->notes, "%s: the same card as %s, taken along; functions=one leaves %s", names, BDF_STR(bdf),
		  along.n == 1 ? "it" : "them");
}

static bool takes_all_functions(const struct run *r)
{
	const char *word = args_get(r->args, "functions");

	return !word || streq(word, "all");
}

static int wanted_functions(struct run *r, struct bdfset *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset named = { 0 };
	struct pcidevs *set = NULL;
	int rc = run_devices(r, "device", &named, err);

	if (rc < 0)
		return rc;
	/* Functions of one slot that were all named keep the order in which they were. */
	for (size_t i = 0; i < named.n; i++)
		bdfset_add(ret, named.v[i]);
	if (takes_all_functions(r) && facts_pci(r->facts, &set, NULL) == 0) {
		_cleanup_bdfset_ struct bdfset all = { 0 };

		for (size_t i = 0; i < named.n; i++) {
			size_t before = all.n;

			bdfset_add(&all, named.v[i]);
			if (all.n > before)
				add_slot(r, set, named.v[i], &all);
		}
		bdfset_done(ret);
		*ret = all;
		all = (struct bdfset){ 0 };
	}
	return 0;
}

/* What the key names, of the devices that were asked for. */
static int named_by_key(struct run *r, const struct vm *vm, const char *param, struct bdfset *ret, struct err *err)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset have = { 0 }, asked = { 0 };
	bool all = streq(args_get(r->args, param), "all");
	int rc = all ? 0 : run_devices(r, param, &asked, err);

	if (rc < 0)
		return rc;
	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &have);
	for (size_t i = 0; i < have.n; i++) {
		bool goes = all || bdfset_has(&asked, have.v[i]);

		for (size_t j = 0; !goes && takes_all_functions(r) && j < asked.n; j++)
			goes = bdf_same_slot(asked.v[j], have.v[i]);
		if (goes)
			bdfset_add(ret, have.v[i]);
	}
	return 0;
}

/* A running VM is changed for its next start, where that was said to be meant. */
static unsigned off_check(const struct run *r)
{
	const char *when = args_get(r->args, "when");

	if (when && streq(when, "next-start"))
		return 0;
	return command_has_param(r->args->cmd, "when") ? CHECK_VM_OFF | CHECK_LATER : CHECK_VM_OFF;
}

/* ---- vm-pci-attach ---------------------------------------------------------------------------------------------- */

static const struct param attach_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM: its uuid, or a name that no other VM has" },
	{ "device", "DEVICE[,DEVICE...]", P_REQUIRED, "address, identity, vendor:device, interface or block device" },
	{ "functions", "all|one", 0, "all (the default) takes the other functions of the card along" },
	{ "index", "N", 0, "position in the order in which XAPI plugs, from 0; default: behind all others" },
	{ "replace", "DEVICE[,DEVICE...] or all", 0, "of the VM's key: the new devices take their place" },
	{ "when", "now|next-start", 0, "next-start: also while the VM runs; it keeps what it has until it starts anew" },
	{ "firmware", "uefi|bios", 0, "what the VM starts with: large BARs need uefi, and a guest that was installed with it" },
	{ "numa", "near", 0, "near: pin the VM's vCPUs to the CPUs of the devices' node" },
	PARAM_ENTRIES,
	PARAM_BOOT,
	PARAM_REBOOT,
	PARAM_FORCE,
	{ 0 },
};

static int plan_vectors(struct run *r, const struct vm *vm, const char *key, struct err *err)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *who = NULL;

	vmpci_parse(key, &items);
	vmpci_plug_order(&items, &devices);
	who = xasprintf("the devices of VM '%s' together", vm->name);
	return bootplan_vectors(r, bootplan_count_vectors(r->facts, &devices), who, err);
}

/* As far as is known. */
static bool is_off(const struct vm *vm)
{
	return !vm->power_state || streq(vm->power_state, "Halted");
}

static void plan_key(struct run *r, const struct vm *vm, const char *key)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset order = { 0 };
	_cleanup_free_ char *names = NULL, *why = NULL;

	vmpci_parse(key, &items);
	vmpci_plug_order(&items, &order);
	names = bdfset_format(&order, ", ");
	why = xasprintf("XAPI plugs when the VM %s: %s", is_off(vm) ? "starts" : "starts anew, for it runs now", names);
	plan_vm_key(&r->res->plan, vm, "other_config", "pci", vm->pci, key, why);
}

/* Which of the key's devices leave it for the new ones; a command that is repeated finds the new ones there already. */
static int replaced(struct run *r, const struct vm *vm, const struct bdfset *devices, struct bdfset *ret, struct err *err)
{
	const char *text = args_get(r->args, "replace");
	bool done = vm->pci;
	int rc;

	if (!text)
		return 0;
	rc = named_by_key(r, vm, "replace", ret, err);
	for (size_t i = 0; rc == 0 && i < devices->n; i++) {
		done = done && vmpci_names(vm->pci, devices->v[i]);
		bdfset_remove(ret, devices->v[i]);
	}
	if (rc < 0 || ret->n || done)
		return rc;
	err_set(err, ENOENT, "replace=%s: other-config:pci of '%s' names no such device", text, vm->name);
	return err_hint(err, "vm-pci-list shows what it names");
}

/* The key with the devices where they are asked for: at index=, in the place of those that go, or behind all. */
static int wanted_key(struct run *r, const struct vm *vm, const struct bdfset *devices, const struct bdfset *out, char **ret, struct err *err)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset order = { 0 };
	const char *index = args_get(r->args, "index");
	unsigned at = 0;

	if (index && !str_to_uint(index, 255, &at)) {
		err_set(err, EINVAL, "index=%s: must be a number from 0 to 255", index);
		return err_usage(err);
	}
	if (!index && !out->n) {
		*ret = vmpci_with(vm->pci, devices);
		return 0;
	}
	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &order);
	while (!index && at < order.n && !bdfset_has(out, order.v[at]))
		at++;
	*ret = vmpci_place(vm->pci, devices, at, out);
	return 0;
}

/* XAPI goes by the firmware, and by a device model that fits it (facts, 3.6). */
static void plan_firmware(struct run *r, const struct vm *vm)
{
	const char *firmware = args_get(r->args, "firmware"), *model = NULL;
	struct plan *p = &r->res->plan;

	if (!firmware || streq(vm->firmware ? vm->firmware : "bios", firmware))
		return;
	model = streq(firmware, "uefi") ? "qemu-upstream-uefi" : "qemu-upstream-compat";
	plan_vm_key(p, vm, "HVM_boot_params", "firmware", vm->firmware, firmware, "asked for: a guest boots only with the firmware that it was installed with");
	if (vm->device_model)
		plan_vm_key(p, vm, "platform", "device-model", vm->device_model, model, "the device model that goes with this firmware");
}

/* Where this host cannot be found in XAPI's records, the VM keeps the affinity it has: that is a hint, not a condition. */
static void plan_affinity(struct run *r, const struct vm *vm)
{
	const struct this_host *here;
	_cleanup_free_ char *shown = NULL;
	struct err why = { 0 };

	if (facts_this_host(r->facts, &here, &why) < 0) {
		strv_addf(&r->res->notes, "the VM's affinity stays as it is: %s", why.text);
		return;
	}
	shown = xasprintf("%s '%s'", here->uuid, here->name);
	plan_vm_ref(&r->res->plan, vm, "affinity", vm->affinity, here->ref, vm->affinity, shown,
		    "the devices are in this host: XAPI starts the VM here when it can");
}

static bool all_hidden_now(struct facts *f, const struct bdfset *devices)
{
	const struct bdfset *now;

	if (facts_hidden_now(f, &now, NULL) < 0)
		return false;
	for (size_t i = 0; i < devices->n; i++)
		if (!bdfset_has(now, devices->v[i]))
			return false;
	return true;
}

static void say_next(struct run *r, const struct vm *vm, const struct bdfset *devices)
{
	struct plan *p = &r->res->plan;

	bootplan_tell_reboot(r, devices);
	if (!p->n)
		return;
	if (p->reboot || !all_hidden_now(r->facts, devices))
		plan_next_reboot(p, "boot parameters are read when it starts");
	if (!is_off(vm))
		plan_next_restart(p);
	else
		strv_addf(&p->next, "start the VM: xe vm-start uuid=%s", vm->uuid);
}

/* What a VM gives up is not dom0's again by that. */
static void say_hidden(struct run *r, const struct bdfset *devices)
{
	_cleanup_bdfset_ struct bdfset real = { 0 };
	_cleanup_free_ char *names = NULL;

	for (size_t i = 0; i < devices->n; i++)
		if (bdf_is_possible(devices->v[i]))
			bdfset_add(&real, devices->v[i]);
	names = bdfset_format(&real, ",");
	if (real.n)
		strv_addf(&r->res->plan.next, "the device stays hidden from dom0; to give it back: pci-unhide device=%s", names);
}

/* Attaching set it: where the key has no device any more, the VM needs nothing of this host, and in a pool it could run elsewhere. */
static void say_affinity(struct run *r, const struct vm *vm, const char *key)
{
	const struct this_host *here;
	const struct xapi_pool *pool;

	if (key || vm->n_vusbs || facts_this_host(r->facts, &here, NULL) < 0 || !streq0(vm->affinity, here->ref) ||
	    facts_pool(r->facts, &pool, NULL) < 0 || pool->n_hosts < 2)
		return;
	strv_addf(&r->res->plan.next, "the VM still prefers this host; to let XAPI start it anywhere: vm-param-set uuid=%s affinity=", vm->uuid);
}

int vm_give(struct run *r, const struct vm *vm, const struct bdfset *devices, struct err *err)
{
	_cleanup_bdfset_ struct bdfset hidden = { 0 }, out = { 0 };
	_cleanup_free_ char *key = NULL, *names = NULL, *why = NULL, *rest = NULL;
	struct vm then;
	int rc;

	rc = replaced(r, vm, devices, &out, err);
	if (rc < 0)
		return rc;
	/* Judged is the VM as it will be: without what is replaced, and with the firmware that was asked for. */
	then = *vm;
	rest = vm->pci ? vmpci_without(vm->pci, &out) : NULL;
	then.pci = rest;
	if (args_get(r->args, "firmware"))
		then.firmware = (char *)args_get(r->args, "firmware");
	run_checks(r, CHECK_HIDE | CHECK_ATTACH | CHECK_VM | CHECK_ALONG | off_check(r), devices, &then);
	/* A plan that is refused anyway need not be made: what it would need may be missing for the same reason. */
	if (findings_refusal(&r->res->findings))
		return 0;

	bootplan_along(r, devices, "hidden along, and kept from the VM until it is named for it", &hidden);
	names = bdfset_format(&hidden, ", ");
	why = xasprintf("keeps dom0's drivers off %s, so that VM '%s' can have it", names, vm->name);
	bootplan_word(r, WORD_HIDE, &hidden);
	plan_word(&r->res->plan, WORD_GIVE, devices, vm->uuid);
	rc = bootplan_hide(r, &hidden, NULL, why, err);
	if (rc < 0)
		return rc;
	rc = wanted_key(r, vm, devices, &out, &key, err);
	if (rc == 0)
		rc = plan_vectors(r, vm, key, err);
	if (rc < 0)
		return rc;
	plan_key(r, vm, key);
	plan_firmware(r, vm);
	plan_affinity(r, vm);
	if (args_get(r->args, "numa"))
		rc = numaplan_near(r, vm, devices, &(struct numaplan_how){ .devices = devices }, err);
	if (rc == 0)
		say_next(r, vm, devices);
	if (rc == 0)
		say_hidden(r, &out);
	return rc;
}

/* Without XAPI: the host's part is ours, the VM's file is not. */
static int attach_by_hand(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 }, hidden = { 0 };
	_cleanup_free_ char *names = NULL, *why = NULL;
	const char *vm = args_get(r->args, "uuid");
	int rc = wanted_functions(r, &devices, err);

	if (rc < 0)
		return rc;
	run_checks(r, CHECK_HIDE | CHECK_ATTACH | CHECK_ALONG, &devices, NULL);
	if (findings_refusal(&r->res->findings))
		return 0;
	bootplan_along(r, &devices, "hidden along, and kept from the VM until it is named for it", &hidden);
	names = bdfset_format(&hidden, ", ");
	why = xasprintf("keeps dom0's drivers off %s, so that VM '%s' can have it", names, vm);
	bootplan_word(r, WORD_HIDE, &hidden);
	rc = bootplan_hide(r, &hidden, NULL, why, err);
	if (rc == 0)
		rc = bootplan_vectors(r, bootplan_count_vectors(r->facts, &devices), "the devices together", err);
	if (rc < 0)
		return rc;
	if (!all_hidden_now(r->facts, &hidden))
		plan_next_reboot(&r->res->plan, "boot parameters are read when it starts");
	xlplan_attach(r, &devices, args_get(r->args, "numa") != NULL);
	return 0;
}

static int run_attach(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	const struct vm *vm;
	int rc;

	if (facts_is_plain_xen(r->facts))
		return attach_by_hand(r, err);
	rc = run_vm(r, &vm, err);
	if (rc == 0)
		rc = wanted_functions(r, &devices, err);
	return rc < 0 ? rc : vm_give(r, vm, &devices, err);
}

const struct command cmd_vm_pci_attach = {
	.name = "vm-pci-attach",
	.summary = "give devices to a VM: hide, size interrupts, write the VM's keys, in one plan",
	.params = attach_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_attach,
};

/* ---- vm-pci-detach ------------------------------------------------------------------------------------------------ */

static const struct param detach_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM: its uuid, or a name that no other VM has" },
	{ "device", "DEVICE[,DEVICE...] or all", P_REQUIRED, "as its key names them: the hardware may be gone" },
	{ "functions", "all|one", 0, "all (the default) takes the other functions of the card along" },
	{ "when", "now|next-start", 0, "next-start: also while the VM runs; it keeps the devices until it starts anew" },
	PARAM_FORCE,
	{ 0 },
};

/* Also of what the key does not name any more, because it was not found: it is not wanted for the VM from now on. */
static void say_taken(struct run *r, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset asked = { 0 }, slots = { 0 };

	if (streq(args_get(r->args, "device"), WORD_ALL)) {
		strv_addf(&r->res->plan.words, WORD_TAKE " " WORD_ALL " %s", vm->uuid);
		return;
	}
	run_devices(r, "device", &asked, NULL); /* which named_by_key() has read */
	for (size_t i = 0; i < asked.n; i++)
		for (uint8_t fn = 0; fn < 8; fn++) {
			struct bdf other = asked.v[i];

			other.fn = takes_all_functions(r) ? fn : other.fn;
			bdfset_add(&slots, other);
		}
	plan_word(&r->res->plan, WORD_TAKE, &slots, vm->uuid);
}

static int run_detach(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *key = NULL;
	const struct vm *vm;
	int rc;

	if (facts_is_plain_xen(r->facts)) {
		rc = streq(args_get(r->args, "device"), "all") ? 0 : wanted_functions(r, &devices, err);
		if (rc == 0)
			xlplan_detach(r, &devices);
		return rc;
	}
	rc = run_vm(r, &vm, err);
	if (rc == 0)
		rc = named_by_key(r, vm, "device", &devices, err);
	if (rc < 0)
		return rc;
	run_checks(r, CHECK_VM | off_check(r), NULL, vm);
	say_taken(r, vm);
	if (!devices.n)
		return 0;
	key = vmpci_without(vm->pci, &devices);
	plan_vm_key(&r->res->plan, vm, "other_config", "pci", vm->pci, key, is_off(vm) ? "XAPI no longer plugs the device" : "XAPI no longer plugs the device when the VM starts anew, for it runs now");
	if (!is_off(vm))
		strv_add(&r->res->plan.next, "the running VM keeps what it has until it starts anew");
	say_hidden(r, &devices);
	say_affinity(r, vm, key);
	return 0;
}

const struct command cmd_vm_pci_detach = {
	.name = "vm-pci-detach",
	.summary = "take devices from a VM; they stay hidden from dom0",
	.params = detach_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_detach,
};

/* ---- vm-pci-list ---------------------------------------------------------------------------------------------------- */

enum { L_VM, L_VM_NAME, L_ORDER, L_PCI_ID, L_DEVICE_NAME, L_PRESENT, L_ACCESS, L_NODE, L_ITEM, L_XAPI };

static const struct field list_fields[] = {
	[L_VM] = { "vm-uuid", V_TEXT, true, "the VM" },
	[L_VM_NAME] = { "vm-name-label", V_TEXT, true, "its name" },
	[L_ORDER] = { "position", V_NUMBER, true, "order in which XAPI plugs it, from 0; null when XAPI ignores the item" },
	[L_PCI_ID] = { "pci-id", V_TEXT, true, "address; null when XAPI ignores the item" },
	[L_DEVICE_NAME] = { "device-name", V_TEXT, true, "from pci.ids" },
	[L_PRESENT] = { "present", V_BOOL, true, "the host has the device" },
	[L_ACCESS] = { "dom0-access", V_TEXT, true, "enabled, disable_on_reboot, disabled, enable_on_reboot" },
	[L_NODE] = { "numa-node", V_NUMBER, false, "nearest node" },
	[L_ITEM] = { "item", V_TEXT, false, "as it stands in other-config:pci" },
	[L_XAPI] = { "xapi", V_TEXT, false, "reads or ignores: what XAPI does with the item" },
};
static const struct record_type list_type = RECORD_TYPE("assigned device", list_fields);

static void put_present(struct run *r, struct bdf bdf, struct record *rec)
{
	const struct pcidev *dev;
	struct pcidevs *set = NULL;
	char buf[256];

	if (facts_pci(r->facts, &set, NULL) < 0)
		return;
	dev = pcidevs_find(set, bdf);
	record_bool(rec, L_PRESENT, dev ? TRI_YES : TRI_NO);
	if (!dev)
		return;
	if (records_want(&r->res->records, L_DEVICE_NAME) && dev->ids_known && pcinames_load(facts_host(r->facts), NULL) == 0)
		record_text(rec, L_DEVICE_NAME, pciname_device(dev->vendor, dev->device, buf, sizeof(buf)));
	record_number(rec, L_NODE, facts_node(r->facts, dev));
}

static void put_item(struct run *r, const struct vm *vm, const struct vmpci_item *item, const struct bdfset *order)
{
	struct record *rec = records_add(&r->res->records);

	record_text(rec, L_VM, vm->uuid);
	record_text(rec, L_VM_NAME, vm->name);
	record_text_take(rec, L_ITEM, xstrndup(vm->pci + item->off, item->len));
	record_text(rec, L_XAPI, item->dropped ? "ignores" : "reads");
	if (item->dropped)
		return;
	for (size_t i = 0; i < order->n; i++)
		if (bdf_eq(order->v[i], item->bdf))
			record_number(rec, L_ORDER, (long long)i);
	record_text(rec, L_PCI_ID, BDF_STR(item->bdf));
	record_text(rec, L_ACCESS, facts_dom0_access(r->facts, item->bdf));
	put_present(r, item->bdf, rec);
}

static void put_vm(struct run *r, const struct vm *vm)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset order = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &order);
	for (size_t i = 0; i < items.n; i++)
		put_item(r, vm, &items.v[i], &order);
}

/* Without XAPI: the files of xl are not read, but Xen knows what running domains hold. */
static int list_domains(struct run *r, struct err *err)
{
	const char *wanted = args_get(r->args, "uuid");
	struct xen_domain *v = NULL;
	struct xen *x = NULL;
	size_t n = 0;
	int rc = facts_xen(r->facts, &x, err);

	if (rc == 0)
		rc = xen_domains(x, &v, &n, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (wanted && !(v[i].uuid && streq(wanted, v[i].uuid)) && !(v[i].name && streq(wanted, v[i].name)))
			continue;
		for (size_t k = 0; k < v[i].devices.n; k++) {
			struct record *rec = records_add(&r->res->records);

			record_text(rec, L_VM, v[i].uuid);
			record_text(rec, L_VM_NAME, v[i].name);
			record_none(rec, L_ORDER, NULL);
			record_text(rec, L_PCI_ID, BDF_STR(v[i].devices.v[k]));
			record_text(rec, L_ACCESS, facts_dom0_access(r->facts, v[i].devices.v[k]));
			record_none(rec, L_ITEM, NULL);
			record_none(rec, L_XAPI, NULL);
			put_present(r, v[i].devices.v[k], rec);
		}
	}
	xen_domains_free(v, n);
	strv_add(&r->res->notes, "there is no XAPI: these are the devices of running domains; what files of xl name is not read");
	return 0;
}

static const struct param list_params[] = {
	{ "uuid", "UUID", 0, "only this VM" },
	{ 0 },
};

static int run_list(struct run *r, struct err *err)
{
	const struct vm *vm;
	struct vms *vms = NULL;
	int rc;

	if (facts_is_plain_xen(r->facts))
		return list_domains(r, err);
	rc = facts_vms(r->facts, &vms, err);
	if (rc < 0)
		return rc;
	if (args_get(r->args, "uuid")) {
		rc = run_vm(r, &vm, err);
		if (rc == 0)
			put_vm(r, vm);
		return rc;
	}
	for (size_t i = 0; i < vms->n; i++)
		put_vm(r, &vms->v[i]);
	return 0;
}

const struct command cmd_vm_pci_list = {
	.name = "vm-pci-list",
	.summary = "devices that VMs name in their keys, as XAPI reads them",
	.params = list_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI,
	.type = &list_type,
	.run = run_list,
};
