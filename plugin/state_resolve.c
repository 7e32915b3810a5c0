/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_resolve.c - see state_resolve.h */

#include <stdio.h>

#include "plugin/state_resolve.h"

bool fate_is_found(enum fate fate)
{
	return fate == FATE_SAME || fate == FATE_MOVED || fate == FATE_UNKNOWN;
}

const char *fate_name(enum fate fate)
{
	static const char *const names[] = {
		[FATE_SAME] = "same",	    [FATE_MOVED] = "moved",	[FATE_GONE] = "gone",
		[FATE_CHANGED] = "changed", [FATE_DOUBLED] = "doubled", [FATE_UNKNOWN] = "unknown",
	};

	return names[fate];
}

void resolution_done(struct resolution *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->v[i].identity);
		free(r->v[i].text);
	}
	free(r->v);
	free(r->index);
	*r = (struct resolution){ 0 };
}

/* One device is one identity; without one, one address. */
static int cmp_resolved(const struct resolved *a, const struct resolved *b)
{
	if (!a->identity || !b->identity)
		return a->identity ? 1 : b->identity ? -1 : bdf_cmp(a->was, b->was);
	return strcmp(a->identity, b->identity);
}

static int cmp_index(const void *a, const void *b)
{
	struct resolved *const *x = a, *const *y = b;
	int c = cmp_resolved(*x, *y);

	return c ? c : (*x > *y) - (*x < *y);
}

static int cmp_sought(const void *sought, const void *item)
{
	return cmp_resolved(sought, *(struct resolved *const *)item);
}

static void index_build(struct resolution *r)
{
	r->index = xreallocarray(r->index, r->n ? r->n : 1, sizeof(*r->index));
	for (size_t i = 0; i < r->n; i++)
		r->index[i] = &r->v[i];
	qsort(r->index, r->n, sizeof(*r->index), cmp_index);
}

const struct resolved *resolution_find(const struct resolution *r, const struct state_device *d)
{
	const struct resolved sought = { .was = d->bdf, .identity = d->identity };
	struct resolved *const *at = r->n ? bsearch(&sought, r->index, r->n, sizeof(*r->index), cmp_sought) : NULL;

	return at ? *at : NULL;
}

/* ---- identities: PATH@IDS and, where there is one, @SERIAL ---------------------------------------------------- */

struct parts {
	const char *path, *ids, *serial; /* serial NULL: none */
	size_t path_len, ids_len;
};

static bool split(const char *identity, struct parts *ret)
{
	const char *at = strchr(identity, '@');

	*ret = (struct parts){ .path = identity };
	if (!at)
		return false;
	ret->path_len = (size_t)(at - identity);
	ret->ids = at + 1;
	ret->ids_len = strcspn(ret->ids, "@");
	if (ret->ids[ret->ids_len])
		ret->serial = ret->ids + ret->ids_len + 1;
	return true;
}

static bool same_ids(const struct parts *a, const struct parts *b)
{
	return a->ids_len == b->ids_len && !memcmp(a->ids, b->ids, a->ids_len);
}

static bool same_path(const struct parts *a, const struct parts *b)
{
	return a->path_len == b->path_len && !memcmp(a->path, b->path, a->path_len);
}

/* The last hop's function, or a VF's number: functions of one card share its serial number. */
static bool same_function(const struct parts *a, const struct parts *b)
{
	const char *x = a->path + a->path_len - 1, *y = b->path + b->path_len - 1;

	return a->path_len && b->path_len && *x == *y;
}

/* ---- candidates --------------------------------------------------------------------------------------------------- */

struct candidate {
	struct pcidev *dev;
	char *identity;
	struct parts parts;
	bool taken;
};

struct present {
	struct pcidevs *set;
	struct candidate *v;
	size_t n;
	struct candidate **by_serial, **by_path; /* the same; a serial number that is none comes first */
};

static void found(struct candidate *c, struct resolved *r)
{
	c->taken = true;
	r->now = c->dev->bdf;
	r->fate = bdf_eq(r->now, r->was) ? FATE_SAME : FATE_MOVED;
}

