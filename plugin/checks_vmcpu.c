/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_vmcpu.c - a VM's CPU mask, and the nodes of its CPUs, memory and devices; see checks.h and facts 7.1.
 *
 * Only a VM of this host is judged: pCPUs and nodes are this host's.
 */

#include <limits.h>

#include "plugin/checks_private.h"

/* The mask of a VM of this host as XAPI reads it, and the host's nodes; false: there is nothing to judge. */
static bool readable_mask(struct asking *a, const struct vm *vm, struct cpumask *mask, struct numa **numa)
{
	return vm->mask && facts_vm_is_here(a->facts, vm) != TRI_NO && cpumask_parse_xapi(vm->mask, mask) &&
	       facts_numa(a->facts, numa, NULL) == 0;
}

/* One item that OCaml's int_of_string does not take, and the whole mask counts for nothing, without a word (facts F8). */
static void check_ignored(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *remedy = NULL;
	struct cpumask mask;

	if (!vm->mask || cpumask_parse_xapi(vm->mask, &mask))
		return;
	remedy = xasprintf("vm-numa-set uuid=%s cpus=%s writes it as XAPI reads it: numbers separated by commas, no ranges, no blanks", vm->uuid,
			   *vm->mask ? vm->mask : "LIST");
	check_found(a, vm->uuid, vm->mask, remedy, "XAPI cannot read the CPU mask '%s' of '%s' and starts the VM as if it had none", vm->mask,
		    vm->name);
}

static void check_absent_cpus(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *absent = NULL, *remedy = NULL, *there = NULL, *left = NULL;
	struct numa *numa = NULL;
	struct cpumask mask, gone;

	if (!readable_mask(a, vm, &mask, &numa) || cpumask_is_subset(&mask, &numa->cpus))
		return;
	gone = mask;
	cpumask_andnot(&gone, &numa->cpus);
	cpumask_andnot(&mask, &gone);
	absent = cpumask_format_ranges(&gone);
	there = cpumask_format_ranges(&numa->cpus);
	left = cpumask_format_ranges(&mask);
	remedy = *left ? xasprintf("the host has the CPUs %s: vm-numa-set uuid=%s cpus=%s", there, vm->uuid, left)
		       : xasprintf("the host has the CPUs %s: vm-numa-reset uuid=%s, and choose anew", there, vm->uuid);
	check_found(a, vm->uuid, vm->mask, remedy, "the CPU mask of '%s' names CPUs that this host does not have: %s; %s", vm->name, absent,
		    !*left ? "Xen refuses such a mask, and the VM does not start"
								 : "they are left out, or keep the VM from starting, depending on the version of xenopsd");
}

/* ---- what to choose instead ----------------------------------------------------------------------------------------- */

static bool touches(const struct numa_node *node, const struct cpumask *mask)
{
	struct cpumask common = node->cpus;

	cpumask_and(&common, mask);
	return !cpumask_is_empty(&common);
}

/* CPUs that XAPI lets VMs use. */
static struct cpumask usable_cpus(struct asking *a, const struct numa *numa)
{
	const struct xapi_host *host = NULL;
	struct cpumask cpus = numa->cpus, own;

	if (facts_host_record(a->facts, &host, NULL) == 0 && host->guest_mask && cpumask_parse_xapi(host->guest_mask, &own))
		cpumask_and(&cpus, &own);
	return cpus;
}

/* Of these, those of the nodes of the mask. */
static struct cpumask node_cpus(struct asking *a, const struct numa *numa, const struct cpumask *mask)
{
	struct cpumask usable = usable_cpus(a, numa), cpus = { 0 };

	for (size_t i = 0; i < numa->n; i++)
		if (touches(&numa->v[i], mask))
			cpumask_or(&cpus, &numa->v[i].cpus);
	cpumask_and(&cpus, &usable);
	return cpus;
}

/* Without those that other VMs' masks name. */
static void leave_free(struct asking *a, const struct vm *vm, struct cpumask *cpus)
{
	struct vms *vms = NULL;
	struct cpumask mask;

	if (facts_vms(a->facts, &vms, NULL) < 0)
		return;
	for (size_t i = 0; i < vms->n; i++)
		if (vm_is_guest(&vms->v[i]) && !streq(vms->v[i].uuid, vm->uuid) && vms->v[i].mask &&
		    facts_vm_is_here(a->facts, &vms->v[i]) != TRI_NO && cpumask_parse_xapi(vms->v[i].mask, &mask))
			cpumask_andnot(cpus, &mask);
}

