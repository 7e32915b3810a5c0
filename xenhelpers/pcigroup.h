/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcigroup.h - which PCI functions cannot be told apart, or kept apart (pure, over pcidev records).
 *
 * Two questions with two answers (facts D1, D2, F6; dom0 has no /sys/kernel/iommu_groups, for Xen owns the IOMMU):
 *
 * Alias group: functions whose DMA carries one requester id, so that Xen must keep them together.  As Xen computes it
 * for VT-d (find_upstream_bridge()): the id of everything behind a PCI Express to PCI bridge or a conventional PCI
 * bridge is that of the topmost such bridge, which is a member itself; all else has its own.  AMD's aliases stand in the
 * IVRS table (dmar_alias_group()).  Xen's own answer (xen_device_group()) is better where there is one.
 *
 * Isolation group: functions that can reach each other without the IOMMU seeing it, by the rules of Linux
 * (pci_device_group(), drivers/iommu/iommu.c; pci_acs_enabled(), drivers/pci/pci.c): behind an aliasing bridge; behind ports
 * that do not all have ACS up to the root; functions of one device without ACS.  ACS is judged by the *capability* (PCI
 * Express base specification, 7.7.11), since Xen switches on what is there; a bit that the capability lacks counts as hard-wired, as
 * Linux takes it.  Linux's tables of devices that isolate without saying so are not modelled, nor are those of devices
 * with wrong requester ids: the result is rather too large than too small, a risk to know and nothing that Xen demands.
 * A VF is placed where its physical function is.
 *
 * Where config space is too short to tell, the answer is *unknown*, for every function that an answer either way would
 * concern.  A function whose bridge is not among the records counts as one on a root bus: pcidev cannot tell them apart.
 */
#pragma once

#include "pcidev.h"

struct pcigroups {
	const struct pcidevs *set; /* borrowed */
	struct pcigroup_node *v;   /* private, side by side with set->v */
	size_t *by_isolation, *by_alias; /* private: indices, members of a group side by side */
};

/* Linear in the number of functions. */
void pcigroups_compute(const struct pcidevs *set, struct pcigroups *ret);
void pcigroups_done(struct pcigroups *g);

/* TRI_YES: alone in its isolation group; TRI_NO: shares it; TRI_UNKNOWN. */
enum tristate pcigroup_is_isolated(const struct pcigroups *g, const struct pcidev *dev);

/*
 * The group's smallest member, its name; and all members in order of BDF, the function itself among them.  False, nothing added:
 * unknown.  *count, where wanted, is set either way of ret (NULL: only count).
 */
bool pcigroup_isolation(const struct pcigroups *g, const struct pcidev *dev, struct bdf *id, struct bdfset *ret, size_t *count);
bool pcigroup_alias(const struct pcigroups *g, const struct pcidev *dev, struct bdfset *ret, size_t *count);
