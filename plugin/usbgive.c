/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbgive.c - see usbgive.h */

#include <stdlib.h>

#include "plugin/usbgive.h"

#define SPEED_OF_USB2 480 /* Mbit/s: the most that a VM's own controller gives */

/* ---- naming ------------------------------------------------------------------------------------------------------- */

/* The scanner strips the serial number. */
void usbgive_id(const struct usbdev *d, struct usbid *ret)
{
	const char *serial = d->serial ? d->serial + strspn(d->serial, " \t\r\n\v\f") : "";
	size_t len = strlen(serial);

	while (len && strchr(" \t\r\n\v\f", serial[len - 1]))
		len--;
	*ret = (struct usbid){ xstrdup(d->name), d->vendor, d->product, xstrndup(serial, len) };
}

bool usbgive_is_named(const struct usbid *id, const char *uuid, const char *name)
{
	_cleanup_free_ char *ids = xasprintf("%04x:%04x", id->vendor, id->product);
	_cleanup_free_ char *with_serial = xasprintf("%s:%s", ids, id->serial);

	return streq(name, id->path) || !strcasecmp(name, ids) || (*id->serial && !strcasecmp(name, with_serial)) || streq0(uuid, name);
}

int usbgive_find(struct run *r, const char *name, const struct usbdev **ret, struct err *err)
{
	const struct xapi_usb *xapi = NULL;
	_cleanup_strv_ struct strv found = { 0 };
	struct usbdevs *set = NULL;
	int rc = facts_usb(r->facts, &set, err);

	if (rc < 0)
		return rc;
	usbdevs_details(facts_host(r->facts), set);
	facts_xapi_usb(r->facts, &xapi, NULL);
	for (size_t i = 0; i < set->n; i++) {
		_cleanup_(usbid_done) struct usbid id = { 0 };
		const struct xapi_pusb *p = xapi ? xapi_usb_find(xapi, set->v[i].name) : NULL;

		usbgive_id(&set->v[i], &id);
		if (!usbgive_is_named(&id, p ? p->uuid : NULL, name))
			continue;
		*ret = &set->v[i];
		strv_add(&found, set->v[i].name);
	}
	if (found.n == 1)
		return 0;
	if (found.n) {
		_cleanup_free_ char *names = strv_join(&found, ", ");

		return err_set(err, ENOTUNIQ, "several USB devices are '%s': %s; name one by its bus path", name, names);
	}
	err_set(err, ENOENT, "there is no USB device '%s'", name);
	return err_hint(err, "usb-device-list shows them: name one by its bus path (1-2.4), vendor:product[:serial], or its PUSB");
}

/* ---- what would be refused -------------------------------------------------------------------------------------------- */

static void add(struct findings *to, const char *code, enum severity severity, const char *subject, char *text, const char *remedy)
{
	struct finding *f = findings_add(to, code, severity, subject, text);

	f->final = severity == SEV_REFUSE;
	f->remedy = remedy ? xstrdup(remedy) : NULL;
	free(text);
}

static const struct vm *vm_by_ref(struct facts *f, const char *ref)
{
	struct vms *vms = NULL;

	if (ref && facts_vms(f, &vms, NULL) == 0)
		for (size_t i = 0; i < vms->n; i++)
			if (streq(vms->v[i].ref, ref))
				return &vms->v[i];
	return NULL;
}

const struct xapi_pusb *usbgive_pusb(const struct xapi_usb *xapi, const struct usbdev *d)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };

	usbgive_id(d, &id);
	return xapi_usb_find_id(xapi, &id);
}

