/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_device.c - what is known of a device beside its record, made from other facts; see facts.h. */

#include "plugin/facts.h"

/* ---- alias groups --------------------------------------------------------------------------------------- */

/* Xen lists a bridge with what is behind it; a bridge is never hidden or given away. */
static void add_members(const struct pcidevs *set, const struct pcidev *dev, const struct bdfset *members, struct bdfset *ret)
{
	for (size_t i = 0; i < members->n; i++) {
		const struct pcidev *other = pcidevs_find(set, members->v[i]);

		if (other && other != dev && !pcidev_is_bridge(other))
			bdfset_add(ret, other->bdf);
	}
}

int facts_whole_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, const char **source, struct err *err)
{
	struct pcigroups *groups = NULL;
	struct pcidevs *set = NULL;
	struct dmar *d = NULL;
	struct xen *x = NULL;
	int rc = facts_pci(f, &set, err);

	if (rc < 0)
		return rc;
	if (facts_xen(f, &x, NULL) == 0 && xen_device_group(x, dev->bdf, ret, NULL) == 0) {
		bdfset_add(ret, dev->bdf);
		*source = "xen";
		return 0;
	}
	if (facts_dmar(f, &d, NULL) == 0 && d->amd) {
		dmar_alias_group(d, set, dev->bdf, ret);
		*source = "ivrs";
		return 0;
	}
	rc = facts_groups(f, &groups, err);
	if (rc < 0)
		return rc;
	if (!pcigroup_alias(groups, dev, ret, NULL))
		return err_set(err, ENODATA, "Xen does not tell, and config space is too short to compute it");
	*source = "computed";
	return 0;
}

int facts_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	struct pcidevs *set = NULL;
	const char *source;
	int rc = facts_whole_alias_group(f, dev, &members, &source, err);

	if (rc == 0 && facts_pci(f, &set, err) == 0)
		add_members(set, dev, &members, ret);
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
