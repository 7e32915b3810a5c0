/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbgive_plan.c - the steps by which VMs get USB devices, now and again; see usbgive.h */

#include "plugin/journal.h"
#include "plugin/usbgive.h"

/* ---- the steps ------------------------------------------------------------------------------------------------------- */

/* One device that one VM shall have. */
struct give {
	const struct vm *vm;
	const struct usbdev *dev;
	char *text; /* usbid.h */
	char *instead; /* the wish that is there for it, or whose place it takes; NULL: none */
	bool ruled; /* the policy denies it so far */
};

struct gives {
	struct give *v;
	size_t n;
};

static void gives_drop(struct gives *g, size_t i)
{
	free(g->v[i].text);
	free(g->v[i].instead);
	memmove(&g->v[i], &g->v[i + 1], (--g->n - i) * sizeof(*g->v));
}

static void gives_done(struct gives *g)
{
	while (g->n)
		gives_drop(g, g->n - 1);
	free(g->v);
}

static int gives_add(struct gives *g, const struct vm *vm, const struct usbdev *d, const struct policy *policy, const struct usbid *instead,
		     struct err *err)
{
	_cleanup_(usbid_done) struct usbid id = { 0 }, kept = { 0 };
	_cleanup_free_ char *text = NULL;

	usbgive_id(d, &id);
	text = usbid_format(&id);
	if (!usbid_parse(text, &kept))
		return err_set(err, EILSEQ, "the serial number of the USB device %s is no text that could be kept", d->name);
	ARRAY_GROW(g->v, g->n);
	g->v[g->n++] = (struct give){
		.vm = vm,
		.dev = d,
		.text = TAKE_PTR(text),
		.instead = instead ? usbid_format(instead) : NULL,
		.ruled = !usb_judge(policy, d).allowed,
	};
	return 0;
}

/* The policy as the plan leaves it. */
static void policy_then(struct run *r, const struct policy *now, struct policy *ret)
{
	for (size_t i = 0; i < r->res->plan.n; i++) {
		const struct change *c = &r->res->plan.v[i];

		if (c->kind != CHANGE_FILE || !streq(c->key, POLICY_PATH) || !c->new.there)
			continue;
		policy_parse(c->new.text, strlen(c->new.text), ret);
		return;
	}
	policy_parse(strbuf_str(&now->text), now->text.len, ret);
}

/* The policy allows them all. */
static int plan_rules(struct run *r, const struct gives *g, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	_cleanup_free_ const struct usbdev **devs = xcalloc(g->n + 1, sizeof(*devs));
	size_t n = 0, n_next = r->res->plan.next.n;
	const struct policy *p = NULL;
	int rc;

	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].ruled)
			devs[n++] = g->v[i].dev;
	if (!n)
		return 0;
	rc = usbplan_begin(r, &p, &local, err);
	if (rc == 0)
		rc = usbplan_allow_all(r, p, &local, devs, n, err);
	/* That the administrator lets XAPI look is no next step: the plan does. */
	while (r->res->plan.next.n > n_next)
		free(r->res->plan.next.v[--r->res->plan.next.n]);
	return rc;
}

/* XAPI looks, where it does not offer one of them yet. */
static void plan_look(struct run *r, const struct gives *g, const struct policy *now, const struct xapi_usb *xapi)
{
	_cleanup_(policy_done) struct policy then = { 0 };

	for (size_t i = 0; i < g->n; i++) {
		if (!g->v[i].ruled && usbgive_pusb(xapi, g->v[i].dev))
			continue;
		policy_then(r, now, &then);
		usbplan_scan(r, &then, g->v[i].text);
		return;
	}
}

static bool is_first_of_vm(const struct gives *g, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (g->v[k].vm == g->v[i].vm)
			return false;
	return true;
}

static void plan_each(struct run *r, const struct gives *g, const struct xapi_usb *xapi)
{
	struct plan *plan = &r->res->plan;

	for (size_t i = 0; i < g->n; i++) {
		const struct give *one = &g->v[i];
		const struct xapi_pusb *p = usbgive_pusb(xapi, one->dev);

		if (!p || p->passthrough != TRI_YES)
			plan_pusb(plan, one->text, true, "XAPI takes it from dom0 for VMs");
		if (!p || !p->vusb || one->instead)
			plan_vusb(plan, one->vm, one->text, one->instead, true, "the VM has the device through it from its next start on");
		if (is_first_of_vm(g, i))
			plan_vm_key(plan, one->vm, "platform", "usb", one->vm->platform_usb, "true", "the VM gets a USB controller");
	}
}

