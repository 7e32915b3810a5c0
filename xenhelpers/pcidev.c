/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcidev.c - the functions of a host, from sysfs or from lspci.txt; see pcidev.h. */

#include <limits.h>
#include <stdio.h>
#include <pci/pci.h>

#include "module.h"
#include "pcidb.h"
#include "pcidev.h"

#define ATTR_SIZE 64 /* room for a text attribute; those that we read are numbers */

static void pcidev_init(struct pcidev *dev, struct bdf bdf)
{
	*dev = (struct pcidev){
		.bdf = bdf,
		.header = PCIDEV_HEADER_UNKNOWN,
		.has_driver = TRI_UNKNOWN,
		.boot_vga = TRI_UNKNOWN,
		.sysfs_node = PCIDEV_UNKNOWN,
		.numvfs = PCIDEV_UNKNOWN,
		.totalvfs = PCIDEV_UNKNOWN,
	};
}

static void pcidev_done(struct pcidev *dev)
{
	pcidev_config_close(dev);
	free(dev->driver);
	free(dev->path);
}

void pcidevs_done(struct pcidevs *set)
{
	for (size_t i = 0; i < set->n; i++)
		pcidev_done(set->v + i);
	free(set->v);
	*set = (struct pcidevs){ 0 };
}

static int pcidev_cmp(const void *a, const void *b)
{
	return bdf_cmp(((const struct pcidev *)a)->bdf, ((const struct pcidev *)b)->bdf);
}

struct pcidev *pcidevs_find(const struct pcidevs *set, struct bdf bdf)
{
	struct pcidev key = { .bdf = bdf };

	return set->n ? bsearch(&key, set->v, set->n, sizeof(*set->v), pcidev_cmp) : NULL;
}

struct pcidev *pcidevs_parent(const struct pcidevs *set, const struct pcidev *dev)
{
	return dev->has_parent ? pcidevs_find(set, dev->parent) : NULL;
}

bool pcidev_is_bridge(const struct pcidev *dev)
{
	return dev->class >> 16 == PCI_BASE_CLASS_BRIDGE || dev->header == PCI_HEADER_TYPE_BRIDGE ||
	       dev->header == PCI_HEADER_TYPE_CARDBUS;
}

static bool is_display(const struct pcidev *dev)
{
	return dev->class >> 16 == PCI_BASE_CLASS_DISPLAY;
}

/* The kernel makes boot_vga for VGA displays only: a 3D controller without the file is not the console. */
static bool is_vga(const struct pcidev *dev)
{
	return dev->class >> 8 == PCI_CLASS_DISPLAY_VGA;
}

char *pcidev_identity(struct pcidevs *set, const struct pcidev *dev)
{
	struct strbuf b = { 0 };
	uint64_t serial;

	strbuf_addf(&b, "%s@%04x:%04x:%04x:%04x:%06x", dev->path ? dev->path : "", (unsigned)dev->vendor,
		    (unsigned)dev->device, (unsigned)dev->subvendor, (unsigned)dev->subdevice, dev->class);
	if (pcidev_serial(set, dev, &serial) == TRI_YES)
		strbuf_addf(&b, "@%016llx", (unsigned long long)serial);
	return strbuf_take(&b);
}

/* ---- what config space says of a function ------------------------------------------------------------ */

static void set_class(struct pcidev *dev, uint32_t class)
{
	dev->class = class;
	dev->class_known = true;
}

static void set_ids(struct pcidev *dev, uint32_t vendor, uint32_t device)
{
	dev->vendor = (uint16_t)vendor;
	dev->device = (uint16_t)device;
	dev->ids_known = true;
}

static void set_subsystem(struct pcidev *dev, uint32_t both)
{
	dev->subvendor = both & 0xffff;
	dev->subdevice = (uint16_t)(both >> 16);
}

