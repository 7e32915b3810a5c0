/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tree.h"
#include "xenhelpers/lvm.h"
#include "xenhelpers/storage.h"

/* What the kernel makes for a block device: its folder, and the links to it by class and by number. */
#define BLOCK(place, name)                                                                                             \
	"sys/devices/" place "/" name "/", "sys/class/block/" name " -> ../../devices/" place "/" name
#define NUMBERED(number, place, name) BLOCK(place, name), "sys/dev/block/" number " -> ../../devices/" place "/" name
#define SLAVE(name, slave) "sys/devices/virtual/block/" name "/slaves/" slave " -> x"
#define MOUNTINFO(text) "proc/self/mountinfo: " text
#define MOUNT(number, point, type, source) "25 1 " number " / " point " rw,relatime shared:1 - " type " " source " rw\n"
#define SWAPS(text) "proc/swaps: Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n" text

#define AHCI "pci0000:00/0000:00:17.0"
#define SDA AHCI "/ata1/host0/target0:0:0/0:0:0:0/block"
#define SDB AHCI "/ata2/host1/target1:0:0/1:0:0:0/block"
#define NVME "pci0000:00/0000:00:1d.0/0000:02:00.0/0000:03:04.0/0000:05:00.0/nvme/nvme0"
#define FC(fn, host)                                                                                                   \
	"pci0000:80/0000:80:02.0/0000:82:00." fn "/host" host "/rport-" host ":0-1/target" host ":0:0/" host           \
	":0:0:0/block"
#define USB "pci0000:00/0000:00:14.0/usb2/2-1/2-1.4/2-1.4:1.0/host6/target6:0:0/6:0:0:0/block"
#define ISCSI "platform/host2/session1/target2:0:0/2:0:0:1/block"
#define HEAD "virtual/nvme-subsystem/nvme-subsys0"
#define DISK_SDA NUMBERED("8:0", SDA, "sda"), NUMBERED("8:1", SDA "/sda", "sda1")
#define ROOT_ON_SDA MOUNTINFO(MOUNT("8:1", "/", "ext3", "/dev/sda1"))

