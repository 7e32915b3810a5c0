/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply.c - see apply.h */

#include <stdio.h>

#include "cmdline/bootargs.h"
#include "plugin/apply.h"

int apply_lock(struct host *h, const char *who, struct host_lock *ret, struct err *err)
{
	int rc = host_mkdirs(h, "/var/lib", 0755, err);

	if (rc == 0)
		rc = host_mkdirs(h, STATE_DIR, 0700, err);
	if (rc == 0)
		rc = host_lock(h, APPLY_LOCK, who, APPLY_LOCK_SECONDS, ret, err);
	return rc;
}

/* ---- single steps ----------------------------------------------------------------------------------------- */

static int write_boot(struct host *h, const char *path, const struct strbuf *expect, const struct strbuf *text,
		      struct err *err)
{
	struct host_write w = { .path = path, .expect = expect, .data = strbuf_str(text), .len = text->len };

	return host_replace(h, &w, err);
}

static int write_vm(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to,
		    struct err *err)
{
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err);

	if (rc < 0)
		return rc;
	if (c->key)
		rc = xapi_set_key(x, change_class(c), c->ref, c->field, c->key, from->text, to->text, err);
	else /* a text field is written like a reference */
		rc = xapi_set_ref(x, change_class(c), c->ref, c->field, from->text, to->text, err);
	return rc < 0 ? err_wrap(err, "%s %s", change_class(c), c->uuid) : 0;
}

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

/* One change that is not the boot file's, from a value to another. */
static int write_change(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to,
			struct err *err)
{
	if (c->kind == CHANGE_DEVICE)
		return move_device(f, c, streq(to->text, ASSIGNABLE), err);
	if (c->kind == CHANGE_PINS)
		return pin(f, c, to, err);
	return write_vm(f, c, from, to, err);
}

/* ---- how far an apply got ------------------------------------------------------------------------------------- */

/* With one thing. */
enum progress { P_NOT_DONE, P_DONE, P_FOREIGN };

/*
 * Who has a device.  What it was at run time ends with the machine, and so does what nobody can ask any more: such a change is
 * foreign, and left alone.
 */
static enum progress device_progress(struct facts *f, const struct change *c)
{
	bool assignable;

	if (device_now(f, c->bdf, &assignable, NULL) < 0)
		return P_FOREIGN;
	return assignable == streq(c->new.text, ASSIGNABLE) ? P_DONE : P_NOT_DONE;
}

static int device_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	enum progress progress = device_progress(f, c);
	bool to_assignable = streq(c->old.text, ASSIGNABLE);
	int rc = 0;

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
static enum progress pins_progress(struct facts *f, const struct change *c, char **now)
{
	int domid;

	if (pins_now(f, c, &domid, now, NULL) < 0 || !is_half_pinned(c, *now))
		return P_FOREIGN;
	return streq(*now, c->new.text) ? P_DONE : P_NOT_DONE;
}

static int pins_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	_cleanup_free_ char *now = NULL;
	int rc;

	if (pins_progress(f, c, &now) == P_FOREIGN || streq(now, c->old.text))
		return 0;
	rc = pin(f, c, &c->old, err);
	*n += rc == 0;
	return rc;
}

/* ---- a plan ------------------------------------------------------------------------------------------------- */

/* One thing that is not as it was: say so.  Nothing of ours is in a value that somebody else has written. */
static void foreign(struct err *err, const char *what, const char *where)
{
	err_hint(err, "%s of %s was changed by another program meanwhile, and stays as it is", what, where);
}

/* Put one field of a VM back where the value is ours, or gone: XAPI replaces a key by removing and adding. */
static int take_back_vm(struct facts *f, const struct change *c, struct err *err)
{
	_cleanup_free_ char *value = NULL;
	struct setting now;
	struct err why = { 0 };
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, &why);

	if (rc == 0 && c->key)
		rc = xapi_get_key(x, change_class(c), c->ref, c->field, c->key, &value, &why);
	else if (rc == 0)
		rc = xapi_get_ref(x, change_class(c), c->ref, c->field, &value, &why);
	now = (struct setting){ .there = value != NULL, .text = value };
	if (rc == 0 && !setting_eq(&now, &c->old)) {
		if (now.there && !setting_eq(&now, &c->new))
			foreign(err, c->field, c->uuid);
		else
			rc = write_vm(f, c, &now, &c->old, &why);
	}
	if (rc < 0)
		err_hint(err, "%s of %s %s could not be taken back (%s): the next command that changes anything tries again",
			 c->field, change_class(c), c->uuid, why.text);
	return rc;
}

