/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_rmrr.c - memory that the firmware reserves for a device, and who refuses the device for it; see checks.h.
 *
 * Regions come from the ACPI table (dmar.h) and from Xen (xen_reserved_memory(); rmrr= on its command line adds some).  Facts F4, F9
 * and D4, and the rig's table (facts/xen-rig.md, RMRR):
 *
 * RMRR_SHARED		a region of more than one device.  Xen answers EPERM unless told "relaxed".  xl: rdm_policy=relaxed.  XAPI of 8.2
 *			has no such word: refused.  XAPI of 8.3 has it, but quarantines first without, so that it is expected to
 *			fail unless xenopsd.conf has pci-quarantine=false; read in the sources, not run.
 * RMRR_LOW		a region in the first MiB, where the BIOS of an HVM guest is; a PV guest has none.
 * RMRR_DEGENERATE	a region that ends before it begins.
 * RMRR_DISAGREES	Xen and the table differ about the device.
 * RMRR_GEN8		HP ProLiant Gen8: Xen of XenServer and XCP-ng leaves audio functions other than 0 out of these regions.
 * RMRR_PRIVATE		a region of this device alone: no obstacle.
 * IVMD_REGION		AMD's like of it: mapped one to one, never refused for being shared.
 * RMRR_UNKNOWN		neither table nor Xen can be asked, or a path of the table leads nowhere.
 */

#include "cmdline/irqbudget.h"
#include "plugin/checks_private.h"

#define CONF "/etc/xenopsd.conf"
#define CONF_DIR "/etc/xenopsd.conf.d"
#define CONF_MAX (1u << 20)
#define AUDIO 0x0403u

/* ---- regions of a device -------------------------------------------------------------------------------------- */

struct reserved {
	const struct dmar_region *table; /* NULL: not in the table */
	uint64_t base, pages;
	bool in_xen;
};

struct regions {
	struct reserved *v;
	size_t n;
	bool table_known, xen_known, unresolved;
	struct err why; /* of the table */
};

static void regions_done(struct regions *r)
{
	free(r->v);
}

static void add_region(struct regions *r, struct reserved one)
{
	ARRAY_GROW(r->v, r->n);
	r->v[r->n++] = one;
}

static void table_regions(struct asking *a, struct bdf bdf, struct regions *ret)
{
	struct pcidevs *set = NULL;
	struct dmar *d = NULL;

	facts_pci(a->facts, &set, NULL);
	ret->table_known = facts_dmar(a->facts, &d, &ret->why) == 0;
	for (size_t i = 0; ret->table_known && i < d->n; i++) {
		enum tristate covers = dmar_covers(&d->v[i], set, bdf);

		if (covers == TRI_YES)
			add_region(ret, (struct reserved){ .table = &d->v[i], .base = d->v[i].base & ~0xfffull,
							   .pages = dmar_pages(&d->v[i]) });
		else if (covers == TRI_UNKNOWN)
			ret->unresolved = true;
	}
}

static void xen_regions(struct asking *a, struct bdf bdf, struct regions *ret)
{
	_cleanup_free_ struct xen_rdm *v = NULL;
	struct xen *x = NULL;
	size_t n = 0;

	ret->xen_known = facts_xen(a->facts, &x, NULL) == 0 && xen_reserved_memory(x, &bdf, &v, &n, NULL) == 0;
	for (size_t i = 0; ret->xen_known && i < n; i++) {
		bool found = false;

		for (size_t j = 0; j < ret->n; j++)
			if (ret->v[j].base >> 12 == v[i].start_pfn && ret->v[j].pages == v[i].nr_pages)
				ret->v[j].in_xen = found = true;
		if (!found)
			add_region(ret, (struct reserved){ .base = v[i].start_pfn << 12, .pages = v[i].nr_pages, .in_xen = true });
	}
}

/* False: nothing is known of the device itself, which is said elsewhere. */
static bool regions_of(struct asking *a, struct bdf bdf, struct regions *ret)
{
	const struct pcidev *dev = check_device(a, bdf);

	if (!dev || pcidev_is_bridge(dev))
		return false;
	table_regions(a, bdf, ret);
	xen_regions(a, bdf, ret);
	return true;
}

static bool is_ivmd(const struct reserved *r)
{
	return r->table && r->table->kind == DMAR_IVMD;
}

static bool is_degenerate(const struct reserved *r)
{
	return r->table && r->table->limit < r->table->base;
}

