/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_isolation.c - what must stay together with a device, and what is not kept apart from it; see checks.h.
 *
 * ALIAS_GROUP		other functions carry the device's requester id (pcigroup.h; facts D2): Xen's IOMMU cannot tell them apart.
 *			A plan takes them along; where it does not, this is a warning.
 * ALIAS_GROUP_BLOCKED	and one of them is dom0's, or another VM's: then none of them can go.
 * ISOLATION_GROUP	what ACS does not keep apart (facts D1): no demand of Xen's, a risk to know.
 * FUNCTION_SPLIT	the other functions of one card, not kept apart from this one, stay with dom0.
 */

#include "plugin/checks_private.h"
#include "xenhelpers/vmpci.h"

/* ---- alias groups -------------------------------------------------------------------------------------------- */

/* The members that are not asked about themselves; false: nothing is known of the device, or that was said. */
static bool alias_members(struct asking *a, struct bdf bdf, struct bdfset *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	const struct pcidev *dev = check_device(a, bdf);

	if (!dev || pcidev_is_bridge(dev) || facts_alias_group(a->facts, dev, &members, err) < 0)
		return false;
	for (size_t i = 0; i < members.n; i++)
		if (!bdfset_has(a->req->devices, members.v[i]))
			bdfset_add(ret, members.v[i]);
	bdfset_sort(ret);
	return true;
}

static void check_alias(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	_cleanup_free_ char *names = NULL, *text = NULL;
	struct err err = { 0 };
	bool along = a->req->intent & CHECK_ALONG;

	if (!alias_members(a, bdf, &members, &err)) {
		if (err.code)
			check_unknown(a, BDF_STR(bdf), "whether Xen must keep other devices together with it", err.text,
				      "look on the running host: pci-group-list shows the groups as Xen forms them");
		return;
	}
	if (!members.n)
		return;
	names = bdfset_format(&members, ", ");
	text = xasprintf("behind one bridge %s and %s carry one requester id: Xen's IOMMU cannot tell their DMA apart", BDF_STR(bdf),
			 names);
	check_found_as(a, along ? SEV_INFO : SEV_WARN, BDF_STR(bdf), "pci-group-list: alias-group",
		       along ? NULL : "treat them as one: pci-hide, pci-unhide and vm-pci-attach do", text);
}

static void check_alias_blocked(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };

	if (!alias_members(a, bdf, &members, NULL))
		return;
	for (size_t i = 0; i < members.n; i++) {
		_cleanup_free_ char *why = NULL, *text = NULL;
		bool final = false;

		if (!check_would_refuse(a, &checks_dom0, members.v[i], &why, &final) &&
		    !check_would_refuse(a, &checks_owner, members.v[i], &why, &final))
			continue;
		text = xasprintf("%s goes nowhere without %s, whose requester id it carries, and that one cannot go", BDF_STR(bdf),
				 BDF_STR(members.v[i]));
		check_found_as(a, SEV_REFUSE, BDF_STR(bdf), why,
			       "put the card into a slot of its own, behind another bridge, or choose another device", text);
		a->out->v[a->out->n - 1].final = final;
		if (final)
			a->out->v[a->out->n - 1].forced = false;
	}
}

/* ---- isolation ------------------------------------------------------------------------------------------------- */

/* On a host as it is, devices go together when one VM has both, or when no VM has the first one yet. */
static bool together_now(struct asking *a, struct bdf bdf, struct bdf other)
{
	struct vmlist list = { 0 };
	bool yes;

	if (facts_assigned_to(a->facts, bdf, &list, NULL) < 0)
		return true;
	yes = !list.n;
	for (size_t i = 0; i < list.n; i++)
		yes |= vmpci_names(list.v[i]->pci, other);
	free(list.v);
	return yes;
}

/* Does `dev` stay in other hands when `bdf` goes to a VM? */
static bool stays(struct asking *a, struct bdf bdf, const struct pcidev *dev)
{
	const struct vm *vm = a->req->vm;

	if (!dev || pcidev_is_bridge(dev) || (vm && vm->pci && vmpci_names(vm->pci, dev->bdf)))
		return false;
	if (!bdfset_has(a->req->devices, dev->bdf))
		return true;
	return a->req->intent & CHECK_HOST && !vm && !together_now(a, bdf, dev->bdf);
}

