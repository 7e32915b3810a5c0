/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xe.c - xe's own verbs that read: xe's names, parameters, layout and exit status, from XAPI's records.
 *
 * A list asks for all records of its class, of which XAPI's connection keeps the fields that this program reads (xapi_fields.h);
 * where another field is shown or filtered on, each record is asked for by itself, whole.
 */

#include <stdio.h>

#include "plugin/cmd_xe.h"
#include "plugin/commands.h"

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
static int show_listed(struct xe_showing *s, const char *ref, json_t *record, bool whole, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.get_record", s->c->name);
	struct err why = { 0 };
	json_t *full = NULL;
	int rc;

	if (!whole) {
		xe_show(s, record);
		return 0;
	}
	rc = xapi_call(s->x, method, json_pack("[s]", ref), &full, &why);
	if (rc == 0)
		xe_show(s, full);
	else if (!streq(why.api, "HANDLE_INVALID") && err)
		*err = why;
	json_decref(full);
	return rc < 0 && streq(why.api, "HANDLE_INVALID") ? 0 : rc;
}

static int list(struct run *r, const struct xe_class *c, struct err *err)
{
	_cleanup_(xe_showing_done) struct xe_showing s = { 0 };
	_cleanup_free_ char *method = xasprintf("%s.get_all_records", c->name);
	json_auto_t *all = NULL;
	json_t *record;
	const char *ref;
	bool whole;
	int rc = xe_showing_begin(r, c, &r->res->records, &s, err);

	if (rc == 0)
		rc = xapi_call(s.x, method, json_array(), &all, err);
	if (rc < 0)
		return rc;
	whole = xe_showing_needs_whole(&s);
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
static int find(struct xe_showing *s, const char *uuid, json_t **ret, struct err *err)
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
	if (rc == 0)
		s->one = xstrdup(json_string_value(ref) ? json_string_value(ref) : "");
	return rc;
}

int xe_find(struct run *r, const struct xe_class *c, const char *uuid, json_t **ret, struct err *err)
{
	_cleanup_(xe_showing_done) struct xe_showing s = { 0 };
	int rc = xe_showing_begin(r, c, NULL, &s, err);

	return rc < 0 ? rc : find(&s, uuid, ret, err);
}

int xe_find_vm(struct run *r, const char *uuid, const struct vm **ret, struct err *err)
{
	struct err why = { 0 };
	struct xapi *x = NULL;
	int rc = facts_xapi(r->facts, &x, err);

	if (rc < 0)
		return rc;
	rc = facts_find_vm(r->facts, uuid, ret, &why);
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
	_cleanup_(xe_showing_done) struct xe_showing s = { 0 };
	json_auto_t *record = NULL;
	int rc = xe_showing_begin(r, c, &r->res->records, &s, err);

	if (rc == 0)
		rc = find(&s, args_get(r->args, "uuid"), &record, err);
	if (rc == 0)
		xe_show(&s, record);
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

static int get_value(struct run *r, struct xe_showing *s, unsigned field, json_t *record)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	s->recs->wanted = xcalloc(s->c->type->n, sizeof(*s->recs->wanted));
	s->recs->wanted[field] = true;
	xe_show(s, record);
	value_add_text(&text, &s->c->type->fields[field], &s->recs->v[0].v[field]);
	record_text(records_add(&r->res->records), 0, strbuf_str(&text));
	return 0;
}

static int param_get(struct run *r, const struct xe_class *c, struct err *err)
{
	const char *name = args_get(r->args, "param-name");
	int field = record_type_find(c->type, name, strlen(name));
	_cleanup_(xe_showing_done) struct xe_showing s = { 0 };
	_cleanup_(records_done) struct records recs = { 0 };
	json_auto_t *record = NULL;
	int rc;

	records_init(&recs, c->type);
	rc = xe_showing_begin(r, c, &recs, &s, err);
	if (rc == 0)
		rc = find(&s, args_get(r->args, "uuid"), &record, err);
	if (rc < 0)
		return rc;
	if (field < 0)
		return err_set(err, EINVAL, "a %s has no parameter '%s'", c->name, name);
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
PARAM_LIST(vm_param_list, "vm-param-list", vm, "all that XAPI's object for a VM holds, and what XAPI computes of it, as xe shows it");
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
