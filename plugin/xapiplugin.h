/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapiplugin.h - the door for XAPI: the program under the name `passthrough`, in the directory where XAPI looks for plugins.
 *
 *	passthrough CALL			as XAPI starts it: one argument, the XML-RPC call
 *	passthrough --host-dir DIR CALL		the same on a recording; XAPI has no way to ask for this
 *
 * fn is a command of the table, with dashes or underscores, or `list`, which describes them all; the arguments are its parameters, beside
 * dry-run=true.  The answer's Value is the text that the command line gives with --json.  What XAPI asks of a plugin (facts 1.2 to 1.6)
 * holds: standard input is not read, nothing of the environment is used, standard output gets one response and nothing else, and the exit
 * status is 0 whenever a response was written.  The caller's session is used for what is asked of XAPI, and never closed.
 */
#pragma once

#include <stdbool.h>

bool xapiplugin_is_called(const char *argv0);
int xapiplugin_main(int argc, char **argv);
