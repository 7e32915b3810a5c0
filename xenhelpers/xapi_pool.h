/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_pool.h - the pool around a VM, as far as checks ask: its hosts, and what XAPI has plugged into one of them (storage
 * repositories, interfaces with an address, PCI objects).
 *
 * Each class is asked for once, and answers for itself: one that XAPI (or a recording) does not tell of has `known` false, and
 * `why` says it.  Fields as in XAPI's data model (facts, appendix B): cpu_info:features_hvm is what guests get of a CPU,
 * levelled over the pool in pool.cpu_info.
 */
#pragma once

#include "xapi.h"

/* What is told of a class of objects. */
struct xapi_told {
	bool known;
	char *why; /* not known: the error's text */
};

struct xapi_host {
	char *ref, *uuid, *name;
	char *features_hvm; /* of its own CPUs, "hex-hex-..."; NULL unknown */
	char *numa_policy;  /* numa_affinity_policy: "any", "best_effort", "default_policy"; NULL: this XAPI has no such field (8.2) */
	char *guest_mask;   /* guest_VCPUs_params:mask, for all VMs that it runs; NULL: no such key */
	enum tristate enabled; /* VMs may start there */
};

/* A storage repository that one host has plugged in (currently_attached is not false). */
struct xapi_sr {
	char *uuid, *name, *type; /* "lvm", "ext", "nfs" */
	char *pbd;		  /* uuid of its PBD on that host */
	char *device;		  /* device-config:device, "/dev/disk/by-id/..."; several are separated by commas; NULL: none */
	char *target;		  /* device-config:target or server, of network storage; NULL: none */
};

/* An interface of one host that has an address, or a network that it must not be unplugged from. */
struct xapi_pif {
	char *uuid, *device, *ip; /* "eth4", "203.0.113.20" */
	bool management, vlan;
	bool disallow_unplug; /* set for clustering and for storage that must stay */
};

struct xapi_pool {
	struct xapi_told hosts_told, srs_told, pifs_told, pcis_told, pool_told;
	struct xapi_host *hosts;
	size_t n_hosts;
	struct xapi_sr *srs;
	size_t n_srs;
	struct xapi_pif *pifs;
	size_t n_pifs;
	struct bdfset pcis; /* functions of the host that have a PCI object */
	enum tristate ha;   /* pool.ha_enabled */
	enum tristate auto_poweron; /* pool.other_config:auto_poweron is "true" */
	char *features_hvm; /* what guests get, levelled over the pool; NULL unknown */
};

/* host: the reference of the host whose storage, interfaces and PCI objects are meant. */
void xapi_pool_read(struct xapi *x, const char *host, struct xapi_pool *ret);
void xapi_pool_done(struct xapi_pool *p);
const struct xapi_host *xapi_pool_host(const struct xapi_pool *p, const char *ref); /* NULL: none of the pool's */

enum xapi_tie { XAPI_TIE_USB, XAPI_TIE_GPU }; /* by a VUSB, by a VGPU */
/* Hosts that have a device of a group out of which the VM is given one: references, each once, added to `hosts`. */
int xapi_pool_tied(struct xapi *x, enum xapi_tie tie, const char *vm, struct strv *hosts, struct err *err);
