/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_word.c - what the administrator named in so many words, beside what has to change for it: what is at that address now is what is
 * wanted from then on, and nothing that the desired state knows of it from before fights it.
 */

#include "plugin/journal.h"
#include "plugin/state_resolve.h"
#include "xenhelpers/vmpci.h"

char *state_identity_of(struct facts *f, struct bdf bdf)
{
	struct pcidevs *set = NULL;
	const struct pcidev *dev = facts_pci(f, &set, NULL) == 0 ? pcidevs_find(set, bdf) : NULL;

	return dev && dev->ids_known ? pcidev_identity(set, dev) : NULL;
}

enum fate state_fate(const struct state *s, struct facts *f, struct resolution *all, const struct state_device *d, struct bdf *now)
{
	const struct resolved *found;
	struct pcidevs *set = NULL;

	*now = d->bdf;
	if (!d->identity || facts_pci(f, &set, NULL) < 0)
		return FATE_UNKNOWN;
	if (!all->n) {
		_cleanup_free_ char *there = state_identity_of(f, d->bdf);

		if (streq0(there, d->identity))
			return FATE_SAME;
		state_resolve(set, s, all);
	}
	found = resolution_find(all, d);
	if (!found)
		return FATE_SAME;
	if (!fate_is_found(found->fate))
		return found->fate;
	/* One device may be in two records, of which the other one has its address of today. */
	*now = found->now;
	return bdf_eq(*now, d->bdf) ? FATE_SAME : FATE_MOVED;
}

/* ---- one word ------------------------------------------------------------------------------------------------ */

struct at_work {
	struct state *s;
	struct facts *f;
	const struct state_stamp *stamp;
	struct strv *notes; /* NULL: nobody listens */
	struct resolution all; /* see state_fate() */
};

/* Is another device meant by now than the record has? */
static bool is_other(struct at_work *w, const struct state_device *d, struct bdf *now)
{
	enum fate fate = state_fate(w->s, w->f, &w->all, d, now);

	return fate != FATE_SAME && fate != FATE_UNKNOWN;
}

static void renew(struct state_device *d, char *identity, const struct state_stamp *stamp)
{
	free(d->identity);
	d->identity = identity;
	if (stamp)
		state_stamp_renew(&d->stamp, stamp);
}

/* A device that is elsewhere today is wanted there; what is here takes the place of one that is nowhere. */
static void take_hide(struct at_work *w, struct bdf bdf)
{
	char *identity = state_identity_of(w->f, bdf);
	bool settled = !identity, other = false;
	struct bdf now;

	for (size_t i = 0; !settled && i < w->s->hidden.n; i++) {
		struct state_device *d = &w->s->hidden.v[i];

		if (!bdf_eq(d->bdf, bdf))
			continue;
		if (!is_other(w, d, &now)) {
			settled = true;
		} else if (!bdf_eq(now, bdf)) {
			d->bdf = now;
			other = true;
		} else {
			renew(d, identity, w->stamp);
			return;
		}
	}
	if (settled || !other) {
		free(identity);
		return;
	}
	ARRAY_GROW(w->s->hidden.v, w->s->hidden.n);
	w->s->hidden.v[w->s->hidden.n] = (struct state_device){ .bdf = bdf };
	renew(&w->s->hidden.v[w->s->hidden.n++], identity, w->stamp);
}

static void take_unhide(struct at_work *w, struct bdf bdf)
{
	struct pcidevs *set = NULL;

	/* All of them are asked where they are, for each word. */
	if (!w->all.n && facts_pci(w->f, &set, NULL) == 0)
		state_resolve(set, w->s, &w->all);
	for (size_t i = w->s->hidden.n; i--;) {
		const struct state_device *d = &w->s->hidden.v[i];
		enum fate fate;
		struct bdf now;

		fate = state_fate(w->s, w->f, &w->all, d, &now);
		if (!bdf_eq(d->bdf, bdf) && !bdf_eq(now, bdf))
			continue;
		if (w->notes && fate == FATE_MOVED)
			strv_addf(w->notes, "the device that was %s is %s now: it is not wanted hidden any more, at neither address", BDF_STR(d->bdf),
				  BDF_STR(now));
		state_devices_drop(&w->s->hidden, i);
	}
}

static void take_give(struct at_work *w, struct bdf bdf, const char *uuid)
{
	struct state_vm *vm = state_find_vm(w->s, uuid);
	struct state_device *d = vm ? state_devices_find(&vm->devices, bdf) : NULL;
	const struct bdfset *next;
	struct bdf now;

	if (facts_hidden_next(w->f, &next, NULL) == 0 && bdfset_has(next, bdf))
		take_hide(w, bdf);
	if (!d || !is_other(w, d, &now))
		return;
	renew(d, state_identity_of(w->f, bdf), NULL);
	state_stamp_renew(&vm->stamp, w->stamp);
}

