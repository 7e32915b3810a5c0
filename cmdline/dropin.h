/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dropin.h - our own settings file for grub-mkconfig, where that writes grub.cfg (pure: text in, text out).
 *
 * grub-mkconfig reads /etc/default/grub and then /etc/default/grub.d/<any>.cfg by name, as shell.  Each line of ours appends one
 * parameter to the value that the files before have given, so nobody's words are lost.  Two variables matter: 20_linux_xen gives
 * GRUB_CMDLINE_XEN_DEFAULT to Xen, and GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT, else GRUB_CMDLINE_LINUX_DEFAULT, to the kernel under it;
 * neither reaches the (recovery mode) entries, which so stay without a hide.
 */
#pragma once

#include "cmdline/grubcfg.h"

#define DROPIN_DIR "/etc/default/grub.d"
#define DROPIN_NAME "xe-passthrough.cfg"
#define DROPIN_PATH DROPIN_DIR "/" DROPIN_NAME
#define DROPIN_MAX (1u << 20)

struct dropin_param {
	enum grub_target target;
	char *key, *value; /* value NULL: a flag */
};
struct dropin {
	struct dropin_param *v;
	size_t n;
};
void dropin_done(struct dropin *d);

/* -EINVAL: it has a line that dropin_format() does not write, so that somebody else has changed it. */
int dropin_parse(const char *text, size_t len, struct dropin *ret, struct err *err);
void dropin_format(const struct dropin *d, struct strbuf *ret);

/* -EINVAL: the value has a character that does not come through shell and grub unharmed. */
int dropin_set(struct dropin *d, enum grub_target target, const char *key, const char *value, struct err *err);
bool dropin_remove(struct dropin *d, enum grub_target target, const char *key); /* false: it was not there */

/* The line of somebody's settings file that has this parameter in a GRUB_CMDLINE variable; 0: none. */
size_t dropin_find_key(const char *text, const char *key);
/* The line of a file read after ours that sets one of our variables without what it had; 0: none. */
size_t dropin_find_overwrite(const char *text);
