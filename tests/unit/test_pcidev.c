/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pcidev.c - PCI functions, on small recordings that the tests make, and on those of real machines */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <pci/pci.h>

#include "xenhelpers/host.h"
#include "xenhelpers/pcidev.h"
#include "xenhelpers/str.h"

#define DEVICES "root/sys/bus/pci/devices/"

/* ---- recordings ------------------------------------------------------------------------------------- */

/* The recording of the test that runs: its directory, and the host and functions once they are read. */
struct rec {
	char *dir;
	struct host *host;
	struct pcidevs set;
	unsigned fds; /* that were open when the test began */
};

static unsigned count_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	unsigned n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static int rec_setup(void **state)
{
	struct rec *r = xcalloc(1, sizeof(*r));
	const char *tmp = getenv("TMPDIR");

	r->fds = count_fds();
	r->dir = xasprintf("%s/test_pcidev.XXXXXX", tmp && *tmp ? tmp : "/tmp");
	*state = r;
	return mkdtemp(r->dir) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static int rec_teardown(void **state)
{
	struct rec *r = *state;
	int rc;

	pcidevs_done(&r->set);
	pcidevs_done(&r->set);
	host_free(r->host);
	rc = nftw(r->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (count_fds() != r->fds) {
		print_error("descriptors leaked: %u before, %u after\n", r->fds, count_fds());
		rc = -1;
	}
	free(r->dir);
	free(r);
	return rc;
}

/* The whole path of a name in the recording, with the directories above it made; caller frees. */
static char *rec_path(const struct rec *r, const char *name)
{
	char *path = xasprintf("%s/%s", r->dir, name);

	for (char *s = path + strlen(r->dir) + 1; (s = strchr(s, '/')); s++) {
		*s = '\0';
		mkdir(path, 0700);
		*s = '/';
	}
	return path;
}

static void rec_bytes(const struct rec *r, const char *name, const void *data, size_t n)
{
	_cleanup_free_ char *path = rec_path(r, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void rec_text(const struct rec *r, const char *name, const char *text)
{
	rec_bytes(r, name, text, strlen(text));
}

static void rec_link(const struct rec *r, const char *name, const char *target)
{
	_cleanup_free_ char *path = rec_path(r, name);

	assert_int_equal(symlink(target, path), 0);
}

/* A file of one function's directory. */
static void dev_bytes(const struct rec *r, const char *bdf, const char *file, const void *data, size_t n)
{
	_cleanup_free_ char *name = xasprintf(DEVICES "%s/%s", bdf, file);

	rec_bytes(r, name, data, n);
}

static void dev_text(const struct rec *r, const char *bdf, const char *file, const char *text)
{
	dev_bytes(r, bdf, file, text, strlen(text));
}

static void dev_link(const struct rec *r, const char *bdf, const char *file, const char *target)
{
	_cleanup_free_ char *name = xasprintf(DEVICES "%s/%s", bdf, file);

	rec_link(r, name, target);
}

static void dev_mkdir(const struct rec *r, const char *bdf)
{
	_cleanup_free_ char *name = xasprintf(DEVICES "%s/", bdf);

	free(rec_path(r, name));
}

/* A function at its place in /sys/devices, with the link that leads there, as the kernel has it. */
static void dev_at(const struct rec *r, const char *place, const void *config, size_t n)
{
	_cleanup_free_ char *file = xasprintf("root/sys/devices/%s/config", place);
	_cleanup_free_ char *name = xasprintf(DEVICES "%s", strrchr(place, '/') + 1);
	_cleanup_free_ char *target = xasprintf("../../../devices/%s", place);

	rec_bytes(r, file, config, n);
	rec_link(r, name, target);
}

static int rec_read(struct rec *r, struct err *err)
{
	assert_int_equal(host_open(&r->host, r->dir, err), 0);
	return pcidevs_read(r->host, &r->set, err);
}

static void rec_read_ok(struct rec *r)
{
	struct err err = { 0 };

	if (rec_read(r, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(err.code, 0);
}

static struct pcidev *dev_of(const struct rec *r, const char *text)
{
	struct pcidev *dev;
	struct bdf bdf;

	assert_true(bdf_parse(text, &bdf));
	dev = pcidevs_find(&r->set, bdf);
	if (!dev)
		fail_msg("'%s' is not there", text);
	return dev;
}

/* ---- config space ----------------------------------------------------------------------------------- */

struct config {
	uint8_t b[4096];
};

static void put16(struct config *c, unsigned off, unsigned v)
{
	c->b[off] = v & 0xff;
	c->b[off + 1] = (uint8_t)(v >> 8);
}

static void put32(struct config *c, unsigned off, uint32_t v)
{
	put16(c, off, v & 0xffff);
	put16(c, off + 2, v >> 16);
}

static struct config make_config(unsigned vendor, unsigned device, uint32_t class)
{
	struct config c = { { 0 } };

	put16(&c, PCI_VENDOR_ID, vendor);
	put16(&c, PCI_DEVICE_ID, device);
	put32(&c, PCI_CLASS_REVISION, class << 8 | 0x11);
	put16(&c, PCI_SUBSYSTEM_VENDOR_ID, 0x15d9);
	put16(&c, PCI_SUBSYSTEM_ID, 0x0a0b);
	return c;
}

static struct config make_bridge(unsigned secondary)
{
	struct config c = make_config(0x8086, 0x2030, 0x060400);

	put32(&c, PCI_SUBSYSTEM_VENDOR_ID, 0);
	c.b[PCI_HEADER_TYPE] = 0x81;
	c.b[PCI_SECONDARY_BUS] = (uint8_t)secondary;
	return c;
}

static void put_cap(struct config *c, unsigned at, unsigned id, unsigned next, unsigned control)
{
	if (!c->b[PCI_CAPABILITY_LIST])
		c->b[PCI_CAPABILITY_LIST] = (uint8_t)at;
	c->b[PCI_STATUS] |= PCI_STATUS_CAP_LIST;
	c->b[at] = (uint8_t)id;
	c->b[at + 1] = (uint8_t)next;
	put16(c, at + 2, control);
}

static void put_ext_cap(struct config *c, unsigned at, unsigned id, unsigned next)
{
	put32(c, at, id | 1u << 16 | next << 20);
}

/* PCI Express at 0x40, MSI at 0x60, MSI-X with 64 entries at 0x70, a serial number at 0x140. */
static struct config make_nic(void)
{
	struct config c = make_config(0x8086, 0x1572, 0x020000);

	put_cap(&c, 0x40, PCI_CAP_ID_EXP, 0x60, 2);
	put_cap(&c, 0x60, PCI_CAP_ID_MSI, 0x70, 0x80);
	put_cap(&c, 0x70, PCI_CAP_ID_MSIX, 0, 0x803f);
	put_ext_cap(&c, 0x100, PCI_EXT_CAP_ID_AER, 0x140);
	put_ext_cap(&c, 0x140, PCI_EXT_CAP_ID_DSN, 0);
	put32(&c, 0x144, 0x89abcdef);
	put32(&c, 0x148, 0x01234567);
	return c;
}

/* The text that `lspci -D -x...` would print of n bytes. */
static void dump_function(struct strbuf *out, const char *bdf, const struct config *c, size_t n)
{
	strbuf_addf(out, "%s Ethernet controller: Something 2.0 Fast\n", bdf);
	for (size_t i = 0; i < n; i++) {
		if (i % 16 == 0)
			strbuf_addf(out, "%s%02zx:", i ? "\n" : "", i);
		strbuf_addf(out, " %02x", (unsigned)c->b[i]);
	}
	strbuf_add(out, "\n\n");
}

/* ---- sysfs ------------------------------------------------------------------------------------------ */

static void a_function_is_read_with_all_it_says(void **state)
{
	struct rec *r = *state;
	struct config nic = make_nic(), bridge = make_bridge(0x41);
	const struct pcidev *dev;
	uint64_t serial = 0;
	char *identity;

	put_cap(&bridge, 0x40, PCI_CAP_ID_SSVID, 0, 0);
	put32(&bridge, 0x44, 0x000115d9);
	dev_at(r, "pci0000:40/0000:40:01.0", bridge.b, 256);
	dev_at(r, "pci0000:40/0000:40:01.0/0000:41:00.0", nic.b, 4096);
	dev_link(r, "0000:41:00.0", "driver", "../../../../bus/pci/drivers/i40e");
	dev_text(r, "0000:41:00.0", "numa_node", "1\n");
	dev_text(r, "0000:41:00.0", "sriov_totalvfs", "64\n");
	dev_text(r, "0000:41:00.0", "sriov_numvfs", "0\n");
	dev_text(r, "0000:40:01.0", "numa_node", "-1\n");
	rec_read_ok(r);
	assert_int_equal(r->set.n, 2);
	assert_false(r->set.from_dump);

	dev = dev_of(r, "41:00.0");
	assert_true(dev->ids_known && dev->class_known);
	assert_int_equal(dev->vendor, 0x8086);
	assert_int_equal(dev->device, 0x1572);
	assert_int_equal(dev->subvendor, 0x15d9);
	assert_int_equal(dev->subdevice, 0x0a0b);
	assert_int_equal(dev->class, 0x020000);
	assert_int_equal(dev->revision, 0x11);
	assert_int_equal(dev->header, 0);
	assert_false(pcidev_is_bridge(dev));
	assert_int_equal(dev->has_driver, TRI_YES);
	assert_string_equal(dev->driver, "i40e");
	assert_int_equal(dev->boot_vga, TRI_NO);
	assert_int_equal(dev->sysfs_node, 1);
	assert_false(dev->is_vf);
	assert_int_equal(dev->totalvfs, 64);
	assert_int_equal(dev->numvfs, 0);
	assert_string_equal(dev->path, "0000:40/01.0/00.0");
	assert_int_equal(pcidev_msix_vectors(&r->set, dev), 64);
	assert_int_equal(pcidev_has_msi(&r->set, dev), TRI_YES);
	assert_int_equal(pcidev_ext_cap(&r->set, dev, PCI_EXT_CAP_ID_AER), 0x100);
	assert_int_equal(pcidev_ext_cap(&r->set, dev, PCI_EXT_CAP_ID_ACS), 0);
	assert_int_equal(pcidev_serial(&r->set, dev, &serial), TRI_YES);
	assert_true(serial == 0x0123456789abcdef);
	identity = pcidev_identity(&r->set, dev);
	assert_string_equal(identity, "0000:40/01.0/00.0@8086:1572:15d9:0a0b:020000@0123456789abcdef");
	free(identity);

	dev = pcidevs_parent(&r->set, dev);
	assert_ptr_equal(dev, dev_of(r, "40:01.0"));
	assert_true(pcidev_is_bridge(dev));
	assert_int_equal(dev->header, 1);
	assert_int_equal(dev->subvendor, 0x15d9);
	assert_int_equal(dev->subdevice, 1);
	assert_int_equal(dev->has_driver, TRI_NO);
	assert_int_equal(dev->sysfs_node, PCIDEV_UNKNOWN);
	assert_int_equal(dev->totalvfs, PCIDEV_UNKNOWN);
	assert_null(pcidevs_parent(&r->set, dev));
	assert_string_equal(dev->path, "0000:40/01.0");
	identity = pcidev_identity(&r->set, dev);
	assert_string_equal(identity, "0000:40/01.0@8086:2030:15d9:0001:060400");
	free(identity);
}

static void texts_stand_in_where_config_space_is_missing(void **state)
{
	struct rec *r = *state;
	struct config bridge = make_bridge(4);
	const struct pcidev *dev;

	put_cap(&bridge, 0x40, PCI_CAP_ID_SSVID, 0, 0);
	dev_bytes(r, "0000:03:00.0", "config", bridge.b, 64); /* too short for its capability */
	dev_text(r, "0000:03:00.0", "subsystem_vendor", "0x15d9\n");
	dev_text(r, "0000:03:00.0", "subsystem_device", "0x0001\n");
	dev_text(r, "0000:01:00.0", "vendor", "0x10de\n");
	dev_text(r, "0000:01:00.0", "device", "0x2331\n");
	dev_text(r, "0000:01:00.0", "class", "0x030200\n");
	dev_text(r, "0000:01:00.0", "revision", "0xa1\n");
	dev_text(r, "0000:01:00.0", "subsystem_vendor", "0x10de\n");
	dev_text(r, "0000:01:00.0", "subsystem_device", "0x1626\n");
	dev_text(r, "0000:01:00.0", "boot_vga", "1\n");
	dev_text(r, "0000:02:00.0", "class", "0x060400\n");
	rec_read_ok(r);

	dev = dev_of(r, "01:00.0");
	assert_true(dev->ids_known && dev->class_known);
	assert_int_equal(dev->vendor, 0x10de);
	assert_int_equal(dev->device, 0x2331);
	assert_int_equal(dev->class, 0x030200);
	assert_int_equal(dev->revision, 0xa1);
	assert_int_equal(dev->subdevice, 0x1626);
	assert_int_equal(dev->header, 0);
	assert_int_equal(dev->boot_vga, TRI_YES);
	assert_int_equal(dev->has_driver, TRI_NO);
	assert_int_equal(pcidev_msix_vectors(&r->set, dev), PCIDEV_UNKNOWN);
	assert_int_equal(pcidev_has_msi(&r->set, dev), TRI_UNKNOWN);

	dev = dev_of(r, "02:00.0");
	assert_false(dev->ids_known);
	assert_true(pcidev_is_bridge(dev));
	assert_int_equal(dev->header, 1);
	assert_int_equal(dev->has_driver, TRI_UNKNOWN);

	dev = dev_of(r, "03:00.0");
	assert_int_equal(dev->subvendor, 0x15d9);
	assert_int_equal(dev->subdevice, 1);
}

static void garbage_in_texts_is_unknown(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} garbage[] = { { "", 0 },
			{ "\n", 1 },
			{ "0x", 2 },
			{ "0x123456789\n", 12 },
			{ "-7\n", 3 },
			{ "0x80 86\n", 8 },
			{ "8\00086", 5 },
			{ "\xff\xfe\x1b[2J", 7 },
			{ "2147483648\n", 11 } };
	struct rec *r = *state;

	for (unsigned i = 0; i < ARRAY_SIZE(garbage); i++) {
		static const char *const files[] = { "vendor",		 "device",   "class",
						     "subsystem_vendor", "revision", "subsystem_device",
						     "numa_node",	 "boot_vga", "sriov_totalvfs",
						     "sriov_numvfs" };
		char bdf[BDF_STRLEN];

		snprintf(bdf, sizeof(bdf), "0000:00:%02x.0", i);
		for (size_t f = 0; f < ARRAY_SIZE(files); f++)
			dev_bytes(r, bdf, files[f], garbage[i].text, garbage[i].n);
	}
	rec_read_ok(r);
	assert_int_equal(r->set.n, ARRAY_SIZE(garbage));
	for (size_t i = 0; i < r->set.n; i++) {
		const struct pcidev *dev = r->set.v + i;

		assert_false(dev->ids_known);
		assert_int_equal(dev->sysfs_node, PCIDEV_UNKNOWN);
		assert_int_equal(dev->totalvfs, PCIDEV_UNKNOWN);
		assert_int_equal(dev->numvfs, PCIDEV_UNKNOWN);
		assert_int_not_equal(dev->boot_vga, TRI_YES);
	}
}

static void the_console_display_is_told_from_others(void **state)
{
	static const struct {
		const char *bdf, *text;
		enum tristate expect;
	} cases[] = {
		{ "0000:00:02.0", "1\n", TRI_YES },
		{ "0000:00:03.0", "0\n", TRI_NO },
		{ "0000:00:04.0", "2\n", TRI_UNKNOWN },
		{ "0000:00:05.0", NULL, TRI_UNKNOWN },
	};
	struct rec *r = *state;
	struct config vga = make_config(0x1a03, 0x2000, 0x030000);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		dev_bytes(r, cases[i].bdf, "config", vga.b, 64);
		if (cases[i].text)
			dev_text(r, cases[i].bdf, "boot_vga", cases[i].text);
	}
	rec_read_ok(r);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(dev_of(r, cases[i].bdf)->boot_vga, cases[i].expect);
}

static void names_that_are_no_function_are_kept_out(void **state)
{
	static const char *const names[] = { "0000:00:20.0", "0000:00:00.8",	    "00:00.0", "0000:00:00.0x",
					     "garbage",	     "0000:0A:00.0",	    "0:0:0.0", "00000:00:00.0",
					     "\x1b[2J",	     "0000:00:00.0:pcie001" };
	struct rec *r = *state;
	struct config c = make_nic();

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		dev_bytes(r, names[i], "config", c.b, 64);
	dev_bytes(r, "0000:0a:00.0", "config", c.b, 64);
	dev_bytes(r, "10000:00:00.0", "config", c.b, 64); /* behind VMD */
	rec_text(r, DEVICES "0000:0b:00.0", "a file where a directory belongs");
	rec_link(r, DEVICES "0000:0c:00.0", "../nowhere");
	rec_link(r, DEVICES "0000:0d:00.0", "0000:0d:00.0");
	rec_read_ok(r);
	assert_int_equal(r->set.n, 5);
	assert_true(dev_of(r, "0a:00.0")->ids_known);
	assert_true(dev_of(r, "10000:00:00.0")->ids_known);
	assert_false(dev_of(r, "0b:00.0")->ids_known);
	assert_false(dev_of(r, "0c:00.0")->ids_known);
	assert_false(dev_of(r, "0d:00.0")->ids_known);
}

static void config_that_is_no_regular_file_is_not_opened(void **state)
{
	struct rec *r = *state;
	_cleanup_free_ char *fifo = rec_path(r, DEVICES "0000:01:00.0/config");

	assert_int_equal(mkfifo(fifo, 0600), 0);
	dev_link(r, "0000:02:00.0", "config", "/etc/passwd");
	dev_link(r, "0000:02:00.0", "vendor", "/etc/passwd");
	dev_mkdir(r, "0000:03:00.0/config");
	rec_read_ok(r);
	assert_int_equal(r->set.n, 3);
	for (size_t i = 0; i < r->set.n; i++) {
		assert_false(r->set.v[i].ids_known);
		assert_int_equal(pcidev_cap(&r->set, r->set.v + i, PCI_CAP_ID_EXP), -1);
	}
}

/* ---- parents and paths ------------------------------------------------------------------------------ */

static void every_hop_of_a_deep_device_is_in_its_path(void **state)
{
	struct rec *r = *state;
	struct config b = make_bridge(0), c = make_nic();

	dev_at(r, "pci0000:17/0000:17:00.0", b.b, 64);
	dev_at(r, "pci0000:17/0000:17:00.0/0000:18:00.0", b.b, 64);
	dev_at(r, "pci0000:17/0000:17:00.0/0000:18:00.0/0000:19:04.0", b.b, 64);
	dev_at(r, "pci0000:17/0000:17:00.0/0000:18:00.0/0000:19:04.0/0000:1a:00.1", c.b, 64);
	dev_at(r, "platform/VMD:00/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0", b.b, 64);
	dev_at(r, "platform/VMD:00/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0", c.b, 64);
	rec_read_ok(r);
	assert_string_equal(dev_of(r, "1a:00.1")->path, "0000:17/00.0/00.0/04.0/00.1");
	assert_ptr_equal(pcidevs_parent(&r->set, dev_of(r, "1a:00.1")), dev_of(r, "19:04.0"));
	assert_string_equal(dev_of(r, "10000:e1:00.0")->path, "10000:e0/06.0/00.0");
	assert_ptr_equal(pcidevs_parent(&r->set, dev_of(r, "10000:e1:00.0")), dev_of(r, "10000:e0:06.0"));
	assert_false(dev_of(r, "10000:e0:06.0")->has_parent);
}

static void bridges_tell_the_parent_where_links_are_missing(void **state)
{
	struct rec *r = *state;
	struct config b1 = make_bridge(2), b2 = make_bridge(3), backward = make_bridge(1), c = make_nic();
	struct config liar = make_config(0x8086, 1, 0x020000);

	liar.b[PCI_SECONDARY_BUS] = 9; /* no bridge: these bytes are an address */
	dev_bytes(r, "0000:00:01.0", "config", b1.b, 64);
	dev_bytes(r, "0000:02:00.0", "config", b2.b, 64);
	dev_bytes(r, "0000:02:01.0", "config", backward.b, 64);
	dev_bytes(r, "0000:03:00.0", "config", c.b, 64);
	dev_bytes(r, "0000:01:00.0", "config", c.b, 64);
	dev_bytes(r, "0001:03:00.0", "config", c.b, 64);
	dev_bytes(r, "0000:00:02.0", "config", liar.b, 64);
	dev_bytes(r, "0000:09:00.0", "config", c.b, 64);
	rec_read_ok(r);
	assert_string_equal(dev_of(r, "00:01.0")->path, "0000:00/01.0");
	assert_string_equal(dev_of(r, "03:00.0")->path, "0000:00/01.0/00.0/00.0");
	assert_ptr_equal(pcidevs_parent(&r->set, dev_of(r, "03:00.0")), dev_of(r, "02:00.0"));
	assert_string_equal(dev_of(r, "01:00.0")->path, "0000:01/00.0");
	assert_false(dev_of(r, "01:00.0")->has_parent);
	assert_string_equal(dev_of(r, "0001:03:00.0")->path, "0001:03/00.0");
	assert_false(dev_of(r, "09:00.0")->has_parent);
}

static void a_walk_up_a_hostile_recording_ends(void **state)
{
	static const struct {
		const char *bdf, *target;
	} links[] = {
		{ "0000:01:00.0", "../../../devices/pci0000:00/0000:02:00.0/0000:01:00.0" },
		{ "0000:02:00.0", "../../../devices/pci0000:00/0000:01:00.0/0000:02:00.0/0000:02:00.0" },
		{ "0000:03:00.0", "../../../devices/pci0000:00/0000:00:01.0/0000:04:00.0" },
		{ "0000:04:00.0", "../../../devices/pci0000:00" },
		{ "0000:05:00.0", "../../../devices/0000:04:00.0/0000:05:00.0" },
		{ "0000:06:00.0", "../../../devices/pci0000:00/0001:00:01.0/0000:06:00.0" },
		{ "0000:07:00.0", "../../../devices/pci0000:00/rubbish/0000:07:00.0" },
		{ "0000:08:00.0", "pci0000:09/0000:08:00.0" },
		{ "0000:09:00.0", "pci/pci:/pcizzzz:00/pci0000:00:00:00/0000:09:00.0" },
		{ "0000:0a:00.0", "//////" },
		{ "0000:0b:00.0", "pci0000:00//0000:0b:00.0" },
	};
	struct rec *r = *state;

	for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
		_cleanup_free_ char *name = xasprintf(DEVICES "%s", links[i].bdf);

		rec_link(r, name, links[i].target);
	}
	rec_read_ok(r);
	assert_int_equal(r->set.n, ARRAY_SIZE(links));
	for (size_t i = 0; i < r->set.n; i++) {
		assert_non_null(r->set.v[i].path);
		for (const struct pcidev *up = r->set.v + i, *next; (next = pcidevs_parent(&r->set, up)); up = next)
			assert_true(next->bdf.bus < up->bdf.bus && next->bdf.domain == up->bdf.domain);
	}
}

/* ---- virtual functions ------------------------------------------------------------------------------ */

static void virtual_functions_hang_at_their_physical_one(void **state)
{
	static const char *const vfs[] = { "0000:05:10.0", "0000:05:10.2", "0000:06:10.0" };
	struct rec *r = *state;
	struct config b = make_bridge(5), pf = make_nic(), vf = make_config(0xffff, 0xffff, 0x020000);
	const struct pcidev *dev;

	put_cap(&vf, 0x70, PCI_CAP_ID_MSIX, 0, 4);
	dev_at(r, "pci0000:00/0000:00:03.0", b.b, 256);
	dev_at(r, "pci0000:00/0000:00:03.0/0000:05:00.0", pf.b, 256);
	dev_text(r, "0000:05:00.0", "sriov_totalvfs", "64\n");
	dev_text(r, "0000:05:00.0", "sriov_numvfs", "3\n");
	for (size_t i = 0; i < ARRAY_SIZE(vfs); i++) {
		_cleanup_free_ char *place = xasprintf("pci0000:00/0000:00:03.0/%s", vfs[i]);

		dev_at(r, place, vf.b, 256);
		dev_link(r, vfs[i], "physfn", "../0000:05:00.0");
		dev_text(r, vfs[i], "vendor", "0x8086\n");
		dev_text(r, vfs[i], "device", "0x154c\n");
	}
	rec_read_ok(r);

	dev = dev_of(r, "06:10.0");
	assert_true(dev->is_vf && dev->has_physfn && dev->ids_known);
	assert_int_equal(dev->vendor, 0x8086);
	assert_int_equal(dev->device, 0x154c);
	assert_int_equal(dev->class, 0x020000);
	assert_true(bdf_eq(dev->physfn, dev_of(r, "05:00.0")->bdf));
	assert_ptr_equal(pcidevs_parent(&r->set, dev), dev_of(r, "00:03.0"));
	assert_string_equal(dev->path, "0000:00/03.0/00.0/vf2");
	assert_string_equal(dev_of(r, "05:10.0")->path, "0000:00/03.0/00.0/vf0");
	assert_int_equal(pcidev_msix_vectors(&r->set, dev), 5); /* all ones are its identifiers, not its state */
	assert_int_equal(dev_of(r, "05:00.0")->numvfs, 3);
}

static void hostile_physfn_links_lead_nowhere(void **state)
{
	struct rec *r = *state;
	struct config c = make_nic();

	for (unsigned i = 1; i <= 5; i++) {
		_cleanup_free_ char *bdf = xasprintf("0000:%02x:00.0", i);

		dev_bytes(r, bdf, "config", c.b, 64);
	}
	dev_link(r, "0000:01:00.0", "physfn", "../0000:01:00.0"); /* itself */
	dev_link(r, "0000:02:00.0", "physfn", "../0000:03:00.0"); /* each other */
	dev_link(r, "0000:03:00.0", "physfn", "../0000:02:00.0");
	dev_link(r, "0000:04:00.0", "physfn", "/etc/passwd");
	dev_text(r, "0000:05:00.0", "physfn", "no link");
	rec_read_ok(r);
	for (size_t i = 0; i < r->set.n; i++) {
		assert_true(r->set.v[i].is_vf);
		assert_non_null(r->set.v[i].path);
	}
	assert_false(dev_of(r, "01:00.0")->has_physfn);
	assert_true(dev_of(r, "02:00.0")->has_physfn);
	assert_false(dev_of(r, "04:00.0")->has_physfn);
	assert_false(dev_of(r, "05:00.0")->has_physfn);
}

/* ---- capabilities ----------------------------------------------------------------------------------- */

static void shape_none(struct config *c)
{
	c->b[PCI_STATUS] &= (uint8_t)~PCI_STATUS_CAP_LIST;
}

static void shape_empty(struct config *c)
{
	c->b[PCI_CAPABILITY_LIST] = 0;
}

static void shape_plain(struct config *c)
{
}

static void shape_largest(struct config *c)
{
	put16(c, 0x72, 0xffff);
}

static void shape_one(struct config *c)
{
	put16(c, 0x72, 0);
}

static void shape_loop(struct config *c)
{
	c->b[0x61] = 0x40;
}

static void shape_self(struct config *c)
{
	c->b[0x41] = 0x40;
}

static void shape_low_pointer(struct config *c)
{
	c->b[0x61] = 0x3c;
}

static void shape_low_start(struct config *c)
{
	c->b[PCI_CAPABILITY_LIST] = 0x10;
}

static void shape_reserved_bits(struct config *c)
{
	c->b[0x61] |= 3;
	c->b[PCI_CAPABILITY_LIST] |= 3;
}

static void shape_ones_in_list(struct config *c)
{
	put32(c, 0x70, 0xffffffff);
}

static void shape_last_place(struct config *c)
{
	c->b[0x61] = 0xfc;
	put_cap(c, 0xfc, PCI_CAP_ID_MSIX, 0, 7);
}

static void shape_dead(struct config *c)
{
	memset(c->b, 0xff, sizeof(c->b));
}

static void shape_zeros(struct config *c)
{
	memset(c->b, 0, sizeof(c->b));
}

static void shape_unknown_header(struct config *c)
{
	c->b[PCI_HEADER_TYPE] = 5;
}

static void shape_cardbus(struct config *c)
{
	c->b[PCI_HEADER_TYPE] = 2;
	c->b[PCI_CAPABILITY_LIST] = 0;
	c->b[PCI_CB_CAPABILITY_LIST] = 0x60;
}

/* Each case is read twice, from sysfs and from lspci.txt, and must say the same. */
static const struct cap_case {
	const char *what;
	void (*shape)(struct config *c);
	size_t size;
	int msix;
	enum tristate msi;
} cap_cases[] = {
	{ "plain", shape_plain, 256, 64, TRI_YES },
	{ "the whole 4 KiB", shape_plain, 4096, 64, TRI_YES },
	{ "2048 entries", shape_largest, 256, 2048, TRI_YES },
	{ "one entry", shape_one, 256, 1, TRI_YES },
	{ "no list", shape_none, 256, 0, TRI_NO },
	{ "no list, 64 bytes are enough to tell", shape_none, 64, 0, TRI_NO },
	{ "empty list", shape_empty, 256, 0, TRI_NO },
	{ "64 bytes", shape_plain, 64, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "cut before MSI-X", shape_plain, 112, PCIDEV_UNKNOWN, TRI_YES },
	{ "cut in the list's pointer", shape_plain, 48, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "16 bytes", shape_plain, 16, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "one byte", shape_plain, 1, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "no bytes", shape_plain, 0, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "loop behind MSI", shape_loop, 256, PCIDEV_UNKNOWN, TRI_YES },
	{ "first one points at itself", shape_self, 256, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "pointer into the header", shape_low_pointer, 256, PCIDEV_UNKNOWN, TRI_YES },
	{ "start in the header", shape_low_start, 256, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "reserved bits of pointers", shape_reserved_bits, 256, 64, TRI_YES },
	{ "all ones in the list", shape_ones_in_list, 256, PCIDEV_UNKNOWN, TRI_YES },
	{ "at the last place", shape_last_place, 256, 8, TRI_YES },
	{ "all ones", shape_dead, 256, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "all zeros", shape_zeros, 256, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "unknown header", shape_unknown_header, 256, PCIDEV_UNKNOWN, TRI_UNKNOWN },
	{ "CardBus", shape_cardbus, 256, 64, TRI_YES },
};

static void check_caps(const struct rec *r)
{
	assert_int_equal(r->set.n, ARRAY_SIZE(cap_cases));
	for (size_t i = 0; i < ARRAY_SIZE(cap_cases); i++) {
		const struct pcidev *dev = r->set.v + i;
		int msix = pcidev_msix_vectors(&r->set, dev), msi = pcidev_has_msi(&r->set, dev);

		if (msix != cap_cases[i].msix || msi != (int)cap_cases[i].msi)
			fail_msg("%s: %d vectors, MSI %d", cap_cases[i].what, msix, msi);
	}
}

static void broken_capability_lists_are_unknown_in_sysfs(void **state)
{
	struct rec *r = *state;

	for (unsigned i = 0; i < ARRAY_SIZE(cap_cases); i++) {
		_cleanup_free_ char *bdf = xasprintf("0000:%02x:00.0", i);
		struct config c = make_nic();

		cap_cases[i].shape(&c);
		dev_bytes(r, bdf, "config", c.b, cap_cases[i].size);
	}
	rec_read_ok(r);
	check_caps(r);
}

static void broken_capability_lists_are_unknown_in_dumps(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct rec *r = *state;

	for (unsigned i = 0; i < ARRAY_SIZE(cap_cases); i++) {
		_cleanup_free_ char *bdf = xasprintf("0000:%02x:00.0", i);
		struct config c = make_nic();

		cap_cases[i].shape(&c);
		dump_function(&text, bdf, &c, cap_cases[i].size);
	}
	rec_bytes(r, "lspci.txt", text.s, text.len);
	rec_read_ok(r);
	assert_true(r->set.from_dump);
	check_caps(r);
}

static void ext_shape_loop(struct config *c)
{
	put_ext_cap(c, 0x100, PCI_EXT_CAP_ID_AER, 0x100);
}

static void ext_shape_low_pointer(struct config *c)
{
	put_ext_cap(c, 0x100, PCI_EXT_CAP_ID_AER, 0x40);
}

static void ext_shape_none(struct config *c)
{
	put32(c, 0x100, 0);
}

static void ext_shape_none_of_old(struct config *c)
{
	put32(c, 0x100, 0x0000ffff);
}

static void ext_shape_ones(struct config *c)
{
	memset(c->b + 0x100, 0xff, sizeof(c->b) - 0x100);
}

static void ext_shape_no_express(struct config *c)
{
	c->b[0x40] = PCI_CAP_ID_PM;
}

static void ext_shape_serial_zero(struct config *c)
{
	memset(c->b + 0x144, 0, 8);
}

static void ext_shape_serial_ones(struct config *c)
{
	memset(c->b + 0x144, 0xff, 8);
}

static void ext_shape_serial_at_end(struct config *c)
{
	put_ext_cap(c, 0x100, PCI_EXT_CAP_ID_AER, 0xffc);
	put_ext_cap(c, 0xffc, PCI_EXT_CAP_ID_DSN, 0);
}

static void extended_capabilities_are_found_or_unknown(void **state)
{
	static const struct {
		const char *what;
		void (*shape)(struct config *c);
		size_t size;
		int acs; /* pcidev_ext_cap() of one that no case has */
		enum tristate serial;
	} cases[] = {
		{ "plain", shape_plain, 4096, 0, TRI_YES },
		{ "256 bytes", shape_plain, 256, -1, TRI_UNKNOWN },
		{ "cut in the serial number", shape_plain, 0x148, 0, TRI_UNKNOWN },
		{ "loop", ext_shape_loop, 4096, -1, TRI_UNKNOWN },
		{ "pointer below 0x100", ext_shape_low_pointer, 4096, -1, TRI_UNKNOWN },
		{ "none", ext_shape_none, 4096, 0, TRI_NO },
		{ "none, as old ones say it", ext_shape_none_of_old, 4096, 0, TRI_NO },
		{ "all ones", ext_shape_ones, 4096, -1, TRI_UNKNOWN },
		{ "no PCI Express", ext_shape_no_express, 256, 0, TRI_NO },
		{ "broken list below", shape_loop, 4096, 0, TRI_YES },
		{ "no answer", shape_dead, 4096, -1, TRI_UNKNOWN },
		{ "number of zeros", ext_shape_serial_zero, 4096, 0, TRI_NO },
		{ "number of ones", ext_shape_serial_ones, 4096, 0, TRI_UNKNOWN },
		{ "capability at the very end", ext_shape_serial_at_end, 4096, 0, TRI_UNKNOWN },
	};
	struct rec *r = *state;

	for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *bdf = xasprintf("0000:%02x:00.0", i);
		struct config c = make_nic();

		cases[i].shape(&c);
		dev_bytes(r, bdf, "config", c.b, cases[i].size);
	}
	rec_read_ok(r);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct pcidev *dev = r->set.v + i;
		uint64_t number = 42;
		int acs = pcidev_ext_cap(&r->set, dev, PCI_EXT_CAP_ID_ACS);
		enum tristate serial = pcidev_serial(&r->set, dev, &number);

		if (acs != cases[i].acs || serial != cases[i].serial)
			fail_msg("%s: ACS %d, serial %d", cases[i].what, acs, (int)serial);
		if (serial != TRI_YES)
			assert_true(number == 42);
	}
}

static void config_reads_stop_where_the_source_does(void **state)
{
	static const struct {
		unsigned off, width;
		bool ok;
		uint32_t expect;
	} cases[] = {
		{ 0, 4, true, 0x15728086 }, { 0, 2, true, 0x8086 }, { 2, 2, true, 0x1572 }, { 3, 1, true, 0x15 },
		{ 0x72, 2, true, 0x803f },  { 0xfc, 4, true, 0 },   { 0x100, 1, false, 0 }, { 4096, 4, false, 0 },
		{ ~0u, 1, false, 0 },	    { ~3u, 4, false, 0 },   { 1, 2, false, 0 },	    { 2, 4, false, 0 },
		{ 0, 0, false, 0 },	    { 0, 3, false, 0 },	    { 0, 8, false, 0 },
	};
	struct rec *r = *state;
	struct config c = make_nic();

	dev_bytes(r, "0000:01:00.0", "config", c.b, 256);
	rec_read_ok(r);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint32_t v = 0xdead;

		assert_int_equal(pcidev_config_read(&r->set, r->set.v, cases[i].off, cases[i].width, &v), cases[i].ok);
		assert_int_equal(v, cases[i].ok ? cases[i].expect : 0xdead);
	}
}