static void add_cpus(struct cpumask *to, const struct cpumask *from, unsigned enough)
{
	for (int cpu = cpumask_next(from, -1); cpu >= 0 && cpumask_count(to) < enough; cpu = cpumask_next(from, cpu))
		cpumask_set(to, (unsigned)cpu);
}

static void other_threads(struct asking *a, const struct cpumask *mask, struct cpumask *in, struct cpumask *others)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	struct xen *x = NULL;
	size_t n = 0;

	if (facts_xen(a->facts, &x, NULL) == 0 && xen_cpus(x, &v, &n, NULL) == 0)
		numa_half_cores(v, n, mask, in, others);
}

/* "0,1": the nodes of the mask; with `more`, and of those that have CPUs of it the nearest to the first. NULL: there is none. */
static char *nodes_text(const struct numa *numa, const struct cpumask *mask, const struct cpumask *more)
{
	const struct numa_node *first = NULL, *next = NULL;
	_cleanup_strv_ struct strv names = { 0 };
	unsigned nearest = UINT_MAX;

	for (size_t i = 0; i < numa->n; i++)
		if (!first && touches(&numa->v[i], mask))
			first = &numa->v[i];
	for (size_t i = 0; first && i < numa->n; i++) {
		unsigned id = numa->v[i].id, distance = id < first->n_dists ? first->dists[id] : UINT_MAX - 1;

		if (!more || touches(&numa->v[i], mask) || !touches(&numa->v[i], more) || distance >= nearest)
			continue;
		nearest = distance;
		next = &numa->v[i];
	}
	if (more && !next)
		return NULL;
	for (size_t i = 0; i < numa->n; i++)
		if (touches(&numa->v[i], mask) || &numa->v[i] == next)
			strv_addf(&names, "%u", numa->v[i].id);
	return strv_join(&names, ",");
}

/* "LESS, or let it use another node as well: ...", or only the first where there is no other. */
static char *more_nodes(struct asking *a, const struct numa *numa, const struct cpumask *mask, const char *less, const char *uuid)
{
	struct cpumask usable = usable_cpus(a, numa);
	_cleanup_free_ char *nodes = nodes_text(numa, mask, &usable);

	return nodes ? xasprintf("%s, or let it use another node as well: vm-numa-set uuid=%s nodes=%s", less, uuid, nodes) : xstrdup(less);
}

/* CPUs of the same nodes first, of these the free ones, and of these the other threads of its cores. */
static char *more_cpus(struct asking *a, const struct vm *vm, const struct numa *numa, const struct cpumask *mask)
{
	struct cpumask all = node_cpus(a, numa, mask), idle = all, then = *mask, others = { 0 };
	_cleanup_free_ char *cpus = NULL, *nodes = NULL;
	unsigned enough = (unsigned)vm->vcpus_max;
	const char *s;

	leave_free(a, vm, &idle);
	other_threads(a, mask, NULL, &others);
	cpumask_and(&others, &idle);
	add_cpus(&then, &others, enough);
	add_cpus(&then, &idle, enough);
	nodes = nodes_text(numa, mask, NULL);
	s = strchr(nodes, ',') ? "s" : "";
	if (cpumask_count(&then) == enough) {
		cpus = cpumask_format_ranges(&then);
		return xasprintf("give it more CPUs of the same node%s: vm-numa-set uuid=%s cpus=%s", s, vm->uuid, cpus);
	}
	if (cpumask_count(&all) < enough)
		return more_nodes(a, numa, mask, "give it fewer vCPUs", vm->uuid);
	return xasprintf("give it all CPUs of the node%s, also those in other VMs' masks: vm-numa-set uuid=%s nodes=%s", s, vm->uuid, nodes);
}

