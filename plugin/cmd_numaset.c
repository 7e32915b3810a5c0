/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_numaset.c - CPU masks of VMs and of the host, and the host's NUMA policy: vm-numa-set, vm-numa-reset, host-numa-policy-get and -set. */

#include "plugin/commands.h"
#include "plugin/numaplan.h"
#include "plugin/xlplan.h"
#include "xenhelpers/vmpci.h"

/* ---- vm-numa-set, vm-numa-reset ---------------------------------------------------------------------------------- */

static const struct param set_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM: its uuid, or a name that no other VM has" },
	{ "node", "NODE", 0, "all CPUs of one node" },
	{ "nodes", "NODE[,NODE...]", 0, "all CPUs of these nodes" },
	{ "cpus", "0-7,^3", 0, "these CPUs: a range list, ^ takes out" },
	{ "near", "DEVICE[,DEVICE...] or pci", 0, "all CPUs of the nodes that these devices are near; pci: those of the VM's key" },
	{ "per-vcpu", "true|false", 0, "true: one CPU for each vCPU, in order" },
	{ "cores", "full", 0, "full: leave out CPUs whose core is not among them with all its threads" },
	{ "memory", "check", 0, "check: refuse when the VM's memory does not fit into what these nodes have free" },
	{ "cores-per-socket", "N", 0, "the guest's topology: divides the number of vCPUs; may stand alone" },
	{ "live", "true|false", 0, "true: pin the running domain, too; its memory does not move, and a reboot forgets it" },
	PARAM_FORCE,
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

/* One of the ways to say it, or none beside cores-per-socket=. */
static int chosen_way(const struct run *r, const char **way, struct err *err)
{
	static const char *const ways[] = { "node", "nodes", "cpus", "near" };
	unsigned n = 0;

	*way = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
		if (args_get(r->args, ways[i])) {
			*way = ways[i];
			n++;
		}
	if (n == 1 && !*args_get(r->args, *way) && !streq(*way, "near")) {
		err_set(err, EINVAL, "%s= is empty: a VM without CPUs cannot start", *way);
		return err_hint(err, "vm-numa-reset takes the mask away: the vCPUs run on every CPU then");
	}
	if (n == 1 || (!n && args_get(r->args, "cores-per-socket")))
		return 0;
	err_set(err, EINVAL, "give one of node=, nodes=, cpus= and near=");
	return err_usage(err);
}

static bool is_given(const struct run *r, const char *name, const char *word)
{
	const char *value = args_get(r->args, name);

	return value && streq(value, word);
}

/* The devices that near= names. */
static int near_devices(struct run *r, const struct vm *vm, struct bdfset *ret, struct err *err)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };

	if (!is_given(r, "near", "pci"))
		return run_devices(r, "near", ret, err);
	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, ret);
	if (ret->n)
		return 0;
	err_set(err, EINVAL, "near=pci: other-config:pci of '%s' names no device", vm->name);
	return err_hint(err, "near=DEVICE names any device of the host; vm-pci-attach gives the VM one, and with numa=near the mask, too");
}

static int plan_way(struct run *r, const struct vm *vm, const char *way, struct err *err)
{
	const struct numaplan_how how = {
		.per_vcpu = is_given(r, "per-vcpu", "true"),
		.full_cores = is_given(r, "cores", "full"),
		.check_memory = is_given(r, "memory", "check"),
		.live = is_given(r, "live", "true"),
	};
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	const char *text = args_get(r->args, way);
	_cleanup_free_ char *why = xasprintf("asked for: %s=%s", way, text);
	struct cpumask cpus = { 0 };
	int rc;

	if (streq(way, "near")) {
		rc = near_devices(r, vm, &devices, err);
		return rc < 0 ? rc : numaplan_near(r, vm, &devices, &how, err);
	}
	rc = streq(way, "cpus") ? cpumask_parse(text, &cpus, err) : nodes_cpus(r, text, &cpus, err);
	return rc < 0 ? rc : numaplan_cpus(r, vm, &cpus, &how, why, err);
}

/* XAPI starts no VM whose number of vCPUs is no multiple of it. */
static int plan_topology(struct run *r, const struct vm *vm, struct err *err)
{
	const char *text = args_get(r->args, "cores-per-socket");
	_cleanup_free_ char *why = NULL;
	unsigned cores;

	if (!text)
		return 0;
	if (!str_to_uint(text, 4096, &cores) || !cores)
		return err_set(err, EINVAL, "cores-per-socket=%s: must be a number from 1 to 4096", text);
	if (vm->vcpus_max < 0)
		return err_set(err, ENODATA, "cores-per-socket=: how many vCPUs '%s' has is unknown", vm->name);
	if ((unsigned)vm->vcpus_max % cores) {
		err_set(err, EINVAL, "cores-per-socket=%u does not divide the %d vCPUs of '%s': XAPI would not start it", cores, vm->vcpus_max,
			vm->name);
		return err_hint(err, "choose a number that divides %d", vm->vcpus_max);
	}
	why = xasprintf("the guest sees %d %s of %u %s", vm->vcpus_max / (int)cores, (unsigned)vm->vcpus_max == cores ? "socket" : "sockets", cores,
			cores == 1 ? "core" : "cores");
	plan_vm_key(&r->res->plan, vm, "platform", "cores-per-socket", vm->cores_per_socket, text, why);
	return 0;
}