void usbgive_check_vm(const struct vm *vm, const struct xapi_usb *xapi, size_t more, bool next_start, struct findings *to)
{
	size_t n = xapi_usb_vm_count(xapi, vm->ref) + more;
	_cleanup_free_ char *remedy = NULL;

	if (!vm_is_guest(vm)) {
		add(to, "VM_NOT_A_GUEST", SEV_REFUSE, vm->uuid, xasprintf("'%s' is no VM that can be started", vm->name), "name another one");
		return;
	}
	remedy = xasprintf("shut it down first: xe vm-shutdown uuid=%s; or vm-usb-attach when=next-start: it has the device when it starts anew", vm->uuid);
	if (!vm->power_state)
		add(to, "USB_VM_RUNNING", SEV_UNKNOWN, vm->uuid, xasprintf("whether the VM '%s' runs is unknown", vm->name), remedy);
	else if (!streq(vm->power_state, "Halted") && !(next_start && streq(vm->power_state, "Running")))
		add(to, "USB_VM_RUNNING", SEV_REFUSE, vm->uuid,
		    xasprintf("the VM '%s' is not halted (%s): XAPI cannot plug a USB device into a running VM", vm->name, vm->power_state), remedy);
	if (streq0(vm->ha_priority, "restart"))
		add(to, "USB_VM_HA", SEV_REFUSE, vm->uuid,
		    xasprintf("the VM '%s' has the HA restart priority 'restart': XAPI gives such a VM no USB device", vm->name),
		    "xe vm-param-set ha-restart-priority=best-effort for this VM, or an empty one");
	if (n >= USBGIVE_MAX)
		add(to, "USB_TOO_MANY", SEV_REFUSE, vm->uuid,
		    xasprintf("the VM '%s' has %zu USB devices: XAPI gives a VM no more than %d", vm->name, n, USBGIVE_MAX),
		    "vm-usb-detach takes one away, or give it the whole USB controller with vm-pci-attach");
	if (!n)
		add(to, "USB_NO_SNAPSHOT", SEV_WARN, vm->uuid,
		    xasprintf("as long as the VM '%s' has a USB device XAPI makes no snapshot of it, and so most backups fail (VM_HAS_VUSBS); it is not "
			      "suspended or migrated either", vm->name),
		    "back it up from inside, or while it is halted and detached");
}

/* The whole controller by PCI instead, where dom0 has nothing on it; NULL: it has, or it is unknown.  Caller frees. */
static char *whole_controller(struct run *r, const struct usbdev *d)
{
	_cleanup_free_ char *names = NULL;
	_cleanup_strv_ struct strv others = { 0 };
	struct usbdevs *set = NULL;

	if (!d->has_controller || facts_usb(r->facts, &set, NULL) < 0)
		return NULL;
	for (size_t i = 0; i < set->n; i++) {
		const struct usbdev *o = &set->v[i];
		_cleanup_free_ char *use = NULL;

		if (!o->has_controller || !bdf_eq(o->controller, d->controller))
			continue;
		use = usb_dom0_use(r->facts, o);
		if (use || usb_is_keyboard(o))
			return NULL;
		if (o != d && o->status != USB_HUB)
			strv_add(&others, o->name);
	}
	names = strv_join(&others, ", ");
	return xasprintf("the whole controller instead, at full speed, by no rule, and with no replug to forget it: vm-pci-attach device=%s%s%s",
			 BDF_STR(d->controller), others.n ? "; on it are also " : "", names);
}

/* Where speed or policy makes another way the better one. */
static void check_ways(struct run *r, const struct usbdev *d, const char *shown, struct findings *to)
{
	const struct policy *policy = NULL;
	_cleanup_free_ char *whole = NULL;

	if (d->speed && strtoul(d->speed, NULL, 10) > SPEED_OF_USB2) {
		whole = whole_controller(r, d);
		add(to, "USB_SLOW", SEV_INFO, d->name, xasprintf("%s runs at %s Mbit/s: a VM gets it as USB 2, with %d at most", shown, d->speed, SPEED_OF_USB2),
		    whole);
		return;
	}
	if (d->status != USB_READY || facts_usb_policy(r->facts, &policy, NULL) < 0 || usb_judge(policy, d).allowed)
		return;
	whole = whole_controller(r, d);
	if (whole)
		add(to, "USB_WIDE_RULE", SEV_INFO, d->name,
		    xasprintf("the policy denies %s, and the rule that allows it allows every device %04x:%04x", shown, d->vendor, d->product), whole);
}

