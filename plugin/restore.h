/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * restore.h - what it takes that the host is again as the desired state says.
 *
 * Each wanted device is found again (state_resolve.h); one that moved is written with its new address everywhere, in one plan.  One that is
 * gone, changed or doubled is left out of the hide list, so that whatever has its old address now, or gets it, stays dom0's, and a
 * VM never gets another device in its place nor starts without it where its key can say so (restore_key()); all the rest goes on.  What an administrator has to know is a finding:
 *	WANTED_MISSING	a device was not found for certain
 *	WANTED_MOVED	a device has another address now, and gets it everywhere
 *	WANTED_REFUSED	putting it back would be refused if it were asked for now
 *	WANTED_NO_VM	the VM is not there any more
 *	WANTED_FOREIGN	somebody else has written a value that holds more than was wanted: it stays
 *	WANTED_POLICY	the local rules of the USB policy are not back
 *	WANTED_NO_XAPI	the VMs could not be looked at
 *	WANTED_TRY	what this boot has tried cannot become the usual (bootplan_keep.h)
 */
#pragma once

#include "plugin/command.h"
#include "plugin/state_resolve.h"

/* The key of a VM that is wanted to have devices. */
struct restore_vm {
	const struct vm *vm; /* NULL: it is not there, or XAPI does not tell */
	char *key;	     /* restore_key() */
	bool owned;	     /* what stands there now was written here: it may be replaced */
	char *refused;	     /* why it cannot be written; NULL: it is so, or can be */
};

struct restore {
	const struct state *wanted;
	const struct state *before; /* what the host's own file says: what of it is wanted no more goes. NULL: the same */
	struct resolution found, found_before;
	struct restore_vm *vms; /* by index in wanted->vms; made by restore_plan() */
	struct strv leave;	/* of these VMs the key changes: what it names so far is no reason against anything */
	bool complete; /* every device was found, every value can be as it is wanted */
	bool told_reboot; /* nothing is left to change, and a note says which devices change hands at a reboot */
};

/* Look at the host; 0 also when devices are missing. */
int restore_begin(struct run *r, const struct state *wanted, const struct state *before, struct restore *ret, struct err *err);
void restore_done(struct restore *x);

/* Fill the plan and the findings of the run. */
int restore_plan(struct run *r, struct restore *x, struct err *err);
/* Once the plan is carried out: are the devices of the wanted VM of this index all found, and none of them elsewhere than its key says? */
bool restore_vm_is_whole(const struct restore *x, size_t i);
/* For a plan that nobody watches: XAPI gets plan_message(), and in it of the reboot (a sentence, or "") and of what is left to a human being. */
void restore_tell(struct result *res, const char *reboot);

/*
 * A VM's other_config:pci as it shall be now: the wanted text with the addresses of today.  A device that was not found keeps its
 * address as long as nothing there could be plugged in its place, so that XAPI refuses to start the VM; else its item goes.
 * NULL: nothing is left.  Caller frees.
 * *whole (may be NULL): no item had to go.
 */
char *restore_key(struct run *r, const struct restore *x, const struct state_vm *vm, bool *whole);

/* May restore_plan() replace this value: is every address in it, or none, one that the state knows? */
bool restore_owns_key(const struct restore *x, const struct state_vm *vm, const char *value);
