/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi.c - typed records over xapi_call(); see xapi.h. */

#include <strings.h>

#include "module.h"
#include "net.h"
#include "str.h"
#include "xapi.h"

struct xapi {
	const struct xapi_ops *ops;
	void *priv;
	json_t *kept;	/* {class: records} of xapi_records() */
	bool no_events; /* event.from was refused */
};

int xapi_open(struct host *h, const struct xapi_options *opt, struct xapi **ret, struct err *err)
{
	const struct xapi_ops *ops;
	const void *source;
	struct xapi *x;
	void *priv;
	int rc;

	/* Where there is no socket, libcurl with all that it brings along need not be loaded to find that out. */
	if (host_is_live(h) && host_exists(h, XAPI_SOCKET, NULL) == 0) {
		err_set(err, ENOENT, "no XAPI runs on this host: there is no socket '" XAPI_SOCKET "'");
		return err_hint(err, "on XCP-ng: systemctl status xapi; a Xen host without XAPI keeps its VMs in files of xl");
	}
	rc = module_source(h, "xapi_live", &xapi_recorded_ops, &source, err);
	if (rc < 0)
		return rc;
	ops = source;
	rc = ops->open(h, opt ? opt : &(struct xapi_options){ 0 }, &priv, err);
	if (rc < 0)
		return rc;
	x = xcalloc(1, sizeof(*x));
	x->ops = ops;
	x->priv = priv;
	x->kept = json_object();
	*ret = x;
	return 0;
}

void xapi_free(struct xapi *x)
{
	if (!x)
		return;
	x->ops->close(x->priv);
	json_decref(x->kept);
	free(x);
}

int xapi_call(struct xapi *x, const char *method, json_t *params, json_t **ret, struct err *err)
{
	int rc;

	/* json_pack() makes nothing of bytes that are no UTF-8. */
	if (!params)
		return err_set(err, EILSEQ, "a text for XAPI's %s is no UTF-8", method);
	rc = x->ops->call(x->priv, method, params, ret, err);
	json_decref(params);
	return rc;
}

/* ---- all of a class --------------------------------------------------------------------------------- */

/* What is asked for together. */
static const char *const together[] = { "pool", "host", "SR", "PBD", "PIF", "PCI", "PGPU", "VGPU" };

static bool is_together(const char *class)
{
	for (size_t i = 0; i < ARRAY_SIZE(together); i++)
		if (streq(class, together[i]))
			return true;
	return false;
}

/* XAPI writes the class of an event in lower case. */
static bool is_same_class(const char *class, const char *said)
{
	return said && !strcasecmp(class, said);
}

/* The number of objects that XAPI says it has of a class; -1: it does not say. */
static int64_t count_of(const json_t *counts, const char *class)
{
	const char *said;
	json_t *n;
	uint64_t value;

	json_object_foreach((json_t *)counts, said, n)
		if (is_same_class(class, said) && json_is_string(n) && str_to_u64(json_string_value(n), 10, INT32_MAX, &value))
			return (int64_t)value;
	return -1;
}

static json_t *records_of(const json_t *events, const char *class)
{
	json_t *records = json_object();

	for (size_t i = 0; i < json_array_size(events); i++) {
		const json_t *e = json_array_get(events, i);
		const char *ref = json_string_value(json_object_get(e, "ref"));
		json_t *snapshot = json_object_get(e, "snapshot");

		if (ref && json_is_object(snapshot) && is_same_class(class, json_string_value(json_object_get(e, "class"))))
			json_object_set(records, ref, snapshot);
	}
	return records;
}

/*
 * One call for all of them.  A class counts as answered when as many objects came as XAPI says that it has: one that it makes no events of,
 * or an object that went away meanwhile, is asked for by itself.
 */
