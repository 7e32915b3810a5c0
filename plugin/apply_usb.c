/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_usb.c - see apply_usb.h */

#include <time.h>

#include "plugin/apply_step.h"
#include "plugin/apply_usb.h"

#define POLL_MS 200

/* XAPI's devices as they are now: the facts' own answer is from before. */
static int look(struct facts *f, struct xapi **x, const struct this_host **here, struct xapi_usb *ret, struct err *err)
{
	int rc = facts_this_host(f, here, err);

	if (rc == 0)
		rc = facts_xapi(f, x, err);
	return rc < 0 ? rc : xapi_usb_read(*x, (*here)->ref, ret, err);
}

/* Same, and the device of a change: *ret NULL where XAPI does not have it (any more). */
static int look_for(struct facts *f, const struct change *c, struct xapi **x, struct xapi_usb *usb, const struct xapi_pusb **ret,
		    struct err *err)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };
	const struct this_host *here;
	int rc;

	if (!usbid_parse(c->key, &id))
		return err_set(err, EINVAL, "'%s' is no USB device", c->key);
	rc = look(f, x, &here, usb, err);
	if (rc == 0)
		*ret = xapi_usb_find_id(usb, &id);
	return rc;
}

static int gone(const struct change *c, struct err *err)
{
	err_set(err, ENODEV, "XAPI does not offer the USB device %s", c->key);
	return err_hint(err, "it was unplugged, enumerates anew, or XAPI's scanner cannot read it: usb-device-list shows what dom0 and XAPI see of it; "
			     "when XAPI offers it: the same command once more");
}

/* ---- the scan ------------------------------------------------------------------------------------------------- */

static const char *vm_name(struct facts *f, const char *ref)
{
	struct vms *vms = NULL;

	if (ref && facts_vms(f, &vms, NULL) == 0)
		for (size_t i = 0; i < vms->n; i++)
			if (streq(vms->v[i].ref, ref))
				return vms->v[i].name;
	return "?";
}

static bool has(const struct xapi_usb *usb, const struct xapi_pusb *p)
{
	const struct xapi_pusb *other = p->path ? xapi_usb_find(usb, p->path) : NULL;

	/* Another record of the same port is another device, or the same one enumerated anew. */
	return other && streq0(other->uuid, p->uuid);
}

static void tell(struct facts *f, const struct xapi_usb *before, const struct xapi_usb *now, struct strv *notes)
{
	for (size_t i = 0; i < now->n; i++)
		if (!has(before, &now->v[i]))
			strv_addf(notes, "XAPI now offers the USB device %s (%s:%s)", now->v[i].path, now->v[i].vendor_id, now->v[i].product_id);
	for (size_t i = 0; i < before->n; i++) {
		const struct xapi_pusb *p = &before->v[i];

		if (has(now, p))
			continue;
		strv_addf(notes, "XAPI no longer offers the USB device %s (%s:%s)", p->path, p->vendor_id, p->product_id);
		if (p->vusb)
			strv_addf(notes, "VM '%s' has lost it: XAPI has destroyed its VUSB; vm-usb-repair restores it once the device is offered again",
				  vm_name(f, p->vm));
	}
	/* A VUSB can go while its device stays, when that was away for a moment. */
	for (size_t i = 0; i < now->n; i++) {
		const struct xapi_pusb *was = now->v[i].path ? xapi_usb_find(before, now->v[i].path) : NULL;

		if (was && was->vusb && !now->v[i].vusb && has(now, was))
			strv_addf(notes, "VM '%s' has lost the USB device %s: vm-usb-repair restores it", vm_name(f, was->vm), was->path);
	}
}

/* Are exactly these devices there? */
static bool is_expected(const struct xapi_usb *now, const struct strv *expected)
{
	size_t n = 0;

	for (size_t i = 0; i < expected->n; i++) {
		if (!*expected->v[i])
			continue;
		n++;
		if (!xapi_usb_find(now, expected->v[i]))
			return false;
	}
	return now->n == n;
}