/* Where the subsystem's identifiers stand depends on the kind of header; a bridge has a capability for them. */
static bool subsystem_from_config(const struct pcidevs *set, struct pcidev *dev)
{
	uint32_t v;
	int cap;

	switch (dev->header) {
	case PCI_HEADER_TYPE_NORMAL:
		if (!pcidev_config_read(set, dev, PCI_SUBSYSTEM_VENDOR_ID, 4, &v))
			return false;
		break;
	case PCI_HEADER_TYPE_CARDBUS:
		if (!pcidev_config_read(set, dev, PCI_CB_SUBSYSTEM_VENDOR_ID, 4, &v))
			return false;
		break;
	case PCI_HEADER_TYPE_BRIDGE:
		cap = pcidev_cap(set, dev, PCI_CAP_ID_SSVID);
		if (cap <= 0)
			return !cap;
		if (!pcidev_config_read(set, dev, (unsigned)cap + PCI_SSVID_VENDOR, 4, &v))
			return false;
		break;
	default: return false;
	}
	set_subsystem(dev, v);
	return true;
}

static void read_config(const struct pcidevs *set, struct pcidev *dev)
{
	uint32_t ids, class, type;

	if (!pcidev_config_read(set, dev, PCI_VENDOR_ID, 4, &ids) ||
	    !pcidev_config_read(set, dev, PCI_CLASS_REVISION, 4, &class) ||
	    !pcidev_config_read(set, dev, PCI_HEADER_TYPE, 1, &type))
		return;
	if (ids != UINT32_MAX) /* a VF has its identifiers elsewhere */
		set_ids(dev, ids & 0xffff, ids >> 16);
	set_class(dev, class >> 8);
	dev->revision = class & 0xff;
	dev->header = type & 0x7f;
}

/* The header's kind, where config space cannot be read but the class leaves no doubt. */
static void guess_header(struct pcidev *dev)
{
	if (dev->header != PCIDEV_HEADER_UNKNOWN || !dev->class_known)
		return;
	if (dev->class >> 8 == PCI_CLASS_BRIDGE_PCI)
		dev->header = PCI_HEADER_TYPE_BRIDGE;
	else if (dev->class >> 8 == PCI_CLASS_BRIDGE_CARDBUS)
		dev->header = PCI_HEADER_TYPE_CARDBUS;
	else if (!pcidev_is_bridge(dev))
		dev->header = PCI_HEADER_TYPE_NORMAL;
}

/* ---- sysfs ------------------------------------------------------------------------------------------ */

/* The directory of one function, open. */
struct place {
	struct host *h;
	int fd;
};

/* A text attribute without its newline, in buf; NULL when it cannot be had. One read gives all of it. */
static const char *attr(const struct place *p, const char *name, char buf[static ATTR_SIZE])
{
	_cleanup_close_ int fd = host_open_at(p->h, p->fd, name, NULL);
	ssize_t n;

	if (fd < 0)
		return NULL;
	n = pread(fd, buf, ATTR_SIZE, 0);
	if (n < 0 || n == ATTR_SIZE)
		return NULL;
	if (n && buf[n - 1] == '\n')
		n--;
	buf[n] = '\0';
	/* A NUL inside would make garbage look like a number. */
	return strlen(buf) == (size_t)n ? buf : NULL;
}

/* "0x8086" */
static bool attr_hex(const struct place *p, const char *name, uint32_t max, uint32_t *ret)
{
	char buf[ATTR_SIZE];
	const char *s = attr(p, name, buf), *digits = s ? str_after(s, "0x") : NULL;
	uint64_t v;

	if (!s || !str_to_u64(digits ? digits : s, 16, max, &v))
		return false;
	*ret = (uint32_t)v;
	return true;
}

static int attr_count(const struct place *p, const char *name)
{
	char buf[ATTR_SIZE];
	const char *s = attr(p, name, buf);
	unsigned v;

	return s && str_to_uint(s, INT_MAX, &v) ? (int)v : PCIDEV_UNKNOWN;
}

