/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapireply.h - what the XAPI plugin answers: one XML-RPC response, in the shape that XAPI takes (facts 1.4).  Pure: text in,
 * text out, and no library that could be missing, so that there is an answer whatever fails.
 *
 * XML 1.0 cannot carry every character.  Those that it cannot are written as on the screen ("\x1b"), and so are
 * bytes that are no UTF-8; line ends and tabs stay.
 */
#pragma once

#include "plugin/command.h"

void xapireply_success(struct strbuf *out, const char *value);

/* ErrorDescription: the code and its parameters. */
void xapireply_failure(struct strbuf *out, const char *code, const struct strv *params);

/*
 * The error of a command as an API error.  One that XAPI gave passes as it came, with its own parameters.
 *	PASSTHROUGH_REFUSED	a parameter for each finding that refuses: CODE (SUBJECT): text, then evidence, remedy, and how to override it where it can be
 *	PASSTHROUGH_BUSY	another command holds the lock
 *	PASSTHROUGH_USAGE	the call is written wrongly: err.usage
 *	UUID_INVALID		as XAPI has it, with our own sentence
 *	PASSTHROUGH_FAILED	all else
 * Behind the first parameter, where there are such: the place in a file, what to do next, what else is to be known.
 */
void xapireply_error(struct strbuf *out, const struct command *cmd, const struct result *res, const struct err *err);
