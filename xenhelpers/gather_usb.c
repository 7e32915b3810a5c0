/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gather_usb.c - the names of USB devices for a recording; see gather.h */

#include "gather.h"
#include "usbdev.h"

static int put(struct gather *g, const char *path, const struct strbuf *text, struct err *err)
{
	struct err why = { 0 };

	return gather_wrote(g, host_record_file(g->to, path, strbuf_str(text), text->len, &why), &why, err);
}

/* Of udev's record of a device, the names that it has out of its database. */
static int gather_udev(struct gather *g, const struct usbdev *d, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 }, out = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };
	_cleanup_free_ char *path = NULL;

	if (!d->dev || !*d->dev || d->dev[strspn(d->dev, "0123456789:")])
		return 0;
	path = xasprintf("/run/udev/data/c%s", d->dev);
	if (host_read(g->from, path, 65536, &text, NULL) < 0)
		return 0;
	strv_split(&lines, strbuf_str(&text), '\n');
	for (size_t i = 0; i < lines.n; i++)
		if (str_after(lines.v[i], "E:ID_VENDOR_FROM_DATABASE=") || str_after(lines.v[i], "E:ID_MODEL_FROM_DATABASE="))
			strbuf_addf(&out, "%s\n", lines.v[i]);
	return put(g, path, &out, err);
}

static int compare(const void *a, const void *b)
{
	const struct usbdev *x = *(struct usbdev *const *)a, *y = *(struct usbdev *const *)b;

	return x->vendor != y->vendor ? x->vendor - y->vendor : x->product - y->product;
}

/* usb.ids with the devices that are there, and the names that readers find for them. */
static void write_ids(struct usbdev **v, size_t n, struct strbuf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i]->vendor_name && (!i || v[i - 1]->vendor != v[i]->vendor))
			strbuf_addf(out, "%04x  %s\n", v[i]->vendor, v[i]->vendor_name);
		if (v[i]->product_name && (!i || v[i - 1]->vendor != v[i]->vendor || v[i - 1]->product != v[i]->product))
			strbuf_addf(out, "\t%04x  %s\n", v[i]->product, v[i]->product_name);
	}
}

static int gather_ids(struct gather *g, struct usbdevs *set, struct err *err)
{
	static const char *const files[] = { USB_IDS_FILES };
	_cleanup_free_ struct usbdev **v = xcalloc(set->n + 1, sizeof(*v));
	_cleanup_strbuf_ struct strbuf out = { 0 };
	size_t n = 0;

	usbdevs_name_by_ids(g->from, set);
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i].ids_known)
			v[n++] = &set->v[i];
	qsort(v, n, sizeof(*v), compare);
	write_ids(v, n, &out);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (host_exists(g->from, files[i], NULL) > 0)
			return put(g, files[i], &out, err);
	return 0;
}

int gather_usb_names(struct gather *g, struct err *err)
{
	struct usbdevs set = { 0 };
	int rc = 0;

	if (usbdevs_read(g->from, &set, NULL) < 0)
		return 0;
	usbdevs_details(g->from, &set);
	for (size_t i = 0; rc == 0 && i < set.n; i++)
		rc = gather_udev(g, &set.v[i], err);
	if (rc == 0)
		rc = gather_ids(g, &set, err);
	usbdevs_done(&set);
	return rc;
}
