/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_fold.c - what an apply changed, as a change of what is wanted. */

#include "cmdline/hide.h"
#include "plugin/state.h"
#include "xenhelpers/vmpci.h"

static struct state_stamp stamp_copy(const struct state_stamp *s)
{
	return (struct state_stamp){ xstrdup(s->since), xstrdup(s->door), xstrdup(s->command) };
}

static void stamp_renew(struct state_stamp *old, const struct state_stamp *s)
{
	free(old->since);
	free(old->door);
	free(old->command);
	*old = stamp_copy(s);
}

/* ---- devices ------------------------------------------------------------------------------------------------- */

/* NULL: it is not there, or nothing tells what is. */
static char *identity_of(struct facts *f, struct bdf bdf)
{
	struct pcidevs *set = NULL;
	const struct pcidev *dev = facts_pci(f, &set, NULL) == 0 ? pcidevs_find(set, bdf) : NULL;

	return dev && dev->ids_known ? pcidev_identity(set, dev) : NULL;
}

/*
 * A device that is wanted and was wanted before keeps its record: who and when.  Its identity is the present one, unless it is
 * not there now.
 */
static struct state_device device_anew(const struct state_devices *before, struct facts *f, struct bdf bdf,
				       const struct state_stamp *stamp)
{
	const struct state_device *old = state_devices_find(before, bdf);
	struct state_device d = { .bdf = bdf, .identity = identity_of(f, bdf) };

	if (old && (!d.identity || streq0(d.identity, old->identity))) {
		if (!d.identity && old->identity)
			d.identity = xstrdup(old->identity);
		stamp = old->stamp.since ? &old->stamp : NULL;
	}
	if (stamp)
		d.stamp = stamp_copy(stamp);
	return d;
}

static void devices_free(struct state_devices *d)
{
	struct state s = { .hidden = *d };

	state_done(&s);
	*d = (struct state_devices){ 0 };
}

static void devices_set(struct state_devices *d, struct facts *f, const struct bdfset *want, const struct state_stamp *stamp)
{
	struct state_devices anew = { .v = want->n ? xcalloc(want->n, sizeof(*anew.v)) : NULL };

	for (size_t i = 0; i < want->n; i++)
		anew.v[anew.n++] = device_anew(d, f, want->v[i], stamp);
	devices_free(d);
	*d = anew;
}

/* ---- boot parameters --------------------------------------------------------------------------------------------- */

/* The entry that stands for the host's wishes: the normal one, whichever the menu starts. */
static int wishes_entry(const struct bootfile *b)
{
	for (size_t i = 0; i < b->cfg.n; i++)
		if (b->cfg.v[i].role == GRUB_NORMAL)
			return (int)i;
	return bootfile_next_entry(b);
}

static int fold_hidden(struct state *s, struct facts *f, const struct bootfile *then, size_t entry,
		       const struct state_stamp *stamp, struct err *err)
{
	_cleanup_bdfset_ struct bdfset effective = { 0 }, listed = { 0 };
	int rc = bootfile_hidden(then, entry, facts_present(f), &effective, &listed, err);

	/* A list that the kernel cannot read hides nothing, and nobody wants that: it is not written by us. */
	if (rc == -EINVAL)
		return 0;
	if (rc < 0)
		return rc;
	bdfset_sort(&effective);
	devices_set(&s->hidden, f, &effective, stamp);
	return 0;
}

static struct state_param *find_param(struct state *s, enum grub_target target, const char *key)
{
	for (size_t i = 0; i < s->n_params; i++)
		if (s->params[i].target == target && streq(s->params[i].key, key))
			return &s->params[i];
	return NULL;
}

static void drop_param(struct state *s, struct state_param *p)
{
	struct state one = { .params = xmemdup(p, sizeof(*p)), .n_params = 1 };
	size_t i = (size_t)(p - s->params);

	state_done(&one);
	memmove(p, p + 1, (s->n_params - i - 1) * sizeof(*p));
	s->n_params--;
}

static void fold_param(struct state *s, enum grub_target target, const char *key, struct setting *value,
		       const struct state_stamp *stamp)
{
	struct state_param *p = find_param(s, target, key);

	if (!value->there) {
		if (p)
			drop_param(s, p);
		return;
	}
	if (!p) {
		ARRAY_GROW(s->params, s->n_params);
		p = &s->params[s->n_params++];
		*p = (struct state_param){ .target = target, .key = xstrdup(key) };
	} else if (setting_eq(&p->value, value)) {
		return;
	}
	setting_done(&p->value);
	p->value = *value;
	*value = (struct setting){ 0 };
	stamp_renew(&p->stamp, stamp);
}

