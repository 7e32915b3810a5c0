/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xmlrpc.c - reading; see xmlrpc.h */

#include <libxml/parser.h>
#include <stdarg.h>
#include <stdio.h>

#include "str.h"
#include "xmlrpc.h"

enum kind { DOC, RESPONSE, CALL, METHOD_NAME, PARAMS, PARAM, FAULT, VALUE, SCALAR, STRUCT, MEMBER, NAME, ARRAY, DATA };

enum type { T_TEXT, T_NUMBER, T_BOOL, T_DOUBLE, T_NIL };

/* What may stand in what. */
static const struct {
	enum kind parent;
	const char *name;
	enum kind kind;
	enum type type; /* of a SCALAR */
} grammar[] = {
	{ DOC, "methodResponse", RESPONSE, T_TEXT },
	{ DOC, "methodCall", CALL, T_TEXT },
	{ RESPONSE, "params", PARAMS, T_TEXT },
	{ RESPONSE, "fault", FAULT, T_TEXT },
	{ CALL, "methodName", METHOD_NAME, T_TEXT },
	{ CALL, "params", PARAMS, T_TEXT },
	{ PARAMS, "param", PARAM, T_TEXT },
	{ PARAM, "value", VALUE, T_TEXT },
	{ FAULT, "value", VALUE, T_TEXT },
	{ VALUE, "struct", STRUCT, T_TEXT },
	{ VALUE, "array", ARRAY, T_TEXT },
	{ VALUE, "string", SCALAR, T_TEXT },
	{ VALUE, "int", SCALAR, T_NUMBER },
	{ VALUE, "i4", SCALAR, T_NUMBER },
	{ VALUE, "i8", SCALAR, T_NUMBER },
	{ VALUE, "boolean", SCALAR, T_BOOL },
	{ VALUE, "double", SCALAR, T_DOUBLE },
	{ VALUE, "dateTime.iso8601", SCALAR, T_TEXT },
	{ VALUE, "base64", SCALAR, T_TEXT },
	{ VALUE, "nil", SCALAR, T_NIL },
	{ STRUCT, "member", MEMBER, T_TEXT },
	{ MEMBER, "name", NAME, T_TEXT },
	{ MEMBER, "value", VALUE, T_TEXT },
	{ ARRAY, "data", DATA, T_TEXT },
	{ DATA, "value", VALUE, T_TEXT },
};

/* An element that is open. */
struct frame {
	enum kind kind;
	enum type type;
	unsigned children;  /* that have begun */
	json_t *value;	    /* of VALUE, STRUCT, ARRAY's DATA; what a child gave */
	struct strbuf text; /* of VALUE, SCALAR, NAME, METHOD_NAME */
	char *name;	    /* MEMBER */
	bool unwanted;	    /* MEMBER */
};

/* Elements nest four deep a value (member, value, struct or array and data), beside the few around the first one. */
#define FRAMES (4 * XMLRPC_DEPTH + 8)

struct xmlrpc_reader {
	xmlParserCtxtPtr xml;
	xmlrpc_wanted wanted;
	const void *ctx;
	struct frame frames[FRAMES];
	size_t n; /* frames in use; the first is DOC */
	const char *path[XMLRPC_DEPTH];
	size_t n_path;
	unsigned over; /* elements open within a value that is read over */
	size_t bytes, values;
	struct xmlrpc_message message;
	struct err err;
};

void xmlrpc_message_done(struct xmlrpc_message *m)
{
	free(m->method);
	json_decref(m->params);
	json_decref(m->fault);
	*m = (struct xmlrpc_message){ 0 };
}

static _printf_(3, 4) void fail(struct xmlrpc_reader *r, int code, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (r->err.code)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	err_set(&r->err, code, "%s", text);
	xmlStopParser(r->xml);
}

static struct frame *top(struct xmlrpc_reader *r)
{
	return &r->frames[r->n - 1];
}

static bool has_text(enum kind kind)
{
	return kind == VALUE || kind == SCALAR || kind == NAME || kind == METHOD_NAME;
}

static bool is_blank(const char *s, size_t n)
{
	while (n && strchr(" \t\r\n", *s) && *s)
		s++, n--;
	return n == 0;
}

/* How often an element may be in another: once, but for the lists. */
static bool has_room(const struct frame *parent, enum kind child)
{
	switch (parent->kind) {
	case PARAMS:
	case STRUCT:
	case DATA:
		return true;
	case MEMBER: /* the name, then the value */
		return parent->children == (child == NAME ? 0 : 1);
	case CALL:
		return parent->children == (child == METHOD_NAME ? 0 : 1);
	default:
		return parent->children == 0;
	}
}

