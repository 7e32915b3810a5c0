/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_import.c - state-import: what is configured, what an old root has, or XAPI's copy, becomes what is wanted. */

#include "cmdline/bootargs.h"
#include "cmdline/hide.h"
#include "plugin/commands.h"
#include "plugin/journal.h"
#include "plugin/state_copy.h"
#include "plugin/state_resolve.h"
#include "usbpolicy/policy_merge.h"
#include "xenhelpers/net.h"
#include "xenhelpers/vmpci.h"

/* ---- from the old root --------------------------------------------------------------------------------------- */

/* An upgrade keeps the host's uuid; a root of another host has nothing to say here. */
static int check_old_root(struct run *r, struct host *old, struct err *err)
{
	_cleanup_free_ char *theirs = NULL, *ours = NULL;
	int rc = net_inventory_get(old, "INSTALLATION_UUID", &theirs, err);

	if (rc < 0) {
		err_set(err, -rc, "'%s' is no root of this host: it has no readable etc/xensource-inventory with an INSTALLATION_UUID", host_name(old));
		return err_hint(err, "mount the backup partition (it has the file .xen-backup-partition) read-only, and name its directory");
	}
	rc = net_inventory_get(facts_host(r->facts), "INSTALLATION_UUID", &ours, err);
	if (rc == 0 && !streq(theirs, ours))
		rc = err_set(err, EXDEV, "'%s' is the root of another host: %s, and this one is %s", host_name(old), theirs, ours);
	return rc;
}

/* What the old line had and the new one lacks, beyond what is taken over: names for the administrator. */
static void tell_lost(struct run *r, const struct state *s, const struct bootfile *old, const struct bootfile *now, enum grub_target target)
{
	int before = state_entry(old), entry = state_entry(now);
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	_cleanup_strv_ struct strv lost = { 0 };
	_cleanup_free_ char *names = NULL;
	const struct grub_span *span;

	if (before < 0 || entry < 0 || !old->cfg.v[before].args[target].there)
		return;
	span = &old->cfg.v[before].args[target];
	bootargs_split(strbuf_str(&old->cfg.text) + span->off, span->len, &args);
	for (size_t i = 0; i < args.end; i++) {
		const struct bootarg *a = &args.v[i];
		_cleanup_(setting_done) struct setting have = setting_of(now, (size_t)entry, target, a->key);
		_cleanup_free_ char *shown = a->value ? xasprintf("%s=%s", a->key, a->value) : xstrdup(a->key);
		bool wanted = target == GRUB_DOM0 && hide_is_key_like(a->key);

		for (size_t p = 0; p < s->n_params; p++)
			wanted |= s->params[p].target == target && streq(s->params[p].key, a->key);
		if (!have.there && !wanted && !strv_has(&lost, shown))
			strv_add(&lost, shown);
	}
	if (!lost.n)
		return;
	names = strv_join(&lost, " ");
	strv_addf(&r->res->notes, "%s parameters of then that the boot file does not have now, and that are not taken over: %s (boot-param-set sets them)",
		  grub_target_name(target), names);
}

/* Its record, or, where it has none, its rules beside the policy of today. */
static void import_old_policy(struct run *r, struct state *s, struct host *old, const struct state_stamp *stamp)
{
	_cleanup_(policy_done) struct policy then = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 }, record = { 0 };
	const struct policy *now = NULL;

	if (host_exists(old, POLICY_RECORD_PATH, NULL) == 1) {
		state_import_policy(s, old, stamp);
		return;
	}
	if (host_read(old, POLICY_PATH, POLICY_MAX, &text, NULL) < 0 || facts_usb_policy(r->facts, &now, NULL) < 0)
		return;
	policy_parse(strbuf_str(&text), text.len, &then);
	if (then.n_bad || now->n_bad || policy_same_rules(&then, now))
		return;
	policy_record_format(&now->text, &text, &record);
	state_set_usb_policy(s, strbuf_str(&record));
	strv_add(&r->res->notes, "the USB policy of then has other rules than that of today: the difference counts as local, be it yours or "
				 "the package's; state-show shows it");
}

