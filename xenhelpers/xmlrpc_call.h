/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xmlrpc_call.h - module: the text of an XML-RPC call as values.  The one thing that the plugin's door needs of libxml2, which costs more to
 * load than most commands take; see module.h.
 */
#pragma once

#include "xmlrpc.h"

struct xmlrpc_call_ops {
	/* The whole text of one call; what it may be is xmlrpc.h's.  -EBADMSG also for a response. */
	int (*read)(const char *text, struct xmlrpc_message *ret, struct err *err);
	void (*done)(struct xmlrpc_message *m);
};
