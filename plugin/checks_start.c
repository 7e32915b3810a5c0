/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_start.c - what only a VM's start asks; see checks.h.  The rest that decides about a start are rows of other tables (CHECK_START).
 *
 * START_DRIVER		a driver of dom0 has the device.  xenopsd takes it away from there without looking at what uses it (facts, 8): the start
 *			works, and the use ends.  Whether dom0 lives on the device is another question (CHECK_DOM0).
 *
 * Whether the device is the one that was meant, and not another that has its address by now, the guard asks the desired state (cmd_guard.c):
 * neither XAPI nor xenopsd keeps more than the address.
 */

#include "plugin/checks_private.h"

static void check_driver(struct asking *a, struct bdf bdf)
{
	const char *driver = facts_driver(a->facts, bdf);
	_cleanup_free_ char *evidence = NULL, *remedy = NULL;

	if (!driver)
		return;
	evidence = xasprintf("its driver in dom0 is %s", driver);
	remedy = xasprintf("pci-hide device=%s, and a reboot of the host", BDF_STR(bdf));
	check_found(a, BDF_STR(bdf), evidence, remedy, "%s is not hidden from dom0: it is taken from the driver %s as the VM starts", BDF_STR(bdf),
		    driver);
}

static const struct check rows[] = {
	{ "START_DRIVER", SEV_WARN, false, CHECK_START, check_driver, NULL },
};
const struct check_table checks_start = CHECK_TABLE(rows);
