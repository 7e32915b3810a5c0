/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_numa.c - nodes of the host, CPU masks of VMs, as they are; see cmd_numaset.c for changes. */

#include <stdio.h>

#include "plugin/commands.h"
#include "xenhelpers/vmpci.h"

/* ---- numa-node-list -------------------------------------------------------------------------------------- */

enum { N_NODE, N_CPUS, N_COUNT, N_CORES, N_THREADS, N_SOCKETS, N_MEMORY, N_FREE, N_DISTANCES, N_DEVICES, N_VMS, N_POOLS, N_SOURCE };

static const struct field node_fields[] = {
	[N_NODE] = { "node", V_NUMBER, true, "as Xen counts them" },
	[N_CPUS] = { "cpus", V_TEXT, true, "its pCPUs, as a range list" },
	[N_COUNT] = { "cpu-count", V_NUMBER, false, "how many" },
	[N_CORES] = { "cores", V_NUMBER, false, "how many cores these CPUs are" },
	[N_THREADS] = { "threads-per-core", V_NUMBER, false, "the most that a core of the node has" },
	[N_SOCKETS] = { "sockets", V_LIST, false, "numbers of the sockets that the CPUs are in" },
	[N_MEMORY] = { "memory", V_NUMBER, true, "bytes" },
	[N_FREE] = { "memory-free", V_NUMBER, true, "bytes" },
	[N_DISTANCES] = { "distances", V_LIST, false, "to each node; 10 is itself" },
	[N_DEVICES] = { "devices", V_LIST, true, "PCI devices near it, bridges left out" },
	[N_VMS] = { "vms", V_LIST, false, "uuids of the VMs whose mask has CPUs of the node" },
	[N_POOLS] = { "cpu-pools", V_LIST, false, "Xen's CPU pools with CPUs of the node; XAPI does not keep them" },
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

static void put_cores(struct run *r, const struct numa_node *node, struct record *rec)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	_cleanup_strv_ struct strv sockets = { 0 };
	unsigned cores = 0, most = 0;
	struct xen *x = NULL;
	size_t n = 0;

	if (facts_xen(r->facts, &x, NULL) < 0 || xen_cpus(x, &v, &n, NULL) < 0)
		return;
	for (int i = cpumask_next(&node->cpus, -1); i >= 0 && (size_t)i < n; i = cpumask_next(&node->cpus, i)) {
		_cleanup_free_ char *socket = xasprintf("%d", v[i].socket);
		unsigned threads = 0;
		bool first = true;

		if (v[i].socket >= 0 && !strv_has(&sockets, socket))
			strv_add(&sockets, socket);
		for (int k = cpumask_next(&node->cpus, -1); k >= 0 && (size_t)k < n; k = cpumask_next(&node->cpus, k)) {
			if (v[k].core != v[i].core || v[k].socket != v[i].socket)
				continue;
			first &= k >= i;
			threads++;
		}
		cores += first;
		most = MAX(most, threads);
	}
	record_number(rec, N_CORES, cores);
	record_number(rec, N_THREADS, most);
	record_list(rec, N_SOCKETS, &sockets);
}

static bool overlaps(const struct cpumask *a, const struct cpumask *b)
{
	struct cpumask common = *a;

	cpumask_and(&common, b);
	return !cpumask_is_empty(&common);
}

static void put_vms(struct run *r, const struct numa_node *node, struct record *rec)
{
	_cleanup_strv_ struct strv list = { 0 };
	struct vms *vms = NULL;

	if (!records_want(&r->res->records, N_VMS) || facts_vms(r->facts, &vms, NULL) < 0)
		return;
	for (size_t i = 0; i < vms->n; i++) {
		const struct vm *vm = &vms->v[i];
		struct cpumask mask;

		if (vm_is_guest(vm) && vm->mask && facts_vm_is_here(r->facts, vm) != TRI_NO && cpumask_parse_xapi(vm->mask, &mask) &&
		    overlaps(&mask, &node->cpus))
			strv_add(&list, vm->uuid);
	}
	record_list(rec, N_VMS, &list);
}

