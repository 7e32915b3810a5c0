/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xmlrpc_write.c - writing; see xmlrpc.h */

#include <libxml/xmlwriter.h>
#include <stdio.h>

#include "str.h"
#include "xmlrpc.h"

/* The first character that XML 1.0 does not have; -1: none.  The text is UTF-8, as all of jansson's are. */
static long illegal_char(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			return c;
		/* U+FFFE and U+FFFF */
		if (c == 0xef && len - i > 2 && (unsigned char)s[i + 1] == 0xbf && (unsigned char)s[i + 2] >= 0xbe)
			return 0xff40 + (unsigned char)s[i + 2];
	}
	return -1;
}

static int write_text(xmlTextWriterPtr w, const char *s, size_t len, struct err *err)
{
	long bad = illegal_char(s, len);

	if (bad >= 0)
		return err_set(err, EILSEQ, "a text for XAPI has the character U+%04lX, which XML cannot carry", (unsigned long)bad);
	return xmlTextWriterWriteString(w, (const xmlChar *)s) < 0 ? err_set(err, ENOMEM, "a call cannot be written") : 0;
}

#define OPEN(w, name) xmlTextWriterStartElement(w, (const xmlChar *)(name))
#define CLOSE(w) xmlTextWriterEndElement(w)

static int write_value(xmlTextWriterPtr w, const json_t *v, struct err *err);

static int write_typed(xmlTextWriterPtr w, const char *type, const char *s, size_t len, struct err *err)
{
	int rc;

	OPEN(w, type);
	rc = write_text(w, s, len, err);
	CLOSE(w);
	return rc;
}

static int write_struct(xmlTextWriterPtr w, const json_t *v, struct err *err)
{
	const char *key;
	json_t *item;
	int rc = 0;

	OPEN(w, "struct");
	json_object_foreach((json_t *)v, key, item) {
		OPEN(w, "member");
		rc = write_typed(w, "name", key, strlen(key), err);
		if (rc == 0)
			rc = write_value(w, item, err);
		if (rc < 0)
			return rc;
		CLOSE(w);
	}
	CLOSE(w);
	return 0;
}

static int write_array(xmlTextWriterPtr w, const json_t *v, struct err *err)
{
	OPEN(w, "array");
	OPEN(w, "data");
	for (size_t i = 0; i < json_array_size(v); i++) {
		int rc = write_value(w, json_array_get(v, i), err);

		if (rc < 0)
			return rc;
	}
	CLOSE(w);
	CLOSE(w);
	return 0;
}

static int write_value(xmlTextWriterPtr w, const json_t *v, struct err *err)
{
	char number[64];
	int rc = 0;

	OPEN(w, "value");
	switch (json_typeof(v)) {
	case JSON_STRING:
		rc = write_typed(w, "string", json_string_value(v), json_string_length(v), err);
		break;
	case JSON_INTEGER:
		snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(v));
		rc = write_typed(w, "string", number, strlen(number), err);
		break;
	case JSON_REAL:
		snprintf(number, sizeof(number), "%.17g", json_real_value(v));
		rc = write_typed(w, "double", number, strlen(number), err);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		rc = write_typed(w, "boolean", json_is_true(v) ? "1" : "0", 1, err);
		break;
	case JSON_NULL:
		OPEN(w, "nil");
		CLOSE(w);
		break;
	case JSON_OBJECT:
		rc = write_struct(w, v, err);
		break;
	case JSON_ARRAY:
		rc = write_array(w, v, err);
		break;
	}
	CLOSE(w);
	return rc;
}

static int write_param(xmlTextWriterPtr w, const json_t *v, struct err *err)
{
	int rc;

	OPEN(w, "param");
	rc = write_value(w, v, err);
	CLOSE(w);
	return rc;
}

static int write_params(xmlTextWriterPtr w, const char *session, const json_t *params, struct err *err)
{
	json_auto_t *s = session ? json_string(session) : NULL;
	int rc = 0;

	OPEN(w, "params");
	if (session)
		rc = s ? write_param(w, s, err) : err_set(err, EILSEQ, "the session's name is no UTF-8");
	for (size_t i = 0; rc == 0 && i < json_array_size(params); i++)
		rc = write_param(w, json_array_get(params, i), err);
	CLOSE(w);
	return rc;
}

int xmlrpc_write_call(const char *method, const char *session, const json_t *params, struct strbuf *out, struct err *err)
{
	xmlBufferPtr buffer = xmlBufferCreate();
	xmlTextWriterPtr w = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
	int rc;

	if (!w) {
		if (buffer)
			xmlBufferFree(buffer);
		return err_set(err, ENOMEM, "a call cannot be written");
	}
	xmlTextWriterStartDocument(w, NULL, NULL, NULL);
	OPEN(w, "methodCall");
	rc = write_typed(w, "methodName", method, strlen(method), err);
	if (rc == 0)
		rc = write_params(w, session, params, err);
	if (rc == 0 && xmlTextWriterEndDocument(w) < 0)
		rc = err_set(err, ENOMEM, "a call cannot be written");
	xmlFreeTextWriter(w);
	if (rc == 0)
		strbuf_addn(out, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
	return rc;
}
