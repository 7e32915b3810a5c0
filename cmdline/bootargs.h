/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootargs.h - one string of boot arguments, as it stands behind a loader's command in grub.cfg.
 *
 * Words are separated by blanks and tabs (and a backslash at a line's end, which joins two lines); a double-quoted
 * part belongs to its word and may hold blanks (`a="b c"`), as the platform's own reader splits them (facts, 5.4);
 * single quotes group likewise, and a backslash escapes, as grub does.  Words are never rewritten unless they are the
 * ones named: everything else, blanks included, keeps its bytes.
 *
 * The *key* of a word is the text before its first "="; a word without one is a flag.  Keys are compared by
 * bytes ("_" and "-" differ, as for xen-cmdline; hide.h knows the kernel's other spellings of the one key where it
 * matters).
 *
 * A word "--" ends the arguments: Linux hands what follows to init, Xen to dom0.  Those words are listed, but never
 * found, set or deleted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xenhelpers/err.h"
#include "xenhelpers/str.h"

struct bootarg {
	size_t off, len;  /* the word in the string, quotes included */
	char *key;	  /* unquoted */
	char *value;	  /* unquoted; NULL for a flag */
	size_t value_off; /* where the value begins, behind "=" (and an opening quote); off+len for a flag */
};

struct bootargs {
	struct bootarg *v;
	size_t n;
	size_t end; /* index of the word "--", or n: the arguments are [0, end) */
	bool open;  /* the last word is not complete: an open quote, or a backslash with nothing behind it */
};

/* Never fails: every string is some list of words; an unclosed quote runs to the end of the string. */
void bootargs_split(const char *s, size_t len, struct bootargs *ret);
void bootargs_done(struct bootargs *a);

/* The index of the next word with this key at or behind `from`, or -1. */
int bootargs_find(const struct bootargs *a, const char *key, size_t from);

/*
 * Set key to value (NULL: a flag).  With no occurrence the word is put behind the last argument, one blank before it;
 * with one or more, the first is replaced in place and the others are removed with the blanks before them.  Already so:
 * bytes unchanged.  Delete removes every occurrence with the blanks before it (behind it, for the first word).
 * Set-then-delete of an absent key gives the original bytes.
 *
 * -EINVAL: a key that is empty or has blanks, quotes, "=" or what grub would interpret, or is "--"; a value with a
 * newline, another control character, or a double quote (grub's quoting cannot carry one through the platform's
 * reader).  A value with blanks or with characters that grub would interpret (; & | < > { } $ \ # ') is put between
 * double quotes, key="value", with a backslash before $ and \.  Set also refuses a string whose last word is open.
 */
int bootargs_set(struct strbuf *args, const char *key, const char *value, struct err *err);
int bootargs_delete(struct strbuf *args, const char *key, struct err *err);

/*
 * Set key to several values, one word each, side by side where the first occurrence is (console=hvc0 console=tty0):
 * `before`, then `value` as the last.  The same rules and errors.
 */
int bootargs_set_all(struct strbuf *args, const char *key, const struct strv *before, const char *value, struct err *err);

/* May key/value be given to bootargs_set()?  The same errors, nothing changed: to judge before anything is read. */
int bootargs_check(const char *key, const char *value, struct err *err);
