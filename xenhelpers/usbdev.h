/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usbdev.h - the USB devices of a host and their interfaces, as plain records from /sys/bus/usb/devices below its root.
 *
 * Which devices the platform's scanner (usb_scan.py; facts, section 6) asks its policy about is decided here, because it is a question of
 * the device and not of the policy: a hub (bDeviceClass 09) never is; interfaces of class 09 are dropped; and a device counts
 * only when it is *ready*: configured, and as many interfaces named DEVICE:CONFIGURATION.NUMBER found as its active configuration has
 * (bNumInterfaces), at least one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bdf.h"
#include "host.h"

struct usbif {
	char *name; /* "1-2:1.0" */
	uint8_t class, subclass, prot;
	bool ids_known; /* these three could be read */
	bool counts;	/* of the active configuration, readable, and no hub's: the policy is asked about it */
	char *driver;	/* usbdevs_details(); NULL: none, or unknown */
};

enum usb_status { USB_READY, USB_HUB, USB_NOT_READY };

struct usbdev {
	char *name;  /* bus path, "1-2.4"; "usb1" is the root hub of bus 1 */
	char *place; /* in /sys/devices, NULL unknown */
	uint16_t vendor, product, release;
	bool ids_known;
	char *vendor_text, *product_text; /* as sysfs has them: "046d"; NULL: not there */
	enum usb_status status;
	const char *why; /* not ready: static text */
	const char *lacks; /* an attribute without which the scanner fails for all devices; NULL: none */
	bool has_controller;
	struct bdf controller;
	struct usbif *v; /* by name */
	size_t n;

	/* usbdevs_details(): as sysfs has them; NULL: not there, or not read */
	char *version, *speed, *serial; /* " 2.00", "480" */
	char *manufacturer, *model;	/* the device's own strings */
	char *dev;			/* "189:9" */

	/* usbdevs_name(): from the databases; NULL: no name there, or none looked up */
	char *vendor_name, *product_name;
};

struct usbdevs {
	struct usbdev *v; /* in the order of their places in /sys/devices, as udev enumerates them */
	size_t n;
	bool detailed;
};

/* -ENOENT: the host has no such tree.  What else is not as expected makes devices that are not ready. */
int usbdevs_read(struct host *h, struct usbdevs *ret, struct err *err);
void usbdevs_done(struct usbdevs *set);
/* What only some commands show, or tell a user of a device; once. */
void usbdevs_details(struct host *h, struct usbdevs *set);
struct usbdev *usbdevs_find(const struct usbdevs *set, const char *name); /* by bus path; NULL: none */
bool usbdev_is_root_hub(const struct usbdev *d);

#define USB_IDS_FILES "/usr/share/hwdata/usb.ids", "/usr/share/misc/usb.ids", "/var/lib/usbutils/usb.ids"

/*
 * Look up the names: udev's database (ID_VENDOR_FROM_DATABASE, ID_MODEL_FROM_DATABASE in /run/udev/data), and where that does not know
 * the device at all, usb.ids, from which udev has them, too.
 */
void usbdevs_name(struct host *h, struct usbdevs *set);
void usbdevs_name_by_ids(struct host *h, struct usbdevs *set); /* usb.ids alone, for those that have no name yet */
