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
 *	"vcpu_pins":    {"0": ["0-3", "0-3"], ...}                       by domain id: each vCPU's hard affinity, a range list
 *	"node_affinity": {"0": "0-1", ...}                               by domain id: nodes that its memory is taken from
 *	"cpu_pools":    [{"id": 0, "name": "Pool-0", "cpus": "0-31"}, ...]
 *	"command_line": "dom0_mem=..."
 *	"log":          "(XEN) ...\n..."
 *
 * Memory of a domain on each node is *not* asked: libxl 4.13 to 4.17 does not tell it (Xen prints it to its log for debug key "u" only), so
 * that nothing here claims to know it; numainfo has what is free on a node.
 *
 * Where libxl numbers an address by seg, bus and devfn, that form is read too.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bdf.h"
#include "cpumask.h"
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

struct xen_rdm {
	uint64_t start_pfn, nr_pages; /* pages of 4 KiB, as in an RMRR */
};

struct xen_cpupool {
	int id;
	char *name; /* NULL: not told */
	struct cpumask cpus;
};

/* What Xen says to "could a guest get it now?" */
enum xen_assign_state {
	XEN_ASSIGN_FREE,  /* dom0 has it, or nobody (quarantined) */
	XEN_ASSIGN_TAKEN, /* a guest owns it, or there is no such device: Xen's answer is the same */
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

/*
 * What Xen must keep together with a device that shares its requester id: the *other* functions of its group that dom0 owns.
 * Xen leaves out members that are quarantined (assignable) or a guest's, so an empty answer does not mean that there are no
 * others: topology tells (pcigroup.h).  An absent device has none.
 */
int xen_device_group(struct xen *x, struct bdf bdf, struct bdfset *ret, struct err *err);
/* Memory that is reserved for a device (RMRR), or for all devices: bdf NULL.  Caller frees *ret. */
int xen_reserved_memory(struct xen *x, const struct bdf *bdf, struct xen_rdm **ret, size_t *n, struct err *err);
/* The hypervisor's console ring; caller frees. */
int xen_log(struct xen *x, char **ret, struct err *err);
/* Hard affinity of each vCPU of a domain; -ENOENT: no such domain.  Caller frees *ret. */
int xen_vcpu_pins(struct xen *x, int domid, struct cpumask **ret, size_t *n, struct err *err);
/*
 * The nodes that Xen takes a domain's memory from, as a mask of node numbers: by its vCPUs' affinity, unless somebody set it.  Where
 * its memory is, Xen does not tell.
 */
int xen_node_affinity(struct xen *x, int domid, struct cpumask *ret, struct err *err);
int xen_cpu_pools(struct xen *x, struct xen_cpupool **ret, size_t *n, struct err *err);
void xen_cpu_pools_free(struct xen_cpupool *v, size_t n);
int xen_assign_state(struct xen *x, struct bdf bdf, enum xen_assign_state *ret, struct err *err);

/*
 * Make a device assignable, or not any more, until the next boot.  rebind: add remembers the driver that dom0 had on it, and
 * remove gives it back.  On a recording this edits "assignable" in xen.json.  Only plugin/apply calls these.
 */
int xen_assignable_add(struct xen *x, struct bdf bdf, bool rebind, struct err *err);
int xen_assignable_remove(struct xen *x, struct bdf bdf, bool rebind, struct err *err);
/*
 * Hard affinity of the first n vCPUs of a running domain, from now on and until it ends; its memory stays where it is.  On a recording
 * this edits "vcpu_pins".  Only plugin/apply calls it.
 */
int xen_pin_vcpus(struct xen *x, int domid, const struct cpumask *v, size_t n, struct err *err);

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
	int (*device_group)(void *priv, struct bdf bdf, struct bdfset *ret, struct err *err);
	int (*reserved_memory)(void *priv, const struct bdf *bdf, struct xen_rdm **ret, size_t *n, struct err *err);
	int (*log)(void *priv, char **ret, struct err *err);
	int (*vcpu_pins)(void *priv, int domid, struct cpumask **ret, size_t *n, struct err *err);
	int (*node_affinity)(void *priv, int domid, struct cpumask *ret, struct err *err);
	int (*cpu_pools)(void *priv, struct xen_cpupool **ret, size_t *n, struct err *err);
	int (*assign_state)(void *priv, struct bdf bdf, enum xen_assign_state *ret, struct err *err);
	int (*assignable_add)(void *priv, struct bdf bdf, bool rebind, struct err *err);
	int (*assignable_remove)(void *priv, struct bdf bdf, bool rebind, struct err *err);
	int (*pin_vcpus)(void *priv, int domid, const struct cpumask *v, size_t n, struct err *err);
};

extern const struct xen_ops xen_recorded_ops;
