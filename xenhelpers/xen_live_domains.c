/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xen_live_domains.c - what Xen and xenstore say of domains: names, devices, CPUs.
 *
 * Devices are read from xenstore's backend directories and not from libxl's own notes: xenopsd writes the former too, and the
 * latter only libxl.
 */

#include "xen_live.h"

#define BACKENDS "/local/domain/0/backend/pci"

static void freev(char ***v)
{
	free(*v);
}

static void add_backend(struct live *l, int domid, const char *id, struct bdfset *ret)
{
	_cleanup_free_ char *dir = xasprintf(BACKENDS "/%d/%s", domid, id);
	_cleanup_(freev) char **names = NULL;
	unsigned n = 0;

	names = xs_directory(l->xs, XBT_NULL, dir, &n);
	for (unsigned i = 0; names && i < n; i++) {
		_cleanup_free_ char *path = NULL, *value = NULL;
		struct bdf bdf;

		if (!str_after(names[i], "dev-"))
			continue;
		path = xasprintf("%s/%s", dir, names[i]);
		value = xs_read(l->xs, XBT_NULL, path, NULL);
		if (value && bdf_parse(value, &bdf))
			bdfset_add(ret, bdf);
	}
}

/* The devices of a domain; one that holds none has no directory. */
static int read_devices(struct live *l, int domid, struct bdfset *ret, struct err *err)
{
	_cleanup_free_ char *dir = xasprintf(BACKENDS "/%d", domid);
	_cleanup_(freev) char **ids = NULL;
	unsigned n = 0;

	errno = 0;
	ids = xs_directory(l->xs, XBT_NULL, dir, &n);
	if (!ids && errno != ENOENT)
		return live_failed(l, err, "which devices VMs hold is unknown: xenstore");
	for (unsigned i = 0; ids && i < n; i++)
		add_backend(l, domid, ids[i], ret);
	return 0;
}

static int take_domain(struct live *l, const libxl_dominfo *info, struct xen_domain *d, struct err *err)
{
	_cleanup_free_ char *path = xasprintf("/local/domain/%u/name", info->domid);

	d->domid = (int)info->domid;
	d->uuid = xasprintf(LIBXL_UUID_FMT, LIBXL_UUID_BYTES(info->uuid));
	d->name = xs_read(l->xs, XBT_NULL, path, NULL);
	return read_devices(l, d->domid, &d->devices, err);
}

int live_domains(void *priv, struct xen_domain **ret, size_t *n, struct err *err)
{
	struct live *l = priv;
	libxl_dominfo *list;
	struct xen_domain *v;
	int count = 0, rc = live_xs(l, err);

	if (rc == 0)
		rc = live_ctx(l, err);
	if (rc < 0)
		return rc;
	list = libxl_list_domain(l->ctx, &count);
	if (!list)
		return live_failed(l, err, "the domains of this host are unknown");
	v = xcalloc((size_t)count, sizeof(*v));
	for (int i = 0; rc == 0 && i < count; i++)
		rc = take_domain(l, &list[i], &v[i], err);
	libxl_dominfo_list_free(list, count);
	if (rc < 0) {
		xen_domains_free(v, (size_t)count);
		return rc;
	}
	*ret = v;
	*n = (size_t)count;
	return 0;
}

/* ---- CPUs --------------------------------------------------------------------------------------------------------- */

static void take_bitmap(const libxl_bitmap *from, struct cpumask *to)
{
	for (unsigned i = 0; i < from->size * 8 && i < CPUMASK_MAX; i++)
		if (from->map[i / 8] & 1 << i % 8)
			cpumask_set(to, i);
}

int live_vcpu_pins(void *priv, int domid, struct cpumask **ret, size_t *n, struct err *err)
{
	struct live *l = priv;
	libxl_vcpuinfo *list;
	struct cpumask *v;
	int count = 0, n_cpus = 0, rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	if (domid < 0 || libxl_domain_info(l->ctx, NULL, (uint32_t)domid) == ERROR_DOMAIN_NOTFOUND)
		return err_set(err, ENOENT, "there is no domain %d", domid);
	list = libxl_list_vcpu(l->ctx, (uint32_t)domid, &count, &n_cpus);
	if (!list) {
		rc = live_failed(l, err, "the CPUs of its vCPUs are unknown");
		err_wrap(err, "domain %d", domid);
		return rc;
	}
	v = xcalloc((size_t)count, sizeof(*v));
	for (int i = 0; i < count; i++)
		take_bitmap(&list[i].cpumap, &v[i]);
	libxl_vcpuinfo_list_free(list, count);
	*ret = v;
	*n = (size_t)count;
	return 0;
}

int live_node_affinity(void *priv, int domid, struct cpumask *ret, struct err *err)
{
	struct live *l = priv;
	libxl_bitmap nodes;
	int rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	libxl_bitmap_init(&nodes);
	if (libxl_node_bitmap_alloc(l->ctx, &nodes, 0) || libxl_domain_get_nodeaffinity(l->ctx, (uint32_t)domid, &nodes)) {
		rc = live_failed(l, err, "the nodes of its memory are unknown");
		err_wrap(err, "domain %d", domid);
	} else {
		*ret = (struct cpumask){ 0 };
		take_bitmap(&nodes, ret);
	}
	libxl_bitmap_dispose(&nodes);
	return rc;
}

static int pin_one(struct live *l, int domid, unsigned vcpu, const struct cpumask *cpus, struct err *err)
{
	libxl_bitmap map;
	int rc = 0;

	libxl_bitmap_init(&map);
	if (libxl_cpu_bitmap_alloc(l->ctx, &map, 0))
		return live_failed(l, err, "the CPUs of this host are unknown");
	for (int cpu = cpumask_next(cpus, -1); cpu >= 0; cpu = cpumask_next(cpus, cpu))
		libxl_bitmap_set(&map, cpu);
	if (libxl_set_vcpuaffinity(l->ctx, (uint32_t)domid, vcpu, &map, NULL)) {
		rc = live_failed(l, err, "it cannot be pinned");
		err_wrap(err, "domain %d, vCPU %u", domid, vcpu);
	}
	libxl_bitmap_dispose(&map);
	return rc;
}

int live_pin_vcpus(void *priv, int domid, const struct cpumask *v, size_t n, struct err *err)
{
	struct live *l = priv;
	int rc = live_ctx(l, err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = pin_one(l, domid, (unsigned)i, &v[i], err);
	return rc;
}

int live_cpu_pools(void *priv, struct xen_cpupool **ret, size_t *n, struct err *err)
{
	struct live *l = priv;
	libxl_cpupoolinfo *list;
	struct xen_cpupool *v;
	int count = 0, rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	list = libxl_list_cpupool(l->ctx, &count);
	if (!list)
		return live_failed(l, err, "the CPU pools of this host are unknown");
	v = xcalloc((size_t)count, sizeof(*v));
	for (int i = 0; i < count; i++) {
		v[i].id = (int)list[i].poolid;
		v[i].name = list[i].pool_name ? xstrdup(list[i].pool_name) : NULL;
		take_bitmap(&list[i].cpumap, &v[i].cpus);
	}
	libxl_cpupoolinfo_list_free(list, count);
	*ret = v;
	*n = (size_t)count;
	return 0;
}