static void put_pools(struct run *r, const struct numa_node *node, struct record *rec)
{
	_cleanup_strv_ struct strv list = { 0 };
	struct xen_cpupool *v = NULL;
	struct xen *x = NULL;
	size_t n = 0;

	if (!records_want(&r->res->records, N_POOLS) || facts_xen(r->facts, &x, NULL) < 0 || xen_cpu_pools(x, &v, &n, NULL) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *number = xasprintf("%d", v[i].id);

		if (overlaps(&v[i].cpus, &node->cpus))
			strv_add(&list, v[i].name ? v[i].name : number);
	}
	xen_cpu_pools_free(v, n);
	record_list(rec, N_POOLS, &list);
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
		if (records_want(&r->res->records, N_CORES) || records_want(&r->res->records, N_THREADS) ||
		    records_want(&r->res->records, N_SOCKETS))
			put_cores(r, node, rec);
		put_devices(r, node->id, rec);
		put_vms(r, node, rec);
		put_pools(r, node, rec);
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

enum {
	G_VM, G_NAME, G_MASK, G_READS, G_HOST_MASK, G_CPUS, G_NODES, G_VCPUS, G_CORES, G_DEVICE_NODES, G_DOMID, G_PINS, G_MEMORY_FROM, G_MEMORY,
};

static const struct field get_fields[] = {
	[G_VM] = { "vm-uuid", V_TEXT, true, "the VM" },
	[G_NAME] = { "vm-name-label", V_TEXT, true, "its name" },
	[G_MASK] = { "mask", V_TEXT, true, "VCPUs-params:mask as it stands; null when there is none" },
	[G_READS] = { "mask-is-read", V_BOOL, true, "XAPI can read the mask; false: it ignores it and the VM is not pinned" },
	[G_HOST_MASK] = { "host-mask", V_TEXT, true, "the host's own mask for all VMs; null when there is none, or it is unknown" },
	[G_CPUS] = { "cpus", V_TEXT, true, "pCPUs that the vCPUs may run on, as a range list" },
	[G_NODES] = { "nodes", V_LIST, true, "nodes of these pCPUs" },
	[G_VCPUS] = { "vcpus-max", V_NUMBER, true, "vCPUs of the VM" },
	[G_CORES] = { "cores-per-socket", V_TEXT, true, "platform:cores-per-socket; null when there is none: each vCPU is a socket of its own" },
	[G_DEVICE_NODES] = { "device-nodes", V_LIST, true, "nodes that its devices are near" },
	[G_DOMID] = { "domain", V_NUMBER, true, "Xen's number of it while it runs here; null when it does not" },
	[G_PINS] = { "running-cpus", V_LIST, true, "where Xen lets each vCPU run now; one item when all are alike" },
	[G_MEMORY_FROM] = { "memory-from-nodes", V_LIST, true, "nodes that Xen takes memory from for it" },
	[G_MEMORY] = { "memory-on-nodes", V_LIST, true, "null: Xen does not tell; xl debug-keys u writes it to its log (xl dmesg)" },
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

/* What XAPI intersects every VM's mask with. */
static const char *host_mask(struct run *r, struct cpumask *ret)
{
	const struct xapi_host *host;

	if (facts_host_record(r->facts, &host, NULL) < 0 || !host->guest_mask || !cpumask_parse_xapi(host->guest_mask, ret))
		return NULL;
	return host->guest_mask;
}

static void put_mask(struct run *r, const struct vm *vm, struct record *rec)
{
	struct cpumask mask = { 0 }, own;
	struct numa *numa = NULL;
	bool is_read = vm->mask && cpumask_parse_xapi(vm->mask, &mask);
	const char *hosts = host_mask(r, &own);

	if (hosts)
		record_text(rec, G_HOST_MASK, hosts);
	else
		record_none(rec, G_HOST_MASK, NULL);

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
	if (hosts)
		cpumask_and(&mask, &own);
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

static void put_pins(struct run *r, const struct xen_domain *d, struct record *rec)
{
	_cleanup_strv_ struct strv lists = { 0 };
	_cleanup_free_ char *pins = NULL;
	bool alike = true;

	if (facts_pins(r->facts, d, &pins, NULL) < 0)
		return;
	strv_split(&lists, pins, ';');
	for (size_t i = 1; i < lists.n; i++)
		alike &= streq(lists.v[i], lists.v[0]);
	while (alike && lists.n > 1)
		free(lists.v[--lists.n]);
	record_list(rec, G_PINS, &lists);
}

/* Where it really is: unknown where Xen does not tell. */
static void put_running(struct run *r, const struct vm *vm, struct record *rec)
{
	_cleanup_strv_ struct strv nodes = { 0 };
	const struct xen_domain *d;
	struct cpumask affinity;
	struct xen *x = NULL;

	int rc = facts_domain(r->facts, vm->uuid, &d, NULL);

	if (rc == -ENOENT) { /* it does not run here: there is nothing to tell */
		for (unsigned i = G_DOMID; i <= G_MEMORY; i++)
			record_none(rec, i, NULL);
	}
	if (rc < 0 || facts_xen(r->facts, &x, NULL) < 0)
		return;
	record_number(rec, G_DOMID, d->domid);
	put_pins(r, d, rec);
	if (xen_node_affinity(x, d->domid, &affinity, NULL) < 0)
		return;
	for (int i = cpumask_next(&affinity, -1); i >= 0; i = cpumask_next(&affinity, i))
		strv_addf(&nodes, "%d", i);
	record_list(rec, G_MEMORY_FROM, &nodes);
}

static const struct param uuid_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM: its uuid, or a name that no other VM has" },
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
	if (vm->cores_per_socket)
		record_text(rec, G_CORES, vm->cores_per_socket);
	else
		record_none(rec, G_CORES, NULL);
	put_device_nodes(r, vm, rec);
	put_running(r, vm, rec);
	return 0;
}

const struct command cmd_vm_numa_get = {
	.name = "vm-numa-get",
	.summary = "CPU mask of a VM, its nodes, and the nodes of its devices",
	.params = uuid_params,
	.flags = CMD_SHOW | CMD_NEEDS_XAPI,
	.type = &get_type,
	.plain = "xl vcpu-list NAME shows where its vCPUs run, numa-node-list the nodes; vm-numa-set uuid=NAME gives the line for its file",
	.run = run_numa_get,
};