static void say_next(struct run *r, const struct vm *vm)
{
	if (!plan_needs(&r->res->plan, EFFECT_VM_START))
		return;
	if (vm->power_state && streq(vm->power_state, "Halted"))
		strv_addf(&r->res->plan.next, "start the VM: xe vm-start uuid=%s", vm->uuid);
	else
		strv_add(&r->res->plan.next, "shut the VM down and start it again: these are read when a VM starts");
}

/* Without XAPI nothing is known of the VM: what needs its vCPUs, memory or devices cannot be had. */
static int check_by_hand(const struct run *r, const char *way, struct err *err)
{
	static const char *const need_vm[] = { "per-vcpu", "cores", "memory", "cores-per-socket", "live" };

	for (size_t i = 0; i < ARRAY_SIZE(need_vm); i++)
		if (args_get(r->args, need_vm[i])) {
			err_set(err, EOPNOTSUPP, "%s= needs XAPI, which this Xen host does not have", need_vm[i]);
			return err_hint(err, "leave it out, and put the line that is shown then into the VM's file");
		}
	if (streq(way, "near") && is_given(r, "near", "pci")) {
		err_set(err, EOPNOTSUPP, "near=pci: the VM's devices stand in its file of xl, which is not read");
		return err_hint(err, "name them: near=DEVICE");
	}
	return 0;
}

static int set_by_hand(struct run *r, struct err *err)
{
	_cleanup_free_ char *list = NULL, *why = NULL;
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct cpumask cpus = { 0 };
	const char *way, *text;
	int rc = chosen_way(r, &way, err);

	if (rc == 0)
		rc = check_by_hand(r, way ? way : "", err);
	if (rc < 0)
		return rc;
	text = args_get(r->args, way);
	if (streq(way, "near")) {
		rc = run_devices(r, "near", &devices, err);
		if (rc == 0)
			xlplan_near(r, &devices);
		return rc;
	}
	rc = streq(way, "cpus") ? cpumask_parse(text, &cpus, err) : nodes_cpus(r, text, &cpus, err);
	if (rc == 0)
		rc = numaplan_check_cpus(r, &cpus, err);
	if (rc < 0)
		return rc;
	list = streq(way, "cpus") ? cpumask_format_ranges(&cpus) : xasprintf("nodes:%s", text);
	why = xasprintf("asked for: %s=%s; xl takes the VM's memory from the same nodes, too", way, text);
	xlplan_cpus(r, list, why);
	strv_add(&r->res->plan.next, "start the VM: xl create FILE");
	return 0;
}

static int run_numa_set(struct run *r, struct err *err)
{
	const struct vm *vm;
	const char *way = NULL;
	int rc;

	if (facts_is_plain_xen(r->facts))
		return set_by_hand(r, err);
	rc = run_vm(r, &vm, err);
	if (rc == 0)
		rc = chosen_way(r, &way, err);
	if (rc < 0)
		return rc;
	run_checks(r, CHECK_VM, NULL, vm);
	if (way)
		rc = plan_way(r, vm, way, err);
	if (rc == 0)
		rc = plan_topology(r, vm, err);
	if (rc == 0)
		say_next(r, vm);
	return rc;
}

const struct command cmd_vm_numa_set = {
	.name = "vm-numa-set",
	.summary = "pin a VM's vCPUs to nodes, CPUs, or near a device; its topology",
	.params = set_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_numa_set,
};

static const struct param reset_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM: its uuid, or a name that no other VM has" },
	{ 0 },
};

static int run_numa_reset(struct run *r, struct err *err)
{
	const struct vm *vm;
	int rc;

	if (facts_is_plain_xen(r->facts)) {
		xlplan_cpus(r, NULL, "asked for: the vCPUs may run on every CPU again");
		return 0;
	}
	rc = run_vm(r, &vm, err);
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
	.params = reset_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_numa_reset,
};

/* ---- host-numa-policy-get, host-numa-policy-set --------------------------------------------------------------------- */

enum { P_HOST, P_NAME, P_POLICY, P_MASK, P_READS, P_CPUS };

static const struct field policy_fields[] = {
	[P_HOST] = { "host-uuid", V_TEXT, true, "this host" },
	[P_NAME] = { "host-name-label", V_TEXT, true, "its name" },
	[P_POLICY] = { "numa-affinity-policy", V_TEXT, true, "any, best_effort or default_policy; null: this XAPI has none (8.2)" },
	[P_MASK] = { "mask", V_TEXT, true, "guest_VCPUs_params:mask, for all VMs that run here; null when there is none" },
	[P_READS] = { "mask-is-read", V_BOOL, true, "XAPI can read the mask; null when there is none" },
	[P_CPUS] = { "cpus", V_TEXT, true, "pCPUs that VMs without a mask of their own may run on, as a range list" },
};
static const struct record_type policy_type = RECORD_TYPE("host's NUMA setting", policy_fields);

