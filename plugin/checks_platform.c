/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_platform.c - the host below all devices: IOMMU, dom0's pciback driver, boot file and boot; see checks.h.
 *
 * Findings about the host have the subject "host".
 */

#include "cmdline/bootargs.h"
#include "plugin/bootlint.h"
#include "plugin/checks_private.h"


/* What matters before a device is given away is asked then too; that a fact is missing is said only where it was asked for. */
static bool is_host_asked(const struct asking *a)
{
	return a->req->intent & CHECK_HOST;
}

/* ---- IOMMU ------------------------------------------------------------------------------------------------- */

/* xenopsd: "IOMMU unavailable" (facts, 3.4). */
static void check_iommu(struct asking *a)
{
	struct xen_physinfo info = { .cap_hvm_directio = TRI_UNKNOWN };
	struct err err = { 0 };
	struct xen *x = NULL;
	const char *line = NULL;

	if (facts_xen(a->facts, &x, &err) < 0 || xen_physinfo(x, &info, &err) < 0 || info.cap_hvm_directio == TRI_UNKNOWN) {
		if (is_host_asked(a))
			check_unknown(a, HOST, "whether Xen uses an IOMMU", err.text[0] ? err.text : "Xen does not tell",
				      "xl info: virt_caps must have hvm_directio");
		return;
	}
	if (info.cap_hvm_directio == TRI_YES)
		return;
	if (facts_running_line(a->facts, GRUB_XEN, &line, NULL) == 0 && facts_iommu_is_off(line))
		check_found(a, HOST, line, "boot-param-delete target=xen key=iommu, then reboot",
			    "Xen runs without an IOMMU, as its command line says: no VM with a PCI device starts");
	else
		check_found(a, HOST, "Xen's virt_caps have no hvm_directio",
			    "switch it on in the BIOS setup (Intel: VT-d, AMD: AMD-Vi or IOMMU, often below Chipset, North Bridge or "
			    "Advanced CPU; SR-IOV support beside it), then reboot; "
			    "if it is on: xl dmesg | grep -i -e vt-d -e amd-vi -e iommu shows what Xen made of it",
			    "Xen uses no IOMMU: it is off in the BIOS, or there is none; no VM with a PCI device starts");
}

/* "no-intremap", "intremap=off": interrupts of guests' devices are not checked any more. */
static bool is_intremap_off(const char *line)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };

	bootargs_split(line, strlen(line), &args);
	for (int i = -1; (i = bootargs_find(&args, "iommu", (size_t)(i + 1))) >= 0;) {
		_cleanup_strv_ struct strv words = { 0 };

		strv_split(&words, args.v[i].value ? args.v[i].value : "", ',');
		if (strv_has(&words, "no-intremap") || strv_has(&words, "intremap=off") || strv_has(&words, "intremap=no") ||
		    strv_has(&words, "intremap=0") || strv_has(&words, "intremap=false"))
			return true;
	}
	return false;
}

static void judge_xen_line(struct asking *a, const char *line, const char *when, const char *evidence)
{
	_cleanup_free_ char *off = xasprintf("Xen's command line switches the IOMMU off %s: no VM with a PCI device starts then", when);
	_cleanup_free_ char *intremap = xasprintf("Xen's command line switches interrupt remapping off %s: a VM with a device could "
						  "raise interrupts of its choice in the host", when);

	if (facts_iommu_is_off(line))
		check_found_as(a, SEV_REFUSE, HOST, evidence, "boot-param-delete target=xen key=iommu, then reboot", off);
	else if (is_intremap_off(line))
		check_found_as(a, SEV_WARN, HOST, evidence,
			       "take no-intremap out of iommu= (boot-param-get target=xen key=iommu), unless the firmware is broken without it",
			       intremap);
}

static void check_xen_line(struct asking *a)
{
	_cleanup_free_ char *next = NULL;
	struct bootfile *b = NULL;
	const char *line = NULL, *args;
	size_t len;
	int entry;

	if (facts_running_line(a->facts, GRUB_XEN, &line, NULL) == 0)
		judge_xen_line(a, line, "now", line);
	if (facts_boot(a->facts, &b, NULL) < 0)
		return;
	entry = bootfile_next_entry(b);
	if (entry < 0)
		return;
	args = grubcfg_args(&b->cfg, (size_t)entry, GRUB_XEN, &len);
	next = xstrndup(args, len);
	if (!line || facts_iommu_is_off(line) != facts_iommu_is_off(next) || is_intremap_off(line) != is_intremap_off(next))
		judge_xen_line(a, next, "from the next boot on", next);
}

/* ---- pciback -------------------------------------------------------------------------------------------------- */

static void check_pciback(struct asking *a)
{
	enum tristate there = facts_pciback(a->facts);
	struct err err = { 0 };

	if (there == TRI_YES)
		return;
	if (there == TRI_UNKNOWN) {
		check_unknown(a, HOST, "whether dom0's pciback driver is there", "/sys/bus/pci/drivers cannot be read",
			      "look for /sys/bus/pci/drivers/pciback");
	} else if (facts_hide_readable(a->facts, &err) == -EINVAL) {
		check_found(a, HOST, err.text, "boot-lint shows the place in the boot file, boot-normalize or pci-hide write it anew; then reboot",
			    "dom0's kernel could not read its hide list, and so its pciback driver did not register: no device is hidden, "
			    "and none can be given to a VM (\"pciback has not loaded\")");
		if (err.where[0])
			a->out->v[a->out->n - 1].where = xstrdup(err.where);
	} else {
		check_found(a, HOST, "/sys/bus/pci/drivers/pciback is missing", "modprobe xen-pciback; dmesg | grep -i pciback shows why it is not there",
			    "dom0's pciback driver is not loaded: no device is hidden, and none can be given to a VM (\"pciback has not loaded\")");
	}
}

