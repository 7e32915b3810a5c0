/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_xmlrpc.c - bytes and values: tables of messages, cut at every byte; what a filter leaves out; what is refused */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "xenhelpers/str.h"
#include "xenhelpers/xapi_fields.h"
#include "xenhelpers/xmlrpc.h"

#define VALUE(v) "<methodResponse><params><param><value>" v "</value></param></params></methodResponse>"

/* Read in pieces of `step` bytes. */
static int read_text(const char *text, size_t len, size_t step, xmlrpc_wanted wanted, struct xmlrpc_message *m, struct err *err)
{
	struct xmlrpc_reader *r = xmlrpc_reader_new(wanted, NULL);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < len; i += step)
		rc = xmlrpc_read(r, text + i, MIN(step, len - i), err);
	if (rc == 0)
		rc = xmlrpc_read_end(r, m, err);
	xmlrpc_reader_free(r);
	return rc;
}

static char *dumped(const json_t *v)
{
	return json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
}

static void test_values(void **state _unused_)
{
	static const struct {
		const char *xml, *json;
	} t[] = {
		{ "text", "\"text\"" },
		{ "", "\"\"" },
		{ " a b ", "\" a b \"" },
		{ "<string/>", "\"\"" },
		{ "<string> &lt;a&gt;&amp;amp;&quot;&apos;&#233; </string>", "\" <a>&amp;\\\"'\xc3\xa9 \"" },
		{ "<![CDATA[<&]]>x", "\"<&x\"" },
		{ "<int>-12</int>", "\"-12\"" },
		{ "<i4>0</i4>", "\"0\"" },
		{ "<i8>9223372036854775808</i8>", "\"9223372036854775808\"" },
		{ "\n <boolean>1</boolean> ", "true" },
		{ "<boolean>0</boolean>", "false" },
		{ "<double>1.5</double>", "1.5" },
		{ "<nil/>", "null" },
		{ "<dateTime.iso8601>20260101T00:00:00Z</dateTime.iso8601>", "\"20260101T00:00:00Z\"" },
		{ "<array><data/></array>", "[]" },
		{ "<array/>", "[]" },
		{ "<array><data><value>1</value> <value><array><data></data></array></value></data></array>", "[\"1\",[]]" },
		{ "<struct/>", "{}" },
		{ "<struct><member><name>a&amp;</name><value/></member>\n<member><name>b</name>"
		  "<value><struct><member><name>c</name><value>d</value></member></struct></value></member></struct>",
		  "{\"a&\":\"\",\"b\":{\"c\":\"d\"}}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		_cleanup_free_ char *xml = xasprintf("<?xml version=\"1.0\"?>" VALUE("%s"), t[i].xml);

		for (size_t step = 1; step < 400; step += 57) {
			_cleanup_(xmlrpc_message_done) struct xmlrpc_message m = { 0 };
			_cleanup_free_ char *json = NULL;
			struct err err = { 0 };

			if (read_text(xml, strlen(xml), step, NULL, &m, &err) < 0)
				fail_msg("%s: %s", t[i].xml, err.text);
			json = dumped(json_array_get(m.params, 0));
			assert_string_equal(json, t[i].json);
		}
	}
}

