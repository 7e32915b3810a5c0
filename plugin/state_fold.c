/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_fold.c - what an apply changed, as a change of what is wanted. */

#include "cmdline/hide.h"
#include "cmdline/irqbudget.h"
#include "plugin/state_resolve.h"
#include "usbpolicy/policy_merge.h"
#include "xenhelpers/vmpci.h"

/* ---- devices ------------------------------------------------------------------------------------------------- */

/*
 * A device that is wanted and was wanted before keeps its record: who and when.  Its identity is the present one (taken over from the
 * caller), unless it is not there now.
 */
static struct state_device device_anew(const struct state_devices *before, struct bdf bdf, char *now, const struct state_stamp *stamp)
{
	const struct state_device *old = state_devices_find(before, bdf);
	struct state_device d = { .bdf = bdf, .identity = now };

	if (old && (!d.identity || streq0(d.identity, old->identity))) {
		if (!d.identity && old->identity)
			d.identity = xstrdup(old->identity);
		stamp = old->stamp.since ? &old->stamp : NULL;
	}
	if (stamp)
		d.stamp = state_stamp_copy(stamp);
	return d;
}

static void devices_free(struct state_devices *d)
{
	struct state s = { .hidden = *d };

	state_done(&s);
	*d = (struct state_devices){ 0 };
}

void state_devices_drop(struct state_devices *d, size_t i)
{
	struct state_devices one = { .v = xmemdup(&d->v[i], sizeof(one.v[0])), .n = 1 };

	devices_free(&one);
	memmove(&d->v[i], &d->v[i + 1], (d->n - i - 1) * sizeof(d->v[i]));
	d->n--;
}

/* Does this address stand there only because a wanted device was there once, before bus numbers moved or another one took its slot? */
static bool is_stale(const struct state *s, struct facts *f, struct resolution *all, const struct state_devices *before, struct bdf bdf)
{
	_cleanup_free_ char *now = state_identity_of(f, bdf);
	bool other = false;

	for (size_t i = 0; now && i < before->n; i++) {
		const struct state_device *old = &before->v[i];
		struct bdf elsewhere;

		if (!bdf_eq(old->bdf, bdf) || !old->identity)
			continue;
		if (state_fate(s, f, all, old, &elsewhere) == FATE_SAME)
			return false;
		other = true;
	}
	return other;
}

/* What is at such an address is not taken for the device that is wanted: that keeps its record, until somebody names the address anew. */
static void devices_set(const struct state *s, struct facts *f, struct state_devices *d, const struct bdfset *want)
{
	struct state_devices anew = { .v = want->n ? xcalloc(want->n, sizeof(*anew.v)) : NULL };
	struct resolution all = { 0 };

	for (size_t i = 0; i < want->n; i++)
		anew.v[anew.n++] = device_anew(d, want->v[i], is_stale(s, f, &all, d, want->v[i]) ? NULL : state_identity_of(f, want->v[i]), NULL);
	resolution_done(&all);
	devices_free(d);
	*d = anew;
}

/* ---- boot parameters --------------------------------------------------------------------------------------------- */

int state_entry(const struct bootfile *b)
{
	for (size_t i = 0; i < b->cfg.n; i++)
		if (b->cfg.v[i].role == GRUB_NORMAL)
			return (int)i;
	return bootfile_next_entry(b);
}

static bool has_identity(const struct state_devices *d, const char *identity)
{
	for (size_t i = 0; identity && i < d->n; i++)
		if (streq0(d->v[i].identity, identity))
			return true;
	return false;
}

/*
 * A device that is not at its address any more is wanted all the same, whatever the list says of the address.  (One whose identity
 * was never known is wanted only as long as the list names it.)
 */
static void keep_missing(struct state *s, struct facts *f, struct state_devices *anew)
{
	struct resolution found = { 0 };
	struct pcidevs *set = NULL;
	bool any = false;

	for (size_t i = 0; i < s->hidden.n; i++)
		any |= s->hidden.v[i].identity && !has_identity(anew, s->hidden.v[i].identity);
	if (!any || facts_pci(f, &set, NULL) < 0)
		return;
	state_resolve(set, s, &found);
	for (size_t i = 0; i < s->hidden.n; i++) {
		struct state_device *d = &s->hidden.v[i];
		enum fate fate = resolution_find(&found, d)->fate;

		if (fate == FATE_SAME || fate == FATE_UNKNOWN || has_identity(anew, d->identity))
			continue;
		ARRAY_GROW(anew->v, anew->n);
		anew->v[anew->n++] = *d;
		*d = (struct state_device){ .bdf = d->bdf };
	}
	resolution_done(&found);
}

