/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grubenv.h - grub's environment block (pure: bytes in, bytes out).
 *
 * A file of fixed size, 1,024 bytes: a first line that says what it is, lines "name=value" with a backslash before a backslash or
 * a line end in a value, and "#" to the end.  grub writes into its blocks on the disk, so its size never changes.
 */
#pragma once

#include "xenhelpers/err.h"
#include "xenhelpers/str.h"

#define GRUBENV_SIZE 1024

/* A block without variables. */
void grubenv_empty(struct strbuf *ret);

/*
 * The next "name=value" line from *pos: the value unescaped.  Lines of "#" are comments and the padding.  False: no more.
 */
bool grubenv_next(const char *env, size_t len, size_t *pos, struct strbuf *name, struct strbuf *value);

/* The value of a variable, the last where it stands there twice, or NULL; caller frees. */
char *grubenv_value(const char *env, size_t len, const char *name);

/*
 * The block with one variable set (value NULL: without it); every other byte line by line as it was.  *ret is appended to.
 * -EINVAL: the bytes are no environment block; -ENOSPC: no room in it.
 */
int grubenv_set(const char *env, size_t len, const char *name, const char *value, struct strbuf *ret, struct err *err);
