/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapigpu.h - what XAPI does with a graphics card by itself: PGPU, GPU_group and VGPU records.
 *
 * XAPI makes a PGPU of every display controller.  A VM gets one through a VGPU, which names a group of PGPUs and a type (the type of a
 * whole card is "passthrough"); which card of the group it will be is decided when the VM starts (PGPU.resident_VGPUs).
 */
#pragma once

#include "bdf.h"
#include "str.h"
#include "xapi.h"

struct xapigpu {
	bool there;	    /* XAPI has a PGPU of this card */
	bool running;	    /* a VGPU is on the card now */
	struct strv vms;    /* uuids of VMs whose VGPU may be given this card */
};

/* Of one card of one host (`host_ref` NULL: of any).  Results are untouched on failure. */
int xapigpu_read(struct xapi *x, const char *host_ref, struct bdf bdf, struct xapigpu *ret, struct err *err);
void xapigpu_done(struct xapigpu *g);
