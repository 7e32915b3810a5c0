/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grubtry.h - an entry of our own at the end of the menu, which grub boots once (pure: text in, text out).
 *
 * The entry is a copy of another one under an id of its own.  grub boots it when the variable override_entry in grubenv has that
 * id.  The platform's block that honours override_entry never clears it, so that every boot would take the entry: a
 * block of ours before the first entry clears it for our id, and boots the usual entry where grub cannot write that
 * down.  The default of the menu stays.
 *
 * Comments in the entry tell which parameters are tried, and what they were then: they come and go with the entry, whatever
 * becomes of the rest of the host.
 *	# xe-passthrough-try: dom0 console
 *	# xe-passthrough-try: was dom0 console try console=hvc0 console=tty0		in this entry, as it was copied
 *	# xe-passthrough-try: was dom0 console serial console=tty0 console=hvc0	in an entry of that role, where it was another
 */
#pragma once

#include "cmdline/grubcfg.h"

#define GRUBTRY_ID "xe-passthrough-try"
#define GRUBTRY_VAR "override_entry"

int grubtry_find(const struct grubcfg *g); /* index of the entry, or -1 */
bool grubtry_is_title(const char *title);  /* for what is known of an entry by its title alone, and may be gone */

/*
 * The text with an entry to be tried: a copy of the first Xen entry of that title.  One that is there already is replaced; the block is
 * added where what is there does not boot such an entry, or not once only.  -EINVAL: the menu is such that grub
 * would not boot it, or again and again; -ENOENT: no such entry.  `name` is the path to show.
 */
int grubtry_add(const char *name, const struct strbuf *text, const char *title, struct strbuf *ret, struct err *err);

/* The text without our entry and our block. */
int grubtry_remove(const char *name, const struct strbuf *text, struct strbuf *ret, struct err *err);

bool grubtry_has_block(const struct strbuf *text);

/* What a parameter was in entries of one role when it was first tried: its words, one blank between; "": it was absent. */
struct grubtry_was {
	enum grub_role role; /* GRUB_TRY: in the entry to be tried itself */
	char *words;
};

/* A parameter that is tried. */
struct grubtry_key {
	enum grub_target target;
	char *key;
	struct grubtry_was *was; /* none for GRUB_TRY: it is unknown what it was; none for another role: the same as there */
	size_t n_was;
};
struct grubtry_keys {
	struct grubtry_key *v;
	size_t n;
};
void grubtry_keys_done(struct grubtry_keys *k);
void grubtry_keys_add(struct grubtry_keys *k, enum grub_target target, const char *key); /* once */

/* As the comments in the entry tell.  What is no word of that parameter is not read: what it was is unknown then. */
void grubtry_read_keys(const struct grubcfg *g, size_t entry, struct grubtry_keys *ret);
/* The text with comments for `keys` that are not told yet; what they were is taken from `before`, the menu before they were changed. */
void grubtry_tell_keys(const struct grubcfg *g, size_t entry, const struct grubtry_keys *keys, const struct grubcfg *before,
		       struct strbuf *ret);