static int cmp_serial(const struct parts *a, const struct parts *b)
{
	return strcmp(a->serial ? a->serial : "", b->serial ? b->serial : "");
}

static int cmp_path(const struct parts *a, const struct parts *b)
{
	int c = memcmp(a->path, b->path, MIN(a->path_len, b->path_len));

	return c ? c : (a->path_len > b->path_len) - (a->path_len < b->path_len);
}

/* For sorting: equal ones stay in the order of their addresses. */
static int cmp_by_serial(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;
	int c = cmp_serial(&x->parts, &y->parts);

	return c ? c : (x > y) - (x < y);
}

static int cmp_by_path(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;
	int c = cmp_path(&x->parts, &y->parts);

	return c ? c : (x > y) - (x < y);
}

/* Where the candidates begin that are not before `want`. */
static size_t first_of(struct candidate *const *sorted, size_t n, const struct parts *want,
		       int (*cmp)(const struct parts *a, const struct parts *b))
{
	size_t low = 0;

	while (n > low) {
		size_t mid = low + (n - low) / 2;

		if (cmp(&sorted[mid]->parts, want) < 0)
			low = mid + 1;
		else
			n = mid;
	}
	return low;
}

/* Functions with the same ids and serial; with `where` set, at the same path, too.  *at: the last one. */
static size_t by_serial(const struct present *p, const struct parts *want, bool where, struct candidate **at)
{
	size_t n = 0;

	for (size_t i = first_of(p->by_serial, p->n, want, cmp_serial); i < p->n && !cmp_serial(&p->by_serial[i]->parts, want); i++) {
		const struct parts *have = &p->by_serial[i]->parts;

		if (!same_ids(have, want) || !(where ? same_path(have, want) : same_function(have, want)))
			continue;
		*at = p->by_serial[i];
		n++;
	}
	return n;
}

static void look_by_serial(struct present *p, struct resolved *r)
{
	struct candidate *at;
	struct parts want;
	size_t n;

	if (!split(r->identity, &want) || !want.serial)
		return;
	n = by_serial(p, &want, false, &at);
	if (n > 1 && by_serial(p, &want, true, &at) != 1) {
		r->fate = FATE_DOUBLED;
		r->text = xasprintf("%zu devices have its ids and its serial number", n);
	} else if (n) {
		found(at, r);
	}
}

static void look_by_path(struct present *p, struct resolved *r)
{
	struct parts want;

	if (!split(r->identity, &want))
		return;
	for (size_t i = first_of(p->by_path, p->n, &want, cmp_path); i < p->n && !cmp_path(&p->by_path[i]->parts, &want); i++) {
		struct candidate *c = p->by_path[i];

		/* With both serial numbers known, equal ones would have been found before. */
		if (!c->taken && same_ids(&c->parts, &want) && (!want.serial || !c->parts.serial)) {
			found(c, r);
			return;
		}
	}
}

/* Functions that nobody has taken and that can be the wanted one by all that is known of them. */
static size_t by_ids(const struct present *p, const struct parts *want, struct candidate **at)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct candidate *c = &p->v[i];

		if (c->taken || !same_ids(&c->parts, want) || (want->serial && c->parts.serial))
			continue;
		*at = c;
		n++;
	}
	return n;
}

/* The candidate that is left, where only one device looks for such a one; NULL where not. */
static struct candidate *look_by_ids(const struct present *p, const struct resolution *all, struct resolved *r)
{
	struct candidate *at = NULL;
	size_t n, seekers = 0;
	struct parts want;

	if (!split(r->identity, &want) || !(n = by_ids(p, &want, &at)))
		return NULL;
	for (size_t i = 0; i < all->n; i++) {
		struct parts other;

		seekers += all->v[i].fate == FATE_GONE && split(all->v[i].identity, &other) && same_ids(&other, &want);
	}
	if (n == 1 && seekers == 1)
		return at;
	r->text = xasprintf("%zu device%s its ids, and %zu %s looked for", n, n == 1 ? " has" : "s have", seekers,
			    seekers == 1 ? "is" : "are");
	return NULL;
}

