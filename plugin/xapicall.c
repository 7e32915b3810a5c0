/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapicall.c - see xapicall.h */

#include "plugin/xapicall.h"
#include "xenhelpers/module.h"
#include "xenhelpers/str.h"
#include "xenhelpers/xmlrpc_call.h"

void xapicall_done(struct xapicall *c)
{
	free(c->fn);
	free(c->session);
	json_decref(c->args);
	*c = (struct xapicall){ 0 };
}

/* ---- XAPI's own form ------------------------------------------------------------------------------------------------- */

static bool skip(const char **at, const char *tag)
{
	const char *rest = str_after(*at, tag);

	if (rest)
		*at = rest;
	return rest;
}

static bool take_entity(const char **at, struct strbuf *out)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' } };

	for (size_t i = 0; i < ARRAY_SIZE(entities); i++)
		if (skip(at, entities[i].name)) {
			strbuf_addc(out, entities[i].c);
			return true;
		}
	return false;
}

/* U+FFFE and U+FFFF: the only ones that are good UTF-8 and no XML, beside control characters. */
static bool is_noncharacter(const char *s)
{
	return s[0] == '\xef' && s[1] == '\xbf' && (s[2] == '\xbe' || s[2] == '\xbf');
}

/* Text up to the tag that closes it. NULL: not in this form. */
static json_t *scan_text(const char **at, const char *close)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	while (**at && **at != '<') {
		unsigned char c = (unsigned char)**at;

		if (c == '&') {
			if (!take_entity(at, &text))
				return NULL;
		} else if (c == '>' || (c < 0x20 && c != '\t' && c != '\n') || is_noncharacter(*at)) {
			return NULL;
		} else {
			strbuf_addc(&text, *(*at)++);
		}
	}
	/* NULL for what is no UTF-8. */
	return skip(at, close) ? json_stringn(strbuf_str(&text), text.len) : NULL;
}

static bool scan_member(const char **at, json_t *args)
{
	json_auto_t *name = NULL;
	json_t *value;

	if (!skip(at, "<name>"))
		return false;
	name = scan_text(at, "</name>");
	if (!name)
		return false;
	if (skip(at, "<value/>"))
		value = json_string("");
	else
		value = skip(at, "<value>") ? scan_text(at, "</value>") : NULL;
	if (!value || json_object_set_new(args, json_string_value(name), value) < 0)
		return false;
	return skip(at, "</member>");
}

static bool scan_args(const char **at, json_t *args)
{
	if (skip(at, "<struct/>"))
		return true;
	if (!skip(at, "<struct>"))
		return false;
	while (skip(at, "<member>"))
		if (!scan_member(at, args))
			return false;
	return skip(at, "</struct>");
}

bool xapicall_scan(const char *text, struct xapicall *ret)
{
	json_auto_t *fn = NULL, *session = NULL, *args = json_object();

	if (!skip(&text, "<methodCall><methodName>"))
		return false;
	fn = scan_text(&text, "</methodName>");
	if (!fn || !skip(&text, "<params><param><value>"))
		return false;
	session = scan_text(&text, "</value>");
	if (!session || !skip(&text, "</param><param><value>") || !scan_args(&text, args))
		return false;
	if (!streq(text, "</value></param></params></methodCall>"))
		return false;
	*ret = (struct xapicall){
		.fn = xstrdup(json_string_value(fn)),
		.session = xstrdup(json_string_value(session)),
		.args = json_incref(args),
	};
	return true;
}

/* ---- any form ---------------------------------------------------------------------------------------------------------- */

int xapicall_take(const char *method, const json_t *params, struct xapicall *ret, struct err *err)
{
	const char *session = json_string_value(json_array_get(params, 0)), *name;
	json_t *args = json_array_get(params, 1), *value;

	if (json_array_size(params) != 2 || !session || !json_is_object(args))
		return err_set(err, EBADMSG, "the call must have two parameters: a session, and a struct of arguments");
	json_object_foreach(args, name, value)
		if (!json_is_string(value))
			return err_set(err, EBADMSG, "argument '%s' must be a string", name);
	*ret = (struct xapicall){ .fn = xstrdup(method), .session = xstrdup(session), .args = json_incref(args) };
	return 0;
}

int xapicall_read(const char *text, struct xapicall *ret, struct err *err)
{
	const struct xmlrpc_call_ops *xml;
	struct xmlrpc_message m = { 0 };
	int rc;

	if (xapicall_scan(text, ret))
		return 0;
	xml = module_load("xmlrpc_call", err);
	if (!xml)
		return err ? -err->code : -ELIBACC;
	rc = xml->read(text, &m, err);
	if (rc < 0)
		return err_wrap(err, "the argument is no XML-RPC call");
	rc = xapicall_take(m.method, m.params, ret, err);
	xml->done(&m);
	return rc;
}
