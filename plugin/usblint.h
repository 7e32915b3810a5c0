/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usblint.h - what there is to say of a USB policy, line by line, and what it means for the USB devices that are there.
 */
#pragma once

#include "plugin/checks.h"
#include "plugin/facts.h"

struct usblint_item {
	enum severity severity; /* refuse: the scanner rejects the file */
	const char *code;
	unsigned line; /* 0: the file as a whole */
	size_t off, len; /* what shows it; len 0: nothing */
	char *text;
	char *remedy, *evidence; /* NULL: none */
};

struct usblint {
	struct usblint_item *v; /* worst first, then by line */
	size_t n;
};

/* The text alone. */
void usblint_text(const struct policy *p, struct usblint *ret);
/* And with the devices of a host. */
void usblint_host(struct facts *f, const struct policy *p, struct usblint *ret);
void usblint_sort(struct usblint *l);
void usblint_done(struct usblint *l);

/* ---- what a policy does to a device ------------------------------------------------------------------------ */

struct policy_ids usb_ids_of(const struct usbdev *d, const struct usbif *i);

struct usb_verdict {
	bool allowed;
	const struct usbif *interface;	/* the first that is denied; NULL: allowed, or never asked */
	const struct policy_rule *rule; /* that denied it; NULL: none matched, or the device is never asked about */
};

/* A hub and a device that is not ready are denied whatever the policy says. */
struct usb_verdict usb_judge(const struct policy *p, const struct usbdev *d);

char *usb_class_words(const struct usbif *i); /* what it is (usbclass.h); caller frees */
/* Has it an interface that is a keyboard? */
bool usb_is_keyboard(const struct usbdev *d);
/* The only keyboard that is there. */
bool usb_is_only_keyboard(const struct usbdevs *set, const struct usbdev *d);
/*
 * What of dom0's own stands on the device: "/ <- sda1 <- 0000:00:14.0"; several are joined by "; ".  NULL: nothing that is known.
 * Caller frees.
 */
char *usb_dom0_use(struct facts *f, const struct usbdev *d);
/* "3-1 (0658:0200 Sigma Designs, Inc.)"; caller frees. */
char *usb_shown(const struct usbdev *d);
