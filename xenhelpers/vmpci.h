/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vmpci.h - the grammar of a VM's other-config:pci, as XAPI reads it (facts, 3.1 and 3.2).
 *
 * The value is split at commas; each item is scanned as "%d/%04x:%02x:%02x.%01x".  An item that does not scan is dropped
 * without a word; whatever follows the function's digit is ignored, and no digit is too large: "3b:60.0" is read, and is no device of any
 * host (bdf_is_possible()).  The number is an order group: groups are plugged in
 * ascending order, and *within one group in the reverse of the text*.  So an order that is to hold needs a number of its own for
 * each item: "0/A,1/B".
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bdf.h"

struct vmpci_item {
	long order;
	struct bdf bdf;
	bool dropped;	 /* XAPI does not see it */
	size_t off, len; /* in the value */
};

struct vmpci {
	struct vmpci_item *v; /* in the order of the text */
	size_t n;
};

void vmpci_parse(const char *value, struct vmpci *ret);
void vmpci_done(struct vmpci *p);

/* Does the value name the device, as XAPI reads it? */
bool vmpci_names(const char *value, struct bdf bdf);

/* The devices in the order in which XAPI plugs them; each once. */
void vmpci_plug_order(const struct vmpci *p, struct bdfset *ret);

/*
 * The value with `add` behind what is there: that keeps its text, and the new ones get numbers above all others.  Devices that it
 * names already are left out.  value NULL: none yet.  Caller frees.
 */
char *vmpci_with(const char *value, const struct bdfset *add);

/*
 * The value in which `put` stand at the position `at` of the plug order (0: first; beyond the end: last), one behind the other, and the devices
 * of `out` (NULL: none) no more.  Devices of `put` that it names already are moved.  All items are numbered anew, so that the order holds; items that
 * XAPI ignores stay as they are, at the end.  value NULL: none yet.  Caller frees.
 */
char *vmpci_place(const char *value, const struct bdfset *put, size_t at, const struct bdfset *out);

/* The value without these devices, the rest as it was; NULL when nothing is left.  Caller frees. */
char *vmpci_without(const char *value, const struct bdfset *remove);
