/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xen.c - which source answers for Xen; see xen.h. */

#include "module.h"
#include "str.h"
#include "xen.h"

struct xen {
	const struct xen_ops *ops;
	void *priv;
};

int xen_open(struct host *h, struct xen **ret, struct err *err)
{
	const struct xen_ops *ops;
	const void *source;
	struct xen *x;
	void *priv;
	int rc = module_source(h, "xen_live", &xen_recorded_ops, &source, err);

	if (rc < 0)
		return rc;
	ops = source;
	rc = ops->open(h, &priv, err);
	if (rc < 0)
		return rc;
	x = xcalloc(1, sizeof(*x));
	x->ops = ops;
	x->priv = priv;
	*ret = x;
	return 0;
}

void xen_free(struct xen *x)
{
	if (!x)
		return;
	x->ops->close(x->priv);
	free(x);
}

int xen_physinfo(struct xen *x, struct xen_physinfo *ret, struct err *err)
{
	return x->ops->physinfo(x->priv, ret, err);
}

int xen_cpus(struct xen *x, struct xen_cpu **ret, size_t *n, struct err *err)
{
	return x->ops->cpus(x->priv, ret, n, err);
}

int xen_nodes(struct xen *x, struct xen_node **ret, size_t *n, struct err *err)
{
	return x->ops->nodes(x->priv, ret, n, err);
}

int xen_pci_nodes(struct xen *x, struct xen_pci_node **ret, size_t *n, struct err *err)
{
	return x->ops->pci_nodes(x->priv, ret, n, err);
}

int xen_assignable(struct xen *x, struct bdfset *ret, struct err *err)
{
	return x->ops->assignable(x->priv, ret, err);
}

int xen_domains(struct xen *x, struct xen_domain **ret, size_t *n, struct err *err)
{
	return x->ops->domains(x->priv, ret, n, err);
}

int xen_command_line(struct xen *x, char **ret, struct err *err)
{
	return x->ops->command_line(x->priv, ret, err);
}

int xen_device_group(struct xen *x, struct bdf bdf, struct bdfset *ret, struct err *err)
{
	return x->ops->device_group(x->priv, bdf, ret, err);
}

int xen_reserved_memory(struct xen *x, const struct bdf *bdf, struct xen_rdm **ret, size_t *n, struct err *err)
{
	return x->ops->reserved_memory(x->priv, bdf, ret, n, err);
}

int xen_log(struct xen *x, char **ret, struct err *err)
{
	return x->ops->log(x->priv, ret, err);
}

int xen_vcpu_pins(struct xen *x, int domid, struct cpumask **ret, size_t *n, struct err *err)
{
	return x->ops->vcpu_pins(x->priv, domid, ret, n, err);
}

int xen_node_affinity(struct xen *x, int domid, struct cpumask *ret, struct err *err)
{
	return x->ops->node_affinity(x->priv, domid, ret, err);
}

int xen_cpu_pools(struct xen *x, struct xen_cpupool **ret, size_t *n, struct err *err)
{
	return x->ops->cpu_pools(x->priv, ret, n, err);
}

int xen_assign_state(struct xen *x, struct bdf bdf, enum xen_assign_state *ret, struct err *err)
{
	return x->ops->assign_state(x->priv, bdf, ret, err);
}

int xen_assignable_add(struct xen *x, struct bdf bdf, bool rebind, struct err *err)
{
	return x->ops->assignable_add(x->priv, bdf, rebind, err);
}

int xen_assignable_remove(struct xen *x, struct bdf bdf, bool rebind, struct err *err)
{
	return x->ops->assignable_remove(x->priv, bdf, rebind, err);
}

int xen_pin_vcpus(struct xen *x, int domid, const struct cpumask *v, size_t n, struct err *err)
{
	return x->ops->pin_vcpus(x->priv, domid, v, n, err);
}
