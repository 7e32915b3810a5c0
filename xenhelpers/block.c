/* SPDX-License-Identifier: GPL-2.0-or-later */
/* block.c - see block.h */

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "block.h"
#include "route.h"

#define LOOKS_MAX 50000
#define ROUTES_MAX (1u << 20)

/* The two folders of block devices: the class has partitions too, but older recordings may hold only the other. */
static const char *const folders[] = { "/sys/class/block", "/sys/block" };

void block_walk_done(struct block_walk *w)
{
	mounts_done(&w->mounts);
	net_walk_done(&w->net);
	*w = (struct block_walk){ 0 };
}

static bool may_look(struct block_walk *w)
{
	if (w->looks >= LOOKS_MAX)
		return false;
	w->looks++;
	return true;
}

/* host_list(), charged by what it finds. */
static int list(struct block_walk *w, const char *path, struct strv *ret)
{
	int rc = may_look(w) ? host_list(w->h, path, ret, NULL) : -E2BIG;

	if (!rc)
		w->looks += (unsigned)(ret->n / 16);
	return rc;
}

/* ---- names and places ----------------------------------------------------------------------------- */

/* Names come from files: none of them may become another path. */
static bool is_name(const char *s)
{
	return *s && strlen(s) <= 128 && !strchr(s, '/') && !streq(s, ".") && !streq(s, "..");
}

/* "sda1" -> "sda", "nvme0n1p2" -> "nvme0n1": where /sys/block holds a partition's folder. NULL: no such name. */
static char *disk_of_name(const char *name)
{
	size_t n = strlen(name);

	while (n && name[n - 1] >= '0' && name[n - 1] <= '9')
		n--;
	if (n == strlen(name))
		return NULL;
	if (n > 1 && name[n - 1] == 'p' && name[n - 2] >= '0' && name[n - 2] <= '9')
		n--;
	return xstrndup(name, n);
}

/* The device's folder in sysfs, resolved; caller frees; NULL: not there. */
static char *block_place(struct block_walk *w, const char *name)
{
	_cleanup_free_ char *disk = NULL, *folder = NULL;

	if (!is_name(name) || !may_look(w))
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		char *place = chain_sysfs_place(w->h, folders[i], name);

		if (place)
			return place;
	}
	disk = disk_of_name(name);
	if (!disk || !*disk)
		return NULL;
	folder = xasprintf("/sys/block/%s", disk);
	return chain_sysfs_place(w->h, folder, name);
}

bool block_exists(struct block_walk *w, const char *name)
{
	_cleanup_free_ char *place = block_place(w, name);

	return place;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The name of the first block device whose attribute (a file below its folder) reads `value`; caller frees. */
static char *find_by_attribute(struct block_walk *w, const char *attribute, const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		_cleanup_strv_ struct strv names = { 0 };

		if (list(w, folders[i], &names) < 0)
			continue;
		for (size_t k = 0; k < names.n && may_look(w); k++) {
			_cleanup_free_ char *path = xasprintf("%s/%s/%s", folders[i], names.v[k], attribute);
			_cleanup_free_ char *line = NULL;

			if (!host_read_line(w->h, path, &line, NULL) && streq(line, value))
				return xstrdup(names.v[k]);
		}
	}
	return NULL;
}

static char *name_by_number(struct block_walk *w, unsigned maj, unsigned min)
{
	_cleanup_free_ char *number = xasprintf("%u:%u", maj, min);
	_cleanup_free_ char *place = chain_sysfs_place(w->h, "/sys/dev/block", number);

	if (place && block_exists(w, last_part(place)))
		return xstrdup(last_part(place));
	return find_by_attribute(w, "dev", number);
}

/* "/dev/mapper/vg-root" and "/dev/vg/root" by the name that device mapper knows; LVM doubles its dashes. */
static char *name_by_mapping(struct block_walk *w, const char *path)
{
	const char *mapped = str_after(path, "/dev/mapper/"), *rest = str_after(path, "/dev/");
	_cleanup_strbuf_ struct strbuf lvm = { 0 };

	if (mapped)
		return find_by_attribute(w, "dm/name", mapped);
	if (!rest || !strchr(rest, '/') || str_after(rest, "disk/"))
		return NULL;
	for (; *rest; rest++)
		strbuf_add(&lvm, *rest == '/' ? "-" : *rest == '-' ? "--" : (char[]){ *rest, '\0' });
	return find_by_attribute(w, "dm/name", strbuf_str(&lvm));
}

