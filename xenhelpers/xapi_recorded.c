/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_recorded.c - XAPI's part of a recording: a store of records in xapi.json, with XAPI's rules for maps and
 * fields (facts 2.3) and its error codes.  A write replaces the file at once, as XAPI's database would keep it.
 */

#include <stdio.h>

#include "str.h"
#include "xapi.h"

#define STORE XAPI_STORE
#define STORE_MAX (256u << 20)

struct store {
	struct host *host;
	struct strbuf text; /* the file as it is now */
	json_t *classes;
};

static void store_close(void *priv)
{
	struct store *s = priv;

	strbuf_done(&s->text);
	json_decref(s->classes);
	free(s);
}

static int store_open(struct host *h, const struct xapi_options *opt _unused_, void **priv, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct store *s;
	json_error_t where;
	json_t *classes;
	int rc;

	rc = host_read_part(h, STORE, STORE_MAX, &text, err);
	if (rc == -ENOENT) {
		err_set(err, ENOENT, "the recording '%s' has no xapi.json", host_name(h));
		return err_hint(err, "what XAPI knows of VMs is unknown here: record the host again with XAPI running");
	}
	if (rc < 0)
		return rc;
	classes = json_loadb(strbuf_str(&text), text.len, JSON_REJECT_DUPLICATES, &where);
	if (!json_is_object(classes)) {
		json_decref(classes);
		err_set(err, EINVAL, "xapi.json of '%s' cannot be read: %s", host_name(h), classes ? "not an object" : where.text);
		return err_point(err, STORE, strbuf_str(&text), text.len, (size_t)MAX(where.position, 0), 1);
	}
	s = xcalloc(1, sizeof(*s));
	s->host = h;
	s->classes = classes;
	s->text = text;
	text = (struct strbuf){ 0 };
	*priv = s;
	return 0;
}

/* An error as XAPI would send it. */
static int api_error(struct err *err, const char *code, const char *a, const char *b)
{
	err_set(err, EREMOTEIO, "%s: %s%s%s", code, a, b ? ", " : "", b ? b : "");
	err_api(err, code);
	err_api_param(err, a);
	if (b)
		err_api_param(err, b);
	return -EREMOTEIO;
}

static const char *param(const json_t *params, size_t i)
{
	return json_string_value(json_array_get(params, i));
}

/* The file keeps the look it had: the blanks before its first key. */
static size_t indent_of(const struct strbuf *text)
{
	const char *nl = strchr(strbuf_str(text), '\n');

	return nl ? MIN(strspn(nl + 1, " "), (size_t)8) : 0;
}

/*
 * After a write that failed: what counts is the file, which holds the old text, or (when only the directory could not be
 * synced) the new one.  The records in memory have the change in any case, and must not keep what is not stored.
 */
static void store_reload(struct store *s)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	json_t *classes;

	if (host_read_part(s->host, STORE, STORE_MAX, &text, NULL) < 0)
		strbuf_addn(&text, strbuf_str(&s->text), s->text.len);
	classes = json_loadb(strbuf_str(&text), text.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(classes)) {
		json_decref(classes);
		return;
	}
	json_decref(s->classes);
	strbuf_done(&s->text);
	s->classes = classes;
	s->text = text;
	text = (struct strbuf){ 0 };
}

static int store_write(struct store *s, struct err *err)
{
	char *dump = json_dumps(s->classes, JSON_INDENT(indent_of(&s->text)) | JSON_PRESERVE_ORDER);
	struct strbuf next = { 0 };
	struct host_write w = { .path = STORE, .part = true, .expect = &s->text };
	int rc;

	if (!dump)
		return err_set(err, ENOMEM, "xapi.json cannot be written");
	strbuf_add(&next, dump);
	strbuf_addc(&next, '\n');
	free(dump);
	w.data = next.s;
	w.len = next.len;
	rc = host_replace(s->host, &w, err);
	if (rc < 0) {
		strbuf_done(&next);
		store_reload(s);
		return rc;
	}
	strbuf_done(&s->text);
	s->text = next;
	return 0;
}

/* ---- the methods ------------------------------------------------------------------------------------- */

