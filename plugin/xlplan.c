/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xlplan.c - see xlplan.h */

#include "plugin/xlplan.h"

/* "pci = [ '0000:3b:00.0', '0000:3b:00.1' ]" */
static char *pci_line(const struct bdfset *devices)
{
	_cleanup_free_ char *list = bdfset_format(devices, "', '");

	return xasprintf("pci = [ '%s' ]", list);
}

void xlplan_cpus(struct run *r, const char *cpus, const char *why)
{
	_cleanup_free_ char *line = cpus ? xasprintf("cpus = \"%s\"", cpus) : NULL;

	plan_by_hand(&r->res->plan, "cpus", cpus ? NULL : "cpus = ...", line, why);
}

/* xl knows the nodes itself: no list of CPUs that a change of the host makes wrong. */
void xlplan_near(struct run *r, const struct bdfset *devices)
{
	_cleanup_free_ char *list = NULL, *cpus = NULL, *why = NULL;
	_cleanup_strv_ struct strv nodes = { 0 };
	struct pcidevs *set = NULL;

	for (size_t i = 0; facts_pci(r->facts, &set, NULL) == 0 && i < devices->n; i++) {
		const struct pcidev *dev = pcidevs_find(set, devices->v[i]);
		int id = dev ? facts_node(r->facts, dev) : PCIDEV_UNKNOWN;
		_cleanup_free_ char *name = xasprintf("%d", id);

		if (id >= 0 && !strv_has(&nodes, name))
			strv_add(&nodes, name);
	}
	if (!nodes.n) {
		strv_add(&r->res->notes, "near: no node of the devices is known, so there is no line cpus=");
		return;
	}
	list = strv_join(&nodes, ",");
	cpus = xasprintf("nodes:%s", list);
	why = xasprintf("keeps the vCPUs on node %s, which the devices are near; with it xl takes the memory from there, too", list);
	xlplan_cpus(r, cpus, why);
}

void xlplan_attach(struct run *r, const struct bdfset *devices, bool near)
{
	_cleanup_free_ char *line = pci_line(devices);
	struct plan *p = &r->res->plan;

	plan_by_hand(p, "pci", NULL, line, "xl gives the VM these devices when it starts; items that are there already stay in the list");
	if (near)
		xlplan_near(r, devices);
	strv_add(&p->next, "in the same file: memory and maxmem must be equal, because xl starts no VM with PCI devices whose memory "
			   "comes on demand");
	strv_add(&p->next, "start the VM: xl create FILE");
}

void xlplan_detach(struct run *r, const struct bdfset *devices)
{
	_cleanup_free_ char *line = pci_line(devices);

	if (devices->n)
		plan_by_hand(&r->res->plan, "pci", line, NULL, "xl no longer gives the VM these devices; other items stay in the list");
	else
		plan_by_hand(&r->res->plan, "pci", "pci = [ ... ]", NULL, "without this line xl gives the VM no device");
}
