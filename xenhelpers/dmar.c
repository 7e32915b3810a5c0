/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dmar.c - see dmar.h */

#include <stdio.h>
#include <pci/pci.h>

#include "dmar.h"

#define HEADER 48 /* of both tables: ACPI's 36 bytes and 12 of their own */

enum { RMRR_TYPE = 1, RMRR_FIXED = 24, SCOPE_FIXED = 6, SCOPE_BRIDGE = 2, IVMD_SIZE = 32 };
enum { IVHD_10 = 0x10, IVHD_11 = 0x11, IVHD_40 = 0x40, ENTRY_END = 4, ENTRY_ALIAS = 66, ENTRY_ALIAS_RANGE = 67, ENTRY_ACPI = 240 };
enum { IVMD_ALL = 0x20, IVMD_ONE = 0x21, IVMD_RANGE = 0x22 };

/* The table being read; offsets count from its first byte. */
struct table {
	const uint8_t *p;
	size_t size; /* as its header says, and not more than there is */
	char name[5];
};

static uint16_t le16(const struct table *t, size_t off)
{
	return (uint16_t)(t->p[off] | t->p[off + 1] << 8);
}

static uint32_t le32(const struct table *t, size_t off)
{
	return le16(t, off) | (uint32_t)le16(t, off + 2) << 16;
}

static uint64_t le64(const struct table *t, size_t off)
{
	return le32(t, off) | (uint64_t)le32(t, off + 4) << 32;
}

static int broken(const struct table *t, size_t off, const char *what, size_t claims, size_t left, struct err *err)
{
	return err_set(err, EINVAL, "the %s table is broken or cut off at byte %zu (0x%zx): %s of %zu bytes, where %zu are left",
		       t->name, off, off, what, claims, left);
}

static void region_done(struct dmar_region *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->v[i].hops);
	free(r->v);
}

/* Forget all regions behind the first n, and all aliases behind the first n_aliases. */
static void keep(struct dmar *d, size_t n, size_t n_aliases)
{
	while (d->n > n)
		region_done(&d->v[--d->n]);
	d->n_aliases = n_aliases;
}

void dmar_done(struct dmar *d)
{
	keep(d, 0, 0);
	free(d->v);
	free(d->aliases);
	*d = (struct dmar){ 0 };
}

const char *dmar_kind_name(enum dmar_kind kind)
{
	return kind == DMAR_RMRR ? "RMRR" : "IVMD";
}

static struct dmar_region *add_region(struct dmar *d, const struct table *t, enum dmar_kind kind)
{
	struct dmar_region *r;

	ARRAY_GROW(d->v, d->n);
	r = &d->v[d->n++];
	*r = (struct dmar_region){ .kind = kind };
	memcpy(r->source, t->name, sizeof(r->source));
	return r;
}

static struct dmar_scope *add_scope(struct dmar_region *r, enum dmar_scope_kind kind)
{
	ARRAY_GROW(r->v, r->n);
	r->v[r->n] = (struct dmar_scope){ .kind = kind };
	return &r->v[r->n++];
}

/* ---- Intel ------------------------------------------------------------------------------------------ */

static int decode_scope(const struct table *t, size_t off, size_t left, struct dmar_region *r, size_t *len, struct err *err)
{
	struct dmar_scope *s;

	if (left < SCOPE_FIXED)
		return broken(t, off, "a device scope", SCOPE_FIXED + sizeof(s->hops[0]), left, err);
	*len = t->p[off + 1];
	/* A scope without a path names nothing; one of its own length 0 would never end. */
	if (*len < SCOPE_FIXED + sizeof(s->hops[0]) || *len > left)
		return broken(t, off, "a device scope", *len, left, err);
	s = add_scope(r, DMAR_PATH);
	s->type = t->p[off];
	s->id = t->p[off + 4];
	s->bus = t->p[off + 5];
	s->n_hops = (*len - SCOPE_FIXED) / 2;
	s->hops = xcalloc(s->n_hops, sizeof(*s->hops));
	for (size_t i = 0; i < s->n_hops; i++)
		s->hops[i] = (struct dmar_hop){ t->p[off + SCOPE_FIXED + 2 * i], t->p[off + SCOPE_FIXED + 2 * i + 1] };
	return 0;
}