static int fold_hidden(struct state *s, struct facts *f, const struct bootfile *then, size_t entry,
		       const struct state_stamp *stamp, struct err *err)
{
	_cleanup_bdfset_ struct bdfset effective = { 0 }, listed = { 0 };
	struct state_devices anew = { 0 };
	struct resolution all = { 0 };
	int rc = bootfile_hidden(then, entry, facts_present(f), &effective, &listed, err);

	/* A list that the kernel cannot read hides nothing, and nobody wants that: it is not written by us. */
	if (rc == -EINVAL)
		return 0;
	if (rc < 0)
		return rc;
	bdfset_sort(&effective);
	for (size_t i = 0; i < effective.n; i++) {
		if (is_stale(s, f, &all, &s->hidden, effective.v[i]))
			continue;
		ARRAY_GROW(anew.v, anew.n);
		anew.v[anew.n++] = device_anew(&s->hidden, effective.v[i], state_identity_of(f, effective.v[i]), stamp);
	}
	resolution_done(&all);
	keep_missing(s, f, &anew);
	devices_free(&s->hidden);
	s->hidden = anew;
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
	state_stamp_renew(&p->stamp, stamp);
}

static int fold_boot(struct state *s, struct facts *f, const struct plan *p, const struct bootfile *then,
		     const struct state_stamp *stamp, struct err *err)
{
	int entry = state_entry(then), rc = 0;
	bool hides = false;

	for (size_t i = 0; entry >= 0 && i < p->n; i++) {
		const struct change *c = &p->v[i];
		_cleanup_(setting_done) struct setting value = { 0 };

		if (c->kind != CHANGE_BOOT || c->follows)
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

/* True: it was something else. */
static bool set_text(char **field, const char *text)
{
	if (streq0(*field, text))
		return false;
	free(*field);
	*field = text ? xstrdup(text) : NULL;
	return true;
}

static struct state_vm *vm_for(struct state *s, const char *uuid, const char *name)
{
	struct state_vm *vm = state_find_vm(s, uuid);

	if (!vm) {
		ARRAY_GROW(s->vms, s->n_vms);
		vm = &s->vms[s->n_vms++];
		*vm = (struct state_vm){ .uuid = xstrdup(uuid) };
	}
	set_text(&vm->name, name);
	return vm;
}

static bool fold_pci(const struct state *s, struct state_vm *vm, struct facts *f, const char *value)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset named = { 0 };
	bool changed = set_text(&vm->pci, value);

	vmpci_parse(value ? value : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped)
			bdfset_add(&named, items.v[i].bdf);
	devices_set(s, f, &vm->devices, &named);
	return changed;
}

static bool is_this_host(struct facts *f, const char *ref)
{
	const struct this_host *this = NULL;

	return ref && facts_this_host(f, &this, NULL) == 0 && streq0(this->ref, ref);
}

/* One field of a VM, or one key of a map field (key NULL: the field itself). */
static void fold_vm(struct state *s, struct facts *f, struct state_vm *vm, const char *field, const char *key, const char *value,
		    const struct state_stamp *stamp)
{
	bool changed = false;

	if (streq(field, "affinity")) {
		bool here = is_this_host(f, value);

		changed = here != vm->here;
		vm->here = here;
	} else if (streq(field, "other_config") && streq0(key, "pci")) {
		changed = fold_pci(s, vm, f, value);
	} else if (streq(field, "VCPUs_params") && streq0(key, "mask")) {
		changed = set_text(&vm->mask, value);
	}
	if (changed)
		state_stamp_renew(&vm->stamp, stamp);
}

static void usb_remove(struct state_vm *vm, const struct usbid *id)
{
	for (size_t i = vm->n_usb; i--;) {
		if (!usbid_eq(&vm->usb[i], id))
			continue;
		usbid_done(&vm->usb[i]);
		memmove(&vm->usb[i], &vm->usb[i + 1], (vm->n_usb - i - 1) * sizeof(*vm->usb));
		vm->n_usb--;
	}
}

bool state_usb_has(const struct state_vm *vm, const struct usbid *id)
{
	for (size_t i = 0; i < vm->n_usb; i++)
		if (usbid_eq(&vm->usb[i], id))
			return true;
	return false;
}

static bool usb_add(struct state_vm *vm, struct usbid *id)
{
	if (state_usb_has(vm, id))
		return false;
	ARRAY_GROW(vm->usb, vm->n_usb);
	vm->usb[vm->n_usb++] = *id;
	*id = (struct usbid){ 0 };
	return true;
}

/* In its place: there and back again is the same text. */
static bool usb_replace(struct state_vm *vm, const struct usbid *old, struct usbid *new)
{
	size_t before = vm->n_usb;

	for (size_t i = 0; i < vm->n_usb && !state_usb_has(vm, new); i++)
		if (usbid_eq(&vm->usb[i], old)) {
			usbid_done(&vm->usb[i]);
			vm->usb[i] = *new;
			*new = (struct usbid){ 0 };
			return true;
		}
	usb_remove(vm, old);
	return usb_add(vm, new) || vm->n_usb != before;
}

bool state_usb_change(struct state_vm *vm, const struct change *c)
{
	_cleanup_(usbid_done) struct usbid id = { 0 }, instead = { 0 };
	size_t before = vm->n_usb;

	if (!usbid_parse(c->key, &id) || (c->field && !usbid_parse(c->field, &instead)))
		return false;
	if (c->field && !usbid_eq(&id, &instead))
		return c->new.there ? usb_replace(vm, &instead, &id) : usb_replace(vm, &id, &instead);
	if (c->new.there || c->field)
		return usb_add(vm, &id);
	usb_remove(vm, &id);
	return vm->n_usb != before;
}

/* Where the VM prefers to run is wanted for the sake of its devices or its CPUs: alone it is nobody's wish. */
static void drop_idle_vms(struct state *s)
{
	for (size_t i = s->n_vms; i--;)
		if (!s->vms[i].pci && !s->vms[i].mask && !s->vms[i].n_usb)
			drop_vm(s, &s->vms[i]);
}

static bool records_devices(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct change *c = &p->v[i];

		if (!c->follows && (c->kind == CHANGE_BOOT ? c->target == GRUB_DOM0 && hide_is_key_like(c->key) :
				    c->kind == CHANGE_VM_KEY && streq0(c->key, "pci")))
			return true;
	}
	return false;
}