#define ENTRIES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* `expected`: the chains, one a line, "!" before one that is not complete; mounts_known and swaps_known as "ms". */
static const struct recording {
	const char *name;
	const char *const *entries;
	const char *known, *expected;
} recordings[] = {
	{ "nothing", ENTRIES("proc/"), "", "" },
	{ "no sysfs", ENTRIES(ROOT_ON_SDA, SWAPS("")), "ms", "!/ <- unknown (block device 8:1 is not in sysfs)\n" },
	{ "only swaps", ENTRIES(DISK_SDA, SWAPS("/dev/sda1                              partition\t1\t0\t-2\n")), "s",
	  "swap <- sda1 <- 0000:00:17.0\n" },
	{ "SATA, mounts of every kind",
	  ENTRIES(DISK_SDA, NUMBERED("8:2", SDA "/sda", "sda2"), NUMBERED("8:3", SDA "/sda", "sda3"),
		  MOUNTINFO("1 1 0:2 / / rw - rootfs rootfs rw\n"		    /**/
			    MOUNT("8:1", "/", "ext3", "/dev/sda1")		    /**/
			    MOUNT("0:5", "/dev", "devtmpfs", "devtmpfs")	    /**/
			    MOUNT("0:18", "/run", "tmpfs", "tmpfs")		    /**/
			    MOUNT("8:2", "/boot/efi", "vfat", "/dev/sda2")	    /**/
			    MOUNT("8:3", "/srv/two\\040words", "ext4", "/dev/sda3") /**/
			    MOUNT("8:3", "/srv/again", "ext4", "/dev/sda3")	    /**/
			    MOUNT("8:3", "/var/log", "ext4", "/dev/sda3")	    /**/
			    MOUNT("0:40", "/run/sr-mount/1", "nfs4", "filer:/export")),
		  SWAPS("/dev/sda2 partition 1 0 -2\n/swap\\040file file 1 0 -3\n")),
	  "ms",
	  "/ <- sda1 <- 0000:00:17.0\n/boot/efi <- sda2 <- 0000:00:17.0\n/srv/two words <- sda3 <- 0000:00:17.0\n"
	  "/var/log <- sda3 <- 0000:00:17.0\nswap <- sda2 <- 0000:00:17.0\nswap <- sda1 <- 0000:00:17.0\n" },
	{ "NVMe behind a root port and a switch",
	  ENTRIES(NUMBERED("259:0", NVME, "nvme0n1"), NUMBERED("259:1", NVME "/nvme0n1", "nvme0n1p1"),
		  MOUNTINFO(MOUNT("259:1", "/", "ext4", "/dev/nvme0n1p1"))),
	  "m", "/ <- nvme0n1p1 <- 0000:05:00.0\n" },
	{ "NVMe behind VMD needs the VMD function too",
	  ENTRIES(NUMBERED("259:0", "pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0/nvme/nvme0",
			   "nvme0n1"),
		  MOUNTINFO(MOUNT("259:0", "/", "ext4", "/dev/nvme0n1"))),
	  "m", "/ <- nvme0n1 <- 0000:00:0e.0,10000:e1:00.0\n" },
	{ "md raid1 over partitions",
	  ENTRIES(DISK_SDA, NUMBERED("8:18", SDB "/sdb", "sdb2"), BLOCK(SDB, "sdb"), BLOCK(SDA "/sda", "sda2"),
		  NUMBERED("9:127", "virtual/block", "md127"), SLAVE("md127", "sda2"), SLAVE("md127", "sdb2"),
		  MOUNTINFO(MOUNT("9:127", "/", "ext4", "/dev/md127"))),
	  "m", "/ <- md127 <- sda2,sdb2 <- 0000:00:17.0\n" },
	{ "partition of md",
	  ENTRIES(DISK_SDA, BLOCK("virtual/block", "md127"), SLAVE("md127", "sda"),
		  NUMBERED("259:3", "virtual/block/md127", "md127p1"),
		  MOUNTINFO(MOUNT("259:3", "/", "ext4", "/dev/md127p1"))),
	  "m", "/ <- md127p1 <- md127 <- sda <- 0000:00:17.0\n" },
	{ "LVM over crypt, and branches of different depth",
	  ENTRIES(DISK_SDA, BLOCK(NVME, "nvme0n1"), NUMBERED("253:0", "virtual/block", "dm-0"),
		  BLOCK("virtual/block", "dm-1"), SLAVE("dm-0", "dm-1"), SLAVE("dm-0", "sda1"),
		  SLAVE("dm-1", "nvme0n1"), MOUNTINFO(MOUNT("253:0", "/", "ext4", "/dev/mapper/vg-root"))),
	  "m", "/ <- dm-0 <- dm-1,sda1 <- nvme0n1 <- 0000:00:17.0,0000:05:00.0\n" },
	{ "multipath over two ports of an HBA",
	  ENTRIES(BLOCK(FC("0", "4"), "sdc"), BLOCK(FC("1", "5"), "sdd"), NUMBERED("253:1", "virtual/block", "dm-1"),
		  BLOCK("virtual/block", "dm-0"), SLAVE("dm-1", "dm-0"), SLAVE("dm-0", "sdc"), SLAVE("dm-0", "sdd"),
		  MOUNTINFO(MOUNT("253:1", "/", "ext4", "/dev/dm-1"))),
	  "m", "/ <- dm-1 <- dm-0 <- sdc,sdd <- 0000:82:00.0,0000:82:00.1\n" },
	{ "NVMe multipath: all controllers of the subsystem",
	  ENTRIES(NUMBERED("259:0", HEAD, "nvme0n1"), NUMBERED("259:1", HEAD "/nvme0n1", "nvme0n1p1"),
		  "sys/devices/" HEAD "/nvme0 -> ../../../pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme0",
		  "sys/devices/" HEAD "/nvme1 -> ../../../pci0000:00/0000:00:02.0/0000:02:00.0/nvme/nvme1",
		  "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme0/",
		  MOUNTINFO(MOUNT("259:1", "/", "ext4", "/dev/nvme0n1p1"))),
	  "m", "/ <- nvme0n1p1 <- nvme0n1 <- 0000:01:00.0,0000:02:00.0\n" },
	{ "NVMe multipath: hidden paths",
	  ENTRIES(NUMBERED("259:0", HEAD, "nvme0n1"),
		  "sys/block/nvme0c3n1 -> ../devices/pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme3/nvme0c3n1",
		  "sys/block/nvme0c3n2 -> ../devices/pci0000:00/0000:00:01.0/0000:07:00.0/nvme/nvme4/nvme0c3n2",
		  MOUNTINFO(MOUNT("259:0", "/", "ext4", "/dev/nvme0n1"))),
	  "m", "/ <- nvme0n1 <- 0000:01:00.0\n" },
	{ "NVMe over a fabric",
	  ENTRIES(NUMBERED("259:0", HEAD, "nvme0n1"), "sys/devices/" HEAD "/nvme0 -> ../../nvme-fabrics/ctl/nvme0",
		  "sys/devices/virtual/nvme-fabrics/ctl/nvme0/transport: tcp\n",
		  MOUNTINFO(MOUNT("259:0", "/", "ext4", "/dev/nvme0n1"))),
	  "m", "!/ <- nvme0n1 <- unknown (nvme0 is NVMe over tcp)\n" },
	{ "USB disk ends at its controller",
	  ENTRIES(NUMBERED("8:33", USB "/sdc", "sdc1"), BLOCK(USB, "sdc"),
		  MOUNTINFO(MOUNT("8:33", "/", "ext4", "/dev/sdc1"))),
	  "m", "/ <- sdc1 <- 0000:00:14.0\n" },
	{ "iSCSI through a named interface",
	  ENTRIES(NUMBERED("8:16", ISCSI, "sdb"), "sys/class/iscsi_host/host2/netdev: eth1\n",
		  "sys/devices/pci0000:00/0000:00:03.0/0000:18:00.1/net/eth1/",
		  "sys/class/net/eth1 -> ../../devices/pci0000:00/0000:00:03.0/0000:18:00.1/net/eth1",
		  MOUNTINFO(MOUNT("8:16", "/", "ext4", "/dev/sdb"))),
	  "m", "/ <- sdb <- eth1 <- 0000:18:00.1\n" },
	{ "iSCSI without one",
	  ENTRIES(NUMBERED("8:16", ISCSI, "sdb"), "sys/class/iscsi_host/host2/netdev: (null)\n",
		  MOUNTINFO(MOUNT("8:16", "/", "ext4", "/dev/sdb"))),
	  "m", "!/ <- sdb <- unknown (the interface of iSCSI session1)\n" },
	{ "iSCSI, its target behind a route",
	  ENTRIES(NUMBERED("8:16", ISCSI, "sdb"), "sys/class/iscsi_host/host2/netdev: default\n",
		  "sys/class/iscsi_connection/connection1:0/address: 192.0.2.7\n",
		  "sys/class/iscsi_connection/connection2:0/address: 198.51.100.7\n",
		  "proc/net/route: Iface\tDestination\neth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n",
		  "sys/devices/pci0000:00/0000:00:03.0/0000:18:00.1/net/eth1/",
		  "sys/class/net/eth1 -> ../../devices/pci0000:00/0000:00:03.0/0000:18:00.1/net/eth1",
		  MOUNTINFO(MOUNT("8:16", "/", "ext4", "/dev/sdb"))),
	  "m", "/ <- sdb <- eth1 <- 0000:18:00.1\n" },
	{ "iSCSI, no route to its target",
	  ENTRIES(NUMBERED("8:16", ISCSI, "sdb"), "sys/class/iscsi_connection/connection1:0/persistent_address: 198.51.100.7\n",
		  "proc/net/route: Iface\tDestination\neth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n",
		  MOUNTINFO(MOUNT("8:16", "/", "ext4", "/dev/sdb"))),
	  "m", "!/ <- sdb <- unknown (the interface of iSCSI session1)\n" },
	{ "FCoE over a VLAN",
	  ENTRIES(NUMBERED("8:16", "virtual/net/eth0.9/ctlr_0/host7/rport-7:0-0/target7:0:0/7:0:0:0/block", "sdb"),
		  "sys/class/net/eth0.9 -> ../../devices/virtual/net/eth0.9",
		  "sys/devices/virtual/net/eth0.9/lower_eth0 -> ../eth0",
		  "sys/class/net/eth0 -> ../../devices/pci0000:00/0000:18:00.0/net/eth0",
		  MOUNTINFO(MOUNT("8:16", "/", "ext4", "/dev/sdb"))),
	  "m", "/ <- sdb <- eth0.9 <- eth0 <- 0000:18:00.0\n" },
	{ "loop, and swap in memory",
	  ENTRIES(DISK_SDA, NUMBERED("7:0", "virtual/block", "loop0"), NUMBERED("7:1", "virtual/block", "loop1"),
		  BLOCK("virtual/block", "zram0"), BLOCK("virtual/block", "zram1"),
		  "sys/devices/virtual/block/zram0/backing_dev: none\n",
		  "sys/devices/virtual/block/zram1/backing_dev: /dev/sda1\n",
		  "sys/devices/virtual/block/loop0/loop/backing_file: /srv/image (deleted)\n",
		  "sys/devices/virtual/block/loop1/loop/backing_file: /run/image\n",
		  MOUNTINFO(MOUNT("8:1", "/", "ext4", "/dev/sda1") MOUNT("0:18", "/run", "tmpfs", "tmpfs") /**/
			    MOUNT("7:0", "/mnt", "iso9660", "/dev/loop0") MOUNT("7:1", "/opt", "ext4", "/dev/loop1")),
		  SWAPS("/dev/zram0 partition 1 0 1\n/dev/zram1 partition 1 0 1\n")),
	  "ms",
	  "/ <- sda1 <- 0000:00:17.0\n/mnt <- loop0 <- sda1 <- 0000:00:17.0\nswap <- zram1 <- sda1 <- 0000:00:17.0\n" },
	{ "a loop device that holds itself",
	  ENTRIES(NUMBERED("7:0", "virtual/block", "loop0"),
		  "sys/devices/virtual/block/loop0/loop/backing_file: /mnt/image\n",
		  MOUNTINFO(MOUNT("7:0", "/mnt", "ext4", "/dev/loop0"))),
	  "m", "!/mnt <- loop0 <- unknown (nothing is found at the end)\n" },
	{ "swap on a logical volume, by its mapped name",
	  ENTRIES(DISK_SDA, BLOCK("virtual/block", "dm-3"), SLAVE("dm-3", "sda1"),
		  "sys/devices/virtual/block/dm-3/dm/name: vg--a-swap\n",
		  SWAPS("/dev/mapper/vg--a-swap partition 1 0 -2\n/dev/vg-a/swap partition 1 0 -2\n/dev/vg-b/swap "
			"partition 1 0 -2\n")),
	  "s",
	  "swap <- dm-3 <- sda1 <- 0000:00:17.0\nswap <- dm-3 <- sda1 <- 0000:00:17.0\n"
	  "!swap <- unknown ('/dev/vg-b/swap' is not in /sys/class/block)\n" },
	{ "btrfs over two disks",
	  ENTRIES(DISK_SDA, BLOCK(NVME, "nvme0n1"), "sys/fs/btrfs/features/raid56: 0",
		  "sys/fs/btrfs/6f1c/devices/sda1 -> x", "sys/fs/btrfs/6f1c/devices/nvme0n1 -> x",
		  MOUNTINFO(MOUNT("0:35", "/", "btrfs", "/dev/sda1"))),
	  "m", "/ <- sda1,nvme0n1 <- 0000:00:17.0,0000:05:00.0\n" },
	{ "btrfs, its other disks not told", ENTRIES(DISK_SDA, MOUNTINFO(MOUNT("0:35", "/", "btrfs", "/dev/sda1"))),
	  "m", "!/ <- sda1 <- 0000:00:17.0,unknown (further disks of the btrfs file system)\n" },
	{ "XFS with its log elsewhere",
	  ENTRIES(DISK_SDA, BLOCK(NVME, "nvme0n1"),
		  MOUNTINFO("25 1 8:1 / / rw - xfs /dev/sda1 rw,logdev=/dev/nvme0n1,noquota\n")),
	  "m", "/ <- sda1,nvme0n1 <- 0000:00:17.0,0000:05:00.0\n" },
	{ "file systems that cannot be followed",
	  ENTRIES(MOUNTINFO(MOUNT("0:35", "/", "overlay", "overlay") MOUNT("0:36", "/tank", "zfs", "tank") /**/
			    MOUNT("0:37", "/boot", "autofs", "systemd-1"))),
	  "m",
	  "!/ <- unknown (the devices below a file system of type overlay)\n"
	  "!/tank <- unknown (the devices below a file system of type zfs)\n"
	  "!/boot <- unknown (the devices below a file system of type autofs)\n" },
	{ "an automount that was used",
	  ENTRIES(DISK_SDA,
		  MOUNTINFO(MOUNT("0:37", "/boot", "autofs", "systemd-1") MOUNT("8:1", "/boot", "ext4", "/dev/sda1"))),
	  "m", "/boot <- sda1 <- 0000:00:17.0\n" },
	{ "only /sys/block, with folders and no links",
	  ENTRIES("sys/block/sda/sda1/dev: 8:1\n", "sys/block/sda/dev: 8:0\n",
		  "sys/block/sda/device -> ../../devices/" AHCI "/ata1/host0/target0:0:0/0:0:0:0", ROOT_ON_SDA),
	  "m", "/ <- sda1 <- sda <- 0000:00:17.0\n" },
	{ "links without what they point to",
	  ENTRIES("sys/class/block/sda1 -> ../../devices/" SDA "/sda/sda1", ROOT_ON_SDA), "m",
	  "/ <- sda1 <- 0000:00:17.0\n" },
	{ "a device found by its number alone",
	  ENTRIES(BLOCK(SDA, "sda"), "sys/devices/" SDA "/sda/dev: 8:0\n",
		  MOUNTINFO(MOUNT("8:0", "/", "ext4", "/dev/root"))),
	  "m", "/ <- sda <- 0000:00:17.0\n" },
	{ "a slash in the name",
	  ENTRIES(NUMBERED("104:0", "pci0000:00/0000:04:00.0/cciss0/c0d0/block", "cciss!c0d0"),
		  SWAPS("/dev/cciss/c0d0 partition 1 0 -2\n")),
	  "s", "swap <- cciss!c0d0 <- 0000:04:00.0\n" },
	{ "a disk that is not on PCI, and memory that is a disk",
	  ENTRIES(NUMBERED("179:0", "platform/80860F14:00/mmc_host/mmc0/mmc0:0001/block", "mmcblk0"),
		  NUMBERED("259:0", "LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus0/region0/namespace0.0/block", "pmem0"),
		  MOUNTINFO(MOUNT("179:0", "/", "ext4", "/dev/mmcblk0") MOUNT("259:0", "/srv", "ext4", "/dev/pmem0"))),
	  "m", "!/ <- mmcblk0 <- unknown (nothing is known below 'mmcblk0')\n" },
	{ "part of a mirror is missing",
	  ENTRIES(DISK_SDA, NUMBERED("9:0", "virtual/block", "md0"), SLAVE("md0", "sda1"), SLAVE("md0", "sdz1"),
		  MOUNTINFO(MOUNT("9:0", "/", "ext4", "/dev/md0"))),
	  "m", "!/ <- md0 <- sda1,sdz1 <- 0000:00:17.0,unknown ('sdz1' is not in /sys/class/block)\n" },
	{ "hostile: slaves in a circle",
	  ENTRIES(NUMBERED("253:0", "virtual/block", "dm-0"), BLOCK("virtual/block", "dm-1"), SLAVE("dm-0", "dm-1"),
		  SLAVE("dm-1", "dm-0"), SLAVE("dm-1", "dm-1"), MOUNTINFO(MOUNT("253:0", "/", "ext4", "/dev/dm-0"))),
	  "m", "!/ <- dm-0 <- dm-1 <- unknown (nothing is found at the end)\n" },
	{ "hostile: names that are paths",
	  ENTRIES("sys/class/block/sda -> ../../../../../../etc", "sys/dev/block/8:0 -> /", "sys/dev/block/8:1 -> ..",
		  MOUNTINFO(MOUNT("8:0", "/", "ext4", "/dev/../sda") MOUNT("8:1", "/boot", "ext4", "/dev//")),
		  SWAPS("/dev/.. partition 1 0 1\n")),
	  "ms",
	  "!/ <- unknown (block device 8:0 is not in sysfs)\n!/boot <- unknown (block device 8:1 is not in sysfs)\n"
	  "!swap <- unknown ('/dev/..' is not in /sys/class/block)\n" },
	{ "lines that are none",
	  ENTRIES(DISK_SDA,
		  MOUNTINFO("nonsense\n25 1 8:x / / rw - ext4 /dev/sda1 rw\n" MOUNT("8:1", "/", "ext3", "/dev/sda1")),
		  SWAPS("/dev/sda1 partition 1 0 -2\nsda1\n")),
	  "", "/ <- sda1 <- 0000:00:17.0\nswap <- sda1 <- 0000:00:17.0\n" },
};

