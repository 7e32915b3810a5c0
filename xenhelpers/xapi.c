/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi.c - typed records over xapi_call(); see xapi.h. */

#include "module.h"
#include "net.h"
#include "str.h"
#include "xapi.h"

struct xapi {
	const struct xapi_ops *ops;
	void *priv;
};

int xapi_open(struct host *h, struct xapi **ret, struct err *err)
{
	const struct xapi_ops *ops = host_is_live(h) ? module_load("xapi_live", err) : &xapi_recorded_ops;
	struct xapi *x;
	void *priv;
	int rc;

	if (!ops)
		return err ? -err->code : -ELIBACC;
	rc = ops->open(h, &priv, err);
	if (rc < 0)
		return rc;
	x = xcalloc(1, sizeof(*x));
	x->ops = ops;
	x->priv = priv;
	*ret = x;
	return 0;
}

void xapi_free(struct xapi *x)
{
	if (!x)
		return;
	x->ops->close(x->priv);
	free(x);
}

int xapi_call(struct xapi *x, const char *method, json_t *params, json_t **ret, struct err *err)
{
	int rc = x->ops->call(x->priv, method, params, ret, err);

	json_decref(params);
	return rc;
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

const char *vm_value(const struct vm *vm, const char *field, const char *key)
{
	const struct {
		const char *field, *key, *value;
	} known[] = {
		{ "affinity", NULL, vm->affinity },
		{ "other_config", "pci", vm->pci },
		{ "VCPUs_params", "mask", vm->mask },
		{ "platform", "cores-per-socket", vm->cores_per_socket },
		{ "platform", "device-model", vm->device_model },
		{ "HVM_boot_params", "firmware", vm->firmware },
	};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (streq(field, known[i].field) && streq0(key, known[i].key))
			return known[i].value;
	return NULL;
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
	json_t *all, *record;
	int rc;

	rc = net_inventory_get(h, "INSTALLATION_UUID", &installation, err);
	if (rc < 0 && rc != -ENOENT)
		return rc;
	rc = xapi_call(x, "host.get_all_records", json_array(), &all, err);
	if (rc < 0)
		return rc;
	json_object_foreach(all, key, record) {
		const char *id = json_string_value(json_object_get(record, "uuid"));

		if (id && (installation ? streq(id, installation) : json_object_size(all) == 1))
			found = key;
	}
	if (!found) {
		json_decref(all);
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
	json_decref(all);
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

int xapi_set_key(struct xapi *x, const char *class, const char *ref, const char *map, const char *key,
		 const char *expect, const char *value, struct err *err)
{
	_cleanup_free_ char *remove = xasprintf("%s.remove_from_%s", class, map);
	_cleanup_free_ char *add = xasprintf("%s.add_to_%s", class, map);
	_cleanup_free_ char *what = xasprintf("%s:%s", map, key);
	_cleanup_free_ char *before = NULL, *after = NULL;
	json_t *none;
	int rc;

	rc = xapi_get_key(x, class, ref, map, key, &before, err);
	if (rc < 0)
		return rc;
	if (!streq0(before, expect))
		return stale(err, class, what, before);
	if (before) {
		rc = xapi_call(x, remove, json_pack("[ss]", ref, key), &none, err);
		if (rc < 0)
			return rc;
		json_decref(none);
	}
	if (value) {
		rc = xapi_call(x, add, json_pack("[sss]", ref, key, value), &none, err);
		if (rc < 0)
			return rc;
		json_decref(none);
	}
	rc = xapi_get_key(x, class, ref, map, key, &after, err);
	if (rc < 0)
		return rc;
	return streq0(after, value) ? 0 : stale(err, class, what, after);
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

int xapi_set_ref(struct xapi *x, const char *class, const char *ref, const char *field, const char *expect,
		 const char *value, struct err *err)
{
	_cleanup_free_ char *set = xasprintf("%s.set_%s", class, field);
	_cleanup_free_ char *before = NULL, *after = NULL;
	json_t *none;
	int rc;

	rc = xapi_get_ref(x, class, ref, field, &before, err);
	if (rc < 0)
		return rc;
	if (!streq0(before, expect))
		return stale(err, class, field, before);
	rc = xapi_call(x, set, json_pack("[ss]", ref, value ? value : XAPI_NULL_REF), &none, err);
	if (rc < 0)
		return rc;
	json_decref(none);
	rc = xapi_get_ref(x, class, ref, field, &after, err);
	if (rc < 0)
		return rc;
	return streq0(after, value) ? 0 : stale(err, class, field, after);
}
