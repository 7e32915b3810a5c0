/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xmlrpc_call.c - see xmlrpc_call.h */

#include "str.h"
#include "xmlrpc_call.h"

static int call_read(const char *text, struct xmlrpc_message *ret, struct err *err)
{
	struct xmlrpc_reader *r = xmlrpc_reader_new(NULL, NULL);
	struct xmlrpc_message m = { 0 };
	int rc = xmlrpc_read(r, text, strlen(text), err);

	if (rc == 0)
		rc = xmlrpc_read_end(r, &m, err);
	xmlrpc_reader_free(r);
	if (rc == 0 && !m.method) {
		xmlrpc_message_done(&m);
		return err_set(err, EBADMSG, "it is a response, not a call");
	}
	if (rc == 0)
		*ret = m;
	return rc;
}

_export_ extern const struct xmlrpc_call_ops xmlrpc_call_ops;
const struct xmlrpc_call_ops xmlrpc_call_ops = {
	.read = call_read,
	.done = xmlrpc_message_done,
};