char *block_name(struct block_walk *w, const char *path)
{
	_cleanup_free_ char *place = NULL, *plain = NULL;
	const char *rest = str_after(path, "/dev/");
	struct stat st;
	char *name;

	if (!rest)
		return NULL;
	/* A recording has no device nodes that count; there the names and links have to do. */
	if (host_is_live(w->h) && !host_stat(w->h, path, &st, NULL) && S_ISBLK(st.st_mode)) {
		name = name_by_number(w, major(st.st_rdev), minor(st.st_rdev));
		if (name)
			return name;
	}
	if (!host_resolve(w->h, path, &place, NULL) && block_exists(w, last_part(place)))
		return xstrdup(last_part(place));
	plain = xstrdup(rest);
	for (char *s = plain; *s; s++)
		if (*s == '/')
			*s = '!';
	if (block_exists(w, plain))
		return TAKE_PTR(plain);
	return name_by_mapping(w, path);
}

/* ---- one step down -------------------------------------------------------------------------------- */

static bool add_slaves(struct chain *c, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *path = xasprintf("%s/slaves", place);
	_cleanup_strv_ struct strv names = { 0 };

	if (list(w, path, &names) < 0)
		return false;
	for (size_t i = 0; i < names.n; i++)
		block_add(c, names.v[i], w);
	return names.n;
}

/* A partition stands on the disk whose folder holds its own. */
static bool add_disk(struct chain *c, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *parent = xstrndup(place, (size_t)(last_part(place) - place - 1));

	if (!block_exists(w, last_part(parent)))
		return false;
	block_add(c, last_part(parent), w);
	return true;
}

static bool is_numbered(const char *name, const char *prefix)
{
	const char *s = str_after(name, prefix);

	return s && *s && !s[strspn(s, "0123456789")];
}

/* A controller of an NVMe subsystem: a PCI function, or NVMe over a fabric, which sysfs does not follow further. */
static void add_controller(struct chain *c, const char *folder, const char *name, struct block_walk *w)
{
	_cleanup_free_ char *place = chain_sysfs_place(w->h, folder, name);
	_cleanup_free_ char *path = xasprintf("%s/%s/transport", folder, name), *transport = NULL;

	if (place && chain_add_sysfs(c, place))
		return;
	host_read_line(w->h, path, &transport, NULL);
	chain_add_unknown(c, "%.32s is NVMe over %.16s", name, transport ? transport : "an unknown transport");
}

/*
 * The head of NVMe multipath, /sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1, stands on the controllers
 * beside it; its paths are hidden block devices (nvme0c1n1).
 */
static bool add_nvme_paths(struct chain *c, const char *name, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *folder = xstrndup(place, (size_t)(last_part(place) - place - 1));
	_cleanup_strv_ struct strv names = { 0 }, blocks = { 0 };
	const char *rest = str_after(name, "nvme"), *n = rest ? strchr(rest, 'n') : NULL;
	_cleanup_free_ char *pattern = NULL;
	size_t found = 0;

	if (!n || !strstr(place, "/nvme-subsystem/"))
		return false;
	list(w, folder, &names);
	for (size_t i = 0; i < names.n && may_look(w); i++)
		if (is_numbered(names.v[i], "nvme")) {
			add_controller(c, folder, names.v[i], w);
			found++;
		}
	pattern = xasprintf("%.*sc*%s", (int)(n - name), name, n);
	list(w, folders[1], &blocks);
	for (size_t i = 0; i < blocks.n && may_look(w); i++)
		if (str_glob(pattern, blocks.v[i])) {
			_cleanup_free_ char *path = chain_sysfs_place(w->h, folders[1], blocks.v[i]);

			found += path && chain_add_sysfs(c, path);
		}
	return found;
}

static bool add_loop(struct chain *c, const char *name, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *path = xasprintf("%s/loop/backing_file", place), *file = NULL;

	if (!is_numbered(name, "loop"))
		return false;
	if (host_read_line(w->h, path, &file, NULL) < 0 || !*file)
		chain_add_unknown(c, "the file behind %.32s", name);
	else if (str_after(file, "/dev/"))
		block_add_path(c, file, w);
	else
		block_add_file(c, file, w);
	return true;
}

