/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grubcfg_private.h - what grubcfg.c and grubcfg_edit.c share. */
#pragma once

#include "cmdline/grubcfg.h"
#include "cmdline/grublex.h"

/* A place that keeps a line of arguments from being edited, and why (static text). */
struct grubcfg_fault {
	size_t off, len;
	const char *why;
};

/*
 * Look at the words [from, n) of the command just read, and at what ended it: can they be a title, or arguments of one
 * line? False when not, and *fault tells.
 */
bool grubcfg_one_line(const struct grublex *l, size_t from, struct grubcfg_fault *fault);