static int read_together(struct xapi *x, struct err *err)
{
	json_t *classes = json_array(), *all, *records;
	int rc;

	for (size_t i = 0; i < ARRAY_SIZE(together); i++)
		json_array_append_new(classes, json_string(together[i]));
	rc = xapi_call(x, "event.from", json_pack("[osf]", classes, "", 30.0), &all, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < ARRAY_SIZE(together); i++) {
		records = records_of(json_object_get(all, "events"), together[i]);
		if ((int64_t)json_object_size(records) == count_of(json_object_get(all, "valid_ref_counts"), together[i]) &&
		    !json_object_get(x->kept, together[i]))
			json_object_set(x->kept, together[i], records);
		json_decref(records);
	}
	json_decref(all);
	return 0;
}

int xapi_records(struct xapi *x, const char *class, const json_t **ret, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.get_all_records", class);
	struct err why = { 0 };
	json_t *all;
	int rc;

	*ret = json_object_get(x->kept, class);
	if (!*ret && x->ops->events && !x->no_events && is_together(class)) {
		rc = read_together(x, &why);
		if (rc < 0 && rc != -EREMOTEIO) { /* no answer to this, none to the next */
			if (err)
				*err = why;
			return rc;
		}
		x->no_events = true; /* refused, or answered once and for all */
		*ret = json_object_get(x->kept, class);
	}
	if (*ret)
		return 0;
	rc = xapi_call(x, method, json_array(), &all, err);
	if (rc < 0)
		return rc;
	if (!json_is_object(all)) {
		json_decref(all);
		return err_set(err, EPROTO, "XAPI's answer to %s is no map", method);
	}
	json_object_set_new(x->kept, class, all);
	*ret = all;
	return 0;
}

/* ---- values out of records -------------------------------------------------------------------------- */

static char *take_text(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return s ? xstrdup(s) : NULL;
}

static char *take_ref(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return s && *s && !streq(s, XAPI_NULL_REF) ? xstrdup(s) : NULL;
}

static char *take_key(const json_t *record, const char *map, const char *key)
{
	return take_text(json_object_get(record, map), key);
}

static enum tristate take_bool(const json_t *record, const char *field)
{
	const json_t *value = json_object_get(record, field);

	return json_is_boolean(value) ? (enum tristate)json_is_true(value) : TRI_UNKNOWN;
}

static int64_t take_int(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));
	uint64_t value;

	return s && str_to_u64(s, 10, INT64_MAX, &value) ? (int64_t)value : -1;
}

/* ---- VMs -------------------------------------------------------------------------------------------- */

static void vm_done(struct vm *vm)
{
	free(vm->ref);
	free(vm->uuid);
	free(vm->name);
	free(vm->power_state);
	free(vm->resident_on);
	free(vm->affinity);
	free(vm->pci);
	free(vm->mask);
	free(vm->platform_usb);
	free(vm->ha_priority);
	free(vm->firmware);
	free(vm->device_model);
	free(vm->cores_per_socket);
}

void vms_done(struct vms *vms)
{
	for (size_t i = 0; i < vms->n; i++)
		vm_done(&vms->v[i]);
	free(vms->v);
	*vms = (struct vms){ 0 };
}

static bool key_is(const json_t *record, const char *map, const char *key, const char *word)
{
	const char *s = json_string_value(json_object_get(json_object_get(record, map), key));

	return s && streq(s, word);
}

/* "hvm", "pv", "pv_in_pvh", "pvh", "unspecified". */
static enum tristate take_hvm(const json_t *record)
{
	const char *s = json_string_value(json_object_get(record, "domain_type"));

	if (!s || !*s || streq(s, "unspecified"))
		return TRI_UNKNOWN;
	return streq(s, "hvm") ? TRI_YES : TRI_NO;
}