static int import_old_files(struct run *r, struct state *s, struct host *old, const struct state_stamp *stamp, struct err *err)
{
	_cleanup_(bootfile_done) struct bootfile b = { 0 };
	_cleanup_free_ char *brand = NULL;
	struct bootfile *now = NULL;
	int rc;

	net_inventory_get(old, "PRODUCT_BRAND", &brand, NULL);
	rc = bootfile_read(old, brand, &b, err);
	if (rc == 0)
		rc = state_import(s, r->facts, &b, stamp, &r->res->notes, err);
	if (rc < 0)
		return rc;
	import_old_policy(r, s, old, stamp);
	for (int target = 0; target < 2 && facts_boot(r->facts, &now, NULL) == 0; target++)
		tell_lost(r, s, &b, now, target);
	strv_addf(&r->res->notes, "'%s' has no desired state: taken over is what its %s hides, by addresses of then, as the devices that have them "
				  "today; state-plan shows them, before state-apply or the next boot follows",
		  host_name(old), b.path);
	return 0;
}

/* Its desired state, as far as it has one. */
static int import_root(struct run *r, const char *dir, struct state *s, const struct state_stamp *stamp, struct err *err)
{
	_cleanup_(host_freep) struct host *old = NULL;
	_cleanup_(state_done) struct state theirs = { 0 };
	bool there = false;
	int rc = host_open_root(&old, dir, err);

	if (rc == 0)
		rc = check_old_root(r, old, err);
	if (rc < 0)
		return rc;
	rc = state_read(old, &theirs, NULL, &there, err);
	if (rc < 0)
		return err_wrap(err, "in '%s'", dir);
	if (!there)
		return import_old_files(r, s, old, stamp, err);
	if (theirs.newer) {
		state_done(&theirs);
		return err_set(err, ENOTSUP, "%s" STATE_FILE ": a newer xe-passthrough wrote it: taken over here, it would lose what is not known here",
			       dir);
	}
	state_done(s);
	*s = theirs;
	theirs = (struct state){ 0 };
	return 0;
}

/* ---- from XAPI's copy ---------------------------------------------------------------------------------------------- */

/* It is asked for as if a command did: what would be refused there is refused here, so that nobody is talked into it by a forged copy. */
static void check_copy(struct run *r, const struct state *s)
{
	_cleanup_bdfset_ struct bdfset hide = { 0 };
	const struct bdfset *next = NULL;
	struct resolution found = { 0 };
	struct pcidevs *set = NULL;

	if (facts_pci(r->facts, &set, NULL) < 0)
		return;
	facts_hidden_next(r->facts, &next, NULL);
	state_resolve(set, s, &found);
	for (size_t i = 0; i < s->hidden.n; i++) {
		const struct resolved *d = resolution_find(&found, &s->hidden.v[i]);

		if (fate_is_found(d->fate) && !(next && bdfset_has(next, d->now)))
			bdfset_add(&hide, d->now);
	}
	run_checks(r, CHECK_HIDE, &hide, NULL);
	for (size_t v = 0; v < s->n_vms; v++) {
		_cleanup_bdfset_ struct bdfset devices = { 0 };
		const struct vm *vm = NULL;

		for (size_t i = 0; i < s->vms[v].devices.n; i++) {
			const struct resolved *d = resolution_find(&found, &s->vms[v].devices.v[i]);

			if (fate_is_found(d->fate))
				bdfset_add(&devices, d->now);
		}
		if (facts_find_vm(r->facts, s->vms[v].uuid, &vm, NULL) == 0)
			run_checks(r, CHECK_VM | CHECK_ATTACH, &devices, vm);
	}
	resolution_done(&found);
}