/* More functions than descriptors that may stay open. */
static void large_hosts_are_read_with_few_descriptors(void **state)
{
	struct rec *r = *state;
	struct config c = make_nic();

	for (unsigned i = 0; i < 600; i++) {
		_cleanup_free_ char *bdf = xasprintf("0000:%02x:%02x.%x", i >> 8, i >> 3 & 0x1f, i & 7);

		dev_bytes(r, bdf, "config", c.b, 4096);
	}
	rec_read_ok(r);
	assert_int_equal(r->set.n, 600);
	for (size_t i = 0; i < r->set.n; i++) {
		uint64_t serial;

		assert_int_equal(pcidev_msix_vectors(&r->set, r->set.v + i), 64);
		assert_int_equal(pcidev_serial(&r->set, r->set.v + i, &serial), TRI_YES);
	}
	assert_true(count_fds() < r->fds + 200);
}

/* ---- lspci.txt -------------------------------------------------------------------------------------- */

static void a_dump_gives_functions_parents_and_vfs(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct rec *r = *state;
	struct config b = make_bridge(5), pf = make_nic(), vf = make_config(0xffff, 0xffff, 0x020000);
	struct config vmd = make_nic();
	const struct pcidev *dev;

	put_cap(&b, 0x40, PCI_CAP_ID_SSVID, 0, 0);
	put32(&b, 0x44, 0x000215d9);
	put_ext_cap(&pf, 0x140, PCI_EXT_CAP_ID_DSN, 0x160);
	put_ext_cap(&pf, 0x160, PCI_EXT_CAP_ID_SRIOV, 0);
	put16(&pf, 0x160 + PCI_IOV_TOTALVF, 64);
	put16(&pf, 0x160 + PCI_IOV_NUMVF, 3);
	put16(&pf, 0x160 + PCI_IOV_OFFSET, 0x80);
	put16(&pf, 0x160 + PCI_IOV_STRIDE, 0x40);
	put16(&pf, 0x160 + PCI_IOV_DID, 0x154c);
	dump_function(&text, "0000:05:10.0", &vf, 256);
	dump_function(&text, "0000:06:00.0", &vf, 256);
	dump_function(&text, "05:00.0", &pf, 4096); /* without -D */
	dump_function(&text, "0000:00:03.0", &b, 256);
	dump_function(&text, "0000:00:03.0", &b, 256); /* twice */
	dump_function(&text, "10000:01:00.0", &vmd, 256);
	dump_function(&text, "0000:00:3f.0", &b, 256); /* no such address */
	rec_bytes(r, "lspci.txt", text.s, text.len);
	rec_read_ok(r);
	assert_int_equal(r->set.n, 5);

	dev = dev_of(r, "00:03.0");
	assert_int_equal(dev->subvendor, 0x15d9);
	assert_int_equal(dev->subdevice, 2);

	dev = dev_of(r, "05:00.0");
	assert_ptr_equal(pcidevs_parent(&r->set, dev), dev_of(r, "00:03.0"));
	assert_int_equal(dev->has_driver, TRI_UNKNOWN);
	assert_int_equal(dev->sysfs_node, PCIDEV_UNKNOWN);
	assert_int_equal(dev->totalvfs, 64);
	assert_int_equal(dev->numvfs, 3);

	dev = dev_of(r, "06:00.0"); /* the second VF lies on a bus that no bridge names */
	assert_true(dev->is_vf && dev->has_physfn && dev->ids_known);
	assert_int_equal(dev->vendor, 0x8086);
	assert_int_equal(dev->device, 0x154c);
	assert_string_equal(dev->path, "0000:00/03.0/00.0/vf1");
	assert_ptr_equal(pcidevs_parent(&r->set, dev), dev_of(r, "00:03.0"));
	assert_string_equal(dev_of(r, "10000:01:00.0")->path, "10000:01/00.0");
}

