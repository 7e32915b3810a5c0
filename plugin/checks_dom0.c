/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_dom0.c - what dom0 lives on; see checks.h. */

#include "plugin/checks_private.h"

/* ---- what dom0 lives on --------------------------------------------------------------------------------- */

/* What of dom0 stands on the device, and the chains that show it; what cannot be followed goes to `lost`. */
static void storage_uses(const struct storage *s, struct bdf bdf, struct strv *uses, struct strv *chains, struct strv *lost)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct storage_use *use = &s->v[i];

		if (bdfset_has(&use->devices, bdf)) {
			strv_add(uses, use->what);
			strv_add(chains, use->chain);
		} else if (!use->complete) {
			strv_add(lost, use->chain);
		}
	}
}

static void check_storage(struct asking *a, struct bdf bdf)
{
	_cleanup_strv_ struct strv uses = { 0 }, chains = { 0 }, lost = { 0 };
	struct err err = { 0 };
	struct storage *s = NULL;

	if (facts_storage(a->facts, &s, &err) < 0 || !s->mounts_known) {
		check_unknown(a, BDF_STR(bdf), "what dom0's file systems stand on",
			err.text[0] ? err.text : "/proc/self/mountinfo cannot be read",
			"make sure by hand that dom0 does not live on this device");
		return;
	}
	storage_uses(s, bdf, &uses, &chains, &lost);
	if (uses.n) {
		_cleanup_free_ char *what = strv_join(&uses, ", "), *how = strv_join(&chains, "; ");

		check_found(a, BDF_STR(bdf), how, "choose another device, or move dom0 off this one first",
		      "dom0 lives on %s: it holds %s", BDF_STR(bdf), what);
	} else if (lost.n) {
		_cleanup_free_ char *how = strv_join(&lost, "; ");

		check_unknown(a, BDF_STR(bdf), "which device all of dom0's storage stands on", how,
			"make sure by hand that it is not this device");
	}
}

static void check_network(struct asking *a, struct bdf bdf)
{
	struct err err = { 0 };
	struct net *n = NULL;

	if (facts_net(a->facts, &n, &err) < 0) {
		check_unknown(a, BDF_STR(bdf), "which interface dom0 is managed through", err.text, NULL);
		return;
	}
	if (!n->management_known)
		check_unknown(a, BDF_STR(bdf), "which interface dom0 is managed through",
			"/etc/xensource-inventory does not tell MANAGEMENT_INTERFACE",
			"make sure by hand that dom0 is not reached through this device");
	for (size_t i = 0; i < n->n; i++)
		if (bdfset_has(&n->v[i].devices, bdf))
			check_found(a, BDF_STR(bdf), n->v[i].chain,
			      "choose another device, or move the management interface to another card first",
			      "dom0 is reached through %s: it carries the %s", BDF_STR(bdf), n->v[i].what);
		else if (!n->v[i].complete)
			check_unknown(a, BDF_STR(bdf), "which device the management interface stands on", n->v[i].chain,
				"make sure by hand that it is not this device");
}

static void check_console(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);

	if (dev && dev->boot_vga == TRI_YES)
		check_found(a, BDF_STR(bdf), "boot_vga is 1", "set the console to another display in the BIOS, or choose another device",
		      "%s is the console display of the host", BDF_STR(bdf));
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "DOM0_STORAGE", SEV_REFUSE, true, CHECK_HIDE | CHECK_LISTED | CHECK_ATTACH | CHECK_DOM0, check_storage, NULL },
	{ "DOM0_NETWORK", SEV_REFUSE, true, CHECK_HIDE | CHECK_LISTED | CHECK_ATTACH | CHECK_DOM0, check_network, NULL },
	{ "DOM0_CONSOLE", SEV_REFUSE, true, CHECK_HIDE | CHECK_LISTED | CHECK_ATTACH | CHECK_DOM0, check_console, NULL },
};
const struct check_table checks_dom0 = CHECK_TABLE(rows);
