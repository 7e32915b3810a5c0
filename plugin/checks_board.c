/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_board.c - devices by which the board itself is operated: its console, its keyboard, its management; see checks.h.
 *
 * None of them is dom0's life, so all of these warn.
 */

#include "cmdline/bootargs.h"
#include "plugin/checks_private.h"

static bool has_class(const struct pcidev *dev, unsigned class)
{
	return dev && dev->class_known && dev->class >> 8 == class;
}

/* ASPEED and Matrox make the graphics of management controllers: the remote console shows what they draw. */
static void check_bmc(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);

	if (!has_class(dev, 0x0300) || dev->boot_vga == TRI_YES || (dev->vendor != 0x1a03 && dev->vendor != 0x102b))
		return;
	check_found(a, BDF_STR(bdf), dev->vendor == 0x1a03 ? "vendor 1a03 (ASPEED)" : "vendor 102b (Matrox)",
		    "choose another graphics card: this one can do little for a VM",
		    "%s is the graphics of the board's management controller: its remote console goes dark", BDF_STR(bdf));
}

/* com1=115200,8n1,pci and com1=115200,8n1,amt make Xen take a PCI card (docs/misc/xen-command-line: com1, com2). */
static bool xen_uses_pci_serial(const char *line)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };

	bootargs_split(line, strlen(line), &args);
	for (size_t i = 0; i < args.end; i++) {
		_cleanup_strv_ struct strv words = { 0 };

		if (!args.v[i].value || (!streq(args.v[i].key, "com1") && !streq(args.v[i].key, "com2")))
			continue;
		strv_split(&words, args.v[i].value, ',');
		if (strv_has(&words, "pci") || strv_has(&words, "amt"))
			return true;
	}
	return false;
}

/* ttyS0 to ttyS3 are the board's own ports. */
static bool dom0_uses_further_serial(const char *line)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };

	bootargs_split(line, strlen(line), &args);
	for (int i = -1; (i = bootargs_find(&args, "console", (size_t)(i + 1))) >= 0;) {
		const char *number = args.v[i].value ? str_after(args.v[i].value, "ttyS") : NULL;

		if (number && (*number > '3' || (*number >= '0' && number[1] >= '0' && number[1] <= '9')))
			return true;
	}
	return false;
}

static void check_serial(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	const char *xen = NULL, *dom0 = NULL;
	struct err err = { 0 };

	if (!has_class(dev, 0x0700))
		return;
	if (facts_running_line(a->facts, GRUB_XEN, &xen, &err) < 0) {
		check_unknown(a, BDF_STR(bdf), "whether Xen's console is on this serial port", err.text,
			      "look for pci in com1= and com2= of Xen's command line");
		return;
	}
	if (xen_uses_pci_serial(xen))
		check_found(a, BDF_STR(bdf), xen, "choose another card, or take the serial console off it first",
			    "%s is a serial port, and Xen's console is on a PCI serial port", BDF_STR(bdf));
	else if (facts_running_line(a->facts, GRUB_DOM0, &dom0, NULL) == 0 && dom0_uses_further_serial(dom0))
		check_found(a, BDF_STR(bdf), dom0, "choose another card, or take the serial console off it first",
			    "%s is a serial port, and dom0's console is on one that is not the board's own", BDF_STR(bdf));
}

static bool is_last_with_keyboard(struct asking *a, const struct bdfset *keyboards)
{
	for (size_t i = 0; i < keyboards->n; i++)
		if (!bdfset_has(a->req->devices, keyboards->v[i]))
			return false;
	return true;
}

static void check_keyboard(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	const struct bdfset *keyboards;
	struct err err = { 0 };

	if (!has_class(dev, 0x0c03))
		return;
	if (facts_keyboards(a->facts, &keyboards, &err) < 0)
		check_unknown(a, BDF_STR(bdf), "whether the host's keyboard is plugged in there", err.text, NULL);
	else if (bdfset_has(keyboards, bdf) && is_last_with_keyboard(a, keyboards))
		check_found(a, BDF_STR(bdf), "/sys/bus/usb/devices: an interface 03/01/01", "make sure that the host can be reached by network or by its "
			    "management controller; or plug a keyboard in elsewhere",
			    "%s has the host's only keyboard: the console cannot be typed at any more", BDF_STR(bdf));
}

static void check_management(struct asking *a, struct bdf bdf)
{
	static const char *const drivers[] = { "ipmi_si", "hpilo", "hpwdt", "iTCO_wdt", "sp5100_tco", "i6300esb", "mei_me" };
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *evidence = NULL;

	if (!dev)
		return;
	if (has_class(dev, 0x0c07))
		evidence = xasprintf("class 0c07: IPMI");
	for (size_t i = 0; !evidence && dev->driver && i < ARRAY_SIZE(drivers); i++)
		if (streq(dev->driver, drivers[i]))
			evidence = xasprintf("its driver is %s", dev->driver);
	if (evidence)
		check_found(a, BDF_STR(bdf), evidence, "choose another device",
			    "%s is the board's management interface or watchdog: dom0 loses sight of its sensors, or the host resets itself",
			    BDF_STR(bdf));
}

static bool is_working_nic(struct asking *a, const struct pcidev *dev, const struct bdfset *hidden)
{
	return dev->class_known && dev->class >> 16 == 0x02 && dev->driver && !streq(dev->driver, "pciback") &&
	       !bdfset_has(a->req->devices, dev->bdf) && !(hidden && bdfset_has(hidden, dev->bdf));
}

/* Of check_last_nic(): whether a working card is left does not depend on which of the request's devices is asked about. */
enum { NOT_ASKED, SOME_LEFT, NONE_LEFT };

static void check_last_nic(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	const struct bdfset *hidden = NULL;
	struct pcidevs *set = NULL;

	if (!dev || !dev->class_known || dev->class >> 16 != 0x02 || !dev->driver || streq(dev->driver, "pciback") ||
	    facts_pci(a->facts, &set, NULL) < 0)
		return;
	if (a->memo == NOT_ASKED) {
		facts_hidden_next(a->facts, &hidden, NULL);
		a->memo = NONE_LEFT;
		for (size_t i = 0; i < set->n && a->memo == NONE_LEFT; i++)
			if (is_working_nic(a, &set->v[i], hidden))
				a->memo = SOME_LEFT;
	}
	if (a->memo == SOME_LEFT)
		return;
	check_found(a, BDF_STR(bdf), "every other network function is hidden, named here too, or has no driver", "leave dom0 one network card",
		    "without %s dom0 has no working network card left: it cannot be reached by network", BDF_STR(bdf));
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "DOM0_LAST_NIC", SEV_WARN, false, CHECK_HIDE, check_last_nic, NULL },
	{ "BMC_GRAPHICS", SEV_WARN, false, CHECK_HIDE, check_bmc, NULL },
	{ "SERIAL_CONSOLE", SEV_WARN, false, CHECK_HIDE, check_serial, NULL },
	{ "DOM0_KEYBOARD", SEV_WARN, false, CHECK_HIDE, check_keyboard, NULL },
	{ "DOM0_WATCHDOG", SEV_WARN, false, CHECK_HIDE, check_management, NULL },
};
const struct check_table checks_board = CHECK_TABLE(rows);