static struct vm vm_from_record(const char *ref, const json_t *record)
{
	return (struct vm){
		.ref = xstrdup(ref),
		.uuid = take_text(record, "uuid"),
		.name = take_text(record, "name_label"),
		.power_state = take_text(record, "power_state"),
		.is_template = take_bool(record, "is_a_template"),
		.is_snapshot = take_bool(record, "is_a_snapshot"),
		.is_control_domain = take_bool(record, "is_control_domain"),
		.resident_on = take_ref(record, "resident_on"),
		.affinity = take_ref(record, "affinity"),
		.pci = take_key(record, "other_config", "pci"),
		.mask = take_key(record, "VCPUs_params", "mask"),
		.n_vusbs = json_array_size(json_object_get(record, "VUSBs")),
		.n_vgpus = json_array_size(json_object_get(record, "VGPUs")),
		.platform_usb = take_key(record, "platform", "usb"),
		.is_hvm = take_hvm(record),
		.firmware = take_key(record, "HVM_boot_params", "firmware"),
		.device_model = take_key(record, "platform", "device-model"),
		.cores_per_socket = take_key(record, "platform", "cores-per-socket"),
		.vcpus_max = (int)MIN(take_int(record, "VCPUs_max"), (int64_t)INT32_MAX),
		.memory_max = take_int(record, "memory_static_max"),
		.ha_priority = take_text(record, "ha_restart_priority"),
		.auto_poweron = key_is(record, "other_config", "auto_poweron", "true"),
	};
}

int xapi_vms(struct xapi *x, struct vms *ret, struct err *err)
{
	struct vms vms = { 0 };
	json_t *all, *record;
	const char *ref;
	int rc;

	rc = xapi_call(x, "VM.get_all_records", json_array(), &all, err);
	if (rc < 0)
		return rc;
	json_object_foreach(all, ref, record) {
		struct vm vm = vm_from_record(ref, record);

		/* Without a uuid nothing could ever name it. */
		if (!vm.uuid) {
			vm_done(&vm);
			continue;
		}
		if (!vm.name)
			vm.name = xstrdup("");
		ARRAY_GROW(vms.v, vms.n);
		vms.v[vms.n++] = vm;
	}
	json_decref(all);
	*ret = vms;
	return 0;
}

struct vm *vms_find(const struct vms *vms, const char *uuid)
{
	for (size_t i = 0; i < vms->n; i++)
		if (streq(vms->v[i].uuid, uuid))
			return &vms->v[i];
	return NULL;
}

bool vm_is_bios(const struct vm *vm)
{
	return vm->is_hvm == TRI_YES && (!vm->firmware || streq(vm->firmware, "bios"));
}

bool vm_value(const struct vm *vm, const char *field, const char *key, const char **ret)
{
	const struct {
		const char *field, *key, *value;
	} known[] = {
		{ "affinity", NULL, vm->affinity },
		{ "other_config", "pci", vm->pci },
		{ "VCPUs_params", "mask", vm->mask },
		{ "platform", "cores-per-socket", vm->cores_per_socket },
		{ "platform", "device-model", vm->device_model },
		{ "platform", "usb", vm->platform_usb },
		{ "HVM_boot_params", "firmware", vm->firmware },
	};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (streq(field, known[i].field) && streq0(key, known[i].key)) {
			*ret = known[i].value;
			return true;
		}
	return false;
}

bool vm_is_guest(const struct vm *vm)
{
	return vm->is_template != TRI_YES && vm->is_snapshot != TRI_YES && vm->is_control_domain != TRI_YES;
}

/* ---- hosts ------------------------------------------------------------------------------------------- */

int xapi_this_host(struct xapi *x, struct host *h, char **ref, char **uuid, char **name, struct err *err)
{
	_cleanup_free_ char *installation = NULL;
	const char *key, *found = NULL;
	const json_t *all;
	json_t *record;
	int rc;

	rc = net_inventory_get(h, "INSTALLATION_UUID", &installation, err);
	if (rc < 0 && rc != -ENOENT)
		return rc;
	rc = xapi_records(x, "host", &all, err);
	if (rc < 0)
		return rc;
	json_object_foreach((json_t *)all, key, record) {
		const char *id = json_string_value(json_object_get(record, "uuid"));

		if (id && (installation ? streq(id, installation) : json_object_size(all) == 1))
			found = key;
	}
	if (!found) {
		if (!installation)
			return err_set(err, ENOENT, "cannot tell which of the pool's hosts this is: "
						    "/etc/xensource-inventory has no INSTALLATION_UUID");
		return err_set(err, ENOENT, "XAPI knows no host with the uuid '%s' of /etc/xensource-inventory", installation);
	}
	record = json_object_get(all, found);
	*ref = xstrdup(found);
	*uuid = take_text(record, "uuid");
	*name = take_text(record, "name_label");
	if (!*name)
		*name = xstrdup("");
	return 0;
}

