/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gather_files.c - the files and sysfs attributes of a recording; see gather.h */

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

#include "dmar.h"
#include "gather.h"
#include "lvm.h"
#include "mounts.h"
#include "ovsdb.h"
#include "xenopsd.h"

#define FILE_MAX (8u << 20)
#define DUMP_MAX (64u << 20)
#define LEFT_OUT_SHOWN 10

void gather_done(struct gather *g)
{
	strv_done(&g->left_out);
	*g = (struct gather){ 0 };
}

void gather_leave_out(struct gather *g, const char *fmt, ...)
{
	va_list ap;
	char text[512];

	if (g->left_out.n == LEFT_OUT_SHOWN) {
		g->more++;
		return;
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	strv_add(&g->left_out, text);
}

int gather_wrote(struct gather *g, int rc, struct err *why, struct err *err)
{
	if (rc >= 0)
		return 0;
	if (rc == -ENOTDIR || rc == -EINVAL || rc == -ENAMETOOLONG) {
		gather_leave_out(g, "%s", why->text);
		return 0;
	}
	if (err)
		*err = *why;
	return rc;
}

static bool is_missing(int rc)
{
	return rc == -ENOENT || rc == -ENOTDIR;
}

static int put_file(struct gather *g, const char *path, const char *data, size_t len, struct err *err)
{
	struct err why = { 0 };

	return gather_wrote(g, host_record_file(g->to, path, data, len, &why), &why, err);
}

static int put_link(struct gather *g, const char *path, const char *target, struct err *err)
{
	struct err why = { 0 };

	return gather_wrote(g, host_record_link(g->to, path, target, &why), &why, err);
}

static int put_dir(struct gather *g, const char *path, struct err *err)
{
	struct err why = { 0 };

	return gather_wrote(g, host_record_dir(g->to, path, &why), &why, err);
}

/* ---- single files ------------------------------------------------------------------------------------------- */

static void keep_all(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	strbuf_addn(out, strbuf_str(text), text->len);
}

static void keep_mountinfo(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	gather_text_mountinfo(strbuf_str(text), out);
}

static void keep_inventory(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	gather_text_inventory(strbuf_str(text), out);
}

static void keep_args(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	g->blotted += gather_text_args(strbuf_str(text), text->len, out);
}

static void keep_grub(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	g->blotted += gather_text_grub(strbuf_str(text), text->len, out);
}

static void keep_grub_defaults(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	g->blotted += gather_text_defaults(strbuf_str(text), text->len, out);
}

/* A database that cannot be read is one in the recording too: an empty file. */
static void keep_ovsdb(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	struct ovsdb *db = NULL;

	if (ovsdb_parse(strbuf_str(text), text->len, &db, NULL) == 0)
		ovsdb_write(db, out);
	ovsdb_free(db);
}

static void keep_pci_ids(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	if (g->pci)
		gather_text_pci_ids(strbuf_str(text), g->pci, out);
}

/* Lines that begin with one of these words; each once where `once`. */
static void keep_lines(const struct strbuf *text, const char *const *words, size_t n, bool once, struct strbuf *out)
{
	_cleanup_strv_ struct strv lines = { 0 };

	strv_split(&lines, strbuf_str(text), '\n');
	for (size_t w = 0; w < n; w++)
		for (size_t i = 0; i < lines.n; i++) {
			if (!str_after(lines.v[i] + strspn(lines.v[i], " \t"), words[w]))
				continue;
			strbuf_addf(out, "%s\n", lines.v[i]);
			if (once)
				break;
		}
}

static void keep_cpuinfo(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	static const char *const words[] = { "address sizes" };

	keep_lines(text, words, ARRAY_SIZE(words), true, out);
}

/* Targets on a disk of their own; the file may also name hosts and keys. */
static void keep_kdump(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	static const char *const words[] = { "ext2 /dev/", "ext3 /dev/", "ext4 /dev/", "xfs /dev/", "btrfs /dev/", "minix /dev/",
					     "raw /dev/" };

	keep_lines(text, words, ARRAY_SIZE(words), false, out);
}

/* The only word of xenopsd's configuration that we read. */
static void keep_xenopsd(struct gather *g, const struct strbuf *text, struct strbuf *out)
{
	static const char *const words[] = { "pci-quarantine" };

	keep_lines(text, words, ARRAY_SIZE(words), false, out);
}

static const struct single {
	const char *path;
	size_t max;
	void (*keep)(struct gather *g, const struct strbuf *text, struct strbuf *out);
} singles[] = {
	/* cmdline/bootfile, plugin/facts */
	{ "/boot/efi/EFI/xenserver/grub.cfg", FILE_MAX, keep_grub },
	{ "/boot/efi/EFI/xenserver/grubenv", 65536, keep_all },
	{ "/boot/grub/grub.cfg", FILE_MAX, keep_grub },
	{ "/boot/grub/grubenv", 65536, keep_all },
	{ "/boot/grub2/grub.cfg", FILE_MAX, keep_grub },
	{ "/boot/grub2/grubenv", 65536, keep_all },
	{ "/proc/cmdline", 65536, keep_args },
	{ "/etc/default/grub", 65536, keep_grub_defaults },
	{ "/sys/hypervisor/type", 4096, keep_all },
	{ "/sys/hypervisor/version/major", 4096, keep_all },
	{ "/sys/hypervisor/version/minor", 4096, keep_all },
	{ "/sys/hypervisor/version/extra", 4096, keep_all },
	/* xenhelpers/net, storage */
	{ "/etc/xensource-inventory", 65536, keep_inventory },
	{ "/proc/net/vlan/config", 1u << 20, keep_all },
	{ "/proc/net/route", 1u << 20, keep_all },
	{ "/run/openvswitch/conf.db", 32u << 20, keep_ovsdb },
	{ "/etc/openvswitch/conf.db", 32u << 20, keep_ovsdb },
	{ "/proc/self/mountinfo", 4u << 20, keep_mountinfo },
	{ "/proc/swaps", 4u << 20, keep_all },
	{ "/etc/kdump.conf", 65536, keep_kdump },
	/* plugin/checks_mmio */
	{ "/proc/cpuinfo", 4u << 20, keep_cpuinfo },
	/* plugin/checks_rmrr; and below, its folder */
	{ "/etc/xenopsd.conf", 1u << 20, keep_xenopsd },
	/* usbpolicy; what this program was told to do */
	{ "/etc/xensource/usb-policy.conf", 1u << 20, keep_all },
	{ "/var/lib/xe-passthrough/usb-policy.record", 1u << 20, keep_all },
	{ "/etc/xe-passthrough.conf", 1u << 20, keep_all },
	{ "/etc/systemd/system/multi-user.target.wants/xe-passthrough-reapply.service", 65536, keep_all },
	{ "/etc/firstboot.d/data/xe-passthrough-state.conf", 1u << 20, keep_all },
	/* xenhelpers/dmar, and the nodes behind Xen's numbers */
	{ DMAR_TABLES "/DMAR", DMAR_SIZE_MAX, keep_all },
	{ DMAR_TABLES "/RMAD", DMAR_SIZE_MAX, keep_all },
	{ DMAR_TABLES "/IVRS", DMAR_SIZE_MAX, keep_all },
	{ DMAR_TABLES "/SRAT", DMAR_SIZE_MAX, keep_all },
	{ DMAR_TABLES "/SLIT", DMAR_SIZE_MAX, keep_all },
	/* which machine it is: some are known for their firmware */
	{ "/sys/class/dmi/id/sys_vendor", 4096, keep_all },
	{ "/sys/class/dmi/id/product_name", 4096, keep_all },
	{ "/sys/class/dmi/id/board_name", 4096, keep_all },
	{ "/sys/class/dmi/id/bios_vendor", 4096, keep_all },
	{ "/sys/class/dmi/id/bios_version", 4096, keep_all },
	/* names of devices */
	{ "/usr/share/hwdata/pci.ids", 16u << 20, keep_pci_ids },
	{ "/usr/share/misc/pci.ids", 16u << 20, keep_pci_ids },
};

static int gather_single(struct gather *g, const struct single *s, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 }, out = { 0 };
	struct err why = { 0 };
	int rc = host_read(g->from, s->path, s->max, &text, &why);

	if (is_missing(rc))
		return 0;
	if (rc < 0) {
		gather_leave_out(g, "%s", why.text);
		return 0;
	}
	s->keep(g, &text, &out);
	return put_file(g, s->path, strbuf_str(&out), out.len, err);
}

