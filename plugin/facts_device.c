/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_device.c - what is known of a device beside its record, made from other facts; see facts.h. */

#include "plugin/facts.h"

/* ---- alias groups --------------------------------------------------------------------------------------- */

/* What Xen leaves out of its groups: a member that is assignable, or a guest's.  Unknown counts as such. */
static bool is_left_out(struct facts *f, struct bdf bdf)
{
	bool assignable = false, known;

	if (facts_is_assignable(f, bdf, &assignable, NULL) < 0 || assignable)
		return true;
	return facts_held_by(f, bdf, &known) || !known;
}

int facts_alias_members(struct facts *f, const struct pcidev *dev, struct bdfset *ret, bool *computed, struct err *err)
{
	_cleanup_bdfset_ struct bdfset told = { 0 }, below = { 0 };
	struct pcigroups *groups = NULL;
	struct xen *x = NULL;
	bool xen = facts_xen(f, &x, NULL) == 0 && xen_device_group(x, dev->bdf, &told, NULL) == 0;
	int rc = facts_groups(f, &groups, err);

	*computed = !xen;
	if (!xen && rc < 0)
		return rc;
	if (rc == 0 && !pcigroup_alias(groups, dev, &below, NULL) && !xen)
		return err_set(err, ENODATA, "Xen does not tell, and config space is too short to compute it");
	bdfset_add(ret, dev->bdf);
	for (size_t i = 0; xen && i < told.n; i++)
		bdfset_add(ret, told.v[i]);
	for (size_t i = 0; i < below.n; i++)
		if (!xen || is_left_out(f, below.v[i]))
			bdfset_add(ret, below.v[i]);
	return 0;
}

int facts_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	struct pcidevs *set = NULL;
	int rc = facts_pci(f, &set, err);
	bool computed;

	if (rc == 0)
		rc = facts_alias_members(f, dev, &members, &computed, err);
	for (size_t i = 0; rc == 0 && i < members.n; i++) {
		const struct pcidev *other = pcidevs_find(set, members.v[i]);

		/* A bridge of the group is never hidden or given away. */
		if (other && other != dev && !pcidev_is_bridge(other))
			bdfset_add(ret, other->bdf);
	}
	return rc;
}

void facts_add_alias_groups(struct facts *f, const struct bdfset *devices, struct bdfset *ret)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	struct pcidevs *set = NULL;

	if (facts_pci(f, &set, NULL) < 0)
		return;
	for (size_t i = 0; i < devices->n; i++) {
		const struct pcidev *dev = pcidevs_find(set, devices->v[i]);

		if (dev && !pcidev_is_bridge(dev))
			facts_alias_group(f, dev, &members, NULL);
	}
	for (size_t i = 0; i < members.n; i++)
		if (!bdfset_has(devices, members.v[i]))
			bdfset_add(ret, members.v[i]);
}
