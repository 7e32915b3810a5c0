/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_dom0.c - what dom0 lives on; see checks.h. */

#include "plugin/checks_private.h"
#include "plugin/facts_uses.h"

/* ---- what dom0 lives on --------------------------------------------------------------------------------- */

struct uses {
	struct strv what, chains, lost, remedies;
	bool only_pool; /* nothing of dom0's own: ended by a command, not by moving dom0 */
};

static void uses_done(struct uses *u)
{
	strv_done(&u->what);
	strv_done(&u->chains);
	strv_done(&u->lost);
	strv_done(&u->remedies);
}

/* The storage repository that is mounted there, or NULL. */
static const struct pool_use *mounted_as(const struct pool_uses *pool, const char *mount)
{
	for (size_t i = 0; pool && i < pool->n_storage; i++)
		if (pool->v[i].mount && streq(pool->v[i].mount, mount))
			return &pool->v[i];
	return NULL;
}

static void add_remedy(struct uses *u, const char *remedy)
{
	if (!strv_has(&u->remedies, remedy))
		strv_add(&u->remedies, remedy);
}

/* What of dom0 stands on the device, and the chains that show it; what cannot be followed goes to `lost`. */
static void own_uses(const struct storage *s, const struct pool_uses *pool, struct bdf bdf, struct uses *u)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct storage_use *use = &s->v[i];
		const struct pool_use *sr = mounted_as(pool, use->what);

		if (bdfset_has(&use->devices, bdf)) {
			if (sr)
				strv_addf(&u->what, "%s (%s)", sr->what, use->what);
			else
				strv_add(&u->what, use->what);
			strv_add(&u->chains, use->chain);
			if (sr)
				add_remedy(u, sr->remedy);
			else
				u->only_pool = false;
		} else if (!use->complete) {
			strv_add(&u->lost, use->chain);
		}
	}
}

/* A repository whose mount told already is not told twice. */
static bool is_told(const struct storage *s, const struct pool_use *use)
{
	for (size_t i = 0; use->mount && i < s->n; i++)
		if (s->v[i].complete && streq(s->v[i].what, use->mount))
			return true;
	return false;
}

static void pool_uses_of(const struct storage *s, const struct pool_uses *pool, struct bdf bdf, struct uses *u)
{
	for (size_t i = 0; pool && i < pool->n_storage; i++) {
		const struct pool_use *use = &pool->v[i];

		if (is_told(s, use))
			continue;
		if (bdfset_has(&use->devices, bdf)) {
			strv_add(&u->what, use->what);
			strv_add(&u->chains, use->chain);
			add_remedy(u, use->remedy);
		} else if (!use->complete) {
			strv_addf(&u->lost, "%s <- %s", use->what, use->chain);
		}
	}
}

/* Could a network interface, or a disk, stand on it?  USB carries both; what has no known class may be anything. */
static bool may_carry(struct asking *a, struct bdf bdf, unsigned class)
{
	const struct pcidev *dev = check_device(a, bdf);

	return dev && (!dev->class_known || dev->class >> 16 == class || dev->class >> 8 == 0x0c03);
}

/* A Xen host that never had XAPI has no repositories and no PIFs; who leaves XAPI out for now says so himself. */
static bool has_xapi(struct asking *a)
{
	struct xapi *x = NULL;

	return !facts_leaves_out_xapi(a->facts) && (facts_brand(a->facts) || facts_xapi(a->facts, &x, NULL) == 0);
}

static void check_storage(struct asking *a, struct bdf bdf)
{
	_cleanup_(uses_done) struct uses u = { .only_pool = true };
	const struct pool_uses *pool = NULL;
	struct err err = { 0 };
	struct storage *s = NULL;

	if (facts_storage(a->facts, &s, &err) < 0 || !s->mounts_known) {
		check_unknown(a, BDF_STR(bdf), "what dom0's file systems stand on",
			err.text[0] ? err.text : "/proc/self/mountinfo cannot be read",
			"make sure by hand that dom0 does not live on this device");
		return;
	}
	facts_uses(a->facts, &pool, NULL);
	own_uses(s, pool, bdf, &u);
	pool_uses_of(s, pool, bdf, &u);
	if (u.what.n) {
		_cleanup_free_ char *what = strv_join(&u.what, ", "), *how = strv_join(&u.chains, "; ");
		_cleanup_free_ char *end = strv_join(&u.remedies, "; "), *remedy = xasprintf("choose another device, or: %s", end);

		check_found(a, BDF_STR(bdf), how, u.only_pool ? remedy : "choose another device, or move dom0 off this one first",
		      "dom0 lives on %s: it holds %s", BDF_STR(bdf), what);
	} else if (u.lost.n) {
		_cleanup_free_ char *how = strv_join(&u.lost, "; ");

		check_unknown(a, BDF_STR(bdf), "which device all of dom0's storage stands on", how,
			"make sure by hand that it is not this device");
	} else if (pool && pool->no_storage && has_xapi(a) && may_carry(a, bdf, 0x01)) {
		check_unknown(a, BDF_STR(bdf), "whether a storage repository stands on the device", pool->no_storage,
			      "look with xe pbd-list params=device-config,currently-attached, or repeat this when XAPI answers");
	}
}

static void lost_interface(struct asking *a, struct bdf bdf, const struct pool_use *use)
{
	_cleanup_free_ char *what = xasprintf("which device carries %s", use->what);

	check_unknown(a, BDF_STR(bdf), what, use->chain, "make sure by hand that it is not this device");
}

/* Storage, migration and cluster networks: addresses of dom0 beside the management one. */
static void check_addresses(struct asking *a, struct bdf bdf)
{
	const struct pool_uses *pool = NULL;

	if (facts_uses(a->facts, &pool, NULL) < 0)
		return;
	for (size_t i = pool->n_storage; i < pool->n; i++) {
		const struct pool_use *use = &pool->v[i];

		if (bdfset_has(&use->devices, bdf))
			check_found(a, BDF_STR(bdf), use->chain, use->remedy, "dom0 uses %s: it carries %s", BDF_STR(bdf), use->what);
		else if (!use->complete && may_carry(a, bdf, 0x02))
			lost_interface(a, bdf, use);
	}
	if (pool->no_interfaces && has_xapi(a) && may_carry(a, bdf, 0x02))
		check_unknown(a, BDF_STR(bdf), "whether a storage or migration network of dom0 uses the device", pool->no_interfaces,
			      "look with xe pif-list params=device,IP, or repeat this when XAPI answers");
}

static void check_network(struct asking *a, struct bdf bdf)
{
	struct err err = { 0 };
	struct net *n = NULL;

	check_addresses(a, bdf);
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