/* The same for a device, which may also have stopped between its driver and pciback: the facts are from before that. */
static int take_back_device(struct facts *f, const struct change *c, struct err *err)
{
	struct facts *anew = facts_new(facts_host(f));
	struct err why = { 0 };
	unsigned n = 0;
	int rc = device_back(anew, c, &n, &why);

	facts_free(anew);
	if (rc < 0)
		err_hint(err, "%s could not be taken back (%s): the next command that changes anything tries again",
			 BDF_STR(c->bdf), why.text);
	return rc;
}

/* The same for a running domain's vCPUs. */
static int take_back_pins(struct facts *f, const struct change *c, struct err *err)
{
	struct err why = { 0 };
	unsigned n = 0;
	int rc = pins_back(f, c, &n, &why);

	if (rc < 0)
		err_hint(err, "the CPUs of VM %s could not be taken back (%s): the next command that changes anything tries again", c->uuid,
			 why.text);
	return rc;
}

/* The same for the boot file, whose write may have failed after the new file stood. */
static int take_back_boot(struct facts *f, const struct plan *p, struct err *err)
{
	_cleanup_strbuf_ struct strbuf now = { 0 };
	struct err why = { 0 };
	int rc = host_read(facts_host(f), p->boot_path, MAX(p->boot_old.len, p->boot_new.len), &now, &why);

	if (rc == 0 && now.len == p->boot_new.len && !memcmp(strbuf_str(&now), strbuf_str(&p->boot_new), now.len))
		rc = write_boot(facts_host(f), p->boot_path, &p->boot_new, &p->boot_old, &why);
	else if (rc == -EFBIG ||
		 (rc == 0 && (now.len != p->boot_old.len || memcmp(strbuf_str(&now), strbuf_str(&p->boot_old), now.len))))
		rc = err_set(&why, ESTALE, "it was changed by another program meanwhile");
	if (rc < 0)
		err_hint(err, "the boot file could not be taken back (%s): the next command that changes anything tries again",
			 why.text);
	return rc;
}

/* Take back the boot file and the first `n` changes, last one first, whatever has been done of them. */
static int take_back(struct facts *f, const struct plan *p, size_t n, struct err *err)
{
	int rc = 0;

	while (n--) {
		const struct change *c = &p->v[n];
		int one = 0;

		if (c->kind == CHANGE_DEVICE)
			one = take_back_device(f, c, err);
		else if (c->kind == CHANGE_PINS)
			one = take_back_pins(f, c, err);
		else if (c->kind != CHANGE_BOOT)
			one = take_back_vm(f, c, err);
		rc = rc < 0 ? rc : one;
	}
	if (p->boot_path) {
		int one = take_back_boot(f, p, err);

		rc = rc < 0 ? rc : one;
	}
	return rc;
}

/* *clean: after a failure nothing of the plan remains done. */
static int write_all(struct facts *f, const struct plan *p, bool *clean, struct err *err)
{
	int rc;

	*clean = true;
	if (p->boot_path) {
		rc = write_boot(facts_host(f), p->boot_path, &p->boot_old, &p->boot_new, err);
		if (rc < 0 && rc != -ESTALE)
			*clean = take_back(f, p, 0, err) == 0;
		if (rc < 0)
			return rc;
	}
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].kind == CHANGE_BOOT)
			continue;
		rc = write_change(f, &p->v[i], &p->v[i].old, &p->v[i].new, err);
		if (rc < 0) {
			*clean = take_back(f, p, i + 1, err) == 0;
			return rc;
		}
	}
	return 0;
}

/*
 * All is written and read back: what the plan undoes is undone, and only then is the entry itself done, so that an apply
 * which dies here is finished by the next one.
 */
static int mark_done(struct host *h, unsigned id, const struct plan *p, struct err *err)
{
	for (size_t i = 0; i < p->n_undoes; i++) {
		int rc = journal_mark(h, p->undoes[i], JOURNAL_DONE, JOURNAL_UNDONE, err);

		if (rc < 0 && rc != -ENOENT)
			return rc;
	}
	return journal_mark(h, id, JOURNAL_BEGUN, JOURNAL_DONE, err);
}

int apply_plan(struct facts *f, const struct plan *p, const char *door, const char *command, unsigned *ret_id,
	       struct err *err)
{
	struct host *h = facts_host(f);
	bool clean;
	unsigned id;
	int rc;

	rc = journal_begin(h, p, door, command, &id, err);
	if (rc < 0)
		return rc;
	rc = write_all(f, p, &clean, err);
	if (rc < 0) {
		/* An entry that is still begun is healed by the next writer. */
		if (clean)
			journal_mark(h, id, JOURNAL_BEGUN, JOURNAL_FAILED, NULL);
		return rc == -ESTALE && !clean ? -EBUSY : rc; /* no second plan upon half of the first */
	}
	rc = mark_done(h, id, p, err);
	if (rc < 0)
		return err_hint(err, "the change itself is made; the next command that changes anything completes the journal");
	*ret_id = id;
	return 0;
}

