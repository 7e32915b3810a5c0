/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_numa.c - nodes of the host, CPU masks of VMs. */

#include <stdio.h>

#include "plugin/commands.h"
#include "plugin/numaplan.h"
#include "xenhelpers/vmpci.h"

/* ---- numa-node-list -------------------------------------------------------------------------------------- */

enum { N_NODE, N_CPUS, N_COUNT, N_MEMORY, N_FREE, N_DISTANCES, N_DEVICES, N_SOURCE };

static const struct field node_fields[] = {
	[N_NODE] = { "node", V_NUMBER, true, "as Xen counts them" },
	[N_CPUS] = { "cpus", V_TEXT, true, "its pCPUs, as a range list" },
	[N_COUNT] = { "cpu-count", V_NUMBER, false, "how many" },
	[N_MEMORY] = { "memory", V_NUMBER, true, "bytes" },
	[N_FREE] = { "memory-free", V_NUMBER, true, "bytes" },
	[N_DISTANCES] = { "distances", V_LIST, false, "to each node; 10 is itself" },
	[N_DEVICES] = { "devices", V_LIST, true, "PCI devices near it, bridges left out" },
	[N_SOURCE] = { "source", V_TEXT, false, "xen or sysfs: who says so" },
};
static const struct record_type node_type = RECORD_TYPE("node", node_fields);

static void put_devices(struct run *r, unsigned node, struct record *rec)
{
	_cleanup_strv_ struct strv list = { 0 };
	struct pcidevs *set = NULL;

	if (facts_pci(r->facts, &set, NULL) < 0)
		return;
	for (size_t i = 0; i < set->n; i++)
		if (!pcidev_is_bridge(&set->v[i]) && facts_node(r->facts, &set->v[i]) == (int)node)
			strv_add(&list, BDF_STR(set->v[i].bdf));
	record_list(rec, N_DEVICES, &list);
}

static int run_node_list(struct run *r, struct err *err)
{
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	for (size_t i = 0; rc == 0 && i < numa->n; i++) {
		const struct numa_node *node = &numa->v[i];
		struct record *rec = records_add(&r->res->records);
		_cleanup_strv_ struct strv dists = { 0 };

		record_number(rec, N_NODE, node->id);
		record_text_take(rec, N_CPUS, cpumask_format_ranges(&node->cpus));
		record_number(rec, N_COUNT, cpumask_count(&node->cpus));
		record_number(rec, N_MEMORY, node->memory);
		record_number(rec, N_FREE, node->memory_free);
		for (size_t j = 0; j < node->n_dists; j++)
			strv_addf(&dists, "%u", node->dists[j]);
		if (node->n_dists)
			record_list(rec, N_DISTANCES, &dists);
		put_devices(r, node->id, rec);
		record_text(rec, N_SOURCE, numa->source);
	}
	return rc;
}

const struct command cmd_numa_node_list = {
	.name = "numa-node-list",
	.summary = "NUMA nodes of this host: CPUs, memory, devices",
	.flags = CMD_LIST,
	.type = &node_type,
	.run = run_node_list,
};

/* ---- vm-numa-get --------------------------------------------------------------------------------------------- */

enum { G_VM, G_NAME, G_MASK, G_READS, G_CPUS, G_NODES, G_VCPUS, G_DEVICE_NODES };

static const struct field get_fields[] = {
	[G_VM] = { "vm-uuid", V_TEXT, true, "the VM" },
	[G_NAME] = { "vm-name-label", V_TEXT, true, "its name" },
	[G_MASK] = { "mask", V_TEXT, true, "VCPUs-params:mask as it stands; null when there is none" },
	[G_READS] = { "mask-is-read", V_BOOL, true, "XAPI can read the mask; false: it ignores it and the VM is not pinned" },
	[G_CPUS] = { "cpus", V_TEXT, true, "pCPUs that the vCPUs may run on, as a range list" },
	[G_NODES] = { "nodes", V_LIST, true, "nodes of these pCPUs" },
	[G_VCPUS] = { "vcpus-max", V_NUMBER, true, "vCPUs of the VM" },
	[G_DEVICE_NODES] = { "device-nodes", V_LIST, true, "nodes that its devices are near" },
};
static const struct record_type get_type = RECORD_TYPE("VM's NUMA setting", get_fields);

static void put_mask_nodes(struct run *r, const struct cpumask *mask, struct record *rec)
{
	_cleanup_strv_ struct strv list = { 0 };
	struct numa *numa = NULL;

	if (facts_numa(r->facts, &numa, NULL) < 0)
		return;
	for (size_t i = 0; i < numa->n; i++) {
		struct cpumask common = numa->v[i].cpus;

		cpumask_and(&common, mask);
		if (!cpumask_is_empty(&common))
			strv_addf(&list, "%u", numa->v[i].id);
	}
	record_list(rec, G_NODES, &list);
}

static void put_mask(struct run *r, const struct vm *vm, struct record *rec)
{
	struct cpumask mask = { 0 };
	struct numa *numa = NULL;

	bool is_read = vm->mask && cpumask_parse_xapi(vm->mask, &mask);

	if (vm->mask)
		record_bool(rec, G_READS, is_read ? TRI_YES : TRI_NO);
	else
		record_none(rec, G_READS, NULL);
	if (!is_read) {
		/* No mask, or one that XAPI cannot read: the vCPUs run anywhere. */
		if (facts_numa(r->facts, &numa, NULL) < 0)
			return;
		mask = numa->cpus;
	}
	record_text_take(rec, G_CPUS, cpumask_format_ranges(&mask));
	put_mask_nodes(r, &mask, rec);
}