static bool is_offered(const struct xapi_usb *now, const char *must)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };

	return !must || (usbid_parse(must, &id) && xapi_usb_find_id(now, &id));
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until XAPI has what is expected, or the time is up; *ret is what it has then. */
static int wait_for(struct xapi *x, const char *host, const struct change *c, struct xapi_usb *ret, bool *ok, struct err *err)
{
	const struct timespec nap = { .tv_nsec = POLL_MS * 1000000L };
	long long until = now_ms() + USB_SCAN_SECONDS * 1000LL;
	_cleanup_strv_ struct strv expected = { 0 };

	strv_split(&expected, c->new.text, ' ');
	for (;;) {
		int rc;

		xapi_usb_done(ret);
		rc = xapi_usb_read(x, host, ret, err);
		if (rc < 0)
			return rc;
		*ok = is_expected(ret, &expected) && is_offered(ret, c->key);
		if (*ok || now_ms() > until)
			return 0;
		nanosleep(&nap, NULL);
	}
}

/* Where no device must be there the policy is what counts: it is written, and XAPI scans by itself at any event of USB. */
static int scan(struct facts *f, const struct change *c, struct err *err)
{
	_cleanup_(xapi_usb_done) struct xapi_usb now = { 0 };
	const struct this_host *here;
	struct err why = { 0 };
	struct xapi *x;
	bool ok = false;
	int rc = facts_this_host(f, &here, &why);

	if (rc == 0)
		rc = facts_xapi(f, &x, &why);
	if (rc == 0)
		rc = xapi_usb_scan(x, here->ref, &why);
	if (rc == 0)
		rc = wait_for(x, here->ref, c, &now, &ok, &why);
	if (!c->key || ok)
		return 0;
	if (rc < 0) {
		if (err)
			*err = why;
		return rc;
	}
	if (is_offered(&now, c->key))
		return 0;
	err_set(err, ETIMEDOUT, "XAPI does not offer the USB device %s, %d seconds after it was asked to look", c->key, USB_SCAN_SECONDS);
	return err_hint(err, "XAPI does not say why: usb-policy-lint checks what its scanner reads");
}

static const struct change *scan_of(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_SCAN)
			return &p->v[i];
	return NULL;
}

void apply_usb_before(struct facts *f, const struct plan *p, struct xapi_usb *ret)
{
	const struct this_host *here;
	struct xapi *x;

	if (scan_of(p))
		look(f, &x, &here, ret, NULL);
}

void apply_usb_tell(struct facts *f, const struct plan *p, const struct xapi_usb *before, struct strv *notes)
{
	_cleanup_(xapi_usb_done) struct xapi_usb now = { 0 };
	const struct change *c = scan_of(p);
	_cleanup_strv_ struct strv expected = { 0 };
	const struct this_host *here;
	struct err why = { 0 };
	struct xapi *x;

	if (!c)
		return;
	if (look(f, &x, &here, &now, &why) < 0) {
		strv_addf(notes, "which USB devices XAPI offers now is unknown: %s", why.text);
		return;
	}
	tell(f, before, &now, notes);
	strv_split(&expected, c->new.text, ' ');
	if (!is_expected(&now, &expected))
		strv_addf(notes, "XAPI was asked to look at the USB devices, waited for %d seconds, and does not offer those that the policy allows: "
				 "usb-device-list compares them; xe pusb-scan host-uuid=%s asks again", USB_SCAN_SECONDS, here->uuid);
}

void apply_usb_look_again(struct facts *f, const struct plan *p)
{
	const struct this_host *here;
	struct xapi *x;

	if (scan_of(p) && facts_this_host(f, &here, NULL) == 0 && facts_xapi(f, &x, NULL) == 0)
		xapi_usb_scan(x, here->ref, NULL);
}

/* ---- one device, one VM --------------------------------------------------------------------------------------- */

static int enable(struct facts *f, const struct change *c, bool to, struct err *err)
{
	_cleanup_(xapi_usb_done) struct xapi_usb usb = { 0 }, after = { 0 };
	const struct xapi_pusb *p = NULL;
	struct xapi *x;
	int rc = look_for(f, c, &x, &usb, &p, err);

	if (rc == 0 && !p)
		rc = gone(c, err);
	if (rc < 0 || p->passthrough == (enum tristate)to)
		return rc;
	/* XAPI takes it from its VM with that. */
	if (!to && p->vusb)
		return err_set(err, EBUSY, "VM '%s' has the USB device %s", vm_name(f, p->vm), c->key);
	rc = xapi_usb_enable(x, p, to, err);
	if (rc == 0)
		rc = look_for(f, c, &x, &after, &p, err);
	if (rc == 0 && !p)
		rc = gone(c, err);
	if (rc == 0 && p->passthrough != (enum tristate)to)
		rc = err_set(err, EIO, "USB device %s: XAPI reported success, but passthrough-enabled is not %s", c->key, to ? "true" : "false");
	return rc;
}

