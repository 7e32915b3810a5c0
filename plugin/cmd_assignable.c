/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_assignable.c - what Xen can give to a VM now, and moving devices there and back without a reboot. */

#include "plugin/bootplan.h"
#include "plugin/commands.h"

enum { A_PCI_ID, A_VENDOR_NAME, A_DEVICE_NAME, A_CLASS_NAME, A_DOM0_ACCESS, A_STAYS, A_NUMA_NODE };

static const struct field assignable_fields[] = {
	[A_PCI_ID] = { "pci-id", V_TEXT, true, "address, dddd:bb:dd.f" },
	[A_VENDOR_NAME] = { "vendor-name", V_TEXT, true, "from pci.ids" },
	[A_DEVICE_NAME] = { "device-name", V_TEXT, true, "from pci.ids" },
	[A_CLASS_NAME] = { "class-name", V_TEXT, false, "from pci.ids" },
	[A_DOM0_ACCESS] = { "dom0-access", V_TEXT, true, "enabled, disable_on_reboot, disabled, enable_on_reboot" },
	[A_STAYS] = { "stays", V_BOOL, true, "it is assignable after the next boot, too" },
	[A_NUMA_NODE] = { "numa-node", V_NUMBER, false, "nearest node, as Xen counts them" },
};
static const struct record_type assignable_type = RECORD_TYPE("assignable device", assignable_fields);

/* ---- pci-assignable-list ---------------------------------------------------------------------------------- */

static void put_device(struct run *r, struct bdf bdf, const struct pcidev *dev)
{
	struct record *rec = records_add(&r->res->records);
	const struct bdfset *next;
	char buf[256];

	record_text(rec, A_PCI_ID, BDF_STR(bdf));
	record_text(rec, A_DOM0_ACCESS, facts_dom0_access(r->facts, bdf));
	if (facts_hidden_next(r->facts, &next, NULL) == 0)
		record_bool(rec, A_STAYS, bdfset_has(next, bdf) ? TRI_YES : TRI_NO);
	if (!dev)
		return;
	record_number(rec, A_NUMA_NODE, facts_node(r->facts, dev));
	if (!dev->ids_known)
		return;
	record_text(rec, A_VENDOR_NAME, pciname_vendor(dev->vendor, buf, sizeof(buf)));
	record_text(rec, A_DEVICE_NAME, pciname_device(dev->vendor, dev->device, buf, sizeof(buf)));
	record_text(rec, A_CLASS_NAME, pciname_class(dev->class, buf, sizeof(buf)));
}

static int run_list(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset sorted = { 0 };
	const struct bdfset *all;
	struct pcidevs *set = NULL;
	struct err why = { 0 };
	int rc = facts_all_assignable(r->facts, &all, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < all->n; i++)
		bdfset_add(&sorted, all->v[i]);
	bdfset_sort(&sorted);
	if (facts_pci(r->facts, &set, NULL) < 0)
		set = NULL;
	if (sorted.n && pcinames_load(facts_host(r->facts), &why) < 0)
		strv_addf(&r->res->notes, "names of devices are not shown: %s", why.text);
	for (size_t i = 0; i < sorted.n; i++)
		put_device(r, sorted.v[i], set ? pcidevs_find(set, sorted.v[i]) : NULL);
	return 0;
}

const struct command cmd_pci_assignable_list = {
	.name = "pci-assignable-list",
	.summary = "devices that Xen can give to a VM now",
	.flags = CMD_LIST | CMD_NEEDS_XEN,
	.type = &assignable_type,
	.run = run_list,
};

/* ---- pci-assignable-add, pci-assignable-remove ------------------------------------------------------------- */

static const struct param move_params[] = {
	{ "device", "DEVICE[,DEVICE...]", P_REQUIRED, "address, identity, vendor:device, interface or block device" },
	PARAM_FORCE,
	{ 0 },
};

/* Does the next boot end what is done now?  Then say so, and what to do about it. */
static void tell_next_boot(struct run *r, const struct bdfset *devices, bool assignable)
{
	_cleanup_bdfset_ struct bdfset other = { 0 };
	_cleanup_free_ char *names = NULL;
	const struct bdfset *next;
	bool known = facts_hidden_next(r->facts, &next, NULL) == 0;

	for (size_t i = 0; i < devices->n; i++)
		if (!known || bdfset_has(next, devices->v[i]) != assignable)
			bdfset_add(&other, devices->v[i]);
	if (!other.n || (!known && !assignable))
		return;
	names = bdfset_format(&other, ",");
	if (assignable)
		strv_addf(&r->res->plan.next, "this lasts until the next boot; pci-hide device=%s makes it stay", names);
	else
		strv_addf(&r->res->plan.next, "the next boot hides %s again; pci-unhide device=%s ends that", names, names);
}

static int run_move(struct run *r, bool assignable, struct err *err)
{
	_cleanup_bdfset_ struct bdfset asked = { 0 }, devices = { 0 }, moved = { 0 };
	int rc = run_devices(r, "device", &asked, err);

	if (rc == 0)
		bootplan_along(r, &asked, assignable ? "made assignable along" : "given back along", &devices);
	for (size_t i = 0; rc == 0 && i < devices.n; i++) {
		bool now = false;

		rc = facts_is_assignable(r->facts, devices.v[i], &now, err);
		if (rc == 0 && now != assignable)
			bdfset_add(&moved, devices.v[i]);
	}
	if (rc < 0)
		return rc;
	run_checks(r, CHECK_ALONG | (assignable ? CHECK_HIDE | CHECK_ASSIGN : CHECK_UNHIDE), &asked, NULL);
	for (size_t i = 0; i < moved.n; i++)
		plan_device(&r->res->plan, moved.v[i], assignable, facts_driver(r->facts, moved.v[i]),
			    assignable ? "takes dom0's driver off it, so that a VM can have it without a reboot"
				       : "gives it back to the driver that dom0 had on it");
	if (moved.n)
		tell_next_boot(r, &moved, assignable);
	return 0;
}

static int run_add(struct run *r, struct err *err)
{
	return run_move(r, true, err);
}

const struct command cmd_pci_assignable_add = {
	.name = "pci-assignable-add",
	.summary = "make devices assignable now, until the next boot",
	.params = move_params,
	.flags = CMD_WRITES | CMD_NEEDS_XEN,
	.run = run_add,
};

static int run_remove(struct run *r, struct err *err)
{
	return run_move(r, false, err);
}

const struct command cmd_pci_assignable_remove = {
	.name = "pci-assignable-remove",
	.summary = "give devices back to dom0's drivers now",
	.params = move_params,
	.flags = CMD_WRITES | CMD_NEEDS_XEN,
	.run = run_remove,
};
