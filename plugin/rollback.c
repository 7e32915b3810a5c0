/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rollback.c - see rollback.h */

#include "cmdline/dropin.h"
#include "cmdline/grubtry.h"
#include "cmdline/hide.h"
#include "plugin/journal.h"
#include "plugin/state.h"
#include "plugin/rollback.h"
#include "plugin/usbgive.h"
#include "plugin/usbplan.h"
#include "xenhelpers/vmpci.h"

static int changed_since(const char *what, const struct setting *expected, const char *now, struct err *err)
{
	_cleanup_free_ char *should = setting_shown(expected);

	err_set(err, ESTALE, "%s was changed since: it should be '%s' and is '%s'", what, should,
		now ? now : "(absent)");
	return err_hint(err, "nothing was taken back; undo it by hand, or set the value that the history shows first");
}

/*
 * Devices that something names again are asked as those of a command would be.  But where nothing is at an address any more, it comes back
 * all the same: so it was, and a rollback that stops there would have to stop there for good.
 */
static void check_back(struct run *r, unsigned intent, const struct bdfset *devices, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset there = { 0 };
	struct pcidevs *set = NULL;
	bool known = facts_pci(r->facts, &set, NULL) == 0;

	for (size_t i = 0; i < devices->n; i++) {
		const char *bdf = BDF_STR(devices->v[i]);
		_cleanup_free_ char *text = NULL;
		struct finding *f;

		if (!known || pcidevs_find(set, devices->v[i])) {
			bdfset_add(&there, devices->v[i]);
			continue;
		}
		text = xasprintf("there is no PCI device %s any more: what named it names it again, and has no device by it", bdf);
		f = findings_add(&r->res->findings, "UNDO_ABSENT", SEV_WARN, bdf, text);
		f->evidence = xstrdup(set->from_dump ? "lspci.txt" : "/sys/bus/pci/devices");
		f->remedy = xstrdup("state-apply follows a device that is wanted and has moved (state-plan shows where it is); "
				    "vm-pci-detach and pci-unhide take the old address out");
	}
	run_checks(r, intent, &there, vm);
}

/* What comes and goes in a hide list, for the checks that a command doing the same would ask. */
static void check_hide_undo(struct run *r, const char *from, const char *to, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset now = { 0 }, then = { 0 }, comes = { 0 }, goes = { 0 };
	_cleanup_free_ char *a = xasprintf(HIDE_KEY "=%s", from ? from : "");
	_cleanup_free_ char *b = xasprintf(HIDE_KEY "=%s", to ? to : "");

	bootargs_hidden(a, strlen(a), facts_present(r->facts), &now);
	bootargs_hidden(b, strlen(b), facts_present(r->facts), &then);
	for (size_t i = 0; i < then.n; i++)
		if (!bdfset_has(&now, then.v[i]))
			bdfset_add(&comes, then.v[i]);
	for (size_t i = 0; i < now.n; i++)
		if (!bdfset_has(&then, now.v[i]))
			bdfset_add(&goes, now.v[i]);
	check_back(r, CHECK_LISTED, &comes, NULL);
	run_checks(r, CHECK_UNHIDE, &goes, vm);
}

static int undo_boot(struct run *r, const struct undo *u, const struct vm *vm, struct err *err)
{
	const struct setting *to = &u->oldest->old, *from = &u->newest->new;
	struct bootfile *b = NULL;
	size_t found = 0;
	int rc = facts_boot(r->facts, &b, err);

	if (rc < 0)
		return rc;
	for (size_t e = 0; e < b->cfg.n; e++) {
		_cleanup_(setting_done) struct setting have = { 0 };
		_cleanup_free_ char *shown = NULL;

		if (!streq(u->title, b->cfg.v[e].title) || !b->cfg.v[e].args[u->newest->target].there)
			continue;
		have = setting_of(b, e, u->newest->target, u->newest->key);
		shown = setting_shown(&have);
		if (!setting_eq(&have, from))
			return changed_since(u->newest->key, from, shown, err);
		plan_boot(&r->res->plan, b, e, u->newest->target, u->newest->key, to, u->why);
		found++;
	}
	if (!found) {
		err_set(err, ESTALE, "'%s' has no entry '%s' any more", b->path, u->title);
		return err_hint(err, "nothing was taken back; what state-history shows of it is undone by hand, with boot-param-set");
	}
	if (u->newest->target == GRUB_DOM0 && hide_is_key(u->newest->key))
		check_hide_undo(r, u->newest->new.text, u->oldest->old.text, vm);
	return 0;
}

