/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_places.c - see state_places.h */

#include "plugin/state_places.h"

/* ---- what to do ---------------------------------------------------------------------------------------------- */

static const struct state_device *device_of(const struct state_devices *v, const struct resolved *d)
{
	for (size_t i = 0; i < v->n; i++)
		if (streq0(v->v[i].identity, d->identity))
			return &v->v[i];
	return NULL;
}

/* Has the VM another function of this card that is there?  It would leave along with this one. */
static bool has_neighbour(const struct state_devices *v, struct pcidevs *set, struct bdf bdf)
{
	for (size_t i = 0; i < v->n; i++)
		if (bdf_same_slot(v->v[i].bdf, bdf) && !bdf_eq(v->v[i].bdf, bdf) && pcidevs_find(set, v->v[i].bdf))
			return true;
	return false;
}

char *state_missing_remedy(const struct state *s, struct pcidevs *set, const struct resolved *d)
{
	bool there = d->fate != FATE_GONE && pcidevs_find(set, d->was);
	_cleanup_free_ char *unhide = d->hidden ? xasprintf(", pci-unhide device=%s", BDF_STR(d->was)) : xstrdup("");
	_cleanup_free_ char *vm = NULL, *anew = NULL;
	bool alone = false;

	for (size_t i = 0; !vm && i < s->n_vms; i++) {
		const struct state_device *own = device_of(&s->vms[i].devices, d);

		if (!own)
			continue;
		alone = has_neighbour(&s->vms[i].devices, set, own->bdf);
		vm = xasprintf("uuid=%s device=%s", s->vms[i].uuid, BDF_STR(own->bdf));
	}
	if (there)
		anew = vm ? xasprintf("; or take what is there now: vm-pci-attach %s", vm) :
			    xasprintf("; or take what is there now: pci-hide device=%s", BDF_STR(d->was));
	return xasprintf("put it back%s; or do without: %s%s%s%s", anew ? anew : "", vm ? "vm-pci-detach " : "", vm ? vm : "",
			 alone ? " functions=one" : "", vm ? unhide : unhide + (*unhide ? 2 : 0));
}

/* ---- addresses where nothing is -------------------------------------------------------------------------------- */

static const struct resolved *was_at(const struct state_devices *v, const struct resolution *all, struct bdf bdf)
{
	const struct state_device *d = state_devices_find(v, bdf);

	return d ? resolution_find(all, d) : NULL;
}

/* What the desired state means by an address; NULL: nothing. */
static const struct resolved *meant_by(const struct state *s, const struct resolution *all, struct bdf bdf)
{
	const struct resolved *d = was_at(&s->hidden, all, bdf);

	for (size_t i = 0; !d && i < s->n_vms; i++)
		d = was_at(&s->vms[i].devices, all, bdf);
	return d && d->fate != FATE_UNKNOWN ? d : NULL;
}

static bool is_a_vms(const struct state *s, const struct resolved *d)
{
	for (size_t i = 0; i < s->n_vms; i++)
		if (device_of(&s->vms[i].devices, d))
			return true;
	return false;
}

static void replace(char **text, char *anew)
{
	free(*text);
	*text = anew;
}

static void tell_place(struct finding *x, const struct state *s, struct pcidevs *set, const struct resolution *all)
{
	const struct resolved *d = meant_by(s, all, x->bdf);

	x->absent = false;
	if (!d)
		return;
	if (!fate_is_found(d->fate)) {
		replace(&x->text, xasprintf("%s; the device that was there when it was set up is %s%s%s", x->text, fate_name(d->fate),
					    d->text ? ": " : "", d->text ? d->text : ""));
		if (is_a_vms(s, d)) /* else the check's own says more */
			replace(&x->remedy, state_missing_remedy(s, set, d));
		return;
	}
	replace(&x->text, xasprintf("%s; the device that was there when it was set up is %s now", x->text, BDF_STR(d->now)));
	replace(&x->remedy, xstrdup("reapply writes the address of today everywhere; state-plan shows what differs"));
}

void state_tell_places(struct facts *f, struct findings *found)
{
	_cleanup_(state_done) struct state s = { 0 };
	struct resolution all = { 0 };
	struct pcidevs *set = NULL;
	bool any = false, there = false;

	for (size_t i = 0; i < found->n; i++)
		any |= found->v[i].absent;
	if (!any || state_read(facts_host(f), &s, NULL, &there, NULL) < 0 || !there || facts_pci(f, &set, NULL) < 0)
		return;
	state_resolve(set, &s, &all);
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].absent)
			tell_place(&found->v[i], &s, set, &all);
	resolution_done(&all);
}

/* ---- what a VM was given ------------------------------------------------------------------------------------------ */

static bool is_told(const struct findings *found, struct bdf bdf)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].absent && bdf_eq(found->v[i].bdf, bdf))
			return true;
	return false;
}

static void say_other(const struct state *s, struct pcidevs *set, const struct state_vm *vm, struct bdf given, const struct resolved *d,
		      struct findings *ret)
{
	const char *name = vm->name ? vm->name : vm->uuid;
	bool found = fate_is_found(d->fate);
	struct finding *x;
	char *text = found ? xasprintf("%s is not the device that was given to '%s': that one is %s now", BDF_STR(given), name, BDF_STR(d->now)) :
			     xasprintf("the device that was given to '%s' as %s is %s%s%s", name, BDF_STR(given), fate_name(d->fate),
				       d->text ? ": " : "", d->text ? d->text : "");

	x = findings_add(ret, found ? "START_OTHER" : "START_MISSING", SEV_REFUSE, BDF_STR(given), text);
	x->evidence = xasprintf(STATE_FILE ": %s", d->identity);
	x->remedy = found ? xstrdup("reapply writes the addresses of today; state-import takes over what is configured now") :
			    state_missing_remedy(s, set, d);
	free(text);
}

void state_compare_vm(const struct state *s, const struct resolution *all, const struct state_vm *vm, struct pcidevs *set,
		      const struct bdfset *anew, struct findings *ret)
{
	for (size_t i = 0; i < vm->devices.n; i++) {
		const struct resolved *d = resolution_find(all, &vm->devices.v[i]);
		struct bdf given = vm->devices.v[i].bdf; /* d->was may be newer: the hide list can be put right before the VM's key is */

		if (is_told(ret, given) || (anew && bdfset_has(anew, given)))
			continue;
		if (!fate_is_found(d->fate) || (d->fate != FATE_UNKNOWN && !bdf_eq(d->now, given)))
			say_other(s, set, vm, given, d, ret);
	}
}

void state_check_vm(struct facts *f, const struct vm *vm, const struct bdfset *anew, struct findings *ret)
{
	_cleanup_(state_done) struct state s = { 0 };
	const struct state_vm *want;
	struct resolution all = { 0 };
	struct pcidevs *set = NULL;
	struct err why = { 0 };
	int rc;

	if (!vm->pci || !*vm->pci || facts_vm_is_here(f, vm) == TRI_NO)
		return;
	rc = state_read(facts_host(f), &s, NULL, NULL, &why);
	want = rc == 0 ? state_find_vm(&s, vm->uuid) : NULL;
	if (want && want->devices.n)
		rc = facts_pci(f, &set, &why);
	if (rc < 0) {
		_cleanup_free_ char *text = xasprintf("whether these are the devices that the VM was given is unknown: %s", why.text);

		findings_add(ret, "START_OTHER", SEV_UNKNOWN, STATE_FILE, text);
	} else if (set) {
		state_resolve(set, &s, &all);
		state_compare_vm(&s, &all, want, set, anew, ret);
		resolution_done(&all);
	}
}
