/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_usb.c - see xapi_usb.h */

#include <stdio.h>
#include <strings.h>

#include "str.h"
#include "xapi_usb.h"

void xapi_usb_done(struct xapi_usb *u)
{
	for (size_t i = 0; i < u->n; i++) {
		struct xapi_pusb *p = &u->v[i];

		free(p->ref);
		free(p->uuid);
		free(p->path);
		free(p->vendor_id);
		free(p->product_id);
		free(p->serial);
		free(p->group);
		free(p->group_ref);
		free(p->vusb);
		free(p->vusb_ref);
		free(p->vm);
	}
	free(u->v);
	strv_done(&u->vusb_vms);
	*u = (struct xapi_usb){ 0 };
}

static const char *text_of(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return s && !streq(s, XAPI_NULL_REF) ? s : NULL;
}

static char *take(const json_t *record, const char *field)
{
	const char *s = text_of(record, field);

	return s ? xstrdup(s) : NULL;
}

static enum tristate flag(const json_t *record, const char *field)
{
	const json_t *value = json_object_get(record, field);

	return json_is_boolean(value) ? (enum tristate)json_is_true(value) : TRI_UNKNOWN;
}

static const json_t *vusb_of(const json_t *vusbs, const char *group, const char **ref)
{
	json_t *record;

	json_object_foreach((json_t *)vusbs, *ref, record)
		if (streq0(text_of(record, "USB_group"), group))
			return record;
	return NULL;
}

static void add_pusb(struct xapi_usb *u, const char *ref, const json_t *record, const json_t *groups, const json_t *vusbs)
{
	const char *group = text_of(record, "USB_group"), *vusb_ref = NULL;
	const json_t *vusb = group ? vusb_of(vusbs, group, &vusb_ref) : NULL;

	ARRAY_GROW(u->v, u->n);
	u->v[u->n++] = (struct xapi_pusb){
		.ref = xstrdup(ref),
		.uuid = take(record, "uuid"),
		.path = take(record, "path"),
		.vendor_id = take(record, "vendor_id"),
		.product_id = take(record, "product_id"),
		.serial = take(record, "serial"),
		.passthrough = flag(record, "passthrough_enabled"),
		.group = group ? take(json_object_get(groups, group), "uuid") : NULL,
		.group_ref = group ? xstrdup(group) : NULL,
		.vusb = take(vusb, "uuid"),
		.vusb_ref = vusb ? xstrdup(vusb_ref) : NULL,
		.vm = take(vusb, "VM"),
		.attached = flag(vusb, "currently_attached"),
	};
}

int xapi_usb_read(struct xapi *x, const char *host, struct xapi_usb *ret, struct err *err)
{
	json_auto_t *pusbs = NULL, *groups = NULL, *vusbs = NULL;
	struct xapi_usb u = { 0 };
	const char *ref;
	json_t *record;
	int rc = xapi_call(x, "PUSB.get_all_records", json_array(), &pusbs, err);

	if (rc < 0)
		return rc;
	xapi_call(x, "USB_group.get_all_records", json_array(), &groups, NULL);
	u.vusbs_known = xapi_call(x, "VUSB.get_all_records", json_array(), &vusbs, NULL) == 0;
	json_object_foreach(pusbs, ref, record)
		if (!host || streq0(text_of(record, "host"), host))
			add_pusb(&u, ref, record, groups, vusbs);
	json_object_foreach(vusbs, ref, record)
		if (text_of(record, "VM"))
			strv_add(&u.vusb_vms, text_of(record, "VM"));
	*ret = u;
	return 0;
}

const struct xapi_pusb *xapi_usb_find(const struct xapi_usb *u, const char *path)
{
	for (size_t i = 0; i < u->n; i++)
		if (streq0(u->v[i].path, path))
			return &u->v[i];
	return NULL;
}

const struct xapi_pusb *xapi_usb_find_id(const struct xapi_usb *u, const struct usbid *id)
{
	char vendor[8], product[8];

	snprintf(vendor, sizeof(vendor), "%04x", id->vendor);
	snprintf(product, sizeof(product), "%04x", id->product);
	for (size_t i = 0; i < u->n; i++) {
		const struct xapi_pusb *p = &u->v[i];

		if (streq0(p->path, id->path) && p->vendor_id && p->product_id && !strcasecmp(p->vendor_id, vendor) &&
		    !strcasecmp(p->product_id, product) && streq(p->serial ? p->serial : "", id->serial))
			return p;
	}
	return NULL;
}

bool xapi_pusb_id(const struct xapi_pusb *p, struct usbid *ret)
{
	_cleanup_free_ char *text = NULL;

	if (!p->path || !p->vendor_id || !p->product_id)
		return false;
	text = xasprintf("%s %s:%s%s%s", p->path, p->vendor_id, p->product_id, p->serial && *p->serial ? " " : "", p->serial ? p->serial : "");
	return usbid_parse(text, ret);
}

size_t xapi_usb_vm_count(const struct xapi_usb *u, const char *vm)
{
	size_t n = 0;

	for (size_t i = 0; i < u->vusb_vms.n; i++)
		n += streq(u->vusb_vms.v[i], vm);
	return n;
}

/* ---- writes ---------------------------------------------------------------------------------------------- */

static int order(struct xapi *x, const char *method, json_t *params, struct err *err)
{
	json_t *none;
	int rc = xapi_call(x, method, params, &none, err);

	if (rc == 0)
		json_decref(none);
	return rc;
}

int xapi_usb_scan(struct xapi *x, const char *host, struct err *err)
{
	return order(x, "PUSB.scan", json_pack("[s]", host), err);
}

int xapi_usb_enable(struct xapi *x, const struct xapi_pusb *p, bool enable, struct err *err)
{
	return order(x, "PUSB.set_passthrough_enabled", json_pack("[sb]", p->ref, enable), err);
}

int xapi_usb_create(struct xapi *x, const struct xapi_pusb *p, const char *vm, struct err *err)
{
	if (!p->group_ref)
		return err_set(err, ENODATA, "XAPI does not tell of the USB group of %s", p->path);
	return order(x, "VUSB.create", json_pack("[ss{}]", vm, p->group_ref), err);
}

int xapi_usb_destroy(struct xapi *x, const struct xapi_pusb *p, struct err *err)
{
	int rc = 0;

	if (p->attached == TRI_YES)
		rc = order(x, "VUSB.unplug", json_pack("[s]", p->vusb_ref), err);
	return rc < 0 ? rc : order(x, "VUSB.destroy", json_pack("[s]", p->vusb_ref), err);
}
