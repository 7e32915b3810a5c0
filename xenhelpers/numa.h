/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * numa.h - nodes, their pCPUs and memory, and which node a PCI function is near.
 *
 * Xen is asked first.  dom0's own sysfs shows a virtual, wrong topology (one node; facts D10), so it counts only where
 * the files do not come from a dom0: /sys/hypervisor/type says "xen" there.  `source` tells who answered.
 */
#pragma once

#include "cpumask.h"
#include "pcidev.h"
#include "xen.h"

struct numa_node {
	unsigned id;
	struct cpumask cpus;
	int64_t memory, memory_free; /* bytes, -1 unknown */
	unsigned *dists;
	size_t n_dists;
};

struct numa {
	struct numa_node *v; /* by id; a node without CPUs and without memory is left out */
	size_t n;
	struct cpumask cpus; /* all that are there */
	const char *source;  /* "xen" or "sysfs" */
};

/* xen may be NULL, no_xen then says why.  -ENODATA: nobody can tell, with what to do. */
int numa_read(struct host *h, struct xen *xen, const char *no_xen, struct numa *ret, struct err *err);
void numa_done(struct numa *n);
const struct numa_node *numa_find(const struct numa *n, unsigned id); /* NULL: no such node */

/*
 * Cores that are in a set of CPUs with some of their threads only: *in gets those threads, *out the others; either may be NULL.  `cpus` are
 * Xen's, one a pCPU; those that are off count for nothing.
 */
void numa_half_cores(const struct xen_cpu *cpus, size_t n, const struct cpumask *set, struct cpumask *in, struct cpumask *out);

/*
 * Nodes of PCI functions as far as known: Xen's pci_topology, else sysfs where it says so.  numa_locality_node() gives
 * PCIDEV_UNKNOWN for what neither tells: unknown is not node 0.
 */
struct numa_locality {
	struct xen_pci_node *v; /* sorted by address */
	size_t n;
};
void numa_locality_read(struct xen *xen, struct numa_locality *ret); /* xen NULL, or without an answer: empty */
void numa_locality_done(struct numa_locality *l);
int numa_locality_node(const struct numa_locality *l, const struct pcidev *dev);