/* Judged is the VM as it will be. */
static void check_key_undo(struct run *r, const struct vm *vm, const char *to)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct vm then = *vm;

	then.pci = (char *)to;
	vmpci_parse(to ? to : "", &items);
	for (size_t i = 0; i < items.n; i++)
		if (!items.v[i].dropped && !(vm->pci && vmpci_names(vm->pci, items.v[i].bdf)))
			bdfset_add(&devices, items.v[i].bdf);
	check_back(r, CHECK_VM | CHECK_VM_OFF | CHECK_ATTACH, &devices, &then);
}

static int undo_vm(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *c = u->newest;
	const char *to = u->oldest->old.text;
	_cleanup_free_ char *now = NULL;
	const struct vm *vm;
	int rc = facts_find_vm(r->facts, c->uuid, &vm, err);

	if (rc == 0)
		rc = facts_vm_value(r->facts, vm, c->field, c->key, &now, err);
	if (rc < 0)
		return rc;
	if (!streq0(now, c->new.text)) {
		_cleanup_free_ char *what = xasprintf("%s of VM '%s'", c->field, vm->name);

		return changed_since(what, &c->new, now, err);
	}
	if (c->kind == CHANGE_VM_REF) {
		plan_vm_ref(&r->res->plan, vm, c->field, now, to, c->new_shown, u->oldest->old_shown, u->why);
		return 0;
	}
	if (streq(c->field, "other_config") && streq(c->key, "pci"))
		check_key_undo(r, vm, to);
	plan_vm_key(&r->res->plan, vm, c->field, c->key, now, to, u->why);
	return 0;
}

static int undo_pool(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *c = u->newest;
	const struct xapi_own *own;
	int rc = facts_own(r->facts, &own, err);

	if (rc < 0)
		return rc;
	if (!streq(own->uuid, c->uuid))
		return err_set(err, ESTALE, "the pool '%s' (%s) is not this host's any more", c->name, c->uuid);
	if (!streq0(xapi_own_get(own, c->key), c->new.text)) {
		_cleanup_free_ char *what = xasprintf("%s of the pool", c->key);

		return changed_since(what, &c->new, xapi_own_get(own, c->key), err);
	}
	plan_pool_key(&r->res->plan, own, c->key, u->oldest->old.text, u->why);
	return 0;
}

/* What was so until the next boot may have ended with it: then nothing is left to take back. */
static int undo_device(struct run *r, const struct undo *u, bool *ended, struct err *err)
{
	_cleanup_bdfset_ struct bdfset one = { 0 };
	const struct change *c = u->newest;
	bool to = streq(u->oldest->old.text, ASSIGNABLE), now;
	int rc = facts_is_assignable(r->facts, c->bdf, &now, err);

	if (rc < 0 || now == to) {
		*ended = rc == 0 && !setting_eq(&c->new, &u->oldest->old);
		return rc;
	}
	bdfset_add(&one, c->bdf);
	run_checks(r, to ? CHECK_LISTED | CHECK_ASSIGN : CHECK_UNHIDE, &one, NULL);
	plan_device(&r->res->plan, c->bdf, to, facts_driver(r->facts, c->bdf), u->why);
	return 0;
}

/* What came after it is taken back with it, or stays wanted: the fold of this plan sees to both. */
static int undo_state(struct run *r, const struct undo *u, struct err *err)
{
	const struct setting *to = &u->oldest->old;
	_cleanup_strbuf_ struct strbuf now = { 0 }, none = { 0 };
	_cleanup_(state_done) struct state s = { 0 }, empty = { 0 };
	bool there;
	int rc = state_read(facts_host(r->facts), &s, &now, &there, err);

	if (rc == 0 && !to->there)
		rc = state_format(&empty, &none, err);
	if (rc == 0)
		plan_state(&r->res->plan, there ? strbuf_str(&now) : NULL, to->there ? to->text : strbuf_str(&none),
			   u->newest->new_shown, u->oldest->old_shown, u->why);
	return rc;
}