static void broken_dumps_fail_with_one_clear_error(void **state)
{
	static const struct {
		const char *what, *text;
	} cases[] = {
		{ "empty", "" },
		{ "no lspci", "root:x:0:0:root:/root:/bin/bash\n" },
		{ "malformed bytes", "0000:00:00.0 Host bridge\n00: 86 80 zz\n" },
		{ "beyond 4096 bytes", "0000:00:00.0 Host bridge\nfff: 00 00\n" },
		{ "last line without its end", "0000:00:00.0 Host bridge\n00: 86 80" },
		{ "binary", "\x7f\x45LF\x02\n\x01\xff\n" },
	};
	struct rec *r = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err err = { 0 };

		rec_text(r, "lspci.txt", cases[i].text);
		if (rec_read(r, &err) != -EINVAL)
			fail_msg("%s: %s", cases[i].what, err.text);
		assert_int_equal(err.code, EINVAL);
		assert_non_null(strstr(err.text, "cannot read lspci.txt of '"));
		assert_non_null(strstr(err.text, r->dir));
		assert_null(r->set.v); /* results are untouched on failure */
		host_free(TAKE_PTR(r->host));
	}
}

static void a_dump_without_bytes_names_functions_only(void **state)
{
	struct rec *r = *state;

	rec_text(r, "lspci.txt", "0000:00:00.0 Host bridge: Intel\n0000:00:1f.2 SATA\n\tSubsystem: x\n");
	rec_read_ok(r);
	assert_int_equal(r->set.n, 2);
	assert_false(dev_of(r, "00:1f.2")->ids_known);
	assert_int_equal(pcidev_msix_vectors(&r->set, r->set.v), PCIDEV_UNKNOWN);
}

