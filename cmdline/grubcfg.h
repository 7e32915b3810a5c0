/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grubcfg.h - grub.cfg as lines: the menu's entries, and where in each the Xen and the dom0 arguments stand.
 *
 * This is an editor, not a parser and printer: it finds spans, replaces what stands in them, and every byte
 * outside stays as it was (CRLF, tabs, a missing final newline, text behind the last entry).  Understood: menuentry
 * in either quote, inside submenus or not; multiboot2/module2, multiboot/module, xen_hypervisor/xen_module, with
 * options before the image's path; the first module is the dom0 kernel.  A line ending in a backslash continues on the
 * next.  Words, quotes, comments and braces are cut as grub's lexer cuts them (grublex.h): a brace in a comment or in
 * quotes is no brace, and the arguments end before a comment or a ";".  Facts, section 5, say how the platform's own
 * reader takes the same file.  Cost is linear in the size of the file, for reading and for one grubcfg_edit() of any
 * number of entries.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xenhelpers/err.h"
#include "xenhelpers/str.h"

enum grub_role {
	GRUB_NORMAL,	      /* title is the brand: the platform's label `xe` */
	GRUB_SERIAL,	      /* title ends "(Serial)": `xe-serial` */
	GRUB_SAFE,	      /* ends "Safe Mode", or "(recovery mode)" as on Debian */
	GRUB_FALLBACK,	      /* contains " / " */
	GRUB_FALLBACK_SERIAL, /* the same with "(Serial," */
	GRUB_UPGRADE,	      /* ends "upgrade" */
	GRUB_ALT,	      /* "kernel-alt" in the title: the platform's alternative kernel */
	GRUB_TRY,	      /* ours, to be booted once (grubtry.h): known by its id */
	GRUB_OTHER,	      /* any other entry that boots Xen */
	GRUB_FOREIGN,	      /* does not boot Xen (memtest, chainloader, plain Linux) */
};

enum grub_target { GRUB_XEN, GRUB_DOM0 };

struct grub_span {
	size_t off, len; /* the arguments; where there are none, len 0 right behind the image's path */
	size_t gap;	 /* the blanks between path and arguments */
	bool there;	 /* the entry has such a line */
};

struct grub_entry {
	char *title;
	char *id; /* the value of --id, or NULL */
	enum grub_role role;
	size_t line;		  /* 1-based line of `menuentry` */
	size_t off, len;	  /* the whole entry, from `menuentry` to the closing brace */
	size_t depth;		  /* 0 top level, 1 inside one submenu */
	struct grub_span args[2]; /* by enum grub_target */
};

struct grubcfg {
	struct strbuf text; /* the file's bytes */
	struct grub_entry *v;
	size_t n;
	int def;	       /* index of the default entry, -1 unknown */
	char *def_why;	       /* how that was found, or why it is unknown: "set default=0 in line 4", ... */
	char *def_plain;       /* what `default` is set to where grubenv has no say, or NULL: that is not known */
	char *def_override;    /* a variable that decides instead when grubenv has it ("override_entry"), or NULL */
	bool reads_grubenv;    /* a block loads grubenv and honours override_entry */
	struct strbuf env_after; /* what grub leaves in grubenv; empty: unknown, or there is none */
	struct grubmenu *menu; /* private: entries and submenus as grub counts them */
};

const char *grub_role_name(enum grub_role role);  /* "normal", "serial", "safe", "fallback", ... */
const char *grub_target_name(enum grub_target t); /* "xen", "dom0" */

/*
 * `brand` is PRODUCT_BRAND of the inventory, or NULL: then the titles "XCP-ng", "XenServer", "Citrix Hypervisor" count.
 * Where no entry has the brand for its title, the first Xen entry with the role OTHER becomes NORMAL.
 * Fails (-EINVAL,
 * with the place pointed at, `name` being the path to show) when the file cannot be edited safely: an entry that never
 * closes, a brace too many, a quote that runs over its line in a title or in arguments, two hypervisors in one entry, a
 * module before its hypervisor, a Xen or dom0 line inside an `if` of its entry, what grub itself would refuse in such a
 * line, NUL bytes; and (nothing to point at) when no entry boots Xen.
 * The parsed form owns a copy of the text.
 */
int grubcfg_parse(const char *name, const char *text, size_t len, const char *brand, struct grubcfg *ret,
		  struct err *err);
void grubcfg_done(struct grubcfg *g);

/*
 * The same where something is known of grubenv; without, what it may change is said in def_why and def_override.  Takes the text over:
 * *text is empty then.
 */
struct grubenv {
	enum {
		GRUBENV_UNKNOWN, /* nobody has looked */
		GRUBENV_ABSENT,
		GRUBENV_THERE,
	} state;
	const char *s; /* the file's bytes; borrowed for the call */
	size_t len;
};
int grubcfg_parse_env(const char *name, struct strbuf *text, const char *brand, const struct grubenv *env, struct grubcfg *ret,
		      struct err *err);

/* Work out the default entry again, with these bytes in grubenv (env NULL: there is no such file). */
void grubcfg_read_env(struct grubcfg *g, const char *env, size_t len);

/* The entry that grub takes for this value of `default` or override_entry ("0", "1>2", a title, an id), or -1. */
int grubcfg_find(const struct grubcfg *g, const char *spec);

/*
 * Put `args` into one span, and shift the others.  Adding arguments to a line that has none adds one blank before them;
 * removing the last ones removes the blanks before them.
 * -EINVAL, nothing changed: args would not be read back by grub as arguments of that one line (an open quote, an
 * unquoted ; & | < > { } or newline, a comment, NUL), or the entry has no such line.
 */
int grubcfg_set_args(struct grubcfg *g, size_t entry, enum grub_target target, const char *args, struct err *err);

/* The same for any number of spans in one pass: all or none.  The last of several edits of one span counts. */
struct grub_edit {
	size_t entry;
	enum grub_target target;
	const char *args;
};
int grubcfg_edit(struct grubcfg *g, const struct grub_edit *edits, size_t n, struct err *err);
/* What the text becomes by that is added to *ret; g stays as it is. */
int grubcfg_edited_text(const struct grubcfg *g, const struct grub_edit *edits, size_t n, struct strbuf *ret, struct err *err);

/* The present arguments of an entry: pointer into g->text, not terminated. */
const char *grubcfg_args(const struct grubcfg *g, size_t entry, enum grub_target target, size_t *len);

/* The entries that boot parameters belong in: "normal" (normal and serial), "default", "all" (every Xen entry but safe,
 * fallback, upgrade and the one to be tried), or the one to be tried alone.  true when entry i is one of them. */
enum grub_choice { GRUB_CHOOSE_NORMAL, GRUB_CHOOSE_DEFAULT, GRUB_CHOOSE_ALL, GRUB_CHOOSE_TRY };
bool grubcfg_chosen(const struct grubcfg *g, size_t entry, enum grub_choice choice);
