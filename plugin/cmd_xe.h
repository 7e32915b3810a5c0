/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xe.h - XAPI's classes as xe shows them: each field's name, tag and place in the record (facts 10.2), in xe's order.
 *
 * One list a class (cmd_xe_fields.c) gives the fields of our records and, beside them, where the values come from.
 */
#pragma once

#include "plugin/command.h"

enum xe_how {
	XE_TEXT,
	XE_LOWER,     /* an enumeration, in lower case */
	XE_WORDS,     /* an enumeration as words: "soft_reboot" is "Soft reboot" */
	XE_FLOAT,     /* three digits behind the point */
	XE_BOOL,
	XE_SET,
	XE_MAP,
	XE_REF,       /* the uuid of the object, of class `of` */
	XE_REF_NAME,  /* its name_label */
	XE_REFS,      /* the uuids of a set */
	XE_KEYS,      /* the values of a map: current_operations */
	XE_METRICS,   /* text of the VM's VM_metrics; likewise below */
	XE_METRICS_BOOL,
	XE_GUEST,     /* of the VM's VM_guest_metrics: there is none where no agent runs */
	XE_EXPENSIVE, /* xe computes it, and in lists it does not */
};

struct xe_source {
	enum xe_how how;
	const char *field; /* of the record, in XAPI's spelling */
	const char *of;	   /* class of a reference */
};

struct xe_class {
	const char *name; /* XAPI's: "USB_group" */
	const struct record_type *type;
	const struct xe_source *sources; /* by field of the type */
};

extern const struct record_type xe_vm_type, xe_pci_type, xe_pusb_type, xe_usb_group_type, xe_vusb_type;
extern const struct xe_class xe_vm, xe_pci, xe_pusb, xe_usb_group, xe_vusb;

extern const struct record_type xe_value_type; /* one value, as xe prints it */

/* The whole record of the object that a uuid names; the caller's reference. */
int xe_find(struct run *r, const struct xe_class *c, const char *uuid, json_t **ret, struct err *err);
/* A VM, and a host of the pool: its reference and name are borrowed. */
int xe_find_vm(struct run *r, const char *uuid, const struct vm **ret, struct err *err);
int xe_find_host(struct run *r, const char *uuid, const char **ref, const char **name, struct err *err);
/* There is none: as xe says it. */
int xe_no_such(const char *class, const char *uuid, struct err *err);