static void sysfs_goes_before_a_dump_unless_it_is_empty(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct rec *r = *state;
	struct config c = make_nic();

	dump_function(&text, "0000:01:00.0", &c, 64);
	rec_bytes(r, "lspci.txt", text.s, text.len);
	free(rec_path(r, DEVICES));
	rec_read_ok(r);
	assert_true(r->set.from_dump);
	pcidevs_done(&r->set);
	host_free(TAKE_PTR(r->host));

	dev_bytes(r, "0000:02:00.0", "config", c.b, 64);
	rec_read_ok(r);
	assert_false(r->set.from_dump);
	assert_int_equal(r->set.n, 1);
}

static void a_host_without_any_source_says_so(void **state)
{
	struct rec *r = *state;
	struct err err = { 0 };

	free(rec_path(r, "root/proc"));
	assert_int_equal(rec_read(r, &err), -ENOENT);
	assert_non_null(strstr(err.text, "lspci.txt"));
	assert_int_equal(pcidevs_read(r->host, &r->set, NULL), -ENOENT);
	host_free(TAKE_PTR(r->host));

	free(rec_path(r, DEVICES));
	rec_read_ok(r);
	assert_int_equal(r->set.n, 0);
	assert_null(pcidevs_find(&r->set, (struct bdf){ 0 }));
}