static int run_policy_get(struct run *r, struct err *err)
{
	const struct xapi_host *host = NULL;
	struct cpumask own = { 0 };
	struct numa *numa = NULL;
	struct record *rec;
	bool is_read;
	int rc = facts_host_record(r->facts, &host, err);

	if (rc < 0)
		return rc;
	is_read = host->guest_mask && cpumask_parse_xapi(host->guest_mask, &own);
	rec = records_add(&r->res->records);
	record_text(rec, P_HOST, host->uuid);
	record_text(rec, P_NAME, host->name);
	if (host->numa_policy)
		record_text(rec, P_POLICY, host->numa_policy);
	else
		record_none(rec, P_POLICY, NULL);
	if (host->guest_mask) {
		record_text(rec, P_MASK, host->guest_mask);
		record_bool(rec, P_READS, is_read ? TRI_YES : TRI_NO);
	} else {
		record_none(rec, P_MASK, NULL);
		record_none(rec, P_READS, NULL);
	}
	if (!is_read && facts_numa(r->facts, &numa, NULL) == 0)
		own = numa->cpus;
	if (is_read || numa)
		record_text_take(rec, P_CPUS, cpumask_format_ranges(&own));
	return 0;
}

const struct command cmd_host_numa_policy_get = {
	.name = "host-numa-policy-get",
	.summary = "how XAPI places VMs on this host's nodes, and the CPUs that it lets them use",
	.flags = CMD_SHOW | CMD_NEEDS_XAPI,
	.type = &policy_type,
	.run = run_policy_get,
};

static const struct param policy_params[] = {
	{ "policy", "any|best_effort|default_policy", 0, "for VMs without a mask: best_effort keeps each on as few nodes as it fits" },
	{ "cpus", "0-7,^3", 0, "the only CPUs that VMs may run on; an empty list takes the mask out" },
	{ 0 },
};

/* Masks of VMs of which nothing would be left. */
static int check_vm_masks(struct run *r, const struct cpumask *cpus, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *list = NULL;
	struct vms *vms = NULL;
	int rc = facts_vms(r->facts, &vms, err);

	for (size_t i = 0; rc == 0 && i < vms->n; i++) {
		const struct vm *vm = &vms->v[i];
		struct cpumask mask;

		if (!vm_is_guest(vm) || !vm->mask || facts_vm_is_here(r->facts, vm) == TRI_NO || !cpumask_parse_xapi(vm->mask, &mask))
			continue;
		cpumask_and(&mask, cpus);
		if (cpumask_is_empty(&mask))
			strv_addf(&names, "'%s' (%s)", vm->name, vm->mask);
	}
	if (rc < 0 || !names.n)
		return rc;
	list = strv_join(&names, ", ");
	err_set(err, EINVAL, "nothing would be left of the CPU masks of %s", list);
	return err_hint(err, "XAPI intersects both, and a VM without CPUs does not start: change these masks first");
}

static int plan_host_mask(struct run *r, const struct xapi_host *host, const char *text, struct err *err)
{
	_cleanup_free_ char *list = NULL, *why = xasprintf("asked for: cpus=%s", text);
	struct cpumask cpus = { 0 };
	int rc = cpumask_parse(text, &cpus, err);

	if (rc == 0 && *text)
		rc = numaplan_check_cpus(r, &cpus, err);
	if (rc == 0 && *text)
		rc = check_vm_masks(r, &cpus, err);
	if (rc < 0)
		return rc;
	list = cpumask_format_list(&cpus);
	plan_host(&r->res->plan, host, "guest_VCPUs_params", "mask", *text ? list : NULL, why);
	return 0;
}

static int run_policy_set(struct run *r, struct err *err)
{
	const char *policy = args_get(r->args, "policy"), *cpus = args_get(r->args, "cpus");
	_cleanup_free_ char *why = policy ? xasprintf("asked for: policy=%s", policy) : NULL;
	const struct xapi_host *host = NULL;
	int rc = facts_host_record(r->facts, &host, err);

	if (rc < 0)
		return rc;
	if (!policy && !cpus) {
		err_set(err, EINVAL, "give policy= or cpus=");
		return err_usage(err);
	}
	if (policy && !host->numa_policy)
		return err_set(err, ENODATA, "XAPI of '%s' has no numa_affinity_policy: it came with 8.3", host->name);
	if (policy)
		plan_host(&r->res->plan, host, "numa_affinity_policy", NULL, policy, why);
	if (cpus)
		rc = plan_host_mask(r, host, cpus, err);
	if (rc == 0 && r->res->plan.n)
		strv_add(&r->res->plan.next, "VMs that start from now on are placed so; running ones stay as they are");
	return rc;
}

const struct command cmd_host_numa_policy_set = {
	.name = "host-numa-policy-set",
	.summary = "change how XAPI places VMs on this host's nodes, or the CPUs that it lets them use",
	.params = policy_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_policy_set,
};