static void test_recording(void **state)
{
	const struct recording *r = *state;
	_cleanup_(tree_done) struct tree t;
	_cleanup_(storage_done) struct storage s = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };
	struct err err;

	tree_make(&t, r->entries);
	if (storage_read(t.host, &s, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < s.n; i++) {
		const struct storage_use *u = &s.v[i];

		strbuf_addf(&out, "%s%s\n", u->complete ? "" : "!", u->chain);
		assert_non_null(str_after(u->chain, u->what));
		for (size_t k = 0; k < u->devices.n; k++)
			assert_non_null(strstr(u->chain, BDF_STR(u->devices.v[k])));
	}
	assert_string_equal(strbuf_str(&out), r->expected);
	assert_int_equal(s.mounts_known, strchr(r->known, 'm') != NULL);
	assert_int_equal(s.swaps_known, strchr(r->known, 's') != NULL);
}

/* A file that is there and cannot be read is not the same as one that is absent. */
static void test_unreadable(void **state)
{
	_cleanup_(tree_done) struct tree t;
	struct storage s = { .n = 42 };
	struct err err;

	tree_make(&t, ENTRIES("proc/self/mountinfo/"));
	assert_int_not_equal(storage_read(t.host, &s, &err), 0);
	assert_int_equal(s.n, 42);
}