/* All that are left ask before any is settled: each counts the others. */
static void settle_by_ids(struct present *p, struct resolution *all)
{
	_cleanup_free_ struct candidate **at = xcalloc(all->n, sizeof(*at));

	for (size_t i = 0; i < all->n; i++)
		at[i] = all->v[i].fate == FATE_GONE ? look_by_ids(p, all, &all->v[i]) : NULL;
	for (size_t i = 0; i < all->n; i++) {
		if (at[i])
			found(at[i], &all->v[i]);
		else if (all->v[i].fate == FATE_GONE && all->v[i].text)
			all->v[i].fate = FATE_DOUBLED;
	}
}

static const struct candidate *candidate_of(const struct present *p, const struct pcidev *dev)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].dev == dev)
			return &p->v[i];
	return NULL;
}

/* It is nowhere: what has its place now? */
static void look_in_place(const struct present *p, struct resolved *r)
{
	struct parts want;

	if (!split(r->identity, &want))
		return;
	for (size_t i = 0; i < p->set->n; i++) {
		const struct pcidev *dev = &p->set->v[i];
		const struct candidate *c;

		if (!dev->path || strlen(dev->path) != want.path_len || memcmp(dev->path, want.path, want.path_len))
			continue;
		r->fate = FATE_CHANGED;
		c = candidate_of(p, dev);
		if (c && same_ids(&c->parts, &want) && c->parts.serial)
			r->text = xasprintf("in its place is %s with the serial number %s", BDF_STR(dev->bdf), c->parts.serial);
		else
			r->text = xasprintf("in its place is %s with the ids %04x:%04x", BDF_STR(dev->bdf),
					    (unsigned)dev->vendor, (unsigned)dev->device);
		return;
	}
}

/* ---- all of them ---------------------------------------------------------------------------------------------------- */

static void add_wanted(struct resolution *r, const struct state_devices *d, bool hidden)
{
	for (size_t i = 0; i < d->n; i++) {
		struct parts parts;
		bool known = d->v[i].identity && split(d->v[i].identity, &parts);

		ARRAY_GROW(r->v, r->n);
		r->v[r->n++] = (struct resolved){
			.was = d->v[i].bdf,
			.now = d->v[i].bdf,
			.identity = d->v[i].identity ? xstrdup(d->v[i].identity) : NULL,
			.fate = known ? FATE_GONE : FATE_UNKNOWN,
			.hidden = hidden,
		};
	}
}

/* A device that several wishes name is one: the first stays, in its place. */
static void drop_doubles(struct resolution *r)
{
	_cleanup_free_ bool *twice = xcalloc(r->n ? r->n : 1, sizeof(*twice));
	size_t n = 0;

	index_build(r);
	for (size_t i = 1; i < r->n; i++)
		twice[r->index[i] - r->v] = !cmp_resolved(r->index[i - 1], r->index[i]);
	for (size_t i = 0; i < r->n; i++)
		if (twice[i])
			free(r->v[i].identity);
		else
			r->v[n++] = r->v[i];
	r->n = n;
	index_build(r);
}

static int cmp_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The ids that are looked for, as an identity begins with them behind its path: "8086:1572:". */
#define IDS_LEN 10

static void wanted_ids(const struct resolution *r, struct strv *ret)
{
	for (size_t i = 0; i < r->n; i++) {
		struct parts want;

		if (r->v[i].fate == FATE_GONE && split(r->v[i].identity, &want) && want.ids_len > IDS_LEN)
			strv_addf(ret, "%.*s", IDS_LEN, want.ids);
	}
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), cmp_text);
}