/* ---- folders: by the names of what is in them --------------------------------------------------------------- */

enum kind {
	WANT_FILE,  /* its content */
	WANT_LINK,  /* its text, and the directory that it leads to */
	WANT_NAMES, /* the names in it */
	WANT_EMPTY, /* that it is there */
};

struct want {
	const char *name; /* "*" stands for any bytes; "dm/name" is a file one level down */
	enum kind kind;
};

static const struct want pci_wants[] = {
	{ "config", WANT_FILE },	   { "vendor", WANT_FILE },	      { "device", WANT_FILE },
	{ "class", WANT_FILE },		   { "revision", WANT_FILE },	      { "subsystem_vendor", WANT_FILE },
	{ "subsystem_device", WANT_FILE }, { "numa_node", WANT_FILE },	      { "boot_vga", WANT_FILE },
	{ "sriov_totalvfs", WANT_FILE },   { "sriov_numvfs", WANT_FILE },     { "resource", WANT_FILE },
	{ "reset_method", WANT_FILE },	   { "reset", WANT_EMPTY },	      { "driver", WANT_LINK },
	{ "physfn", WANT_LINK },	   { "virtfn*", WANT_LINK },	      { NULL },
};

static const struct want usb_wants[] = {
	{ "idVendor", WANT_FILE },	  { "idProduct", WANT_FILE },	     { "bcdDevice", WANT_FILE },
	{ "bDeviceClass", WANT_FILE },	  { "bDeviceSubClass", WANT_FILE },  { "bDeviceProtocol", WANT_FILE },
	{ "bNumInterfaces", WANT_FILE },  { "bConfigurationValue", WANT_FILE }, { "bNumConfigurations", WANT_FILE },
	{ "bInterfaceNumber", WANT_FILE }, { "bInterfaceClass", WANT_FILE }, { "bInterfaceSubClass", WANT_FILE },
	{ "bInterfaceProtocol", WANT_FILE }, { "bAlternateSetting", WANT_FILE }, { "product", WANT_FILE },
	{ "manufacturer", WANT_FILE },	  { "speed", WANT_FILE },	     { "version", WANT_FILE },
	{ "maxchild", WANT_FILE },	  { "devpath", WANT_FILE },	     { "busnum", WANT_FILE },
	{ "devnum", WANT_FILE },	  { "authorized", WANT_FILE },	     { "driver", WANT_LINK },
	{ "dev", WANT_FILE },		  { "serial", WANT_FILE },	     { "modalias", WANT_FILE },
	{ NULL },
};

