/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_host.c - the host as a whole. */

#include <stdio.h>

#include "cmdline/bootargs.h"
#include "cmdline/hide.h"
#include "plugin/bootplan.h"
#include "plugin/commands.h"

enum {
	H_UUID,
	H_NAME,
	H_BRAND,
	H_VERSION,
	H_XEN,
	H_XEN_VERSION,
	H_XAPI,
	H_IOMMU,
	H_PCIBACK,
	H_CPUS,
	H_SOCKETS,
	H_NODES,
	H_MEMORY,
	H_DEVICES,
	H_DOMAINS,
	H_ASSIGNABLE,
	H_HIDDEN_NOW,
	H_HIDDEN_NEXT,
	H_REBOOT,
	H_CHANGES,
	H_BOOT_FILE,
	H_ENTRY,
	H_ENTRY_SOURCE,
	H_XEN_LINE,
	H_DOM0_LINE,
};

static const struct field host_fields[] = {
	[H_UUID] = { "uuid", V_TEXT, true, "XAPI's" },
	[H_NAME] = { "name-label", V_TEXT, true, "XAPI's" },
	[H_BRAND] = { "brand", V_TEXT, true, "PRODUCT_BRAND of the inventory" },
	[H_VERSION] = { "version", V_TEXT, true, "PRODUCT_VERSION of the inventory" },
	[H_XEN] = { "xen", V_BOOL, true, "Xen answers" },
	[H_XEN_VERSION] = { "xen-version", V_TEXT, true, "of the running hypervisor" },
	[H_XAPI] = { "xapi", V_BOOL, true, "XAPI answers" },
	[H_IOMMU] = { "iommu", V_BOOL, true, "Xen uses the IOMMU: without it no device can be given to an HVM guest" },
	[H_PCIBACK] = { "pciback", V_BOOL, true, "dom0's driver that keeps devices for guests is there" },
	[H_CPUS] = { "cpu-count", V_NUMBER, true, "pCPUs that are there" },
	[H_SOCKETS] = { "socket-count", V_NUMBER, true, "" },
	[H_NODES] = { "node-count", V_NUMBER, true, "NUMA nodes" },
	[H_MEMORY] = { "memory", V_NUMBER, true, "bytes of all nodes" },
	[H_DEVICES] = { "device-count", V_NUMBER, true, "PCI functions" },
	[H_DOMAINS] = { "domains", V_LIST, true, "running ones: id and name" },
	[H_ASSIGNABLE] = { "assignable", V_LIST, true, "devices that Xen can give to a guest now" },
	[H_HIDDEN_NOW] = { "hidden-now", V_LIST, true, "devices that the running dom0 was told to leave alone" },
	[H_HIDDEN_NEXT] = { "hidden-next", V_LIST, true, "devices that it will leave alone from the next boot on" },
	[H_REBOOT] = { "reboot-pending", V_BOOL, true, "the next boot would change something" },
	[H_CHANGES] = { "reboot-changes", V_LIST, true, "what it would change" },
	[H_BOOT_FILE] = { "boot-file", V_TEXT, true, "path in dom0" },
	[H_ENTRY] = { "boot-entry", V_TEXT, true, "title of the menu entry that boots next" },
	[H_ENTRY_SOURCE] = { "boot-entry-source", V_TEXT, true, "how that was found" },
	[H_XEN_LINE] = { "xen-command-line", V_TEXT, true, "of the running hypervisor" },
	[H_DOM0_LINE] = { "dom0-command-line", V_TEXT, true, "of the running dom0 kernel" },
};
static const struct record_type host_type = RECORD_TYPE("host", host_fields);

/* A fact that cannot be had is unknown; the sentence why is worth telling. */
static void tell(struct run *r, const char *what, const struct err *why)
{
	strv_addf(&r->res->notes, "%s: %s", what, why->text);
}

/* A recording that was made without a part does not tell whether the host had it. */
static enum tristate answers(const struct run *r, int rc)
{
	if (rc == 0)
		return TRI_YES;
	return rc == -ENOENT && !host_is_live(facts_host(r->facts)) ? TRI_UNKNOWN : TRI_NO;
}

/* ---- who it is --------------------------------------------------------------------------------------------- */

