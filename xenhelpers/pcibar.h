/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcibar.h - the memory and ports that a function asks for: its BARs and expansion ROM.
 *
 * Source: sysfs `resource`, a line "START END FLAGS" for each BAR 0..5 and for the ROM (drivers/pci/pci-sysfs.c; flags of
 * include/linux/ioport.h): it gives sizes, which config space tells only to who writes to it.  lspci.txt has no sizes.
 * A slot without flags is no BAR (or the upper half of a 64-bit one).  One that starts at 0 has no place: the firmware did not assign it.
 *
 * Resizable BARs: PCI Express base specification, 7.8.6 (capability 0x15).
 */
#pragma once

#include "pcidev.h"

#define PCIBAR_ROM 6
#define PCIBAR_MAX 7

struct pcibar {
	unsigned index; /* 0..5; PCIBAR_ROM */
	uint64_t start, size;
	bool io, wide, prefetch; /* ports; 64-bit; prefetchable */
	bool assigned;
};

struct pcibars {
	struct pcibar v[PCIBAR_MAX];
	size_t n;
};

/* The text of `resource`; -EINVAL, with the line, when it is none.  Lines behind the seventh are passed over. */
int pcibars_parse(const char *text, struct pcibars *ret, struct err *err);
/* Of a function; -ENODATA: only sysfs tells, and the host has none. */
int pcibars_read(const struct pcidevs *set, const struct pcidev *dev, struct pcibars *ret, struct err *err);

uint64_t pcibars_memory(const struct pcibars *b); /* bytes of memory that have a place, ROM included: what xenguest counts */

/* The largest size that a resizable BAR offers, and the size it has; TRI_NO: none is resizable. */
enum tristate pcibar_resizable(const struct pcidevs *set, const struct pcidev *dev, uint64_t *now, uint64_t *max);
