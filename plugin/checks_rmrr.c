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
 * RMRR_LOW		a region in the first MiB, where the BIOS of an HVM guest is; a PV guest has none: where a VM is given, its own
 *			type decides.
 * RMRR_BEHIND_BRIDGE	a region of a device whose DMA carries a bridge's requester id.  Xen's VT-d gives such a device to nobody,
 *			relaxed or not (-95, EOPNOTSUPP; since XSA-400, seen with 4.17), not even to its own quarantine: libxl
 *			then leaves it in pciback, and cannot give it back either.
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

/* One region of a device, as the checks ask about it. */
struct region {
	const struct reserved *r;
	char *where, *source;
	struct sharing sharing; /* where asked for; nobody's, of one that AMD's table has or that ends before it begins */
};

typedef void region_fn(struct asking *a, const char *device, const struct region *r);

static void each_region(struct asking *a, struct bdf bdf, bool with_sharing, region_fn *fn)
{
	_cleanup_(regions_done) struct regions regions = { 0 };

	if (!regions_of(a, bdf, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		const struct reserved *r = &regions.v[i];
		struct region one = { .r = r, .where = region_text(r), .source = region_source(r) };

		if (with_sharing && !is_ivmd(r) && !is_degenerate(r))
			sharing_of(a, r, bdf, &one.sharing);
		fn(a, BDF_STR(bdf), &one);
		strv_done(&one.sharing.partners);
		free(one.where);
		free(one.source);
	}
}

static bool is_plain(const struct region *r)
{
	return !is_ivmd(r->r) && !is_degenerate(r->r);
}

static void tell_shared(struct asking *a, const char *device, const struct region *r)
{
	_cleanup_free_ char *names = strv_join(&r->sharing.partners, ", "), *text = NULL;
	struct verdict v;

	if (!r->sharing.partners.n)
		return;
	v = verdict_of(a);
	text = xasprintf("%s shares reserved memory (RMRR %s) with %s: %s", device, r->where, names, v.text);
	check_found_as(a, v.severity, device, r->source, v.remedy, text);
}

static void check_shared(struct asking *a, struct bdf bdf)
{
	each_region(a, bdf, true, tell_shared);
}

static void tell_private(struct asking *a, const char *device, const struct region *r)
{
	if (is_plain(r) && !r->sharing.partners.n && !r->sharing.quirk)
		check_found(a, device, r->source, NULL,
			    "%s has reserved memory (RMRR %s) of its own: the VM gets it mapped, that much of its RAM moves up", device,
			    r->where);
}

static void check_private(struct asking *a, struct bdf bdf)
{
	each_region(a, bdf, true, tell_private);
}

static void tell_gen8(struct asking *a, const char *device, const struct region *r)
{
	if (r->sharing.quirk)
		check_found(a, device, "/sys/class/dmi/id: HP, Gen8", NULL,
			    "HP Gen8: this build of Xen leaves audio functions out of the reserved memory %s", r->where);
}

static void check_gen8(struct asking *a, struct bdf bdf)
{
	each_region(a, bdf, true, tell_gen8);
}

/* With a VM, it is known whether there is a BIOS in the way. */
static void tell_low(struct asking *a, const char *device, const struct region *r)
{
	static const char remedy[] = "another slot or another device; look for a BIOS setting of the card's boot ROM or legacy mode";
	const struct vm *vm = a->req->vm;
	_cleanup_free_ char *text = NULL;

	if (!is_plain(r) || r->r->base >= 1u << 20)
		return;
	if (!vm || vm->is_hvm == TRI_UNKNOWN)
		text = xasprintf("%s has reserved memory (RMRR %s) where an HVM guest has its BIOS: such a VM will not start; only PV could",
				 device, r->where);
	else if (vm->is_hvm == TRI_YES)
		text = xasprintf("%s has reserved memory (RMRR %s) where '%s', an HVM guest, has its BIOS: it will not start with this device",
				 device, r->where, vm->name);
	else
		text = xasprintf("%s has reserved memory (RMRR %s) below 1 MiB: '%s' is no HVM guest and has no BIOS there", device, r->where,
				 vm->name);
	check_found_as(a, vm && vm->is_hvm == TRI_NO ? SEV_INFO : SEV_WARN, device, r->source,
		       vm && vm->is_hvm == TRI_NO ? NULL : remedy, text);
}

static void check_low(struct asking *a, struct bdf bdf)
{
	each_region(a, bdf, false, tell_low);
}

static void tell_degenerate(struct asking *a, const char *device, const struct region *r)
{
	if (is_degenerate(r->r))
		check_found(a, device, r->source, "look for a BIOS update, and in Xen's log (xl dmesg) for what it made of it",
			    "the firmware reserves memory for %s that ends before it begins (%s)", device, r->where);
}

/* The bridge whose id the device's DMA carries; false: its own, or unknown, which is said elsewhere. */
static bool alias_bridge(struct asking *a, const struct bdfset *members, struct bdf *ret)
{
	for (size_t i = 0; i < members->n; i++) {
		const struct pcidev *dev = check_device(a, members->v[i]);

		if (!dev || !pcidev_is_bridge(dev))
			continue;
		*ret = dev->bdf;
		return true;
	}
	return false;
}

/* The regions of one member, said of the device that was asked about. */
static void say_behind(struct asking *a, struct bdf bdf, struct bdf member, struct bdf bridge)
{
	_cleanup_(regions_done) struct regions regions = { 0 };
	bool now = a->req->intent & CHECK_ASSIGN;

	if (!regions_of(a, member, &regions))
		return;
	for (size_t i = 0; i < regions.n; i++) {
		const struct reserved *r = &regions.v[i];
		_cleanup_free_ char *where = region_text(r), *source = region_source(r), *text = NULL;

		if (is_ivmd(r) || is_degenerate(r))
			continue;
		text = xasprintf("%s has reserved memory (RMRR %s) and stands behind %s, a bridge to PCI: "
				 "Xen gives such a device to no VM%s", BDF_STR(member), where, BDF_STR(bridge),
				 now ? ", and once dom0's driver is off it, only a reboot gives it back" :
				       ", relaxed or not (error -95)");
		check_found_as(a, now ? SEV_REFUSE : SEV_WARN, BDF_STR(bdf), source,
			       "a slot that is PCI Express down to the card, or another device; look for a BIOS setting "
			       "that drops the range", text);
	}
}

/* Regions of the rest of the group count where it goes along. */
static void check_behind(struct asking *a, struct bdf bdf)
{
	_cleanup_bdfset_ struct bdfset members = { 0 };
	const struct pcidev *dev = check_device(a, bdf);
	const char *source;
	struct bdf bridge;

	if (!dev || pcidev_is_bridge(dev) || facts_whole_alias_group(a->facts, dev, &members, &source, NULL) < 0 ||
	    !alias_bridge(a, &members, &bridge))
		return;
	for (size_t i = 0; i < members.n; i++)
		if (a->req->intent & CHECK_ALONG || bdf_eq(members.v[i], bdf))
			say_behind(a, bdf, members.v[i], bridge);
}

static void check_degenerate(struct asking *a, struct bdf bdf)
{
	each_region(a, bdf, false, tell_degenerate);
}

static void tell_ivmd(struct asking *a, const char *device, const struct region *r)
{
	if (is_ivmd(r->r) && !is_degenerate(r->r))
		check_found(a, device, r->source, NULL,
			    "%s has memory that AMD's firmware table maps one to one (IVMD %s); Xen does not refuse it for that", device,
			    r->where);
}

static void check_ivmd(struct asking *a, struct bdf bdf)
{
	each_region(a, bdf, false, tell_ivmd);
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
	{ "RMRR_SHARED", SEV_WARN, false, WHEN | CHECK_START, check_shared, NULL, .decides = true },
	{ "RMRR_LOW", SEV_WARN, false, WHEN | CHECK_START, check_low, NULL },
	{ "RMRR_BEHIND_BRIDGE", SEV_REFUSE, false, WHEN, check_behind, NULL },
	{ "RMRR_DEGENERATE", SEV_WARN, false, WHEN, check_degenerate, NULL },
	{ "RMRR_DISAGREES", SEV_WARN, false, WHEN, check_disagrees, NULL },
	{ "RMRR_GEN8", SEV_INFO, false, WHEN, check_gen8, NULL },
	{ "RMRR_PRIVATE", SEV_INFO, false, WHEN, check_private, NULL },
	{ "IVMD_REGION", SEV_INFO, false, WHEN, check_ivmd, NULL },
};
const struct check_table checks_rmrr = CHECK_TABLE(rows);
