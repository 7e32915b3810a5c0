/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootplan_try.h - boot=try: a change that is booted once, and becomes the usual only when that went well.
 *
 * The change goes into an entry of its own at the end of the menu, a copy of the entry that boots by default, and grub is asked to
 * boot it once.  While that is still to come, further boot=try commands change the same entry; after it, they begin a
 * new one.  Other commands leave the entry alone.
 */
#pragma once

#include "plugin/command.h"

/* The boot file with such an entry, `now` being the one that is there; what leads to it is added to the plan at its end. */
int bootplan_try_boot(struct run *r, struct bootfile *now, struct bootfile **ret, struct err *err);

/* Does the next boot take the entry? */
bool bootplan_try_is_next(const struct bootfile *b);

/* A note for commands that leave the entry alone, and for those that show the boot file. */
void bootplan_try_tell(struct run *r, const struct bootfile *b);

/* From here on the plan is made upon the menu without the entry, which goes, with what asks for it.  kept: the plan gives the others its parameters. */
int bootplan_try_without(struct run *r, const struct bootfile *now, bool kept, struct err *err);
/* Nothing else. Nothing to do where there is none. */
int bootplan_try_drop(struct run *r, struct err *err);
