/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts_vms.h - which VMs name a device, found by the device: the keys of all VMs are read once, however many devices are asked
 * about.  Only facts.c has such an index; others ask facts_assigned_to().
 */
#pragma once

#include "xenhelpers/bdf.h"
#include "xenhelpers/xapi.h"

struct vm_index {
	struct vm_index_item {
		struct bdf bdf;
		const struct vm *vm;
	} *v; /* by address, then in the order of the VMs */
	size_t n;
};

/* Every VM with a key, templates and snapshots too; the VMs must outlive the index. */
void vm_index_build(const struct vms *vms, struct vm_index *ret);
void vm_index_done(struct vm_index *x);
/* The first item of a device, and how many there are; NULL and 0 for none. */
const struct vm_index_item *vm_index_find(const struct vm_index *x, struct bdf bdf, size_t *n);