static const struct want block_wants[] = {
	{ "dev", WANT_FILE },	       { "removable", WANT_FILE }, { "dm/name", WANT_FILE },   { "loop/backing_file", WANT_FILE },
	{ "backing_dev", WANT_FILE },  { "slaves", WANT_NAMES },   { "device", WANT_LINK },    { NULL },
};

static const struct want net_wants[] = {
	{ "bonding/slaves", WANT_FILE }, { "operstate", WANT_FILE }, { "carrier", WANT_FILE }, { "brif", WANT_NAMES },
	{ "bridge", WANT_EMPTY },	 { "lower_*", WANT_EMPTY },  { "upper_*", WANT_EMPTY }, { "master", WANT_LINK },
	{ "device", WANT_LINK },	 { NULL },
};

static const struct want node_wants[] = {
	{ "cpulist", WANT_FILE }, { "meminfo", WANT_FILE }, { "distance", WANT_FILE }, { NULL },
};

static const struct want iscsi_wants[] = { { "netdev", WANT_FILE }, { NULL } };
static const struct want connection_wants[] = { { "address", WANT_FILE }, { "persistent_address", WANT_FILE }, { NULL } };
static const struct want btrfs_wants[] = { { "devices", WANT_NAMES }, { NULL } };
static const struct want nvme_wants[] = { { "transport", WANT_FILE }, { NULL } };
static const struct want driver_wants[] = { { NULL } };