static int ask(struct run *r, const struct xapi_usb **xapi, const struct policy **policy, struct err *err)
{
	struct usbdevs *set = NULL;
	int rc = facts_xapi_usb(r->facts, xapi, err);

	if (rc == 0)
		rc = facts_usb(r->facts, &set, err);
	if (rc == 0)
		usbdevs_details(facts_host(r->facts), set);
	if (rc == 0 && !(*xapi)->vusbs_known)
		rc = err_set(err, ENODATA, "XAPI does not tell of VUSBs: who has which USB device is unknown");
	return rc < 0 || !policy ? rc : facts_usb_policy(r->facts, policy, err);
}

/* ---- giving ---------------------------------------------------------------------------------------------------------- */

/* The wish of this VM for the same piece, by its serial number, that was in another port. */
static const struct usbid *find_elsewhere(struct facts *f, const struct state *s, const struct state_vm *want, const struct usbid *id)
{
	for (size_t i = 0; want && *id->serial && i < want->n_usb; i++) {
		const struct usbid *wish = &want->usb[i];
		const struct usbdev *d;
		_cleanup_free_ char *choice = NULL;

		/* There are makers who give every piece the same number. */
		if (usbid_same_kind(wish, id) && !usbid_eq(wish, id) && usbgive_resolve(f, s, wish, &d, &choice) != USB_FATE_SAME)
			return wish;
	}
	return NULL;
}

/* The VM has it by somebody else's hand: what is wanted is all that changes. */
static int plan_wish(struct run *r, const struct state *s, const struct give *g, struct err *err)
{
	_cleanup_(state_done) struct state then = { 0 };
	_cleanup_free_ char *now = journal_time();
	const struct state_stamp stamp = { .since = now, .door = (char *)r->opt->door, .command = (char *)r->opt->command };
	struct plan one = { 0 };
	int rc = state_dup(s, &then, err);

	plan_vusb(&one, g->vm, g->text, NULL, true, "");
	if (rc == 0)
		rc = state_fold(&then, r->facts, &one, NULL, &stamp, err);
	plan_done(&one);
	return rc < 0 ? rc : state_plan(&r->res->plan, s, &then, "the VM has the device already: from now on it is wanted, and restored after a replug", err);
}

int usbgive_attach(struct run *r, const struct vm *vm, const struct usbdev *d, bool next_start, struct err *err)
{
	_cleanup_(gives_done) struct gives g = { 0 };
	_cleanup_(usbid_done) struct usbid id = { 0 };
	_cleanup_(state_done) struct state s = { 0 };
	const struct xapi_usb *xapi = NULL;
	const struct policy *policy = NULL;
	const struct state_vm *want;
	const struct xapi_pusb *p;
	bool has;
	int rc = ask(r, &xapi, &policy, err);

	if (rc == 0)
		rc = state_read(facts_host(r->facts), &s, NULL, NULL, err);
	if (rc < 0)
		return rc;
	p = usbgive_pusb(xapi, d);
	has = p && streq0(p->vm, vm->ref);
	if (!has)
		usbgive_check_vm(vm, xapi, 0, next_start, &r->res->findings);
	usbgive_check_device(r, vm, d, xapi, &r->res->findings);
	if (findings_refusal(&r->res->findings))
		return 0;
	want = state_find_vm(&s, vm->uuid);
	usbgive_id(d, &id);
	rc = gives_add(&g, vm, d, policy, find_elsewhere(r->facts, &s, want, &id), err);
	if (rc == 0)
		rc = plan_rules(r, &g, err);
	if (rc < 0)
		return rc;
	plan_look(r, &g, policy, xapi);
	plan_each(r, &g, xapi);
	return has && !g.v[0].instead && !(want && state_usb_has(want, &id)) ? plan_wish(r, &s, &g.v[0], err) : 0;
}

/* ---- restoring ------------------------------------------------------------------------------------------------------------ */

static void tell(struct run *r, enum severity severity, const char *subject, char *text, const char *remedy)
{
	struct finding *f = findings_add(&r->res->findings, "WANTED_USB", severity, subject, text);

	f->remedy = remedy ? xstrdup(remedy) : NULL;
	free(text);
}

