/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command_args.h - what a command's parameters say of its records: which fields are found out and shown (params=, the usual ones), and
 * which records (field=value).  The parameters themselves: command.h.
 */
#pragma once

#include "plugin/command.h"

/* The fields that are shown. */
void args_want_shown(struct records *r, const struct args *a, enum show show);
/* Beside these, those that are filtered on: they must be found out, and are not shown for it. */
void args_want_filters(struct records *r, const struct args *a);
/* Drop what does not match. */
void args_filter(struct records *r, const struct args *a);
