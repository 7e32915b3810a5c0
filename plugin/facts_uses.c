/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_uses.c - see facts_uses.h */

#include "plugin/facts_uses.h"
#include "xenhelpers/lvm.h"

void pool_uses_done(struct pool_uses *u)
{
	for (size_t i = 0; i < u->n; i++) {
		free(u->v[i].what);
		free(u->v[i].mount);
		free(u->v[i].remedy);
		free(u->v[i].chain);
		bdfset_done(&u->v[i].devices);
		strv_done(&u->v[i].usb);
	}
	free(u->v);
	free(u->no_storage);
	free(u->no_interfaces);
	*u = (struct pool_uses){ 0 };
}

static struct pool_use *add_use(struct pool_uses *u)
{
	ARRAY_GROW(u->v, u->n);
	u->v[u->n] = (struct pool_use){ .complete = true };
	return &u->v[u->n++];
}

/* Where a block device stands; one that cannot be found makes the use an incomplete one. */
static void follow_disk(struct host *h, struct pool_use *u, const char *path)
{
	struct storage_use s = { 0 };
	struct err err = { 0 };

	if (storage_block_use(h, path, &s, &err) < 0) {
		u->complete = false;
		u->chain = xasprintf("%s <- unknown (%s)", path, err.text);
		return;
	}
	u->complete = s.complete;
	u->chain = xstrdup(s.chain);
	u->usb = TAKE_STRV(s.usb);
	for (size_t i = 0; i < s.devices.n; i++)
		bdfset_add(&u->devices, s.devices.v[i]);
	storage_use_done(&s);
}

/* A path below /dev that the host does not have may be meant by its last part: recordings have no /dev. */
static const char *disk_name(struct host *h, const char *path)
{
	const char *last = strrchr(path, '/');
	struct storage_use s = { 0 };

	if (storage_block_use(h, path, &s, NULL) == 0) {
		storage_use_done(&s);
		return path;
	}
	return str_after(path, "/dev/") && last == path + 4 ? last + 1 : path;
}

/* ---- storage repositories ------------------------------------------------------------------------------------- */

static void add_sr(struct host *h, const struct xapi_sr *sr, struct pool_uses *ret)
{
	_cleanup_strv_ struct strv devices = { 0 };

	/* Drives and ISO folders: their disks are nobody's data, or mounted and told by their mount. */
	if (!sr->device || streq(sr->type, "udev") || streq(sr->type, "iso"))
		return;
	strv_split(&devices, sr->device, ',');
	for (size_t i = 0; i < devices.n; i++) {
		struct pool_use *u = add_use(ret);

		u->what = xasprintf("the storage repository '%s'", sr->name);
		u->mount = xasprintf("/run/sr-mount/%s", sr->uuid);
		u->remedy = xasprintf("move its disks to another repository, then xe pbd-unplug uuid=%s", sr->pbd);
		follow_disk(h, u, disk_name(h, devices.v[i]));
	}
}

/* Mappings, RAM disks and guests' disks carry no label of their own, or one that a disk below them has as well. */
static bool may_have_label(const char *name)
{
	static const char *const others[] = { "dm-", "loop", "ram", "zram", "sr", "fd", "nbd", "td", "xvd" };

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (str_after(name, others[i]))
			return false;
	return true;
}

/* XAPI does not tell: the disks do, of repositories that keep volume groups. */
static void add_labels(struct host *h, struct pool_uses *ret)
{
	_cleanup_strv_ struct strv names = { 0 };

	if (host_list(h, "/sys/class/block", &names, NULL) < 0)
		return;
	for (size_t i = 0; i < names.n; i++) {
		_cleanup_free_ char *vg = NULL;
		const char *uuid;
		struct pool_use *u;

		if (!may_have_label(names.v[i]) || lvm_read(h, names.v[i], &vg, NULL) <= 0 || !vg)
			continue;
		uuid = lvm_repository(vg);
		if (!uuid)
			continue;
		u = add_use(ret);
		u->what = xasprintf("the storage repository %s (the LVM label of %s says so)", uuid, names.v[i]);
		u->mount = xasprintf("/run/sr-mount/%s", uuid);
		u->remedy = xasprintf("when XAPI answers again: xe pbd-unplug of the repository %s", uuid);
		follow_disk(h, u, names.v[i]);
	}
}

/* ---- crash dumps ------------------------------------------------------------------------------------------------ */