static void test_deep(void **state)
{
	_cleanup_(tree_done) struct tree t;
	_cleanup_(storage_use_done) struct storage_use u = { 0 };

	tree_begin(&t);
	for (unsigned i = 0; i < 100; i++) {
		_cleanup_free_ char *class =
			xasprintf("sys/class/block/dm-%u -> ../../devices/virtual/block/dm-%u", i, i);
		_cleanup_free_ char *slave = xasprintf("sys/devices/virtual/block/dm-%u/slaves/dm-%u -> x", i, i + 1);

		tree_add(&t, class);
		tree_add(&t, slave);
	}
	tree_open(&t);
	assert_int_equal(storage_block_use(t.host, "dm-0", &u, NULL), 0);
	assert_false(u.complete);
	assert_non_null(strstr(u.chain, "dm-31 <- unknown (more than 32 levels)"));
}

static void test_wide(void **state)
{
	_cleanup_(tree_done) struct tree t;
	_cleanup_(storage_use_done) struct storage_use u = { 0 };

	tree_begin(&t);
	tree_add(&t, "sys/class/block/dm-0 -> ../../devices/virtual/block/dm-0");
	for (unsigned i = 0; i < 1100; i++) {
		_cleanup_free_ char *slave = xasprintf("sys/devices/virtual/block/dm-0/slaves/%0100u -> x", i);

		tree_add(&t, slave);
	}
	tree_open(&t);
	assert_int_equal(storage_block_use(t.host, "dm-0", &u, NULL), 0);
	assert_false(u.complete);
	assert_true(strlen(u.chain) < 16384);
	assert_non_null(strstr(u.chain, "more than 1024 parts"));
}