struct call {
	struct store *store;
	const char *class;
	const char *verb; /* behind the dot */
	json_t *records;  /* of the class */
	json_t *params;
	json_t *record; /* the object that the first parameter names, for verbs on one object */
};

static int do_get_by_uuid(struct call *c, json_t **ret, struct err *err)
{
	const char *uuid = param(c->params, 0), *ref;
	json_t *record;

	json_object_foreach(c->records, ref, record) {
		const char *id = json_string_value(json_object_get(record, "uuid"));

		if (id && uuid && streq(id, uuid)) {
			*ret = json_string(ref);
			return 0;
		}
	}
	return api_error(err, "UUID_INVALID", c->class, uuid ? uuid : "");
}

static int do_get_field(struct call *c, const char *field, json_t **ret, struct err *err)
{
	json_t *value = json_object_get(c->record, field);

	/* A recording keeps only some fields: what it left out is an empty map or string here, as XAPI has for unset ones. */
	*ret = value ? json_incref(value) : json_string("");
	return 0;
}

static int written(struct call *c, json_t **ret, struct err *err)
{
	int rc = store_write(c->store, err);

	if (rc == 0)
		*ret = json_string("");
	return rc;
}

static int do_add_to(struct call *c, const char *field, json_t **ret, struct err *err)
{
	const char *key = param(c->params, 1), *value = param(c->params, 2);
	json_t *map = json_object_get(c->record, field);

	if (!key || !value)
		return api_error(err, "MESSAGE_PARAMETER_COUNT_MISMATCH", c->verb, NULL);
	if (!map) {
		map = json_object();
		json_object_set_new(c->record, field, map);
	}
	if (!json_is_object(map))
		return api_error(err, "FIELD_TYPE_ERROR", field, NULL);
	if (json_object_get(map, key))
		return api_error(err, "MAP_DUPLICATE_KEY", field, key);
	json_object_set_new(map, key, json_string(value));
	return written(c, ret, err);
}

static int do_remove_from(struct call *c, const char *field, json_t **ret, struct err *err)
{
	const char *key = param(c->params, 1);

	if (!key)
		return api_error(err, "MESSAGE_PARAMETER_COUNT_MISMATCH", c->verb, NULL);
	if (json_object_del(json_object_get(c->record, field), key) < 0) {
		*ret = json_string(""); /* an absent key is no error for XAPI */
		return 0;
	}
	return written(c, ret, err);
}

static int do_set(struct call *c, const char *field, json_t **ret, struct err *err)
{
	json_t *value = json_array_get(c->params, 1);

	if (!value)
		return api_error(err, "MESSAGE_PARAMETER_COUNT_MISMATCH", c->verb, NULL);
	json_object_set(c->record, field, value);
	return written(c, ret, err);
}

/* ---- VUSBs ------------------------------------------------------------------------------------------- */

static json_t *object(struct call *c, const char *class, const char *ref)
{
	return ref ? json_object_get(json_object_get(c->store->classes, class), ref) : NULL;
}

/* A set of references that an object has. */
static void list_add(json_t *record, const char *field, const char *ref)
{
	if (!json_is_array(json_object_get(record, field)))
		json_object_set_new(record, field, json_array());
	json_array_append_new(json_object_get(record, field), json_string(ref));
}

static void list_remove(json_t *record, const char *field, const char *ref)
{
	json_t *list = json_object_get(record, field);

	for (size_t i = json_array_size(list); i--;)
		if (streq0(json_string_value(json_array_get(list, i)), ref))
			json_array_remove(list, i);
}