static void start_element(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri _unused_, int n_ns _unused_,
			  const xmlChar **ns _unused_, int n_attributes _unused_, int n_defaulted _unused_,
			  const xmlChar **attributes _unused_)
{
	struct xmlrpc_reader *r = ctx;
	struct frame *parent = top(r), *f;
	const char *s = (const char *)name;

	if (r->err.code)
		return;
	if (!r->over && parent->kind == MEMBER && parent->unwanted && parent->children == 1 && streq(s, "value"))
		r->over = parent->children++;
	else if (r->over && ++r->over > FRAMES)
		fail(r, EBADMSG, "values nest deeper than %d", XMLRPC_DEPTH);
	if (r->over)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(grammar); i++) {
		if (grammar[i].parent != parent->kind || prefix || !streq(grammar[i].name, s))
			continue;
		if (!has_room(parent, grammar[i].kind))
			break;
		if (r->n == FRAMES) {
			fail(r, EBADMSG, "values nest deeper than %d", XMLRPC_DEPTH);
			return;
		}
		parent->children++;
		f = &r->frames[r->n++];
		*f = (struct frame){ .kind = grammar[i].kind, .type = grammar[i].type };
		if (f->kind == STRUCT)
			f->value = json_object();
		else if (f->kind == DATA || f->kind == PARAMS)
			f->value = json_array();
		return;
	}
	fail(r, EBADMSG, "element <%.40s> is out of place", s);
}

/* ---- values ---------------------------------------------------------------------------------------------------- */

/* Text of a frame as a value, NULL with the reader failed. */
static json_t *scalar(struct xmlrpc_reader *r, const struct frame *f)
{
	const char *s = strbuf_str(&f->text);
	char *end;
	double real;

	switch (f->type) {
	case T_BOOL:
		if (streq(s, "0") || streq(s, "1"))
			return json_boolean(*s == '1');
		fail(r, EBADMSG, "'%.40s' is no boolean", s);
		return NULL;
	case T_NUMBER:
		if (!s[*s == '-'] || s[strspn(s + (*s == '-'), "0123456789") + (*s == '-')]) {
			fail(r, EBADMSG, "'%.40s' is no whole number", s);
			return NULL;
		}
		return json_stringn_nocheck(s, f->text.len);
	case T_DOUBLE:
		real = strtod(s, &end);
		if (!*s || *end || real - real != 0) {
			fail(r, EBADMSG, "'%.40s' is no number", s);
			return NULL;
		}
		return json_real(real);
	case T_NIL:
		if (!f->text.len)
			return json_null();
		fail(r, EBADMSG, "text in <nil>");
		return NULL;
	case T_TEXT:
		break;
	}
	return json_stringn_nocheck(s, f->text.len);
}

static json_t *value_of(struct xmlrpc_reader *r, struct frame *f)
{
	json_t *v = f->value;

	f->value = NULL;
	if (!f->children)
		v = scalar(r, f);
	else if (!is_blank(strbuf_str(&f->text), f->text.len))
		fail(r, EBADMSG, "text beside the element in a value");
	if (++r->values > XMLRPC_VALUES_MAX)
		fail(r, EFBIG, "more than %u values", XMLRPC_VALUES_MAX);
	return v;
}

/* What an element that ends gives to the one around it. */
static void end_value(struct xmlrpc_reader *r, struct frame *f, struct frame *parent)
{
	json_t *v = value_of(r, f);

	if (!v)
		return;
	if (parent->kind == DATA)
		json_array_append_new(parent->value, v);
	else
		parent->value = v; /* MEMBER, PARAM, FAULT: one value each */
}

static void end_name(struct xmlrpc_reader *r, struct frame *f, struct frame *member)
{
	if (r->n_path == XMLRPC_DEPTH) {
		fail(r, EBADMSG, "values nest deeper than %d", XMLRPC_DEPTH);
		return;
	}
	member->name = strbuf_take(&f->text);
	r->path[r->n_path++] = member->name;
	member->unwanted = r->wanted && !r->wanted(r->ctx, r->path, r->n_path);
}

static void end_member(struct xmlrpc_reader *r, struct frame *f, struct frame *parent)
{
	if (f->children != 2) {
		fail(r, EBADMSG, "a member without %s", f->name ? "a value" : "a name");
		return;
	}
	r->n_path--;
	if (f->value) {
		json_object_set_new_nocheck(parent->value, f->name, f->value);
		f->value = NULL;
	}
}

static void frame_done(struct frame *f)
{
	json_decref(f->value);
	strbuf_done(&f->text);
	free(f->name);
	*f = (struct frame){ 0 };
}

static void end_frame(struct xmlrpc_reader *r, struct frame *f, struct frame *parent)
{
	switch (f->kind) {
	case VALUE:
		end_value(r, f, parent);
		break;
	case NAME:
		end_name(r, f, parent);
		break;
	case MEMBER:
		end_member(r, f, parent);
		break;
	case METHOD_NAME:
		r->message.method = strbuf_take(&f->text);
		break;
	case SCALAR:
		parent->value = scalar(r, f);
		break;
	case PARAM:
		if (!f->value) {
			fail(r, EBADMSG, "a parameter without a value");
			break;
		}
		json_array_append_new(parent->value, f->value);
		f->value = NULL;
		break;
	case FAULT:
		r->message.fault = f->value;
		f->value = NULL;
		break;
	case PARAMS:
		r->message.params = f->value;
		f->value = NULL;
		break;
	case ARRAY:
	case STRUCT:
	case DATA:
		if (f->kind == ARRAY && !f->value)
			f->value = json_array();
		parent->value = f->value;
		f->value = NULL;
		break;
	default:
		break;
	}
}

