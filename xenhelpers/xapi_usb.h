/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_usb.h - what XAPI knows of a host's USB devices: PUSB, the group of each, and the VUSB by which a VM has it (facts, 6.5).
 */
#pragma once

#include "xapi.h"

struct xapi_pusb {
	char *uuid, *path; /* "1-2" */
	char *vendor_id, *product_id, *serial; /* with the path: what XAPI knows it again by; NULL: not told */
	enum tristate passthrough;
	char *group; /* uuid, NULL: none or unknown */
	char *vusb;  /* uuid of the group's VUSB, NULL: none */
	char *vm;    /* reference, with vusb */
	enum tristate attached; /* of the VUSB */
};

struct xapi_usb {
	struct xapi_pusb *v;
	size_t n;
	bool vusbs_known; /* XAPI (or the recording) tells of VUSBs at all */
};

/* Those of one host (`host` NULL: of any). */
int xapi_usb_read(struct xapi *x, const char *host, struct xapi_usb *ret, struct err *err);
void xapi_usb_done(struct xapi_usb *u);
const struct xapi_pusb *xapi_usb_find(const struct xapi_usb *u, const char *path); /* NULL: none */