/* Too few pCPUs: vCPUs take turns on them. */
static void check_vcpus(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *remedy = NULL;
	struct numa *numa = NULL;
	struct cpumask mask;
	unsigned n;

	if (!readable_mask(a, vm, &mask, &numa) || vm->vcpus_max < 0)
		return;
	cpumask_and(&mask, &numa->cpus);
	n = cpumask_count(&mask);
	if (!n || (unsigned)vm->vcpus_max <= n)
		return;
	remedy = more_cpus(a, vm, numa, &mask);
	check_found(a, vm->uuid, vm->mask, remedy, "'%s' has %d vCPUs and its mask only %u CPU%s: the vCPUs take turns", vm->name,
		    vm->vcpus_max, n, n == 1 ? "" : "s");
}

/* Nodes that a mask touches, as text; and their memory in bytes, -1 unknown. */
static int64_t nodes_of(const struct numa *numa, const struct cpumask *mask, struct strv *names)
{
	int64_t memory = 0;

	for (size_t i = 0; i < numa->n; i++) {
		struct cpumask common = numa->v[i].cpus;

		cpumask_and(&common, mask);
		if (cpumask_is_empty(&common))
			continue;
		strv_addf(names, "%u", numa->v[i].id);
		memory = memory < 0 || numa->v[i].memory < 0 ? -1 : memory + numa->v[i].memory;
	}
	return memory;
}

/* Xen takes memory from the nodes that the mask covers, and from others when these are full. */
static void check_memory(struct asking *a, const struct vm *vm)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *nodes = NULL, *remedy = NULL;
	struct numa *numa = NULL;
	struct cpumask mask;
	int64_t memory;

	if (!readable_mask(a, vm, &mask, &numa) || vm->memory_max < 0)
		return;
	memory = nodes_of(numa, &mask, &names);
	if (!names.n || names.n == numa->n || memory < 0 || vm->memory_max <= memory)
		return;
	nodes = strv_join(&names, ", ");
	remedy = more_nodes(a, numa, &mask, "give it less memory", vm->uuid);
	check_found(a, vm->uuid, vm->mask, remedy, "'%s' has %lld MiB and node %s only %lld MiB: the rest comes from another node", vm->name,
		    (long long)(vm->memory_max >> 20), nodes, (long long)(memory >> 20));
}

/* A mask, and nobody who could tell what it means: said once, here. */
static void mask_unknown(struct asking *a, const struct vm *vm)
{
	struct cpumask mask;
	struct numa *numa = NULL;
	struct err err = { 0 };

	if (vm->mask && facts_vm_is_here(a->facts, vm) != TRI_NO && cpumask_parse_xapi(vm->mask, &mask) &&
	    facts_numa(a->facts, &numa, &err) < 0)
		check_unknown(a, vm->uuid, "whether the VM's CPU mask fits the host's CPUs, nodes and the VM's devices", err.text,
			      err.hint[0] ? err.hint : "look with xl info -n");
}

static void node_unknown(struct asking *a, const struct vm *vm, struct bdf bdf)
{
	_cleanup_free_ char *what = xasprintf("whether the CPUs of '%s' are near its device %s", vm->name, BDF_STR(bdf));

	check_unknown(a, vm->uuid, what, "neither Xen nor sysfs tells the device's node", "the slot's node stands in the board's manual");
}

/* What the nodes of the mask have free now: a running VM's own memory is part of what is taken. */
static void check_memory_free(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *text = NULL, *remedy = NULL, *nodes = NULL;
	_cleanup_strv_ struct strv names = { 0 };
	struct numa *numa = NULL;
	struct cpumask mask;
	int64_t free_bytes = 0;

	if (!readable_mask(a, vm, &mask, &numa) || vm->memory_max < 0 || !vm->power_state || !streq(vm->power_state, "Halted"))
		return;
	for (size_t i = 0; i < numa->n; i++) {
		struct cpumask common = numa->v[i].cpus;

		cpumask_and(&common, &mask);
		if (cpumask_is_empty(&common))
			continue;
		strv_addf(&names, "%u", numa->v[i].id);
		free_bytes = free_bytes < 0 || numa->v[i].memory_free < 0 ? -1 : free_bytes + numa->v[i].memory_free;
	}
	if (free_bytes < 0 || vm->memory_max <= free_bytes)
		return;
	nodes = strv_join(&names, ", ");
	remedy = more_nodes(a, numa, &mask, "give it less memory, or wait until other VMs are gone from there", vm->uuid);
	text = xasprintf("'%s' has %lld MiB and node %s has %lld MiB free: the rest comes from another node", vm->name,
			 (long long)(vm->memory_max >> 20), nodes, (long long)(free_bytes >> 20));
	check_found_as(a, a->req->intent & CHECK_MEMORY ? SEV_REFUSE : SEV_WARN, vm->uuid, "numa-node-list: memory-free", remedy, text);
}