static int gather_content(struct gather *g, const char *path, struct err *err)
{
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	struct err why = { 0 };
	int rc = host_read(g->from, path, 65536, &bytes, &why);

	if (rc == 0)
		return put_file(g, path, strbuf_str(&bytes), bytes.len, err);
	/* Attributes that cannot be read now (no carrier, a device asleep) are missing in the recording: unknown. */
	if (!is_missing(rc) && rc != -EINVAL && rc != -EIO && rc != -EACCES)
		gather_leave_out(g, "%s", why.text);
	return 0;
}

static int gather_link(struct gather *g, int dir, const char *name, const char *path, struct err *err)
{
	_cleanup_free_ char *place = NULL;
	char target[PATH_MAX];
	int rc;

	if (host_readlink_at(g->from, dir, name, target, sizeof(target), NULL) < 0)
		return 0;
	rc = put_link(g, path, target, err);
	/* A link that led somewhere leads there in the recording: readers resolve it. */
	if (rc == 0 && host_resolve(g->from, path, &place, NULL) == 0)
		rc = put_dir(g, place, err);
	return rc;
}

static int gather_names(struct gather *g, const char *path, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int rc;

	if (host_list(g->from, path, &names, NULL) < 0)
		return 0;
	rc = put_dir(g, path, err);
	for (size_t i = 0; rc == 0 && i < names.n; i++) {
		_cleanup_free_ char *each = xasprintf("%s/%s", path, names.v[i]);

		rc = put_file(g, each, "", 0, err);
	}
	return rc;
}

static int gather_want(struct gather *g, int dir, const char *folder, const char *name, enum kind kind, struct err *err)
{
	_cleanup_free_ char *path = xasprintf("%s/%s", folder, name);

	switch (kind) {
	case WANT_FILE: return gather_content(g, path, err);
	case WANT_LINK: return gather_link(g, dir, name, path, err);
	case WANT_NAMES: return gather_names(g, path, err);
	case WANT_EMPTY: break;
	}
	return put_file(g, path, "", 0, err);
}

/* What is wanted of one folder, whose path has no link in it. */
static int gather_folder(struct gather *g, const char *folder, const struct want *wants, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_close_ int dir = -1;
	int rc = put_dir(g, folder, err);

	if (rc < 0)
		return rc;
	if (host_list(g->from, folder, &names, NULL) < 0)
		return 0;
	dir = host_open_dir(g->from, folder, NULL);
	for (const struct want *w = wants; w->name && rc == 0 && dir >= 0; w++) {
		if (strchr(w->name, '/'))
			rc = gather_want(g, dir, folder, w->name, w->kind, err);
		for (size_t i = 0; i < names.n && rc == 0; i++)
			if (str_glob(w->name, names.v[i]))
				rc = gather_want(g, dir, folder, names.v[i], w->kind, err);
	}
	return rc;
}

/* A folder that may be a link, as all are in the classes and buses of sysfs; *ret (may be NULL) gets its place. */
static int gather_entry(struct gather *g, int dir, const char *folder, const char *name, const struct want *wants, char **ret,
			struct err *err)
{
	_cleanup_free_ char *path = xasprintf("%s/%s", folder, name), *place = NULL;
	char target[PATH_MAX];
	int rc = 0;

	if (host_readlink_at(g->from, dir, name, target, sizeof(target), NULL) >= 0)
		rc = put_link(g, path, target, err);
	if (rc == 0 && host_resolve(g->from, path, &place, NULL) == 0)
		rc = gather_folder(g, place, wants, err);
	if (rc == 0 && ret)
		*ret = TAKE_PTR(place);
	return rc;
}