void usbgive_check_device(struct run *r, const struct vm *vm, const struct usbdev *d, const struct xapi_usb *xapi, struct findings *to)
{
	_cleanup_free_ char *shown = usb_shown(d), *use = usb_dom0_use(r->facts, d), *remedy = NULL;
	const struct xapi_pusb *p = usbgive_pusb(xapi, d);
	const struct policy *policy = NULL;
	struct usbdevs *set = NULL;

	if (d->status != USB_READY)
		add(to, "USB_NOT_READY", SEV_REFUSE, d->name,
		    d->status == USB_HUB ? xasprintf("%s is a hub: XAPI gives no hub to a VM", shown)
					 : xasprintf("%s is not ready: %s", shown, d->why ? d->why : "?"),
		    d->status == USB_HUB ? "name the devices behind it" : "name a device that is configured");
	if (use)
		add(to, "USB_DOM0", SEV_REFUSE, d->name, xasprintf("dom0 lives on %s: %s", shown, use), "choose another device");
	if (vm && p && p->vusb && !streq0(p->vm, vm->ref)) {
		const struct vm *other = vm_by_ref(r->facts, p->vm);

		remedy = xasprintf("vm-usb-detach uuid=%s device=%s first", other ? other->uuid : "UUID", d->name);
		add(to, "USB_GROUP_CONFLICT", SEV_REFUSE, d->name,
		    xasprintf("%s is given to the VM '%s' already", shown, other ? other->name : "?"), remedy);
	}
	/* Where the policy has to change, that tells it. */
	if (facts_usb(r->facts, &set, NULL) == 0 && usb_is_only_keyboard(set, d) && facts_usb_policy(r->facts, &policy, NULL) == 0 &&
	    usb_judge(policy, d).allowed)
		add(to, "USB_ONLY_KEYBOARD", SEV_WARN, d->name,
		    xasprintf("%s is the only keyboard of this host: once a VM has it, the console has none", shown), "keep another way to the console");
	check_ways(r, d, shown, to);
}

void usbgive_check(struct run *r, const struct vm *vm, const struct usbdev *d)
{
	const struct xapi_usb *xapi = NULL;

	if (facts_xapi_usb(r->facts, &xapi, NULL) < 0)
		return;
	if (vm)
		usbgive_check_vm(vm, xapi, 0, false, &r->res->findings);
	if (d)
		usbgive_check_device(r, vm, d, xapi, &r->res->findings);
}

/* ---- finding a wanted one again ------------------------------------------------------------------------------------------ */

const char *usb_fate_name(enum usb_fate f)
{
	static const char *const names[] = { "there", "moved", "gone", "ambiguous" };

	return names[f];
}

/* Is the device the one of another wish, by its port? */
static bool is_spoken_for(const struct state *s, const struct usbid *wish, const struct usbid *id)
{
	for (size_t v = 0; v < s->n_vms; v++)
		for (size_t i = 0; i < s->vms[v].n_usb; i++)
			if (&s->vms[v].usb[i] != wish && usbid_eq(&s->vms[v].usb[i], id))
				return true;
	return false;
}

/* Other wishes of the same kind whose port has no such device now: what is left over could be theirs as well. */
static size_t rivals(const struct state *s, const struct usbdevs *set, const struct usbid *wish)
{
	size_t n = 0;

	for (size_t v = 0; v < s->n_vms; v++)
		for (size_t i = 0; i < s->vms[v].n_usb; i++) {
			const struct usbid *other = &s->vms[v].usb[i];
			const struct usbdev *d = usbdevs_find(set, other->path);
			_cleanup_(usbid_done) struct usbid id = { 0 };

			if (other == wish || !usbid_same_kind(other, wish))
				continue;
			if (d)
				usbgive_id(d, &id);
			n += !d || !usbid_same_kind(&id, other);
		}
	return n;
}

enum usb_fate usbgive_resolve(struct facts *f, const struct state *s, const struct usbid *wish, const struct usbdev **ret, char **choice)
{
	_cleanup_strv_ struct strv left = { 0 };
	struct usbdevs *set = NULL;

	*choice = NULL;
	*ret = NULL;
	if (facts_usb(f, &set, NULL) < 0)
		return USB_FATE_GONE;
	usbdevs_details(facts_host(f), set);
	for (size_t i = 0; i < set->n; i++) {
		_cleanup_(usbid_done) struct usbid id = { 0 };

		usbgive_id(&set->v[i], &id);
		if (!usbid_same_kind(&id, wish))
			continue;
		if (streq(id.path, wish->path)) {
			*ret = &set->v[i];
			return USB_FATE_SAME;
		}
		if (is_spoken_for(s, wish, &id))
			continue;
		*ret = &set->v[i];
		strv_add(&left, id.path);
	}
	if (!left.n)
		return USB_FATE_GONE;
	if (left.n == 1 && !rivals(s, set, wish))
		return USB_FATE_MOVED;
	*choice = strv_join(&left, ", ");
	*ret = NULL;
	return USB_FATE_AMBIGUOUS;
}