static int decode_rmrr(const struct table *t, size_t off, size_t len, struct dmar *d, struct err *err)
{
	struct dmar_region *r;
	size_t step = 0;

	if (len < RMRR_FIXED)
		return broken(t, off, "an RMRR", len, t->size - off, err);
	r = add_region(d, t, DMAR_RMRR);
	r->segment = le16(t, off + 6);
	r->base = le64(t, off + 8);
	r->limit = le64(t, off + 16);
	for (size_t at = RMRR_FIXED; at < len; at += step) {
		int rc = decode_scope(t, off + at, len - at, r, &step, err);

		if (rc < 0)
			return rc;
	}
	return 0;
}

static int decode_intel(const struct table *t, struct dmar *d, struct err *err)
{
	size_t len;

	for (size_t off = HEADER; off < t->size; off += len) {
		size_t left = t->size - off;
		int rc = 0;

		if (left < 4)
			return broken(t, off, "a structure", 4, left, err);
		len = le16(t, off + 2);
		if (len < 4 || len > left)
			return broken(t, off, "a structure", len, left, err);
		if (le16(t, off) == RMRR_TYPE)
			rc = decode_rmrr(t, off, len, d, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ---- AMD ---------------------------------------------------------------------------------------------- */

static int decode_ivmd(const struct table *t, size_t off, size_t len, struct dmar *d, struct err *err)
{
	uint64_t size;
	struct dmar_region *r;
	struct dmar_scope *s;

	if (len < IVMD_SIZE)
		return broken(t, off, "an IVMD block", len, t->size - off, err);
	r = add_region(d, t, DMAR_IVMD);
	r->segment = le16(t, off + 8);
	r->flags = t->p[off + 1];
	r->base = le64(t, off + 16);
	size = le64(t, off + 24);
	/* An empty one, or one that wraps around, has its end before its begin: degenerate, as in Intel's table. */
	r->limit = size ? r->base + (size - 1) : r->base - 1;
	s = add_scope(r, t->p[off] == IVMD_ALL ? DMAR_ALL : DMAR_RANGE);
	s->type = t->p[off];
	if (s->kind == DMAR_RANGE) {
		s->first = le16(t, off + 4);
		s->last = t->p[off] == IVMD_RANGE ? le16(t, off + 6) : s->first;
	}
	return 0;
}

/* Length of a device entry: by the two highest bits of its type, or, of one with an ACPI name, by the length of its text; 0 unknown. */
static size_t entry_length(const struct table *t, size_t off, size_t left)
{
	uint8_t type = t->p[off];

	if (type < 0x40)
		return 4;
	if (type < 0x80)
		return 8;
	if (type == ENTRY_ACPI)
		return left < 22 ? 22 : 22u + t->p[off + 21];
	return type < 0xc0 ? 16 : type < ENTRY_ACPI ? 32 : 0;
}

static void add_alias(struct dmar *d, struct dmar_alias one)
{
	ARRAY_GROW(d->aliases, d->n_aliases);
	d->aliases[d->n_aliases++] = one;
}

/* What an IVHD block says of aliases; all else is about the IOMMU itself. */
static int decode_ivhd(const struct table *t, size_t off, size_t len, struct dmar *d, struct err *err)
{
	size_t fixed = t->p[off] == IVHD_10 ? 24 : 40, step;
	struct dmar_alias range = { 0 };
	bool in_range = false;

	if (len < fixed)
		return broken(t, off, "an IVHD block", len, t->size - off, err);
	for (size_t at = off + fixed; at < off + len; at += step) {
		size_t left = off + len - at;
		uint16_t id;

		step = entry_length(t, at, left);
		if (!step || step > left)
			return broken(t, at, "a device entry", step, left, err);
		id = le16(t, at + 1);
		if (in_range && t->p[at] == ENTRY_END && id >= range.first) {
			range.last = id;
			add_alias(d, range);
		}
		in_range = t->p[at] == ENTRY_ALIAS_RANGE;
		if (in_range || t->p[at] == ENTRY_ALIAS)
			range = (struct dmar_alias){ le16(t, off + 16), id, id, le16(t, at + 5) };
		if (t->p[at] == ENTRY_ALIAS)
			add_alias(d, range);
	}
	return 0;
}

static int decode_amd(const struct table *t, struct dmar *d, struct err *err)
{
	size_t len;

	for (size_t off = HEADER; off < t->size; off += len) {
		size_t left = t->size - off;
		int rc = 0;

		if (left < 4)
			return broken(t, off, "a block", 4, left, err);
		len = le16(t, off + 2);
		if (len < 4 || len > left)
			return broken(t, off, "a block", len, left, err);
		if (t->p[off] >= IVMD_ALL && t->p[off] <= IVMD_RANGE)
			rc = decode_ivmd(t, off, len, d, err);
		else if (t->p[off] == IVHD_10 || t->p[off] == IVHD_11 || t->p[off] == IVHD_40)
			rc = decode_ivhd(t, off, len, d, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ---- both --------------------------------------------------------------------------------------------- */

static bool is_summed_up(const struct table *t)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < t->size; i++)
		sum = (uint8_t)(sum + t->p[i]);
	return !sum;
}

int dmar_decode(const void *bytes, size_t size, struct dmar *ret, struct err *err)
{
	struct table t = { .p = bytes };
	size_t before = ret->n, aliases = ret->n_aliases;
	bool amd;
	int rc;

	if (size < 8)
		return err_set(err, EINVAL, "this is no ACPI table: it has %zu bytes", size);
	memcpy(t.name, t.p, 4);
	amd = streq(t.name, "IVRS");
	if (!amd && !streq(t.name, "DMAR") && !streq(t.name, "RMAD"))
		return err_set(err, EINVAL, "this table is none of DMAR, RMAD and IVRS: it begins with '%s'", t.name);
	t.size = le32(&t, 4);
	if (t.size < HEADER || t.size > size)
		return broken(&t, 4, "a table", t.size, size, err);
	rc = amd ? decode_amd(&t, ret, err) : decode_intel(&t, ret, err);
	if (rc < 0) {
		keep(ret, before, aliases);
		return rc;
	}
	ret->amd |= amd;
	ret->bad_checksum |= !is_summed_up(&t);
	ret->behind += size - t.size;
	return 0;
}

/* 1 read, 0 there is no such table. */
static int read_table(struct host *h, const char *name, struct dmar *ret, struct err *err)
{
	_cleanup_free_ char *path = xasprintf(DMAR_TABLES "/%s", name);
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	int rc = host_read(h, path, DMAR_SIZE_MAX, &bytes, err);

	if (rc == -ENOENT)
		return 0;
	if (rc == 0)
		rc = dmar_decode(strbuf_str(&bytes), bytes.len, ret, err);
	return rc < 0 ? err_wrap(err, "'%s' of %s", path, host_name(h)) : 1;
}

int dmar_read(struct host *h, struct dmar *ret, struct err *err)
{
	struct dmar d = { 0 };
	_cleanup_strv_ struct strv names = { 0 };
	struct err why = { 0 };
	int rc = host_list(h, DMAR_TABLES, &names, &why);

	if (rc < 0) {
		err_set(err, ENODATA, "the ACPI tables of %s are unknown: %s", host_name(h), why.text);
		return err_hint(err, "dom0 shows them in '" DMAR_TABLES "' to root only");
	}
	rc = read_table(h, "DMAR", &d, err);
	if (rc == 0)
		rc = read_table(h, "RMAD", &d, err);
	if (rc >= 0)
		rc = read_table(h, "IVRS", &d, err);
	if (rc < 0) {
		dmar_done(&d);
		return rc;
	}
	*ret = d;
	return 0;
}

/* ---- questions ---------------------------------------------------------------------------------------- */

uint64_t dmar_pages(const struct dmar_region *r)
{
	return r->limit < r->base ? 0 : (r->limit >> 12) - (r->base >> 12) + 1;
}

bool dmar_below_1m(const struct dmar_region *r)
{
	return r->base < (1u << 20);
}

bool dmar_is_shared(const struct dmar_region *r)
{
	return r->n > 1 || (r->n && (r->v[0].kind == DMAR_ALL || r->v[0].first != r->v[0].last));
}

/* The bus behind a bridge, as it is numbered now. */
static bool bus_behind(const struct pcidevs *set, struct bdf bridge, uint8_t *ret)
{
	const struct pcidev *dev = pcidevs_find(set, bridge);
	uint32_t bus;

	/* A bridge that has no bus of its own yet, or numbers it below itself, leads nowhere (and never in a circle). */
	if (!dev || dev->header != PCI_HEADER_TYPE_BRIDGE || !pcidev_config_read(set, dev, PCI_SECONDARY_BUS, 1, &bus) ||
	    bus <= bridge.bus)
		return false;
	*ret = (uint8_t)bus;
	return true;
}

bool dmar_resolve(const struct dmar_region *r, const struct dmar_scope *s, const struct pcidevs *set, struct bdf *ret)
{
	struct bdf bdf = { .domain = r->segment, .bus = s->bus };

	if (s->kind != DMAR_PATH)
		return false;
	for (size_t i = 0; i < s->n_hops; i++) {
		if (s->hops[i].dev > 31 || s->hops[i].fn > 7)
			return false;
		bdf.dev = s->hops[i].dev;
		bdf.fn = s->hops[i].fn;
		if (i + 1 < s->n_hops && (!set || !bus_behind(set, bdf, &bdf.bus)))
			return false;
	}
	*ret = bdf;
	return true;
}

static struct bdf routing_id(uint32_t segment, uint16_t id)
{
	return (struct bdf){ .domain = segment, .bus = (uint8_t)(id >> 8), .dev = id >> 3 & 31, .fn = id & 7 };
}

char *dmar_scope_format(const struct dmar_region *r, const struct dmar_scope *s, const struct pcidevs *set)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct bdf bdf;

	if (s->kind == DMAR_ALL)
		return xstrdup("all");
	if (s->kind == DMAR_RANGE) {
		strbuf_add(&text, BDF_STR(routing_id(r->segment, s->first)));
		if (s->first != s->last)
			strbuf_addf(&text, "-%s", BDF_STR(routing_id(r->segment, s->last)));
		return strbuf_take(&text);
	}
	if (dmar_resolve(r, s, set, &bdf))
		return xstrdup(BDF_STR(bdf));
	strbuf_addf(&text, "%04x:%02x:", r->segment, (unsigned)s->bus);
	for (size_t i = 0; i < s->n_hops; i++)
		strbuf_addf(&text, "%s%02x.%x", i ? "/" : "", (unsigned)s->hops[i].dev, (unsigned)s->hops[i].fn);
	strbuf_add(&text, " (unresolved)");
	return strbuf_take(&text);
}

static bool is_behind(const struct pcidevs *set, struct bdf bdf, struct bdf bridge)
{
	const struct pcidev *dev = set ? pcidevs_find(set, bdf) : NULL;

	while (dev && dev->has_parent) {
		if (bdf_eq(dev->parent, bridge))
			return true;
		dev = pcidevs_parent(set, dev);
	}
	return false;
}

static uint16_t id_of(struct bdf bdf)
{
	return (uint16_t)(bdf.bus << 8 | bdf.dev << 3 | bdf.fn);
}

static uint16_t requester(const struct dmar *d, struct bdf bdf)
{
	uint16_t id = id_of(bdf);

	for (size_t i = d->n_aliases; i--;) {
		const struct dmar_alias *a = &d->aliases[i];

		if (a->segment == bdf.domain && a->first <= id && id <= a->last)
			return a->as;
	}
	return id;
}

void dmar_alias_group(const struct dmar *d, const struct pcidevs *set, struct bdf bdf, struct bdfset *ret)
{
	uint16_t id = requester(d, bdf);
	bool used = false;

	for (size_t i = 0; i < d->n_aliases; i++)
		used |= d->aliases[i].as == id;
	bdfset_add(ret, bdf);
	/* Mostly nobody's DMA carries it but its own. */
	for (size_t i = 0; used && i < set->n; i++)
		if (set->v[i].bdf.domain == bdf.domain && requester(d, set->v[i].bdf) == id)
			bdfset_add(ret, set->v[i].bdf);
}

static enum tristate scope_covers(const struct dmar_region *r, const struct dmar_scope *s, const struct pcidevs *set,
				  struct bdf bdf)
{
	uint16_t id = id_of(bdf);
	struct bdf at;

	if (bdf.domain != r->segment)
		return TRI_NO;
	if (s->kind == DMAR_ALL)
		return TRI_YES;
	if (s->kind == DMAR_RANGE)
		return id >= s->first && id <= s->last ? TRI_YES : TRI_NO;
	if (!dmar_resolve(r, s, set, &at))
		return TRI_UNKNOWN;
	return bdf_eq(at, bdf) || (s->type == SCOPE_BRIDGE && is_behind(set, bdf, at)) ? TRI_YES : TRI_NO;
}

enum tristate dmar_covers(const struct dmar_region *r, const struct pcidevs *set, struct bdf bdf)
{
	enum tristate all = TRI_NO;

	for (size_t i = 0; i < r->n; i++) {
		enum tristate one = scope_covers(r, &r->v[i], set, bdf);

		if (one == TRI_YES)
			return TRI_YES;
		if (one == TRI_UNKNOWN)
			all = TRI_UNKNOWN;
	}
	return all;
}
