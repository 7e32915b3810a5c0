/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xe.c - xe's own verbs that read: xe's names, parameters, layout and exit status, from XAPI's records.
 *
 * A list asks for all records of its class, of which XAPI's connection keeps the fields that this program reads (xapi_fields.h);
 * where another field is shown or filtered on, each record is asked for by itself, whole.
 */

#include <ctype.h>
#include <stdio.h>

#include "plugin/cmd_xe.h"
#include "plugin/commands.h"
#include "xenhelpers/xapi_fields.h"

#define NOT_THERE "<not in database>"

struct showing {
	struct xapi *x;
	const struct xe_class *c;
	struct records *recs;
	json_t *known; /* "host.get_uuid REF": the answer */
};

static void showing_done(struct showing *s)
{
	json_decref(s->known);
}

static int showing_begin(struct run *r, const struct xe_class *c, struct records *recs, struct showing *ret, struct err *err)
{
	*ret = (struct showing){ .c = c, .recs = recs, .known = json_object() };
	return facts_xapi(r->facts, &ret->x, err);
}

/* ---- values ------------------------------------------------------------------------------------------------------- */

/* What an object answers to a getter, asked once. NULL: unknown. */
static json_t *ask_once(struct showing *s, const char *class, const char *getter, const char *ref, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.%s", class, getter), *key = xasprintf("%s %s", method, ref);
	json_t *value = json_object_get(s->known, key);

	if (!value && xapi_call(s->x, method, json_pack("[s]", ref), &value, err) == 0)
		json_object_set_new(s->known, key, value);
	return value;
}

static bool is_null_ref(const char *ref)
{
	return !*ref || streq(ref, XAPI_NULL_REF);
}

/* Classes of few objects, to which every line of a list refers: one question for all of them. */
static bool is_small(const char *class)
{
	static const char *const small[] = { "host", "PCI", "PUSB", "USB_group" };

	for (size_t i = 0; i < ARRAY_SIZE(small); i++)
		if (streq(small[i], class))
			return true;
	return false;
}

/* In the words of xe for an object that there is not; NULL: unknown. */
static const char *ref_text(struct showing *s, const struct xe_source *src, const char *ref)
{
	const char *field = src->how == XE_REF_NAME ? "name_label" : "uuid";
	_cleanup_free_ char *getter = xasprintf("get_%s", field);
	const json_t *all = NULL;
	struct err err = { 0 };
	json_t *value;

	if (!ref || is_null_ref(ref))
		return ref ? NOT_THERE : NULL;
	if (is_small(src->of) && xapi_records(s->x, src->of, &all, NULL) == 0 && json_object_get(all, ref))
		return json_string_value(json_object_get(json_object_get(all, ref), field));
	value = ask_once(s, src->of, getter, ref, &err);
	if (!value && streq(err.api, "HANDLE_INVALID"))
		return "<invalid reference>";
	return json_string_value(value);
}

static void put_ref(struct showing *s, const struct xe_source *src, const json_t *value, struct record *rec, unsigned i)
{
	const char *text = ref_text(s, src, json_string_value(value));

	if (text && *text == '<')
		record_none(rec, i, text);
	else
		record_text(rec, i, text);
}

static void put_refs(struct showing *s, const struct xe_source *src, const json_t *value, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (size_t k = 0; k < json_array_size(value); k++) {
		const char *text = ref_text(s, src, json_string_value(json_array_get(value, k)));

		strv_add(&list, text ? text : "<unknown>");
	}
	if (json_is_array(value))
		record_list(rec, i, &list);
}

static void add_items(struct strv *list, json_t *value, bool keys)
{
	const char *key;
	json_t *item;

	for (size_t k = 0; k < json_array_size(value); k++)
		if (json_is_string(json_array_get(value, k)))
			strv_add(list, json_string_value(json_array_get(value, k)));
	json_object_foreach(value, key, item)
		if (json_is_string(item) && keys)
			strv_addf(list, "%s: %s", key, json_string_value(item));
		else if (json_is_string(item))
			strv_add(list, json_string_value(item));
}

static void put_list(json_t *value, bool keys, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };

	add_items(&list, value, keys);
	if (json_is_array(value) || json_is_object(value))
		record_list(rec, i, &list);
}

