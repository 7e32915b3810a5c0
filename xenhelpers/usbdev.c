/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbdev.c - see usbdev.h */

#include <limits.h>

#include "chain.h"
#include "usbdev.h"

#define USB_SYSFS "/sys/bus/usb/devices"
#define ATTR_MAX 4096 /* a page, as sysfs gives it */

static void usbif_done(struct usbif *i)
{
	free(i->name);
	free(i->driver);
}

static void usbdev_done(struct usbdev *d)
{
	char *const all[] = { d->name,	  d->place,	   d->vendor_text, d->product_text, d->version,	    d->speed,
			      d->serial, d->manufacturer, d->model,	   d->dev,	    d->vendor_name, d->product_name };

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		free(all[i]);
	for (size_t i = 0; i < d->n; i++)
		usbif_done(&d->v[i]);
	free(d->v);
	*d = (struct usbdev){ 0 };
}

void usbdevs_done(struct usbdevs *set)
{
	for (size_t i = 0; i < set->n; i++)
		usbdev_done(&set->v[i]);
	free(set->v);
	*set = (struct usbdevs){ 0 };
}

/* ---- attributes -------------------------------------------------------------------------------------------------- */

/* As libudev gives it: without line ends behind it.  NULL: not there, or not readable.  A NUL ends it. */
static char *attr(struct host *h, int dir, const char *name)
{
	_cleanup_close_ int fd = host_open_at(h, dir, name, NULL);
	char text[ATTR_MAX];
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text)) : -1;

	/* sysfs gives an attribute in one piece, at most a page. */
	if (n < 0)
		return NULL;
	while (n && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	return xstrndup(text, (size_t)n);
}

/* Blanks around it are taken as Python's int() takes them. */
static bool number(const char *s, unsigned base, unsigned max, unsigned *ret)
{
	_cleanup_free_ char *bare = NULL;
	uint64_t value;
	size_t n;

	if (!s)
		return false;
	s += strspn(s, " \t\n\v\f\r");
	for (n = strlen(s); n && strchr(" \t\n\v\f\r", s[n - 1]);)
		n--;
	bare = xstrndup(s, n);
	if (!str_to_u64(bare, base, max, &value))
		return false;
	*ret = (unsigned)value;
	return true;
}

static bool hex_attr(struct host *h, int dir, const char *name, unsigned max, unsigned *ret)
{
	_cleanup_free_ char *text = attr(h, dir, name);

	return number(text, 16, max, ret);
}

static char *link_name(struct host *h, int dir, const char *name)
{
	char target[PATH_MAX];
	const char *slash;

	if (host_readlink_at(h, dir, name, target, sizeof(target), NULL) < 0)
		return NULL;
	slash = strrchr(target, '/');
	return xstrdup(slash ? slash + 1 : target);
}

static int open_entry(struct host *h, const char *name)
{
	_cleanup_free_ char *path = xasprintf(USB_SYSFS "/%s", name);

	return host_open_dir(h, path, NULL);
}

/* ---- devices --------------------------------------------------------------------------------------------------------- */

bool usbdev_is_root_hub(const struct usbdev *d)
{
	return str_after(d->name, "usb") != NULL;
}

static void find_place(struct host *h, int bus, struct usbdev *d)
{
	_cleanup_chain_ struct chain c = { 0 };

	char target[PATH_MAX];
	const char *from_top = NULL;

	/* "../../../devices/...", which sysfs writes without a link in it */
	if (host_readlink_at(h, bus, d->name, target, sizeof(target), NULL) >= 0)
		from_top = str_after(target, "../../../devices/");
	d->place = from_top ? xasprintf("/sys/devices/%s", from_top) : chain_sysfs_place(h, USB_SYSFS, d->name);
	if (!d->place || !chain_add_sysfs(&c, d->place))
		return;
	d->has_controller = true;
	d->controller = c.devices.v[c.devices.n - 1];
}

static void take_ids(struct usbdev *d, unsigned vendor, unsigned product, unsigned release)
{
	d->ids_known = true;
	d->vendor = (uint16_t)vendor;
	d->product = (uint16_t)product;
	d->release = (uint16_t)release;
}

