/* SPDX-License-Identifier: GPL-2.0-or-later */
/* numa.c - see numa.h */

#include <stdio.h>

#include "numa.h"
#include "str.h"

#define NODES_MAX 1024

void numa_done(struct numa *n)
{
	for (size_t i = 0; i < n->n; i++)
		free(n->v[i].dists);
	free(n->v);
	*n = (struct numa){ 0 };
}

const struct numa_node *numa_find(const struct numa *n, unsigned id)
{
	for (size_t i = 0; i < n->n; i++)
		if (n->v[i].id == id)
			return &n->v[i];
	return NULL;
}

static struct numa_node *add_node(struct numa *n, unsigned id)
{
	ARRAY_GROW(n->v, n->n);
	n->v[n->n] = (struct numa_node){ .id = id, .memory = -1, .memory_free = -1 };
	return &n->v[n->n++];
}

/* ---- from Xen --------------------------------------------------------------------------------------- */

static void add_cpus(struct numa *n, const struct xen_cpu *cpus, size_t n_cpus)
{
	for (size_t i = 0; i < n_cpus && i < CPUMASK_MAX; i++) {
		struct numa_node *node;

		if (cpus[i].node < 0 || cpus[i].node >= NODES_MAX)
			continue;
		node = (struct numa_node *)numa_find(n, (unsigned)cpus[i].node);
		if (!node)
			node = add_node(n, (unsigned)cpus[i].node);
		cpumask_set(&node->cpus, (unsigned)i);
		cpumask_set(&n->cpus, (unsigned)i);
	}
}

static void add_memory(struct numa *n, const struct xen_node *nodes, size_t n_nodes)
{
	for (size_t i = 0; i < n_nodes && i < NODES_MAX; i++) {
		struct numa_node *node = (struct numa_node *)numa_find(n, (unsigned)i);

		if (!nodes[i].there || (!node && !nodes[i].size))
			continue;
		if (!node)
			node = add_node(n, (unsigned)i);
		node->memory = (int64_t)nodes[i].size;
		node->memory_free = (int64_t)nodes[i].free;
		node->n_dists = nodes[i].n_dists;
		node->dists = xmemdup(nodes[i].dists, nodes[i].n_dists * sizeof(*nodes[i].dists));
	}
}

static int cmp_node(const void *a, const void *b)
{
	const struct numa_node *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static int read_xen(struct xen *xen, struct numa *ret, struct err *err)
{
	struct xen_node *nodes = NULL;
	_cleanup_free_ struct xen_cpu *cpus = NULL;
	size_t n_cpus, n_nodes = 0;
	int rc;

	rc = xen_cpus(xen, &cpus, &n_cpus, err);
	if (rc < 0)
		return rc;
	add_cpus(ret, cpus, n_cpus);
	/* Memory and distances are worth less than the CPUs: without them the nodes are still known. */
	if (xen_nodes(xen, &nodes, &n_nodes, NULL) == 0) {
		add_memory(ret, nodes, n_nodes);
		xen_nodes_free(nodes, n_nodes);
	}
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), cmp_node);
	ret->source = "xen";
	return 0;
}

/* ---- from sysfs -------------------------------------------------------------------------------------- */

static int64_t sysfs_meminfo(struct host *h, unsigned id, const char *word)
{
	_cleanup_free_ char *path = xasprintf("/sys/devices/system/node/node%u/meminfo", id);
	_cleanup_strbuf_ struct strbuf text = { 0 };
	unsigned long long kib;
	const char *at;

	if (host_read(h, path, 65536, &text, NULL) < 0)
		return -1;
	at = strstr(strbuf_str(&text), word);
	if (!at || sscanf(at + strlen(word), " %llu kB", &kib) != 1 || kib > INT64_MAX / 1024)
		return -1;
	return (int64_t)kib * 1024;
}

static int read_sysfs(struct host *h, struct numa *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int rc = host_list(h, "/sys/devices/system/node", &names, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < names.n; i++) {
		_cleanup_free_ char *path = xasprintf("/sys/devices/system/node/%s/cpulist", names.v[i]), *list = NULL;
		const char *digits = str_after(names.v[i], "node");
		struct numa_node *node;
		struct cpumask cpus;
		unsigned id;

		if (!digits || !str_to_uint(digits, NODES_MAX, &id) || host_read_line(h, path, &list, NULL) < 0 ||
		    cpumask_parse(list, &cpus, NULL) < 0)
			continue;
		node = add_node(ret, id);
		node->cpus = cpus;
		node->memory = sysfs_meminfo(h, id, "MemTotal:");
		node->memory_free = sysfs_meminfo(h, id, "MemFree:");
		cpumask_or(&ret->cpus, &cpus);
	}
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), cmp_node);
	ret->source = "sysfs";
	return ret->n ? 0 : err_set(err, ENODATA, "/sys/devices/system/node lists no node");
}

static bool is_dom0(struct host *h)
{
	_cleanup_free_ char *type = NULL;

	return host_read_line(h, "/sys/hypervisor/type", &type, NULL) == 0 && streq(type, "xen");
}

int numa_read(struct host *h, struct xen *xen, const char *no_xen, struct numa *ret, struct err *err)
{
	struct err why = { 0 };
	struct numa numa = { 0 };
	int rc = xen ? read_xen(xen, &numa, &why) : err_set(&why, ENODATA, "%s", no_xen);

	if (rc < 0 && !is_dom0(h))
		rc = read_sysfs(h, &numa, NULL);
	if (rc < 0) {
		numa_done(&numa);
		err_set(err, ENODATA, "the NUMA nodes of %s are unknown: %s", host_name(h), why.text);
		return err_hint(err, "only Xen knows them: dom0's own /sys shows a virtual topology");
	}
	*ret = numa;
	return 0;
}

/* ---- cores ------------------------------------------------------------------------------------------- */

static bool same_core(const struct xen_cpu *a, const struct xen_cpu *b)
{
	return a->node >= 0 && b->node >= 0 && a->socket == b->socket && a->core == b->core;
}

void numa_half_cores(const struct xen_cpu *cpus, size_t n, const struct cpumask *set, struct cpumask *in, struct cpumask *out)
{
	for (int i = cpumask_next(set, -1); i >= 0 && (size_t)i < n; i = cpumask_next(set, i))
		for (size_t k = 0; k < n; k++) {
			if (cpumask_has(set, (unsigned)k) || !same_core(&cpus[i], &cpus[k]))
				continue;
			if (in)
				cpumask_set(in, (unsigned)i);
			if (out)
				cpumask_set(out, (unsigned)k);
		}
}

/* ---- devices ------------------------------------------------------------------------------------------ */

static int cmp_pci_node(const void *a, const void *b)
{
	const struct xen_pci_node *x = a, *y = b;

	return bdf_cmp(x->bdf, y->bdf);
}

void numa_locality_read(struct xen *xen, struct numa_locality *ret)
{
	*ret = (struct numa_locality){ 0 };
	if (xen && xen_pci_nodes(xen, &ret->v, &ret->n, NULL) == 0 && ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), cmp_pci_node);
}

void numa_locality_done(struct numa_locality *l)
{
	free(l->v);
	*l = (struct numa_locality){ 0 };
}

int numa_locality_node(const struct numa_locality *l, const struct pcidev *dev)
{
	struct xen_pci_node key = { .bdf = dev->bdf }, *found;

	found = l->n ? bsearch(&key, l->v, l->n, sizeof(*l->v), cmp_pci_node) : NULL;
	if (found && found->node >= 0)
		return found->node;
	return dev->sysfs_node >= 0 ? dev->sysfs_node : PCIDEV_UNKNOWN;
}