/* "ext4 /dev/sdb1", "raw /dev/sdc": a device of its own; without such a line dumps go to /var/crash, on a mount of dom0. */
static void add_kdump(struct host *h, struct pool_uses *ret)
{
	static const char *const types[] = { "ext2", "ext3", "ext4", "xfs", "btrfs", "minix", "raw" };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };

	if (host_read(h, "/etc/kdump.conf", 65536, &text, NULL) < 0)
		return;
	strv_split(&lines, strbuf_str(&text), '\n');
	for (size_t i = 0; i < lines.n; i++) {
		size_t len = strcspn(lines.v[i], " \t");
		const char *target = lines.v[i] + len + strspn(lines.v[i] + len, " \t");

		for (size_t t = 0; t < ARRAY_SIZE(types); t++)
			if (strlen(types[t]) == len && !strncmp(lines.v[i], types[t], len) && *target == '/') {
				struct pool_use *u = add_use(ret);

				u->what = xasprintf("crash dumps (%s)", target);
				u->remedy = xstrdup("name another target in /etc/kdump.conf");
				follow_disk(h, u, disk_name(h, target));
			}
	}
}

/* ---- interfaces --------------------------------------------------------------------------------------------------- */

static void add_pif(struct host *h, const struct xapi_pif *pif, struct pool_uses *ret)
{
	struct net_use n = { 0 };
	struct err err = { 0 };
	struct pool_use *u;

	/* The management interface is net.h's. */
	if (pif->management || (!*pif->ip && !pif->disallow_unplug))
		return;
	u = add_use(ret);
	u->what = *pif->ip ? xasprintf("dom0's address %s on %s%s", pif->ip, pif->device, pif->vlan ? " (VLAN)" : "")
			   : xasprintf("the interface %s, which must not be unplugged", pif->device);
	u->remedy = *pif->ip ? xasprintf("move what uses that network, then xe pif-reconfigure-ip uuid=%s mode=none", pif->uuid)
			     : xasprintf("xe pif-param-set uuid=%s disallow-unplug=false, when no storage or cluster needs it", pif->uuid);
	if (net_interface_use(h, pif->device, &n, &err) < 0) {
		u->complete = false;
		u->chain = xasprintf("%s <- unknown (%s)", pif->device, err.text);
		return;
	}
	u->complete = n.complete;
	u->chain = xstrdup(n.chain);
	u->usb = TAKE_STRV(n.usb);
	for (size_t i = 0; i < n.devices.n; i++)
		bdfset_add(&u->devices, n.devices.v[i]);
	net_use_done(&n);
}

int pool_uses_read(struct facts *f, struct pool_uses *ret, struct err *err)
{
	struct host *h = facts_host(f);
	const struct xapi_pool *pool = NULL;
	struct err why = { 0 };

	(void)err;
	*ret = (struct pool_uses){ 0 };
	add_kdump(h, ret);
	if (facts_pool(f, &pool, &why) < 0) {
		ret->no_storage = xstrdup(why.text);
		ret->no_interfaces = xstrdup(why.text);
		add_labels(h, ret);
		ret->n_storage = ret->n;
		return 0;
	}
	for (size_t i = 0; i < pool->n_srs; i++)
		add_sr(h, &pool->srs[i], ret);
	if (!pool->srs_told.known)
		add_labels(h, ret);
	ret->n_storage = ret->n;
	for (size_t i = 0; i < pool->n_pifs; i++)
		add_pif(h, &pool->pifs[i], ret);
	if (!pool->srs_told.known)
		ret->no_storage = xstrdup(pool->srs_told.why);
	if (!pool->pifs_told.known)
		ret->no_interfaces = xstrdup(pool->pifs_told.why);
	return 0;
}

/* ---- keyboards ------------------------------------------------------------------------------------------------------ */

static bool attr_is(struct host *h, const char *dir, const char *attr, const char *value)
{
	_cleanup_free_ char *path = xasprintf("/sys/bus/usb/devices/%s/%s", dir, attr), *line = NULL;

	return host_read_line(h, path, &line, NULL) == 0 && streq(line, value);
}

int keyboards_read(struct host *h, struct bdfset *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int rc = host_list(h, "/sys/bus/usb/devices", &names, err);

	for (size_t i = 0; rc == 0 && i < names.n; i++) {
		_cleanup_chain_ struct chain c = { 0 };
		_cleanup_free_ char *place = NULL;

		if (!strchr(names.v[i], ':') || !attr_is(h, names.v[i], "bInterfaceClass", "03") ||
		    !attr_is(h, names.v[i], "bInterfaceSubClass", "01") || !attr_is(h, names.v[i], "bInterfaceProtocol", "01"))
			continue;
		place = chain_sysfs_place(h, "/sys/bus/usb/devices", names.v[i]);
		if (place && chain_add_sysfs(&c, place))
			for (size_t k = 0; k < c.devices.n; k++)
				bdfset_add(ret, c.devices.v[k]);
	}
	return rc;
}