static void put_lower(const json_t *value, struct record *rec, unsigned i)
{
	char *text = json_is_string(value) ? xstrdup(json_string_value(value)) : NULL;

	for (char *c = text; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	record_text_take(rec, i, text);
}

static void put_words(const json_t *value, struct record *rec, unsigned i)
{
	char *text = json_is_string(value) ? xstrdup(json_string_value(value)) : NULL;

	for (char *c = text; c && *c; c++)
		*c = *c == '_' ? ' ' : *c;
	if (text)
		*text = (char)toupper((unsigned char)*text);
	record_text_take(rec, i, text);
}

static void put_plain(json_t *value, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };

	if (json_is_boolean(value)) {
		record_text(rec, i, json_is_true(value) ? "true" : "false");
	} else if (json_is_object(value)) {
		add_items(&list, value, true);
		record_text_take(rec, i, strv_join(&list, "; "));
	} else {
		record_text(rec, i, json_string_value(value));
	}
}

static void put_bool(const json_t *value, struct record *rec, unsigned i)
{
	record_bool(rec, i, json_is_boolean(value) ? (enum tristate)json_is_true(value) : TRI_UNKNOWN);
}

/* A field of another object that belongs to the VM. */
static void put_metrics(struct showing *s, const struct xe_source *src, const json_t *record, struct record *rec, unsigned i)
{
	bool guest = src->how == XE_GUEST;
	const char *ref = json_string_value(json_object_get(record, guest ? "guest_metrics" : "metrics"));
	json_t *metrics, *value;

	if (!ref)
		return;
	if (is_null_ref(ref)) {
		record_none(rec, i, NOT_THERE);
		return;
	}
	metrics = ask_once(s, guest ? "VM_guest_metrics" : "VM_metrics", "get_record", ref, NULL);
	value = json_object_get(metrics, src->field);
	if (src->how == XE_METRICS_BOOL)
		put_bool(value, rec, i);
	else
		put_plain(value, rec, i);
}

static void put(struct showing *s, json_t *record, struct record *rec, unsigned i)
{
	const struct xe_source *src = &s->c->sources[i];
	json_t *value = json_object_get(record, src->field);

	switch (src->how) {
	case XE_TEXT: put_plain(value, rec, i); break;
	case XE_LOWER: put_lower(value, rec, i); break;
	case XE_WORDS: put_words(value, rec, i); break;
	case XE_BOOL: put_bool(value, rec, i); break;
	case XE_SET:
	case XE_KEYS: put_list(value, false, rec, i); break;
	case XE_MAP: put_list(value, true, rec, i); break;
	case XE_REF:
	case XE_REF_NAME: put_ref(s, src, value, rec, i); break;
	case XE_REFS: put_refs(s, src, value, rec, i); break;
	case XE_METRICS:
	case XE_METRICS_BOOL:
	case XE_GUEST: put_metrics(s, src, record, rec, i); break;
	case XE_EXPENSIVE: record_none(rec, i, "<expensive field>"); break;
	case XE_FLOAT:
		if (json_is_number(value))
			record_textf(rec, i, "%.3f", json_number_value(value));
		break;
	}
}

/* Is something to be shown that a list of all records may come without? */
static bool needs_whole(const struct showing *s)
{
	for (unsigned i = 0; i < s->c->type->n; i++) {
		const struct xe_source *src = &s->c->sources[i];

		if (records_want(s->recs, i) && src->how != XE_EXPENSIVE &&
		    (src->how == XE_MAP || src->how == XE_METRICS || src->how == XE_METRICS_BOOL || src->how == XE_GUEST ||
		     !xapi_field_is_read(s->c->name, src->field, NULL)))
			return true;
	}
	return false;
}

static void show(struct showing *s, json_t *record)
{
	struct record *rec = records_add(s->recs);

	for (unsigned i = 0; i < s->c->type->n; i++)
		if (records_want(s->recs, i))
			put(s, record, rec, i);
}

/* ---- lists ---------------------------------------------------------------------------------------------------------- */

/* xe lists templates and snapshots only where it is asked for them. */
static bool is_left_out(const struct run *r, const struct xe_class *c, const json_t *record)
{
	if (c != &xe_vm)
		return false;
	return (!args_get(r->args, "is-a-template") && json_is_true(json_object_get(record, "is_a_template"))) ||
	       (!args_get(r->args, "is-a-snapshot") && json_is_true(json_object_get(record, "is_a_snapshot")));
}

/* One object, whole, or as the list has it; gone meanwhile is no error. */
static int show_listed(struct showing *s, const char *ref, json_t *record, bool whole, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.get_record", s->c->name);
	struct err why = { 0 };
	json_t *full = NULL;
	int rc;

	if (!whole) {
		show(s, record);
		return 0;
	}
	rc = xapi_call(s->x, method, json_pack("[s]", ref), &full, &why);
	if (rc == 0)
		show(s, full);
	else if (!streq(why.api, "HANDLE_INVALID") && err)
		*err = why;
	json_decref(full);
	return rc < 0 && streq(why.api, "HANDLE_INVALID") ? 0 : rc;
}

