/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err.h - the error object, and the one contract that every function of the tree keeps.
 *
 * A function that can fail returns 0 or a negative errno and takes `struct err *err` as its last
 * parameter.  On success *err and the results are as that function says; on failure *err is filled and the
 * results are untouched.  The leaf that sees the failure calls err_set(), callers on the way up add
 * context with err_wrap(), and only a door (plugin/main, plugin/xapiplugin) prints it, once.
 *
 * The object has a fixed size, lives on the caller's stack, needs no release and survives longjmp.
 * `err` may be NULL where the caller is not interested in the text; the return value still tells.
 *
 * A message names the object and the value in quotes, has no capital and no full stop, and says what is
 * wrong; what to do about it goes into the hint.  Texts that come from devices, VMs or files are hostile:
 * err_set() and its like escape what is not printable, so they may be passed as they are.
 */
#pragma once

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "macro.h"

struct err {
	int code;	  /* errno, positive; 0 while nothing has failed */
	bool usage;	  /* the command was written wrongly: nothing was looked at yet */
	char text[1024];  /* "context: cause" */
	char where[1024]; /* optional: "FILE:LINE:COLUMN", the line itself and a caret, each on a line */
	char hint[512];	  /* optional: what to do next, one sentence */
	char api[64];	  /* optional: the code of an error that came from XAPI, e.g. "UUID_INVALID" */
	char params[512]; /* optional: what XAPI gave with the code; a newline behind each */
};

/* Fill *err and return -code. */
int err_set(struct err *err, int code, const char *fmt, ...) _printf_(3, 4);

/* The user wrote the command wrongly, which a door answers with its usage.  Returns the code again, negative. */
int err_usage(struct err *err);

/* Put "context: " before the text and return the code again, negative. */
int err_wrap(struct err *err, const char *fmt, ...) _printf_(2, 3);

/* Say what to do next; a hint that is there already stays.  Returns the code again, negative. */
int err_hint(struct err *err, const char *fmt, ...) _printf_(2, 3);

/* The code of XAPI, then its parameters in their order; those that do not fit are left out. */
void err_api(struct err *err, const char *code);
void err_api_param(struct err *err, const char *param);

/*
 * Point at bytes [off, off+len) of `text`, the whole content of `name` (a path, or the words that say where
 * the text came from): sets `where` to the place, the line (cut around the place where it is long, control
 * bytes escaped) and a caret line.  Returns the code again, negative.
 */
int err_point(struct err *err, const char *name, const char *text, size_t size, size_t off, size_t len);

/* The same lines as err_point() writes, into a buffer of the caller, for findings that show a place. */
struct strbuf;
void err_point_format(struct strbuf *out, const char *name, const char *text, size_t size, size_t off, size_t len);
