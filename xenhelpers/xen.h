/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xen.h - what the hypervisor says, as plain records behind one ops table: xen_live (libxl, libxenctrl, libxenstore; a
 * module) and xen_recorded (xen.json of a recording).  Both give the same records for the same machine.
 *
 * xen.json is one object; every member may be missing, and is then unknown (-ENODATA, "xen.json has no ..."):
 *
 *	"physinfo":     {"nr_cpus": 32, "nr_nodes": 2, "cap_hvm": true, "cap_pv": true, "cap_hap": true,
 *	                 "cap_hvm_directio": true}
 *	"cpu_topology": [{"core": 0, "socket": 0, "node": 0}, ...]      one a pCPU, in order; null: no such CPU
 *	"numainfo":     [{"size": BYTES, "free": BYTES, "dists": [10, 21]}, ...]   one a node, in order
 *	"pci_topology": [{"pci": "0000:3b:00.0", "node": 0}, ...]       node null: unknown
 *	"device_groups":   {"0000:05:03.0": ["0000:05:04.0"], ...}      the other members
 *	"reserved_memory": {"0000:00:02.0": [{"start_pfn": 512, "nr_pages": 16}], ..., "all": [...]}
 *	"assignable":   ["0000:3b:00.0", ...]
 *	"domains":      [{"domid": 0, "uuid": "...", "name": "Domain-0", "pci": ["0000:3b:00.0", ...]}, ...]
 *	"command_line": "dom0_mem=..."
 *	"log":          "(XEN) ...\n..."
 *
 * Where libxl numbers an address by seg, bus and devfn, that form is read too.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bdf.h"
#include "host.h"
#include "pcidev.h" /* enum tristate */

#define XEN_UNKNOWN (-1)

struct xen_physinfo {
	int nr_cpus, nr_nodes; /* XEN_UNKNOWN where not told */
	enum tristate cap_hvm, cap_pv, cap_hap, cap_hvm_directio;
};

struct xen_cpu {
	int core, socket, node; /* XEN_UNKNOWN: the CPU is off or absent */
};

struct xen_node {
	uint64_t size, free; /* bytes */
	bool there;	     /* false: a hole in the numbering */
	unsigned *dists;     /* distance to each node, n_dists of them */
	size_t n_dists;
};

struct xen_pci_node {
	struct bdf bdf;
	int node; /* XEN_UNKNOWN: Xen has no proximity for it */
};

struct xen_domain {
	int domid;
	char *uuid, *name; /* name NULL: not told */
	struct bdfset devices;
};

struct xen;

/*
 * Open what the host has: the module on this machine, xen.json of a recording.  -ENOENT: there is no answer to be had
 * (no xen.json, not a Xen host), with a hint.  Connections are made at the first question.
 */
int xen_open(struct host *h, struct xen **ret, struct err *err);
void xen_free(struct xen *x);
static inline void xen_freep(struct xen **x)
{
	xen_free(*x);
}

int xen_physinfo(struct xen *x, struct xen_physinfo *ret, struct err *err);
int xen_cpus(struct xen *x, struct xen_cpu **ret, size_t *n, struct err *err); /* caller frees *ret */
int xen_nodes(struct xen *x, struct xen_node **ret, size_t *n, struct err *err);
void xen_nodes_free(struct xen_node *v, size_t n);
int xen_pci_nodes(struct xen *x, struct xen_pci_node **ret, size_t *n, struct err *err); /* caller frees *ret */
int xen_assignable(struct xen *x, struct bdfset *ret, struct err *err);
int xen_domains(struct xen *x, struct xen_domain **ret, size_t *n, struct err *err);
void xen_domains_free(struct xen_domain *v, size_t n);
int xen_command_line(struct xen *x, char **ret, struct err *err); /* caller frees */

/* The ops table that a source implements; the functions above pass through it. */
struct xen_ops {
	int (*open)(struct host *h, void **priv, struct err *err);
	void (*close)(void *priv);
	int (*physinfo)(void *priv, struct xen_physinfo *ret, struct err *err);
	int (*cpus)(void *priv, struct xen_cpu **ret, size_t *n, struct err *err);
	int (*nodes)(void *priv, struct xen_node **ret, size_t *n, struct err *err);
	int (*pci_nodes)(void *priv, struct xen_pci_node **ret, size_t *n, struct err *err);
	int (*assignable)(void *priv, struct bdfset *ret, struct err *err);
	int (*domains)(void *priv, struct xen_domain **ret, size_t *n, struct err *err);
	int (*command_line)(void *priv, char **ret, struct err *err);
};

extern const struct xen_ops xen_recorded_ops;
