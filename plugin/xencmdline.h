/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xencmdline.h - the door for programs that speak to the platform's boot line editor.
 *
 * The same program under the name "xen-cmdline" takes that one's options, and gives its output and exit status for all that it does
 * right (facts, 5.2 and appendix B):
 *
 *	--get-xen K...  --get-dom0 K...		arguments of the entry that boots next, a line each, in their order; an empty
 *						line when there is none
 *	--set-xen A...  --set-dom0 A...		replace every argument of that key, in the normal and the serial entry
 *	--delete-xen K...  --delete-dom0 K...
 *	--list-cpuid-masks  --set-cpuid-masks A...  --delete-cpuid-masks K...	the same for Xen's cpuid_mask arguments
 *
 * Several keys behind one option do what they say, where the original doubles the rest of the line.  What it passes over
 * without a word is refused before anything is read or written: an unknown option, an option written with "=", a word that
 * belongs to no option (exit status 1, one line on stderr).  All edits of one call are one change, checked as everything here is, and
 * undone as one.
 *
 * Ours: a first option --host-dir DIR, as everywhere.
 */
#pragma once

#include <stdbool.h>

bool xencmdline_is_called(const char *argv0);
int xencmdline_main(int argc, char **argv); /* the exit status */
