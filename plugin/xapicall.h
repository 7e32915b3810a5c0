/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapicall.h - the call that XAPI hands to a plugin: a function, the caller's session, and arguments that are all strings.
 *
 * XAPI writes it in one form, without declaration, blanks or types (facts 1.3).  That form is scanned here; whatever deviates by
 * a byte is left to libxml2, which takes all that XML-RPC allows and costs several times more to load than the commands take.
 * tests/fuzz/fuzz_xapicall.c holds the two against each other.
 */
#pragma once

#include <jansson.h>

#include "xenhelpers/err.h"

struct xapicall {
	char *fn;
	char *session;
	json_t *args; /* object of strings */
};
void xapicall_done(struct xapicall *c);

/* -EBADMSG: no XML-RPC call with these two parameters. */
int xapicall_read(const char *text, struct xapicall *ret, struct err *err);

/* The two ways: in XAPI's form or not at all, and by what a reader made of it. */
bool xapicall_scan(const char *text, struct xapicall *ret);
int xapicall_take(const char *method, const json_t *params, struct xapicall *ret, struct err *err);