/* Memory stands on no device; compressed memory may have one to spill to. */
static bool add_memory(struct chain *c, const char *name, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *path = xasprintf("%s/backing_dev", place), *spill = NULL;

	if (is_numbered(name, "zram")) {
		chain_add_memory(c);
		if (!host_read_line(w->h, path, &spill, NULL) && *spill == '/')
			block_add_path(c, spill, w);
		return true;
	}
	if (!is_numbered(name, "ram") && !strstr(place, "/ndbus"))
		return false;
	chain_add_memory(c);
	return true;
}

/* The part of a path that begins with `prefix` and goes on in digits ("session1"); caller frees. */
static char *numbered_part(const char *place, const char *prefix)
{
	_cleanup_strv_ struct strv parts = { 0 };

	strv_split(&parts, place, '/');
	for (size_t i = 0; i < parts.n; i++)
		if (is_numbered(parts.v[i], prefix))
			return xstrdup(parts.v[i]);
	return NULL;
}

/* The interface that the session's host is bound to; caller frees; NULL: none that is there. */
static char *bound_interface(struct block_walk *w, const char *host)
{
	_cleanup_free_ char *path = xasprintf("/sys/class/iscsi_host/%s/netdev", host), *interface = NULL, *there = NULL;

	host_read_line(w->h, path, &interface, NULL);
	if (interface && is_name(interface))
		there = chain_sysfs_place(w->h, "/sys/class/net", interface);
	return there ? TAKE_PTR(interface) : NULL;
}

/* The target's address of one of the session's connections, as it is now, else as it was at login. */
static char *target_address(struct block_walk *w, const char *connection)
{
	static const char *const attributes[] = { "address", "persistent_address" };
	char *address = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++) {
		_cleanup_free_ char *path = xasprintf("/sys/class/iscsi_connection/%s/%s", connection, attributes[i]);

		if (host_read_line(w->h, path, &address, NULL) == 0 && *address)
			return address;
		free(address);
		address = NULL;
	}
	return NULL;
}

/* Where the connections of "session3" ("connection3:0") go.  False: some of them cannot be told, or there are none. */
static bool add_routes(struct chain *c, const char *session, struct block_walk *w)
{
	_cleanup_free_ char *pattern = xasprintf("connection%s:*", str_after(session, "session"));
	_cleanup_strbuf_ struct strbuf routes = { 0 };
	_cleanup_strv_ struct strv names = { 0 };
	bool all = true, any = false;

	if (host_read(w->h, "/proc/net/route", ROUTES_MAX, &routes, NULL) < 0 || list(w, "/sys/class/iscsi_connection", &names) < 0)
		return false;
	for (size_t i = 0; i < names.n && may_look(w); i++) {
		_cleanup_free_ char *address = NULL, *interface = NULL;

		if (!str_glob(pattern, names.v[i]))
			continue;
		address = target_address(w, names.v[i]);
		interface = address ? route_interface(strbuf_str(&routes), address) : NULL;
		any = true;
		if (interface)
			net_walk_add(c, interface, &w->net);
		else
			all = false;
	}
	return any && all;
}

/* Software iSCSI hangs below /sys/devices/platform: its host may name an interface, else the target's address tells the way. */
static bool add_iscsi(struct chain *c, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *session = numbered_part(place, "session"), *host = numbered_part(place, "host");
	_cleanup_free_ char *interface = host ? bound_interface(w, host) : NULL;

	if (!session)
		return false;
	if (interface)
		net_walk_add(c, interface, &w->net);
	else if (!add_routes(c, session, w))
		chain_add_unknown(c, "the interface of iSCSI %.32s", session);
	return true;
}

/* FCoE hangs below the interface: /sys/devices/virtual/net/eth0.100/ctlr_0/host7/... */
static bool add_fcoe(struct chain *c, const char *place, struct block_walk *w)
{
	const char *s = str_after(place, "/sys/devices/virtual/net/");
	_cleanup_free_ char *interface = NULL;

	if (!s)
		return false;
	interface = xstrndup(s, strcspn(s, "/"));
	net_walk_add(c, interface, &w->net);
	return true;
}

