/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.h - error texts of XAPI, xenopsd, libxl, Xen, Linux, lspci, QEMU, Windows, usb_scan and xe, decoded: pure, text in, explanations
 * out.  Nothing here reads a host; plugin/cmd_explain.c adds what this host says about it.
 *
 * Three steps, each in a file of its own, each linear in the text:
 *
 *	explain_text.c	brings the text into one form: escapes of JSON, shells, XML and terminals undone, typographic quotes
 *			made plain, runs of blanks folded, bytes 0 dropped (UTF-16).  Lines stay lines.
 *	explain.c	finds the table's patterns, and pulls the parameters out of the text around a match
 *	explain_judge.c	judges arguments that were pasted: hide lists, other-config:pci, masks, xe and xen-cmdline commands
 *	explain_pull.c	finds addresses, uuids, errno names and parameters in a piece of text
 *
 * explain_table.c and explain_table_host.c are the tables; what they say comes from the facts pages: xapi-and-xcp-ng 1 to 8 and
 * 10, peers F1 to F10 and D1 to D10, xen-rig; a few from the sources of those who print them (libxl_pci.c and libxl_create.c, Xen's
 * vtd/iommu.c and physdev.c, Linux's pci.c and xen/pci.c).
 *
 * A text that has none of these gives no explanation: nothing is guessed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xenhelpers/str.h"

#define EXPLAIN_TEXT_MAX (16u << 20) /* a log of a day; more is refused by the callers */
#define EXPLAIN_SUBJECTS_MAX 50	     /* records of one code; what is above is only counted */

enum explain_source {
	SAYS_XAPI,
	SAYS_XENOPSD,
	SAYS_LIBXL,
	SAYS_XEN,
	SAYS_LINUX,
	SAYS_LSPCI,
	SAYS_QEMU,
	SAYS_WINDOWS,
	SAYS_USB_SCAN,
	SAYS_XE,
	SAYS_CMDLINE,	  /* an argument on a boot line */
	SAYS_XEN_CMDLINE, /* the platform's editor of boot arguments */
	SAYS_PLACEMENT,	  /* who chooses a host for a VM */
};
const char *explain_source_name(enum explain_source s);

/* What can be asked of a host about it (plugin/cmd_explain.c). */
enum explain_here {
	HERE_NOTHING,
	HERE_PCIBACK, /* is the driver there? */
	HERE_HIDE,    /* can the kernel read the hide list of the next boot? */
	HERE_DEVICE,  /* the subject: there, its driver, whose */
	HERE_IOMMU,   /* can Xen give devices to VMs? */
	HERE_VM,      /* the subject: there, its devices */
};

/*
 * A pattern is literal text; case does not count, a blank also fits a line's end.  "*" is a gap of up to EXPLAIN_GAP_MAX
 * bytes of the same line.  The part before the first "*" has three bytes or more.  A "=" at the begin: case counts (and there is no gap).  A pattern that begins or ends with a
 * letter, digit or "_" fits whole words only.
 *
 * `pull` says what to look for in the match and in the rest of its line, a letter each:
 *	b  PCI addresses	-> device=		u  uuids and references	-> uuid=
 *	e  an errno		-> errno=		n  the next number	-> number=
 *	w  the next word	-> word=		q  the first quoted text	-> text=
 *	r  the rest of the line	-> rest=		g  what the first gap covered -> name=
 * `params` names the parameters of an error of XAPI in their order; they are found behind the code in all forms that
 * XAPI, xe, Xen Orchestra and XML-RPC print.  `subject` is the name of the value that the record is about: one of the above.
 */
#define EXPLAIN_PATTERNS 6
#define EXPLAIN_GAP_MAX 200

struct explain_entry {
	const char *code; /* "EXPLAIN_...": stable */
	enum explain_source source;
	const char *patterns[EXPLAIN_PATTERNS]; /* ends with NULL, or is full */
	const char *pull, *params, *subject;	/* NULL: none */
	enum explain_here here;
	const char *meaning; /* what the text says */
	const char *cause;   /* why it comes */
	const char *check;   /* a command of ours; DEVICE and UUID stand for the subject */
	const char *remedy;
};

/* The tables, in order of precedence: of two entries that fit at one place, the first counts. */
struct explain_table {
	const struct explain_entry *v;
	size_t n;
};
extern const struct explain_table explain_toolstack; /* explain_table.c: XAPI, xenopsd, usb_scan, xe */
extern const struct explain_table explain_platform;  /* explain_table_host.c: libxl, Xen, Linux, QEMU, Windows, boot lines */
extern const struct explain_table explain_judged;    /* explain_judge.c: pasted arguments; no patterns, meaning is composed */

struct explanation {
	const struct explain_entry *entry;
	unsigned line;	   /* of the text, from 1 */
	char *subject;	   /* NULL: none */
	char *matched;	   /* bounded */
	char *meaning;	   /* NULL: the entry's */
	char *remedy;	   /* NULL: the entry's */
	struct strv found; /* "device=0000:04:00.0", "errno=EPERM" */
	struct strv where; /* the pasted argument, and a caret below what is wrong */
};

struct explanations {
	struct explanation *v; /* in the order of the text; each code once per subject */
	size_t n;
	size_t more;	    /* subjects that were left out */
	struct strv fine;   /* pasted arguments in which nothing is wrong: a sentence each */
};

/* Bytes of any kind; `len` up to EXPLAIN_TEXT_MAX. */
void explain(const char *text, size_t len, struct explanations *ret);
void explanations_done(struct explanations *e);
