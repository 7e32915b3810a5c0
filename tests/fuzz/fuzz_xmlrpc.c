/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_xmlrpc.c - XML-RPC of any bytes: in one piece or in many it is the same; what was read can be written, and reads
 * the same again; a filter only ever leaves out.
 */
#include "tests/fuzz/fuzz.h"
#include "xenhelpers/str.h"
#include "xenhelpers/xmlrpc.h"

static int read_all(const uint8_t *data, size_t size, size_t step, xmlrpc_wanted wanted, struct xmlrpc_message *m)
{
	struct xmlrpc_reader *r = xmlrpc_reader_new(wanted, NULL);
	struct err err = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < size; i += step)
		rc = xmlrpc_read(r, data + i, MIN(step, size - i), &err);
	if (rc == 0)
		rc = xmlrpc_read_end(r, m, &err);
	MUST(rc == 0 || ((rc == -EBADMSG || rc == -EFBIG) && *err.text && !m->params && !m->method && !m->fault));
	xmlrpc_reader_free(r);
	return rc;
}

static bool odd(const void *ctx _unused_, const char *const *path, size_t n)
{
	return path[n - 1][0] & 1;
}

static void check_written(const struct xmlrpc_message *m)
{
	_cleanup_(xmlrpc_message_done) struct xmlrpc_message again = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };
	struct err err = { 0 };

	MUST(xmlrpc_write_call("a.b", NULL, m->params, &out, &err) == 0);
	MUST(read_all((const uint8_t *)strbuf_str(&out), out.len, out.len, NULL, &again) == 0);
	MUST(streq(again.method, "a.b") && json_equal(again.params, m->params));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(xmlrpc_message_done) struct xmlrpc_message whole = { 0 }, pieces = { 0 }, less = { 0 };
	int rc;

	if (size > 1u << 16)
		return 0;
	rc = read_all(data, size, size ? size : 1, NULL, &whole);
	MUST(read_all(data, size, 13, NULL, &pieces) == rc);
	if (rc < 0)
		return 0;
	MUST(!whole.params == !pieces.params && (!whole.params || json_equal(whole.params, pieces.params)));
	if (whole.params)
		check_written(&whole);
	read_all(data, size, size, odd, &less);
	MUST(json_array_size(less.params) <= json_array_size(whole.params));
	return 0;
}
