/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_device.c - what is known of a device beside its record, made from other facts; see facts.h. */

#include "plugin/facts.h"

/* ---- who has it ------------------------------------------------------------------------------------------- */

const char *facts_dom0_access(struct facts *f, struct bdf bdf)
{
	static const char *const words[2][2] = {
		/* hidden now?  hidden at the next boot? */
		{ "enabled", "disable_on_reboot" },
		{ "enable_on_reboot", "disabled" },
	};
	const struct bdfset *now, *next;

	if (facts_hidden_now(f, &now, NULL) < 0 || facts_hidden_next(f, &next, NULL) < 0)
		return NULL;
	return words[bdfset_has(now, bdf)][bdfset_has(next, bdf)];
}

enum tristate facts_assignable(struct facts *f, const struct pcidev *dev)
{
	bool yes;

	if (facts_is_assignable(f, dev->bdf, &yes, NULL) == 0)
		return yes ? TRI_YES : TRI_NO;
	if (dev->has_driver == TRI_UNKNOWN || (dev->driver && streq(dev->driver, "pciback")))
		return TRI_UNKNOWN;
	return TRI_NO;
}

const char *facts_driver(struct facts *f, struct bdf bdf)
{
	struct pcidevs *set = NULL;
	const struct pcidev *dev;

	if (facts_pci(f, &set, NULL) < 0)
		return NULL;
	dev = pcidevs_find(set, bdf);
	return dev && dev->driver && !streq(dev->driver, "pciback") ? dev->driver : NULL;
}

/* ---- alias groups --------------------------------------------------------------------------------------- */

/* What Xen leaves out of its groups: a member that is assignable, or a guest's.  Unknown counts as such. */
static bool is_left_out(struct facts *f, struct bdf bdf)
{
	bool assignable = false, known;

	if (facts_is_assignable(f, bdf, &assignable, NULL) < 0 || assignable)
		return true;
	return facts_held_by(f, bdf, &known) || !known;
}

/* What firmware and hardware tell: AMD's table, else the bridges. */
static int alias_by_topology(struct facts *f, const struct pcidev *dev, struct bdfset *ret, const char **source, struct err *err)
{
	struct pcigroups *groups = NULL;
	struct pcidevs *set = NULL;
	struct dmar *d = NULL;
	int rc = facts_pci(f, &set, err);

	if (rc < 0)
		return rc;
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

int facts_whole_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, const char **source, struct err *err)
{
	_cleanup_bdfset_ struct bdfset told = { 0 }, below = { 0 };
	struct xen *x = NULL;
	bool xen = facts_xen(f, &x, NULL) == 0 && xen_device_group(x, dev->bdf, &told, NULL) == 0;
	int rc = alias_by_topology(f, dev, &below, source, err);

	if (!xen && rc < 0)
		return rc;
	bdfset_add(ret, dev->bdf);
	for (size_t i = 0; i < told.n; i++)
		bdfset_add(ret, told.v[i]);
	for (size_t i = 0; i < below.n; i++)
		if (!xen || is_left_out(f, below.v[i]))
			bdfset_add(ret, below.v[i]);
	if (xen)
		*source = "xen";
	return 0;
}

/* A bridge of the group is never hidden or given away. */
static void add_functions(const struct pcidevs *set, const struct pcidev *dev, const struct bdfset *members, struct bdfset *ret)
{
	for (size_t i = 0; i < members->n; i++) {
		const struct pcidev *other = pcidevs_find(set, members->v[i]);

		if (other && other != dev && !pcidev_is_bridge(other))
			bdfset_add(ret, other->bdf);
	}
}

int facts_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	struct pcidevs *set = NULL;
	const char *source;
	int rc = facts_whole_alias_group(f, dev, &members, &source, err);

	if (rc == 0 && facts_pci(f, &set, err) == 0)
		add_functions(set, dev, &members, ret);
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
