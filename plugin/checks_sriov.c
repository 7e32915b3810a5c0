/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_sriov.c - physical and virtual functions; see checks.h and sriov.h (facts D6).
 *
 * PF_HAS_VFS		with its physical function every VF goes away (VF_IN_USE, checks_owner.c, refuses where a VM has one).
 * VF_WITHOUT_PF	the physical function is hidden, or will be: no driver is left to make the VF.
 * VF_NOT_AFTER_REBOOT	a VF is made by its PF's driver when somebody asks; nothing here does so at boot.
 * VF_MAY_MOVE		a VF's address depends on how many there are.
 * VF_VDPA		the VF carries a vDPA device: its control plane would break.  Refused, finally.
 */

#include "plugin/checks_private.h"
#include "xenhelpers/sriov.h"

static void check_pf(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset vfs = { 0 };
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *names = NULL, *text = NULL;

	if (!dev || dev->is_vf)
		return;
	facts_vfs(a->facts, bdf, &vfs);
	if (!vfs.n && dev->numvfs <= 0)
		return;
	names = bdfset_format(&vfs, ", ");
	text = vfs.n > 8 ? xasprintf("its %zu virtual functions", vfs.n) : vfs.n ? xstrdup(names) :
		xasprintf("its %d virtual functions", dev->numvfs);
	check_found(a, BDF_STR(bdf), "sriov_numvfs, virtfn links", "where VMs are to use the virtual functions, leave this one to dom0",
		    "%s takes %s with it: virtual functions are there only while dom0's driver has the physical one", BDF_STR(bdf), text);
}

/* Why the VF's physical function will make no VF, or NULL; caller frees. */
static char *pf_is_gone(struct asking *a, const struct pcidev *vf)
{
	const struct pcidev *pf = vf->has_physfn ? check_device(a, vf->physfn) : NULL;
	const struct bdfset *next = NULL;

	if (!vf->has_physfn)
		return xstrdup("which function it belongs to cannot be told");
	if (!pf)
		return xasprintf("its physical function %s is not there", BDF_STR(vf->physfn));
	if (bdfset_has(a->req->devices, pf->bdf))
		return xasprintf("its physical function %s is to leave dom0, too", BDF_STR(pf->bdf));
	if (facts_hidden_next(a->facts, &next, NULL) == 0 && bdfset_has(next, pf->bdf))
		return xasprintf("its physical function %s is hidden at the next boot", BDF_STR(pf->bdf));
	return NULL;
}

static const struct pcidev *vf_at(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);

	return dev && dev->is_vf ? dev : NULL;
}

static void check_without_pf(struct asking *a, struct bdf bdf)
{
	const struct pcidev *vf = vf_at(a, bdf);
	_cleanup_free_ char *why = vf ? pf_is_gone(a, vf) : NULL;

	if (why)
		check_found(a, BDF_STR(bdf), why, "leave the physical function to dom0's driver, or give that one away instead",
			    "the virtual function %s will not be there after the next boot", BDF_STR(bdf));
}

static void check_after_reboot(struct asking *a, struct bdf bdf)
{
	const struct pcidev *vf = vf_at(a, bdf);
	_cleanup_free_ char *why = vf ? pf_is_gone(a, vf) : NULL, *remedy = NULL;

	if (!vf || why)
		return;
	remedy = xasprintf("have something write %s/%s/sriov_numvfs at boot, before VMs start (XAPI's network SR-IOV does for its own cards)",
			   PCIDEV_SYSFS, BDF_STR(vf->physfn));
	check_found(a, BDF_STR(bdf), "virtual functions are made by dom0's driver of the physical one", remedy,
		    "the virtual function %s is there after a reboot only if something makes it again: xe-passthrough does not",
		    BDF_STR(bdf));
}

static void check_may_move(struct asking *a, struct bdf bdf)
{
	const struct pcidev *vf = vf_at(a, bdf), *pf = vf && vf->has_physfn ? check_device(a, vf->physfn) : NULL;
	_cleanup_free_ char *evidence = NULL;
	struct pcidevs *set = NULL;
	struct sriov s;

	if (!pf || facts_pci(a->facts, &set, NULL) < 0 || sriov_read(set, pf, &s) != TRI_YES)
		return;
	evidence = xasprintf("SR-IOV capability of %s: %u of %u, offset %u, stride %u", BDF_STR(pf->bdf), s.num, s.total, s.offset,
			     s.stride);
	check_found(a, BDF_STR(bdf), evidence, NULL,
		    "the address of %s may change with the number of virtual functions of %s", BDF_STR(bdf), BDF_STR(pf->bdf));
}

static void check_vdpa(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_free_ char *evidence = NULL;
	const char *name;

	if (!dev)
		return;
	name = facts_vdpa(a->facts, bdf);
	if (name)
		evidence = xasprintf("/sys/bus/vdpa/devices/%s", name);
	else if (dev->driver && strstr(dev->driver, "vdpa"))
		evidence = xasprintf("dom0's driver is %s", dev->driver);
	if (evidence)
		check_found(a, BDF_STR(bdf), evidence, "remove the vDPA device first: vdpa dev del NAME",
			    "%s carries the vDPA device %s: taking it from dom0 would break whoever uses that", BDF_STR(bdf),
			    name ? name : "of its driver");
}

/* ---- the table ------------------------------------------------------------------------------------------------------ */

#define WHEN (CHECK_HIDE | CHECK_ATTACH)

static const struct check rows[] = {
	{ "VF_VDPA", SEV_REFUSE, true, WHEN, check_vdpa, NULL },
	{ "PF_HAS_VFS", SEV_WARN, false, WHEN, check_pf, NULL },
	{ "VF_WITHOUT_PF", SEV_WARN, false, WHEN, check_without_pf, NULL, .decides = true },
	{ "VF_NOT_AFTER_REBOOT", SEV_WARN, false, WHEN, check_after_reboot, NULL },
	{ "VF_MAY_MOVE", SEV_INFO, false, WHEN, check_may_move, NULL },
};
const struct check_table checks_sriov = CHECK_TABLE(rows);
