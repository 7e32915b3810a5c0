/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootplan_keep.h - what was tried with boot=try becomes the usual.
 *
 * What is kept is what the try changed, compared with the entry that it was copied from; comments in it tell what that
 * was (grubtry.h).  The usual entries may have been changed since, and what was changed there stays:
 *	a parameter that they have as it was	gets its tried value
 *	the hide list			device by device: those that the try added join it, those that it took out leave it
 *	extra_guest_irqs		where both raised it: the larger number serves both
 *	another parameter, changed in both	BOOT_TRY_CONFLICT: refused, finally, unless both values are the same
 * Where it is unknown what a parameter was (an entry of an older version, an edit by hand), the tried value is taken
 * only where it adds to what is there: BOOT_TRY_BASE says so; anything else is BOOT_TRY_CONFLICT.
 */
#pragma once

#include "plugin/command.h"

/* The entry goes, and the chosen ones get what it tried.  -ENOENT: there is none; -ENODATA: it does not tell what it tries. */
int bootplan_try_keep(struct run *r, struct err *err);

/*
 * For reapply, which has more to do: would that be refused?  Then each reason is a finding of the run's, WANTED_TRY, with the ways
 * out, and nothing else of the run has changed.
 */
bool bootplan_try_keep_refused(struct run *r);
