/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rollback.h - one thing that was changed gets back the value that it had.
 *
 * Only where it still has the value that the history gives it: what somebody else has changed since is theirs.  What comes back is asked the
 * checks of a command that does the same.
 */
#pragma once

#include "plugin/command.h"

/* One thing that an undo restores: what it must hold now, and what it held before all of it. */
struct undo {
	const struct change *newest, *oldest;
	const char *title; /* the menu entry; NULL where it is no boot parameter */
	bool anew;	   /* of a menu entry to be tried: one was made, it is not the one of before */
	bool follows;	   /* the oldest one was made because it was wanted already, and is wanted still */
	char *why;
};

/*
 * Its steps are added to the plan of the run.  -ESTALE: it was changed since.  *ended: it has ended by itself, as what holds until a boot or
 * until a VM stops.  `vm`: the VM whose key the same rollback empties; NULL: none.
 */
int rollback_one(struct run *r, const struct undo *u, const struct vm *vm, bool *ended, struct err *err);