static void test_one_device(void **state)
{
	_cleanup_(tree_done) struct tree t;
	_cleanup_bdfset_ struct bdfset set = { 0 };
	struct err err;

	tree_make(&t, ENTRIES(DISK_SDA, BLOCK("virtual/block", "ram0"), BLOCK("virtual/block", "nbd0"),
			      "dev/disk/by-id/x -> ../../sda", "dev/sda: not a device"));
	static const char *const names[] = { "sda", "sda1", "/dev/sda1", "/dev/disk/by-id/x" };
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (storage_block_devices(t.host, names[i], &set, &err) < 0)
			fail_msg("%s", err.text);
		assert_int_equal(set.n, 1);
		assert_string_equal(BDF_STR(set.v[0]), "0000:00:17.0");
		bdfset_done(&set);
		set = (struct bdfset){ 0 };
	}
	static const char *const absent[] = { "sdb", "", "/dev/sdb", "/dev/mapper/x", "/etc/passwd", "..", "a/b", "/" };
	for (size_t i = 0; i < ARRAY_SIZE(absent); i++)
		assert_int_equal(storage_block_devices(t.host, absent[i], &set, &err), -ENOENT);
	assert_int_equal(storage_block_devices(t.host, "ram0", &set, &err), -ENODATA);
	assert_int_equal(storage_block_devices(t.host, "nbd0", &set, &err), -ENODATA);
	assert_string_equal(err.text, "the PCI devices of 'nbd0' are not all known: "
				      "nbd0 <- unknown (nothing is known below 'nbd0')");
	assert_int_equal(set.n, 0);
}