/* ---- healing ------------------------------------------------------------------------------------------------- */

/*
 * Where the bytes do not prove it (another program edited the file since, or a rollback had restored older bytes): the values
 * themselves.  Those that are the new ones go into `back`.
 */
static int boot_values(const struct bootfile *now, const struct plan *forward, struct plan *back, enum progress *ret,
		       struct err *err)
{
	size_t is_new = 0, is_old = 0, is_other = 0;

	for (size_t i = 0; i < forward->n; i++) {
		const struct change *c = &forward->v[i];

		for (size_t e = 0; c->kind == CHANGE_BOOT && e < now->cfg.n; e++) {
			_cleanup_(bootvalue_done) struct bootvalue value = { 0 };
			struct setting have;

			if (!strv_has(&c->titles, now->cfg.v[e].title) || !now->cfg.v[e].args[c->target].there)
				continue;
			bootfile_get(now, e, c->target, c->key, &value);
			have = (struct setting){ .there = value.count > 0, .text = value.value };
			is_new += setting_eq(&have, &c->new);
			is_old += setting_eq(&have, &c->old);
			is_other += !setting_eq(&have, &c->new) && !setting_eq(&have, &c->old);
			if (setting_eq(&have, &c->new))
				plan_boot(back, now, e, c->target, c->key, &c->old, "takes it back");
		}
	}
	if (!is_other && !is_new != !is_old)
		*ret = is_new ? P_DONE : P_NOT_DONE;
	else
		*ret = P_FOREIGN;
	return plan_seal(back, now, err);
}

/* The boot file; back is the plan that restores it where it is done. */
static int boot_progress(struct facts *f, const struct journal_entry *e, struct plan *back, enum progress *ret,
			 struct err *err)
{
	const struct plan *forward = &e->plan;
	struct bootfile *now = NULL;
	int rc = facts_boot(f, &now, err);

	if (rc < 0)
		return rc;
	host_sweep(facts_host(f), now->path, false);
	*ret = P_FOREIGN;
	if (!streq(now->path, e->plan.boot_path))
		return 0;
	if (now->cfg.text.len == e->image.len && !memcmp(strbuf_str(&now->cfg.text), strbuf_str(&e->image), e->image.len))
		*ret = P_NOT_DONE;
	else if (plan_restores(back, &forward, 1, now, &e->image, facts_brand(f)))
		*ret = P_DONE;
	else
		return boot_values(now, forward, back, ret, err);
	return 0;
}

/* The record that a change is of, and its value now; both borrowed.  -ENOENT: it is gone. */
static int object_now(struct facts *f, const struct change *c, const char **ref, const char **value, struct err *err)
{
	const struct xapi_host *host;
	const struct vm *vm;
	int rc;

	if (streq(change_class(c), "VM")) {
		rc = facts_find_vm(f, c->uuid, &vm, err);
		if (rc == 0) {
			*ref = vm->ref;
			*value = vm_value(vm, c->field, c->key);
		}
		return rc;
	}
	rc = facts_host_record(f, &host, err);
	if (rc == 0 && !streq(host->uuid, c->uuid))
		rc = err_set(err, ENOENT, "this is not the host %s", c->uuid);
	if (rc == 0) {
		*ref = host->ref;
		*value = c->kind == CHANGE_HOST_KEY ? host->guest_mask : host->numa_policy;
	}
	return rc;
}

/*
 * One field of a record of XAPI, and its value now (borrowed).  XAPI replaces a key by removing and adding: a key that is gone although
 * it was there before and should be there after is half of such a step, and not done.  A record that is gone is foreign.
 */
static int vm_progress(struct facts *f, struct change *c, const char **value, enum progress *ret, struct err *err)
{
	const char *ref = NULL;
	struct setting now;
	int rc = object_now(f, c, &ref, value, err);

	*ret = P_FOREIGN;
	if (rc == -ENOENT)
		return 0;
	if (rc < 0)
		return rc;
	free(c->ref);
	c->ref = xstrdup(ref);
	now = (struct setting){ .there = *value != NULL, .text = (char *)*value };
	if (setting_eq(&now, &c->new))
		*ret = P_DONE;
	else if (setting_eq(&now, &c->old) || !now.there)
		*ret = P_NOT_DONE;
	return 0;
}

