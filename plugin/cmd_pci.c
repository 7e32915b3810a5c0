/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_pci.c - devices: listing them, hiding them from dom0 and giving them back. */

#include <stdio.h>

#include "plugin/bootplan.h"
#include "plugin/commands.h"
#include "plugin/place_here.h"

enum {
	D_PCI_ID,
	D_VENDOR_ID,
	D_DEVICE_ID,
	D_SUBSYSTEM_ID,
	D_CLASS_ID,
	D_VENDOR_NAME,
	D_DEVICE_NAME,
	D_CLASS_NAME,
	D_SUBSYSTEM_NAME,
	D_DRIVER_NAME,
	D_DOM0_ACCESS,
	D_ASSIGNABLE,
	D_ASSIGNED_TO,
	D_ASSIGNED_TO_NAMES,
	D_NUMA_NODE,
	D_FUNCTIONS,
	D_MSIX_VECTORS,
	D_IDENTITY,
	D_ALIASES,
};

static const struct field device_fields[] = {
	[D_PCI_ID] = { "pci-id", V_TEXT, true, "address, dddd:bb:dd.f" },
	[D_VENDOR_ID] = { "vendor-id", V_TEXT, false, "four hex digits", .hex = true },
	[D_DEVICE_ID] = { "device-id", V_TEXT, false, "four hex digits", .hex = true },
	[D_SUBSYSTEM_ID] = { "subsystem-id", V_TEXT, false, "subsystem vendor and device, vvvv:dddd", .hex = true },
	[D_CLASS_ID] = { "class-id", V_TEXT, false, "class and subclass, four hex digits", .hex = true },
	[D_VENDOR_NAME] = { "vendor-name", V_TEXT, true, "from pci.ids" },
	[D_DEVICE_NAME] = { "device-name", V_TEXT, true, "from pci.ids" },
	[D_CLASS_NAME] = { "class-name", V_TEXT, false, "from pci.ids" },
	[D_SUBSYSTEM_NAME] = { "subsystem-name", V_TEXT, false, "from pci.ids" },
	[D_DRIVER_NAME] = { "driver-name", V_TEXT, true, "dom0's driver; empty when none is bound" },
	[D_DOM0_ACCESS] = { "dom0-access", V_TEXT, true, "enabled, disable_on_reboot, disabled, enable_on_reboot" },
	[D_ASSIGNABLE] = { "assignable", V_BOOL, false, "Xen can give it to a VM now" },
	[D_ASSIGNED_TO] = { "assigned-to", V_LIST, false, "uuids of the VMs whose key names it, and of a domain that holds it" },
	[D_ASSIGNED_TO_NAMES] = { "assigned-to-names", V_LIST, true, "their names" },
	[D_NUMA_NODE] = { "numa-node", V_NUMBER, false, "nearest node, as Xen counts them" },
	[D_FUNCTIONS] = { "functions", V_LIST, false, "all functions of its slot" },
	[D_MSIX_VECTORS] = { "msix-vectors", V_NUMBER, false, "entries of its MSI-X table; 0: it has none" },
	[D_IDENTITY] = { "identity", V_TEXT, false, "topological path, ids and serial: stays when bus numbers change" },
	[D_ALIASES] = { "aliases", V_LIST, false, "aliases of the pool that select it: they give no right to it" },
};
static const struct record_type device_type = RECORD_TYPE("device", device_fields);

/* ---- one record ------------------------------------------------------------------------------------------ */

static void put_ids(const struct pcidev *dev, struct record *rec)
{
	if (!dev->ids_known)
		return;
	record_textf(rec, D_VENDOR_ID, "%04x", dev->vendor);
	record_textf(rec, D_DEVICE_ID, "%04x", dev->device);
	record_textf(rec, D_SUBSYSTEM_ID, "%04x:%04x", dev->subvendor, dev->subdevice);
	record_textf(rec, D_CLASS_ID, "%04x", dev->class >> 8);
}

static bool want_names(const struct records *recs)
{
	return records_want(recs, D_VENDOR_NAME) || records_want(recs, D_DEVICE_NAME) || records_want(recs, D_CLASS_NAME) ||
	       records_want(recs, D_SUBSYSTEM_NAME);
}