static void a_hundred_thousand_functions_are_read_in_time(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct rec *r = *state;
	const unsigned n = 100000;

	for (unsigned i = 0; i < n; i++)
		strbuf_addf(&text,
			    "%04x:%02x:%02x.%x Bridge\n00: 86 80 30 20 06 04 10 00 04 00 04 06 10 00 01 00\n"
			    "10: 00 00 00 00 00 00 00 00 00 %02x ff 00 00 00 00 00\n\n",
			    i >> 16, i >> 8 & 0xff, i >> 3 & 0x1f, i & 7, ((i >> 8) + 1) & 0xff);
	rec_bytes(r, "lspci.txt", text.s, text.len);
	alarm(60); /* quadratic would be minutes */
	rec_read_ok(r);
	assert_int_equal(r->set.n, n);
	for (size_t i = 0; i < n; i++)
		free(pcidev_identity(&r->set, r->set.v + i));
	alarm(0);
}

static void a_dump_of_too_many_functions_is_refused(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct rec *r = *state;
	struct err err = { 0 };

	for (unsigned i = 0; i < 131073; i++)
		strbuf_add(&text, "00:00.0 x\nff0: 00\n");
	rec_bytes(r, "lspci.txt", text.s, text.len);
	assert_int_equal(rec_read(r, &err), -E2BIG);
}

