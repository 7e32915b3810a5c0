/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_reset.c - does a device come clean from one owner to the next?  See checks.h and pcireset.h (facts D8).
 *
 * xenopsd writes 1 to the function's `reset` in sysfs, where there is one, else it asks pciback (do_flr), and goes on whatever
 * comes of it (facts, section 8): a device that cannot be reset is given away as it is.
 *
 * RESET_FLR, RESET_AF_FLR, RESET_PM	it has a reset of its own.
 * RESET_BUS	only its bus can be reset, and that hits nothing but the same card.
 * RESET_NONE	neither; or the reset of its bus would hit others.
 * RESET_LIAR	it says FLR, and is known not to do it.
 * RESET_UNKNOWN	config space is too short to tell.
 */

#include "plugin/checks_private.h"
#include "xenhelpers/pcireset.h"

#define XENOPSD "xenopsd resets a device before a VM gets it, and goes on where that fails"

static bool reset_of(struct asking *a, struct bdf bdf, struct pcireset *ret)
{
	const struct pcidev *dev = check_device(a, bdf);
	struct pcidevs *set = NULL;

	if (!dev || pcidev_is_bridge(dev) || facts_pci(a->facts, &set, NULL) < 0)
		return false;
	pcireset_read(set, dev, ret);
	return true;
}

static enum tristate kernel_resets(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	struct pcidevs *set = NULL;

	return dev && facts_pci(a->facts, &set, NULL) == 0 ? pcireset_kernel(set, dev) : TRI_UNKNOWN;
}

static void check_flr(struct asking *a, struct bdf bdf)
{
	struct pcireset r;

	if (reset_of(a, bdf, &r) && r.flr == TRI_YES && !r.liar)
		check_found(a, BDF_STR(bdf), "PCI Express capability: FLReset+", NULL, "%s resets by itself (function level reset)",
			    BDF_STR(bdf));
}

static void check_af_flr(struct asking *a, struct bdf bdf)
{
	struct pcireset r;

	if (reset_of(a, bdf, &r) && r.flr != TRI_YES && r.af_flr == TRI_YES && !r.liar)
		check_found(a, BDF_STR(bdf), "Advanced Features capability: TP+ FLR+", NULL,
			    "%s resets by itself (function level reset of the Advanced Features)", BDF_STR(bdf));
}

static void check_pm(struct asking *a, struct bdf bdf)
{
	struct pcireset r;

	if (reset_of(a, bdf, &r) && ((r.flr != TRI_YES && r.af_flr != TRI_YES) || r.liar) && r.pm == TRI_YES)
		check_found(a, BDF_STR(bdf), "power management capability: NoSoftRst-", NULL,
			    "%s resets by itself when it is powered down and up (D3hot to D0)", BDF_STR(bdf));
}

/* What a reset of the bus would hit beside the card itself and what goes along. */
static void others_hit(struct asking *a, struct bdf bdf, struct bdfset *hits, struct bdfset *ret)
{
	struct pcidevs *set = NULL;

	if (facts_pci(a->facts, &set, NULL) < 0)
		return;
	pcireset_hits(set, check_device(a, bdf), hits);
	for (size_t i = 0; i < hits->n; i++)
		if (!bdf_same_slot(hits->v[i], bdf) && !bdfset_has(a->req->devices, hits->v[i]))
			bdfset_add(ret, hits->v[i]);
	bdfset_sort(ret);
}

static void check_bus(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset hits = { 0 }, others = { 0 };
	struct pcireset r;
	_cleanup_free_ char *names = NULL;

	if (!reset_of(a, bdf, &r) || pcireset_own(&r) != TRI_NO || !r.bus)
		return;
	others_hit(a, bdf, &hits, &others);
	if (others.n)
		return;
	names = bdfset_format(&hits, ", ");
	check_found(a, BDF_STR(bdf), XENOPSD, NULL, "%s has no reset of its own; one of its bus hits %s", BDF_STR(bdf),
		    hits.n ? names : "nothing else");
}

static void check_none(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset hits = { 0 }, others = { 0 };
	struct pcireset r;
	_cleanup_free_ char *names = NULL, *why = NULL;
	const char *remedy = "power the host off, not only reboot it, when the device does not work in its next VM";

	if (!reset_of(a, bdf, &r))
		return;
	if (pcireset_own(&r) == TRI_YES && kernel_resets(a, bdf) == TRI_NO) {
		check_found(a, BDF_STR(bdf), "sysfs has no file 'reset'", remedy,
			    "dom0's kernel does not reset %s, though it says that it can: it goes to a VM as it is", BDF_STR(bdf));
		return;
	}
	if (pcireset_own(&r) != TRI_NO)
		return;
	others_hit(a, bdf, &hits, &others);
	if (r.bus && !others.n)
		return;
	names = bdfset_format(&others, ", ");
	why = r.bus ? xasprintf("a reset of its bus would hit %s", names) : xstrdup("it stands on a root bus, which is never reset");
	check_found(a, BDF_STR(bdf), XENOPSD, remedy, "nothing resets %s between two owners: it has no reset of its own, and %s",
		    BDF_STR(bdf), why);
}

static void check_liar(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	struct pcireset r;
	_cleanup_free_ char *ids = NULL;

	if (!reset_of(a, bdf, &r) || !r.liar || (r.flr != TRI_YES && r.af_flr != TRI_YES))
		return;
	ids = xasprintf("%04x:%04x", (unsigned)dev->vendor, (unsigned)dev->device);
	check_found(a, BDF_STR(bdf), ids, "when it hangs the host at the VM's start or end, give the VM another device",
		    "%s says that it can reset itself (FLR), and is known not to come back from it", BDF_STR(bdf));
}

static void check_reset_unknown(struct asking *a, struct bdf bdf)
{
	struct pcireset r;

	if (reset_of(a, bdf, &r) && pcireset_own(&r) == TRI_UNKNOWN && kernel_resets(a, bdf) == TRI_UNKNOWN)
		check_unknown(a, BDF_STR(bdf), "how the device is reset between two owners", "its config space is too short to tell",
			      "look on the running host, as root: lspci -vv, FLReset and NoSoftRst");
}

/* ---- the table ---------------------------------------------------------------------------------------------------- */

#define WHEN (CHECK_HIDE | CHECK_ATTACH)

static const struct check rows[] = {
	{ "RESET_UNKNOWN", SEV_UNKNOWN, false, CHECK_ATTACH, check_reset_unknown, NULL },
	{ "RESET_LIAR", SEV_WARN, false, WHEN, check_liar, NULL },
	{ "RESET_NONE", SEV_WARN, false, WHEN, check_none, NULL },
	{ "RESET_BUS", SEV_INFO, false, WHEN, check_bus, NULL },
	{ "RESET_FLR", SEV_INFO, false, WHEN, check_flr, NULL },
	{ "RESET_AF_FLR", SEV_INFO, false, WHEN, check_af_flr, NULL },
	{ "RESET_PM", SEV_INFO, false, WHEN, check_pm, NULL },
};
const struct check_table checks_reset = CHECK_TABLE(rows);