/* What config space left open: all of it where there is none, the identifiers of a VF. */
static void read_id_texts(const struct place *p, struct pcidev *dev)
{
	uint32_t a, b;

	if (!dev->ids_known && attr_hex(p, "vendor", 0xffff, &a) && attr_hex(p, "device", 0xffff, &b))
		set_ids(dev, a, b);
	if (dev->class_known)
		return;
	if (attr_hex(p, "class", 0xffffff, &a))
		set_class(dev, a);
	if (attr_hex(p, "revision", 0xff, &a))
		dev->revision = (uint8_t)a;
}

static void read_subsystem(const struct pcidevs *set, const struct place *p, struct pcidev *dev)
{
	uint32_t vendor, device;

	if (subsystem_from_config(set, dev))
		return;
	if (attr_hex(p, "subsystem_vendor", 0xffff, &vendor) && attr_hex(p, "subsystem_device", 0xffff, &device))
		set_subsystem(dev, device << 16 | vendor);
}

/* The last component of what a link says. */
static const char *link_name(const char *target)
{
	const char *slash = strrchr(target, '/');

	return slash ? slash + 1 : target;
}

static void read_driver(const struct place *p, struct pcidev *dev)
{
	char target[PATH_MAX];
	int rc = host_readlink_at(p->h, p->fd, "driver", target, sizeof(target), NULL);

	if (rc >= 0 && *link_name(target)) {
		dev->driver = xstrdup(link_name(target));
		dev->has_driver = TRI_YES;
	} else if (rc == -ENOENT && dev->ids_known) {
		/* Where not even the identifiers are, a missing link says nothing. */
		dev->has_driver = TRI_NO;
	}
}

static void read_sriov(const struct place *p, struct pcidev *dev)
{
	char target[PATH_MAX];
	int rc;

	if (dev->header != PCI_HEADER_TYPE_NORMAL && dev->header != PCIDEV_HEADER_UNKNOWN)
		return; /* no other kind has SR-IOV */
	rc = host_readlink_at(p->h, p->fd, "physfn", target, sizeof(target), NULL);
	if (rc != -ENOENT) {
		dev->is_vf = true;
		dev->has_physfn =
			rc >= 0 && bdf_parse(link_name(target), &dev->physfn) && !bdf_eq(dev->physfn, dev->bdf);
		return;
	}
	dev->totalvfs = attr_count(p, "sriov_totalvfs");
	if (dev->totalvfs >= 0)
		dev->numvfs = attr_count(p, "sriov_numvfs");
}

static void read_boot_vga(const struct place *p, struct pcidev *dev)
{
	char buf[ATTR_SIZE];
	const char *s;

	if (!dev->class_known)
		return;
	if (!is_display(dev)) {
		dev->boot_vga = TRI_NO;
		return;
	}
	s = attr(p, "boot_vga", buf);
	if (!s && !is_vga(dev))
		dev->boot_vga = TRI_NO;
	if (s && (streq(s, "0") || streq(s, "1")))
		dev->boot_vga = *s == '1' ? TRI_YES : TRI_NO;
}

static void read_function(const struct pcidevs *set, struct pcidev *dev)
{
	_cleanup_close_ int fd = -1;
	struct place p = { .h = set->host };
	char path[64];

	snprintf(path, sizeof(path), PCIDEV_SYSFS "/%s", BDF_STR(dev->bdf));
	p.fd = fd = host_open_dir(set->host, path, NULL);
	if (fd < 0)
		return;
	pcidev_config_open(set, dev, fd);
	read_config(set, dev);
	read_id_texts(&p, dev);
	guess_header(dev);
	read_subsystem(set, &p, dev);
	read_driver(&p, dev);
	read_sriov(&p, dev);
	read_boot_vga(&p, dev);
	dev->sysfs_node = attr_count(&p, "numa_node"); /* "-1" is no count, so unknown */
}

