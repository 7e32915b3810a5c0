/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usbid.h - what XAPI knows a USB device again by: its port, vendor, product and serial number (facts, 6.5).
 *
 * As text "1-2 1cf1:0030 DE2132111"; a device without a serial number has no third word.  (The number itself may have blanks.)
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define USBID_SERIAL_MAX 255

struct usbid {
	char *path; /* "1-2.4" */
	uint16_t vendor, product;
	char *serial; /* "": none */
};

bool usbid_parse(const char *text, struct usbid *ret);
char *usbid_format(const struct usbid *id); /* caller frees */
void usbid_done(struct usbid *id);
bool usbid_eq(const struct usbid *a, const struct usbid *b);
/* The same model, and the same piece of it as far as serial numbers tell; wherever it is plugged in. */
bool usbid_same_kind(const struct usbid *a, const struct usbid *b);
bool usbid_is_path(const char *s); /* could be a port's name */
