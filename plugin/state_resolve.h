/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_resolve.h - wanted devices found again on the host as it is now.
 *
 * A bus number moves when a card is put in before it; an address alone is then another device.  So each wanted device
 * is looked for by what does not move, in this order (design, section 4):
 *   1. its Device Serial Number with the same ids and function, where exactly one function has them;
 *   2. its topological path with the same ids;
 *   3. its ids, where exactly one function that no other wanted device has taken shows them, and exactly one wanted
 *      device is left that looks for them.
 * A device whose slot holds other ids or another serial is *changed*; one of several that cannot be told apart is *doubled*;
 * one that is nowhere is *gone*.  None of these three is ever taken for the present device at its old address.
 */
#pragma once

#include "plugin/state.h"

enum fate {
	FATE_SAME,    /* at its address */
	FATE_MOVED,   /* at another address */
	FATE_GONE,
	FATE_CHANGED,
	FATE_DOUBLED,
	FATE_UNKNOWN, /* no identity is known: the address is all there is */
};

struct resolved {
	struct bdf was, now; /* now: SAME, MOVED and UNKNOWN only */
	char *identity;	     /* NULL: UNKNOWN */
	enum fate fate;
	bool hidden; /* wanted hidden; else only a VM's */
	char *text; /* what was found instead, for messages; NULL: nothing to say */
};

struct resolution {
	struct resolved *v; /* each wanted device once: those hidden, those of VMs */
	size_t n;
	struct resolved **index; /* the same, to be found by what the state knows of them */
};

void state_resolve(struct pcidevs *set, const struct state *s, struct resolution *ret);
void resolution_done(struct resolution *r);
/* The fate of one that was asked about; never NULL for a device of the same state. */
const struct resolved *resolution_find(const struct resolution *r, const struct state_device *d);

/* What is at an address now; NULL: nothing, or nothing tells.  Caller frees. */
char *state_identity_of(struct facts *f, struct bdf bdf);
/*
 * Of one device of the state; *now: where it is, as far as it was found.  Cheap where it is as it was: *all, empty at first, is made when it
 * is needed, and is for the next one, too; the caller's to free.  (A device that is in the state only since then is as it is.)
 */
enum fate state_fate(const struct state *s, struct facts *f, struct resolution *all, const struct state_device *d, struct bdf *now);

/* "the device that was … when it was set up is …": of one that has moved, or was not found.  Caller frees. */
char *resolved_text(const struct resolved *d);

/*
 * One device has one identity in all records, or it would be two of which one is missing.  So before a list or a key is recorded with what
 * is there today, the records of those that were found again (in another slot, perhaps) get the identity of today; they keep
 * their address, by which a VM's key names them still.
 */
void state_renew_identities(struct pcidevs *set, struct state *s);

bool fate_is_found(enum fate fate); /* SAME, MOVED or UNKNOWN: `now` counts */
const char *fate_name(enum fate fate); /* "same", "moved", "gone", "changed", "doubled", "unknown" */