/* "pci0000:40", as the directory of a root bus is named; the address of its first function is as good. */
static bool parse_root(const char *s, size_t n, struct bdf *ret)
{
	char address[BDF_STRLEN + 8];

	if (n < 4 || n > BDF_STRLEN || strncmp(s, "pci", 3))
		return false;
	snprintf(address, sizeof(address), "%.*s:00.0", (int)n - 3, s + 3);
	return bdf_parse(address, ret);
}

/*
 * Parent and path from the link in /sys/bus/pci/devices, "../../../devices/pci0000:17/0000:17:00.0/0000:18:00.0": a
 * root bus, then a function a hop.  (Intel VMD has a second root bus further down: the last one counts.)  A text in
 * which bus numbers do not grow is no chain of bridges.
 */
static bool place_from_link(struct pcidev *dev, const char *link)
{
	_cleanup_strbuf_ struct strbuf path = { 0 };
	struct bdf root, hop = { 0 }, above = { 0 };
	size_t hops = 0, len;
	bool rooted = false;

	for (const char *s = link; *s; s += len + (s[len] == '/')) {
		len = strcspn(s, "/");
		if (parse_root(s, len, &root)) {
			strbuf_reset(&path);
			strbuf_addf(&path, "%04x:%02x", root.domain, (unsigned)root.bus);
			hop = root;
			hops = 0;
			rooted = true;
			continue;
		}
		if (!rooted)
			continue;
		above = hop;
		if (!bdf_parse_n(s, len, &hop) || hop.domain != root.domain)
			return false;
		if (hops++ ? hop.bus <= above.bus : hop.bus < root.bus)
			return false;
		strbuf_addf(&path, "/%02x.%x", (unsigned)hop.dev, (unsigned)hop.fn);
	}
	if (!hops || !bdf_eq(hop, dev->bdf))
		return false;
	dev->has_parent = hops > 1;
	if (dev->has_parent)
		dev->parent = above;
	dev->path = strbuf_take(&path);
	return true;
}

/* Only names as the kernel writes them: others would be a second record of the same function. */
static bool parse_name(const char *name, struct bdf *ret)
{
	return bdf_parse(name, ret) && streq(BDF_STR(*ret), name);
}

static int read_sysfs(struct pcidevs *set, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_close_ int dir = -1;
	char link[PATH_MAX];
	int rc;

	rc = host_list(set->host, PCIDEV_SYSFS, &names, err);
	if (rc < 0)
		return rc;
	dir = host_open_dir(set->host, PCIDEV_SYSFS, err);
	if (dir < 0)
		return dir;
	set->v = xcalloc(MAX(names.n, (size_t)1), sizeof(*set->v));
	for (size_t i = 0; i < names.n; i++) {
		struct pcidev *dev = set->v + set->n;
		struct bdf bdf;

		if (!parse_name(names.v[i], &bdf))
			continue;
		pcidev_init(dev, bdf);
		read_function(set, dev);
		if (host_readlink_at(set->host, dir, names.v[i], link, sizeof(link), NULL) >= 0)
			place_from_link(dev, link);
		set->n++;
	}
	return 0;
}

/* ---- lspci.txt -------------------------------------------------------------------------------------- */

static void add_from_dump(void *arg, const struct pcidb_function *f)
{
	struct pcidevs *set = arg;
	struct pcidev *dev;

	ARRAY_GROW(set->v, set->n);
	dev = set->v + set->n++;
	pcidev_init(dev, f->bdf);
	pcidev_config_from_dump(dev, f->config, f->size);
	read_config(set, dev);
	subsystem_from_config(set, dev);
	if (dev->class_known && !is_vga(dev))
		dev->boot_vga = TRI_NO;
}

/* A function that stands in a dump twice: one of them is as good as the other. */
static void drop_doubles(struct pcidevs *set)
{
	size_t kept = 0;

	for (size_t i = 0; i < set->n; i++) {
		if (kept && bdf_eq(set->v[kept - 1].bdf, set->v[i].bdf))
			pcidev_done(set->v + i);
		else
			set->v[kept++] = set->v[i];
	}
	set->n = kept;
}

