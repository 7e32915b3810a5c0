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

/* The virtual functions of a physical one that are there, in order of address. */
void sriov_vfs(const struct pcidevs *set, struct bdf pf, struct bdfset *ret);

/*
 * A vDPA device that stands on the function, its name ("vdpa0"), caller frees; NULL: none.  /sys/bus/vdpa/devices/NAME is a link
 * into the directory of what it stands on (drivers/vdpa/vdpa.c), where there are such devices at all.
 */
char *sriov_vdpa(struct host *h, struct bdf bdf);
