/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcigroup.c - see pcigroup.h */

#include <pci/pci.h>

#include "pcigroup.h"

#define NONE SIZE_MAX

struct pcigroup_node {
	size_t parent;	       /* index, NONE on a root bus */
	enum tristate multi;   /* one of several functions of its device */
	enum tristate acs;     /* keeps its peers apart */
	enum tristate path;    /* so do it and all bridges above it */
	size_t near;	       /* the nearest bridge above whose id its DMA may carry (Linux's rule), or NONE */
	size_t top;	       /* the topmost one (Xen's rule), itself where there is none; NONE: unknown */
	bool open;	       /* somebody below may or may not belong to its alias group */
	size_t root;	       /* union-find over isolation: the smallest index known of its set */
	bool unsure;	       /* of a root: the set was made by guesses too */
	size_t first, count;   /* of a root: its members in by_isolation */
	size_t afirst, acount; /* of a top: its members in by_alias */
};

/* Members that may be of one set, when all that surely are have been joined. */
struct maybes {
	struct maybe {
		size_t a, b;
	} *v;
	size_t n;
};

/* ---- three values ------------------------------------------------------------------------------------- */

static enum tristate and3(enum tristate a, enum tristate b)
{
	if (a == TRI_NO || b == TRI_NO)
		return TRI_NO;
	return a == TRI_YES && b == TRI_YES ? TRI_YES : TRI_UNKNOWN;
}

static enum tristate not3(enum tristate a)
{
	return a == TRI_UNKNOWN ? a : (enum tristate)!a;
}

static enum tristate or3(enum tristate a, enum tristate b)
{
	return not3(and3(not3(a), not3(b)));
}

/* ---- one function --------------------------------------------------------------------------------------- */

enum { TYPE_UNKNOWN = -1, TYPE_CONVENTIONAL = -2 };

/* Device/port type of the PCI Express capability. */
static int express_type(const struct pcidevs *set, const struct pcidev *dev)
{
	int cap = pcidev_cap(set, dev, PCI_CAP_ID_EXP);
	uint32_t flags;

	if (cap <= 0)
		return cap ? TYPE_UNKNOWN : TYPE_CONVENTIONAL;
	if (!pcidev_config_read(set, dev, (unsigned)cap + PCI_EXP_FLAGS, 2, &flags))
		return TYPE_UNKNOWN;
	return (flags & PCI_EXP_FLAGS_TYPE) >> 4;
}

static bool has_sibling(const struct pcidevs *set, size_t i)
{
	return (i && bdf_same_slot(set->v[i - 1].bdf, set->v[i].bdf)) ||
	       (i + 1 < set->n && bdf_same_slot(set->v[i + 1].bdf, set->v[i].bdf));
}

/* As Linux marks it: by the header, and every function but the first. VFs never. */
static enum tristate is_multi(const struct pcidevs *set, size_t i)
{
	const struct pcidev *dev = &set->v[i];
	uint32_t header;

	if (dev->is_vf)
		return TRI_NO;
	if (dev->bdf.fn)
		return TRI_YES;
	if (pcidev_config_read(set, dev, PCI_HEADER_TYPE, 1, &header))
		return header & 0x80 ? TRI_YES : TRI_NO;
	return has_sibling(set, i) ? TRI_YES : TRI_UNKNOWN;
}

static enum tristate has_acs(const struct pcidevs *set, size_t i, int type, enum tristate multi)
{
	int cap;

	switch (type) {
	case TYPE_UNKNOWN: return TRI_UNKNOWN;
	case TYPE_CONVENTIONAL:
	case PCI_EXP_TYPE_PCI_BRIDGE:
	case PCI_EXP_TYPE_PCIE_BRIDGE:
	case PCI_EXP_TYPE_ROOT_EC: return TRI_NO;
	case PCI_EXP_TYPE_ROOT_PORT:
	case PCI_EXP_TYPE_DOWNSTREAM: multi = TRI_YES; break;
	default: break;
	}
	/* A function alone in its device has nobody to reach. */
	if (multi == TRI_NO)
		return TRI_YES;
	cap = pcidev_ext_cap(set, &set->v[i], PCI_EXT_CAP_ID_ACS);
	if (cap > 0)
		return TRI_YES;
	return cap < 0 || multi == TRI_UNKNOWN ? TRI_UNKNOWN : TRI_NO;
}