/* ---- single values, and writes ------------------------------------------------------------------------ */

static int get_field(struct xapi *x, const char *class, const char *ref, const char *field, json_t **ret, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.get_%s", class, field);

	return xapi_call(x, method, json_pack("[s]", ref), ret, err);
}

int xapi_get_key(struct xapi *x, const char *class, const char *ref, const char *map, const char *key, char **ret,
		 struct err *err)
{
	json_t *value;
	int rc = get_field(x, class, ref, map, &value, err);

	if (rc < 0)
		return rc;
	*ret = take_text(value, key);
	json_decref(value);
	return 0;
}

static int stale(struct err *err, const char *class, const char *what, const char *now)
{
	if (now)
		return err_set(err, ESTALE, "%s:%s was changed by another client meanwhile: it is now '%s'", class, what, now);
	return err_set(err, ESTALE, "%s:%s was removed by another client meanwhile", class, what);
}

int xapi_get_ref(struct xapi *x, const char *class, const char *ref, const char *field, char **ret, struct err *err)
{
	json_t *value;
	const char *s;
	int rc = get_field(x, class, ref, field, &value, err);

	if (rc < 0)
		return rc;
	s = json_string_value(value);
	*ret = s && *s && !streq(s, XAPI_NULL_REF) ? xstrdup(s) : NULL;
	json_decref(value);
	return 0;
}

static char *value_now(const json_t *record, const struct xapi_edit *e)
{
	return e->map ? take_key(record, e->map, e->key) : take_ref(record, e->key);
}

/* All values as they should be: before (`expect`), or after (`value`). */
static int compare(struct xapi *x, const char *class, const char *ref, const struct xapi_edit *edits, size_t n, bool after,
		   struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.get_record", class);
	json_t *record;
	int rc = xapi_call(x, method, json_pack("[s]", ref), &record, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		_cleanup_free_ char *now = value_now(record, &edits[i]);
		_cleanup_free_ char *what = edits[i].map ? xasprintf("%s:%s", edits[i].map, edits[i].key) : xstrdup(edits[i].key);

		if (!streq0(now, after ? edits[i].value : edits[i].expect))
			rc = stale(err, class, what, now);
	}
	json_decref(record);
	return rc;
}

static int do_call(struct xapi *x, const char *class, const char *verb, const char *field, json_t *params, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.%s_%s", class, verb, field);
	json_t *none;
	int rc = xapi_call(x, method, params, &none, err);

	if (rc == 0)
		json_decref(none);
	return rc;
}

static int write_edit(struct xapi *x, const char *class, const char *ref, const struct xapi_edit *e, struct err *err)
{
	struct err why = { 0 };
	int rc = 0;

	if (!e->map)
		return do_call(x, class, "set", e->key, json_pack("[ss]", ref, e->value ? e->value : XAPI_NULL_REF), err);
	if (e->expect)
		rc = do_call(x, class, "remove_from", e->map, json_pack("[ss]", ref, e->key), err);
	if (rc < 0 || !e->value)
		return rc;
	rc = do_call(x, class, "add_to", e->map, json_pack("[sss]", ref, e->key, e->value), &why);
	if (rc < 0 && streq(why.api, "MAP_DUPLICATE_KEY"))
		rc = err_set(&why, ESTALE, "%s:%s:%s was written by another client meanwhile", class, e->map, e->key);
	if (rc < 0 && err)
		*err = why;
	return rc;
}

int xapi_edit(struct xapi *x, const char *class, const char *ref, const struct xapi_edit *edits, size_t n, struct err *err)
{
	int rc = compare(x, class, ref, edits, n, false, err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = write_edit(x, class, ref, &edits[i], err);
	return rc < 0 ? rc : compare(x, class, ref, edits, n, true, err);
}

int xapi_put_key(struct xapi *x, const char *class, const char *ref, const char *map, const char *key, const char *value,
		 struct err *err)
{
	return write_edit(x, class, ref, &(struct xapi_edit){ map, key, "", value }, err);
}