static void fold_vusb(struct state_vm *vm, const struct change *c, const struct state_stamp *stamp)
{
	if (state_usb_change(vm, c))
		state_stamp_renew(&vm->stamp, stamp);
}

/* What is recorded as local beside the policy is what is wanted of it. */
bool state_set_usb_policy(struct state *s, const char *record)
{
	return set_text(&s->usb_policy, record);
}

static void fold_policy(struct state *s, const struct change *c, const struct state_stamp *stamp)
{
	if (state_set_usb_policy(s, c->new.text))
		state_stamp_renew(&s->usb_stamp, stamp);
}

static int cmp_device(const void *a, const void *b)
{
	return bdf_cmp(((const struct state_device *)a)->bdf, ((const struct state_device *)b)->bdf);
}

/*
 * What a VM is given has to be hidden: that somebody else has hidden it before does not make it less wanted.  (Where it is hidden
 * only until the next boot, that was the administrator's choice.)
 */
static void want_hidden(struct state *s, struct facts *f, const struct state_devices *given, const struct state_stamp *stamp)
{
	const struct bdfset *next = NULL;
	size_t before = s->hidden.n;

	if (!given->n || facts_hidden_next(f, &next, NULL) < 0)
		return;
	for (size_t i = 0; i < given->n; i++) {
		const struct state_device *d = &given->v[i];

		if (!bdfset_has(next, d->bdf) || state_devices_find(&s->hidden, d->bdf) || has_identity(&s->hidden, d->identity))
			continue;
		ARRAY_GROW(s->hidden.v, s->hidden.n);
		s->hidden.v[s->hidden.n] = (struct state_device){ .bdf = d->bdf, .identity = d->identity ? xstrdup(d->identity) : NULL };
		state_stamp_renew(&s->hidden.v[s->hidden.n++].stamp, stamp);
	}
	if (s->hidden.n > before)
		qsort(s->hidden.v, s->hidden.n, sizeof(*s->hidden.v), cmp_device);
}