/* ---- names ------------------------------------------------------------------------------------------ */

/* One database a process, so one test in its order: none, broken ones, a good one. */
static void names_come_from_the_hosts_own_database(void **state)
{
	static const char bomb[] = { 0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, 0 };
	struct pcidev dev = { .vendor = 0x10de, .device = 0x2331, .subvendor = 0x10de, .subdevice = 0x1626 };
	struct rec *r = *state;
	struct err err = { 0 };
	_cleanup_free_ char *first = rec_path(r, "root/usr/share/hwdata/pci.ids");
	char buf[64], tiny[5];

	assert_string_equal(pciname_vendor(0x10de, buf, sizeof(buf)), "Vendor 10de");
	assert_string_equal(pciname_device(0x10de, 0x2331, buf, sizeof(buf)), "Device 2331");
	assert_string_equal(pciname_class(0x030200, buf, sizeof(buf)), "Class 0302");
	assert_string_equal(pciname_subsystem(&dev, buf, sizeof(buf)), "Vendor 10de Device 1626");

	assert_int_equal(host_open(&r->host, r->dir, &err), 0);
	rec_bytes(r, "root/usr/share/hwdata/pci.ids", bomb, sizeof(bomb));
	assert_int_equal(pcinames_load(r->host, &err), -EINVAL);
	assert_non_null(strstr(err.text, "compressed"));
	rec_text(r, "root/usr/share/hwdata/pci.ids", "10de  A\n\tnonsense\n");
	assert_int_equal(pcinames_load(r->host, &err), -EINVAL);
	assert_non_null(strstr(err.text, "'/usr/share/hwdata/pci.ids' of "));
	assert_string_equal(pciname_vendor(0x10de, buf, sizeof(buf)), "Vendor 10de");

	/* A link from one place to the other, as distributions have it. */
	rec_text(r, "root/usr/share/names/pci.ids",
		 "10de  Green \033[2JCorp\n\t2331  Big Card\n\t\t10de 1626  Board\n"
		 "C 03  Display controller\n\t02  3D controller\n");
	assert_int_equal(remove(first), 0);
	rec_link(r, "root/usr/share/misc/pci.ids", "/usr/share/names/pci.ids");
	if (pcinames_load(r->host, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(pcinames_load(r->host, &err), 0);
	assert_string_equal(pciname_vendor(0x10de, buf, sizeof(buf)), "Green \\x1b[2JCorp");
	assert_string_equal(pciname_device(0x10de, 0x2331, buf, sizeof(buf)), "Big Card");
	assert_string_equal(pciname_device(0x10de, 0x2332, buf, sizeof(buf)), "Device 2332");
	assert_string_equal(pciname_vendor(0x1234, buf, sizeof(buf)), "Vendor 1234");
	assert_string_equal(pciname_class(0x030200, buf, sizeof(buf)), "3D controller");
	assert_string_equal(pciname_class(0x0302ff, buf, sizeof(buf)), "3D controller");
	assert_string_equal(pciname_class(0xee0000, buf, sizeof(buf)), "Class ee00");
	assert_string_equal(pciname_subsystem(&dev, buf, sizeof(buf)), "Green \\x1b[2JCorp Board");
	dev.subvendor = dev.subdevice = 0;
	assert_string_equal(pciname_subsystem(&dev, buf, sizeof(buf)), "");
	assert_string_equal(pciname_device(0x10de, 0x2331, tiny, sizeof(tiny)), "Big ");
}

/* ---- data of real machines -------------------------------------------------------------------------- */

/* Ask everything there is to ask: it must answer, whatever it says. */
static void ask_everything(struct pcidevs *set)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct pcidev *dev = set->v + i;
		uint64_t serial;
		uint32_t v;

		assert_non_null(dev->path);
		assert_ptr_equal(pcidevs_find(set, dev->bdf), dev);
		free(pcidev_identity(set, dev));
		assert_in_range(pcidev_msix_vectors(set, dev) + 1, 0, 2049);
		pcidev_has_msi(set, dev);
		pcidev_serial(set, dev, &serial);
		for (unsigned id = 0; id < 0x40; id++) {
			pcidev_cap(set, dev, id);
			pcidev_ext_cap(set, dev, id);
		}
		pcidev_config_read(set, dev, 0xffc, 4, &v);
	}
}

