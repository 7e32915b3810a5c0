/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usbgive.h - what commands plan so that a VM has a USB device, through XAPI's PUSB, USB_group and VUSB (facts, 6.5).
 *
 * XAPI forgets an assignment whenever one of its scans does not show the device where it was: after a replug, a move to another port, a
 * policy that refuses it, some reboots.  So what a VM was given is wanted, in the desired state (state.h), by port, vendor, product
 * and serial number, and is found again by these:
 *	a serial number, where one device has it, wherever it is plugged in now
 *	else the port that it had
 *	else, where exactly one device of that kind is left over for it, that one
 * and two that nothing tells apart are left alone, and named.
 *
 * Findings: USB_NOT_READY, USB_DOM0, USB_GROUP_CONFLICT, VM_NOT_A_GUEST, USB_VM_RUNNING, USB_VM_HA, USB_TOO_MANY refuse;
 * USB_ONLY_KEYBOARD, USB_NO_SNAPSHOT, USB_SLOW and USB_WIDE_RULE tell.  Where a wanted device cannot be restored: WANTED_USB.
 */
#pragma once

#include "plugin/command.h"
#include "plugin/state.h"
#include "plugin/usbplan.h"

#define USBGIVE_MAX 6 /* VUSBs of a VM */

/* A device by its bus path, VENDOR:PRODUCT, VENDOR:PRODUCT:SERIAL, or the uuid of its PUSB. */
int usbgive_find(struct run *r, const char *name, const struct usbdev **ret, struct err *err);
/* Does one of these names mean it?  `uuid` of its PUSB may be NULL. */
bool usbgive_is_named(const struct usbid *id, const char *uuid, const char *name);
void usbgive_id(const struct usbdev *d, struct usbid *ret);

/* XAPI's record of the device; NULL: it does not offer it. */
const struct xapi_pusb *usbgive_pusb(const struct xapi_usb *xapi, const struct usbdev *d);

/*
 * What there is to say against it: of the VM, which gets so many more at the same time (next_start: it may run, and has the device when it
 * starts anew); of the device, for that VM (NULL: none yet).
 */
void usbgive_check_vm(const struct vm *vm, const struct xapi_usb *xapi, size_t more, bool next_start, struct findings *to);
void usbgive_check_device(struct run *r, const struct vm *vm, const struct usbdev *d, const struct xapi_usb *xapi, struct findings *to);
/* Both, each where it is not NULL (a device: dom0 does not see it), for a command. */
void usbgive_check(struct run *r, const struct vm *vm, const struct usbdev *d);

/*
 * Everything that is needed, and nothing that is so already.  What the VM has by somebody else's hand is wanted from then on.
 */
int usbgive_attach(struct run *r, const struct vm *vm, const struct usbdev *d, bool next_start, struct err *err);

/* Where a wanted device is today. */
enum usb_fate { USB_FATE_SAME, USB_FATE_MOVED, USB_FATE_GONE, USB_FATE_AMBIGUOUS };
const char *usb_fate_name(enum usb_fate f);
/* *choice: the devices that it could be, caller frees; NULL where it is clear. */
enum usb_fate usbgive_resolve(struct facts *f, const struct state *s, const struct usbid *wish, const struct usbdev **ret, char **choice);

/*
 * All USB devices that are wanted (`uuid` NULL: of any VM) are to be had again, by one plan with all the rules that it takes, each for itself
 * (plan.each); a VM that runs has them when it starts anew.  *complete becomes false where one is not.  Where none is wanted XAPI is not asked.
 */
void usbgive_restore(struct run *r, const struct state *s, const char *uuid, bool *complete);

/* For state-rollback: take back a change of one of the three kinds. */
int usbgive_undo(struct run *r, const struct change *newest, const struct change *oldest, const char *why, struct err *err);