static char *region_text(const struct reserved *r)
{
	if (is_degenerate(r))
		return xasprintf("%#llx-%#llx", (unsigned long long)r->table->base, (unsigned long long)r->table->limit);
	return xasprintf("%#llx-%#llx", (unsigned long long)r->base, (unsigned long long)(r->base + (r->pages << 12) - 1));
}

static char *region_source(const struct reserved *r)
{
	if (!r->table)
		return xstrdup("Xen says so; it is not in the ACPI table");
	return xasprintf("ACPI table %s%s", r->table->source, r->in_xen ? ", and Xen" : "");
}

/* ---- HP Gen8 (facts F9) ------------------------------------------------------------------------------------------ */

static bool is_xenserver(struct facts *f)
{
	return irqbudget_default(facts_brand(f)) != 0;
}

static bool is_gen8(struct asking *a)
{
	_cleanup_free_ char *vendor = NULL, *product = NULL;
	struct host *h = facts_host(a->facts);

	return host_read_line(h, "/sys/class/dmi/id/sys_vendor", &vendor, NULL) == 0 &&
	       host_read_line(h, "/sys/class/dmi/id/product_name", &product, NULL) == 0 && streq(vendor, "HP") &&
	       strstr(product, "Gen8");
}

static bool is_left_out(const struct pcidev *dev)
{
	return dev && dev->class >> 8 == AUDIO && dev->bdf.fn;
}

/* ---- shared or not ----------------------------------------------------------------------------------------------- */

struct sharing {
	struct strv partners; /* as text: a path may lead nowhere */
	bool quirk;	      /* Gen8: somebody was left out */
};

static void table_partners(struct asking *a, const struct dmar_region *r, struct bdf bdf, struct sharing *ret)
{
	struct pcidevs *set = NULL;
	bool own = false;

	facts_pci(a->facts, &set, NULL);
	for (size_t i = 0; i < r->n; i++) {
		struct bdf other;
		bool resolved = dmar_resolve(r, &r->v[i], set, &other);

		if (resolved && bdf_eq(other, bdf) && !own) {
			own = true;
			continue;
		}
		if (resolved && is_left_out(check_device(a, other)) && is_xenserver(a->facts) && is_gen8(a)) {
			ret->quirk = true;
			continue;
		}
		strv_add_take(&ret->partners, dmar_scope_format(r, &r->v[i], set));
	}
}

/* Xen names devices only by answering for each. */
static void xen_partners(struct asking *a, const struct reserved *r, struct bdf bdf, struct sharing *ret)
{
	struct pcidevs *set = NULL;
	struct xen *x = NULL;

	if (facts_pci(a->facts, &set, NULL) < 0 || facts_xen(a->facts, &x, NULL) < 0)
		return;
	for (size_t i = 0; i < set->n; i++) {
		_cleanup_free_ struct xen_rdm *v = NULL;
		size_t n = 0;

		if (bdf_eq(set->v[i].bdf, bdf) || xen_reserved_memory(x, &set->v[i].bdf, &v, &n, NULL) < 0)
			continue;
		for (size_t j = 0; j < n; j++)
			if (v[j].start_pfn == r->base >> 12 && v[j].nr_pages == r->pages) {
				strv_add(&ret->partners, BDF_STR(set->v[i].bdf));
				break;
			}
	}
}

static void sharing_of(struct asking *a, const struct reserved *r, struct bdf bdf, struct sharing *ret)
{
	if (!r->table) {
		xen_partners(a, r, bdf, ret);
		return;
	}
	if (is_left_out(check_device(a, bdf)) && is_xenserver(a->facts) && is_gen8(a)) {
		ret->quirk = true;
		return;
	}
	/* More than one scope counts, even where two are one device: so does Xen. */
	if (dmar_is_shared(r->table))
		table_partners(a, r->table, bdf, ret);
}

/* ---- what the toolstack makes of it ---------------------------------------------------------------------------------- */

/* pci-quarantine of one file of xenopsd's; the last line counts. */
static void read_quarantine(struct host *h, const char *path, bool *ret)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };

	if (host_read(h, path, CONF_MAX, &text, NULL) < 0)
		return;
	strv_split(&lines, strbuf_str(&text), '\n');
	for (size_t i = 0; i < lines.n; i++) {
		const char *s = lines.v[i] + strspn(lines.v[i], " \t"), *value = str_after(s, "pci-quarantine");

		if (!value)
			continue;
		value += strspn(value, " \t");
		if (*value++ == '=')
			*ret = !str_after(value + strspn(value, " \t"), "false");
	}
}

