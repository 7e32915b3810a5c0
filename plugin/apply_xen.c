/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_xen.c - what Xen is told: who has a device, and where the vCPUs of a running domain may run. */

#include "plugin/apply_step.h"

/* ---- devices ------------------------------------------------------------------------------------------------------ */

/* What Xen says now: the facts' answer may be from before a step of ours. */
static int device_now(struct facts *f, struct bdf bdf, bool *assignable, struct err *err)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };
	struct xen *x = NULL;
	int rc = facts_xen(f, &x, err);

	if (rc == 0)
		rc = xen_assignable(x, &set, err);
	if (rc == 0)
		*assignable = bdfset_has(&set, bdf);
	return rc;
}

/* Between its driver and pciback a device belongs to nobody: a step that failed or died there leaves it so. */
static bool is_stranded(struct facts *f, const struct change *c)
{
	_cleanup_free_ char *device = xasprintf("/sys/bus/pci/devices/%s", BDF_STR(c->bdf));
	_cleanup_free_ char *driver = xasprintf("%s/driver", device);
	struct host *h = facts_host(f);

	/* Not from the facts: they are from before the step. */
	return c->driver && host_exists(h, device, NULL) > 0 && host_exists(h, driver, NULL) == 0;
}

static int move_device(struct facts *f, const struct change *c, bool to_assignable, struct err *err)
{
	struct xen *x = NULL;
	bool now = false;
	int rc = facts_xen(f, &x, err);

	if (rc == 0)
		rc = to_assignable ? xen_assignable_add(x, c->bdf, true, err) : xen_assignable_remove(x, c->bdf, true, err);
	if (rc == 0)
		rc = device_now(f, c->bdf, &now, err);
	if (rc == 0 && now != to_assignable)
		rc = err_set(err, EIO, "%s: Xen reported success, but it is %s", BDF_STR(c->bdf), now ? ASSIGNABLE : NOT_ASSIGNABLE);
	if (rc < 0 && is_stranded(f, c))
		err_hint(err, "it has no driver now; to give it back: echo %s >/sys/bus/pci/drivers/%s/bind", BDF_STR(c->bdf), c->driver);
	return rc;
}

static int write_device(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to, struct err *err)
{
	return move_device(f, c, streq(to->text, ASSIGNABLE), err);
}

/*
 * Who has a device.  What it was at run time ends with the machine, and so does what nobody can ask any more: such a change is
 * foreign, and left alone.
 */
static int device_progress(struct facts *f, const struct change *c, enum progress *ret, struct err *err _unused_)
{
	bool assignable;

	if (device_now(f, c->bdf, &assignable, NULL) < 0)
		*ret = P_FOREIGN;
	else
		*ret = assignable == streq(c->new.text, ASSIGNABLE) ? P_DONE : P_NOT_DONE;
	return 0;
}

/* It may also have stopped between its driver and pciback. */
static int device_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	bool to_assignable = streq(c->old.text, ASSIGNABLE);
	enum progress progress;
	int rc = device_progress(f, c, &progress, err);

	if (progress == P_FOREIGN || (progress == P_NOT_DONE && (to_assignable || !is_stranded(f, c))))
		return 0;
	/* The driver is noted down before the device leaves it: all the way there, and back with it. */
	if (progress == P_NOT_DONE)
		rc = move_device(f, c, true, err);
	if (rc == 0)
		rc = move_device(f, c, to_assignable, err);
	*n += rc == 0;
	return rc;
}

const struct step_ops step_device = { write_device, device_progress, device_back, "a reboot" };

/* ---- the vCPUs of a running domain ------------------------------------------------------------------------ */

/* "0-7;8-15" as one mask a vCPU; caller frees. */
static int parse_pins(const char *text, struct cpumask **ret, size_t *n, struct err *err)
{
	_cleanup_strv_ struct strv lists = { 0 };
	_cleanup_free_ struct cpumask *v = NULL;
	int rc = 0;

	strv_split(&lists, text, ';');
	v = xcalloc(lists.n, sizeof(*v));
	for (size_t i = 0; rc == 0 && i < lists.n; i++)
		rc = cpumask_parse(lists.v[i], &v[i], err);
	if (rc < 0)
		return rc;
	*n = lists.n;
	*ret = TAKE_PTR(v);
	return 0;
}

/* The facts' domains may be from before; a domain that is gone is -ENOENT. */
static int pins_now(struct facts *f, const struct change *c, int *domid, char **ret, struct err *err)
{
	const struct xen_domain *d;
	int rc = facts_domain(f, c->uuid, &d, err);

	if (rc == 0)
		rc = facts_pins(f, d, ret, err);
	if (rc == 0)
		*domid = d->domid;
	return rc;
}

static int pin(struct facts *f, const struct change *c, const struct setting *to, struct err *err)
{
	_cleanup_free_ struct cpumask *v = NULL;
	_cleanup_free_ char *before = NULL, *after = NULL;
	struct xen *x = NULL;
	int domid = -1, rc = facts_xen(f, &x, err);
	size_t n = 0;

	if (rc == 0)
		rc = pins_now(f, c, &domid, &before, err);
	if (rc == 0)
		rc = parse_pins(to->text, &v, &n, err);
	if (rc == 0)
		rc = xen_pin_vcpus(x, domid, v, n, err);
	if (rc == 0)
		rc = pins_now(f, c, &domid, &after, err);
	if (rc == 0 && !streq(after, to->text))
		rc = err_set(err, EIO, "domain %d: Xen reported success, but its vCPUs may run on %s", domid, after);
	return rc;
}

static int write_pins(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to, struct err *err)
{
	return pin(f, c, to, err);
}

/* Does each vCPU have what it had before, or what it should have after? */
static bool is_half_pinned(const struct change *c, const char *now)
{
	_cleanup_strv_ struct strv a = { 0 }, b = { 0 }, v = { 0 };

	strv_split(&a, c->old.text, ';');
	strv_split(&b, c->new.text, ';');
	strv_split(&v, now, ';');
	for (size_t i = 0; i < v.n; i++)
		if (i >= a.n || i >= b.n || !(streq(v.v[i], a.v[i]) || streq(v.v[i], b.v[i])))
			return false;
	return true;
}

/* Like a device: what ended with the domain, or cannot be asked any more, is foreign.  Half of the vCPUs is not done. */
static enum progress look_at_pins(struct facts *f, const struct change *c, char **now)
{
	int domid;

	if (pins_now(f, c, &domid, now, NULL) < 0 || !is_half_pinned(c, *now))
		return P_FOREIGN;
	return streq(*now, c->new.text) ? P_DONE : P_NOT_DONE;
}

static int pins_progress(struct facts *f, const struct change *c, enum progress *ret, struct err *err _unused_)
{
	_cleanup_free_ char *now = NULL;

	*ret = look_at_pins(f, c, &now);
	return 0;
}

static int pins_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	_cleanup_free_ char *now = NULL;
	int rc;

	if (look_at_pins(f, c, &now) == P_FOREIGN || streq(now, c->old.text))
		return 0;
	rc = pin(f, c, &c->old, err);
	*n += rc == 0;
	return rc;
}

const struct step_ops step_pins = { write_pins, pins_progress, pins_back, "the VM's end" };
