/* SPDX-License-Identifier: GPL-2.0-or-later */
/* numaplan.h - a VM's VCPUs-params:mask from nodes, CPUs or devices. */
#pragma once

#include "plugin/command.h"

/* How a set of CPUs becomes a mask.  All-zero: every vCPU may run on all of them. */
struct numaplan_how {
	bool per_vcpu;	   /* one CPU a vCPU, in order */
	bool full_cores;   /* CPUs of cores that are not in the set with all their threads are left out */
	bool check_memory; /* refuse where the VM's memory does not fit into what the nodes have free */
	bool live;	   /* pin the running domain, too */
	const struct bdfset *devices; /* that the VM is going to have beside those of its key; NULL: none */
};

/* -EINVAL: there is no CPU, or one that the host does not have, or has switched off. */
int numaplan_check_cpus(struct run *r, const struct cpumask *cpus, struct err *err);

/* The mask of the nodes that the devices are near. -ENODATA: a device's node is unknown. */
int numaplan_near(struct run *r, const struct vm *vm, const struct bdfset *devices, const struct numaplan_how *how, struct err *err);

/*
 * The mask of these CPUs, which must be there and on: -EINVAL names those that are not.  So is a set of which nothing is left, by `how` or by
 * the host's own mask (host.guest_VCPUs_params), with which XAPI intersects every VM's.
 */
int numaplan_cpus(struct run *r, const struct vm *vm, const struct cpumask *cpus, const struct numaplan_how *how, const char *why,
		  struct err *err);
