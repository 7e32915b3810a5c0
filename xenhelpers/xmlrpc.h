/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xmlrpc.h - XML-RPC as XAPI speaks it (facts 1.3 and 2.2), bytes to values and back; knows no socket.
 *
 * Reading takes the bytes as they come and keeps only what a filter lets pass: a reply of 5,000 VMs never is in memory as a whole.
 * Values are JSON: a string without a type, a string, a date and a number of any width are strings (XAPI sends its integers as
 * strings), a boolean is one, a double is a real, nil is null.  Refused: what is no XML, a DTD (and with it every entity
 * of one's own), elements that are not XML-RPC's, values that nest deeper than XMLRPC_DEPTH, more bytes or values than the bounds.
 */
#pragma once

#include <jansson.h>

#include "err.h"

#define XMLRPC_DEPTH 24
#define XMLRPC_BYTES_MAX (95u << 20)
#define XMLRPC_VALUES_MAX (4u << 20)

/*
 * Is the value wanted at which these member names lead?  Names of structs only, from the outermost; places in arrays have none.
 * A value that is not wanted is read over and left out of its struct.
 */
typedef bool (*xmlrpc_wanted)(const void *ctx, const char *const *path, size_t n);

struct xmlrpc_message {
	char *method;	/* of a call; NULL: a response */
	json_t *params; /* array: the parameters of a call, the one value of a response */
	json_t *fault;	/* struct of a fault response, else NULL */
};
void xmlrpc_message_done(struct xmlrpc_message *m);

struct xmlrpc_reader;

struct xmlrpc_reader *xmlrpc_reader_new(xmlrpc_wanted wanted, const void *ctx); /* wanted NULL: everything is */
void xmlrpc_reader_free(struct xmlrpc_reader *r);
/* After a failure every further call fails alike.  -EBADMSG: no XML-RPC; -EFBIG: beyond a bound. */
int xmlrpc_read(struct xmlrpc_reader *r, const void *data, size_t len, struct err *err);
/* The end of the text: it must be complete.  The message is the caller's. */
int xmlrpc_read_end(struct xmlrpc_reader *r, struct xmlrpc_message *ret, struct err *err);

/*
 * A call: session (NULL: none) and the params, an array, as its parameters.  Integers are written as strings.  -EILSEQ: a text has a
 * character that XML cannot carry, named by its code.
 */
struct strbuf;
int xmlrpc_write_call(const char *method, const char *session, const json_t *params, struct strbuf *out, struct err *err);
