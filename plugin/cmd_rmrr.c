/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_rmrr.c - memory that the firmware reserves for devices: what the ACPI table says, and what Xen adds to it. */

#include <stdio.h>

#include "plugin/commands.h"

enum {
	R_SEGMENT,
	R_BASE,
	R_LIMIT,
	R_SHARED,
	R_DEVICES,
	R_PAGES,
	R_BELOW_1M,
	R_KIND,
	R_SOURCE,
};

static const struct field rmrr_fields[] = {
	[R_SEGMENT] = { "segment", V_NUMBER, true, "PCI domain" },
	[R_BASE] = { "base", V_TEXT, true, "address of the first byte, hex", .hex = true },
	[R_LIMIT] = { "limit", V_TEXT, true, "address of the last byte, hex", .hex = true },
	[R_SHARED] = { "shared", V_BOOL, true, "named for more than one device: Xen refuses these unless relaxed (RMRR)" },
	[R_DEVICES] = { "devices", V_LIST, true, "one a scope of the table; a path that no bridge resolves is shown as it is" },
	[R_PAGES] = { "pages", V_NUMBER, false, "of 4 KiB" },
	[R_BELOW_1M] = { "below-1m", V_BOOL, false, "touches the first MiB, where a guest's BIOS is" },
	[R_KIND] = { "kind", V_TEXT, false, "RMRR (Intel) or IVMD (AMD)" },
	[R_SOURCE] = { "source", V_TEXT, false, "DMAR, RMAD or IVRS: the table; xen: not in the table, Xen says so" },
};
static const struct record_type rmrr_type = RECORD_TYPE("reserved region", rmrr_fields);

/* ---- the table -------------------------------------------------------------------------------------------- */

static void put_region(struct run *r, const struct dmar_region *region, const struct pcidevs *set)
{
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv devices = { 0 };

	for (size_t i = 0; i < region->n; i++)
		strv_add_take(&devices, dmar_scope_format(region, &region->v[i], set));
	record_number(rec, R_SEGMENT, region->segment);
	record_textf(rec, R_BASE, "0x%llx", (unsigned long long)region->base);
	record_textf(rec, R_LIMIT, "0x%llx", (unsigned long long)region->limit);
	record_bool(rec, R_SHARED, (enum tristate)dmar_is_shared(region));
	record_list(rec, R_DEVICES, &devices);
	record_number(rec, R_PAGES, (long long)dmar_pages(region));
	record_bool(rec, R_BELOW_1M, (enum tristate)dmar_below_1m(region));
	record_text(rec, R_KIND, dmar_kind_name(region->kind));
	record_text(rec, R_SOURCE, region->source);
}

static void put_table(struct run *r, const struct dmar *d, const struct pcidevs *set)
{
	for (size_t i = 0; i < d->n; i++)
		put_region(r, &d->v[i], set);
	if (d->bad_checksum)
		strv_add(&r->res->notes, "the table's checksum is wrong: the firmware is not careful, or bytes were changed");
	if (d->behind)
		strv_addf(&r->res->notes, "%zu bytes behind the end of the table are not part of it", d->behind);
}

static int put_file(struct run *r, const char *path, struct err *err)
{
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	_cleanup_(dmar_done) struct dmar d = { 0 };
	struct pcidevs *set = NULL;
	int rc = host_read_local(path, DMAR_SIZE_MAX, &bytes, err);

	if (rc < 0)
		return rc;
	rc = dmar_decode(strbuf_str(&bytes), bytes.len, &d, err);
	if (rc < 0)
		return err_wrap(err, "'%s'", path);
	/* A recording's bridges are those of its table; this machine's have nothing to do with a file that somebody sent. */
	if (!host_is_live(facts_host(r->facts)))
		facts_pci(r->facts, &set, NULL);
	put_table(r, &d, set);
	return 0;
}

/* ---- Xen ---------------------------------------------------------------------------------------------------- */

static bool in_table(const struct dmar *d, const struct xen_rdm *rdm)
{
	for (size_t i = 0; d && i < d->n; i++)
		if (d->v[i].base >> 12 == rdm->start_pfn && dmar_pages(&d->v[i]) == rdm->nr_pages)
			return true;
	return false;
}

