/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcireset.h - how a function can be brought back to a clean state between two owners (facts D8).
 *
 * FLR: PCI Express base specification, 7.5.3.3 (Device Capabilities, bit 28).  AF FLR: PCI Advanced Features ECN (capability 0x13, bit
 * 1 of its capabilities; bit 0, TP, has to be there too).  Power management: PCI Power Management 1.2, 3.2.4 (a
 * function that goes from D3hot to D0 resets unless No_Soft_Reset is set).  Bus: a bridge resets all that is below it.
 * The kernel makes sysfs `reset` for functions that it can reset; its own list of liars counts in that.
 */
#pragma once

#include "pcidev.h"

struct pcireset {
	enum tristate flr, af_flr, pm;
	bool liar;	      /* says FLR, and is known not to do it: quirk_no_flr() of the kernel (facts D8) */
	bool bus;	      /* behind a bridge, which can be told to reset */
};

void pcireset_read(const struct pcidevs *set, const struct pcidev *dev, struct pcireset *ret);
/* sysfs `reset` is there; TRI_UNKNOWN also where a recording lacks it, for not all recordings have it. */
enum tristate pcireset_kernel(const struct pcidevs *set, const struct pcidev *dev);
/* What else a reset of its bus would reset; looks at every function of the host. */
void pcireset_hits(const struct pcidevs *set, const struct pcidev *dev, struct bdfset *ret);

/* A reset of its own, which hits nobody else. */
enum tristate pcireset_own(const struct pcireset *r);