/* bdf NULL: all of them. */
static void take_take(struct at_work *w, const struct bdf *bdf, const char *uuid)
{
	struct state_vm *vm = state_find_vm(w->s, uuid);
	_cleanup_bdfset_ struct bdfset gone = { 0 };
	char *pci;

	for (size_t i = vm ? vm->devices.n : 0; i--;) {
		if (bdf && !bdf_eq(vm->devices.v[i].bdf, *bdf))
			continue;
		bdfset_add(&gone, vm->devices.v[i].bdf);
		state_devices_drop(&vm->devices, i);
	}
	if (!gone.n)
		return;
	pci = vm->pci ? vmpci_without(vm->pci, &gone) : NULL;
	free(vm->pci);
	vm->pci = pci;
	state_stamp_renew(&vm->stamp, w->stamp);
}

/* ---- all of them --------------------------------------------------------------------------------------------- */

void state_take_words(struct state *s, struct facts *f, const struct plan *p, const struct state_stamp *stamp, struct strv *notes)
{
	struct at_work w = { .s = s, .f = f, .stamp = stamp, .notes = notes };

	for (size_t i = 0; i < p->words.n; i++) {
		_cleanup_strv_ struct strv word = { 0 };
		struct bdf bdf;

		strv_split(&word, p->words.v[i], ' ');
		if (word.n == 3 && streq(word.v[0], WORD_TAKE) && streq(word.v[1], WORD_ALL))
			take_take(&w, NULL, word.v[2]);
		if (word.n < 2 || !bdf_parse(word.v[1], &bdf))
			continue;
		if (streq(word.v[0], WORD_HIDE))
			take_hide(&w, bdf);
		else if (streq(word.v[0], WORD_UNHIDE))
			take_unhide(&w, bdf);
		else if (streq(word.v[0], WORD_GIVE) && word.n == 3)
			take_give(&w, bdf, word.v[2]);
		else if (streq(word.v[0], WORD_TAKE) && word.n == 3)
			take_take(&w, &bdf, word.v[2]);
	}
	resolution_done(&w.all);
}

static bool ends(const struct plan *p)
{
	for (size_t i = 0; i < p->words.n; i++)
		if (str_after(p->words.v[i], WORD_UNHIDE " ") || str_after(p->words.v[i], WORD_TAKE " "))
			return true;
	return false;
}

static void add_other(struct strv *shown, const struct state_devices *have, const struct state_devices *beside)
{
	for (size_t i = 0; i < have->n; i++) {
		const struct state_device *d = &have->v[i], *same = state_devices_find(beside, d->bdf);
		_cleanup_free_ char *text = NULL;

		if (!same || streq0(same->identity, d->identity))
			continue;
		text = xasprintf("%s as %s", BDF_STR(d->bdf), d->identity ? d->identity : "unknown");
		if (!strv_has(shown, text))
			strv_add(shown, text);
	}
}

/* A device whose address stays, and which is another one. */
static char *other_devices(const struct state *have, const struct state *beside)
{
	_cleanup_strv_ struct strv shown = { 0 };

	add_other(&shown, &have->hidden, &beside->hidden);
	for (size_t i = 0; i < have->n_vms; i++) {
		const struct state_vm *vm = state_find_vm(beside, have->vms[i].uuid);

		if (vm)
			add_other(&shown, &have->vms[i].devices, &vm->devices);
	}
	return strv_join(&shown, ", ");
}

/* The summary of a state does not tell one device from another at the same address. */
static void show_devices(struct change *c, const struct state *from, const struct state *to)
{
	if (!streq0(c->old_shown, c->new_shown))
		return;
	free(c->old_shown);
	free(c->new_shown);
	c->old_shown = other_devices(from, to);
	c->new_shown = other_devices(to, from);
}

int state_plan_words(struct facts *f, struct plan *p, const char *door, const char *command, struct strv *notes, struct err *err)
{
	_cleanup_free_ char *time = p->words.n ? journal_time() : NULL;
	const struct state_stamp stamp = { time, (char *)door, (char *)command };
	_cleanup_(state_done) struct state s = { 0 }, then = { 0 };
	bool there = false;
	int rc;

	/* What keeps the file from being read is said where it is written, and by whoever looks at it. */
	if (!p->words.n || p->keep_state || state_read(facts_host(f), &s, NULL, &there, NULL) < 0 || !there || s.newer)
		return 0;
	rc = state_dup(&s, &then, err);
	if (rc < 0)
		return rc;
	state_take_words(&then, f, p, &stamp, notes);
	if (p->n)
		return 0;
	rc = state_fold(&then, f, p, NULL, &stamp, err);
	if (rc == 0)
		rc = state_plan(p, &s, &then, ends(p) ? "it is wanted no more" : "what is there now is what is wanted from now on", err);
	if (rc == 0 && p->n)
		show_devices(&p->v[0], &s, &then);
	return rc;
}