static void read_ids(struct host *h, int dir, struct usbdev *d)
{
	unsigned vendor, product, release;
	_cleanup_free_ char *text = attr(h, dir, "bcdDevice");

	d->vendor_text = attr(h, dir, "idVendor");
	d->product_text = attr(h, dir, "idProduct");
	d->lacks = !d->vendor_text ? "idVendor" : !d->product_text ? "idProduct" : !text ? "bcdDevice" : d->lacks;
	if (number(d->vendor_text, 16, 0xffff, &vendor) && number(d->product_text, 16, 0xffff, &product) &&
	    number(text, 16, 0xffff, &release))
		take_ids(d, vendor, product, release);
}

/* What the device is, what its configuration is, and how many interfaces that has. */
struct active {
	unsigned class;
	char *value;
	unsigned interfaces;
	bool known;
};

static struct active read_active(struct host *h, int dir, struct usbdev *d)
{
	_cleanup_free_ char *count = attr(h, dir, "bNumInterfaces");
	struct active a = { .value = attr(h, dir, "bConfigurationValue") };
	unsigned ignored;

	d->lacks = !a.value ? "bConfigurationValue" : !count ? "bNumInterfaces" : NULL;
	a.known = number(a.value, 10, INT_MAX, &ignored) && number(count, 10, INT_MAX, &a.interfaces);
	return a;
}

/* DEVICE:CONFIGURATION.NUMBER */
static bool is_active(const struct usbdev *d, const struct usbif *i, const struct active *a)
{
	_cleanup_free_ char *start = a->value ? xasprintf("%s:%s.", d->name, a->value) : NULL;
	const char *digits = start ? str_after(i->name, start) : NULL;

	return digits && *digits && !digits[strspn(digits, "0123456789")];
}

enum { M_VENDOR, M_PRODUCT, M_RELEASE, M_DEVICE_CLASS, M_CLASS = 6, M_SUBCLASS, M_PROT, M_NUMBER, M_FIELDS };

/*
 * "usb:v046DpC31Cd4920dc00dsc00dp00ic03isc01ip01in00": the kernel prints in this attribute of an interface, out of the same descriptors,
 * what eight attributes of the interface and of its device say.  To open, read and close these is most of what a look at the bus costs.
 */
static bool read_modalias(struct host *h, int dir, const char *name, unsigned ret[M_FIELDS])
{
	static const char *const words[M_FIELDS] = { "usb:v", "p", "d", "dc", "dsc", "dp", "ic", "isc", "ip", "in" };
	_cleanup_free_ char *text = attr(h, dir, name);
	const char *s = text;

	for (size_t i = 0; s && i < M_FIELDS; i++) {
		size_t width = i <= M_RELEASE ? 4 : 2;

		s = str_after(s, words[i]);
		ret[i] = 0;
		for (size_t n = 0; s && n < width; n++) {
			unsigned digit = *s >= '0' && *s <= '9' ? (unsigned)(*s - '0') : *s >= 'A' && *s <= 'F' ? (unsigned)(*s - 'A' + 10) : 16;

			ret[i] = ret[i] << 4 | digit;
			s = digit < 16 ? s + 1 : NULL;
		}
	}
	return s && !*s;
}

static bool read_codes(struct host *h, int dir, unsigned ret[M_FIELDS])
{
	return hex_attr(h, dir, "bInterfaceClass", 0xff, &ret[M_CLASS]) && hex_attr(h, dir, "bInterfaceSubClass", 0xff, &ret[M_SUBCLASS]) &&
	       hex_attr(h, dir, "bInterfaceProtocol", 0xff, &ret[M_PROT]);
}

/* `parent` is the device's directory: an interface's is in it, and is opened only where that attribute does not tell all. */
static void add_interface(struct host *h, int parent, struct usbdev *d, const char *name, struct active *a)
{
	_cleanup_free_ char *path = xasprintf("%s/modalias", name);
	struct usbif i = { .name = xstrdup(name) };
	unsigned v[M_FIELDS];
	bool all = parent >= 0 && read_modalias(h, parent, path, v);
	_cleanup_close_ int dir = all ? -1 : open_entry(h, name);

	all = all || (dir >= 0 && read_modalias(h, dir, "modalias", v));
	if (all && !d->ids_known) {
		take_ids(d, v[M_VENDOR], v[M_PRODUCT], v[M_RELEASE]);
		a->class = v[M_DEVICE_CLASS];
	}
	i.ids_known = all || (dir >= 0 && read_codes(h, dir, v));
	if (i.ids_known) {
		i.class = (uint8_t)v[M_CLASS];
		i.subclass = (uint8_t)v[M_SUBCLASS];
		i.prot = (uint8_t)v[M_PROT];
		i.counts = i.class != 0x09 && is_active(d, &i, a) && (all || hex_attr(h, dir, "bInterfaceNumber", 0xffff, &v[M_NUMBER]));
	}
	ARRAY_GROW(d->v, d->n);
	d->v[d->n++] = i;
}