/* A plan that says itself what is wanted. */
static int fold_state(struct state *s, const struct plan *p, const struct state_stamp *stamp, struct err *err)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct change *c = &p->v[i];
		struct strbuf text = { .s = c->new.text, .len = c->kind == CHANGE_STATE ? strlen(c->new.text) : 0 };
		struct state anew;
		int rc;

		if (c->kind != CHANGE_STATE)
			continue;
		rc = state_parse("the new desired state", &text, &anew, err);
		if (rc < 0)
			return rc;
		state_inherit_stamps(&anew, s, stamp);
		state_done(s);
		*s = anew;
	}
	return 0;
}

int state_fold(struct state *s, struct facts *f, const struct plan *p, const struct bootfile *then,
	       const struct state_stamp *stamp, struct err *err)
{
	struct pcidevs *set = NULL;
	int rc = fold_state(s, p, stamp, err);

	if (rc == 0 && !p->keep_state && records_devices(p) && facts_pci(f, &set, NULL) == 0)
		state_renew_identities(set, s);
	if (rc == 0 && !p->keep_state)
		state_take_words(s, f, p, stamp, NULL);
	if (rc == 0 && then && !p->keep_state)
		rc = fold_boot(s, f, p, then, stamp, err);
	if (rc < 0 || p->keep_state)
		return rc;
	for (size_t i = 0; i < p->lifts.n; i++)
		state_drop_override(s, p->lifts.v[i]);
	for (size_t i = 0; i < p->overrides.n; i++)
		state_add_override(s, p->overrides.v[i], stamp);
	for (size_t i = 0; i < p->n; i++) {
		const struct change *c = &p->v[i];

		if (c->follows)
			continue;
		if (c->kind == CHANGE_VM_KEY || c->kind == CHANGE_VM_REF) {
			struct state_vm *vm = vm_for(s, c->uuid, c->name);

			fold_vm(s, f, vm, c->field, c->key, c->new.text, stamp);
			if (streq(c->field, "other_config"))
				want_hidden(s, f, &vm->devices, stamp);
		} else if (c->kind == CHANGE_VUSB)
			fold_vusb(vm_for(s, c->uuid, c->name), c, stamp);
		else if (c->kind == CHANGE_FILE && streq(c->key, POLICY_RECORD_PATH))
			fold_policy(s, c, stamp);
	}
	drop_idle_vms(s);
	return 0;
}

/* ---- taking over --------------------------------------------------------------------------------------------------- */

/* What the list does not name is not wanted, missing or not. */
static void forget_missing(struct state *s, const struct bootfile *b, size_t entry, const struct bdfset *present)
{
	_cleanup_bdfset_ struct bdfset effective = { 0 };

	if (bootfile_hidden(b, entry, present, &effective, NULL, NULL) < 0)
		return;
	for (size_t i = s->hidden.n; i--;)
		if (!bdfset_has(&effective, s->hidden.v[i].bdf))
			state_devices_drop(&s->hidden, i);
}

/* Whatever has an address now, or nothing, is what is meant by it. */
static void forget_identities(struct state_devices *d, struct facts *f)
{
	for (size_t i = 0; i < d->n; i++) {
		_cleanup_free_ char *now = state_identity_of(f, d->v[i].bdf);

		if (streq0(now, d->v[i].identity))
			continue;
		free(d->v[i].identity);
		d->v[i].identity = NULL;
	}
}

