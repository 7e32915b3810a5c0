/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net.h - which PCI functions the network interfaces stand on.
 *
 * The management interface comes from MANAGEMENT_INTERFACE in /etc/xensource-inventory (a bridge such as
 * "xenbr0").  From there down to the device link: Linux bridges (brif/), bonds (bonding/slaves), VLANs, teams and all
 * else that the kernel links (lower_*), /proc/net/vlan/config, and the bridges, bonds and VLANs of Open vSwitch
 * (ovsdb.h), whose database XCP-ng keeps in /run/openvswitch/conf.db (its package is configured with --with-dbdir) and
 * others in /etc/openvswitch/conf.db.
 *
 * Where the database is missing, every interface that the kernel shows below ovs-system is listed, or the one that
 * XCP-ng's naming implies (xenbr0 <- eth0), and the chain is marked as not complete.  Interfaces of guests (vif1.0,
 * tap1.0) are no part of it.
 */
#pragma once

#include "bdf.h"
#include "chain.h"
#include "host.h"

struct net_use {
	char *what;  /* "management interface xenbr0" */
	char *chain; /* "xenbr0 <- bond0 <- eth0,eth1 <- 0000:18:00.0,0000:18:00.1" */
	struct bdfset devices;
	struct strv usb; /* bus paths of the USB devices among what it stands on */
	bool complete; /* false: a branch could not be followed to a function (a bridge without visible ports) */
};

struct net {
	struct net_use *v;
	size_t n;
	bool management_known; /* the inventory names the management interface ("" counts: there is none) */
};

/* What is absent is unknown: a host without an inventory gives an empty, not known, result and no error. */
int net_read(struct host *h, struct net *ret, struct err *err);
void net_done(struct net *n);
void net_use_done(struct net_use *u);

/*
 * One interface ("eth1", "bond0", "xenbr0"), told as net_read() tells of the management interface; `what` is "interface
 * NAME". -ENOENT: no such interface.
 */
int net_interface_use(struct host *h, const char *name, struct net_use *ret, struct err *err);

/* Only its PCI functions. -ENOENT as above; -ENODATA, with the chain, when not all of them or none can be told. */
int net_interface_devices(struct host *h, const char *name, struct bdfset *ret, struct err *err);

/*
 * A value of /etc/xensource-inventory without its quotes; caller frees. -ENOENT: no file or no such key; -EINVAL: a
 * quote is not closed.  The file is read as lines KEY='value', never as shell; the last of several lines counts, as it
 * does there.
 */
int net_inventory_get(struct host *h, const char *key, char **ret, struct err *err);

/* ---- for storage.c, whose iSCSI disks go on at an interface ------------------------------------------ */

struct net_walk {
	struct host *h;
	struct ovsdb *ovsdb; /* NULL: not read yet, or not to be had */
	bool ovsdb_tried, datapath_tried;
};
void net_walk_done(struct net_walk *w);
void net_walk_add(struct chain *c, const char *name, struct net_walk *w);
