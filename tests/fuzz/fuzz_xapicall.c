/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_xapicall.c - the call that XAPI hands to a plugin: the scanner of XAPI's own form against libxml2, which reads all forms; and every
 * text, whatever is in it, comes back out of an answer.
 */
#include <jansson.h>

#include "plugin/xapicall.h"
#include "plugin/xapireply.h"
#include "tests/fuzz/fuzz.h"
#include "xenhelpers/xmlrpc.h"

static int read_any(const char *text, size_t len, struct xmlrpc_message *ret)
{
	struct xmlrpc_reader *r = xmlrpc_reader_new(NULL, NULL);
	int rc = xmlrpc_read(r, text, len, NULL);

	if (rc == 0)
		rc = xmlrpc_read_end(r, ret, NULL);
	xmlrpc_reader_free(r);
	return rc;
}

static int read_call(const char *text, struct xapicall *ret)
{
	struct xmlrpc_message m = { 0 };
	int rc = read_any(text, strlen(text), &m);

	if (rc == 0)
		rc = m.method ? xapicall_take(m.method, m.params, ret, NULL) : -EBADMSG;
	xmlrpc_message_done(&m);
	return rc;
}

/* What was put into an answer is a response with these members, and with as many parameters. */
static void check_reply(const struct strbuf *reply, const char *status, const char *member, size_t n)
{
	struct xmlrpc_message m = { 0 };
	json_t *value, *what;

	MUST(read_any(reply->s, reply->len, &m) == 0 && !m.method && !m.fault);
	value = json_array_get(m.params, 0);
	MUST(!strcmp(json_string_value(json_object_get(value, "Status")), status));
	what = json_object_get(value, member);
	MUST(n ? json_array_size(what) == n : json_is_string(what));
	for (size_t i = 0; i < n; i++)
		MUST(json_is_string(json_array_get(what, i)));
	xmlrpc_message_done(&m);
}

static void check_answers(const char *text)
{
	_cleanup_strbuf_ struct strbuf good = { 0 }, bad = { 0 };
	_cleanup_strv_ struct strv params = { 0 };

	strv_add(&params, text);
	strv_add(&params, "");
	xapireply_success(&good, text);
	check_reply(&good, "Success", "Value", 0);
	xapireply_failure(&bad, "CODE", &params);
	check_reply(&bad, "Failure", "ErrorDescription", 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = xstrndup((const char *)data, size);
	_cleanup_(xapicall_done) struct xapicall scanned = { 0 }, read = { 0 };
	bool in_form = xapicall_scan(text, &scanned);
	int rc = read_call(text, &read);
	const char *name;
	json_t *value;

	if (in_form) {
		MUST(rc == 0);
		MUST(!strcmp(scanned.fn, read.fn) && !strcmp(scanned.session, read.session));
		MUST(json_equal(scanned.args, read.args));
	}
	if (rc == 0)
		json_object_foreach(read.args, name, value)
			MUST(json_is_string(value));
	check_answers(text);
	return 0;
}