/* The other threads of a core are anybody's: they take turns with ours on its units, and see what we leave in its caches. */
static void check_half_cores(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *names = NULL, *remedy = NULL, *cpus = NULL, *all = NULL;
	struct cpumask mask, in = { 0 }, others = { 0 }, with, without, usable;
	_cleanup_strv_ struct strv ways = { 0 };
	struct numa *numa = NULL;
	bool one;

	if (!readable_mask(a, vm, &mask, &numa))
		return;
	cpumask_and(&mask, &numa->cpus);
	other_threads(a, &mask, &in, &others);
	if (cpumask_is_empty(&others))
		return;
	usable = usable_cpus(a, numa);
	with = without = mask;
	cpumask_or(&with, &others);
	cpumask_andnot(&without, &in);
	one = cpumask_count(&others) == 1;
	names = cpumask_format_ranges(&others);
	all = cpumask_format_ranges(&with);
	cpus = cpumask_format_ranges(&without);
	if (cpumask_is_subset(&others, &usable))
		strv_addf(&ways, "add %s: vm-numa-set uuid=%s cpus=%s", one ? "it" : "them", vm->uuid, all);
	/* Whole cores alone are a way where enough is left of them. */
	if (!cpumask_is_empty(&without) && (vm->vcpus_max < 0 || cpumask_count(&without) >= (unsigned)vm->vcpus_max))
		strv_addf(&ways, "%stake whole cores only: vm-numa-set uuid=%s cpus=%s", ways.n ? "or " : "", vm->uuid, cpus);
	if (!ways.n)
		strv_add(&ways, "host-numa-policy-get shows the host's own mask, which leaves the other threads out");
	remedy = strv_join(&ways, "; ");
	check_found(a, vm->uuid, vm->mask, remedy, "'%s' has not all threads of its cores: %u more (CPU%s %s) stay%s with whoever else runs there",
		    vm->name, cpumask_count(&others), one ? "" : "s", names, one ? "s" : "");
}

/* xapi: VCPUs_max must be a multiple of it, or the VM does not start. */
static void check_topology(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *remedy = NULL;
	unsigned cores;

	if (!vm->cores_per_socket || vm->vcpus_max <= 0)
		return;
	remedy = xasprintf("one that divides it: vm-numa-set uuid=%s cores-per-socket=%d makes it one socket", vm->uuid, vm->vcpus_max);
	if (!str_to_uint(vm->cores_per_socket, 4096, &cores) || !cores || (unsigned)vm->vcpus_max % cores)
		check_found(a, vm->uuid, vm->cores_per_socket, remedy,
			    "platform:cores-per-socket of '%s' does not divide its %d vCPUs: XAPI does not start it", vm->name, vm->vcpus_max);
}

static void check_far(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct numa *numa = NULL;
	struct cpumask mask;

	if (!readable_mask(a, vm, &mask, &numa)) {
		mask_unknown(a, vm);
		return;
	}
	if (numa->n < 2)
		return;
	check_vm_all_devices(a, vm, &devices);
	for (size_t i = 0; i < devices.n; i++) {
		const struct pcidev *dev = check_device(a, devices.v[i]);
		int id = dev ? facts_node(a->facts, dev) : PCIDEV_UNKNOWN;
		const struct numa_node *node = id >= 0 ? numa_find(numa, (unsigned)id) : NULL;
		_cleanup_free_ char *remedy = NULL, *evidence = NULL, *cpus = NULL;
		struct cpumask common;

		if (!node) {
			if (dev)
				node_unknown(a, vm, devices.v[i]);
			continue;
		}
		common = node->cpus;
		cpumask_and(&common, &mask);
		if (!cpumask_is_empty(&common) || cpumask_is_empty(&node->cpus))
			continue;
		cpus = cpumask_format_ranges(&node->cpus);
		evidence = xasprintf("mask %s; %s is on node %d with the CPUs %s", vm->mask, BDF_STR(devices.v[i]), id, cpus);
		remedy = xasprintf("vm-numa-set uuid=%s near=%s", vm->uuid, BDF_STR(devices.v[i]));
		check_found(a, vm->uuid, evidence, remedy, "the CPUs of '%s' are all on another node than its device %s: every transfer crosses sockets",
			    vm->name, BDF_STR(devices.v[i]));
	}
}