/*
 * A folder of such data, or NULL, and the log says so.  (cmocka's own skip() speaks TAP's "not ok", which the build
 * counts as a failure.)
 */
static char *shared_data(const char *folder)
{
	const char *src = getenv("SRCDIR");
	char *path = xasprintf("%s/../shared/data/%s", src ? src : ".", folder);

	if (access(path, R_OK) < 0) {
		print_message("# SKIP: '%s' is not here\n", path);
		free(TAKE_PTR(path));
	}
	return path;
}

static void read_file(const char *path, struct strbuf *ret)
{
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	do {
		n = fread(strbuf_reserve(ret, 65536), 1, 65536, f);
		ret->len += n;
	} while (n);
	fclose(f);
}

static void every_dump_of_a_real_machine_lists_or_fails(void **state)
{
	_cleanup_free_ char *folder = shared_data("pci-dumps");
	struct rec *r = *state;
	unsigned listed = 0;
	DIR *d;

	if (!folder)
		return;
	d = opendir(folder);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));) {
		_cleanup_free_ char *path = xasprintf("%s/%s", folder, e->d_name);
		_cleanup_strbuf_ struct strbuf text = { 0 };
		struct err err = { 0 };

		if (e->d_name[0] == '.')
			continue;
		read_file(path, &text);
		rec_bytes(r, "lspci.txt", strbuf_str(&text), text.len);
		if (rec_read(r, &err) < 0)
			assert_true(err.code && err.text[0]);
		else
			listed++;
		ask_everything(&r->set);
		pcidevs_done(&r->set);
		host_free(TAKE_PTR(r->host));
	}
	closedir(d);
	assert_true(listed > 0);
}

