/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_copy.c - see state_copy.h */

#include "plugin/state_copy.h"
#include "xenhelpers/cpumask.h"
#include "xenhelpers/vmpci.h"

/* ---- writing --------------------------------------------------------------------------------------------------- */

static void drop_members(json_t *list, const char *member)
{
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
		json_object_del(item, member);
}

int state_copy_format(const struct state *s, const char *uuid, struct strbuf *ret, struct err *err)
{
	static const char *const kept_here[] = { "boot", "usb-policy", "overrides" };
	_cleanup_free_ char *text = NULL;
	json_t *o;

	if (!s->hidden.n && !s->n_vms)
		return 0;
	o = state_to_json(s);
	for (size_t i = 0; i < ARRAY_SIZE(kept_here); i++)
		json_object_del(o, kept_here[i]);
	drop_members(json_object_get(o, "hidden"), "command");
	drop_members(json_object_get(o, "vms"), "command");
	json_object_set_new(o, "host", json_string(uuid));
	text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(o);
	if (!text)
		return err_set(err, EILSEQ, "a value of it is not valid UTF-8");
	if (strlen(text) > STATE_COPY_MAX)
		return err_set(err, EFBIG, "it would have %zu bytes, and at most %u are put there", strlen(text), STATE_COPY_MAX);
	strbuf_add(ret, text);
	return 0;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static int bad(struct err *err, const char *what)
{
	err_set(err, EINVAL, STATE_COPY_NAME ": %s", what);
	return err_hint(err, "nothing of it was taken over: whoever may write " STATE_COPY_MAP " of the host may have written it");
}

static int check_members(const json_t *o, const char *uuid, struct err *err)
{
	const char *host = json_string_value(json_object_get(o, "host")), *key;
	json_t *value;

	if (json_integer_value(json_object_get(o, "format")) > STATE_FORMAT)
		return err_set(err, ENOTSUP, STATE_COPY_NAME ": a newer xe-passthrough wrote it");
	json_object_foreach((json_t *)o, key, value)
		if (!streq(key, "format") && !streq(key, "host") && !streq(key, "hidden") && !streq(key, "vms"))
			return bad(err, "it holds more than hidden devices and VMs, which is never taken from there");
	if (!host)
		return bad(err, "it does not say which host's it is");
	if (!streq(host, uuid))
		return err_set(err, EXDEV, STATE_COPY_NAME ": it is of another host, %s", host);
	return 0;
}

/* PATH@IDS[@SERIAL], with all five ids: an address alone could be any device's. */
static bool is_identity(const char *s)
{
	const char *ids = s ? strchr(s, '@') : NULL;

	return ids && strlen(s) < 256 && strspn(ids + 1, "0123456789abcdef:") == 26 && (!ids[27] || ids[27] == '@');
}

static int check_devices(const struct state_devices *d, struct err *err)
{
	for (size_t i = 0; i < d->n; i++)
		if (!is_identity(d->v[i].identity))
			return bad(err, "a device has no identity: its address alone could be any device's");
	return 0;
}

/* The key's text and the devices say the same. */
static int check_vm(const struct state_vm *vm, struct err *err)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	struct cpumask mask;
	int rc = check_devices(&vm->devices, err);

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	if (rc == 0 && vm->pci && vm->pci[strspn(vm->pci, "0123456789abcdefABCDEF:./, ")])
		rc = bad(err, "a VM has a pci key that is none"); /* XAPI passes over what stands behind an address */
	for (size_t i = 0; rc == 0 && i < items.n; i++)
		if (items.v[i].dropped || !state_devices_find(&vm->devices, items.v[i].bdf))
			rc = bad(err, "a VM has a pci key that does not name its devices");
	if (rc == 0 && vm->mask && !cpumask_parse_xapi(vm->mask, &mask))
		rc = bad(err, "a VM has a CPU mask that is none");
	return rc;
}

static int check_all(struct state *s, struct err *err)
{
	int rc = check_devices(&s->hidden, err);

	for (size_t i = 0; rc == 0 && i < s->n_vms; i++)
		rc = check_vm(&s->vms[i], err);
	for (size_t i = 0; i < s->hidden.n; i++)
		state_stamp_done(&s->hidden.v[i].stamp);
	for (size_t i = 0; i < s->n_vms; i++) {
		state_stamp_done(&s->vms[i].stamp);
		free(s->vms[i].name);
		s->vms[i].name = NULL;
	}
	return rc;
}

int state_copy_parse(const char *text, const char *uuid, struct state *ret, struct err *err)
{
	struct state s = { 0 };
	json_t *o;
	int rc;

	if (strlen(text) > STATE_COPY_MAX)
		return bad(err, "it is larger than this program writes");
	o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(o)) {
		json_decref(o);
		return bad(err, "it is no JSON object");
	}
	rc = check_members(o, uuid, err);
	json_object_del(o, "host");
	if (rc == 0)
		rc = state_from_json(STATE_COPY_NAME, o, &s, err);
	json_decref(o);
	if (rc == 0)
		rc = check_all(&s, err);
	if (rc < 0)
		state_done(&s);
	else
		*ret = s;
	return rc;
}

/* ---- XAPI ---------------------------------------------------------------------------------------------------------- */

int state_copy_read(struct facts *f, char **ret, struct err *err)
{
	const struct this_host *here = NULL;
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err);

	if (rc == 0)
		rc = facts_this_host(f, &here, err);
	return rc < 0 ? rc : xapi_get_key(x, "host", here->ref, STATE_COPY_MAP, STATE_COPY_KEY, ret, err);
}