/* Does DMA from behind this bridge carry the bridge's id?  xen: what Xen's bus2bridge[] knows. */
static enum tristate is_aliasing(const struct pcidevs *set, const struct pcidev *bridge, bool xen)
{
	int type = express_type(set, bridge);

	if (xen && bridge->header != PCI_HEADER_TYPE_BRIDGE && bridge->header != PCIDEV_HEADER_UNKNOWN)
		return TRI_NO;
	if (type == TYPE_UNKNOWN)
		return TRI_UNKNOWN;
	if (type == PCI_EXP_TYPE_PCIE_BRIDGE)
		return xen ? TRI_NO : TRI_YES;
	return type == TYPE_CONVENTIONAL || type == PCI_EXP_TYPE_PCI_BRIDGE ? TRI_YES : TRI_NO;
}

/* ---- sets ------------------------------------------------------------------------------------------------- */

static size_t find(struct pcigroups *g, size_t i)
{
	while (g->v[i].root != i) {
		g->v[i].root = g->v[g->v[i].root].root;
		i = g->v[i].root;
	}
	return i;
}

static void join(struct pcigroups *g, size_t a, size_t b)
{
	a = find(g, a);
	b = find(g, b);
	if (a == b)
		return;
	/* The smaller index is the smaller address: the root names the set. */
	g->v[MAX(a, b)].root = MIN(a, b);
	g->v[MIN(a, b)].unsure |= g->v[MAX(a, b)].unsure;
}

static void join_if(struct pcigroups *g, struct maybes *m, enum tristate certain, size_t a, size_t b)
{
	if (certain == TRI_YES)
		join(g, a, b);
	if (certain != TRI_UNKNOWN)
		return;
	ARRAY_GROW(m->v, m->n);
	m->v[m->n++] = (struct maybe){ a, b };
}

static void join_maybes(struct pcigroups *g, const struct maybes *m)
{
	for (size_t i = 0; i < m->n; i++) {
		if (find(g, m->v[i].a) == find(g, m->v[i].b))
			continue;
		join(g, m->v[i].a, m->v[i].b);
		g->v[find(g, m->v[i].a)].unsure = true;
	}
}

/* ---- the rules ---------------------------------------------------------------------------------------------- */

/* Nothing is known of what is above: as good as alone, and as bad as not. */
static void put_orphan(struct pcigroup_node *n)
{
	n->parent = n->near = n->top = NONE;
	n->path = and3(n->acs, TRI_UNKNOWN);
	n->unsure = true;
}

static void put_below(struct pcigroups *g, struct maybes *m, size_t i, size_t p)
{
	struct pcigroup_node *n = &g->v[i], *above = &g->v[p];
	const struct pcidev *bridge = &g->set->v[p];
	enum tristate alias = is_aliasing(g->set, bridge, false), xen = is_aliasing(g->set, bridge, true);

	n->parent = p;
	n->path = and3(n->acs, above->path);
	n->near = alias == TRI_YES ? p : above->near;
	if (n->near != NONE)
		join(g, i, n->near);
	join_if(g, m, alias, i, p);
	join_if(g, m, not3(above->path), i, p);

	if (above->top != p)
		n->top = above->top;
	else
		n->top = xen == TRI_UNKNOWN ? NONE : xen == TRI_YES ? p : i;
	above->open |= n->top == NONE;
}

static void join_slot(struct pcigroups *g, struct maybes *m, size_t first, size_t end)
{
	for (size_t a = first; a < end; a++)
		for (size_t b = a + 1; b < end; b++) {
			enum tristate neither = and3(not3(g->v[a].acs), not3(g->v[b].acs));

			join_if(g, m, and3(neither, or3(g->v[a].multi, g->v[b].multi)), a, b);
		}
}

