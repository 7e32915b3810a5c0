/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ask.c - asks the running hypervisor every question of xenhelpers/xen.h and prints the answers, one a line, for the tests of
 * the rig to compare with what Xen's own tools print in the same dom0.  `ask log` prints the hypervisor's log alone; ids of
 * domains as arguments: of their vCPUs, too.  `ask pin DOMAIN CPUS...` pins its vCPUs, a list of CPUs each.
 */

#include <stdio.h>

#include "xenhelpers/str.h"
#include "xenhelpers/xen.h"

static int status;

static bool told(int rc, const char *question, const struct err *err)
{
	if (rc == 0)
		return true;
	printf("%s: ERROR %d %s\n", question, -rc, err->text);
	status = 1;
	return false;
}

static void ask_physinfo(struct xen *x)
{
	struct err err = { 0 };
	struct xen_physinfo info;

	if (told(xen_physinfo(x, &info, &err), "physinfo", &err))
		printf("physinfo: cpus=%d nodes=%d hvm=%d pv=%d hap=%d directio=%d\n", info.nr_cpus, info.nr_nodes, info.cap_hvm,
		       info.cap_pv, info.cap_hap, info.cap_hvm_directio);
}

static void ask_cpus(struct xen *x)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_cpus(x, &v, &n, &err), "cpu", &err))
		return;
	for (size_t i = 0; i < n; i++)
		printf("cpu: %zu %d %d %d\n", i, v[i].core, v[i].socket, v[i].node);
}

static void ask_nodes(struct xen *x)
{
	struct xen_node *v;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_nodes(x, &v, &n, &err), "node", &err))
		return;
	for (size_t i = 0; i < n; i++) {
		printf("node: %zu %llu", i, (unsigned long long)v[i].size >> 20);
		for (size_t j = 0; j < v[i].n_dists; j++)
			printf("%c%u", j ? ',' : ' ', v[i].dists[j]);
		printf("\n");
	}
	xen_nodes_free(v, n);
}

static void ask_domains(struct xen *x)
{
	struct xen_domain *v;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_domains(x, &v, &n, &err), "domain", &err))
		return;
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *devices = bdfset_format(&v[i].devices, ",");

		printf("domain: %d %s %s %s\n", v[i].domid, v[i].uuid, v[i].name ? v[i].name : "-", devices);
	}
	xen_domains_free(v, n);
}

static void ask_pins(struct xen *x, int domid)
{
	_cleanup_free_ struct cpumask *v = NULL;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_vcpu_pins(x, domid, &v, &n, &err), "pin", &err))
		return;
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *cpus = cpumask_format_ranges(&v[i]);

		printf("pin: %d %zu %s\n", domid, i, cpus);
	}
}

static void ask_pools(struct xen *x)
{
	struct xen_cpupool *v;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_cpu_pools(x, &v, &n, &err), "pool", &err))
		return;
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *cpus = cpumask_format_ranges(&v[i].cpus);

		printf("pool: %d %s %s\n", v[i].id, v[i].name ? v[i].name : "-", cpus);
	}
	xen_cpu_pools_free(v, n);
}

static void ask_memory(struct xen *x, const struct bdf *bdf)
{
	_cleanup_free_ struct xen_rdm *v = NULL;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_reserved_memory(x, bdf, &v, &n, &err), "rdm", &err))
		return;
	for (size_t i = 0; i < n; i++)
		printf("rdm: %s %llx +%llu\n", bdf ? BDF_STR(*bdf) : "all", (unsigned long long)v[i].start_pfn,
		       (unsigned long long)v[i].nr_pages);
}

static void ask_device(struct xen *x, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset group = { 0 };
	enum xen_assign_state state;
	struct err err = { 0 };

	if (told(xen_device_group(x, bdf, &group, &err), "group", &err)) {
		_cleanup_free_ char *members = NULL;

		bdfset_sort(&group);
		members = bdfset_format(&group, ",");
		printf("group: %s %s\n", BDF_STR(bdf), members);
	}
	if (told(xen_assign_state(x, bdf, &state, &err), "state", &err))
		printf("state: %s %s\n", BDF_STR(bdf), state == XEN_ASSIGN_FREE ? "free" : "taken");
	ask_memory(x, &bdf);
}

static void ask_devices(struct xen *x)
{
	static const struct bdf absent = { .bus = 0x99 };
	_cleanup_free_ struct xen_pci_node *v = NULL;
	struct err err = { 0 };
	size_t n;

	if (!told(xen_pci_nodes(x, &v, &n, &err), "pci", &err))
		return;
	for (size_t i = 0; i < n; i++) {
		printf("pci: %s %d\n", BDF_STR(v[i].bdf), v[i].node);
		ask_device(x, v[i].bdf);
	}
	ask_device(x, absent);
	ask_memory(x, NULL);
}

static void print_log(struct xen *x)
{
	_cleanup_free_ char *log = NULL;
	struct err err = { 0 };

	if (told(xen_log(x, &log, &err), "log", &err))
		fputs(log, stdout);
}

static void ask_rest(struct xen *x)
{
	_cleanup_bdfset_ struct bdfset assignable = { 0 };
	_cleanup_free_ char *line = NULL;
	struct err err = { 0 };

	if (told(xen_assignable(x, &assignable, &err), "assignable", &err)) {
		bdfset_sort(&assignable);
		for (size_t i = 0; i < assignable.n; i++)
			printf("assignable: %s\n", BDF_STR(assignable.v[i]));
	}
	if (told(xen_command_line(x, &line, &err), "command-line", &err))
		printf("command-line: %s\n", line);
}

static void pin(struct xen *x, const char *domain, char **lists, size_t n)
{
	_cleanup_free_ struct cpumask *v = xcalloc(n, sizeof(*v));
	struct err err = { 0 };
	unsigned domid = 0;
	int rc = str_to_uint(domain, INT32_MAX, &domid) ? 0 : err_set(&err, EINVAL, "'%s' is no domain", domain);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = cpumask_parse(lists[i], &v[i], &err);
	if (rc == 0)
		rc = xen_pin_vcpus(x, (int)domid, v, n, &err);
	if (told(rc, "pin", &err))
		ask_pins(x, (int)domid);
}

int main(int argc, char **argv)
{
	_cleanup_(host_freep) struct host *h = NULL;
	_cleanup_(xen_freep) struct xen *x = NULL;
	struct err err = { 0 };
	unsigned domid;

	if (host_open(&h, NULL, &err) < 0 || xen_open(h, &x, &err) < 0) {
		printf("ERROR %s\n", err.text);
		return 1;
	}
	if (argc == 2 && streq(argv[1], "log")) {
		print_log(x);
		return status;
	}
	if (argc > 3 && streq(argv[1], "pin")) {
		pin(x, argv[2], argv + 3, (size_t)argc - 3);
		return status;
	}
	ask_physinfo(x);
	ask_cpus(x);
	ask_nodes(x);
	ask_devices(x);
	ask_domains(x);
	ask_pins(x, 0);
	for (int i = 1; i < argc; i++)
		if (str_to_uint(argv[i], INT32_MAX, &domid))
			ask_pins(x, (int)domid);
	ask_pools(x);
	ask_rest(x);
	return status;
}