static void cannot(struct run *r, const struct usbid *wish, char *text, const char *remedy, bool *complete)
{
	_cleanup_free_ char *subject = usbid_format(wish);

	*complete = false;
	tell(r, SEV_WARN, subject, text, remedy);
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

/* What is looked at, and what it comes to. */
struct again {
	struct run *r;
	const struct state *state;
	const struct xapi_usb *xapi;
	const struct policy *policy;
	struct gives gives;
	bool *complete;
};

static size_t count_new(const struct again *a, const struct vm *vm)
{
	size_t n = 0;

	for (size_t i = 0; i < a->gives.n; i++) {
		const struct xapi_pusb *p = usbgive_pusb(a->xapi, a->gives.v[i].dev);

		n += a->gives.v[i].vm == vm && !(p && streq0(p->vm, vm->ref));
	}
	return n;
}

static void restore_found(struct again *a, const struct vm *vm, const struct usbid *wish, const struct usbdev *d)
{
	_cleanup_free_ char *shown = usb_shown(d);
	const struct xapi_pusb *p = usbgive_pusb(a->xapi, d);
	bool moved = !streq(d->name, wish->path), has = p && streq0(p->vm, vm->ref);
	struct findings found = { 0 };
	struct err why = { 0 };
	const struct finding *f;

	if (has && !moved)
		return;
	if (!has)
		usbgive_check_vm(vm, a->xapi, count_new(a, vm), true, &found);
	usbgive_check_device(a->r, vm, d, a->xapi, &found);
	f = findings_refusal(&found);
	if (f)
		cannot(a->r, wish, xasprintf("VM '%s' does not get %s back: %s: %s", vm->name, shown, f->code, f->text), f->remedy, a->complete);
	else if (gives_add(&a->gives, vm, d, a->policy, wish, &why) < 0)
		cannot(a->r, wish, xasprintf("VM '%s' does not get %s back: %s", vm->name, shown, why.text), NULL, a->complete);
	findings_done(&found);
}

static void restore_one(struct again *a, const struct vm *vm, const struct usbid *wish)
{
	_cleanup_free_ char *choice = NULL, *shown = usbid_format(wish), *remedy = NULL;
	const struct usbdev *d = NULL;

	switch (usbgive_resolve(a->r->facts, a->state, wish, &d, &choice)) {
	case USB_FATE_GONE:
		cannot(a->r, wish, xasprintf("the USB device %s of VM '%s' is not there", shown, vm->name),
		       "plug it in; if it is gone for good: vm-usb-detach", a->complete);
		return;
	case USB_FATE_AMBIGUOUS:
		remedy = xasprintf("vm-usb-attach uuid=%s with the right one of them, and vm-usb-detach of %s", vm->uuid, wish->path);
		cannot(a->r, wish, xasprintf("the USB device %s of VM '%s' could be any of %s, and nothing tells them apart", shown, vm->name, choice),
		       remedy, a->complete);
		return;
	default:
		restore_found(a, vm, wish, d);
	}
}

static void restore_vm(struct again *a, const struct state_vm *want)
{
	const struct vm *vm = NULL;

	if (facts_find_vm(a->r->facts, want->uuid, &vm, NULL) < 0) {
		if (!a->r->res->plan.keep_state) /* else restore.c says it */
			tell(a->r, SEV_WARN, want->uuid, xasprintf("VM '%s' is not there any more", want->name ? want->name : ""),
			     "if that is for good: state-import takes over what is configured now");
		return;
	}
	for (size_t i = 0; i < want->n_usb; i++)
		restore_one(a, vm, &want->usb[i]);
}

/* The policy denies it, and no rule may or can change that: it goes without, and the others do not wait for it. */
static void give_up(struct again *a, size_t i, char *why, const char *remedy)
{
	const struct give *g = &a->gives.v[i];
	_cleanup_free_ char *shown = usb_shown(g->dev);
	_cleanup_(usbid_done) struct usbid wish = { 0 };

	if (usbid_parse(g->instead ? g->instead : g->text, &wish))
		cannot(a->r, &wish, xasprintf("VM '%s' does not get %s back: %s", g->vm->name, shown, why), remedy, a->complete);
	free(why);
	gives_drop(&a->gives, i);
}

static void restore_rules(struct again *a)
{
	struct err why = { 0 };

	for (size_t i = a->gives.n; i--;)
		if (a->gives.v[i].ruled && is_dom0s_model(a->r, a->gives.v[i].dev))
			give_up(a, i, xstrdup("the policy denies it, and dom0 lives on another device of this model"),
				"usb-policy-add with a rule that only the right one matches");
	if (plan_rules(a->r, &a->gives, &why) == 0)
		return;
	for (size_t i = a->gives.n; i--;)
		if (a->gives.v[i].ruled)
			give_up(a, i, xstrdup(why.text), why.hint[0] ? why.hint : NULL);
}

static void say_running(struct run *r, const struct gives *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (streq0(g->v[i].vm->power_state, "Running"))
			plan_vusb_restart(&r->res->plan, g->v[i].vm, g->v[i].text);
}

void usbgive_restore(struct run *r, const struct state *s, const char *uuid, bool *complete)
{
	struct again a = { .r = r, .state = s, .complete = complete };
	struct err why = { 0 };

	for (size_t v = 0; v < s->n_vms; v++) {
		if (!s->vms[v].n_usb || (uuid && !streq(s->vms[v].uuid, uuid)))
			continue;
		if (!a.xapi && ask(r, &a.xapi, &a.policy, &why) < 0) {
			*complete = false;
			tell(r, SEV_UNKNOWN, "XAPI", xasprintf("USB devices could not be looked at: %s", why.text),
			     why.hint[0] ? why.hint : "when XAPI answers: vm-usb-repair");
			return;
		}
		restore_vm(&a, &s->vms[v]);
	}
	if (a.gives.n) {
		r->res->plan.each = true;
		restore_rules(&a);
		plan_look(r, &a.gives, a.policy, a.xapi);
		plan_each(r, &a.gives, a.xapi);
		say_running(r, &a.gives);
	}
	gives_done(&a.gives);
}

/* ---- taking back ------------------------------------------------------------------------------------------------------------ */

/* c: the oldest, which knows what was wanted before all of it. */
static int undo_vusb(struct run *r, const struct change *c, const struct xapi_pusb *p, const char *why, struct err *err)
{
	const struct vm *vm = NULL;
	bool to = c->old.there;
	int rc = facts_find_vm(r->facts, c->uuid, &vm, err);
	bool has = rc == 0 && p && streq0(p->vm, vm->ref), ready;

	if (rc < 0)
		return rc;
	/* Its wish goes, or that from before is back, also where XAPI has destroyed the VUSB since. */
	if (!to) {
		plan_vusb(&r->res->plan, vm, c->key, c->field, false, why);
		return 0;
	}
	if (has)
		return 0;
	ready = streq0(vm->power_state, "Halted") || streq0(vm->power_state, "Running");
	if (!p || p->vusb || !ready)
		return err_set(err, ESTALE, "VM '%s' cannot have the USB device %s again: %s", vm->name, c->key,
			       !p ? "it is not there" : p->vusb ? "another VM has it" : "the VM is neither halted nor running");
	plan_vusb(&r->res->plan, vm, c->key, c->field, true, why);
	return 0;
}

int usbgive_undo(struct run *r, const struct change *newest, const struct change *oldest, const char *why, struct err *err)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };
	const struct xapi_usb *xapi = NULL;
	const struct xapi_pusb *p;
	int rc;

	/* Without a VUSB as before, but then it was wanted. */
	if (newest->kind == CHANGE_SCAN || (setting_eq(&newest->new, &oldest->old) && !oldest->field))
		return 0;
	if (!usbid_parse(newest->key, &id))
		return err_set(err, EINVAL, "'%s' is no USB device", newest->key);
	rc = ask(r, &xapi, NULL, err);
	if (rc < 0)
		return rc;
	p = xapi_usb_find_id(xapi, &id);
	if (newest->kind == CHANGE_VUSB)
		return undo_vusb(r, oldest, p, why, err);
	if (!p || p->passthrough == (enum tristate)streq(oldest->old.text, "true"))
		return 0;
	if (p->vusb && !plan_takes_usb(&r->res->plan, p->path))
		return err_set(err, ESTALE, "a VM has the USB device %s: it stays offered", newest->key);
	plan_pusb(&r->res->plan, newest->key, streq(oldest->old.text, "true"), why);
	return 0;
}