static bool has_region(const struct xen_rdm *v, size_t n, const struct xen_rdm *one)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].start_pfn == one->start_pfn && v[i].nr_pages == one->nr_pages)
			return true;
	return false;
}

static bool holds_for(struct xen *x, struct bdf bdf, const struct xen_rdm *rdm)
{
	_cleanup_free_ struct xen_rdm *v = NULL;
	size_t n = 0;

	return xen_reserved_memory(x, &bdf, &v, &n, NULL) == 0 && has_region(v, n, rdm);
}

static void put_xen_region(struct run *r, struct xen *x, const struct xen_rdm *rdm, const struct pcidevs *set)
{
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv devices = { 0 };
	uint64_t base = rdm->start_pfn << 12;

	for (size_t i = 0; set && i < set->n; i++)
		if (holds_for(x, set->v[i].bdf, rdm))
			strv_add(&devices, BDF_STR(set->v[i].bdf));
	record_textf(rec, R_BASE, "0x%llx", (unsigned long long)base);
	record_textf(rec, R_LIMIT, "0x%llx", (unsigned long long)(base + (rdm->nr_pages << 12) - 1));
	/* Xen names devices only by answering for each: one that is not there is not counted. */
	if (devices.n) {
		struct bdf first;

		bdf_parse(devices.v[0], &first);
		record_number(rec, R_SEGMENT, first.domain);
		record_bool(rec, R_SHARED, (enum tristate)(devices.n > 1));
		record_list(rec, R_DEVICES, &devices);
	}
	record_number(rec, R_PAGES, (long long)MIN(rdm->nr_pages, (uint64_t)INT64_MAX));
	record_bool(rec, R_BELOW_1M, (enum tristate)(base < 1u << 20));
	record_text(rec, R_KIND, dmar_kind_name(DMAR_RMRR));
	record_text(rec, R_SOURCE, "xen");
}

/* What Xen reserves beyond the table (its rmrr= option adds regions), or all of it where the table is unknown. */
static int put_xen(struct run *r, const struct dmar *d, struct err *err)
{
	_cleanup_free_ struct xen_rdm *all = NULL;
	struct pcidevs *set = NULL;
	struct xen *x = NULL;
	size_t n = 0;
	int rc = facts_xen(r->facts, &x, err);

	if (rc == 0)
		rc = xen_reserved_memory(x, NULL, &all, &n, err);
	if (rc < 0)
		return rc;
	facts_pci(r->facts, &set, NULL);
	for (size_t i = 0; i < n; i++)
		if (!in_table(d, &all[i]) && !has_region(all, i, &all[i]))
			put_xen_region(r, x, &all[i], set);
	return 0;
}

/* ---- rmrr-list -------------------------------------------------------------------------------------------- */

static int run_rmrr_list(struct run *r, struct err *err)
{
	const char *path = args_get(r->args, "table");
	struct pcidevs *set = NULL;
	struct dmar *d = NULL;
	struct err why = { 0 };
	int rc;

	if (path)
		return put_file(r, path, err);
	rc = facts_dmar(r->facts, &d, &why);
	if (rc == 0) {
		facts_pci(r->facts, &set, NULL);
		put_table(r, d, set);
		put_xen(r, d, NULL);
		return 0;
	}
	if (rc == -ENODATA && put_xen(r, NULL, NULL) == 0) {
		strv_addf(&r->res->notes, "%s; what is shown is what Xen says", why.text);
		return 0;
	}
	*err = why;
	return rc;
}

static const struct param rmrr_params[] = {
	{ "table", "FILE", P_LOCAL_FILE, "an ACPI table DMAR, RMAD or IVRS, as the firmware has it, instead of the host's" },
	{ 0 },
};

const struct command cmd_rmrr_list = {
	.name = "rmrr-list",
	.summary = "memory that the firmware reserves for devices",
	.params = rmrr_params,
	.flags = CMD_LIST,
	.type = &rmrr_type,
	.minimal = "base",
	.run = run_rmrr_list,
};