static unsigned routing_id(struct bdf bdf)
{
	return (unsigned)bdf.bus << 8 | (unsigned)bdf.dev << 3 | bdf.fn;
}

/*
 * In a dump, VFs are those functions at which a physical function's SR-IOV capability points (SR-IOV specification,
 * 3.3), and their device identifier stands there.  They lie behind it, so the walk never goes back.
 */
static void mark_vfs(struct pcidevs *set, struct pcidev *pf, unsigned *budget)
{
	int cap = pcidev_ext_cap(set, pf, PCI_EXT_CAP_ID_SRIOV);
	uint32_t total, num, offset, stride, id;

	if (cap <= 0 || !pcidev_config_read(set, pf, (unsigned)cap + PCI_IOV_TOTALVF, 2, &total) ||
	    !pcidev_config_read(set, pf, (unsigned)cap + PCI_IOV_NUMVF, 2, &num) ||
	    !pcidev_config_read(set, pf, (unsigned)cap + PCI_IOV_OFFSET, 2, &offset) ||
	    !pcidev_config_read(set, pf, (unsigned)cap + PCI_IOV_STRIDE, 2, &stride) ||
	    !pcidev_config_read(set, pf, (unsigned)cap + PCI_IOV_DID, 2, &id))
		return;
	pf->totalvfs = (int)total;
	pf->numvfs = (int)num;
	if (!offset || (!stride && num > 1))
		return;
	for (unsigned i = 0, rid = routing_id(pf->bdf) + offset; i < num && rid <= 0xffff && *budget;
	     i++, rid += stride) {
		struct bdf bdf = {
			.domain = pf->bdf.domain, .bus = (uint8_t)(rid >> 8), .dev = rid >> 3 & 0x1f, .fn = rid & 7
		};
		struct pcidev *vf = pcidevs_find(set, bdf);

		(*budget)--;
		if (!vf || vf->ids_known)
			continue;
		set_ids(vf, pf->vendor, id);
		vf->is_vf = vf->has_physfn = true;
		vf->physfn = pf->bdf;
	}
}

static int read_dump(struct pcidevs *set, struct err *err)
{
	unsigned budget = 1u << 20; /* a hostile dump may have 64K VFs at every function */
	const struct pcidb_ops *pcidb;
	_cleanup_close_ int fd = host_open_part(set->host, "lspci.txt", err);
	int rc;

	if (fd < 0)
		return fd;
	pcidb = module_load("pcidb", err);
	if (!pcidb)
		return -err->code;
	set->from_dump = true;
	rc = pcidb->read_dump(fd, add_from_dump, set, err);
	if (rc >= 0 && !set->n)
		rc = err_set(err, EINVAL, "there is no PCI function in it");
	if (rc < 0) {
		err_wrap(err, "cannot read lspci.txt of '%s'", host_name(set->host));
		err_hint(err, "it must be the output of `lspci -D -xxxx`, unchanged");
		return rc;
	}
	qsort(set->v, set->n, sizeof(*set->v), pcidev_cmp);
	drop_doubles(set);
	for (size_t i = 0; i < set->n; i++)
		mark_vfs(set, set->v + i, &budget);
	return 0;
}

/* ---- places of functions that no link told ------------------------------------------------------------ */

struct bridge {
	uint64_t bus; /* domain and secondary bus */
	struct pcidev *dev;
};

static int bridge_cmp(const void *a, const void *b)
{
	const struct bridge *x = a, *y = b;

	return (x->bus > y->bus) - (x->bus < y->bus);
}

static uint64_t bus_key(uint32_t domain, uint32_t bus)
{
	return (uint64_t)domain << 8 | bus;
}

