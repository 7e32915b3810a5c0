/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts_uses.h - what dom0 uses beyond its own mounts and its management interface, and on which devices that stands.
 *
 * Storage repositories that this host has plugged in (XAPI's PBDs with a device-config:device; those that need no disk of dom0, and
 * what is mounted already, aside; where XAPI does not tell, the LVM labels of the host's disks), interfaces with an address (XAPI's PIFs: storage and migration networks), the target of crash dumps that
 * /etc/kdump.conf names, and the controllers of keyboards (/sys/bus/usb/devices: interface class 03/01/01).
 */
#pragma once

#include "plugin/facts.h"

struct pool_use {
	char *what;	/* "the storage repository 'Local storage'" */
	char *mount;	/* where it is mounted when it is, as storage.h names it; else NULL */
	char *remedy;	/* how to end that */
	char *chain;	/* storage.h, net.h; NULL: only `mount` tells */
	struct bdfset devices;
	struct strv usb; /* bus paths of USB devices among them */
	bool complete;	/* false: not all of them could be told */
};

struct pool_uses {
	struct pool_use *v;
	size_t n;
	size_t n_storage; /* the first ones are storage, the rest are interfaces */
	char *no_storage, *no_interfaces; /* why XAPI does not tell of repositories, of interfaces; NULL: it does */
};

int pool_uses_read(struct facts *f, struct pool_uses *ret, struct err *err);
void pool_uses_done(struct pool_uses *u);

/* Functions that a keyboard is plugged into.  -ENOENT: no USB devices are known. */
int keyboards_read(struct host *h, struct bdfset *ret, struct err *err);
