/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_usb.c - see xapi_usb.h */

#include "xapi_usb.h"

void xapi_usb_done(struct xapi_usb *u)
{
	for (size_t i = 0; i < u->n; i++) {
		struct xapi_pusb *p = &u->v[i];

		free(p->uuid);
		free(p->path);
		free(p->vendor_id);
		free(p->product_id);
		free(p->serial);
		free(p->group);
		free(p->vusb);
		free(p->vm);
	}
	free(u->v);
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

static const json_t *vusb_of(const json_t *vusbs, const char *group)
{
	const char *ref;
	json_t *record;

	json_object_foreach((json_t *)vusbs, ref, record)
		if (streq0(text_of(record, "USB_group"), group))
			return record;
	return NULL;
}

static void add_pusb(struct xapi_usb *u, const json_t *record, const json_t *groups, const json_t *vusbs)
{
	const char *group = text_of(record, "USB_group");
	const json_t *vusb = group ? vusb_of(vusbs, group) : NULL;

	ARRAY_GROW(u->v, u->n);
	u->v[u->n++] = (struct xapi_pusb){
		.uuid = take(record, "uuid"),
		.path = take(record, "path"),
		.vendor_id = take(record, "vendor_id"),
		.product_id = take(record, "product_id"),
		.serial = take(record, "serial"),
		.passthrough = flag(record, "passthrough_enabled"),
		.group = group ? take(json_object_get(groups, group), "uuid") : NULL,
		.vusb = take(vusb, "uuid"),
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
			add_pusb(&u, record, groups, vusbs);
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