/* All of it: a summary would be too little to decide upon. */
static void tell_copy(struct run *r, struct state *s)
{
	for (size_t i = 0; i < s->hidden.n; i++)
		strv_addf(&r->res->notes, "from the copy: hidden %s, %s", BDF_STR(s->hidden.v[i].bdf), s->hidden.v[i].identity);
	for (size_t i = 0; i < s->n_vms; i++) {
		struct state_vm *want = &s->vms[i];
		const struct vm *vm = NULL;
		_cleanup_strbuf_ struct strbuf what = { 0 };

		if (facts_find_vm(r->facts, want->uuid, &vm, NULL) == 0)
			want->name = xstrdup(vm->name);
		if (want->pci)
			strbuf_addf(&what, " other-config:pci=%s", want->pci);
		if (want->mask)
			strbuf_addf(&what, " VCPUs-params:mask=%s", want->mask);
		for (size_t u = 0; u < want->n_usb; u++) {
			_cleanup_free_ char *id = usbid_format(&want->usb[u]);

			strbuf_addf(&what, " USB %s", id);
		}
		strv_addf(&r->res->notes, "from the copy: VM %s '%s':%s", want->uuid, vm ? vm->name : "(not there)", strbuf_str(&what));
	}
	strv_add(&r->res->notes, "whoever may write " STATE_COPY_MAP " of this host may have written the copy: look at it, and at state-plan, before "
				 "state-apply or the next boot follows it");
}

static int import_copy(struct run *r, struct state *s, struct err *err)
{
	_cleanup_(state_done) struct state theirs = { 0 };
	const struct this_host *here = NULL;
	_cleanup_free_ char *text = NULL;
	int rc = state_copy_read(r->facts, &text, err);

	if (rc == 0)
		rc = facts_this_host(r->facts, &here, err);
	if (rc == 0 && !text)
		rc = err_set(err, ENODATA, "XAPI has no copy of the desired state (" STATE_COPY_NAME " of '%s')", here->name);
	if (rc == 0)
		rc = state_copy_parse(text, here->uuid, &theirs, err);
	if (rc < 0)
		return rc;
	check_copy(r, &theirs);
	tell_copy(r, &theirs);
	state_swap_devices(s, &theirs);
	return 0;
}

/* ---- the command ------------------------------------------------------------------------------------------------------ */

static const struct param import_params[] = {
	{ "from", "config|xapi", 0, "config: what is configured now (the default); xapi: hidden devices and VMs of XAPI's copy" },
	{ "root", "DIR", P_LOCAL_FILE, "instead: the root of before an upgrade, where its backup partition is mounted" },
	PARAM_FORCE,
	{ 0 },
};

static int read_source(struct run *r, struct state *s, const struct state_stamp *stamp, const char **why, struct err *err)
{
	const char *from = args_get(r->args, "from"), *root = args_get(r->args, "root");
	int rc;

	if (from && root) {
		err_set(err, EINVAL, "from= and root= are two sources: one is taken");
		return err_usage(err);
	}
	*why = "what the old root had is what is wanted from now on";
	if (root)
		return import_root(r, root, s, stamp, err);
	*why = "what XAPI's copy says is what is wanted from now on";
	if (from && streq(from, "xapi"))
		return import_copy(r, s, err);
	*why = "what is configured now is what is wanted from now on";
	rc = state_import(s, r->facts, NULL, stamp, &r->res->notes, err);
	if (rc == 0)
		state_import_policy(s, facts_host(r->facts), stamp);
	return rc;
}

static int run_import(struct run *r, struct err *err)
{
	_cleanup_(state_done) struct state own = { 0 }, s = { 0 };
	_cleanup_free_ char *now = journal_time();
	const struct state_stamp stamp = { .since = now, .command = (char *)"state-import" };
	const char *why = NULL;
	int rc = state_read(facts_host(r->facts), &own, NULL, NULL, err);

	if (rc == 0 && own.newer) {
		err_set(err, ENOTSUP, STATE_FILE ": a newer xe-passthrough wrote it, and it is not overwritten");
		return err_hint(err, "install that version again, or move the file away");
	}
	if (rc == 0)
		rc = state_dup(&own, &s, err);
	if (rc == 0)
		rc = read_source(r, &s, &stamp, &why, err);
	state_inherit_stamps(&s, &own, NULL);
	return rc < 0 ? rc : state_plan(&r->res->plan, &own, &s, why, err);
}

const struct command cmd_state_import = {
	.name = "state-import",
	.summary = "what is configured now, by whomever, is what is wanted from now on; or an old root's, or XAPI's copy",
	.params = import_params,
	.flags = CMD_WRITES,
	.run = run_import,
};