/* The entry itself, with all that was set in it. */
static int undo_try(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *from = u->newest, *to = u->oldest;
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err);
	bool there;

	if (rc < 0)
		return rc;
	there = grubtry_find(&b->cfg) >= 0;
	if (there != from->new.there)
		return changed_since("the menu entry to be tried", &from->new, there ? "there" : NULL, err);
	if (to->old.there && !there)
		plan_try(&r->res->plan, "", false, u->why);
	else if (there && to->old.there && u->anew)
		plan_try(&r->res->plan, "", true, u->why);
	else if (there && !to->old.there)
		plan_try(&r->res->plan, NULL, true, u->why);
	return 0;
}

/* The hide list in our settings file; NULL: none. */
static char *dropin_hide(const char *text)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };

	if (!text || dropin_parse(text, strlen(text), &d, NULL) < 0)
		return NULL;
	for (size_t i = 0; i < d.n; i++)
		if (d.v[i].target == GRUB_DOM0 && streq(d.v[i].key, HIDE_KEY) && d.v[i].value)
			return xstrdup(d.v[i].value);
	return NULL;
}

/*
 * A policy that the scanner would not read is not written, even where it is what was there.  That there was none can be had again: the scanner
 * fails then, and XAPI keeps what it offers.
 */
static int check_policy_undo(struct run *r, const struct strbuf *from, const struct strbuf *to, struct err *err)
{
	_cleanup_(policy_done) struct policy now = { 0 }, then = { 0 };
	struct err why = { 0 };

	if (from)
		policy_parse(strbuf_str(from), from->len, &now);
	policy_parse(strbuf_str(to), to->len, &then);
	if (policy_check(&then, "the file as it was before", &why) < 0) {
		err_set(err, EINVAL, "a policy that the scanner would reject is not written again: %s", why.text);
		return err_hint(err, "keep what is there; the text that was there stays with the history entry, below '" JOURNAL_DIR "'");
	}
	usbplan_tell_devices(r, from ? &now : NULL, &then);
	return 0;
}

/* The USB policy and what is kept beside it: only where it still has the bytes that we gave it. */
static int undo_policy(struct run *r, const struct undo *u, struct err *err)
{
	const struct setting *from = &u->newest->new, *to = &u->oldest->old;
	struct strbuf old = { .s = from->text, .len = from->text ? strlen(from->text) : 0 };
	struct strbuf new = { .s = to->text, .len = to->text ? strlen(to->text) : 0 };
	_cleanup_strbuf_ struct strbuf now = { 0 };
	int rc = host_read(facts_host(r->facts), u->newest->key, POLICY_MAX, &now, err);
	bool there = rc == 0, one = u->newest == u->oldest, policy;

	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	if (there != from->there || !strbuf_eq(&now, &old)) {
		err_set(err, ESTALE, "'%s' was changed since: its bytes are not those that this program wrote", u->newest->key);
		return err_hint(err, "nothing was taken back; undo it by hand: state-history shows what it was");
	}
	if (setting_eq(from, to))
		return 0;
	policy = streq(u->newest->key, POLICY_PATH);
	if (policy && !to->there)
		strv_add(&r->res->notes, "there was no '" POLICY_PATH "': without it XAPI's scanner fails, and what XAPI offers stays as it is");
	rc = policy && to->there ? check_policy_undo(r, there ? &old : NULL, &new, err) : 0;
	if (rc == 0)
		plan_file(&r->res->plan, u->newest->key, there ? &old : NULL, to->there ? &new : NULL,
			  one ? u->newest->new_shown : "as it is", one ? u->oldest->old_shown : "as it was", u->why);
	if (rc == 0 && policy && to->there)
		usbplan_rescan(r, &new);
	return rc;
}

