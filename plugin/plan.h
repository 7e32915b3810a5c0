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
#include "xenhelpers/xapi_pool.h"

enum change_kind {
	CHANGE_BOOT,   /* one boot parameter of some entries */
	CHANGE_VM_KEY, /* one key of a map of a VM */
	CHANGE_VM_REF, /* a reference field of a VM */
	CHANGE_HOST_KEY,   /* one key of a map of this host's record */
	CHANGE_HOST_FIELD, /* a text field of it */
	CHANGE_PINS,   /* where the vCPUs of a running domain may run, until it ends */
	CHANGE_DEVICE, /* whether a device is assignable now: it belongs to pciback, or to a driver of dom0 */
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
	char *why;
	struct setting old, new;

	/* CHANGE_BOOT */
	enum grub_target target;
	struct strv titles; /* of the entries */

	/* CHANGE_BOOT: the parameter; CHANGE_VM_KEY: the map's key */
	char *key;

	/* CHANGE_VM_*, CHANGE_HOST_*: `ref` is of this run, `uuid` is what the journal keeps; CHANGE_PINS: the VM's, field "pins" */
	char *ref, *uuid, *name;
	char *field; /* "other_config", "VCPUs_params", "affinity" */
	char *old_shown, *new_shown; /* CHANGE_VM_REF: what a reference stands for; NULL: the text itself */

	/* CHANGE_DEVICE: old and new are ASSIGNABLE or NOT_ASSIGNABLE */
	struct bdf bdf;
	char *driver; /* that dom0 had on it; NULL: none */
};

struct plan {
	struct change *v;
	size_t n;
	char *boot_path;	  /* of the boot file, where it is changed */
	struct strbuf boot_old;	  /* its bytes that the plan was made from */
	struct strbuf boot_new;	  /* and what they become: filled by plan_seal() */
	unsigned *undoes;	  /* journal entries that this plan takes back, newest first */
	size_t n_undoes;
	bool reboot;		  /* something that the running host does not have yet: a reboot is the next step */
	struct strv next;	  /* what the administrator does afterwards, one sentence each */
};

void plan_done(struct plan *p);
void setting_done(struct setting *s);
struct setting setting_copy(bool there, const char *text);
/* A boot parameter as an entry has it.  (Of flags among several, only the last counts.) */
struct setting setting_of(const struct bootfile *b, size_t entry, enum grub_target target, const char *key);
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
/* One reference field of a VM. */
void plan_vm_ref(struct plan *p, const struct vm *vm, const char *field, const char *old, const char *value,
		 const char *old_shown, const char *new_shown, const char *why);

/* One key of a map of this host's record (value NULL: no such key), or, key NULL, one of its text fields. */
void plan_host(struct plan *p, const struct xapi_host *host, const char *field, const char *key, const char *value, const char *why);
/* The vCPUs of a VM's running domain: a range list each, separated by ";" (facts_pins()). */
void plan_pins(struct plan *p, const struct vm *vm, const char *now, const char *then, const char *why);

/*
 * A device shall be assignable from now on until the next boot, or be dom0's again; driver: the one that dom0 has on it, NULL
 * none.  The caller knows that it is not so yet.
 */
#define ASSIGNABLE "assignable"
#define NOT_ASSIGNABLE "dom0's"
void plan_device(struct plan *p, struct bdf bdf, bool assignable, const char *driver, const char *why);

/*
 * Work out what the boot file becomes.  Every plan is sealed before it is shown or applied, so that a value that the file cannot
 * take is refused before anything is written.
 */
int plan_seal(struct plan *p, const struct bootfile *b, struct err *err);

/*
 * Undo byte for byte: where `text` with the changes of `forward` (n plans, oldest first) gives the present file, the plan
 * restores `text` itself.  False: it does not, and the typed changes count.
 */
bool plan_restores(struct plan *p, const struct plan *const *forward, size_t n, const struct bootfile *now,
		   const struct strbuf *text, const char *brand);

bool plan_needs(const struct plan *p, enum effect e);
bool plan_changes_boot(const struct plan *p); /* some parameter of the boot file */
const char *change_class(const struct change *c); /* XAPI's class of the record that it is of: "VM", "host" */
const char *effect_name(enum effect e); /* "now", "vm-start", "host-reboot" */
const char *change_kind_name(enum change_kind k); /* "boot", "vm-key", "vm-ref", "host-key", "host-field", "pins", "device" */

/* "dom0 boot parameter xen-pciback.hide", "other-config:pci": as xe spells fields; caller frees. */
char *change_name(const struct change *c);

extern const struct record_type change_type;
void plan_records(const struct plan *p, struct records *ret);