static int fold_boot(struct state *s, struct facts *f, const struct plan *p, const struct bootfile *then,
		     const struct state_stamp *stamp, struct err *err)
{
	int entry = wishes_entry(then), rc = 0;
	bool hides = false;

	for (size_t i = 0; entry >= 0 && i < p->n; i++) {
		const struct change *c = &p->v[i];
		_cleanup_(setting_done) struct setting value = { 0 };

		if (c->kind != CHANGE_BOOT)
			continue;
		if (c->target == GRUB_DOM0 && hide_is_key_like(c->key)) {
			hides = true;
			continue;
		}
		if (!strv_has(&c->titles, then->cfg.v[entry].title))
			continue;
		value = setting_of(then, (size_t)entry, c->target, c->key);
		fold_param(s, c->target, c->key, &value, stamp);
	}
	if (hides)
		rc = fold_hidden(s, f, then, (size_t)entry, stamp, err);
	return rc;
}

/* ---- VMs ------------------------------------------------------------------------------------------------------- */

static void drop_vm(struct state *s, struct state_vm *vm)
{
	struct state one = { .vms = xmemdup(vm, sizeof(*vm)), .n_vms = 1 };
	size_t i = (size_t)(vm - s->vms);

	state_done(&one);
	memmove(vm, vm + 1, (s->n_vms - i - 1) * sizeof(*vm));
	s->n_vms--;
}

static struct state_vm *vm_for(struct state *s, const struct change *c)
{
	struct state_vm *vm = state_find_vm(s, c->uuid);

	if (!vm) {
		ARRAY_GROW(s->vms, s->n_vms);
		vm = &s->vms[s->n_vms++];
		*vm = (struct state_vm){ .uuid = xstrdup(c->uuid) };
	}
	if (!streq0(vm->name, c->name)) {
		free(vm->name);
		vm->name = c->name ? xstrdup(c->name) : NULL;
	}
	return vm;
}

/* True: it was something else. */
static bool set_text(char **field, const char *text)
{
	if (streq0(*field, text))
		return false;
	free(*field);
	*field = text ? xstrdup(text) : NULL;
	return true;
}

static bool fold_pci(struct state_vm *vm, struct facts *f, const char *value)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset named = { 0 };
	bool changed = set_text(&vm->pci, value);

	vmpci_parse(value ? value : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped)
			bdfset_add(&named, items.v[i].bdf);
	devices_set(&vm->devices, f, &named, NULL);
	return changed;
}

static bool is_this_host(struct facts *f, const char *ref)
{
	const struct this_host *this = NULL;

	return ref && facts_this_host(f, &this, NULL) == 0 && streq0(this->ref, ref);
}

static void fold_vm(struct state *s, struct facts *f, const struct change *c, const struct state_stamp *stamp)
{
	struct state_vm *vm = vm_for(s, c);
	bool changed = false;

	if (c->kind == CHANGE_VM_REF && streq(c->field, "affinity")) {
		bool here = is_this_host(f, c->new.text);

		changed = here != vm->here;
		vm->here = here;
	} else if (c->kind == CHANGE_VM_KEY && streq(c->field, "other_config") && streq(c->key, "pci")) {
		changed = fold_pci(vm, f, c->new.text);
	} else if (c->kind == CHANGE_VM_KEY && streq(c->field, "VCPUs_params") && streq(c->key, "mask")) {
		changed = set_text(&vm->mask, c->new.text);
	}
	if (changed)
		stamp_renew(&vm->stamp, stamp);
}

/* Where the VM prefers to run is wanted for the sake of its devices or its CPUs: alone it is nobody's wish. */
static void drop_idle_vms(struct state *s)
{
	for (size_t i = s->n_vms; i--;)
		if (!s->vms[i].pci && !s->vms[i].mask)
			drop_vm(s, &s->vms[i]);
}

int state_fold(struct state *s, struct facts *f, const struct plan *p, const struct bootfile *then,
	       const struct state_stamp *stamp, struct err *err)
{
	int rc = then ? fold_boot(s, f, p, then, stamp, err) : 0;

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_VM_KEY || p->v[i].kind == CHANGE_VM_REF)
			fold_vm(s, f, &p->v[i], stamp);
	drop_idle_vms(s);
	return 0;
}
