/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xencmdline.h - the two commands behind the xen-cmdline door: not in the table, because they speak that program's
 * language and no other door has a use for it.
 *
 * Their arguments may come several times, so the door fills struct args itself: names "set-xen", "set-dom0", "delete-xen",
 * "delete-dom0" (cmd_xencmdline_edit) or "get-xen", "get-dom0" (cmd_xencmdline_get), values as they stand on the command line.
 * The name "next", with any value, stands between two options: values of one key in one option are one setting, a later option
 * replaces an earlier one.
 */
#pragma once

#include "plugin/command.h"

extern const struct command cmd_xencmdline_edit;
extern const struct command cmd_xencmdline_get; /* a record an argument, its only field as it stands in the boot file */
