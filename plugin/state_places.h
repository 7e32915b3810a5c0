/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_places.h - addresses beside the desired state, where devices are kept by what they are: which card was meant by an address, where that
 * is today, and what to do about it.  Findings:
 *	START_OTHER	the device at the address is not the one that was given to the VM
 *	START_MISSING	a device that was given to the VM cannot be found, or not for certain
 * The start guard refuses a start for these two, so they are refusals wherever they are told.
 */
#pragma once

#include "plugin/checks.h"
#include "plugin/state_resolve.h"

/*
 * Findings about an address where nothing is (finding.absent), of whatever check: where the card of the desired state is today, with a remedy
 * that does not give it up.  Without such a finding nothing is looked at, and one file where there is no desired state.
 */
void state_tell_places(struct facts *f, struct findings *found);

/*
 * Has the VM what it was given?  What `ret` has as absent already is not told again, nor what it is about to be given `anew` (may be NULL).
 * Of a VM that nobody set up through this program nothing is known.
 */
void state_compare_vm(const struct state *s, const struct resolution *all, const struct state_vm *vm, struct pcidevs *set,
		      const struct bdfset *anew, struct findings *ret);
/* The same of a VM of this host whose key names devices, with the desired state read for it. */
void state_check_vm(struct facts *f, const struct vm *vm, const struct bdfset *anew, struct findings *ret);

/* What can be done about a device that is gone, changed or doubled.  Caller frees. */
char *state_missing_remedy(const struct state *s, struct pcidevs *set, const struct resolved *d);
