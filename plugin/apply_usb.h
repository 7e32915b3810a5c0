/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apply_usb.h - the steps by which XAPI gives a USB device to a VM (step_usb, apply_step.h), and what they bring about beside.
 *
 * XAPI knows a device again by its port, vendor, product and serial number, and forgets it with its group and its VUSB as soon as one scan
 * does not show it (facts, 6.5); so every step looks for it anew.  A device that is gone between two steps is a failure of the step that
 * needs it, and nothing to take back.
 */
#pragma once

#include "plugin/facts.h"
#include "plugin/plan.h"

/* A scan is waited for that long. Then it is a failure where a device must be there, else a note. */
#define USB_SCAN_SECONDS 10

/* Of a plan with a scan: what XAPI offers before; and afterwards what appeared, what went, which assignments were lost. */
void apply_usb_before(struct facts *f, const struct plan *p, struct xapi_usb *ret);
void apply_usb_tell(struct facts *f, const struct plan *p, const struct xapi_usb *before, struct strv *notes);

/* A plan with a scan was taken back, or was not seen to its end: XAPI shall look again. Nobody waits for that. */
void apply_usb_look_again(struct facts *f, const struct plan *p);