/* Every entry of a class or bus whose name matches; each (may be NULL) looks further. */
static int gather_class(struct gather *g, const char *folder, const char *pattern, const struct want *wants,
			int (*each)(struct gather *g, const char *place, const char *name, struct err *err), struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_close_ int dir = -1;
	struct err why = { 0 };
	int rc = host_list(g->from, folder, &names, &why);

	if (rc < 0 && !is_missing(rc))
		gather_leave_out(g, "%s", why.text);
	if (rc < 0)
		return 0;
	rc = put_dir(g, folder, err);
	dir = host_open_dir(g->from, folder, NULL);
	for (size_t i = 0; i < names.n && rc == 0 && dir >= 0; i++) {
		_cleanup_free_ char *place = NULL;

		if (!str_glob(pattern, names.v[i]))
			continue;
		rc = gather_entry(g, dir, folder, names.v[i], wants, &place, err);
		if (rc == 0 && each && place)
			rc = each(g, place, names.v[i], err);
	}
	return rc;
}

/* ---- disks -------------------------------------------------------------------------------------------------- */

/* Where /sys/class/block is missing, partitions are found below their disks only. */
static int gather_partitions(struct gather *g, const char *place, const char *name, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int rc = 0;

	if (host_list(g->from, place, &names, NULL) < 0)
		return 0;
	for (size_t i = 0; i < names.n && rc == 0; i++) {
		_cleanup_free_ char *path = xasprintf("%s/%s", place, names.v[i]);

		if (str_after(names.v[i], name))
			rc = gather_folder(g, path, block_wants, err);
	}
	return rc;
}

/* Beside the head of NVMe multipath stand its controllers. */
static int gather_disk(struct gather *g, const char *place, const char *name, struct err *err)
{
	_cleanup_free_ char *folder = xstrndup(place, (size_t)(strrchr(place, '/') - place));
	int rc = gather_partitions(g, place, name, err);

	if (rc == 0 && strstr(place, "/nvme-subsystem/"))
		rc = gather_class(g, folder, "nvme*", nvme_wants, NULL, err);
	return rc;
}

/* In the place of a disk's node: a label with the name of its volume group, and nothing else of the disk. */
static int gather_label(struct gather *g, const char *name, struct err *err)
{
	_cleanup_free_ char *path = xasprintf("/dev/%s", name), *vg = NULL;
	_cleanup_strbuf_ struct strbuf label = { 0 };

	if (lvm_read(g->from, name, &vg, NULL) <= 0 || !vg)
		return 0;
	lvm_make_label(vg, &label);
	return put_file(g, path, strbuf_str(&label), label.len, err);
}

static int gather_block(struct gather *g, const char *place, const char *name, struct err *err)
{
	return strstr(place, "/virtual/") ? 0 : gather_label(g, name, err);
}

/* A path below /dev that is a link: the link, and what it leads to as an empty file, for there are no device nodes. */
static int gather_device_path(struct gather *g, const char *path, struct err *err)
{
	_cleanup_free_ char *place = NULL;
	int rc;

	if (!str_after(path, "/dev/") || host_resolve(g->from, path, &place, NULL) < 0 || streq(place, path) ||
	    !str_after(place, "/dev/"))
		return 0;
	rc = put_file(g, place, "", 0, err);
	return rc == 0 ? put_link(g, path, place, err) : rc;
}

static int gather_device_paths(struct gather *g, struct err *err)
{
	_cleanup_(mounts_done) struct mounts mounts = { 0 };
	_cleanup_(swaps_done) struct swaps swaps = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc = 0;

	if (host_read(g->from, "/proc/self/mountinfo", 4u << 20, &text, NULL) == 0)
		mounts_parse(strbuf_str(&text), &mounts);
	if (host_read(g->from, "/proc/swaps", 4u << 20, &text, NULL) == 0)
		swaps_parse(strbuf_str(&text), &swaps);
	for (size_t i = 0; i < mounts.n && rc == 0; i++)
		rc = gather_device_path(g, mounts.v[i].source, err);
	for (size_t i = 0; i < swaps.n && rc == 0; i++)
		rc = gather_device_path(g, swaps.v[i].path, err);
	return rc;
}

