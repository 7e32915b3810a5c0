/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grubmenu.h - the boot menu as grub numbers it, and which entry it takes by itself.  Private to cmdline/.
 *
 * Two things: the tree of entries and submenus, with the rules by which `default` names one of them (a number
 * that counts entries and submenus of one level, a title, an id, a path with ">"); and an interpreter of the few
 * commands at the top level of grub.cfg that decide what `default` becomes.  What it cannot evaluate is unknown, never
 * guessed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "cmdline/grubcfg.h"
#include "cmdline/grublex.h"
#include "xenhelpers/str.h"

#define GRUBMENU_TOP ((size_t)-1)

struct grubmenu_node {
	char *title, *id; /* id NULL: none given, the title serves */
	size_t parent;	  /* index of a submenu, or GRUBMENU_TOP */
	bool submenu;
	bool unsure; /* may or may not be in the menu */
	int entry;   /* index of the entry that it is; -1 for a submenu, or for entries that another file may add */
};

struct grubmenu {
	struct grubmenu_node *v;
	size_t n;
};

void grubmenu_done(struct grubmenu *m);
/* Takes over the strings; returns the index. */
size_t grubmenu_add(struct grubmenu *m, struct grubmenu_node node);

/*
 * The entry that grub boots for this value of `default`, or -1; `*why` (static text) is set where the answer is not
 * simply what the value says: why it is unknown, or that grub falls back to the first entry.
 */
int grubmenu_find(const struct grubmenu *m, const char *spec, const char **why);

/* ---- the interpreter -------------------------------------------------------------------------------------- */

enum grubrun_state { GRUBRUN_RUNS, GRUBRUN_MAYBE, GRUBRUN_SKIPPED };

struct grubrun_value {
	enum { GRUBRUN_KNOWN, GRUBRUN_ENV, GRUBRUN_UNKNOWN } kind;
	char *s; /* what is known of it; for ENV as if the variable were empty; KNOWN and NULL: there is no such variable */
};

struct grubrun_var {
	char *name;
	struct grubrun_value value;
};

struct grubrun_frame {
	enum grubrun_state outer, state;
	bool loop, taken, maybe_taken;
	char *assumed; /* the variable of grubenv that the condition rests on, taken as empty */
};

struct grubrun {
	struct grubenv env;
	bool env_loaded;  /* load_env ran */
	bool env_seen;	  /* load_env stands somewhere at the top level */
	bool overridable; /* ... and behind it override_entry is honoured */

	struct strbuf env_after; /* the bytes of grubenv once grub is through */

	struct grubrun_var *var;
	size_t n_var;
	struct grubrun_frame *frame;
	size_t n_frame, cap_frame;
	bool condition; /* the next commands are a condition */
	enum { GRUBRUN_TRUE, GRUBRUN_FALSE, GRUBRUN_DONT_KNOW } verdict;
	char *verdict_assumed;

	bool def_set;
	struct grubrun_value def;
	char *def_text; /* as written */
	size_t def_line;
	size_t def_maybe_line; /* a later `set default` that may or may not run; 0: none */
	char *def_override;    /* the variable of grubenv that would decide instead */
};

void grubrun_init(struct grubrun *r, const struct grubenv *env);
void grubrun_done(struct grubrun *r);

/* A command at the top level, keywords included. */
void grubrun_command(struct grubrun *r, const struct grublex *l, size_t line);

/* Is a menu entry that stands here in the menu?  RUNS yes, SKIPPED no. */
enum grubrun_state grubrun_entry_state(const struct grubrun *r);

/* The value of `default` where nothing of grubenv is in it, or NULL; caller frees. */
char *grubrun_plain(const struct grubrun *r);

/* The index of the default entry, or -1; *why is allocated. */
int grubrun_default(const struct grubrun *r, const struct grubmenu *m, char **why);
