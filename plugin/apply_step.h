/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apply_step.h - how each kind of change is written, judged and taken back: inside apply.
 *
 * A kind is one table of functions.  Boot parameters and the entry to be tried are written together as the boot file, and the desired
 * state as the last step of a plan: these have no table.
 */
#pragma once

#include "plugin/facts.h"
#include "plugin/journal.h"
#include "plugin/plan.h"

/* How far an apply got with one thing.  Foreign: somebody else has changed it since, or nobody can be asked any more. */
enum progress { P_NOT_DONE, P_DONE, P_FOREIGN };

struct step_ops {
	/* From a value to another, and read back. */
	int (*write)(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to, struct err *err);
	/* For an apply that failed or died, with facts from after it: how far it got, and what it did undone; *n counts that. */
	int (*progress)(struct facts *f, const struct change *c, enum progress *ret, struct err *err);
	int (*back)(struct facts *f, const struct change *c, unsigned *n, struct err *err);
	/* What ends by itself, and when: one that will not go back is said, and holds up nobody else's change.  NULL: it stays. */
	const char *ends;
};

const struct step_ops *step_ops(const struct change *c); /* NULL: see above */

extern const struct step_ops step_record, step_device, step_pins, step_file, step_usb, step_leave;

/* Changes of one record of XAPI that stand one after the other, written together. */
size_t step_records(const struct plan *p, size_t first); /* how many */
int step_write_records(struct facts *f, const struct plan *p, size_t first, size_t n, struct err *err);

/* The boot file. */
int step_write_boot(struct host *h, const char *path, const struct strbuf *expect, const struct strbuf *text, struct err *err);

/* ---- the desired state, from plan and facts to its file ------------------------------------------------------- */

/* Before plan_leave_out(): the plan's step of the desired state tells nothing new of that device either, and may come to nothing by that. */
int step_state_leave_out(struct plan *p, const char *device, struct err *err);

struct state_write {
	bool there;
	struct strbuf old, new;
};
void state_write_done(struct state_write *w);
/* What the state file becomes with a plan; `then`: see state_fold(). */
int state_write_prepare(struct facts *f, const struct plan *p, const struct bootfile *then, const char *door, const char *command,
			struct state_write *ret, struct err *err);
int state_write_do(struct host *h, const struct state_write *w, struct err *err);
int state_write_take_back(struct host *h, const struct state_write *w, struct err *err);

/*
 * When all is done: the copy in XAPI (state_copy.h), where it becomes another one.  What fails is a note, for the file counts; no XAPI is no
 * failure.
 */
void state_write_copy(struct facts *f, const struct state_write *w, struct strv *notes);

/* The last marks of an apply that is complete. */
int apply_mark_done(struct host *h, unsigned id, const struct plan *p, struct err *err);