/* A folder of further configuration: each of its files as the one that they go on from. */
static int gather_more(struct gather *g, const char *folder, struct single each, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int rc = 0;

	if (host_list(g->from, folder, &names, NULL) < 0)
		return 0;
	for (size_t i = 0; i < names.n && rc == 0; i++) {
		_cleanup_free_ char *path = xasprintf("%s/%s", folder, names.v[i]);

		each.path = path;
		rc = gather_single(g, &each, err);
	}
	return rc;
}

/* Which devices xenopsd is going to plug: the names alone.  Under the path that its reader uses, of which /var/run may be a link. */
static int gather_plugs(struct gather *g, struct err *err)
{
	_cleanup_strv_ struct strv vms = { 0 };
	int rc = 0;

	if (host_list(g->from, XENOPSD_PCI, &vms, NULL) < 0)
		return 0;
	for (size_t i = 0; i < vms.n && rc == 0; i++) {
		_cleanup_free_ char *path = xasprintf(XENOPSD_PCI "/%s", vms.v[i]);

		rc = gather_names(g, path, err);
	}
	return rc;
}

/* ---- all ---------------------------------------------------------------------------------------------------- */

static int gather_dump(struct gather *g, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct err why = { 0 };
	int rc = host_read_part(g->from, "lspci.txt", DUMP_MAX, &text, &why);

	if (rc == 0)
		return host_record_part(g->to, "lspci.txt", strbuf_str(&text), text.len, err);
	if (!is_missing(rc))
		gather_leave_out(g, "%s", why.text);
	return 0;
}

static const struct folder {
	const char *path, *pattern;
	const struct want *wants;
	int (*each)(struct gather *g, const char *place, const char *name, struct err *err);
} folders[] = {
	{ "/sys/bus/pci/devices", "*", pci_wants, NULL },
	{ "/sys/bus/pci/drivers", "*", driver_wants, NULL },
	{ "/sys/bus/usb/devices", "*", usb_wants, NULL },
	{ "/sys/block", "*", block_wants, gather_disk },
	{ "/sys/class/block", "*", block_wants, gather_block },
	{ "/sys/dev/block", "*", driver_wants, NULL },
	{ "/sys/fs/btrfs", "*", btrfs_wants, NULL },
	{ "/sys/class/net", "*", net_wants, NULL },
	{ "/sys/class/iscsi_host", "*", iscsi_wants, NULL },
	{ "/sys/class/iscsi_connection", "*", connection_wants, NULL },
	{ "/sys/bus/vdpa/devices", "*", driver_wants, NULL },
	{ "/sys/devices/system/node", "node*", node_wants, NULL },
};

int gather_root(struct gather *g, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < ARRAY_SIZE(singles) && rc == 0; i++)
		rc = gather_single(g, &singles[i], err);
	for (size_t i = 0; i < ARRAY_SIZE(folders) && rc == 0; i++)
		rc = gather_class(g, folders[i].path, folders[i].pattern, folders[i].wants, folders[i].each, err);
	if (rc == 0)
		rc = gather_usb_names(g, err);
	if (rc == 0)
		rc = gather_device_paths(g, err);
	if (rc == 0)
		rc = gather_more(g, "/etc/xenopsd.conf.d", (struct single){ .max = 1u << 20, .keep = keep_xenopsd }, err);
	/* Among these is our own, whose lines all begin so. */
	if (rc == 0)
		rc = gather_more(g, "/etc/default/grub.d", (struct single){ .max = 1u << 20, .keep = keep_grub_defaults }, err);
	if (rc == 0)
		rc = gather_plugs(g, err);
	/* The folder of tables says, where it is empty, that the firmware has none of them. */
	if (rc == 0 && host_exists(g->from, DMAR_TABLES, NULL) > 0)
		rc = put_dir(g, DMAR_TABLES, err);
	return rc == 0 ? gather_dump(g, err) : rc;
}