/* xenopsd quarantines unless it is told not to. */
static bool quarantines(struct host *h)
{
	_cleanup_strv_ struct strv names = { 0 };
	bool yes = true;

	read_quarantine(h, CONF, &yes);
	if (host_list(h, CONF_DIR, &names, NULL) < 0)
		return yes;
	for (size_t i = 0; i < names.n; i++) {
		_cleanup_free_ char *path = xasprintf(CONF_DIR "/%s", names.v[i]);

		read_quarantine(h, path, &yes);
	}
	return yes;
}

struct verdict {
	enum severity severity;
	const char *text, *remedy;
};

static struct verdict verdict_of(struct asking *a)
{
	struct host *h = facts_host(a->facts);
	_cleanup_free_ char *version = NULL;

	if (!is_xenserver(a->facts))
		return (struct verdict){ SEV_WARN, "Xen refuses it (EPERM) to xl unless the VM's configuration has rdm_policy=relaxed",
					 "relaxed is a risk: what the others do to that memory reaches the VM, and the other way round" };
	net_inventory_get(h, "PRODUCT_VERSION", &version, NULL);
	if (!version)
		return (struct verdict){ SEV_UNKNOWN, "what XAPI makes of that depends on its version, which the inventory does not tell",
					 "record the host with its /etc/xensource-inventory" };
	if (str_after(version, "8.2") || strcmp(version, "8.2") < 0)
		return (struct verdict){ SEV_REFUSE, "Xen refuses it (EPERM) to XAPI of this version when the VM starts",
					 "another slot or another device; XCP-ng 8.3 has a way" };
	if (quarantines(h))
		return (struct verdict){ SEV_WARN, "XAPI of 8.3 is expected to fail with EPERM when the VM starts (so its sources say; it was not tried)",
					 "pci-quarantine=false in a file of " CONF_DIR ", then restart the toolstack; or another slot" };
	return (struct verdict){ SEV_INFO, "pci-quarantine=false in xenopsd's configuration lets it pass", NULL };
}

/* ---- checks --------------------------------------------------------------------------------------------------------- */

static void check_shared(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		const struct reserved *r = &regions.v[i];
		_cleanup_free_ char *where = region_text(r), *source = region_source(r), *names = NULL, *text = NULL;
		struct sharing s = { 0 };
		struct verdict v;

		if (is_ivmd(r) || is_degenerate(r))
			continue;
		sharing_of(a, r, bdf, &s);
		if (s.partners.n) {
			names = strv_join(&s.partners, ", ");
			v = verdict_of(a);
			text = xasprintf("%s shares reserved memory (RMRR %s) with %s: %s", BDF_STR(bdf), where, names, v.text);
			check_found_as(a, v.severity, BDF_STR(bdf), source, v.remedy, text);
		}
		strv_done(&s.partners);
	}
}

static void check_private(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		const struct reserved *r = &regions.v[i];
		_cleanup_free_ char *where = region_text(r), *source = region_source(r);
		struct sharing s = { 0 };

		if (is_ivmd(r) || is_degenerate(r))
			continue;
		sharing_of(a, r, bdf, &s);
		if (!s.partners.n && !s.quirk)
			check_found(a, BDF_STR(bdf), source, NULL,
				    "%s has reserved memory (RMRR %s) of its own: the VM gets it mapped, that much of its RAM moves up",
				    BDF_STR(bdf), where);
		strv_done(&s.partners);
	}
}

static void check_gen8(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		_cleanup_free_ char *where = region_text(&regions.v[i]);
		struct sharing s = { 0 };

		if (is_ivmd(&regions.v[i]) || is_degenerate(&regions.v[i]))
			continue;
		sharing_of(a, &regions.v[i], bdf, &s);
		if (s.quirk)
			check_found(a, BDF_STR(bdf), "/sys/class/dmi/id: HP, Gen8", NULL,
				    "HP Gen8: this build of Xen leaves audio functions out of the reserved memory %s", where);
		strv_done(&s.partners);
	}
}

