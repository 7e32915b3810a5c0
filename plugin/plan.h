/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan.h - what a command is going to change: an ordered list of typed changes, each with its value now and then, its reason, and
 * when it takes effect.  A plan holds only what differs: nothing to change is an empty plan, and success.
 *
 * Commands build plans, apply carries them out and the journal keeps them; nothing here prints or writes.
 */
#pragma once

#include "cmdline/bootfile.h"
#include "plugin/record.h"
#include "xenhelpers/bdf.h"
#include "xenhelpers/xapi.h"
#include "xenhelpers/xapi_own.h"
#include "xenhelpers/xapi_pool.h"

enum change_kind {
	CHANGE_BOOT,   /* one boot parameter of some entries */
	CHANGE_VM_KEY, /* one key of a map of a VM */
	CHANGE_VM_REF, /* a reference field of a VM */
	CHANGE_POOL_KEY, /* one key of pool.other_config: ref, uuid and name are the pool's */
	CHANGE_HOST_KEY,   /* one key of a map of this host's record */
	CHANGE_HOST_FIELD, /* a text field of it */
	CHANGE_PINS,   /* where the vCPUs of a running domain may run, until it ends */
	CHANGE_DEVICE, /* whether a device is assignable now: it belongs to pciback, or to a driver of dom0 */
	CHANGE_TRY,    /* the entry of the boot menu that is booted once: a copy of another one, or none */
	CHANGE_FILE,   /* the whole of a small file: grubenv, our drop-in for grub-mkconfig, the USB policy and what is kept beside it */
	CHANGE_SCAN,   /* XAPI is asked to look at the USB devices, and waited for */
	CHANGE_PUSB,   /* whether XAPI lets VMs have a USB device */
	CHANGE_VUSB,   /* the VUSB by which a VM has a USB device */
	CHANGE_LEAVE,  /* a step towards a reboot of the host, and that itself (plan_reboot.h) */
	CHANGE_STATE,  /* the desired state itself; the last of a plan */
};

enum effect { EFFECT_NOW, EFFECT_VM_START, EFFECT_HOST_REBOOT };

/* A value that may be absent; of a boot parameter that is there, text NULL is a flag. */
struct setting {
	bool there;
	char *text;
	struct strv before; /* of a boot parameter that is there several times: the values before the last, which text has */
};

struct change {
	enum change_kind kind;
	enum effect effect;
	bool follows; /* what is wanted, and tells nothing new of it: the undo of one of a plan with keep_state */
	char *why;
	struct setting old, new;

	/* CHANGE_BOOT */
	enum grub_target target;
	struct strv titles; /* of the entries; CHANGE_TRY: of the one that is copied */

	/*
	 * CHANGE_BOOT: the parameter; CHANGE_VM_KEY, CHANGE_POOL_KEY: the map's key; CHANGE_FILE: the path; CHANGE_PUSB, CHANGE_VUSB: the device
	 * (usbid.h); CHANGE_SCAN: the one that must be offered then, NULL none; CHANGE_LEAVE: the boot that it belongs to
	 */
	char *key;

	/* CHANGE_VM_*, CHANGE_HOST_*, CHANGE_POOL_KEY: `ref` is of this run, `uuid` is what the journal keeps; CHANGE_PINS: the VM's, field "pins"; CHANGE_LEAVE: field says what */
	char *ref, *uuid, *name;
	char *field; /* "other_config", "VCPUs_params", "affinity"; CHANGE_VUSB: the device that it is wanted instead of (usbid.h), or NULL */
	char *old_shown, *new_shown; /* CHANGE_VM_REF, CHANGE_FILE: what the text stands for; NULL: the text itself */

	/* CHANGE_DEVICE: old and new are ASSIGNABLE or NOT_ASSIGNABLE */
	struct bdf bdf;
	char *driver; /* that dom0 had on it; NULL: none */
};

/* A line for a VM's file of xl, on a host without XAPI: shown as a step, and written by nobody but the administrator. */
struct by_hand {
	char *key;	 /* "pci" */
	char *from, *to; /* the line that goes, and the one that comes; NULL: none */
	char *why;
};

/*
 * A call of XAPI's that nothing takes back: a VM's start.  It comes after all changes; it is no change, and the journal does not have it.
 */
struct action {
	char *method;	/* "VM.start" */
	json_t *params; /* behind the session */
	char *what, *where, *from, *to, *why; /* as the plan shows it; from and to may be NULL */
	char *uuid;	/* of several: which of them, where it fails; NULL where there is but one */
	bool together;	/* it lasts: it comes behind the others, side by side with those like it */
};

/* A USB device that its VM goes without, in a plan where each is for itself. */
struct left_out {
	char *device; /* usbid.h */
	char *vm;     /* its name */
	char *why, *hint;
};