static void put_device_nodes(struct run *r, const struct vm *vm, struct record *rec)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_strv_ struct strv list = { 0 };
	struct pcidevs *set = NULL;

	if (facts_pci(r->facts, &set, NULL) < 0)
		return;
	vmpci_parse(vm->pci ? vm->pci : "", &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct pcidev *dev = items.v[i].dropped ? NULL : pcidevs_find(set, items.v[i].bdf);
		int node = dev ? facts_node(r->facts, dev) : PCIDEV_UNKNOWN;
		_cleanup_free_ char *text = node >= 0 ? xasprintf("%d", node) : xstrdup("unknown");

		if (!items.v[i].dropped && !strv_has(&list, text))
			strv_add(&list, text);
	}
	record_list(rec, G_DEVICE_NODES, &list);
}

static const struct param uuid_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ 0 },
};

static int run_numa_get(struct run *r, struct err *err)
{
	const struct vm *vm;
	struct record *rec;
	int rc = run_vm(r, &vm, err);

	if (rc < 0)
		return rc;
	rec = records_add(&r->res->records);
	record_text(rec, G_VM, vm->uuid);
	record_text(rec, G_NAME, vm->name);
	if (vm->mask)
		record_text(rec, G_MASK, vm->mask);
	else
		record_none(rec, G_MASK, NULL);
	put_mask(r, vm, rec);
	record_number(rec, G_VCPUS, vm->vcpus_max);
	put_device_nodes(r, vm, rec);
	return 0;
}

const struct command cmd_vm_numa_get = {
	.name = "vm-numa-get",
	.summary = "CPU mask of a VM, its nodes, and the nodes of its devices",
	.params = uuid_params,
	.flags = CMD_SHOW | CMD_NEEDS_XAPI,
	.type = &get_type,
	.run = run_numa_get,
};

/* ---- vm-numa-set, vm-numa-reset ---------------------------------------------------------------------------------- */

static const struct param set_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "node", "NODE", 0, "all CPUs of one node" },
	{ "nodes", "NODE[,NODE...]", 0, "all CPUs of these nodes" },
	{ "cpus", "0-7,^3", 0, "these CPUs: a range list, ^ takes out" },
	{ "near", "DEVICE[,DEVICE...]", 0, "all CPUs of the nodes that these devices are near" },
	{ 0 },
};

static int nodes_cpus(struct run *r, const char *text, struct cpumask *ret, struct err *err)
{
	_cleanup_strv_ struct strv ids = { 0 };
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	if (rc < 0)
		return rc;
	strv_split(&ids, text, ',');
	for (size_t i = 0; i < ids.n; i++) {
		const struct numa_node *node;
		unsigned id;

		if (!str_to_uint(ids.v[i], 1023, &id) || !(node = numa_find(numa, id))) {
			err_set(err, EINVAL, "the host has no node '%s'", ids.v[i]);
			return err_hint(err, "numa-node-list shows the nodes");
		}
		cpumask_or(ret, &node->cpus);
	}
	return 0;
}

/* Exactly one of the ways to say it. */
static int chosen_way(const struct run *r, const char **way, struct err *err)
{
	static const char *const ways[] = { "node", "nodes", "cpus", "near" };
	unsigned n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
		if (args_get(r->args, ways[i])) {
			*way = ways[i];
			n++;
		}
	if (n == 1)
		return 0;
	err_set(err, EINVAL, "give one of node=, nodes=, cpus= and near=");
	return err_usage(err);
}

static int plan_way(struct run *r, const struct vm *vm, const char *way, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	const char *text = args_get(r->args, way);
	_cleanup_free_ char *why = xasprintf("asked for: %s=%s", way, text);
	struct cpumask cpus = { 0 };
	int rc;

	if (streq(way, "near")) {
		rc = run_devices(r, "near", &devices, err);
		return rc < 0 ? rc : numaplan_near(r, vm, &devices, err);
	}
	rc = streq(way, "cpus") ? cpumask_parse(text, &cpus, err) : nodes_cpus(r, text, &cpus, err);
	return rc < 0 ? rc : numaplan_cpus(r, vm, &cpus, why, err);
}

static void say_next(struct run *r, const struct vm *vm)
{
	if (!r->res->plan.n)
		return;
	if (vm->power_state && streq(vm->power_state, "Halted"))
		strv_addf(&r->res->plan.next, "start the VM: xe vm-start uuid=%s", vm->uuid);
	else
		strv_add(&r->res->plan.next, "shut the VM down and start it again: a mask is read when a VM starts");
}

static int run_numa_set(struct run *r, struct err *err)
{
	const struct vm *vm;
	const char *way = NULL;
	int rc = run_vm(r, &vm, err);

	if (rc == 0)
		rc = chosen_way(r, &way, err);
	if (rc < 0)
		return rc;
	run_checks(r, CHECK_VM, NULL, vm);
	rc = plan_way(r, vm, way, err);
	if (rc == 0)
		say_next(r, vm);
	return rc;
}

const struct command cmd_vm_numa_set = {
	.name = "vm-numa-set",
	.summary = "pin a VM's vCPUs to nodes, CPUs, or near a device",
	.params = set_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_numa_set,
};

static int run_numa_reset(struct run *r, struct err *err)
{
	const struct vm *vm;
	int rc = run_vm(r, &vm, err);

	if (rc < 0)
		return rc;
	run_checks(r, CHECK_VM, NULL, vm);
	plan_vm_key(&r->res->plan, vm, "VCPUs_params", "mask", vm->mask, NULL, "asked for: the vCPUs may run on every CPU again");
	say_next(r, vm);
	return 0;
}

const struct command cmd_vm_numa_reset = {
	.name = "vm-numa-reset",
	.summary = "let a VM's vCPUs run on every CPU again",
	.params = uuid_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_numa_reset,
};