static void put_names(const struct pcidev *dev, struct record *rec)
{
	char buf[256];

	if (!dev->ids_known)
		return;
	record_text(rec, D_VENDOR_NAME, pciname_vendor(dev->vendor, buf, sizeof(buf)));
	record_text(rec, D_DEVICE_NAME, pciname_device(dev->vendor, dev->device, buf, sizeof(buf)));
	record_text(rec, D_CLASS_NAME, pciname_class(dev->class, buf, sizeof(buf)));
	record_text(rec, D_SUBSYSTEM_NAME, pciname_subsystem(dev, buf, sizeof(buf)));
}

static void put_driver(const struct pcidev *dev, struct record *rec)
{
	if (dev->has_driver != TRI_UNKNOWN)
		record_text(rec, D_DRIVER_NAME, dev->driver ? dev->driver : "");
}

static void put_assigned(struct facts *f, struct bdf bdf, struct record *rec)
{
	_cleanup_strv_ struct strv uuids = { 0 }, names = { 0 };
	const struct xen_domain *holder;
	struct vmlist list = { 0 };
	bool known;

	if (facts_assigned_to(f, bdf, &list, NULL) < 0)
		return;
	for (size_t i = 0; i < list.n; i++) {
		strv_add(&uuids, list.v[i]->uuid);
		strv_add(&names, list.v[i]->name);
	}
	free(list.v);
	holder = facts_held_by(f, bdf, &known);
	if (holder && !strv_has(&uuids, holder->uuid)) {
		strv_add(&uuids, holder->uuid);
		strv_add(&names, holder->name ? holder->name : "");
	}
	record_list(rec, D_ASSIGNED_TO, &uuids);
	record_list(rec, D_ASSIGNED_TO_NAMES, &names);
}

static void put_functions(const struct pcidevs *set, const struct pcidev *dev, struct record *rec)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (uint8_t fn = 0; fn < 8; fn++) {
		struct bdf bdf = dev->bdf;

		bdf.fn = fn;
		if (pcidevs_find(set, bdf))
			strv_add(&list, BDF_STR(bdf));
	}
	record_list(rec, D_FUNCTIONS, &list);
}

static void put_device(struct run *r, struct pcidevs *set, const struct pcidev *dev)
{
	struct records *recs = &r->res->records;
	struct record *rec = records_add(recs);

	record_text(rec, D_PCI_ID, BDF_STR(dev->bdf));
	put_ids(dev, rec);
	put_driver(dev, rec);
	if (want_names(recs))
		put_names(dev, rec);
	if (records_want(recs, D_DOM0_ACCESS))
		record_text(rec, D_DOM0_ACCESS, facts_dom0_access(r->facts, dev->bdf));
	if (records_want(recs, D_ASSIGNABLE))
		record_bool(rec, D_ASSIGNABLE, facts_assignable(r->facts, dev));
	if (records_want(recs, D_ASSIGNED_TO) || records_want(recs, D_ASSIGNED_TO_NAMES))
		put_assigned(r->facts, dev->bdf, rec);
	if (records_want(recs, D_NUMA_NODE))
		record_number(rec, D_NUMA_NODE, facts_node(r->facts, dev));
	if (records_want(recs, D_FUNCTIONS))
		put_functions(set, dev, rec);
	if (records_want(recs, D_MSIX_VECTORS))
		record_number(rec, D_MSIX_VECTORS, pcidev_msix_vectors(set, dev));
	if (records_want(recs, D_IDENTITY))
		record_text_take(rec, D_IDENTITY, pcidev_identity(set, dev));
}

/* Of all records at once: an alias is asked once for all devices. */
static void put_aliases(struct run *r)
{
	_cleanup_(aliases_done) struct aliases all = { 0 };
	_cleanup_free_ struct strv *names = xcalloc(r->res->records.n + 1, sizeof(*names));

	if (!records_want(&r->res->records, D_ALIASES) || aliases_read(r->facts, &all, NULL) < 0)
		return;
	for (size_t a = 0; a < all.n; a++) {
		_cleanup_bdfset_ struct bdfset devices = { 0 };
		struct bdf bdf;

		if (all.v[a].problem || alias_devices(r->facts, &all.v[a].alias, &devices, NULL) < 0)
			continue;
		for (size_t i = 0; i < r->res->records.n; i++)
			if (bdf_parse(r->res->records.v[i].v[D_PCI_ID].text, &bdf) && bdfset_has(&devices, bdf))
				strv_add(&names[i], all.v[a].name);
	}
	for (size_t i = 0; i < r->res->records.n; i++) {
		record_list(&r->res->records.v[i], D_ALIASES, &names[i]);
		strv_done(&names[i]);
	}
}

