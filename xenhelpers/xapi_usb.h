/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_usb.h - what XAPI knows of a host's USB devices: PUSB, the group of each, and the VUSB by which a VM has it (facts, 6.5).
 */
#pragma once

#include "usbid.h"
#include "xapi.h"

struct xapi_pusb {
	char *ref, *uuid, *path; /* "1-2" */
	char *vendor_id, *product_id, *serial; /* with the path: what XAPI knows it again by; NULL: not told */
	enum tristate passthrough;
	char *group, *group_ref; /* uuid and reference, NULL: none or unknown */
	char *vusb, *vusb_ref;	 /* of the group's VUSB, NULL: none */
	char *vm;		 /* reference, with vusb */
	enum tristate attached;	 /* of the VUSB */
};

struct xapi_usb {
	struct xapi_pusb *v;
	size_t n;
	bool vusbs_known; /* XAPI (or the recording) tells of VUSBs at all */
	struct strv vusb_vms; /* the VM of every VUSB, of any host: references */
};

/* Those of one host (`host` NULL: of any). */
int xapi_usb_read(struct xapi *x, const char *host, struct xapi_usb *ret, struct err *err);
void xapi_usb_done(struct xapi_usb *u);
const struct xapi_pusb *xapi_usb_find(const struct xapi_usb *u, const char *path); /* NULL: none */
const struct xapi_pusb *xapi_usb_find_id(const struct xapi_usb *u, const struct usbid *id);
bool xapi_pusb_id(const struct xapi_pusb *p, struct usbid *ret); /* false: XAPI's record has not all of it */
size_t xapi_usb_vm_count(const struct xapi_usb *u, const char *vm); /* VUSBs of a VM */

/* ---- writes: only plugin/apply calls these ----------------------------------------------------------- */

/* Ask XAPI to look at the devices: it does so later, and tells nobody when or how that went. */
int xapi_usb_scan(struct xapi *x, const char *host, struct err *err);
int xapi_usb_enable(struct xapi *x, const struct xapi_pusb *p, bool enable, struct err *err);
int xapi_usb_create(struct xapi *x, const struct xapi_pusb *p, const char *vm, struct err *err);
/* Unplugs it first, where the VM has it now. */
int xapi_usb_destroy(struct xapi *x, const struct xapi_pusb *p, struct err *err);