static void check_low(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		const struct reserved *r = &regions.v[i];
		_cleanup_free_ char *where = region_text(r), *source = region_source(r);

		if (!is_ivmd(r) && !is_degenerate(r) && r->base < 1u << 20)
			check_found(a, BDF_STR(bdf), source, "another slot or another device; look for a BIOS setting of the card's boot ROM or legacy mode",
				    "%s has reserved memory (RMRR %s) where an HVM guest has its BIOS: such a VM will not start; only PV could",
				    BDF_STR(bdf), where);
	}
}

static void check_degenerate(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		_cleanup_free_ char *where = region_text(&regions.v[i]), *source = region_source(&regions.v[i]);

		if (is_degenerate(&regions.v[i]))
			check_found(a, BDF_STR(bdf), source, "look for a BIOS update, and in Xen's log (xl dmesg) for what it made of it",
				    "the firmware reserves memory for %s that ends before it begins (%s)", BDF_STR(bdf), where);
	}
}

static void check_ivmd(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		_cleanup_free_ char *where = region_text(&regions.v[i]), *source = region_source(&regions.v[i]);

		if (is_ivmd(&regions.v[i]) && !is_degenerate(&regions.v[i]))
			check_found(a, BDF_STR(bdf), source, NULL,
				    "%s has memory that AMD's firmware table maps one to one (IVMD %s); Xen does not refuse it for that",
				    BDF_STR(bdf), where);
	}
}

/* Both were asked, and differ: an option of Xen's, a quirk, or a bridge that was renumbered since. */
static void check_disagrees(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };
	const char *line = NULL;
	bool option;

	if (!regions_of(a, bdf, &regions) || !regions.table_known || !regions.xen_known || regions.unresolved)
		return;
	if (is_left_out(check_device(a, bdf)) && is_gen8(a))
		return;
	option = facts_running_line(a->facts, GRUB_XEN, &line, NULL) == 0 && strstr(line, "rmrr=");
	for (size_t i = 0; i < regions.n; i++) {
		const struct reserved *r = &regions.v[i];
		_cleanup_free_ char *where = region_text(r), *text = NULL;

		if (is_ivmd(r) || is_degenerate(r) || (r->table && r->in_xen))
			continue;
		text = xasprintf(r->table ? "the ACPI table reserves %s for %s, and Xen does not" :
					    "Xen reserves %s for %s, and the ACPI table does not", where, BDF_STR(bdf));
		check_found_as(a, !r->table && option ? SEV_INFO : SEV_WARN, BDF_STR(bdf),
			       option ? "rmrr= stands on Xen's command line" : "rmrr-list; Xen's answer for the device",
			       "Xen's word decides when a VM starts; xl dmesg after a boot with iommu=verbose shows what it read", text);
	}
}

static void check_rmrr_unknown(struct asking *a, struct bdf bdf)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions) || regions.xen_known)
		return;
	if (!regions.table_known)
		check_unknown(a, BDF_STR(bdf), "whether the firmware reserves memory for the device (RMRR)", regions.why.text,
			      "run rmrr-list on the running host: Xen refuses a device whose region is shared");
	else if (regions.unresolved)
		check_unknown(a, BDF_STR(bdf), "whether the firmware reserves memory for the device (RMRR)",
			      "a path of the ACPI table leads to no bridge that is there", "look on the running host: rmrr-list");
}

/* ---- the table ---------------------------------------------------------------------------------------------------------- */

#define WHEN (CHECK_HIDE | CHECK_ATTACH)

static const struct check rows[] = {
	{ "RMRR_UNKNOWN", SEV_UNKNOWN, false, WHEN, check_rmrr_unknown, NULL },
	{ "RMRR_SHARED", SEV_WARN, false, WHEN | CHECK_START, check_shared, NULL },
	{ "RMRR_LOW", SEV_WARN, false, WHEN | CHECK_START, check_low, NULL },
	{ "RMRR_DEGENERATE", SEV_WARN, false, WHEN, check_degenerate, NULL },
	{ "RMRR_DISAGREES", SEV_WARN, false, WHEN, check_disagrees, NULL },
	{ "RMRR_GEN8", SEV_INFO, false, WHEN, check_gen8, NULL },
	{ "RMRR_PRIVATE", SEV_INFO, false, WHEN, check_private, NULL },
	{ "IVMD_REGION", SEV_INFO, false, WHEN, check_ivmd, NULL },
};
const struct check_table checks_rmrr = CHECK_TABLE(rows);