static void put_functions(struct pcigroups *g, struct maybes *m)
{
	const struct pcidevs *set = g->set;

	/* In order of BDF a bridge comes before everything behind it. */
	for (size_t i = 0; i < set->n; i++) {
		struct pcigroup_node *n = &g->v[i];
		const struct pcidev *parent = pcidevs_parent(set, &set->v[i]);

		n->root = n->top = i;
		n->near = n->parent = NONE;
		n->multi = is_multi(set, i);
		n->acs = n->path = has_acs(set, i, express_type(set, &set->v[i]), n->multi);
		if (parent)
			put_below(g, m, i, (size_t)(parent - set->v));
		else if (set->v[i].has_parent)
			put_orphan(n);
	}
	for (size_t i = 0, end; i < set->n; i = end) {
		for (end = i + 1; end < set->n && bdf_same_slot(set->v[i].bdf, set->v[end].bdf);)
			end++;
		join_slot(g, m, i, end);
	}
}

/* Members side by side, each group in order. */
static void sort_members(struct pcigroups *g)
{
	size_t n = g->set->n, at = 0, alias_at = 0;

	for (size_t i = 0; i < n; i++) {
		g->v[find(g, i)].count++;
		if (g->v[i].top != NONE)
			g->v[g->v[i].top].acount++;
	}
	for (size_t i = 0; i < n; i++) {
		g->v[i].first = at;
		at += g->v[i].count;
		g->v[i].count = 0;
		g->v[i].afirst = alias_at;
		alias_at += g->v[i].acount;
		g->v[i].acount = 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct pcigroup_node *root = &g->v[find(g, i)];
		struct pcigroup_node *top = g->v[i].top != NONE ? &g->v[g->v[i].top] : NULL;

		g->by_isolation[root->first + root->count++] = i;
		if (top)
			g->by_alias[top->afirst + top->acount++] = i;
	}
}

void pcigroups_compute(const struct pcidevs *set, struct pcigroups *ret)
{
	struct maybes m = { 0 };

	*ret = (struct pcigroups){ .set = set };
	ret->v = xcalloc(set->n, sizeof(*ret->v));
	ret->by_isolation = xcalloc(set->n, sizeof(*ret->by_isolation));
	ret->by_alias = xcalloc(set->n, sizeof(*ret->by_alias));
	put_functions(ret, &m);
	join_maybes(ret, &m);
	free(m.v);
	sort_members(ret);
}

void pcigroups_done(struct pcigroups *g)
{
	free(g->v);
	free(g->by_isolation);
	free(g->by_alias);
	*g = (struct pcigroups){ 0 };
}

/* ---- questions ---------------------------------------------------------------------------------------------- */

static struct pcigroup_node *node_of(const struct pcigroups *g, const struct pcidev *dev)
{
	return &g->v[dev - g->set->v];
}

/* Roots are flat enough after sort_members(), which has asked for each. */
static struct pcigroup_node *root_of(const struct pcigroups *g, const struct pcidev *dev)
{
	struct pcigroup_node *n = node_of(g, dev);

	while (&g->v[n->root] != n)
		n = &g->v[n->root];
	return n;
}

static void add_members(const struct pcigroups *g, const size_t *list, size_t n, struct bdfset *ret)
{
	for (size_t i = 0; ret && i < n; i++)
		bdfset_add(ret, g->set->v[list[i]].bdf);
}

enum tristate pcigroup_is_isolated(const struct pcigroups *g, const struct pcidev *dev)
{
	const struct pcigroup_node *root = root_of(g, dev);

	if (root->unsure)
		return TRI_UNKNOWN;
	return root->count == 1 ? TRI_YES : TRI_NO;
}

bool pcigroup_isolation(const struct pcigroups *g, const struct pcidev *dev, struct bdf *id, struct bdfset *ret, size_t *count)
{
	const struct pcigroup_node *root = root_of(g, dev);

	if (root->unsure)
		return false;
	if (id)
		*id = g->set->v[root - g->v].bdf;
	if (count)
		*count = root->count;
	add_members(g, g->by_isolation + root->first, root->count, ret);
	return true;
}

bool pcigroup_alias(const struct pcigroups *g, const struct pcidev *dev, struct bdfset *ret, size_t *count)
{
	const struct pcigroup_node *n = node_of(g, dev), *top = n->top != NONE ? &g->v[n->top] : NULL;

	if (!top || top->open)
		return false;
	if (count)
		*count = top->acount;
	add_members(g, g->by_alias + top->afirst, top->acount, ret);
	return true;
}