static int import_boot(struct state *s, struct facts *f, const struct bootfile *b, const struct state_stamp *stamp, struct err *err)
{
	_cleanup_(setting_done) struct setting irqs = { 0 };
	int rc, entry = state_entry(b);

	if (entry < 0)
		return 0;
	forget_identities(&s->hidden, f);
	rc = fold_hidden(s, f, b, (size_t)entry, stamp, err);
	if (rc < 0)
		return rc;
	forget_missing(s, b, (size_t)entry, facts_present(f));
	irqs = setting_of(b, (size_t)entry, GRUB_XEN, IRQBUDGET_KEY);
	fold_param(s, GRUB_XEN, IRQBUDGET_KEY, &irqs, stamp);
	for (size_t i = s->n_params; i--;) {
		_cleanup_(setting_done) struct setting value = setting_of(b, (size_t)entry, s->params[i].target, s->params[i].key);
		_cleanup_free_ char *key = xstrdup(s->params[i].key);

		fold_param(s, s->params[i].target, key, &value, stamp);
	}
	return 0;
}

/* The devices of its VUSBs; where XAPI does not tell of them, what was wanted stays. */
static void import_usb(struct facts *f, struct state_vm *want, const struct vm *vm)
{
	const struct xapi_usb *usb = NULL;

	if (facts_xapi_usb(f, &usb, NULL) < 0 || !usb->vusbs_known)
		return;
	while (want->n_usb)
		usbid_done(&want->usb[--want->n_usb]);
	for (size_t i = 0; i < usb->n; i++) {
		if (!streq0(usb->v[i].vm, vm->ref))
			continue;
		ARRAY_GROW(want->usb, want->n_usb);
		want->n_usb += xapi_pusb_id(&usb->v[i], &want->usb[want->n_usb]);
	}
}

static bool has_vusb(struct facts *f, const struct vm *vm)
{
	const struct xapi_usb *usb = NULL;

	return facts_xapi_usb(f, &usb, NULL) == 0 && xapi_usb_vm_count(usb, vm->ref);
}

static void import_vm(struct state *s, struct facts *f, const struct vm *vm, const struct state_stamp *stamp)
{
	struct state_vm *want = vm_for(s, vm->uuid, vm->name);

	forget_identities(&want->devices, f);
	fold_vm(s, f, want, "other_config", "pci", vm->pci, stamp);
	fold_vm(s, f, want, "VCPUs_params", "mask", vm->mask, stamp);
	fold_vm(s, f, want, "affinity", NULL, vm->affinity, stamp);
	import_usb(f, want, vm);
}

/* VMs that have nothing any more, are gone, or went to another host. */
static void forget_vms(struct state *s, struct facts *f, const struct vms *vms)
{
	for (size_t i = s->n_vms; i--;) {
		const struct vm *vm = vms_find(vms, s->vms[i].uuid);

		if (!vm || !vm_is_guest(vm) || facts_vm_is_here(f, vm) == TRI_NO)
			drop_vm(s, &s->vms[i]);
	}
	drop_idle_vms(s);
}

void state_import_policy(struct state *s, struct host *h, const struct state_stamp *stamp)
{
	_cleanup_strbuf_ struct strbuf record = { 0 };
	int rc = host_read(h, POLICY_RECORD_PATH, POLICY_MAX, &record, NULL);

	if ((rc == 0 && !policy_record_parse(strbuf_str(&record), record.len, NULL, NULL)) || (rc < 0 && rc != -ENOENT && rc != -ENOTDIR))
		return;
	if (state_set_usb_policy(s, rc == 0 ? strbuf_str(&record) : NULL))
		state_stamp_renew(&s->usb_stamp, stamp);
}

int state_import(struct state *s, struct facts *f, const struct bootfile *boot, const struct state_stamp *stamp, struct strv *notes,
		 struct err *err)
{
	struct bootfile *present = NULL;
	struct vms *vms = NULL;
	struct err why = { 0 };
	int rc = boot ? 0 : facts_boot(f, &present, err);

	if (rc == 0)
		rc = import_boot(s, f, boot ? boot : present, stamp, err);
	if (rc < 0 || facts_vms(f, &vms, &why) < 0) {
		if (rc == 0)
			strv_addf(notes, "only boot parameters were taken over: %s", why.text);
		return rc;
	}
	for (size_t i = 0; i < vms->n; i++)
		if (vm_is_guest(&vms->v[i]) && facts_vm_is_here(f, &vms->v[i]) != TRI_NO &&
		    (vms->v[i].pci || vms->v[i].mask || has_vusb(f, &vms->v[i]) || state_find_vm(s, vms->v[i].uuid)))
			import_vm(s, f, &vms->v[i], stamp);
	forget_vms(s, f, vms);
	return 0;
}