/* Put one field of a VM back, when the dead apply had touched it. */
static int vm_back(struct facts *f, struct change *c, unsigned *n, struct err *err)
{
	const char *value = NULL;
	enum progress progress;
	struct setting now;
	int rc = vm_progress(f, c, &value, &progress, err);

	now = (struct setting){ .there = value != NULL, .text = (char *)value };
	if (rc < 0 || progress == P_FOREIGN || setting_eq(&now, &c->old))
		return rc;
	rc = write_vm(f, c, &now, &c->old, err);
	*n += rc == 0;
	return rc;
}

/* Did everything get done, and only the last mark is missing? */
static int is_complete(struct facts *f, struct journal_entry *e, bool boot_done, bool *ret, struct err *err)
{
	*ret = boot_done;
	for (size_t i = 0; *ret && i < e->plan.n; i++) {
		_cleanup_free_ char *pins = NULL;
		enum progress progress = P_DONE;
		const char *value;
		int rc = 0;

		if (e->plan.v[i].kind == CHANGE_DEVICE)
			progress = device_progress(f, &e->plan.v[i]);
		else if (e->plan.v[i].kind == CHANGE_PINS)
			progress = pins_progress(f, &e->plan.v[i], &pins);
		else if (e->plan.v[i].kind != CHANGE_BOOT)
			rc = vm_progress(f, &e->plan.v[i], &value, &progress, err);
		if (rc < 0)
			return rc;
		*ret = progress == P_DONE;
	}
	return 0;
}

/* Is it of a record of XAPI? */
static bool is_record(const struct change *c)
{
	return c->kind != CHANGE_BOOT && c->kind != CHANGE_DEVICE && c->kind != CHANGE_PINS;
}

/*
 * Who has a device lasts until the next boot at most: one that will not go back is said, and holds up nobody else's change.  What is in
 * files and in XAPI stays for ever, so there a failure ends the healing.
 */
static int take_back_entry(struct facts *f, struct journal_entry *e, const struct plan *boot_back, unsigned *n,
			   struct strv *notes, struct err *err)
{
	struct err why = { 0 };
	int rc = 0;

	for (size_t i = e->plan.n; rc == 0 && i--;)
		if (e->plan.v[i].kind == CHANGE_DEVICE && device_back(f, &e->plan.v[i], n, &why) < 0)
			strv_addf(notes, "'%s' of %s was interrupted, and a reboot ends what it left: %s", e->command, e->time, why.text);
		else if (e->plan.v[i].kind == CHANGE_PINS && pins_back(f, &e->plan.v[i], n, &why) < 0)
			strv_addf(notes, "'%s' of %s was interrupted, and the VM's end ends what it left: %s", e->command, e->time, why.text);
		else if (is_record(&e->plan.v[i]))
			rc = vm_back(f, &e->plan.v[i], n, err);
	if (rc == 0 && boot_back->boot_path) {
		rc = write_boot(facts_host(f), boot_back->boot_path, &boot_back->boot_old, &boot_back->boot_new, err);
		*n += rc == 0;
	}
	return rc;
}

static int heal_entry(struct facts *f, struct journal_entry *e, struct strv *notes, struct err *err)
{
	_cleanup_(plan_done) struct plan back = { 0 };
	enum progress boot = P_DONE;
	bool complete = false;
	unsigned n = 0;
	int rc = 0;

	host_sweep(facts_host(f), XAPI_STORE, true);
	if (e->plan.boot_path)
		rc = boot_progress(f, e, &back, &boot, err);
	if (rc == 0)
		rc = is_complete(f, e, boot == P_DONE, &complete, err);
	if (rc == 0 && !complete)
		rc = take_back_entry(f, e, &back, &n, notes, err);
	if (rc < 0)
		return err_wrap(err, "finishing '%s' of %s, which was interrupted", e->command, e->time);
	strv_addf(notes, "'%s' of %s was interrupted: %s%s", e->command, e->time,
		  complete ? "all of it had been done"
		  : n	   ? "what it had done was taken back"
			   : "it had not changed anything",
		  !complete && boot == P_FOREIGN ? "; another program has changed the boot file since: look at it" : "");
	if (complete)
		return mark_done(facts_host(f), e->id, &e->plan, err);
	return journal_mark(facts_host(f), e->id, JOURNAL_BEGUN, JOURNAL_FAILED, err);
}

int apply_heal(struct facts *f, struct strv *notes, struct err *err)
{
	struct journal j;
	int rc;

	if (!journal_unfinished(facts_host(f)))
		return 0;
	rc = journal_read(facts_host(f), &j, err);
	for (size_t i = j.n; rc == 0 && i--;)
		if (j.v[i].state == JOURNAL_BEGUN)
			rc = heal_entry(f, &j.v[i], notes, err);
	journal_done(&j);
	return rc;
}