/* One VUSB a group (facts, 6.5). References are counted on, so that a recording becomes the same each time. */
static int do_vusb_create(struct call *c, json_t **ret, struct err *err)
{
	const char *vm = param(c->params, 0), *group = param(c->params, 1);
	_cleanup_free_ char *ref = NULL, *uuid = NULL;
	const char *other;
	json_t *record;
	unsigned n = 1;
	int rc;

	if (!json_is_object(object(c, "VM", vm)))
		return api_error(err, "HANDLE_INVALID", "VM", vm ? vm : "");
	if (!json_is_object(object(c, "USB_group", group)))
		return api_error(err, "HANDLE_INVALID", "USB_group", group ? group : "");
	json_object_foreach(c->records, other, record)
		if (streq0(json_string_value(json_object_get(record, "USB_group")), group))
			return api_error(err, "USB_GROUP_CONFLICT", group, NULL);
	do {
		free(ref);
		ref = xasprintf("OpaqueRef:00000000-0000-0000-0000-%012u", n++);
	} while (json_object_get(c->records, ref));
	uuid = xasprintf("00000000-0000-4000-8000-%012u", n - 1);
	json_object_set_new(c->records, ref,
			    json_pack("{s:s, s:s, s:s, s:{}, s:b}", "uuid", uuid, "VM", vm, "USB_group", group, "other_config",
				      "currently_attached", 0));
	list_add(object(c, "VM", vm), "VUSBs", ref);
	list_add(object(c, "USB_group", group), "VUSBs", ref);
	rc = store_write(c->store, err);
	if (rc == 0)
		*ret = json_string(ref);
	return rc;
}

static int do_vusb_destroy(struct call *c, json_t **ret, struct err *err)
{
	const char *ref = param(c->params, 0);

	list_remove(object(c, "VM", json_string_value(json_object_get(c->record, "VM"))), "VUSBs", ref);
	list_remove(object(c, "USB_group", json_string_value(json_object_get(c->record, "USB_group"))), "VUSBs", ref);
	json_object_del(c->records, ref);
	return written(c, ret, err);
}

static int do_vusb_unplug(struct call *c, json_t **ret, struct err *err)
{
	json_object_set_new(c->record, "currently_attached", json_false());
	return written(c, ret, err);
}

static int on_object(struct call *c, json_t **ret, struct err *err)
{
	const char *ref = param(c->params, 0), *field;

	c->record = ref ? json_object_get(c->records, ref) : NULL;
	if (!json_is_object(c->record))
		return api_error(err, "HANDLE_INVALID", c->class, ref ? ref : "");
	if (streq(c->verb, "get_record")) {
		*ret = json_incref(c->record);
		return 0;
	}
	if (streq(c->class, "VUSB") && streq(c->verb, "destroy"))
		return do_vusb_destroy(c, ret, err);
	if (streq(c->class, "VUSB") && streq(c->verb, "unplug"))
		return do_vusb_unplug(c, ret, err);
	if ((field = str_after(c->verb, "get_")))
		return do_get_field(c, field, ret, err);
	if ((field = str_after(c->verb, "add_to_")))
		return do_add_to(c, field, ret, err);
	if ((field = str_after(c->verb, "remove_from_")))
		return do_remove_from(c, field, ret, err);
	if ((field = str_after(c->verb, "set_")))
		return do_set(c, field, ret, err);
	return api_error(err, "MESSAGE_METHOD_UNKNOWN", c->verb, NULL);
}

static int store_call(void *priv, const char *method, json_t *params, json_t **ret, struct err *err)
{
	struct store *s = priv;
	const char *dot = strchr(method, '.');
	_cleanup_free_ char *class = NULL;
	struct call c = { .store = s, .params = params };

	if (!dot)
		return api_error(err, "MESSAGE_METHOD_UNKNOWN", method, NULL);
	class = xstrndup(method, (size_t)(dot - method));
	c.class = class;
	c.verb = dot + 1;
	c.records = json_object_get(s->classes, class);
	if (!json_is_object(c.records))
		return err_set(err, ENODATA, "xapi.json of '%s' has no %s records", host_name(s->host), class);
	if (streq(c.verb, "get_all_records")) {
		*ret = json_incref(c.records);
		return 0;
	}
	if (streq(c.verb, "get_by_uuid"))
		return do_get_by_uuid(&c, ret, err);
	if (streq(method, "VUSB.create"))
		return do_vusb_create(&c, ret, err);
	if (streq(method, "PUSB.scan"))
		return err_set(err, ENOTSUP, "'%s' is a recording: which USB devices XAPI would offer after a scan is unknown there",
			       host_name(s->host));
	return on_object(&c, ret, err);
}

const struct xapi_ops xapi_recorded_ops = {
	.open = store_open,
	.close = store_close,
	.call = store_call,
};