/* Members of the isolation group that stay behind: of the device's own slot, or of others.  False: unknown. */
static bool left_behind(struct asking *a, const struct pcidev *dev, bool own_slot, struct bdfset *ret)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	struct pcigroups *groups = NULL;
	struct bdf id;

	if (facts_groups(a->facts, &groups, NULL) < 0 || pcigroup_is_isolated(groups, dev) == TRI_UNKNOWN ||
	    !pcigroup_isolation(groups, dev, &id, &members, NULL))
		return false;
	for (size_t i = 0; i < members.n; i++)
		if (bdf_same_slot(members.v[i], dev->bdf) == own_slot && stays(a, dev->bdf, check_device(a, members.v[i])))
			bdfset_add(ret, members.v[i]);
	bdfset_sort(ret);
	return true;
}

/* Some of many, for a sentence. */
static char *some_names(const struct bdfset *set)
{
	_cleanup_bdfset_ struct bdfset first = { 0 };
	_cleanup_free_ char *names = NULL;

	for (size_t i = 0; i < set->n && i < 8; i++)
		bdfset_add(&first, set->v[i]);
	names = bdfset_format(&first, ", ");
	return set->n > first.n ? xasprintf("%s and %zu more", names, set->n - first.n) : TAKE_PTR(names);
}

static void check_isolation(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset others = { 0 };
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *names = NULL;

	if (!dev || pcidev_is_bridge(dev))
		return;
	if (!left_behind(a, dev, false, &others)) {
		check_unknown(a, BDF_STR(bdf), "what is kept apart from it", "config space is too short to tell which ports have ACS",
			      "record the host as root: lspci -xxxx shows config space only then");
		return;
	}
	if (!others.n)
		return;
	names = some_names(&others);
	check_found(a, BDF_STR(bdf), "pci-group-list: isolation-members; judged by ACS alone, so rather too many than too few",
		    "Xen does not insist: a VM that you trust does no harm, else choose another slot",
		    "nothing is known to keep %s apart from %s: a VM that has it may reach %s without Xen's IOMMU in between", BDF_STR(bdf),
		    names, others.n == 1 ? "that one" : "those");
}

static bool has_slot_mates(struct asking *a, const struct pcidev *dev, bool *all_hidden)
{
	const struct bdfset *next = NULL;
	bool any = false;

	facts_hidden_next(a->facts, &next, NULL);
	*all_hidden = true;
	for (uint8_t fn = 0; fn < 8; fn++) {
		struct bdf other = dev->bdf;
		const struct pcidev *mate;

		other.fn = fn;
		mate = fn == dev->bdf.fn ? NULL : check_device(a, other);
		if (!mate || mate->is_vf || !stays(a, dev->bdf, mate))
			continue;
		any = true;
		if (!next || !bdfset_has(next, other))
			*all_hidden = false;
	}
	return any;
}

static void check_split(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset others = { 0 };
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *names = NULL, *remedy = NULL;
	bool all_hidden;

	/* Functions on a root bus are parts of a chipset, not of a card. */
	if (!dev || pcidev_is_bridge(dev) || dev->is_vf || !dev->has_parent || !has_slot_mates(a, dev, &all_hidden) || all_hidden)
		return;
	if (!left_behind(a, dev, true, &others) || !others.n)
		return;
	names = bdfset_format(&others, ",");
	remedy = xasprintf("name them too: device=%s,%s", BDF_STR(bdf), names);
	check_found(a, BDF_STR(bdf), "functions of one slot, without ACS between them", remedy,
		    "%s goes alone: %s of the same card stay%s behind, and nothing keeps them apart", BDF_STR(bdf), names,
		    others.n == 1 ? "s" : "");
}

/* ---- the table ----------------------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "ALIAS_GROUP_BLOCKED", SEV_REFUSE, false, CHECK_HIDE | CHECK_LISTED | CHECK_UNHIDE | CHECK_ATTACH, check_alias_blocked, NULL },
	{ "ALIAS_GROUP", SEV_WARN, false, CHECK_HIDE | CHECK_UNHIDE | CHECK_ATTACH, check_alias, NULL },
	{ "FUNCTION_SPLIT", SEV_WARN, false, CHECK_HIDE | CHECK_ATTACH, check_split, NULL },
	{ "ISOLATION_GROUP", SEV_WARN, false, CHECK_ATTACH, check_isolation, NULL },
};
const struct check_table checks_isolation = CHECK_TABLE(rows);
