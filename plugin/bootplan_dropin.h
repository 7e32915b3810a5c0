/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootplan_dropin.h - boot parameters of a host whose grub.cfg grub-mkconfig writes: they go into our own settings file (cmdline/dropin.h),
 * and update-grub carries them out.  No file of anybody else is changed.
 *
 * Commands plan upon grub.cfg as it is to become with what our file asks for already; at the end of the plan the changes of entries turn into
 * one of the file.  All entries but (recovery mode) get them.
 */
#pragma once

#include "cmdline/dropin.h"
#include "plugin/command.h"

int bootplan_dropin_boot(struct run *r, struct bootfile *now, struct bootfile **ret, struct err *err);

/* What our file asks for and grub.cfg does not have yet, and the reverse, as notes. */
void bootplan_dropin_tell(struct run *r, const struct bootfile *b);
/* The former as parameters: empty where grub.cfg is not generated, or our file cannot be read, which bootplan_dropin_tell() says. */
void bootplan_dropin_pending(struct run *r, const struct bootfile *b, struct dropin *ret);