static int list(struct run *r, const struct xe_class *c, struct err *err)
{
	_cleanup_(showing_done) struct showing s = { 0 };
	_cleanup_free_ char *method = xasprintf("%s.get_all_records", c->name);
	json_auto_t *all = NULL;
	json_t *record;
	const char *ref;
	bool whole;
	int rc = showing_begin(r, c, &r->res->records, &s, err);

	if (rc == 0)
		rc = xapi_call(s.x, method, json_array(), &all, err);
	if (rc < 0)
		return rc;
	whole = needs_whole(&s);
	json_object_foreach(all, ref, record)
		if (!is_left_out(r, c, record)) {
			rc = show_listed(&s, ref, record, whole, err);
			if (rc < 0)
				return rc;
		}
	return 0;
}

/* ---- one object ------------------------------------------------------------------------------------------------------- */

int xe_no_such(const char *class, const char *uuid, struct err *err)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };

	strbuf_add_printable(&safe, uuid, strlen(uuid));
	err_set(err, ENOENT, "There is no object of this type with this uuid.");
	err_api(err, "UUID_INVALID");
	err_api_param(err, class);
	err_api_param(err, uuid);
	if (err)
		snprintf(err->where, sizeof(err->where), "type: %s\nuuid: %.200s", class, strbuf_str(&safe));
	return -ENOENT;
}

/* The whole record of the object that uuid= names; the caller's reference. */
static int find(struct showing *s, const char *uuid, json_t **ret, struct err *err)
{
	_cleanup_free_ char *by_uuid = xasprintf("%s.get_by_uuid", s->c->name), *get = xasprintf("%s.get_record", s->c->name);
	json_auto_t *ref = NULL;
	struct err why = { 0 };
	int rc = xapi_call(s->x, by_uuid, json_pack("[s]", uuid), &ref, &why);

	if (rc == 0)
		rc = xapi_call(s->x, get, json_pack("[O]", ref), ret, &why);
	if (rc < 0 && streq(why.api, "UUID_INVALID"))
		return xe_no_such(s->c->name, uuid, err);
	if (rc < 0 && err)
		*err = why;
	return rc;
}

int xe_find(struct run *r, const struct xe_class *c, const char *uuid, json_t **ret, struct err *err)
{
	_cleanup_(showing_done) struct showing s = { 0 };
	int rc = showing_begin(r, c, NULL, &s, err);

	return rc < 0 ? rc : find(&s, uuid, ret, err);
}

int xe_find_vm(struct run *r, const char *uuid, const struct vm **ret, struct err *err)
{
	struct err why = { 0 };
	int rc = facts_find_vm(r->facts, uuid, ret, &why);

	if (rc == -ENOENT)
		return xe_no_such("VM", uuid, err);
	if (rc < 0 && err)
		*err = why;
	return rc;
}

int xe_find_host(struct run *r, const char *uuid, const char **ref, const char **name, struct err *err)
{
	const json_t *hosts;
	struct xapi *x = NULL;
	json_t *record;
	const char *key;
	int rc = facts_xapi(r->facts, &x, err);

	if (rc == 0)
		rc = xapi_records(x, "host", &hosts, err);
	if (rc < 0)
		return rc;
	json_object_foreach((json_t *)hosts, key, record) {
		const char *id = json_string_value(json_object_get(record, "uuid"));

		if (id && streq(id, uuid)) {
			*ref = key;
			*name = json_string_value(json_object_get(record, "name_label"));
			*name = *name ? *name : "";
			return 0;
		}
	}
	return xe_no_such("host", uuid, err);
}

static int param_list(struct run *r, const struct xe_class *c, struct err *err)
{
	_cleanup_(showing_done) struct showing s = { 0 };
	json_auto_t *record = NULL;
	int rc = showing_begin(r, c, &r->res->records, &s, err);

	if (rc == 0)
		rc = find(&s, args_get(r->args, "uuid"), &record, err);
	if (rc == 0)
		show(&s, record);
	return rc;
}

static const struct field value_fields[] = { { "value", V_TEXT, true, "as xe prints it" } };
const struct record_type xe_value_type = RECORD_TYPE("value", value_fields);

static int get_key(struct run *r, const struct xe_source *src, const char *name, json_t *record, struct err *err)
{
	const char *key = args_get(r->args, "param-key");
	const char *value = json_string_value(json_object_get(json_object_get(record, src->field), key));

	if (src->how != XE_MAP)
		return err_set(err, EINVAL, "%s is no map: it has no keys", name);
	if (!value)
		return err_set(err, ENOENT, "%s has no key '%s'", name, key);
	record_text(records_add(&r->res->records), 0, value);
	return 0;
}

