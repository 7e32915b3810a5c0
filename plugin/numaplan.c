/* SPDX-License-Identifier: GPL-2.0-or-later */
/* numaplan.c - see numaplan.h */

#include "plugin/numaplan.h"

/* ---- which CPUs ------------------------------------------------------------------------------------------------- */

int numaplan_check_cpus(struct run *r, const struct cpumask *cpus, struct err *err)
{
	_cleanup_free_ char *wrong = NULL, *have = NULL;
	struct cpumask absent = *cpus;
	struct numa *numa = NULL;
	int rc = facts_numa(r->facts, &numa, err);

	if (rc < 0)
		return rc;
	if (cpumask_is_empty(cpus))
		return err_set(err, EINVAL, "no CPU is left: a VM without CPUs cannot start");
	cpumask_andnot(&absent, &numa->cpus);
	if (cpumask_is_empty(&absent))
		return 0;
	wrong = cpumask_format_ranges(&absent);
	have = cpumask_format_ranges(&numa->cpus);
	err_set(err, EINVAL, "the host has no CPU %s, or it is off: Xen would refuse to start the VM", wrong);
	return err_hint(err, "its CPUs are %s", have);
}

/* Take out the CPUs whose core is not in the set with all its threads. */
static int keep_full_cores(struct run *r, struct cpumask *cpus, struct err *err)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	_cleanup_free_ char *names = NULL;
	struct cpumask out = { 0 };
	struct xen *x = NULL;
	size_t n = 0;
	int rc = facts_xen(r->facts, &x, err);

	if (rc == 0)
		rc = xen_cpus(x, &v, &n, err);
	if (rc < 0)
		return err_wrap(err, "cores=full");
	numa_half_cores(v, n, cpus, &out, NULL);
	if (cpumask_is_empty(&out))
		return 0;
	cpumask_andnot(cpus, &out);
	names = cpumask_format_ranges(&out);
	strv_addf(&r->res->notes, "cores=full leaves out %s: the other threads of these cores are not among the CPUs", names);
	return 0;
}

/* XAPI starts every VM on the intersection with the host's own mask (facts, 7.1). */
static int apply_host_mask(struct run *r, struct cpumask *cpus, struct err *err)
{
	_cleanup_free_ char *before = NULL, *left = NULL;
	const struct xapi_host *host = NULL;
	struct cpumask own;

	if (facts_host_record(r->facts, &host, NULL) < 0 || !host->guest_mask || !cpumask_parse_xapi(host->guest_mask, &own) ||
	    cpumask_is_subset(cpus, &own))
		return 0;
	before = cpumask_format_ranges(cpus);
	cpumask_and(cpus, &own);
	if (cpumask_is_empty(cpus)) {
		err_set(err, EINVAL, "nothing is left of the CPUs %s: the host's own mask for all VMs is %s", before, host->guest_mask);
		return err_hint(err, "host-numa-policy-get shows it, host-numa-policy-set changes it");
	}
	left = cpumask_format_ranges(cpus);
	strv_addf(&r->res->notes, "the host's own mask for all VMs leaves the CPUs %s", left);
	return 0;
}

/* ---- the mask, and the running domain ------------------------------------------------------------------------------- */

/* One CPU a vCPU, as XAPI reads it: lists separated by ";". */
static int per_vcpu_text(const struct vm *vm, const struct cpumask *cpus, char **ret, struct err *err)
{
	struct strbuf out = { 0 };
	int cpu = -1;

	if (vm->vcpus_max < 0)
		return err_set(err, ENODATA, "per-vcpu=true: how many vCPUs '%s' has is unknown", vm->name);
	if ((unsigned)vm->vcpus_max > cpumask_count(cpus)) {
		err_set(err, EINVAL, "per-vcpu=true: '%s' has %d vCPUs and there are %u CPUs", vm->name, vm->vcpus_max, cpumask_count(cpus));
		return err_hint(err, "name more CPUs, or leave per-vcpu=true out");
	}
	for (int i = 0; i < vm->vcpus_max; i++) {
		cpu = cpumask_next(cpus, cpu);
		strbuf_addf(&out, "%s%d", i ? ";" : "", cpu);
	}
	*ret = strbuf_take(&out);
	return 0;
}

/* What the vCPUs of the running domain shall have: XAPI's lists, as Xen shows them, of which the first serves those that have none. */
static char *pins_text(const char *mask, const struct cpumask *allowed, size_t vcpus)
{
	_cleanup_strv_ struct strv lists = { 0 }, pins = { 0 };

	strv_split(&lists, mask, ';');
	for (size_t i = 0; i < vcpus; i++) {
		struct cpumask cpus = { 0 };

		cpumask_parse_xapi(lists.v[i < lists.n ? i : 0], &cpus);
		cpumask_and(&cpus, allowed);
		strv_add_take(&pins, cpumask_format_ranges(&cpus));
	}
	return strv_join(&pins, ";");
}

static int plan_live(struct run *r, const struct vm *vm, const char *mask, const struct cpumask *allowed, struct err *err)
{
	_cleanup_free_ char *now = NULL, *then = NULL;
	const struct xen_domain *d = NULL;
	size_t vcpus = 1;
	int rc = facts_domain(r->facts, vm->uuid, &d, err);

	if (rc == 0)
		rc = facts_pins(r->facts, d, &now, err);
	if (rc < 0)
		return err_wrap(err, "live=true");
	for (const char *s = now; *s; s++)
		vcpus += *s == ';';
	then = pins_text(mask, allowed, vcpus);
	plan_pins(&r->res->plan, vm, now, then, "live=true: the running domain, until it ends; a reboot forgets it and takes the mask");
	strv_add(&r->res->notes, "live=true moves no memory: what the VM has stays on the nodes where it is until it is started anew");
	return 0;
}

int numaplan_cpus(struct run *r, const struct vm *vm, const struct cpumask *asked, const struct numaplan_how *how, const char *why,
		  struct err *err)
{
	_cleanup_free_ char *text = NULL, *left = NULL;
	struct cpumask cpus = *asked, allowed;
	struct vm then = *vm;
	int rc = numaplan_check_cpus(r, &cpus, err);

	if (rc == 0 && how->full_cores)
		rc = keep_full_cores(r, &cpus, err);
	if (rc == 0)
		rc = numaplan_check_cpus(r, &cpus, err);
	if (rc < 0)
		return rc;
	allowed = cpus;
	rc = apply_host_mask(r, &allowed, err);
	if (rc < 0)
		return rc;
	if (how->per_vcpu)
		rc = per_vcpu_text(vm, &allowed, &text, err);
	else
		text = cpumask_format_list(&cpus);
	if (rc < 0)
		return rc;
	/* What the vCPUs really have is judged. */
	left = cpumask_format_list(&allowed);
	then.mask = how->per_vcpu ? text : left;
	run_checks(r, CHECK_MASK | (how->check_memory ? CHECK_MEMORY : 0), how->devices, &then);
	plan_vm_key(&r->res->plan, vm, "VCPUs_params", "mask", vm->mask, text, why);
	return how->live ? plan_live(r, vm, text, &allowed, err) : 0;
}

/* ---- near devices ----------------------------------------------------------------------------------------------------- */

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

int numaplan_near(struct run *r, const struct vm *vm, const struct bdfset *devices, const struct numaplan_how *how, struct err *err)
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
	return numaplan_cpus(r, vm, &cpus, how, why, err);
}
