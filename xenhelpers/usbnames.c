/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbnames.c - names of USB devices; see usbdev.h */

#include "usbdev.h"

#define UDEV_MAX 65536
#define IDS_MAX (16u << 20)

/* ---- udev's database --------------------------------------------------------------------------------------------- */

static char *property(const char *text, const char *name)
{
	_cleanup_free_ char *start = xasprintf("E:%s=", name);

	for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		const char *value = str_after(line, start);

		if (value)
			return xstrndup(value, strcspn(value, "\n"));
	}
	return NULL;
}

static bool name_by_udev(struct host *h, struct usbdev *d)
{
	_cleanup_free_ char *path = NULL;
	_cleanup_strbuf_ struct strbuf text = { 0 };

	/* "189:9" and nothing that could lead elsewhere */
	if (!d->dev || !*d->dev || d->dev[strspn(d->dev, "0123456789:")])
		return false;
	path = xasprintf("/run/udev/data/c%s", d->dev);
	if (host_read(h, path, UDEV_MAX, &text, NULL) < 0)
		return false;
	d->vendor_name = property(strbuf_str(&text), "ID_VENDOR_FROM_DATABASE");
	d->product_name = property(strbuf_str(&text), "ID_MODEL_FROM_DATABASE");
	return true;
}

/* ---- usb.ids ------------------------------------------------------------------------------------------------------- */

struct wanted {
	struct usbdev **v;
	size_t n;
	bool vendors[65536];
};

/* "046d  Logitech, Inc.": four hex digits and two blanks. */
static bool entry(const char *line, unsigned *id, const char **name)
{
	unsigned value = 0;

	for (unsigned i = 0; i < 4; i++) {
		const char *digit = line[i] ? strchr("0123456789abcdef", line[i]) : NULL;

		if (!digit)
			return false;
		value = value << 4 | (unsigned)(digit - "0123456789abcdef");
	}
	*id = value;
	*name = line + 6;
	return line[4] == ' ' && line[5] == ' ';
}

static void set_name(char **to, const char *from, const char *end)
{
	if (!*to)
		*to = xstrndup(from, (size_t)(end - from));
}

static void take_entry(struct wanted *w, unsigned vendor, int product, const char *name, const char *end)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i]->vendor == vendor && product < 0)
			set_name(&w->v[i]->vendor_name, name, end);
		else if (w->v[i]->vendor == vendor && w->v[i]->product == product)
			set_name(&w->v[i]->product_name, name, end);
}

static void name_by_ids(const struct strbuf *text, struct wanted *w)
{
	const char *s = strbuf_str(text), *stop = s + text->len, *end, *name;
	bool in_vendor = false;
	unsigned vendor = 0, product;

	for (; s < stop; s = end + 1) {
		end = memchr(s, '\n', (size_t)(stop - s));
		if (!end)
			end = stop;
		if (*s == '#' || s == end)
			continue;
		if (*s != '\t') {
			in_vendor = end - s > 6 && entry(s, &vendor, &name) && w->vendors[vendor];
			if (in_vendor)
				take_entry(w, vendor, -1, name, end);
		} else if (in_vendor && end - s > 7 && entry(s + 1, &product, &name)) {
			take_entry(w, vendor, (int)product, name, end);
		}
	}
}

static void name_wanted(struct host *h, struct wanted *w)
{
	static const char *const files[] = { USB_IDS_FILES };
	_cleanup_strbuf_ struct strbuf text = { 0 };

	for (size_t i = 0; w->n && i < ARRAY_SIZE(files); i++)
		if (host_read(h, files[i], IDS_MAX, &text, NULL) == 0) {
			name_by_ids(&text, w);
			break;
		}
}

static void look_up(struct host *h, struct usbdevs *set, bool udev)
{
	_cleanup_free_ struct wanted *w = xcalloc(1, sizeof(*w));

	w->v = xcalloc(set->n + 1, sizeof(*w->v));
	for (size_t i = 0; i < set->n; i++)
		if (!(udev && name_by_udev(h, &set->v[i])) && set->v[i].ids_known) {
			w->v[w->n++] = &set->v[i];
			w->vendors[set->v[i].vendor] = true;
		}
	name_wanted(h, w);
	free(w->v);
}

void usbdevs_name(struct host *h, struct usbdevs *set)
{
	usbdevs_details(h, set); /* udev knows a device by its number */
	look_up(h, set, true);
}

void usbdevs_name_by_ids(struct host *h, struct usbdevs *set)
{
	look_up(h, set, false);
}
