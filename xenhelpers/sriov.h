/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sriov.h - what a physical function says of its virtual ones (facts D6).
 *
 * Source: the SR-IOV capability (Single Root I/O Virtualization specification, 3.3; identifier 0x10).  First VF Offset and VF
 * Stride may change with the number of VFs and the ARI hierarchy (3.3.9, 3.3.10), and with them every VF's address.
 */
#pragma once

#include "pcidev.h"

struct sriov {
	unsigned total, num, offset, stride;
	uint16_t device; /* of its VFs */
};

/* TRI_NO: not a physical function.  TRI_UNKNOWN: config space does not reach that far. */
enum tristate sriov_read(const struct pcidevs *set, const struct pcidev *pf, struct sriov *ret);

/* All virtual functions whose physical one is known, by that one: for many questions.  All-zero is a valid empty index. */
struct sriov_index {
	const struct pcidev **v; /* borrowed records */
	size_t n;
};
void sriov_index_build(const struct pcidevs *set, struct sriov_index *ret);
void sriov_index_done(struct sriov_index *x);

/* The virtual functions of a physical one that are there, in order of address. */
void sriov_vfs(const struct sriov_index *x, struct bdf pf, struct bdfset *ret);

/*
 * Where the host's vDPA devices are in sysfs, none on most hosts.  /sys/bus/vdpa/devices/NAME is a link into the directory of what it
 * stands on (drivers/vdpa/vdpa.c), where there are such devices at all.
 */
void sriov_vdpa_places(struct host *h, struct strv *ret);
/* The one of them that stands on the function, its name ("vdpa0"), the place's; NULL: none. */
const char *sriov_vdpa(const struct strv *places, struct bdf bdf);