/* grub clears its request as it boots the entry: then nothing is left to take back. */
static int undo_file(struct run *r, const struct undo *u, bool *ended, struct err *err)
{
	const struct change *from = u->newest, *to = u->oldest;
	_cleanup_strbuf_ struct strbuf now = { 0 }, old = { 0 };
	int rc = host_read(facts_host(r->facts), from->key, BOOTFILE_GRUBENV_MAX, &now, err);
	bool there = rc == 0, same;

	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	same = there == from->new.there && (!there || streq(strbuf_str(&now), from->new.text));
	if (!same && bootfile_is_grubenv(from->key)) {
		*ended = true;
		return 0;
	}
	if (!same)
		return changed_since(from->key, &from->new, there ? strbuf_str(&now) : NULL, err);
	strbuf_add(&old, to->old.text ? to->old.text : "");
	if (streq(from->key, DROPIN_PATH)) {
		_cleanup_free_ char *a = dropin_hide(from->new.text), *b = dropin_hide(to->old.text);

		check_hide_undo(r, a, b, NULL);
		strv_add(&r->res->plan.next, "update-grub");
	}
	if (!setting_eq(&from->new, &to->old))
		plan_file(&r->res->plan, from->key, there ? &now : NULL, to->old.there ? &old : NULL, from->new_shown, to->old_shown,
			  u->why);
	return 0;
}

static int undo_host(struct run *r, const struct undo *u, struct err *err)
{
	const struct change *c = u->newest;
	const struct xapi_host *host;
	const char *now;
	int rc = facts_host_record(r->facts, &host, err);

	if (rc < 0)
		return rc;
	if (!streq(host->uuid, c->uuid))
		return err_set(err, ESTALE, "%s was changed on another host: '%s'", c->field, c->name);
	now = c->kind == CHANGE_HOST_KEY ? host->guest_mask : host->numa_policy;
	if (!streq0(now, c->new.text))
		return changed_since(c->field, &c->new, now, err);
	plan_host(&r->res->plan, host, c->field, c->key, u->oldest->old.text, u->why);
	return 0;
}

/* Pins end with the domain: then nothing is left to take back. */
static int undo_pins(struct run *r, const struct undo *u, bool *ended, struct err *err)
{
	_cleanup_free_ char *now = NULL;
	const struct xen_domain *d;
	const struct vm *vm;
	int rc = facts_domain(r->facts, u->newest->uuid, &d, err);

	if (rc == -ENOENT) {
		*ended = true;
		return 0;
	}
	if (rc == 0)
		rc = facts_find_vm(r->facts, u->newest->uuid, &vm, err);
	if (rc == 0)
		rc = facts_pins(r->facts, d, &now, err);
	if (rc < 0)
		return rc;
	/* A domain that was started since has the pins of its mask. */
	if (!streq(now, u->newest->new.text))
		*ended = true;
	else
		plan_pins(&r->res->plan, vm, now, u->oldest->old.text, u->why);
	return 0;
}

static int undo_kind(struct run *r, const struct undo *u, const struct vm *vm, bool *ended, struct err *err)
{
	if (u->newest->kind == CHANGE_STATE)
		return undo_state(r, u, err);
	if (u->newest->kind == CHANGE_TRY)
		return undo_try(r, u, err);
	if (u->newest->kind == CHANGE_FILE)
		return plan_file_is_usb(u->newest->key) ? undo_policy(r, u, err) : undo_file(r, u, ended, err);
	if (u->newest->kind == CHANGE_DEVICE)
		return undo_device(r, u, ended, err);
	if (change_is_usb(u->newest))
		return usbgive_undo(r, u->newest, u->oldest, u->why, err);
	if (u->newest->kind == CHANGE_POOL_KEY)
		return undo_pool(r, u, err);
	if (u->newest->kind == CHANGE_PINS)
		return undo_pins(r, u, ended, err);
	if (streq(change_class(u->newest), "host"))
		return undo_host(r, u, err);
	return u->newest->kind == CHANGE_BOOT ? undo_boot(r, u, vm, err) : undo_vm(r, u, err);
}

int rollback_one(struct run *r, const struct undo *u, const struct vm *vm, bool *ended, struct err *err)
{
	struct plan *p = &r->res->plan;
	size_t n = p->n;
	int rc = undo_kind(r, u, vm, ended, err);

	for (; n < p->n; n++)
		p->v[n].follows = u->follows;
	return rc;
}