static void put_inventory(struct run *r, struct record *rec, unsigned field, const char *key)
{
	_cleanup_free_ char *value = NULL;

	if (net_inventory_get(facts_host(r->facts), key, &value, NULL) == 0)
		record_text(rec, field, value);
}

static void put_xapi(struct run *r, struct record *rec)
{
	const struct this_host *this = NULL;
	_cleanup_free_ char *uuid = NULL;
	struct xapi *x = NULL;
	struct err why = { 0 };
	int rc = facts_xapi(r->facts, &x, &why);

	record_bool(rec, H_XAPI, answers(r, rc));
	if (rc == 0)
		rc = facts_this_host(r->facts, &this, &why);
	if (rc == 0) {
		record_text(rec, H_UUID, this->uuid);
		record_text(rec, H_NAME, this->name);
		return;
	}
	tell(r, "XAPI", &why);
	put_inventory(r, rec, H_UUID, "INSTALLATION_UUID");
}

static void put_pciback(struct run *r, struct record *rec)
{
	enum tristate there = facts_pciback(r->facts);
	struct err why = { 0 };

	record_bool(rec, H_PCIBACK, there);
	if (there != TRI_NO)
		return;
	if (facts_hide_readable(r->facts, &why) == -EINVAL)
		strv_addf(&r->res->notes, "pciback is absent because its hide list cannot be read: %s (boot-lint shows where)", why.text);
	else
		strv_add(&r->res->notes, "pciback is absent: the driver xen-pciback is not in the dom0 kernel, or its module is not loaded");
}

/* ---- Xen ---------------------------------------------------------------------------------------------------- */

static void put_iommu(struct run *r, struct record *rec, struct xen *x)
{
	struct xen_physinfo info;
	_cleanup_free_ char *line = NULL;

	if (xen_physinfo(x, &info, NULL) < 0)
		return;
	record_bool(rec, H_IOMMU, info.cap_hvm_directio);
	if (info.cap_hvm_directio != TRI_NO)
		return;
	if (xen_command_line(x, &line, NULL) == 0 && facts_iommu_is_off(line))
		strv_add(&r->res->notes, "the IOMMU is off because Xen's command line says so: boot-param-delete target=xen key=iommu");
	else
		strv_add(&r->res->notes, "the IOMMU is off: switch it on in the BIOS setup (Intel: 'VT-d', often below CPU, chipset, "
					 "north bridge or system agent; AMD: 'IOMMU' or 'AMD-Vi', often below NBIO or AMD CBS; "
					 "virtualization of the CPU alone, VT-x or SVM, is not it)");
}

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* pCPUs that are there, and how many different sockets they have. */
static void put_cpus(struct record *rec, struct xen *x)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	_cleanup_free_ int *sockets = NULL;
	size_t n = 0, there = 0, different = 0;

	if (xen_cpus(x, &v, &n, NULL) < 0)
		return;
	sockets = xcalloc(n, sizeof(*sockets));
	for (size_t i = 0; i < n; i++)
		if (v[i].socket != XEN_UNKNOWN)
			sockets[there++] = v[i].socket;
	qsort(sockets, there, sizeof(*sockets), compare_ints);
	for (size_t i = 0; i < there; i++)
		different += !i || sockets[i] != sockets[i - 1];
	if (there)
		record_number(rec, H_SOCKETS, (long long)different);
}

static void put_nodes(struct run *r, struct record *rec)
{
	struct numa *numa = NULL;
	long long memory = 0;

	if (facts_numa(r->facts, &numa, NULL) < 0)
		return;
	record_number(rec, H_NODES, (long long)numa->n);
	record_number(rec, H_CPUS, cpumask_count(&numa->cpus));
	for (size_t i = 0; i < numa->n; i++) {
		if (numa->v[i].memory < 0)
			return;
		memory += numa->v[i].memory;
	}
	record_number(rec, H_MEMORY, memory);
}

