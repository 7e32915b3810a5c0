/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.h - what the administrator wants of this host: the desired state.
 *
 * The only authority is one root-only file, STATE_FILE, in the folder whose *.conf an ISO upgrade restores (facts, section 8).
 * Every apply folds what it changed into it, as the last of its steps and with the same rules: read anew under the lock,
 * replaced whole, read back, taken back when the apply fails.  A device is kept by its identity (pcidev.h) and the address that it had
 * then, so that it is found again when bus numbers move.
 *
 * The file is JSON:
 *	{"format": 1,
 *	 "hidden": [{"device": BDF, "identity": ID, SINCE}, …],               what the normal entries of the boot menu hide
 *	 "boot": [{"target": "xen"|"dom0", "key": K, "value": V, SINCE}, …],    other parameters that were set through us; V is a
 *	                                             text, true for a flag, a list where it stands there several times
 *	 "vms": [{"uuid": U, "name": N, SINCE,
 *	          "pci": TEXT, "devices": [{"device": BDF, "identity": ID}, …],     other_config:pci and whom it names
 *	          "usb": [{"port": "1-2", "vendor": "1cf1", "product": "0030", "serial": TEXT}, …],  the USB devices of its VUSBs
 *	          "mask": TEXT,                                                     VCPUs_params:mask
 *	          "here": true}, …],                                                affinity is this host
 *	 "usb-policy": {"shipped": TEXT, "local": TEXT, SINCE},             usb-policy.conf as it was shipped, and with the local rules
 *	 "overrides": [{"override": "CODE@SUBJECT", SINCE}, …]}                what `force=` said; the text alone is read, too
 * SINCE is "since": when (UTC), "door": which, "command": as it was given, or its beginning (the journal has all of it).  An identity that is null: the device was not there.  A file
 * that somebody wrote may leave out identities, "devices" and SINCE: state-apply fills them in.
 * Members that are not known here are an error in format 1.  Of a higher format what is known here is read, and the file is never
 * overwritten: commands that would change what is wanted are refused.
 */
#pragma once

#include <jansson.h>

#include "plugin/facts.h"
#include "plugin/plan.h"
#include "xenhelpers/usbid.h"

#define STATE_DATA_DIR "/etc/firstboot.d/data"
#define STATE_FILE STATE_DATA_DIR "/xe-passthrough-state.conf"
#define STATE_FORMAT 1

struct state_stamp {
	char *since, *door, *command;
};

struct state_device {
	struct bdf bdf; /* its address then */
	char *identity; /* NULL: it was not there */
	struct state_stamp stamp;
};

struct state_devices {
	struct state_device *v;
	size_t n;
};

struct state_param {
	enum grub_target target;
	char *key;
	struct setting value; /* there */
	struct state_stamp stamp;
};

struct state_vm {
	char *uuid, *name;
	char *pci, *mask; /* NULL: nothing wanted */
	bool here;
	struct usbid *usb; /* the USB devices that it has through VUSBs */
	size_t n_usb;
	struct state_devices devices; /* that `pci` names, without stamps */
	struct state_stamp stamp;
};

struct state {
	bool newer; /* of a higher format: this is what of it is known here, and the file is not written */
	struct state_devices hidden; /* by address */
	struct state_param *params;
	size_t n_params;
	struct state_vm *vms;
	size_t n_vms;
	char *usb_policy; /* the record of its local rules (policy_merge.h); NULL: none */
	struct state_stamp usb_stamp;
	struct strv overrides;
	struct state_stamp *override_stamps; /* beside them */
};

void state_stamp_done(struct state_stamp *s);
struct state_stamp state_stamp_copy(const struct state_stamp *s);
void state_stamp_renew(struct state_stamp *old, const struct state_stamp *s);

void state_done(struct state *s);
bool state_is_empty(const struct state *s);
/* In a few words, for people: "hidden 0000:3b:00.0, 0000:3b:00.1; 1 boot parameter; VM 'a'".  Caller frees. */
char *state_summary(const struct state *s);