/* A reboot that is due is named. */
static void tell_pending(struct run *r)
{
	_cleanup_strv_ struct strv devices = { 0 };
	_cleanup_free_ char *names = NULL;
	struct bootfile *b = NULL;

	for (size_t i = 0; i < r->res->records.n; i++) {
		const struct value *v = r->res->records.v[i].v;

		if (v[D_DOM0_ACCESS].text && str_ends_with(v[D_DOM0_ACCESS].text, "_on_reboot"))
			strv_add(&devices, v[D_PCI_ID].text);
	}
	names = strv_join(&devices, ", ");
	if (records_want(&r->res->records, D_DOM0_ACCESS) && facts_boot(r->facts, &b, NULL) == 0)
		bootplan_tell(r, b);
	if (devices.n)
		strv_addf(&r->res->notes, "a reboot is pending: what dom0 has of %s changes then", names);
}

/* Names that cannot be had are shown as numbers, with a word why. */
static void load_names(struct run *r)
{
	struct err why = { 0 };

	if (want_names(&r->res->records) && pcinames_load(facts_host(r->facts), &why) < 0)
		strv_addf(&r->res->notes, "names of devices are not shown: %s", why.text);
}

/* ---- pci-device-list, pci-device-show ------------------------------------------------------------------------ */

static int run_device_list(struct run *r, struct err *err)
{
	struct pcidevs *set = NULL;
	int rc = facts_pci(r->facts, &set, err);

	if (rc < 0)
		return rc;
	load_names(r);
	for (size_t i = 0; i < set->n; i++)
		put_device(r, set, &set->v[i]);
	put_aliases(r);
	tell_pending(r);
	return 0;
}

const struct command cmd_pci_device_list = {
	.name = "pci-device-list",
	.summary = "PCI devices of this host, what dom0 does with them and who has them",
	.flags = CMD_LIST,
	.type = &device_type,
	.run = run_device_list,
};

static int run_device_show(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct pcidevs *set = NULL;
	int rc = facts_pci(r->facts, &set, err);

	if (rc == 0)
		rc = run_devices(r, "device", &devices, err);
	if (rc < 0)
		return rc;
	load_names(r);
	for (size_t i = 0; i < devices.n; i++) {
		const struct pcidev *dev = pcidevs_find(set, devices.v[i]);

		if (!dev) {
			err_set(err, ENOENT, "there is no PCI device %s", BDF_STR(devices.v[i]));
			return err_hint(err, "pci-device-list shows the devices that are there");
		}
		put_device(r, set, dev);
	}
	put_aliases(r);
	tell_pending(r);
	return 0;
}

static const struct param show_params[] = {
	{ "device", "DEVICE[,DEVICE...]", P_REQUIRED, "address, identity, vendor:device, interface or block device" },
	{ 0 },
};

const struct command cmd_pci_device_show = {
	.name = "pci-device-show",
	.summary = "everything that is known of a device",
	.params = show_params,
	.flags = CMD_SHOW,
	.type = &device_type,
	.run = run_device_show,
};

/* ---- pci-hide, pci-unhide ---------------------------------------------------------------------------------------- */

static const struct param hide_params[] = {
	{ "device", "DEVICE[,DEVICE...]", P_REQUIRED, "address, identity, vendor:device, interface or block device" },
	PARAM_ENTRIES,
	PARAM_BOOT,
	PARAM_REBOOT,
	PARAM_FORCE,
	{ 0 },
};

static int run_hide(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset asked = { 0 };
	int rc = run_devices(r, "device", &asked, err);

	if (rc == 0)
		rc = bootplan_hide_checked(r, &asked, err);
	if (rc == 0)
		bootplan_tell_reboot(r, &asked);
	return rc;
}

const struct command cmd_pci_hide = {
	.name = "pci-hide",
	.summary = "hide devices from dom0 at the next boot",
	.params = hide_params,
	.flags = CMD_WRITES,
	.run = run_hide,
};

static int run_unhide(struct run *r, struct err *err)
{
	_cleanup_bdfset_ struct bdfset asked = { 0 };
	int rc = run_devices(r, "device", &asked, err);

	if (rc == 0)
		rc = bootplan_unhide_checked(r, &asked, err);
	if (rc == 0)
		bootplan_tell_reboot(r, &asked);
	return rc;
}

const struct command cmd_pci_unhide = {
	.name = "pci-unhide",
	.summary = "give devices back to dom0 at the next boot",
	.params = hide_params,
	.flags = CMD_WRITES,
	.run = run_unhide,
};
