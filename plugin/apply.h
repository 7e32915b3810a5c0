/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apply.h - the one place that changes anything: lock, journal, write, verify; and undo when a step fails.
 *
 * Order of an apply: the lock is held by the caller (apply_lock()), what a dead apply left is taken back (apply_heal()), the facts
 * are read anew and the plan made from them; then apply_plan() writes the journal entry, the boot file, the VM's keys, reads each
 * back, and marks the entry.  When a step fails, the steps before it are taken back in reverse order.
 */
#pragma once

#include "plugin/facts.h"
#include "plugin/journal.h"
#include "plugin/plan.h"

#define APPLY_LOCK STATE_DIR "/lock"
#define APPLY_LOCK_SECONDS 30

int apply_lock(struct host *h, const char *who, struct host_lock *ret, struct err *err);

/* Take back what an apply that died has done. *notes gets a sentence for each. */
int apply_heal(struct facts *f, struct strv *notes, struct err *err);

/*
 * Carry out a sealed plan.  -ESTALE: another program changed something since the facts were read, and nothing of
 * this plan remains done: make the plan anew, once.  *ret_id is the journal entry; *notes gets what only the apply could find out.
 *
 * Of a plan with `each`, a USB device whose step fails is left out with all its steps, and the plan and its entry are without them from then on:
 * plan.left has it.  Where nothing but XAPI's look is left then, nothing is done: *ret_id stays as it is, and the entry is a failed one.
 */
int apply_plan(struct facts *f, struct plan *p, const char *door, const char *command, unsigned *ret_id,
	       struct strv *notes, struct err *err);

/*
 * What a plan wants of XAPI beyond its changes; without the lock, and without an entry in the journal, for nothing takes it back.  What XAPI
 * refuses is -EREMOTEIO, its parameters below the sentence.
 */
int apply_action(struct facts *f, const struct action *a, struct err *err);

/*
 * Those of the plan that are done together: all begin at once, as tasks (xenopsd takes up a few at a time), and are waited for together,
 * so that one that hangs holds up no other one.  why[i] is of action i: a code of 0 is success, and where there is none of XAPI's its end was
 * not seen.  One that has not ended in time is left to go on: a start that lasts (memory to scrub, slow storage) is worth more than one that was cancelled halfway.
 */
void apply_together(struct facts *f, const struct plan *p, struct err *why);

/* One for XAPI's list of messages, of this host.  It may fail: what it is about is done by now. */
void apply_message(struct facts *f, const char *text);
/* The same, to be taken away again; gives what apply_message_end() takes (and frees), NULL: it failed, or there was no text. */
char *apply_message_begin(struct facts *f, const char *text);
void apply_message_end(struct facts *f, char *ref);

/* After a reboot (plan_reboot.h) that failed or was interrupted: the VMs that it has shut down or moved, a sentence each. */
void apply_reboot_tell(struct facts *f, const struct plan *p, struct strv *notes);