/*
 * `name` says where the text came from.  STATE_FILE is the host's own: then the error says what to do about it, else that is the caller's to
 * say.  -EINVAL, with the place: it is none.  Every address, key and value in it keeps the rules of a command's own parameters.
 */
int state_parse(const char *name, const struct strbuf *text, struct state *ret, struct err *err);
/* The file's text, with a newline at its end.  -EILSEQ: a value is not valid UTF-8. */
int state_format(const struct state *s, struct strbuf *ret, struct err *err);
/* The same as one object of JSON; NULL: a value is not valid UTF-8. */
json_t *state_to_json(const struct state *s);
int state_from_json(const char *name, const json_t *o, struct state *ret, struct err *err);
/* A copy, of what this version knows. */
int state_dup(const struct state *s, struct state *ret, struct err *err);
/* A plan's step from one to the other, where they differ. */
int state_plan(struct plan *p, const struct state *from, const struct state *to, const char *why, struct err *err);

/* The host's own; none yet is an empty one.  `text` (may be NULL) gets the bytes, for a later write; `there` whether there are any. */
int state_read(struct host *h, struct state *ret, struct strbuf *text, bool *there, struct err *err);

void state_add_override(struct state *s, const char *text, const struct state_stamp *stamp); /* nothing where it is there already */
void state_drop_override(struct state *s, const char *text);
/* What has no stamp gets the one that the same thing has in `from`, else `anew` (may be NULL). */
void state_inherit_stamps(struct state *to, const struct state *from, const struct state_stamp *anew);
void state_swap_devices(struct state *a, struct state *b); /* hidden devices and VMs change places */
bool state_set_usb_policy(struct state *s, const char *record); /* true: it was something else */
bool state_usb_has(const struct state_vm *vm, const struct usbid *id); /* is this USB device wanted for it? */
/* What a change of a VUSB means for what is wanted; true: something else than before. */
bool state_usb_change(struct state_vm *vm, const struct change *c);
struct state_vm *state_find_vm(const struct state *s, const char *uuid); /* NULL: nothing is wanted of it */
void state_devices_drop(struct state_devices *d, size_t i);
struct state_device *state_devices_find(const struct state_devices *d, struct bdf bdf);

/* ---- what an apply changed ------------------------------------------------------------------------------ */

/*
 * Make the state what it is after the plan.  `then`: the boot file as the plan leaves it; NULL where it does not change it.
 * Folding the same plan twice is folding it once, and folding its undo gives back what was wanted before.
 */
int state_fold(struct state *s, struct facts *f, const struct plan *p, const struct bootfile *then,
	       const struct state_stamp *stamp, struct err *err);
/*
 * What the plan says in so many words (plan_word()) is how the state is from then on, which state_fold() does before all else: the record of what was
 * at such an address before is what is there now, or is gone.  An undo does not bring it back.  notes: what that ends besides; may be NULL.
 */
void state_take_words(struct state *s, struct facts *f, const struct plan *p, const struct state_stamp *stamp, struct strv *notes);
/* A plan with such words and nothing to change gets a step for them, where the state is another one by them. */
int state_plan_words(struct facts *f, struct plan *p, const char *door, const char *command, struct strv *notes, struct err *err);
/* The entry that stands for what is wanted: the normal one, whichever the menu starts; -1: there is none. */
int state_entry(const struct bootfile *b);

/*
 * *s, the state so far, becomes what is configured now, whoever did it: the hide list, extra_guest_irqs and the parameters that were wanted
 * before, keys and masks of the VMs that are this host's.  What is not configured is not wanted any more.  VMs that cannot be
 * asked about stay as they are, with a note.  `boot`: another boot file than the present one; NULL: that.
 */
int state_import(struct state *s, struct facts *f, const struct bootfile *boot, const struct state_stamp *stamp, struct strv *notes,
		 struct err *err);
/* The local rules of the USB policy, as they are recorded on `h`; none recorded: none wanted. */
void state_import_policy(struct state *s, struct host *h, const struct state_stamp *stamp);