static void test_refused(void **state _unused_)
{
	static const struct {
		const char *xml, *why;
	} t[] = {
		{ "", "no XML" },
		{ "<methodResponse>", "no XML" },
		{ "<html/>", "element <html> is out of place" },
		{ "<methodResponse/>", "it is no XML-RPC message" },
		{ "<methodResponse><params/></methodResponse>", "a response has one value, not 0" },
		{ "<methodResponse><params><param/></params></methodResponse>", "a parameter without a value" },
		{ "<!DOCTYPE x [<!ENTITY a \"b\">]>" VALUE("&a;"), "it has a DTD" },
		{ "<!DOCTYPE methodResponse SYSTEM \"file:///etc/passwd\">" VALUE("x"), "it has a DTD" },
		{ VALUE("&nosuch;"), "no XML" },
		{ VALUE("&#0;"), "no XML" },
		{ VALUE("\x1b"), "no XML" },
		{ VALUE("\xff"), "no XML" },
		{ VALUE("<boolean>yes</boolean>"), "'yes' is no boolean" },
		{ VALUE("<int>1x</int>"), "'1x' is no whole number" },
		{ VALUE("<int>-</int>"), "'-' is no whole number" },
		{ VALUE("<double>nan</double>"), "'nan' is no number" },
		{ VALUE("<nil>x</nil>"), "text in <nil>" },
		{ VALUE("x<string>y</string>"), "text beside the element" },
		{ VALUE("<string>y</string><string>z</string>"), "element <string> is out of place" },
		{ VALUE("<struct>x</struct>"), "text between the elements" },
		{ VALUE("<struct><member><value/></member></struct>"), "element <value> is out of place" },
		{ VALUE("<struct><member><name>a</name></member></struct>"), "a member without a value" },
		{ VALUE("<struct><member><name>a</name><value/><value/></member></struct>"), "element <value> is out of place" },
		{ VALUE("x") "<more/>", "no XML" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		_cleanup_(xmlrpc_message_done) struct xmlrpc_message m = { 0 };
		struct err err = { 0 };

		assert_int_equal(read_text(t[i].xml, strlen(t[i].xml), 3, NULL, &m, &err), -EBADMSG);
		if (!str_after(err.text, t[i].why))
			fail_msg("%s: %s", t[i].xml, err.text);
		assert_null(m.params);
	}
}

static void test_bounds(void **state _unused_)
{
	_cleanup_strbuf_ struct strbuf deep = { 0 };
	struct xmlrpc_message m = { 0 };
	struct xmlrpc_reader *r = xmlrpc_reader_new(NULL, NULL);
	static const char blank[1 << 20];
	struct err err = { 0 };

	strbuf_add(&deep, "<methodResponse><params><param>");
	for (unsigned i = 0; i < 100000; i++)
		strbuf_add(&deep, "<value><array><data>");
	assert_int_equal(read_text(deep.s, deep.len, deep.len, NULL, &m, &err), -EBADMSG);
	assert_string_equal(err.text, "values nest deeper than 24");

	assert_int_equal(xmlrpc_read(r, blank, (size_t)XMLRPC_BYTES_MAX + 1, &err), -EFBIG);
	assert_int_equal(xmlrpc_read(r, "", 0, &err), -EFBIG); /* and stays so */
	xmlrpc_reader_free(r);
}

static bool only_a(const void *ctx _unused_, const char *const *path, size_t n)
{
	return n != 2 || streq(path[1], "a");
}

static void test_filter(void **state _unused_)
{
	const char *xml = VALUE("<struct><member><name>x</name><value><struct>"
				"<member><name>b</name><value><struct><member><name>a</name><value>1</value></member></struct></value></member>"
				"<member><name>a</name><value>2</value></member>"
				"<member><name>c</name><value/></member></struct></value></member></struct>");
	_cleanup_(xmlrpc_message_done) struct xmlrpc_message m = { 0 };
	_cleanup_free_ char *json = NULL;

	assert_int_equal(read_text(xml, strlen(xml), 5, only_a, &m, NULL), 0);
	json = dumped(json_array_get(m.params, 0));
	assert_string_equal(json, "{\"x\":{\"a\":\"2\"}}");

	assert_true(xapi_field_is_read("VM", "other_config", "pci"));
	assert_false(xapi_field_is_read("VM", "other_config", "pc"));
	assert_false(xapi_field_is_read("VM", "last_booted_record", NULL));
	assert_true(xapi_field_is_read(NULL, "pci_id", NULL));
	assert_false(xapi_field_is_read(NULL, "last_booted_record", NULL));
	assert_true(xapi_field_is_read("task", "anything", NULL));
}

static void test_calls(void **state _unused_)
{
	json_t *params = json_pack("[s{s:s,s:[b,n,f]}i]", "<&\">\xc3\xa9\t\n", "k<", "v", "l", 1, 1.5, 7);
	_cleanup_(xmlrpc_message_done) struct xmlrpc_message m = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };
	_cleanup_free_ char *json = NULL;
	struct err err = { 0 };

	assert_int_equal(xmlrpc_write_call("VM.x", "OpaqueRef:1", params, &out, &err), 0);
	assert_int_equal(read_text(out.s, out.len, 7, NULL, &m, &err), 0);
	assert_string_equal(m.method, "VM.x");
	json = dumped(m.params);
	assert_string_equal(json, "[\"OpaqueRef:1\",\"<&\\\">\xc3\xa9\\t\\n\",{\"k<\":\"v\",\"l\":[true,null,1.5]},\"7\"]");
	json_decref(params);

	params = json_pack("[s]", "a\x1b[31m");
	assert_int_equal(xmlrpc_write_call("VM.x", NULL, params, &out, &err), -EILSEQ);
	assert_non_null(strstr(err.text, "U+001B"));
	json_decref(params);
	params = json_pack("[s]", "\xef\xbf\xbf");
	assert_int_equal(xmlrpc_write_call("VM.x", NULL, params, &out, &err), -EILSEQ);
	json_decref(params);
}

static void test_fault(void **state _unused_)
{
	const char *xml = "<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>1</int></value></member>"
			  "</struct></value></fault></methodResponse>";
	_cleanup_(xmlrpc_message_done) struct xmlrpc_message m = { 0 };

	assert_int_equal(read_text(xml, strlen(xml), 1, NULL, &m, NULL), 0);
	assert_string_equal(json_string_value(json_object_get(m.fault, "faultCode")), "1");
	assert_null(m.params);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values), cmocka_unit_test(test_refused), cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_filter), cmocka_unit_test(test_calls),   cmocka_unit_test(test_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