struct plan {
	struct change *v;
	size_t n;
	char *boot_path;	  /* of the boot file, where it is changed */
	struct strbuf boot_old;	  /* its bytes that the plan was made from */
	struct strbuf boot_new;	  /* and what they become: filled by plan_seal() */
	struct bootfile boot_then; /* these as they read, where that was looked at: bootfile_is() */
	unsigned *undoes;	  /* journal entries that this plan takes back, newest first */
	size_t n_undoes;
	char *message;		  /* nobody watches: what plan_message() says beside the changes; NULL: XAPI gets no message */
	struct strv overrides;	  /* CODE@SUBJECT of refusals that force= overrode */
	struct strv words;	  /* what the administrator named, also where nothing has to change for it: plan_word() */
	struct strv lifts;	  /* those of what it takes back, which nothing else that stands has overridden */
	bool keep_state;	  /* the changes follow what is wanted, and tell nothing new of it (state.h) */
	bool each;		  /* USB devices are given back, each for itself: where one fails, the plan goes on without its steps */
	struct left_out *left;	  /* those, once it is carried out */
	size_t n_left;
	bool one_way;		  /* what was there would be refused: state-rollback does not take it back */
	bool reboot;		  /* something that the running host does not have yet: a reboot is the next step */
	struct by_hand *by_hand;
	size_t n_by_hand;
	struct action *actions;	  /* one after the other; where there are several, each for itself */
	size_t n_actions;
	const char *unwatched;	  /* nobody watches: what fails of them goes into XAPI's list of messages, too, behind these words; NULL: somebody does */
	char *underway;		  /* what stands in that list as long as they last, and so where this program ends before them; NULL: nothing */
	unsigned together_seconds; /* that those which are done together have in all */
	bool says_reboot;	  /* `next` tells of one (plan_next_reboot()) */
	struct plan *then;	  /* carried out after this one, with a journal entry of its own: a reboot; NULL: none */
	struct strv next;	  /* what the administrator does afterwards, one sentence each */
};

void plan_done(struct plan *p);
void change_done(struct change *c);
/*
 * What the administrator named in so many words: these devices are to be hidden, or dom0's again, or this VM's (uuid), or its no more.  What is at
 * the address now is meant, whatever the desired state knows of it from before (state_take_words()).
 */
#define WORD_HIDE "hide"
#define WORD_UNHIDE "unhide"
#define WORD_GIVE "give"
#define WORD_TAKE "take" /* "take all UUID", too */
#define WORD_ALL "all"
void plan_word(struct plan *p, const char *word, const struct bdfset *devices, const char *vm);
void plan_by_hand(struct plan *p, const char *key, const char *from, const char *to, const char *why);
void setting_done(struct setting *s);
struct setting setting_copy(bool there, const char *text);
/* A boot parameter as an entry has it.  (Of flags among several, only the last counts.) */
struct setting setting_of(const struct bootfile *b, size_t entry, enum grub_target target, const char *key);
struct setting setting_in(const char *args, size_t len, const char *key); /* the same of a bare command line */
bool setting_eq(const struct setting *a, const struct setting *b);
/* "(absent)", "(flag)", or the text; of several: all of them.  Caller frees. */
char *setting_shown(const struct setting *s);

/*
 * One parameter of one entry shall have this value (new.there false: no occurrence; text NULL: a flag).  Adds nothing when it is so
 * already; joins a change that is the same for another entry.  `why` is copied.
 */
void plan_boot(struct plan *p, const struct bootfile *b, size_t entry, enum grub_target target, const char *key,
	       const struct setting *new, const char *why);

/* One key of a map of a VM; value NULL: no such key. */
void plan_vm_key(struct plan *p, const struct vm *vm, const char *map, const char *key, const char *old, const char *value,
		 const char *why);
/* One key of pool.other_config; value NULL: no such key. */
void plan_pool_key(struct plan *p, const struct xapi_own *own, const char *key, const char *value, const char *why);
/*
 * Keys that commands write, by XAPI's name of the map: those of other_config, platform and HVM_boot_params in printable ASCII without blanks
 * (but for two kinds that are nobody's to copy from a guide), and of VCPUs_params the three that XAPI takes.
 */
bool plan_vm_key_is_ours(const char *map, const char *key);
/* One reference field of a VM. */
void plan_vm_ref(struct plan *p, const struct vm *vm, const char *field, const char *old, const char *value,
		 const char *old_shown, const char *new_shown, const char *why);

/* One key of a map of this host's record (value NULL: no such key), or, key NULL, one of its text fields. */
void plan_host(struct plan *p, const struct xapi_host *host, const char *field, const char *key, const char *value, const char *why);
/* The vCPUs of a VM's running domain: a range list each, separated by ";" (facts_pins()). */
void plan_pins(struct plan *p, const struct vm *vm, const char *now, const char *then, const char *why);

/* One action more; it owns params and where from here on. */
void plan_action(struct plan *p, const char *method, json_t *params, const char *what, char *where, const char *from, const char *to,
		 const char *why);

