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

static const struct xapi_pusb *pusb_of(const struct xapi_usb *xapi, const struct usbdev *d)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };

	usbgive_id(d, &id);
	return xapi_usb_find_id(xapi, &id);
}

static void check_vm(const struct vm *vm, const struct xapi_usb *xapi, struct findings *to)
{
	size_t n = xapi_usb_vm_count(xapi, vm->ref);
	_cleanup_free_ char *remedy = NULL;

	if (!vm_is_guest(vm)) {
		add(to, "VM_NOT_A_GUEST", SEV_REFUSE, vm->uuid, xasprintf("'%s' is no VM that can be started", vm->name), "name another one");
		return;
	}
	remedy = xasprintf("shut it down first: xe vm-shutdown uuid=%s", vm->uuid);
	if (!vm->power_state)
		add(to, "USB_VM_RUNNING", SEV_UNKNOWN, vm->uuid, xasprintf("whether the VM '%s' runs is unknown", vm->name), remedy);
	else if (!streq(vm->power_state, "Halted"))
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

static void check_device(struct run *r, const struct vm *vm, const struct usbdev *d, const struct xapi_usb *xapi, struct findings *to)
{
	_cleanup_free_ char *shown = usb_shown(d), *use = usb_dom0_use(r->facts, d), *remedy = NULL;
	const struct xapi_pusb *p = pusb_of(xapi, d);
	const struct policy *policy = NULL;
	struct usbdevs *set = NULL;

	if (d->status != USB_READY)
		add(to, "USB_NOT_READY", SEV_REFUSE, d->name,
		    d->status == USB_HUB ? xasprintf("%s is a hub: XAPI gives no hub to a VM", shown)
					 : xasprintf("%s is not ready: %s", shown, d->why ? d->why : "?"),
		    "name a device that is configured");
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
	if (d->has_controller && d->speed && strtoul(d->speed, NULL, 10) > SPEED_OF_USB2) {
		_cleanup_free_ char *whole = xasprintf("where that is too slow: vm-pci-attach device=%s gives the VM the whole controller, with all its ports",
						       BDF_STR(d->controller));

		add(to, "USB_SLOW", SEV_INFO, d->name, xasprintf("%s runs at %s Mbit/s: a VM gets it as USB 2, with %d at most", shown, d->speed, SPEED_OF_USB2),
		    whole);
	}
}

/* ---- the steps ------------------------------------------------------------------------------------------------------- */

/* The policy as the plan leaves it. */
static int policy_then(struct run *r, struct policy *ret, bool *changed, struct err *err)
{
	const struct policy *now;
	int rc;

	for (size_t i = 0; i < r->res->plan.n; i++) {
		const struct change *c = &r->res->plan.v[i];

		if (c->kind != CHANGE_FILE || !streq(c->key, POLICY_PATH) || !c->new.there)
			continue;
		policy_parse(c->new.text, strlen(c->new.text), ret);
		*changed = true;
		return 0;
	}
	rc = facts_usb_policy(r->facts, &now, err);
	if (rc == 0)
		policy_parse(strbuf_str(&now->text), now->text.len, ret);
	return rc;
}

/* The policy allows it, and XAPI looks, where one of both is not so yet. */
static int offer(struct run *r, const struct usbdev *d, const char *id, bool offered, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	_cleanup_(policy_done) struct policy then = { 0 };
	size_t n_next = r->res->plan.next.n;
	const struct policy *p = NULL;
	bool changed = false;
	int rc = policy_then(r, &then, &changed, err);

	if (rc == 0 && !usb_judge(&then, d).allowed) {
		if (changed)
			return err_set(err, EBUSY, "the policy needs a second rule, for %s", d->name);
		rc = usbplan_begin(r, &p, &local, err);
		if (rc == 0)
			rc = usbplan_allow(r, p, &local, d, NULL, false, err);
		policy_done(&then);
		if (rc == 0)
			rc = policy_then(r, &then, &changed, err);
		offered = false;
	}
	/* That the administrator lets XAPI look is no next step: the plan does. */
	while (r->res->plan.next.n > n_next)
		free(r->res->plan.next.v[--r->res->plan.next.n]);
	if (rc == 0 && !offered)
		usbplan_scan(r, &then, id);
	return rc;
}

static int plan_steps(struct run *r, const struct vm *vm, const struct usbdev *d, const struct xapi_usb *xapi, const char *instead,
		      struct err *err)
{
	const struct xapi_pusb *p = pusb_of(xapi, d);
	_cleanup_(usbid_done) struct usbid id = { 0 }, kept = { 0 };
	_cleanup_free_ char *text = NULL;
	struct plan *plan = &r->res->plan;
	int rc;

	usbgive_id(d, &id);
	text = usbid_format(&id);
	if (!usbid_parse(text, &kept))
		return err_set(err, EILSEQ, "the serial number of the USB device %s is no text that could be kept", d->name);
	rc = offer(r, d, text, p != NULL, err);
	if (rc < 0)
		return rc;
	if (!p || p->passthrough != TRI_YES)
		plan_pusb(plan, text, true, "XAPI takes it from dom0 for VMs");
	if (!p || !p->vusb || instead)
		plan_vusb(plan, vm, text, instead, true, "the VM has the device through it from its next start on");
	plan_vm_key(plan, vm, "platform", "usb", vm->platform_usb, "true", "the VM gets a USB controller");
	return 0;
}

static int ask(struct run *r, const struct xapi_usb **xapi, struct err *err)
{
	struct usbdevs *set = NULL;
	int rc = facts_xapi_usb(r->facts, xapi, err);

	if (rc == 0)
		rc = facts_usb(r->facts, &set, err);
	if (rc == 0)
		usbdevs_details(facts_host(r->facts), set);
	if (rc == 0 && !(*xapi)->vusbs_known)
		rc = err_set(err, ENODATA, "XAPI does not tell of VUSBs: who has which USB device is unknown");
	return rc;
}

void usbgive_check(struct run *r, const struct vm *vm, const struct usbdev *d)
{
	const struct xapi_usb *xapi = NULL;

	if (facts_xapi_usb(r->facts, &xapi, NULL) < 0)
		return;
	if (vm)
		check_vm(vm, xapi, &r->res->findings);
	if (d)
		check_device(r, vm, d, xapi, &r->res->findings);
}

int usbgive_attach(struct run *r, const struct vm *vm, const struct usbdev *d, struct err *err)
{
	const struct xapi_usb *xapi = NULL;
	const struct xapi_pusb *p;
	int rc = ask(r, &xapi, err);

	if (rc < 0)
		return rc;
	p = pusb_of(xapi, d);
	if (!(p && streq0(p->vm, vm->ref)))
		check_vm(vm, xapi, &r->res->findings);
	check_device(r, vm, d, xapi, &r->res->findings);
	if (findings_refusal(&r->res->findings))
		return 0;
	return plan_steps(r, vm, d, xapi, NULL, err);
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

/* ---- restoring ------------------------------------------------------------------------------------------------------------ */

static void cannot(struct run *r, const struct usbid *wish, char *text, const char *remedy, bool *complete)
{
	_cleanup_free_ char *subject = usbid_format(wish);

	*complete = false;
	add(&r->res->findings, "WANTED_USB", SEV_WARN, subject, text, remedy);
}

/* The rule that allows it would allow another piece of the same model, too. */
static bool is_dom0s_model(struct run *r, const struct usbdev *d)
{
	struct usbdevs *set = NULL;

	if (facts_usb(r->facts, &set, NULL) < 0)
		return false;
	for (size_t i = 0; i < set->n; i++) {
		_cleanup_free_ char *use = NULL;

		if (set->v[i].vendor == d->vendor && set->v[i].product == d->product && (use = usb_dom0_use(r->facts, &set->v[i])))
			return true;
	}
	return false;
}

static void restore_found(struct run *r, const struct vm *vm, const struct usbid *wish, const struct usbdev *d, const struct xapi_usb *xapi,
			  bool *complete)
{
	_cleanup_free_ char *was = usbid_format(wish), *shown = usb_shown(d);
	const struct xapi_pusb *p = pusb_of(xapi, d);
	bool moved = !streq(d->name, wish->path);
	struct findings found = { 0 };
	struct err why = { 0 };
	const struct finding *f;

	if (p && streq0(p->vm, vm->ref) && !moved)
		return;
	check_vm(vm, xapi, &found);
	check_device(r, vm, d, xapi, &found);
	f = findings_refusal(&found);
	if (f)
		cannot(r, wish, xasprintf("VM '%s' does not get %s back: %s: %s", vm->name, shown, f->code, f->text), f->remedy, complete);
	else if (!p && is_dom0s_model(r, d))
		cannot(r, wish, xasprintf("VM '%s' does not get %s back: dom0 lives on another device of this model", vm->name, shown),
		       "usb-policy-add with a rule that only the right one matches", complete);
	else if (plan_steps(r, vm, d, xapi, moved ? was : NULL, &why) < 0)
		cannot(r, wish, xasprintf("VM '%s' does not get %s back: %s", vm->name, shown, why.text), "the same command once more", complete);
	findings_done(&found);
}

static void restore_one(struct run *r, const struct state *s, const struct vm *vm, const struct usbid *wish, const struct xapi_usb *xapi,
			bool *complete)
{
	_cleanup_free_ char *choice = NULL, *shown = usbid_format(wish), *remedy = NULL;
	const struct usbdev *d = NULL;

	switch (usbgive_resolve(r->facts, s, wish, &d, &choice)) {
	case USB_FATE_GONE:
		cannot(r, wish, xasprintf("the USB device %s of VM '%s' is not there", shown, vm->name),
		       "plug it in; if it is gone for good: vm-usb-detach", complete);
		return;
	case USB_FATE_AMBIGUOUS:
		remedy = xasprintf("vm-usb-attach uuid=%s with the right one of them, and vm-usb-detach of %s", vm->uuid, wish->path);
		cannot(r, wish, xasprintf("the USB device %s of VM '%s' could be any of %s, and nothing tells them apart", shown, vm->name, choice),
		       remedy, complete);
		return;
	default:
		restore_found(r, vm, wish, d, xapi, complete);
	}
}

int usbgive_restore(struct run *r, const struct state *s, const char *uuid, bool *complete, struct err *err _unused_)
{
	const struct xapi_usb *xapi = NULL;
	struct err why = { 0 };

	for (size_t v = 0; v < s->n_vms; v++) {
		const struct state_vm *want = &s->vms[v];
		const struct vm *vm = NULL;

		if (!want->n_usb || (uuid && !streq(want->uuid, uuid)))
			continue;
		if (!xapi && ask(r, &xapi, &why) < 0) {
			*complete = false;
			add(&r->res->findings, "WANTED_USB", SEV_UNKNOWN, "XAPI", xasprintf("USB devices could not be looked at: %s", why.text),
			    "when XAPI answers: vm-usb-repair");
			return 0;
		}
		for (size_t i = 0; i < want->n_usb; i++)
			if (facts_find_vm(r->facts, want->uuid, &vm, NULL) == 0)
				restore_one(r, s, vm, &want->usb[i], xapi, complete);
	}
	return 0;
}

/* ---- taking back ------------------------------------------------------------------------------------------------------------ */

static int undo_vusb(struct run *r, const struct change *c, bool to, const struct xapi_pusb *p, const char *why, struct err *err)
{
	const struct vm *vm = NULL;
	int rc = facts_find_vm(r->facts, c->uuid, &vm, err);
	bool has = rc == 0 && p && streq0(p->vm, vm->ref);

	if (rc < 0)
		return rc;
	/* Its wish goes also where XAPI has destroyed the VUSB since. */
	if (!to) {
		plan_vusb(&r->res->plan, vm, c->key, c->field, false, why);
		return 0;
	}
	if (has)
		return 0;
	if (!p || p->vusb || !streq0(vm->power_state, "Halted"))
		return err_set(err, ESTALE, "VM '%s' cannot have the USB device %s again: %s", vm->name, c->key,
			       !p ? "it is not there" : p->vusb ? "another VM has it" : "the VM is not halted");
	plan_vusb(&r->res->plan, vm, c->key, c->field, true, why);
	return 0;
}

int usbgive_undo(struct run *r, const struct change *newest, const struct change *oldest, const char *why, struct err *err)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };
	const struct xapi_usb *xapi = NULL;
	const struct xapi_pusb *p;
	int rc;

	if (newest->kind == CHANGE_SCAN || setting_eq(&newest->new, &oldest->old))
		return 0;
	if (!usbid_parse(newest->key, &id))
		return err_set(err, EINVAL, "'%s' is no USB device", newest->key);
	rc = ask(r, &xapi, err);
	if (rc < 0)
		return rc;
	p = xapi_usb_find_id(xapi, &id);
	if (newest->kind == CHANGE_VUSB)
		return undo_vusb(r, newest, oldest->old.there, p, why, err);
	if (!p || p->passthrough == (enum tristate)streq(oldest->old.text, "true"))
		return 0;
	if (p->vusb && !plan_takes_usb(&r->res->plan, p->path))
		return err_set(err, ESTALE, "a VM has the USB device %s: it stays offered", newest->key);
	plan_pusb(&r->res->plan, newest->key, streq(oldest->old.text, "true"), why);
	return 0;
}
