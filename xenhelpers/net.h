/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net.h - which PCI functions the network interfaces stand on.
 *
 * The management interface comes from MANAGEMENT_INTERFACE in /etc/xensource-inventory (a bridge such as
 * "xenbr0").  From there down: Linux bridges (brif/), bonds (bonding/slaves), VLANs (lower_* links, and the "eth1.5"
 * naming), team and Open vSwitch ports as far as the host's files tell (/etc/openvswitch/conf.db is a log of
 * JSON lines: ports and interfaces of a bridge; Linux-bridge hosts have /sys/class/net/BR/brif), down to the device link.
 */
#pragma once

#include "bdf.h"
#include "host.h"

struct net_use {
	char *what;  /* "management interface xenbr0" */
	char *chain; /* "xenbr0 <- bond0 <- eth0,eth1 <- 0000:18:00.0,0000:18:00.1" */
	struct bdfset devices;
	bool complete; /* false: a branch could not be followed to a function (a bridge without visible ports) */
};

struct net {
	struct net_use *v;
	size_t n;
	bool management_known; /* the inventory names the management interface ("" counts: there is none) */
};

int net_read(struct host *h, struct net *ret, struct err *err);
void net_done(struct net *n);

/* The PCI functions below one interface ("eth1", "bond0", "xenbr0"). -ENOENT: no such interface. */
int net_interface_devices(struct host *h, const char *name, struct bdfset *ret, struct err *err);

/* A value of /etc/xensource-inventory without its quotes; caller frees. -ENOENT: no file or no such key. */
int net_inventory_get(struct host *h, const char *key, char **ret, struct err *err);