/* ---- the boot file, and the next boot ------------------------------------------------------------------------- */

/* What boot-lint says of it, under boot-lint's own codes (bootlint.h). */
static void check_boot_file(struct asking *a)
{
	_cleanup_(lint_done) struct lint l = { .facts = a->facts, .out = a->out };
	struct bootfile *b = NULL;
	struct err err = { 0 };

	if (facts_boot(a->facts, &b, &err) < 0) {
		check_unknown(a, HOST, "what the boot file says", err.text, err.hint[0] ? err.hint : NULL);
		return;
	}
	l.b = b;
	lint_hides(&l);
	lint_menu(&l);
	lint_lines(&l);
	lint_defaults(&l);
}

static void check_reboot(struct asking *a)
{
	_cleanup_strv_ struct strv changes = { 0 };
	_cleanup_free_ char *list = NULL;
	enum tristate pending = facts_reboot_pending(a->facts, &changes);

	if (pending == TRI_UNKNOWN) {
		check_unknown(a, HOST, "whether a reboot is pending", "the running command lines, or the entry that boots next, cannot be had",
			      "host-show tells which");
		return;
	}
	if (pending == TRI_NO)
		return;
	list = strv_join(&changes, "; ");
	check_found(a, HOST, list, "reboot when it suits: host-show shows what changes then",
		    "a reboot is pending: the boot file and the running host differ in %zu %s", changes.n,
		    changes.n == 1 ? "thing" : "things");
}

/* ---- a device between boot file, kernel and driver -------------------------------------------------------------- */

static bool is_hidden_now(struct asking *a, struct bdf bdf)
{
	const struct bdfset *now;

	return facts_hidden_now(a->facts, &now, NULL) == 0 && bdfset_has(now, bdf);
}

/* Without pciback nothing is bound: that is said once, of the host. */
static const struct pcidev *hidden_device(struct asking *a, struct bdf bdf)
{
	return is_hidden_now(a, bdf) && facts_pciback(a->facts) == TRI_YES ? check_device(a, bdf) : NULL;
}

static void check_not_bound(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = hidden_device(a, bdf);
	_cleanup_free_ char *remedy = NULL;

	if (!dev || dev->has_driver != TRI_NO)
		return;
	remedy = xasprintf("pci-assignable-add device=%s binds it now; dmesg | grep %s may tell why it is not", BDF_STR(bdf), BDF_STR(bdf));
	check_found(a, BDF_STR(bdf), "/proc/cmdline hides it, and no driver is bound to it", remedy,
		    "%s was hidden when the host started, but pciback does not have it: Xen cannot give it to a VM", BDF_STR(bdf));
}

static void check_driver(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = hidden_device(a, bdf);
	_cleanup_free_ char *evidence = NULL, *remedy = NULL;

	if (!dev || !dev->driver || streq(dev->driver, "pciback"))
		return;
	evidence = xasprintf("/proc/cmdline hides it, and its driver is %s", dev->driver);
	remedy = xasprintf("pci-assignable-add device=%s takes it from the driver now; "
			   "a driver that is built into the kernel, or in the initrd, may have been first at boot", BDF_STR(bdf));
	check_found(a, BDF_STR(bdf), evidence, remedy, "%s was hidden when the host started, but dom0's driver %s has it", BDF_STR(bdf),
		    dev->driver);
}

static void check_not_hidden(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *remedy = NULL;
	const struct bdfset *next;

	if (!dev || !dev->driver || !streq(dev->driver, "pciback") || is_hidden_now(a, bdf) ||
	    facts_hidden_next(a->facts, &next, NULL) < 0 || bdfset_has(next, bdf))
		return;
	remedy = xasprintf("pci-hide device=%s makes it stay so", BDF_STR(bdf));
	check_found(a, BDF_STR(bdf), "its driver is pciback, and no hide list names it", remedy,
		    "%s is bound to pciback until the next boot only: dom0's driver takes it then", BDF_STR(bdf));
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "IOMMU_OFF", SEV_REFUSE, false, CHECK_HOST | CHECK_ATTACH | CHECK_ASSIGN | CHECK_START, .host = check_iommu },
	{ "XEN_IOMMU_DISABLED", SEV_REFUSE, false, CHECK_HOST, .host = check_xen_line },
	{ "PCIBACK_ABSENT", SEV_REFUSE, false, CHECK_HOST | CHECK_START, .host = check_pciback },
	{ "BOOT_FILE", SEV_UNKNOWN, false, CHECK_HOST, .host = check_boot_file },
	{ "REBOOT_PENDING", SEV_INFO, false, CHECK_HOST, .host = check_reboot },
	{ "HIDDEN_NOT_BOUND", SEV_WARN, false, CHECK_HOST, .device = check_not_bound },
	{ "DRIVER_AT_BOOT", SEV_INFO, false, CHECK_HOST, .device = check_driver },
	{ "BOUND_NOT_HIDDEN", SEV_INFO, false, CHECK_HOST, .device = check_not_hidden },
};
const struct check_table checks_platform = CHECK_TABLE(rows);
