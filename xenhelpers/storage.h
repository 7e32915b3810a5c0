/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage.h - which PCI functions the disks of dom0 stand on.
 *
 * A *use* is something dom0 cannot do without: a mount point, swap.  Its chain goes from the use down through
 * partitions, device mapper, LVM, md, multipath, loop devices, btrfs members, NVMe namespaces and their multipath
 * heads, to the PCI function at the end, exact to the endpoint behind any number of bridges; a USB disk ends at its
 * controller, an iSCSI disk at the function of the interface that its host is bound to, or that /proc/net/route sends its target's
 * address (/sys/class/iscsi_connection) through.  Sources: /proc/self/mountinfo
 * (major:minor), /proc/swaps, /sys/dev/block, /sys/block, /sys/class/block (slaves, partitions, device links), all
 * below the host's root.
 *
 * Uses come in the order of mountinfo, then swap.  File systems that stand on no device (tmpfs, a loop device in a RAM
 * disk) are left out, network file systems too unless they are /, /boot, /boot/efi or /var/log, and so are further
 * mounts of a device that is in the list already, with the same exception.
 */
#pragma once

#include "bdf.h"
#include "host.h"

struct storage_use {
	char *what;  /* "/", "/boot/efi", "swap" */
	char *chain; /* "/ <- md127 <- sda2,sdb2 <- 0000:00:17.0", at its end "unknown (why)" when not complete */
	struct bdfset devices; /* every PCI function below; empty for tmpfs and the like, which are left out */
	struct strv usb; /* bus paths of the USB devices among what it stands on */
	bool complete;	       /* false: a branch could not be followed; what is known is listed */
};

struct storage {
	struct storage_use *v;
	size_t n;
	bool mounts_known; /* mountinfo could be read, and every line of it understood */
	bool swaps_known;
};

/*
 * What is absent is unknown: a host without these files gives an empty, not known, result and no error.  A file that is
 * there and cannot be read is an error.
 */
int storage_read(struct host *h, struct storage *ret, struct err *err);
void storage_done(struct storage *s);
void storage_use_done(struct storage_use *u);

/*
 * One block device by its kernel name ("nvme0n1", "sda", "md127") or its path ("/dev/sda1", "/dev/mapper/vg-root"),
 * told as storage_read() tells of a mount point; `what` is the name as given.  -ENOENT: the host has no such block
 * device.
 */
int storage_block_use(struct host *h, const char *name, struct storage_use *ret, struct err *err);

/*
 * Only its PCI functions. -ENOENT as above; -ENODATA, with the chain, when not all of them can be told, or there are
 * none (a RAM disk).
 */
int storage_block_devices(struct host *h, const char *name, struct bdfset *ret, struct err *err);
