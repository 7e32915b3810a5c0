/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xen_free.c - letting go of what Xen said: for its readers and its sources alike; see xen.h. */

#include "xen.h"

void xen_nodes_free(struct xen_node *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(v[i].dists);
	free(v);
}

void xen_domains_free(struct xen_domain *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].uuid);
		free(v[i].name);
		bdfset_done(&v[i].devices);
	}
	free(v);
}

void xen_cpu_pools_free(struct xen_cpupool *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(v[i].name);
	free(v);
}
