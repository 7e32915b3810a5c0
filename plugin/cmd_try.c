/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_try.c - what becomes of a change that was made with boot=try. */

#include "plugin/bootplan_keep.h"
#include "plugin/bootplan_try.h"
#include "plugin/commands.h"

static const struct param keep_params[] = { PARAM_ENTRIES, PARAM_FORCE, { 0 } };

const struct command cmd_boot_try_keep = {
	.name = "boot-try-keep",
	.summary = "make what was tried with boot=try the usual, and take its menu entry away",
	.params = keep_params,
	.flags = CMD_WRITES,
	.run = bootplan_try_keep,
};

const struct command cmd_boot_try_drop = {
	.name = "boot-try-drop",
	.summary = "give up what is or was tried with boot=try, and take its menu entry away",
	.flags = CMD_WRITES,
	.run = bootplan_try_drop,
};
