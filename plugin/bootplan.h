/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootplan.h - what commands of several families plan for the boot file: the hide list, and the vectors of a VM.
 */
#pragma once

#include "plugin/command.h"

/*
 * `add` join the hide list of the chosen entries and `remove` leave it (either may be NULL).  What is there is kept, and written
 * canonically: one argument, lower case, full domain, sorted; a list that is right but for its order stays as it is.  Devices that become hidden by that alone (named in an
 * argument that the kernel did not read because another one follows) are checked like those of `add`.
 */
int bootplan_hide(struct run *r, const struct bdfset *add, const struct bdfset *remove, const char *why, struct err *err);

/* The same for a value that a user wrote: it is kept as written, and what it hides anew is checked. */
int bootplan_hide_value(struct run *r, const char *value, struct err *err);

/* What pci-hide and pci-unhide do with devices: the checks, what goes along, and the list. */
int bootplan_hide_checked(struct run *r, const struct bdfset *asked, struct err *err);
int bootplan_unhide_checked(struct run *r, const struct bdfset *asked, struct err *err);

/* They were named to be hidden, or to be dom0's again (plan_word()): counts where the entries are those that stand for what is wanted. */
void bootplan_word(struct run *r, const char *word, const struct bdfset *devices);

/*
 * A value (NULL: none, the parameter goes) that a user wrote for any parameter: where we know what the kernel or Xen makes of it, it
 * is judged before it reaches one that would take a typo badly.
 */
int bootplan_check_value(struct run *r, enum grub_target target, const char *key, const char *value, struct err *err);

/*
 * The devices, and behind them the rest of their alias groups: Xen cannot tell the DMA of these apart, so they are hidden and given back
 * together.  What joins is said in a note, `what` being its last words ("hidden along").
 */
void bootplan_along(struct run *r, const struct bdfset *devices, const char *what, struct bdfset *ret);

/* Safe Mode, fallback and upgrade entries hide nothing. */
int bootplan_clear_rescue(struct run *r, struct err *err);

/* extra_guest_irqs of the chosen entries is raised where `vectors` do not fit into it. */
int bootplan_vectors(struct run *r, unsigned vectors, const char *for_what, struct err *err);

/* Vectors that devices can ask for, as far as known: MSI-X table sizes, one for MSI alone (facts, D5). */
unsigned bootplan_count_vectors(struct facts *f, const struct bdfset *devices);

/* Notes on what is not in the boot file as it stands, or not for long: an entry to be tried, a pending update-grub. */
void bootplan_tell(struct run *r, const struct bootfile *b);

/* The entries that were asked for, or -ENOENT when the menu has none of them. */
int bootplan_boot(struct run *r, struct bootfile **ret, struct err *err);

/* Where nothing is left to change, but the running host is not yet as the boot file has these devices: a note.  False: there is none to make. */
bool bootplan_tell_reboot(struct run *r, const struct bdfset *devices);