/* A serial number stands far back in config space: it is read of devices that could be meant. */
static void collect_present(struct present *p, const struct resolution *r)
{
	_cleanup_strv_ struct strv ids = { 0 };

	wanted_ids(r, &ids);
	p->v = xcalloc(p->set->n ? p->set->n : 1, sizeof(*p->v));
	for (size_t i = 0; i < p->set->n; i++) {
		struct candidate *c = &p->v[p->n];
		char text[16];
		const char *key = text;

		c->dev = &p->set->v[i];
		snprintf(text, sizeof(text), "%04x:%04x:", (unsigned)c->dev->vendor, (unsigned)c->dev->device);
		if (!c->dev->ids_known || !ids.n || !bsearch(&key, ids.v, ids.n, sizeof(*ids.v), cmp_text))
			continue;
		c->identity = pcidev_identity(p->set, c->dev);
		if (split(c->identity, &c->parts))
			p->n++;
		else
			free(c->identity);
	}
	p->by_serial = xcalloc(p->n ? p->n : 1, sizeof(struct candidate *));
	p->by_path = xcalloc(p->n ? p->n : 1, sizeof(struct candidate *));
	for (size_t i = 0; i < p->n; i++)
		p->by_serial[i] = p->by_path[i] = &p->v[i];
	qsort(p->by_serial, p->n, sizeof(struct candidate *), cmp_by_serial);
	qsort(p->by_path, p->n, sizeof(struct candidate *), cmp_by_path);
}

static void present_done(struct present *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i].identity);
	free(p->v);
	free(p->by_serial);
	free(p->by_path);
}

void state_resolve(struct pcidevs *set, const struct state *s, struct resolution *ret)
{
	struct present p = { .set = set };

	*ret = (struct resolution){ 0 };
	add_wanted(ret, &s->hidden, true);
	for (size_t i = 0; i < s->n_vms; i++)
		add_wanted(ret, &s->vms[i].devices, false);
	if (!ret->n)
		return;
	drop_doubles(ret);
	collect_present(&p, ret);
	for (size_t i = 0; i < ret->n; i++)
		if (ret->v[i].fate == FATE_GONE)
			look_by_serial(&p, &ret->v[i]);
	for (size_t i = 0; i < ret->n; i++)
		if (ret->v[i].fate == FATE_GONE)
			look_by_path(&p, &ret->v[i]);
	settle_by_ids(&p, ret);
	for (size_t i = 0; i < ret->n; i++)
		if (ret->v[i].fate == FATE_GONE)
			look_in_place(&p, &ret->v[i]);
	present_done(&p);
}

/* ---- one identity a device ------------------------------------------------------------------------------------------ */

/* Is something else at its address, or the same thing in another place?  (Serial numbers are not looked at: they stand far back.) */
static bool any_moved(struct pcidevs *set, const struct state_devices *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct pcidev *dev = d->v[i].identity ? pcidevs_find(set, d->v[i].bdf) : NULL;
		struct parts was;

		if (d->v[i].identity && split(d->v[i].identity, &was) &&
		    (!dev || !dev->path || strlen(dev->path) != was.path_len || memcmp(dev->path, was.path, was.path_len)))
			return true;
	}
	return false;
}

static void renew_identities(struct pcidevs *set, const struct resolution *found, struct state_devices *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct resolved *one = resolution_find(found, &d->v[i]);
		const struct pcidev *dev = one->fate == FATE_SAME || one->fate == FATE_MOVED ? pcidevs_find(set, one->now) : NULL;

		if (!dev)
			continue;
		free(d->v[i].identity);
		d->v[i].identity = pcidev_identity(set, dev);
	}
}

void state_renew_identities(struct pcidevs *set, struct state *s)
{
	struct resolution found = { 0 };
	bool any = any_moved(set, &s->hidden);

	for (size_t i = 0; i < s->n_vms; i++)
		any |= any_moved(set, &s->vms[i].devices);
	if (!any)
		return;
	state_resolve(set, s, &found);
	renew_identities(set, &found, &s->hidden);
	for (size_t i = 0; i < s->n_vms; i++)
		renew_identities(set, &found, &s->vms[i].devices);
	resolution_done(&found);
}

char *resolved_text(const struct resolved *d)
{
	if (d->fate == FATE_MOVED)
		return xasprintf("the device that was %s when it was set up is here now (%s)", BDF_STR(d->was), d->identity);
	return xasprintf("the device that was %s when it was set up is %s%s%s", d->identity, fate_name(d->fate), d->text ? ": " : "",
			 d->text ? d->text : "");
}