/* ---- the CPU's features ------------------------------------------------------------------------------------------- */

/* "1fcbfbff-f7fa3223-...": the word of 32 features at `n`, 0 where the text ends before. */
static uint32_t feature_word(const char *s, unsigned n)
{
	while (n && s) {
		s = strchr(s, '-');
		s = s ? s + 1 : NULL;
		n--;
	}
	return s ? (uint32_t)strtoul(s, NULL, 16) : 0;
}

/*
 * Words in the order of Xen's public cpufeatureset.h (0: leaf 1 edx, 1: leaf 1 ecx, 5: leaf 7 ebx); only features by which software
 * chooses its fast paths have a name here.
 */
static const struct {
	unsigned word, bit;
	const char *name;
} feature_names[] = {
	{ 1, 1, "pclmulqdq" }, { 1, 12, "fma" }, { 1, 19, "sse4_1" }, { 1, 20, "sse4_2" }, { 1, 25, "aes" }, { 1, 28, "avx" },
	{ 1, 29, "f16c" }, { 5, 3, "bmi1" }, { 5, 5, "avx2" }, { 5, 8, "bmi2" }, { 5, 16, "avx512f" }, { 5, 29, "sha" },
	{ 5, 30, "avx512bw" }, { 5, 31, "avx512vl" },
};

/* The pool gives guests what all of its hosts have (facts, xapi_pool.h): this host may have more. */
static void check_features(struct asking *a)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *evidence = NULL, *list = NULL;
	const struct this_host *this;
	const struct xapi_pool *pool;
	const struct xapi_host *host;
	unsigned lost = 0;

	if (facts_pool(a->facts, &pool, NULL) < 0 || facts_this_host(a->facts, &this, NULL) < 0)
		return;
	host = xapi_pool_host(pool, this->ref);
	if (!host || !host->features_hvm || !pool->features_hvm)
		return;
	for (unsigned w = 0; w < 32; w++) {
		uint32_t away = feature_word(host->features_hvm, w) & ~feature_word(pool->features_hvm, w);

		lost += (unsigned)__builtin_popcount(away);
		for (size_t i = 0; i < ARRAY_SIZE(feature_names); i++)
			if (feature_names[i].word == w && away >> feature_names[i].bit & 1)
				strv_add(&names, feature_names[i].name);
	}
	if (!lost)
		return;
	list = names.n ? strv_join(&names, ", ") : xstrdup("none that software commonly asks for");
	evidence = xasprintf("host.cpu_info:features_hvm %s; pool.cpu_info:features_hvm %s", host->features_hvm, pool->features_hvm);
	check_found(a, "host", evidence, "a pool of hosts with the same CPU does not take them away; the host's own CPU model cannot be passed through",
		    "the pool's CPU level takes %u features of this host's CPU from its VMs: %s", lost, list);
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "VM_MASK_IGNORED", SEV_WARN, false, CHECK_ATTACH, .vm = check_ignored },
	{ "VM_MASK_ABSENT_CPUS", SEV_WARN, false, CHECK_ATTACH, .vm = check_absent_cpus },
	{ "VM_VCPUS_NODE", SEV_WARN, false, CHECK_ATTACH | CHECK_MASK, .vm = check_vcpus },
	{ "VM_MEMORY_NODE", SEV_WARN, false, CHECK_ATTACH | CHECK_MASK, .vm = check_memory },
	{ "VM_MEMORY_FREE", SEV_WARN, false, CHECK_MASK, .vm = check_memory_free },
	{ "VM_CORES_HALF", SEV_WARN, false, CHECK_MASK, .vm = check_half_cores },
	{ "VM_CORES_PER_SOCKET", SEV_WARN, false, CHECK_MASK | CHECK_HOST, .vm = check_topology },
	{ "VM_MASK_FAR", SEV_WARN, false, CHECK_ATTACH | CHECK_MASK, .vm = check_far },
	{ "VM_CPU_FEATURES", SEV_INFO, false, CHECK_HOST, .host = check_features },
};
const struct check_table checks_vmcpu = CHECK_TABLE(rows);
