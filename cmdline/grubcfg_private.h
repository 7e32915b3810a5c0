/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grubcfg_private.h - what grubcfg.c, grubcfg_scan.c and grubcfg_edit.c share. */
#pragma once

#include "cmdline/grubcfg.h"
#include "cmdline/grublex.h"
#include "cmdline/grubmenu.h"

/* The byte that keeps a line of arguments from being edited, and why (static text). */
struct grubcfg_fault {
	size_t off;
	const char *why;
};

/*
 * Can the words [from, n) of the command just read be a title, or arguments of one line?  False when not, and *fault
 * tells.  A quote that runs to the very end of the text is left to the lexer, which knows it as unclosed.
 */
bool grubcfg_one_line(const struct grublex *l, size_t from, struct grubcfg_fault *fault);

/*
 * Read g->text into everything else of g (all-zero before).  On failure g is to be released all the same.
 * The roles are those that the titles tell.
 */
int grubcfg_scan(const char *name, const char *brand, struct grubcfg *g, const struct grubenv *env, struct err *err);

enum grub_role grubcfg_title_role(const char *title, const char *brand);

/* Line ends in so many bytes. */
size_t grubcfg_count_lines(const char *s, size_t n);