static void judge(struct usbdev *d, const struct active *a)
{
	size_t count = 0;

	for (size_t i = 0; i < d->n; i++)
		count += d->v[i].counts;
	d->status = USB_NOT_READY;
	if (a->class == 0x09)
		d->status = USB_HUB;
	else if (!d->ids_known)
		d->why = "its ids cannot be read";
	else if (!a->known)
		d->why = "it is not configured: dom0 has not accepted it, or it was taken away from it";
	else if (!a->interfaces)
		d->why = "its configuration has no interface";
	else if (count != a->interfaces)
		d->why = "not all interfaces of its configuration are there, or one is a hub's";
	else
		d->status = USB_READY;
}

/* The first of the names, which are sorted by bytes, that is not before this one. */
static size_t find_name(const struct strv *names, const char *start)
{
	size_t low = 0, high = names->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(names->v[middle], start) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* `names` are all that the bus has: those that begin with the device's own name and a colon are its interfaces. */
static void read_device(struct host *h, int bus, const char *name, const struct strv *names, struct usbdevs *set)
{
	_cleanup_close_ int dir = open_entry(h, name);
	_cleanup_free_ char *start = xasprintf("%s:", name);
	struct usbdev d = { .name = xstrdup(name) };
	struct active a = { 0 };

	if (dir >= 0)
		a = read_active(h, dir, &d);
	find_place(h, bus, &d);
	for (size_t i = find_name(names, start); i < names->n && str_after(names->v[i], start); i++)
		add_interface(h, dir, &d, names->v[i], &a);
	/* sysfs prints these two as it does the attributes that hold nothing else. */
	if (d.ids_known) {
		d.vendor_text = xasprintf("%04x", d.vendor);
		d.product_text = xasprintf("%04x", d.product);
	} else if (dir >= 0) {
		read_ids(h, dir, &d);
		hex_attr(h, dir, "bDeviceClass", 0xff, &a.class);
	}
	judge(&d, &a);
	free(a.value);
	ARRAY_GROW(set->v, set->n);
	set->v[set->n++] = d;
}

static int compare_places(const void *a, const void *b)
{
	const struct usbdev *x = a, *y = b;

	return strcmp(x->place ? x->place : x->name, y->place ? y->place : y->name);
}

int usbdevs_read(struct host *h, struct usbdevs *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	struct usbdevs set = { 0 };
	_cleanup_close_ int bus = -1;
	int rc = host_list(h, USB_SYSFS, &names, err);

	if (rc == 0)
		rc = bus = host_open_dir(h, USB_SYSFS, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < names.n; i++)
		if (!strchr(names.v[i], ':'))
			read_device(h, bus, names.v[i], &names, &set);
	if (set.n)
		qsort(set.v, set.n, sizeof(*set.v), compare_places);
	*ret = set;
	return 0;
}

static void read_drivers(struct host *h, struct usbdev *d)
{
	for (size_t i = 0; i < d->n; i++) {
		_cleanup_close_ int dir = open_entry(h, d->v[i].name);

		if (dir >= 0)
			d->v[i].driver = link_name(h, dir, "driver");
	}
}

void usbdevs_details(struct host *h, struct usbdevs *set)
{
	for (size_t i = 0; !set->detailed && i < set->n; i++) {
		struct usbdev *d = &set->v[i];
		_cleanup_close_ int dir = open_entry(h, d->name);

		if (dir < 0)
			continue;
		d->version = attr(h, dir, "version");
		d->speed = attr(h, dir, "speed");
		d->serial = attr(h, dir, "serial");
		d->manufacturer = attr(h, dir, "manufacturer");
		d->model = attr(h, dir, "product");
		d->dev = attr(h, dir, "dev");
		read_drivers(h, d);
	}
	set->detailed = true;
}

struct usbdev *usbdevs_find(const struct usbdevs *set, const char *name)
{
	for (size_t i = 0; i < set->n; i++)
		if (streq(set->v[i].name, name))
			return &set->v[i];
	return NULL;
}