/* The archive's one top directory becomes root/ of the recording. */
static bool unpack(const struct rec *r, const char *archive)
{
	_cleanup_free_ char *command = xasprintf("mkdir '%s/root' && tar -xjf '%s' -C '%s/root' --strip-components=1 "
						 "--no-same-owner --no-same-permissions 2>/dev/null",
						 r->dir, archive, r->dir);

	if (system(command) == 0)
		return true;
	print_message("# SKIP: tar cannot unpack '%s'\n", archive);
	return false;
}

static void every_tree_of_a_real_machine_is_listed(void **state)
{
	_cleanup_free_ char *folder = shared_data("sysfs");
	struct rec *r = *state;
	DIR *d;

	if (!folder)
		return;
	d = opendir(folder);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));) {
		_cleanup_free_ char *path = xasprintf("%s/%s", folder, e->d_name);
		_cleanup_free_ char *root = xasprintf("%s/root", r->dir);

		if (!str_ends_with(e->d_name, ".tar.bz2"))
			continue;
		if (!unpack(r, path))
			break;
		rec_read_ok(r);
		assert_true(r->set.n > 0);
		ask_everything(&r->set);
		for (size_t i = 0; i < r->set.n; i++) /* 64 bytes of config space cannot tell */
			if (pcidev_msix_vectors(&r->set, r->set.v + i) > 0)
				fail_msg("%s: %s has vectors", e->d_name, BDF_STR(r->set.v[i].bdf));
		pcidevs_done(&r->set);
		host_free(TAKE_PTR(r->host));
		assert_int_equal(nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
	}
	closedir(d);
}

#define REC_TEST(name) cmocka_unit_test_setup_teardown(name, rec_setup, rec_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		REC_TEST(a_function_is_read_with_all_it_says),
		REC_TEST(texts_stand_in_where_config_space_is_missing),
		REC_TEST(garbage_in_texts_is_unknown),
		REC_TEST(the_console_display_is_told_from_others),
		REC_TEST(names_that_are_no_function_are_kept_out),
		REC_TEST(config_that_is_no_regular_file_is_not_opened),
		REC_TEST(every_hop_of_a_deep_device_is_in_its_path),
		REC_TEST(bridges_tell_the_parent_where_links_are_missing),
		REC_TEST(a_walk_up_a_hostile_recording_ends),
		REC_TEST(virtual_functions_hang_at_their_physical_one),
		REC_TEST(hostile_physfn_links_lead_nowhere),
		REC_TEST(broken_capability_lists_are_unknown_in_sysfs),
		REC_TEST(broken_capability_lists_are_unknown_in_dumps),
		REC_TEST(extended_capabilities_are_found_or_unknown),
		REC_TEST(config_reads_stop_where_the_source_does),
		REC_TEST(large_hosts_are_read_with_few_descriptors),
		REC_TEST(a_dump_gives_functions_parents_and_vfs),
		REC_TEST(broken_dumps_fail_with_one_clear_error),
		REC_TEST(a_dump_without_bytes_names_functions_only),
		REC_TEST(sysfs_goes_before_a_dump_unless_it_is_empty),
		REC_TEST(a_host_without_any_source_says_so),
		REC_TEST(a_hundred_thousand_functions_are_read_in_time),
		REC_TEST(a_dump_of_too_many_functions_is_refused),
		REC_TEST(names_come_from_the_hosts_own_database),
		REC_TEST(every_dump_of_a_real_machine_lists_or_fails),
		REC_TEST(every_tree_of_a_real_machine_is_listed),
	};

	return cmocka_run_group_tests_name("pcidev", tests, NULL, NULL);
}
