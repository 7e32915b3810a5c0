/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_device.c - the device itself; see checks.h. */

#include "plugin/checks_private.h"

/* ---- the device itself -------------------------------------------------------------------------------- */

static void check_absent(struct asking *a, struct bdf bdf)
{
	struct err err = { 0 };
	struct pcidevs *set = NULL;

	if (facts_pci(a->facts, &set, &err) < 0)
		check_unknown(a, BDF_STR(bdf), "whether the device is there", err.text, "record the host with its /sys/bus/pci");
	else if (!pcidevs_find(set, bdf) && !(a->req->intent & CHECK_HOST)) { /* there the hide list, or the VM's key, is at fault */
		check_found(a, BDF_STR(bdf), set->from_dump ? "lspci.txt" : "/sys/bus/pci/devices",
		      "pci-device-list shows the devices that are there", "there is no PCI device %s", BDF_STR(bdf));
		check_found_absent(a, bdf);
	}
}

static void check_bridge(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *evidence = NULL;

	if (!dev || !pcidev_is_bridge(dev))
		return;
	evidence = xasprintf("class %04x, header type %u", dev->class >> 8, dev->header);
	check_found(a, BDF_STR(bdf), evidence, dev->header == 1 ? "name the devices behind it" : "choose another device",
	      "%s is a bridge: it belongs to the host and cannot be given to a VM", BDF_STR(bdf));
}

/* Intel VMD numbers its domains from 10000: neither the kernel's list nor XAPI's key can name such an address. */
static void check_domain(struct asking *a, struct bdf bdf)
{
	if (!bdf_is_xapi(bdf))
		check_found(a, BDF_STR(bdf), "a domain of more than four digits", "turn VMD off in the BIOS: the device then gets an ordinary address",
		      "%s cannot be given to a VM: the kernel's hide list and XAPI know four digits of domain only", BDF_STR(bdf));
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "DEVICE_ABSENT", SEV_REFUSE, true, CHECK_HIDE | CHECK_LISTED | CHECK_ATTACH | CHECK_START, check_absent, NULL },
	{ "DEVICE_BRIDGE", SEV_REFUSE, true, CHECK_HIDE | CHECK_LISTED | CHECK_ATTACH | CHECK_START, check_bridge, NULL },
	{ "DEVICE_DOMAIN", SEV_REFUSE, true, CHECK_HIDE | CHECK_LISTED | CHECK_ATTACH, check_domain, NULL },
};
const struct check_table checks_device = CHECK_TABLE(rows);