/* The VM's reference, also in a journal's change, which has none. */
static int vm_ref(struct facts *f, const struct change *c, const char **ret, struct err *err)
{
	const struct vm *vm;
	int rc = 0;

	*ret = c->ref;
	if (!c->ref && (rc = facts_find_vm(f, c->uuid, &vm, err)) == 0)
		*ret = vm->ref;
	return rc;
}

static int check_after(struct facts *f, const struct change *c, const char *vm, bool to, struct err *err)
{
	_cleanup_(xapi_usb_done) struct xapi_usb after = { 0 };
	const struct xapi_pusb *p = NULL;
	struct xapi *x;
	int rc = look_for(f, c, &x, &after, &p, err);

	if (rc < 0)
		return rc;
	if (to && !p)
		return gone(c, err);
	if (to != (p && streq0(p->vm, vm)))
		return err_set(err, EIO, "VUSB of %s: XAPI reported success, but the VM '%s' has %s", c->key, c->name, to ? "none" : "it still");
	return 0;
}

static int give(struct facts *f, const struct change *c, bool to, struct err *err)
{
	_cleanup_(xapi_usb_done) struct xapi_usb usb = { 0 };
	const struct xapi_pusb *p = NULL;
	const char *vm = NULL;
	struct xapi *x;
	int rc = look_for(f, c, &x, &usb, &p, err);

	if (rc == 0)
		rc = vm_ref(f, c, &vm, err);
	if (rc == 0 && to && !p)
		rc = gone(c, err);
	if (rc < 0 || to == (p && streq0(p->vm, vm)))
		return rc;
	if (to && p->vusb)
		return err_set(err, EBUSY, "USB_GROUP_CONFLICT: VM '%s' has the USB device %s meanwhile", vm_name(f, p->vm), c->key);
	rc = to ? xapi_usb_create(x, p, vm, err) : xapi_usb_destroy(x, p, err);
	return rc < 0 ? rc : check_after(f, c, vm, to, err);
}

/* ---- the three kinds ------------------------------------------------------------------------------------------- */

static int write_usb(struct facts *f, const struct change *c, const struct setting *from _unused_, const struct setting *to,
		     struct err *err)
{
	if (c->kind == CHANGE_SCAN)
		return to->there ? scan(f, c, err) : 0;
	return c->kind == CHANGE_PUSB ? enable(f, c, streq(to->text, "true"), err) : give(f, c, to->there, err);
}

static int usb_progress(struct facts *f, const struct change *c, enum progress *ret, struct err *err)
{
	_cleanup_(xapi_usb_done) struct xapi_usb usb = { 0 };
	const struct xapi_pusb *p = NULL;
	const char *vm = NULL;
	struct xapi *x;
	int rc;

	*ret = P_DONE;
	if (c->kind == CHANGE_SCAN) /* is over, and left nothing of its own */
		return 0;
	rc = look_for(f, c, &x, &usb, &p, err);
	if (rc < 0)
		return rc;
	*ret = P_FOREIGN;
	if (c->kind == CHANGE_PUSB) {
		if (p && p->passthrough != TRI_UNKNOWN)
			*ret = (p->passthrough == TRI_YES) == streq(c->new.text, "true") ? P_DONE : P_NOT_DONE;
		return 0;
	}
	/* A VM that is gone has no VUSB either. */
	if (vm_ref(f, c, &vm, NULL) == 0 && !(p && p->vusb && !streq0(p->vm, vm)))
		*ret = c->new.there == (p && p->vusb) ? P_DONE : P_NOT_DONE;
	return 0;
}

/* What went away by itself is not ours to bring back. */
static int usb_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	enum progress progress = P_FOREIGN;
	struct err why = { 0 };
	int rc = c->kind == CHANGE_SCAN ? 0 : usb_progress(f, c, &progress, err);

	if (rc < 0 || progress != P_DONE)
		return rc;
	rc = write_usb(f, c, &c->new, &c->old, &why);
	*n += rc == 0;
	if (rc < 0 && rc != -ENODEV && err)
		*err = why;
	return rc == -ENODEV ? 0 : rc;
}

const struct step_ops step_usb = { write_usb, usb_progress, usb_back, NULL };