static bool add_hardware(struct chain *c, const char *place, struct block_walk *w)
{
	_cleanup_free_ char *device = NULL;

	if (chain_add_sysfs(c, place))
		return true;
	/* In a recording /sys/block may hold folders and no links: the device link then leads to the place. */
	device = chain_sysfs_place(w->h, place, "device");
	return device && chain_add_sysfs(c, device);
}

static void block_step(struct chain *c, const char *name, void *arg)
{
	struct block_walk *w = arg;
	_cleanup_free_ char *place = block_place(w, name);

	if (w->looks >= LOOKS_MAX) {
		chain_add_unknown(c, "there is too much to follow");
		return;
	}
	if (!place) {
		chain_add_unknown(c, "'%.64s' is not in /sys/class/block", name);
		return;
	}
	if (add_hardware(c, place, w) || add_disk(c, place, w) || add_slaves(c, place, w) ||
	    add_nvme_paths(c, name, place, w) || add_loop(c, name, place, w) || add_memory(c, name, place, w) ||
	    add_iscsi(c, place, w) || add_fcoe(c, place, w))
		return;
	chain_add_unknown(c, "nothing is known below '%.64s'", name);
}

void block_add(struct chain *c, const char *name, struct block_walk *w)
{
	chain_add(c, block_step, name, w);
}

void block_add_path(struct chain *c, const char *path, struct block_walk *w)
{
	_cleanup_free_ char *name = block_name(w, path);

	if (name)
		block_add(c, name, w);
	else
		chain_add_unknown(c, "'%.64s' is not in /sys/class/block", path);
}

/* ---- mounts --------------------------------------------------------------------------------------- */

/* btrfs names one of its devices in mountinfo; the others are in /sys/fs/btrfs/UUID/devices. */
static void add_btrfs(struct chain *c, const char *source, struct block_walk *w)
{
	_cleanup_free_ char *name = block_name(w, source);
	_cleanup_strv_ struct strv all = { 0 };

	if (!name) {
		chain_add_unknown(c, "'%.64s' is not in /sys/class/block", source);
		return;
	}
	block_add(c, name, w);
	list(w, "/sys/fs/btrfs", &all);
	for (size_t i = 0; i < all.n && may_look(w); i++) {
		_cleanup_free_ char *path = xasprintf("/sys/fs/btrfs/%s/devices", all.v[i]);
		_cleanup_strv_ struct strv names = { 0 };

		if (list(w, path, &names) < 0 || !strv_has(&names, name))
			continue;
		for (size_t k = 0; k < names.n; k++)
			block_add(c, names.v[k], w);
		return;
	}
	chain_add_unknown(c, "further disks of the btrfs file system");
}

/* XFS may keep its log and its real-time data on further devices. */
static void add_option_devices(struct chain *c, const char *options, struct block_walk *w)
{
	_cleanup_strv_ struct strv words = { 0 };

	strv_split(&words, options, ',');
	for (size_t i = 0; i < words.n; i++) {
		const char *path = str_after(words.v[i], "logdev=");

		if (!path)
			path = str_after(words.v[i], "rtdev=");
		if (path)
			block_add_path(c, path, w);
	}
}

void block_add_mount(struct chain *c, const struct mount *m, struct block_walk *w)
{
	_cleanup_free_ char *name = NULL;

	if (!m->major) {
		if (streq(m->type, "btrfs"))
			add_btrfs(c, m->source, w);
		else if (str_after(m->source, "/dev/"))
			block_add_path(c, m->source, w);
		else if (streq(m->type, "tmpfs") || streq(m->type, "ramfs"))
			chain_add_memory(c);
		else
			chain_add_unknown(c, "the devices below a file system of type %.32s", m->type);
		return;
	}
	name = name_by_number(w, m->major, m->minor);
	if (!name)
		name = block_name(w, m->source);
	if (name)
		block_add(c, name, w);
	else
		chain_add_unknown(c, "block device %u:%u is not in sysfs", m->major, m->minor);
	add_option_devices(c, m->options, w);
}

void block_add_file(struct chain *c, const char *path, struct block_walk *w)
{
	const struct mount *m = mounts_holding(&w->mounts, path);

	if (m)
		block_add_mount(c, m, w);
	else
		chain_add_unknown(c, "the file system that holds '%.64s'", path);
}
