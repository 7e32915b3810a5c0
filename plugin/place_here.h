/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * place_here.h - aliases as the pool keeps them, and this host as place.h wants it: the facts that choosing a device stands on.
 */
#pragma once

#include "plugin/facts.h"
#include "plugin/place.h"

#define ALIASES_MAX 256

/* ---- the pool's aliases ------------------------------------------------------------------------------------ */

struct alias_entry {
	char *name;
	const char *text;   /* as it is kept: the facts' own */
	struct alias alias; /* valid where `problem` is NULL */
	char *problem;	    /* why it cannot be used */
};

struct aliases {
	struct alias_entry *v; /* by name */
	size_t n;
	bool more; /* the pool has more keys than are read */
};

int aliases_read(struct facts *f, struct aliases *ret, struct err *err);
void aliases_done(struct aliases *a);
const struct alias_entry *aliases_find(const struct aliases *a, const char *name); /* NULL: none */

/* Functions of this host that an alias selects, by address. */
int alias_devices(struct facts *f, const struct alias *a, struct bdfset *ret, struct err *err);

/* ---- this host ------------------------------------------------------------------------------------------------ */

struct place_here {
	struct place_host host;
	struct bdfset *members; /* by unit: the functions that go to the VM together */
	struct strv owned;	/* texts that the units point to */
	struct strv notes;	/* what was left out of account, for the user */
};

/*
 * A unit is a card with all its functions (whole_cards), or one function; a VF is always one.  One that the checks would refuse to hide or
 * to give to the VM cannot be given, nor a physical function one of whose VFs is used, or asked for as well; nor one with VFs at
 * all unless an alias of type pf asks for it; nor a VF whose physical function will not be there for it.
 */
int place_here(struct facts *f, const struct vm *vm, const struct alias *const *aliases, size_t n, bool whole_cards,
	       struct place_here *ret, struct err *err);
void place_here_done(struct place_here *h);
