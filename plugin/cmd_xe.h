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
	/* What xe asks XAPI for one by one, and in lists does not ask for at all: */
	XE_ASKED,      /* from here on */
	XE_ASKED_LIST = XE_ASKED,
	XE_ASKED_REFS, /* the uuids */
	XE_ASKED_BOOL, /* true where XAPI refuses to say */
	XE_ASKED_DATA, /* the last value of a data source; 0 where the VM does not run */
	XE_ASKED_CPUS, /* of the data sources cpu0, cpu1, ... as many as the VM has */
	XE_QUOTED,     /* of the record after all, and long */
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

/* ---- cmd_xe_show.c ---------------------------------------------------------------------------------------------------- */

struct xe_showing {
	struct xapi *x;
	const struct xe_class *c;
	struct records *recs;
	json_t *known; /* "host.get_uuid REF": the answer */
	char *one;     /* reference of the one object that is shown, with all that XAPI has to be asked for; NULL: a list */
};

int xe_showing_begin(struct run *r, const struct xe_class *c, struct records *recs, struct xe_showing *ret, struct err *err);
void xe_showing_done(struct xe_showing *s);
/* Is a field wanted that a list of all records may come without? */
bool xe_showing_needs_whole(const struct xe_showing *s);
/* The wanted fields of an object, from XAPI's record of it. */
void xe_show(struct xe_showing *s, json_t *record);

/* ---- cmd_xe.c --------------------------------------------------------------------------------------------------------- */

extern const struct record_type xe_value_type; /* one value, as xe prints it */

/* The whole record of the object that a uuid names; the caller's reference. */
int xe_find(struct run *r, const struct xe_class *c, const char *uuid, json_t **ret, struct err *err);
/* A VM, and a host of the pool: its reference and name are borrowed. */
int xe_find_vm(struct run *r, const char *uuid, const struct vm **ret, struct err *err);
int xe_find_host(struct run *r, const char *uuid, const char **ref, const char **name, struct err *err);
/* There is none: as xe says it. */
int xe_no_such(const char *class, const char *uuid, struct err *err);