/* A label as host-record makes it is read back; a disk without one, a broken one, and a name that is none. */
static void test_labels(void **state)
{
	_cleanup_strbuf_ struct strbuf label = { 0 }, bad = { 0 };
	_cleanup_free_ char *vg = NULL;
	struct err err = { 0 };
	struct tree t;
	uint64_t at = 0;

	lvm_make_label("VG_XenStorage-0b9e1d6c-0000-4000-8000-000000000002", &label);
	assert_int_equal(lvm_parse_label(label.s, label.len, &at, NULL), 1);
	for (size_t n = 0; n < 1024; n++)
		assert_int_equal(lvm_parse_label(label.s, n, &at, NULL), 0);
	tree_begin(&t);
	tree_add_file(&t, "dev/sda3", label.s, label.len);
	tree_add_file(&t, "dev/sdb", "none", 4);
	strbuf_addn(&bad, label.s, label.len);
	bad.s[512 + 21] = 3; /* the volume's header beyond the sector */
	tree_add_file(&t, "dev/sdc", bad.s, bad.len);
	bad.s[512 + 21] = 0;
	bad.s[1024 + 512 + 2] = '\x1b';
	tree_add_file(&t, "dev/sdd", bad.s, bad.len);
	tree_open(&t);
	assert_int_equal(lvm_read(t.host, "sda3", &vg, NULL), 1);
	assert_string_equal(vg, "VG_XenStorage-0b9e1d6c-0000-4000-8000-000000000002");
	assert_string_equal(lvm_repository(vg), "0b9e1d6c-0000-4000-8000-000000000002");
	assert_null(lvm_repository("vg0"));
	free(TAKE_PTR(vg));
	assert_int_equal(lvm_read(t.host, "sdb", &vg, NULL), 0);
	assert_int_equal(lvm_read(t.host, "sdc", &vg, &err), -EINVAL);
	assert_int_equal(lvm_read(t.host, "sdd", &vg, &err), -EINVAL);
	assert_int_equal(lvm_read(t.host, "sde", &vg, &err), -ENOENT);
	assert_null(vg);
	tree_done(&t);
}

int main(void)
{
	struct CMUnitTest tests[ARRAY_SIZE(recordings) + 5];
	size_t n = 0;

	for (; n < ARRAY_SIZE(recordings); n++)
		tests[n] =
			(struct CMUnitTest){ recordings[n].name, test_recording, NULL, NULL, (void *)&recordings[n] };
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_unreadable);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_deep);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_wide);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_one_device);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_labels);
	assert_int_equal(n, ARRAY_SIZE(tests));
	return cmocka_run_group_tests_name("storage", tests, NULL, NULL);
}