static void end_element(void *ctx, const xmlChar *name _unused_, const xmlChar *prefix _unused_, const xmlChar *uri _unused_)
{
	struct xmlrpc_reader *r = ctx;
	struct frame *f;

	if (r->err.code)
		return;
	if (r->over) {
		r->over--;
		return;
	}
	f = top(r);
	end_frame(r, f, f - 1);
	r->n--;
	frame_done(f);
}

static void characters(void *ctx, const xmlChar *text, int len)
{
	struct xmlrpc_reader *r = ctx;

	if (r->err.code || r->over)
		return;
	if (has_text(top(r)->kind))
		strbuf_addn(&top(r)->text, text, (size_t)len);
	else if (!is_blank((const char *)text, (size_t)len))
		fail(r, EBADMSG, "text between the elements");
}

static void dtd(void *ctx, const xmlChar *name _unused_, const xmlChar *public_id _unused_, const xmlChar *system_id _unused_)
{
	fail(ctx, EBADMSG, "it has a DTD, which XML-RPC does not");
}

/* What libxml2 has to say is asked for when it has failed. */
static void silent(void *ctx _unused_, const char *fmt _unused_, ...)
{
}

/* ---- the reader --------------------------------------------------------------------------------------------------- */

struct xmlrpc_reader *xmlrpc_reader_new(xmlrpc_wanted wanted, const void *ctx)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = characters,
		.ignorableWhitespace = characters,
		.cdataBlock = characters,
		.internalSubset = dtd,
		.externalSubset = dtd,
		.error = silent,
		.warning = silent,
	};
	struct xmlrpc_reader *r = xcalloc(1, sizeof(*r));

	xmlInitParser();
	r->wanted = wanted;
	r->ctx = ctx;
	r->frames[0].kind = DOC;
	r->n = 1;
	r->xml = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (r->xml)
		xmlCtxtUseOptions(r->xml, XML_PARSE_NONET);
	else
		err_set(&r->err, ENOMEM, "no memory for an XML parser");
	return r;
}

void xmlrpc_reader_free(struct xmlrpc_reader *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < FRAMES; i++)
		frame_done(&r->frames[i]);
	xmlrpc_message_done(&r->message);
	if (r->xml) {
		xmlFreeDoc(r->xml->myDoc);
		xmlFreeParserCtxt(r->xml);
	}
	free(r);
}

static int failed(const struct xmlrpc_reader *r, struct err *err)
{
	if (err)
		*err = r->err;
	return -r->err.code;
}

static void feed(struct xmlrpc_reader *r, const char *data, int len, int end)
{
	if (xmlParseChunk(r->xml, data, len, end) && !r->err.code) {
		const xmlError *e = xmlCtxtGetLastError(r->xml);

		fail(r, EBADMSG, "no XML: %.*s in line %d", e && e->message ? (int)strcspn(e->message, "\n") : 7,
		     e && e->message ? e->message : "unknown", e ? e->line : 0);
	}
}

int xmlrpc_read(struct xmlrpc_reader *r, const void *data, size_t len, struct err *err)
{
	const char *p = data;

	if (!r->err.code && (len > XMLRPC_BYTES_MAX || r->bytes > XMLRPC_BYTES_MAX - len))
		fail(r, EFBIG, "more than %u MiB", XMLRPC_BYTES_MAX >> 20);
	r->bytes += r->err.code ? 0 : len;
	while (len && !r->err.code) {
		size_t n = MIN(len, (size_t)1 << 16);

		feed(r, p, (int)n, 0);
		p += n;
		len -= n;
	}
	return r->err.code ? failed(r, err) : 0;
}

int xmlrpc_read_end(struct xmlrpc_reader *r, struct xmlrpc_message *ret, struct err *err)
{
	if (!r->err.code)
		feed(r, NULL, 0, 1);
	if (r->message.method && !r->message.params)
		r->message.params = json_array(); /* a call may have none */
	if (!r->err.code && !r->message.fault && !r->message.params)
		fail(r, EBADMSG, "it is no XML-RPC message");
	if (!r->err.code && !r->message.method && !r->message.fault && json_array_size(r->message.params) != 1)
		fail(r, EBADMSG, "a response has one value, not %zu", json_array_size(r->message.params));
	if (r->err.code)
		return failed(r, err);
	*ret = r->message;
	r->message = (struct xmlrpc_message){ 0 };
	fail(r, EBADMSG, "the message was taken already");
	return 0;
}
