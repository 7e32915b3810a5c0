/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootlint.h - what is wrong with a boot file, said before a reboot is spent on it.
 *
 * Nothing here stops at the first fault, and nothing is guessed: each hide argument is judged as the kernel of dom0 reads
 * it (hide.h) and as XAPI's own reader does.  Severity refuse is what the kernel refuses, and nothing else: a list that one
 * bad item makes void hides no device at all.  All else is a warning.  The same finding in several entries is one finding,
 * with their titles as its subject.
 */
#pragma once

#include "cmdline/bootargs.h"
#include "plugin/checks.h"

/* One hide argument of one entry. */
struct lint_hide {
	size_t entry;
	char *key, *value;	/* value NULL: a flag */
	bool effective;		/* the kernel takes this one: the last argument that has a value, in a spelling that it reads */
	bool kernel, xapi;	/* each accepts it */
	char *canonical;	/* what we would write for it; NULL where that is unknown, or cannot be said */
	size_t line;		/* in the boot file */
	bool found;		/* something is to be said about it ... */
	enum severity severity; /* ... the worst of it being this */
};

struct lint {
	struct facts *facts;
	const struct bootfile *b;
	struct findings *out;
	struct lint_hide *v;
	size_t n;
};

void lint_done(struct lint *l);

/* bootlint.c: the hide arguments of every entry, with their findings. */
void lint_hides(struct lint *l);

/*
 * bootlint_line.c: the lines themselves (length; arguments that do nothing here, as guides for KVM and for other places
 * have them), the menu (an entry that boots without a hide; hides where none belong), /etc/default/grub.
 */
void lint_lines(struct lint *l);
void lint_menu(struct lint *l);
void lint_defaults(struct lint *l);

/* ---- for both files ---------------------------------------------------------------------------------------- */

/*
 * A finding about an entry, or one more title for the finding that says the same already.  off: the byte of the boot file
 * to point at, len 0: none.  remedy may be NULL.
 */
void lint_say(struct lint *l, const char *code, enum severity severity, size_t entry, size_t off, size_t len,
	      const char *remedy, const char *fmt, ...) _printf_(8, 9);

/* Something of this severity is to be said about the argument. */
void lint_raise(struct lint_hide *h, enum severity severity);

/* Linux' COMMAND_LINE_SIZE on x86, its NUL included (facts, 4.3). */
#define LINT_LINUX_LINE 2048
/* MAX_GUEST_CMDLINE of Xen's public xen.h: the room that a PV domain's start_info has for its line, NUL included. */
#define LINT_PV_LINE 1024
