/* SPDX-License-Identifier: GPL-2.0-or-later */
/* numaplan.c - see numaplan.h */

#include "plugin/numaplan.h"

int numaplan_check_cpus(struct run *r, const struct cpumask *cpus, struct err *err)
{
	struct cpumask absent = *cpus;
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	if (rc < 0)
		return rc;
	cpumask_andnot(&absent, &numa->cpus);
	if (!cpumask_is_empty(&absent)) {
		_cleanup_free_ char *wrong = cpumask_format_ranges(&absent), *have = cpumask_format_ranges(&numa->cpus);

		err_set(err, EINVAL, "the host has no CPU %s: Xen would refuse to start the VM", wrong);
		return err_hint(err, "its CPUs are %s", have);
	}
	if (cpumask_is_empty(cpus))
		return err_set(err, EINVAL, "no CPU is left: a VM without CPUs cannot start");
	return 0;
}

int numaplan_cpus(struct run *r, const struct vm *vm, const struct cpumask *cpus, const char *why, struct err *err)
{
	_cleanup_free_ char *list = NULL;
	struct cpumask absent = *cpus;
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	if (rc < 0)
		return rc;
	cpumask_andnot(&absent, &numa->cpus);
	if (!cpumask_is_empty(&absent)) {
		_cleanup_free_ char *wrong = cpumask_format_ranges(&absent), *have = cpumask_format_ranges(&numa->cpus);

		err_set(err, EINVAL, "the host has no CPU %s: Xen would refuse to start the VM", wrong);
		return err_hint(err, "its CPUs are %s", have);
	}
	if (cpumask_is_empty(cpus))
		return err_set(err, EINVAL, "no CPU is left: a VM without CPUs cannot start");
	list = cpumask_format_list(cpus);
	plan_vm_key(&r->res->plan, vm, "VCPUs_params", "mask", vm->mask, list, why);
	return 0;
}

/* The nodes of the devices, as a mask of their CPUs, and their numbers for the reason. */
static int near_cpus(struct run *r, const struct bdfset *devices, struct cpumask *cpus, struct strv *nodes, struct err *err)
{
	struct pcidevs *set = NULL;
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	if (rc == 0)
		rc = facts_pci(r->facts, &set, err);
	for (size_t i = 0; rc == 0 && i < devices->n; i++) {
		const struct pcidev *dev = pcidevs_find(set, devices->v[i]);
		int id = dev ? facts_node(r->facts, dev) : PCIDEV_UNKNOWN;
		const struct numa_node *node = id >= 0 ? numa_find(numa, (unsigned)id) : NULL;
		_cleanup_free_ char *name = xasprintf("%d", id);

		if (!node || cpumask_is_empty(&node->cpus)) {
			if (id < 0)
				err_set(err, ENODATA, "the node of %s is unknown", BDF_STR(devices->v[i]));
			else
				err_set(err, ENODATA, "node %d, which %s is near, has no CPU", id, BDF_STR(devices->v[i]));
			return err_hint(err, "leave numa=near out, and choose a node with vm-numa-set when you know it");
		}
		cpumask_or(cpus, &node->cpus);
		if (!strv_has(nodes, name))
			strv_add(nodes, name);
	}
	return rc;
}

int numaplan_near(struct run *r, const struct vm *vm, const struct bdfset *devices, struct err *err)
{
	_cleanup_free_ char *which = NULL, *why = NULL;
	_cleanup_strv_ struct strv nodes = { 0 };
	struct cpumask cpus = { 0 };
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	if (rc == 0 && numa->n == 1) {
		strv_add(&r->res->notes, "the host has one node: every CPU is near the devices, and no mask is needed");
		return 0;
	}
	if (rc == 0)
		rc = near_cpus(r, devices, &cpus, &nodes, err);
	if (rc < 0)
		return rc;
	strv_sort(&nodes);
	which = strv_join(&nodes, ", ");
	why = xasprintf("CPUs of %s %s, where the devices are; the VM's memory then comes from there too",
			nodes.n > 1 ? "nodes" : "node", which);
	if (nodes.n > 1)
		strv_addf(&r->res->notes, "the devices are near different nodes (%s): the mask covers all of them", which);
	return numaplan_cpus(r, vm, &cpus, why, err);
}