static void put_domains(struct record *rec, struct xen *x)
{
	_cleanup_strv_ struct strv list = { 0 };
	struct xen_domain *v = NULL;
	size_t n = 0;

	if (xen_domains(x, &v, &n, NULL) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		strv_addf(&list, "%d %s", v[i].domid, v[i].name ? v[i].name : v[i].uuid);
	record_list(rec, H_DOMAINS, &list);
	xen_domains_free(v, n);
}

static void put_set(struct record *rec, unsigned field, const struct bdfset *set)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (size_t i = 0; i < set->n; i++)
		strv_add(&list, BDF_STR(set->v[i]));
	strv_sort(&list);
	record_list(rec, field, &list);
}

static void put_xen(struct run *r, struct record *rec)
{
	_cleanup_bdfset_ struct bdfset assignable = { 0 };
	_cleanup_free_ char *line = NULL, *version = NULL;
	struct xen *x = NULL;
	struct err why = { 0 };
	int rc = facts_xen(r->facts, &x, &why);

	if (facts_xen_version(r->facts, &version, NULL) == 0)
		record_text(rec, H_XEN_VERSION, version);
	if (rc < 0) {
		record_bool(rec, H_XEN, answers(r, rc));
		tell(r, "Xen", &why);
		return;
	}
	/* Opening connects to nothing: the first answer tells. */
	if (xen_assignable(x, &assignable, &why) == 0)
		put_set(rec, H_ASSIGNABLE, &assignable);
	record_bool(rec, H_XEN, why.code == 0 || why.code == ENODATA ? TRI_YES : TRI_NO);
	if (why.code && why.code != ENODATA)
		tell(r, "Xen", &why);
	put_iommu(r, rec, x);
	put_cpus(rec, x);
	put_domains(rec, x);
	if (xen_command_line(x, &line, NULL) == 0)
		record_text(rec, H_XEN_LINE, line);
}

/* ---- booting ------------------------------------------------------------------------------------------------ */

static void put_entry(struct run *r, struct record *rec)
{
	struct bootfile *b = NULL;
	struct err why = { 0 };
	int entry;

	if (facts_boot(r->facts, &b, &why) < 0) {
		tell(r, "boot file", &why);
		return;
	}
	bootplan_tell(r, b);
	entry = bootfile_next_entry(b);
	record_text(rec, H_BOOT_FILE, b->path);
	if (entry >= 0)
		record_text(rec, H_ENTRY, b->cfg.v[entry].title);
	record_textf(rec, H_ENTRY_SOURCE, "%s%s", b->cfg.def_why,
		     entry >= 0 && entry != b->cfg.def ? "; taken to be the normal one" : "");
}

static void put_boot(struct run *r, struct record *rec)
{
	const struct bdfset *set;
	_cleanup_strv_ struct strv changes = { 0 };
	const char *line = NULL;
	enum tristate pending = facts_reboot_pending(r->facts, &changes);

	put_entry(r, rec);
	if (facts_hidden_now(r->facts, &set, NULL) == 0)
		put_set(rec, H_HIDDEN_NOW, set);
	if (facts_hidden_next(r->facts, &set, NULL) == 0)
		put_set(rec, H_HIDDEN_NEXT, set);
	record_bool(rec, H_REBOOT, pending);
	if (pending != TRI_UNKNOWN)
		record_list(rec, H_CHANGES, &changes);
	if (facts_running_line(r->facts, GRUB_DOM0, &line, NULL) == 0)
		record_text(rec, H_DOM0_LINE, line);
}

/* ---- host-show ---------------------------------------------------------------------------------------------- */

static int run_host_show(struct run *r, struct err *err)
{
	struct record *rec = records_add(&r->res->records);
	struct pcidevs *set = NULL;
	struct err why = { 0 };

	put_xapi(r, rec);
	put_inventory(r, rec, H_BRAND, "PRODUCT_BRAND");
	put_inventory(r, rec, H_VERSION, "PRODUCT_VERSION");
	put_xen(r, rec);
	put_nodes(r, rec);
	put_pciback(r, rec);
	if (facts_pci(r->facts, &set, &why) == 0)
		record_number(rec, H_DEVICES, (long long)set->n);
	else
		tell(r, "PCI devices", &why);
	put_boot(r, rec);
	return 0;
}

const struct command cmd_host_show = {
	.name = "host-show",
	.summary = "this host: what it is, what it hides, and whether a reboot is pending",
	.flags = CMD_SHOW,
	.type = &host_type,
	.run = run_host_show,
};
