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
	*r = (struct resolution){ 0 };
}

const struct resolved *resolution_find(const struct resolution *r, const struct state_device *d)
{
	for (size_t i = 0; i < r->n; i++)
		if (d->identity ? streq0(r->v[i].identity, d->identity) : !r->v[i].identity && bdf_eq(r->v[i].was, d->bdf))
			return &r->v[i];
	return NULL;
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

struct present {
	struct pcidevs *set;
	char **identity; /* by index in the set; NULL: the function's ids are unknown */
	bool *taken;
};

static bool parts_of(const struct present *p, size_t i, struct parts *ret)
{
	return p->identity[i] && split(p->identity[i], ret);
}

static void found(struct present *p, struct resolved *r, size_t i)
{
	p->taken[i] = true;
	r->now = p->set->v[i].bdf;
	r->fate = bdf_eq(r->now, r->was) ? FATE_SAME : FATE_MOVED;
}

/* Functions with the same ids and serial; with `where` set, at the same path, too.  *at: the last one. */
static size_t by_serial(const struct present *p, const struct parts *want, bool where, size_t *at)
{
	size_t n = 0;

	for (size_t i = 0; i < p->set->n; i++) {
		struct parts have;

		if (!parts_of(p, i, &have) || !have.serial || !streq(have.serial, want->serial) || !same_ids(&have, want) ||
		    !(where ? same_path(&have, want) : same_function(&have, want)))
			continue;
		*at = i;
		n++;
	}
	return n;
}

static void look_by_serial(struct present *p, struct resolved *r)
{
	struct parts want;
	size_t at, n;

	if (!split(r->identity, &want) || !want.serial)
		return;
	n = by_serial(p, &want, false, &at);
	if (n > 1 && by_serial(p, &want, true, &at) != 1) {
		r->fate = FATE_DOUBLED;
		r->text = xasprintf("%zu devices have its ids and its serial number", n);
	} else if (n) {
		found(p, r, at);
	}
}

static void look_by_path(struct present *p, struct resolved *r)
{
	struct parts want;

	if (!split(r->identity, &want))
		return;
	for (size_t i = 0; i < p->set->n; i++) {
		struct parts have;

		/* With both serial numbers known, equal ones would have been found before. */
		if (!p->taken[i] && parts_of(p, i, &have) && same_path(&have, &want) && same_ids(&have, &want) &&
		    (!want.serial || !have.serial)) {
			found(p, r, i);
			return;
		}
	}
}

/* Functions that nobody has taken and that can be the wanted one by all that is known of them. */
static size_t by_ids(const struct present *p, const struct parts *want, size_t *at)
{
	size_t n = 0;

	for (size_t i = 0; i < p->set->n; i++) {
		struct parts have;

		if (p->taken[i] || !parts_of(p, i, &have) || !same_ids(&have, want) || (want->serial && have.serial))
			continue;
		*at = i;
		n++;
	}
	return n;
}

/* The candidate that is left, where only one device looks for such a one; (size_t)-1 where not. */
static size_t look_by_ids(const struct present *p, const struct resolution *all, struct resolved *r)
{
	size_t n, at = 0, seekers = 0;
	struct parts want;

	if (!split(r->identity, &want) || !(n = by_ids(p, &want, &at)))
		return (size_t)-1;
	for (size_t i = 0; i < all->n; i++) {
		struct parts other;

		seekers += all->v[i].fate == FATE_GONE && split(all->v[i].identity, &other) && same_ids(&other, &want);
	}
	if (n == 1 && seekers == 1)
		return at;
	r->text = xasprintf("%zu device%s its ids, and %zu %s looked for", n, n == 1 ? " has" : "s have", seekers,
			    seekers == 1 ? "is" : "are");
	return (size_t)-1;
}

/* All that are left ask before any is settled: each counts the others. */
static void settle_by_ids(struct present *p, struct resolution *all)
{
	_cleanup_free_ size_t *at = xcalloc(all->n, sizeof(*at));

	for (size_t i = 0; i < all->n; i++)
		at[i] = all->v[i].fate == FATE_GONE ? look_by_ids(p, all, &all->v[i]) : (size_t)-1;
	for (size_t i = 0; i < all->n; i++) {
		if (at[i] != (size_t)-1)
			found(p, &all->v[i], at[i]);
		else if (all->v[i].fate == FATE_GONE && all->v[i].text)
			all->v[i].fate = FATE_DOUBLED;
	}
}

/* It is nowhere: what has its place now? */
static void look_in_place(const struct present *p, struct resolved *r)
{
	struct parts want;

	if (!split(r->identity, &want))
		return;
	for (size_t i = 0; i < p->set->n; i++) {
		const struct pcidev *dev = &p->set->v[i];
		struct parts have;

		if (!dev->path || strlen(dev->path) != want.path_len || memcmp(dev->path, want.path, want.path_len))
			continue;
		r->fate = FATE_CHANGED;
		if (parts_of(p, i, &have) && same_ids(&have, &want) && have.serial)
			r->text = xasprintf("in its place is %s with the serial number %s", BDF_STR(dev->bdf), have.serial);
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

		if (resolution_find(r, &d->v[i]))
			continue;
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

static bool is_candidate(const struct resolution *r, const struct pcidev *dev)
{
	char ids[16];

	snprintf(ids, sizeof(ids), "%04x:%04x:", (unsigned)dev->vendor, (unsigned)dev->device);
	for (size_t i = 0; i < r->n; i++) {
		struct parts want;

		if (r->v[i].fate == FATE_GONE && split(r->v[i].identity, &want) && !strncmp(want.ids, ids, strlen(ids)))
			return true;
	}
	return false;
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
	p.identity = xcalloc(set->n ? set->n : 1, sizeof(*p.identity));
	p.taken = xcalloc(set->n ? set->n : 1, sizeof(*p.taken));
	/* A serial number stands far back in config space: it is read of devices that could be meant. */
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i].ids_known && is_candidate(ret, &set->v[i]))
			p.identity[i] = pcidev_identity(set, &set->v[i]);

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
	for (size_t i = 0; i < set->n; i++)
		free(p.identity[i]);
	free(p.identity);
	free(p.taken);
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
