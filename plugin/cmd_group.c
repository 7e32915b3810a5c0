/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_group.c - which functions Xen must keep together, and which are not kept apart. */

#include <stdio.h>

#include "plugin/commands.h"

enum { G_PCI_ID, G_ALIAS, G_ALIAS_SOURCE, G_ISOLATION, G_GROUP, G_MEMBERS };

static const struct field group_fields[] = {
	[G_PCI_ID] = { "pci-id", V_TEXT, true, "address, dddd:bb:dd.f" },
	[G_ALIAS] = { "alias-group", V_LIST, true, "it and what shares its requester id: Xen must keep them together" },
	[G_ALIAS_SOURCE] = { "alias-source", V_TEXT, false, "xen, ivrs (AMD's table), or computed from the bridges" },
	[G_ISOLATION] = { "isolation", V_TEXT, true, "isolated, shared or unknown" },
	[G_GROUP] = { "isolation-group", V_TEXT, true, "smallest address of its isolation group" },
	[G_MEMBERS] = { "isolation-members", V_LIST, false, "it and what it can reach without the IOMMU, as far as ACS tells" },
};
static const struct record_type group_type = RECORD_TYPE("device's groups", group_fields);

/* Names in all lists together. Beyond that the groups are no machine's, and the memory would be ours. */
#define NAMES_MAX (1u << 20)

struct listing {
	struct run *run;
	const struct pcigroups *groups;
	size_t names;
	bool cut;
};

static bool has_room(struct listing *l, size_t n)
{
	if (n > NAMES_MAX - l->names) {
		l->cut = true;
		return false;
	}
	l->names += n;
	return true;
}

static void put_list(struct record *rec, unsigned field, struct bdfset *members)
{
	_cleanup_strv_ struct strv list = { 0 };

	bdfset_sort(members);
	for (size_t i = 0; i < members->n; i++)
		strv_add(&list, BDF_STR(members->v[i]));
	record_list(rec, field, &list);
}

static void put_alias(struct listing *l, const struct pcidev *dev, struct record *rec)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	const char *source;
	size_t n = 0;

	/* Before anything is listed: a group of all of very many functions is not put together once for each of them. */
	pcigroup_alias(l->groups, dev, NULL, &n);
	if (n > NAMES_MAX - l->names) {
		l->cut = true;
		return;
	}
	if (facts_whole_alias_group(l->run->facts, dev, &members, &source, NULL) < 0 || !has_room(l, members.n))
		return;
	put_list(rec, G_ALIAS, &members);
	record_text(rec, G_ALIAS_SOURCE, source);
}

static void put_isolation(struct listing *l, const struct pcidev *dev, struct record *rec)
{
	static const char *const words[] = { "shared", "isolated" };
	enum tristate isolated = pcigroup_is_isolated(l->groups, dev);
	_cleanup_bdfset_ struct bdfset members = { 0 };
	struct bdf id;
	size_t n;

	record_text(rec, G_ISOLATION, isolated == TRI_UNKNOWN ? "unknown" : words[isolated]);
	if (!pcigroup_isolation(l->groups, dev, &id, NULL, &n))
		return;
	record_text(rec, G_GROUP, BDF_STR(id));
	if (!records_want(&l->run->res->records, G_MEMBERS) || !has_room(l, n))
		return;
	pcigroup_isolation(l->groups, dev, NULL, &members, NULL);
	put_list(rec, G_MEMBERS, &members);
}

/* What the lists cannot say of themselves. */
static void put_notes(struct listing *l)
{
	if (l->cut)
		strv_addf(&l->run->res->notes, "the groups have more than %u members in all: some lists are left unknown", NAMES_MAX);
}

static int run_group_list(struct run *r, struct err *err)
{
	struct listing l = { .run = r };
	struct pcigroups *groups = NULL;
	struct pcidevs *set = NULL;
	int rc = facts_pci(r->facts, &set, err);

	if (rc == 0)
		rc = facts_groups(r->facts, &groups, err);
	if (rc < 0)
		return rc;
	l.groups = groups;
	for (size_t i = 0; i < set->n; i++) {
		struct record *rec = records_add(&r->res->records);

		record_text(rec, G_PCI_ID, BDF_STR(set->v[i].bdf));
		if (records_want(&r->res->records, G_ALIAS) || records_want(&r->res->records, G_ALIAS_SOURCE))
			put_alias(&l, &set->v[i], rec);
		put_isolation(&l, &set->v[i], rec);
	}
	put_notes(&l);
	return 0;
}

const struct command cmd_pci_group_list = {
	.name = "pci-group-list",
	.summary = "which devices Xen must keep together, and which are not kept apart",
	.flags = CMD_LIST,
	.type = &group_type,
	.run = run_group_list,
};