static int get_value(struct run *r, struct showing *s, unsigned field, json_t *record)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	s->recs->wanted = xcalloc(s->c->type->n, sizeof(*s->recs->wanted));
	s->recs->wanted[field] = true;
	show(s, record);
	value_add_text(&text, &s->c->type->fields[field], &s->recs->v[0].v[field]);
	record_text(records_add(&r->res->records), 0, strbuf_str(&text));
	return 0;
}

static int param_get(struct run *r, const struct xe_class *c, struct err *err)
{
	const char *name = args_get(r->args, "param-name");
	int field = record_type_find(c->type, name, strlen(name));
	_cleanup_(showing_done) struct showing s = { 0 };
	_cleanup_(records_done) struct records recs = { 0 };
	json_auto_t *record = NULL;
	int rc;

	records_init(&recs, c->type);
	rc = showing_begin(r, c, &recs, &s, err);
	if (rc == 0)
		rc = find(&s, args_get(r->args, "uuid"), &record, err);
	if (rc < 0)
		return rc;
	if (field < 0)
		return err_set(err, EINVAL, "a %s has no parameter '%s'", c->name, name);
	if (c->sources[field].how == XE_EXPENSIVE)
		return err_set(err, ENOTSUP, "%s is computed, and only xe does that: use xe", name);
	if (args_get(r->args, "param-key"))
		return get_key(r, &c->sources[field], name, record, err);
	return get_value(r, &s, (unsigned)field, record);
}

/* ---- the commands ---------------------------------------------------------------------------------------------------------- */

static const struct param uuid_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the object" },
	{ 0 },
};

static const struct param get_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "param-name", "NAME", P_REQUIRED, "as vm-list names it: other-config" },
	{ "param-key", "KEY", 0, "one key of a map" },
	{ 0 },
};

#define LIST(id, verb, of, text)                                                                                       \
	static int run_##id(struct run *r, struct err *err)                                                            \
	{                                                                                                              \
		return list(r, &xe_##of, err);                                                                         \
	}                                                                                                              \
	const struct command cmd_##id = {                                                                              \
		.name = verb,                                                                                          \
		.summary = text,                                                                                       \
		.flags = CMD_LIST | CMD_XE | CMD_NEEDS_XAPI,                                                           \
		.type = &xe_##of##_type,                                                                               \
		.run = run_##id,                                                                                       \
	}

#define PARAM_LIST(id, verb, of, text)                                                                                 \
	static int run_##id(struct run *r, struct err *err)                                                            \
	{                                                                                                              \
		return param_list(r, &xe_##of, err);                                                                   \
	}                                                                                                              \
	const struct command cmd_##id = {                                                                              \
		.name = verb,                                                                                          \
		.summary = text,                                                                                       \
		.params = uuid_params,                                                                                 \
		.flags = CMD_SHOW | CMD_XE | CMD_NEEDS_XAPI,                                                           \
		.type = &xe_##of##_type,                                                                               \
		.run = run_##id,                                                                                       \
	}

LIST(vm_list, "vm-list", vm, "VMs, as xe lists them");
LIST(xe_pci_list, "pci-list", pci, "PCI devices that XAPI has objects for, as xe lists them");
LIST(pusb_list, "pusb-list", pusb, "USB devices that may be passed through, as xe lists them");
LIST(usb_group_list, "usb-group-list", usb_group, "groups of USB devices, as xe lists them");
LIST(vusb_list, "vusb-list", vusb, "USB devices of VMs, as xe lists them");
PARAM_LIST(pci_param_list, "pci-param-list", pci, "all that XAPI's object for a PCI device holds, as xe shows it");
PARAM_LIST(pusb_param_list, "pusb-param-list", pusb, "all that XAPI's object for a USB device holds, as xe shows it");
PARAM_LIST(vusb_param_list, "vusb-param-list", vusb, "all that XAPI's object for a VM's USB device holds, as xe shows it");

static int run_vm_param_get(struct run *r, struct err *err)
{
	return param_get(r, &xe_vm, err);
}

const struct command cmd_vm_param_get = {
	.name = "vm-param-get",
	.summary = "one parameter of a VM, or one key of it, as xe prints it",
	.params = get_params,
	.flags = CMD_XE | CMD_PLAIN | CMD_NEEDS_XAPI,
	.type = &xe_value_type,
	.run = run_vm_param_get,
};