/*
 * A device shall be assignable from now on until the next boot, or be dom0's again; driver: the one that dom0 has on it, NULL
 * none.  The caller knows that it is not so yet.
 */
#define ASSIGNABLE "assignable"
#define NOT_ASSIGNABLE "dom0's"
void plan_device(struct plan *p, struct bdf bdf, bool assignable, const char *driver, const char *why);

/*
 * XAPI shall look at the USB devices, and offer those of these paths ("1-2 1-4"); with `must` (usbid.h) it is a failure where it does not
 * offer that one.  Whatever has been waited for, XAPI says nothing: plan_usb.c.
 */
void plan_scan(struct plan *p, const char *must, const char *expected, const char *old_shown, const char *new_shown, const char *why);
struct change *plan_scan_find(struct plan *p); /* NULL: none yet */
/* passthrough_enabled of the device (usbid.h). */
void plan_pusb(struct plan *p, const char *device, bool enable, const char *why);
/*
 * The VM shall have the device, or no longer; `instead`: of one that it was wanted to have so far, or is then wanted to have again, which may be the
 * same; NULL: none.
 */
void plan_vusb(struct plan *p, const struct vm *vm, const char *device, const char *instead, bool has, const char *why);
/* The VM runs, and has it when it starts anew: a next step. */
void plan_vusb_restart(struct plan *p, const struct vm *vm, const char *device);
bool change_is_usb(const struct change *c); /* one of these three */
/*
 * Of a plan with `each`: may the plan go on without this step?  And going on without all steps of that device, a step of the
 * desired state that says nothing new any more, and what is said of it as a next step; gives how many of them stood before step `at`.
 */
bool plan_can_leave(const struct plan *p, const struct change *c);
size_t plan_leave_out(struct plan *p, const char *device, size_t at, const struct err *why);
bool plan_only_looks(const struct plan *p); /* nothing but the scan is left */
char *left_out_text(const struct left_out *l); /* "VM 'x' does not get ... back: ..."; caller frees */
bool plan_takes_usb(const struct plan *p, const char *path); /* does it take the device at this port from a VM? */
char *change_usb_name(const struct change *c);  /* for change_name() and change_record() */
char *change_usb_where(const struct change *c);

/* The desired state's text, from and to, and a few words for each. */
void plan_state(struct plan *p, const char *old, const char *new, const char *old_shown, const char *new_shown, const char *why);

/*
 * The menu shall have an entry to be tried, made anew as a copy of the entry of that title, or none (source NULL), or the one that an
 * older text of the file has (source "", where plan_restores() has that text).  `was`: it has one now.  The step comes first: the plan's parameters are those of the menu with that entry, or without it.
 */
void plan_try(struct plan *p, const char *source, bool was, const char *why);

/* A file shall have these bytes (NULL: not be there); *_shown is what they come to, NULL for no file. */
void plan_file(struct plan *p, const char *path, const struct strbuf *old, const struct strbuf *new, const char *old_shown,
	       const char *new_shown, const char *why);
/* May a plan write these bytes (NULL: none) there?  What comes out of a journal is asked this. */
bool plan_file_is_ours(const char *path, const char *text);
enum effect plan_file_effect(const char *path);
bool plan_file_is_usb(const char *path); /* the USB policy, or what is kept beside it */

/*
 * Work out what the boot file becomes.  Every plan is sealed before it is shown or applied, so that a value that the file cannot
 * take is refused before anything is written.
 */
int plan_seal(struct plan *p, const struct bootfile *b, struct err *err);

/* Take all changes of boot parameters out again, sealed or not: something else brings them about. */
void plan_drop_boot(struct plan *p);

/*
 * Undo byte for byte: where `text` with the changes of `forward` (n plans, oldest first) gives the present file, the plan
 * restores `text` itself.  False: it does not, and the typed changes count.
 */
bool plan_restores(struct plan *p, const struct plan *const *forward, size_t n, const struct bootfile *now,
		   const struct strbuf *text, const char *brand);

bool plan_needs(const struct plan *p, enum effect e);
bool plan_has(const struct plan *p, enum change_kind k);
bool plan_changes_boot(const struct plan *p); /* the boot file */
const char *effect_name(enum effect e); /* "now", "vm-start", "host-reboot" */
const char *change_class(const struct change *c); /* XAPI's class of the record that it is of: "VM", "host", "pool" */
bool change_is_xapi(const struct change *c); /* a key or a field of a record of XAPI */
const char *change_kind_name(enum change_kind k); /* "boot", "vm-key", ... */

/* "dom0 boot parameter xen-pciback.hide", "other-config:pci": as xe spells fields; caller frees. */
char *change_name(const struct change *c);
/* Of which record, device or file it is; caller frees. */
char *change_where(const struct plan *p, const struct change *c);

extern const struct record_type change_type;
void plan_records(const struct plan *p, struct records *ret);
/* For XAPI's list of messages, once it is carried out: what was done and is to be done, and what was left out.  Caller frees. */
char *plan_message(const struct plan *p);