/* The bridges of a host, sorted by the bus behind them.  Where several claim a bus, any of them is as wrong. */
static size_t find_bridges(const struct pcidevs *set, struct bridge *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		struct pcidev *dev = set->v + i;
		uint32_t bus;

		if (dev->header != PCI_HEADER_TYPE_BRIDGE && dev->header != PCI_HEADER_TYPE_CARDBUS)
			continue;
		if (pcidev_config_read(set, dev, PCI_SECONDARY_BUS, 1, &bus) && bus > dev->bdf.bus)
			ret[n++] = (struct bridge){ bus_key(dev->bdf.domain, bus), dev };
	}
	if (n)
		qsort(ret, n, sizeof(*ret), bridge_cmp);
	return n;
}

static void place_behind(struct pcidev *dev, const struct pcidev *bridge)
{
	unsigned d = dev->bdf.dev, f = dev->bdf.fn;

	if (bridge && bridge->path) {
		dev->has_parent = true;
		dev->parent = bridge->bdf;
		dev->path = xasprintf("%s/%02x.%x", bridge->path, d, f);
	} else {
		dev->path = xasprintf("%04x:%02x/%02x.%x", dev->bdf.domain, (unsigned)dev->bdf.bus, d, f);
	}
}

/* In order of BDF, a bridge comes before everything behind it. */
static void place_by_buses(struct pcidevs *set)
{
	_cleanup_free_ struct bridge *bridges = xcalloc(set->n, sizeof(*bridges));
	size_t n = find_bridges(set, bridges);

	for (size_t i = 0; i < set->n; i++) {
		struct pcidev *dev = set->v + i;
		struct bridge key = { .bus = bus_key(dev->bdf.domain, dev->bdf.bus) };
		struct bridge *found = NULL;

		if (dev->path)
			continue;
		if (n)
			found = bsearch(&key, bridges, n, sizeof(*bridges), bridge_cmp);
		place_behind(dev, found ? found->dev : NULL);
	}
}

static bool has_unplaced(const struct pcidevs *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (!set->v[i].path)
			return true;
	return false;
}

/* A VF hangs where its physical function hangs, also when it lies on a bus that no bridge names. */
static void place_vfs(struct pcidevs *set)
{
	_cleanup_free_ unsigned *count = xcalloc(MAX(set->n, (size_t)1), sizeof(*count));

	for (size_t i = 0; i < set->n; i++) {
		struct pcidev *vf = set->v + i;
		const struct pcidev *pf = vf->has_physfn ? pcidevs_find(set, vf->physfn) : NULL;

		if (!pf || pf->is_vf)
			continue;
		free(vf->path);
		vf->path = xasprintf("%s/vf%u", pf->path, count[pf - set->v]++);
		if (!vf->has_parent && pf->has_parent && pf->parent.domain == vf->bdf.domain &&
		    pf->parent.bus < vf->bdf.bus) {
			vf->has_parent = true;
			vf->parent = pf->parent;
		}
	}
}

/* sysfs, or where that is not there, or is no more than its directories, the dump. */
static int read_source(struct pcidevs *set, struct err *err)
{
	int rc = read_sysfs(set, err), rc_dump;

	if (rc != -ENOENT && rc != -ENOTDIR && (rc < 0 || set->n))
		return rc;
	rc_dump = read_dump(set, err);
	if (rc_dump != -ENOENT)
		return rc_dump;
	if (rc < 0)
		err_set(err, ENOENT, "%s has no PCI devices: neither '%s' nor lspci.txt is there", host_name(set->host),
			PCIDEV_SYSFS);
	return rc < 0 ? -ENOENT : 0;
}

int pcidevs_read(struct host *h, struct pcidevs *ret, struct err *err)
{
	_cleanup_(pcidevs_done) struct pcidevs set = { .host = h };
	struct err why = { 0 }; /* a source that is missing is no failure while there is another */
	int rc = read_source(&set, &why);

	if (rc < 0) {
		if (err)
			*err = why;
		return rc;
	}
	if (has_unplaced(&set))
		place_by_buses(&set);
	place_vfs(&set);
	*ret = set;
	set = (struct pcidevs){ 0 };
	return 0;
}
