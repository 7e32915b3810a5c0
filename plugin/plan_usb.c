/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_usb.c - the changes by which a VM gets a USB device from XAPI; see plan.h */

#include "plugin/plan.h"

static struct change *add(struct plan *p, enum change_kind kind, const char *key, const char *why)
{
	ARRAY_GROW(p->v, p->n);
	p->v[p->n] = (struct change){
		.kind = kind,
		.effect = kind == CHANGE_VUSB ? EFFECT_VM_START : EFFECT_NOW,
		.key = key ? xstrdup(key) : NULL,
		.why = xstrdup(why),
	};
	return &p->v[p->n++];
}

bool change_is_usb(const struct change *c)
{
	return c->kind == CHANGE_SCAN || c->kind == CHANGE_PUSB || c->kind == CHANGE_VUSB;
}

struct change *plan_scan_find(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_SCAN)
			return &p->v[i];
	return NULL;
}

void plan_scan(struct plan *p, const char *must, const char *expected, const char *old_shown, const char *new_shown, const char *why)
{
	struct change *c = add(p, CHANGE_SCAN, must, why);

	c->new = setting_copy(true, expected);
	c->old_shown = xstrdup(old_shown);
	c->new_shown = xstrdup(new_shown);
}

void plan_pusb(struct plan *p, const char *device, bool enable, const char *why)
{
	struct change *c = add(p, CHANGE_PUSB, device, why);

	c->old = setting_copy(true, enable ? "false" : "true");
	c->new = setting_copy(true, enable ? "true" : "false");
}

void plan_vusb(struct plan *p, const struct vm *vm, const char *device, const char *instead, bool has, const char *why)
{
	struct change *c = add(p, CHANGE_VUSB, device, why);

	c->old = setting_copy(!has, device);
	c->new = setting_copy(has, device);
	c->ref = xstrdup(vm->ref);
	c->uuid = xstrdup(vm->uuid);
	c->name = xstrdup(vm->name);
	c->field = instead ? xstrdup(instead) : NULL;
}

/* ---- each for itself ------------------------------------------------------------------------------------------------- */

/* Of the port alone, as the sentence is for people.  Caller frees. */
static char *restart_text(const char *uuid, const char *name, const char *device)
{
	return xasprintf("VM '%s' runs without %.*s until it starts anew: xe vm-reboot uuid=%s", name, (int)strcspn(device, " "), device, uuid);
}

void plan_vusb_restart(struct plan *p, const struct vm *vm, const char *device)
{
	_cleanup_free_ char *text = restart_text(vm->uuid, vm->name, device);

	strv_add(&p->next, text);
}

bool plan_can_leave(const struct plan *p, const struct change *c)
{
	return p->each && (c->kind == CHANGE_PUSB || c->kind == CHANGE_VUSB);
}

static void unsay_restart(struct plan *p, const struct change *c)
{
	_cleanup_free_ char *text = restart_text(c->uuid, c->name, c->key);
	size_t n = 0;

	for (size_t i = 0; i < p->next.n; i++)
		if (streq(p->next.v[i], text))
			free(p->next.v[i]);
		else
			p->next.v[n++] = p->next.v[i];
	p->next.n = n;
}

size_t plan_leave_out(struct plan *p, const char *device, size_t at, const struct err *why)
{
	struct left_out l = { .device = xstrdup(device), .why = xstrdup(why->text), .hint = *why->hint ? xstrdup(why->hint) : NULL };
	size_t n = 0, before = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct change *c = &p->v[i];

		if (!(plan_can_leave(p, c) && streq(c->key, l.device)) && !(c->kind == CHANGE_STATE && setting_eq(&c->old, &c->new))) {
			p->v[n++] = *c;
			continue;
		}
		before += i < at;
		if (c->kind == CHANGE_VUSB) {
			unsay_restart(p, c);
			free(l.vm);
			l.vm = xstrdup(c->name);
		}
		change_done(c);
	}
	p->n = n;
	ARRAY_GROW(p->left, p->n_left);
	p->left[p->n_left++] = l;
	return before;
}

bool plan_only_looks(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind != CHANGE_SCAN)
			return false;
	return !p->boot_path;
}

char *left_out_text(const struct left_out *l)
{
	return xasprintf("VM '%s' does not get the USB device %s back: %s", l->vm ? l->vm : "?", l->device, l->why);
}

/* ---- in words -------------------------------------------------------------------------------------------------------- */

bool plan_takes_usb(const struct plan *p, const char *path)
{
	for (size_t i = 0; i < p->n; i++) {
		const char *rest = p->v[i].kind == CHANGE_VUSB && !p->v[i].new.there ? str_after(p->v[i].key, path) : NULL;

		if (rest && *rest == ' ')
			return true;
	}
	return false;
}

char *change_usb_name(const struct change *c)
{
	if (c->kind == CHANGE_SCAN)
		return xstrdup("USB devices that XAPI offers");
	return xstrdup(c->kind == CHANGE_PUSB ? "passthrough-enabled" : "VUSB");
}

char *change_usb_where(const struct change *c)
{
	if (c->kind == CHANGE_SCAN)
		return xstrdup("XAPI, this host");
	if (c->kind == CHANGE_PUSB)
		return xasprintf("USB device %s", c->key);
	return xasprintf("VM %s '%s'", c->uuid, c->name);
}
