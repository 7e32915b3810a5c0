/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command.c - see command.h */

#include <stdio.h>

#include "cmdline/grubtry.h"
#include "plugin/apply.h"
#include "plugin/checks_boot.h"
#include "plugin/command_action.h"
#include "plugin/command_args.h"
#include "plugin/command_reboot.h"
#include "plugin/state_places.h"

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (streq(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* ---- running ------------------------------------------------------------------------------------------------ */

void result_done(struct result *res)
{
	records_done(&res->records);
	findings_done(&res->findings);
	plan_done(&res->plan);
	strv_done(&res->notes);
	strv_done(&res->failures);
	free(res->answer);
	free(res->state);
	free(res->if_failed);
	*res = (struct result){ 0 };
}

void result_failure(struct result *res, const char *uuid, const struct err *why)
{
	_cleanup_free_ char *where = xstrdup(why->where);

	for (char *c = where; *c; c++)
		if (*c == '\n')
			*c = ' ';
	strv_addf(&res->failures, "operation failed on %s: %s%s%s", uuid, why->text, *where ? " " : "", where);
	res->status = 1;
}

static int refusal(const struct findings *f, struct err *err)
{
	const struct finding *x = findings_refusal(f);

	return x ? err_set(err, EPERM, "refused: %s", x->text) : 0;
}

/* The file without an entry to be tried: an undo may bring or take one, and is judged by the rest. */
static int without_try(const char *path, const struct strbuf *text, struct bootfile *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf plain = { 0 };
	int rc = grubtry_remove(path, text, &plain, err);

	return rc < 0 ? rc : bootfile_parse(path, &plain, NULL, ret, err);
}

static int check_boot_file(struct run *r, const struct bootfile *now, const struct strbuf *then, struct err *err)
{
	struct plan *p = &r->res->plan;

	return checks_boot(r->facts,
			   &(struct boot_change){ .now = now,
						  .then = then,
						  .read = then == &p->boot_new ? &p->boot_then : NULL,
						  .choice = run_entries(r),
						  .undo = p->n_undoes > 0,
						  .proven = r->proven,
						  .first = host_exists(facts_host(r->facts), JOURNAL_DIR, NULL) == 0 },
			   &r->res->findings, err);
}

static void force_findings(struct run *r)
{
	_cleanup_strv_ struct strv names = { 0 };

	run_forced(r, &names);
	for (size_t i = 0; i < r->overrides.n; i++)
		strv_add(&names, r->overrides.v[i]);
	findings_force(&r->res->findings, &names);
}

/* What the boot file becomes, and what is to be said about that. */
static int plan_boot_file(struct run *r, struct err *err)
{
	_cleanup_(bootfile_done) struct bootfile now = { 0 }, then = { 0 };
	struct plan *p = &r->res->plan;
	struct bootfile *boot = NULL;
	int rc = facts_boot(r->facts, &boot, err);

	if (rc == 0)
		rc = plan_seal(p, boot, err);
	if (rc == 0 && r->edited.path)
		rc = check_boot_file(r, &r->edited, &p->boot_new, err);
	else if (rc == 0 && p->v[0].kind == CHANGE_TRY)
		rc = without_try(boot->path, &boot->cfg.text, &now, err) < 0 ||
				     without_try(boot->path, &p->boot_new, &then, err) < 0
			     ? err->code ? -err->code : -EINVAL
			     : check_boot_file(r, &now, &then.cfg.text, err);
	else if (rc == 0)
		rc = check_boot_file(r, boot, &p->boot_new, err);
	force_findings(r);
	return rc < 0 ? rc : refusal(&r->res->findings, err);
}

int run_settle(struct run *r, struct err *err)
{
	int rc = r->args->cmd->flags & CMD_CHECK ? 0 : refusal(&r->res->findings, err);

	if (rc == 0 && r->finish)
		rc = r->finish(r, err);
	if (rc == 0)
		rc = state_plan_words(r->facts, &r->res->plan, r->opt->door, r->opt->command, &r->res->notes, err);
	if (rc == 0 && plan_changes_boot(&r->res->plan))
		rc = plan_boot_file(r, err);
	return rc;
}

/* Handler, refusals, and the boot file that the plan would give. */
static int make_plan(struct facts *f, const struct args *a, const struct run_options *opt, struct result *res, struct err *err)
{
	struct run r = { .facts = f, .args = a, .opt = opt, .res = res };
	struct bootfile read = res->plan.boot_then;
	int rc;

	/* A plan that is made anew mostly comes to the same file. */
	res->plan.boot_then = (struct bootfile){ 0 };
	result_done(res);
	res->plan.boot_then = read;
	res->planned = a->cmd->flags & CMD_WRITES;
	if (a->cmd->type) {
		records_init(&res->records, a->cmd->type);
		args_want_shown(&res->records, a, opt->show);
		args_want_filters(&res->records, a);
	}
	rc = a->cmd->run(&r, err);
	state_tell_places(f, &res->findings);
	if (rc == 0)
		rc = run_settle(&r, err);
	bootfile_done(&r.edited);
	strv_done(&r.overrides);
	for (size_t i = 0; i < res->findings.n; i++)
		if (res->findings.v[i].forced)
			strv_addf(&res->plan.overrides, "%s@%s", res->findings.v[i].code, res->findings.v[i].subject);
	/* Its findings are of today: not what is wanted of this host. */
	if (rc == 0)
		rc = command_end_with_reboot(&r, err);
	if (rc == 0 && !(a->cmd->flags & CMD_CHECK))
		rc = refusal(&res->findings, err);
	if (rc == 0 && a->cmd->type) {
		args_filter(&res->records, a);
		args_want_shown(&res->records, a, opt->show);
	}
	return rc;
}

static bool is_work(const struct plan *p)
{
	return p->n || p->n_undoes;
}

/* The host's reboot, once everything else is done: an entry of its own, and a failure leaves what was done before. */
static int apply_then(struct facts *f, const struct run_options *opt, struct result *res, struct err *err)
{
	int rc = apply_plan(f, res->plan.then, opt->door, opt->command, &res->reboot_journal, &res->notes, err);

	res->rebooting = rc == 0;
	if (rc == 0 && !res->journal)
		res->journal = res->reboot_journal;
	if (rc == 0)
		return 0;
	apply_reboot_tell(f, res->plan.then, &res->notes);
	if (res->journal)
		strv_addf(&res->notes, "what was asked for is done (history entry %u); only the reboot is not", res->journal);
	return rc == -ESTALE ? -EBUSY : rc;
}

/* What a plan with `each` went on without: as what could not even be planned is told. */
static void tell_left_out(struct result *res)
{
	for (size_t i = 0; i < res->plan.n_left; i++) {
		const struct left_out *l = &res->plan.left[i];
		_cleanup_free_ char *text = left_out_text(l);
		struct finding *x = findings_add(&res->findings, "WANTED_USB", SEV_WARN, l->device, text);

		x->remedy = xstrdup(l->hint ? l->hint : "when the cause is gone: vm-usb-repair tries again");
		res->status = 1;
	}
}

/* Under the lock: facts anew, plan anew, apply; once more when another program was faster. */
static int apply_anew(struct facts **f, const struct args *a, const struct run_options *opt, struct result *res, struct err *err)
{
	int rc = 0;

	for (unsigned attempt = 0; attempt < 2; attempt++) {
		*f = facts_renew(*f);
		rc = make_plan(*f, a, opt, res, err);
		if (rc == 0 && is_work(&res->plan)) {
			rc = apply_plan(*f, &res->plan, opt->door, opt->command, &res->journal, &res->notes, err);
			res->applied = rc == 0 && res->journal;
			tell_left_out(res);
		}
		if (rc == 0 && res->plan.then)
			rc = apply_then(*f, opt, res, err);
		if (rc != -ESTALE)
			break;
	}
	return rc;
}

static int heal(struct host *h, const char *session, struct strv *notes, struct err *err)
{
	struct facts *f = facts_new(h, session);
	int rc = apply_heal(f, notes, err);

	facts_free(f);
	return rc;
}

static int apply_locked(struct facts **f, const struct args *a, const struct run_options *opt, struct result *res, struct err *err)
{
	struct host *h = facts_host(*f);
	_cleanup_(host_unlock) struct host_lock lock = HOST_LOCK_INIT;
	_cleanup_strv_ struct strv notes = { 0 };
	_cleanup_free_ char *who = xasprintf("process %d, %s\n", (int)getpid(), opt->command);
	int rc;

	rc = apply_lock(h, who, &lock, err);
	if (rc == 0)
		rc = heal(h, opt->session, &notes, err);
	if (rc == 0)
		rc = apply_anew(f, a, opt, res, err);
	for (size_t i = 0; i < notes.n; i++)
		strv_add(&res->notes, notes.v[i]);
	return rc;
}

/* Where there is no XAPI and never was one, its absence is no fault to look into. */
static void say_without_xapi(struct facts *f, const struct command *cmd, struct err *err)
{
	struct err why = { 0 };
	struct xapi *x = NULL;

	if (!err || !(cmd->flags & CMD_NEEDS_XAPI) || facts_xapi(f, &x, &why) != -ENOENT || !str_ends_with(err->text, why.text) ||
	    !facts_is_plain_xen(f))
		return;
	err_set(err, ENOENT, "%s is about what XAPI keeps, and this is a Xen host without XAPI", cmd->name);
	if (cmd->plain)
		err_hint(err, "%s", cmd->plain);
	else if (cmd->flags & CMD_XE)
		err_hint(err, "its VMs are xl's: xl list, xl create, xl shutdown; vm-pci-attach prepares the host and gives the lines for a VM's file");
	else
		err_hint(err, "vm-pci-attach, vm-pci-detach, vm-pci-list and vm-numa-set work without, and so does all that is about the host alone");
}

static int one_host(struct host *h, struct err *err)
{
	err_set(err, EISDIR, "'%s' holds several recordings: that is a pool, and this command is for one host", host_name(h));
	return err_hint(err, "name one of its folders; pool-check and the other pool- commands take them all");
}

int command_run(struct host *h, const struct args *a, const struct run_options *opt, struct result *res, struct err *err)
{
	struct facts *f;
	int rc;

	if (host_is_pool(h) && !(a->cmd->flags & CMD_POOL))
		return one_host(h, err);
	f = facts_new(h, opt->session);
	rc = make_plan(f, a, opt, res, err);
	if (rc < 0)
		say_without_xapi(f, a->cmd, err);
	/* What is refused or changes nothing is found out before a lock or a file is made. */
	if (rc == 0 && !opt->dry_run && res->plan.then && !host_is_live(h))
		rc = err_set(err, EROFS, "'%s' is a recording, not a running host: it cannot be rebooted", host_name(h));
	if (rc == 0 && !opt->dry_run && (is_work(&res->plan) || res->plan.then))
		rc = apply_locked(&f, a, opt, res, err);
	/* Without the lock: a VM's start lasts, and asks the start guard on its way. */
	if (rc == 0 && !opt->dry_run && res->plan.n_actions)
		rc = command_actions(f, res, err);
	if (rc == 0 && res->applied && a->cmd->after) {
		f = facts_renew(f);
		rc = a->cmd->after(&(struct run){ .facts = f, .args = a, .res = res }, err);
	}
	if (rc < 0 && !opt->dry_run && res->if_failed && host_is_live(h))
		command_message_undone(f, res, err);
	facts_free(f);
	return rc;
}

/* ---- for handlers --------------------------------------------------------------------------------------------- */

int run_devices(struct run *r, const char *param, struct bdfset *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };

	strv_split(&names, args_get(r->args, param), ',');
	if (!names.n)
		return err_set(err, EINVAL, "%s= is empty: name a device", param);
	for (size_t i = 0; i < names.n; i++) {
		struct bdf bdf;
		int rc;

		if (!*names.v[i])
			return err_set(err, EINVAL, "%s=%s: item %zu of the list is empty", param, args_get(r->args, param), i + 1);
		rc = facts_find_device(r->facts, names.v[i], &bdf, err);

		if (rc < 0)
			return rc;
		bdfset_add(ret, bdf);
	}
	return 0;
}

/* The only VM of that name; templates and snapshots count where there is no VM. */
static int find_by_name(struct run *r, const char *name, const struct vm **ret, struct err *err)
{
	_cleanup_strv_ struct strv uuids = { 0 };
	_cleanup_free_ char *list = NULL;
	const struct vm *found = NULL;
	struct vms *vms = NULL;
	int rc = facts_vms(r->facts, &vms, err);

	if (rc < 0)
		return rc;
	for (unsigned guests = 1; !found && guests < 2; guests--)
		for (size_t i = 0; i < vms->n; i++)
			if (streq(vms->v[i].name, name) && vm_is_guest(&vms->v[i]) == guests) {
				found = &vms->v[i];
				strv_add(&uuids, found->uuid);
			}
	if (!found)
		return -ENOENT;
	if (uuids.n > 1) {
		list = strv_join(&uuids, ", ");
		err_set(err, ENOTUNIQ, "'%s' is the name of %zu VMs: %s", name, uuids.n, list);
		return err_hint(err, "name one of them by its uuid");
	}
	*ret = found;
	return 0;
}

int run_vm(struct run *r, const struct vm **ret, struct err *err)
{
	return run_vm_named(r, args_get(r->args, "uuid"), ret, err);
}

int run_vm_named(struct run *r, const char *name, const struct vm **ret, struct err *err)
{
	struct err why = { 0 };
	int rc = facts_find_vm(r->facts, name, ret, &why), named = -ENOENT;

	if (rc == -ENOENT)
		named = find_by_name(r, name, ret, err);
	if (rc == 0 || named != -ENOENT)
		return rc == 0 ? 0 : named;
	if (err)
		*err = why;
	return rc;
}

void run_show_early(struct run *r)
{
	struct records *recs = &r->res->records;

	if (!r->opt->early)
		return;
	args_filter(recs, r->args);
	args_want_shown(recs, r->args, r->opt->show);
	r->opt->early(r->opt->early_ctx, recs);
	args_want_filters(recs, r->args);
}

void run_forced(const struct run *r, struct strv *ret)
{
	const char *names = args_get(r->args, "force");

	if (names)
		strv_split(ret, names, ',');
}

void run_checks(struct run *r, unsigned intent, const struct bdfset *devices, const struct vm *vm)
{
	_cleanup_strv_ struct strv force = { 0 };
	struct check_request req = { .intent = intent, .devices = devices, .vm = vm, .force = &force };

	run_forced(r, &force);
	checks_run(r->facts, &req, &r->res->findings);
}

bool run_tries(const struct run *r)
{
	return args_get(r->args, "boot") != NULL;
}

enum grub_choice run_entries(const struct run *r)
{
	const char *word = args_get(r->args, "entries");

	if (run_tries(r))
		return GRUB_CHOOSE_TRY;
	if (r->all_entries)
		return GRUB_CHOOSE_ALL;
	if (word && streq(word, "default"))
		return GRUB_CHOOSE_DEFAULT;
	return word && streq(word, "all") ? GRUB_CHOOSE_ALL : GRUB_CHOOSE_NORMAL;
}

int run_timeout(const struct run *r, unsigned most, unsigned *ret, struct err *err)
{
	const char *text = args_get(r->args, "timeout");
	unsigned seconds = 0;

	if (!text)
		return 0;
	if (!str_to_uint(text, most, &seconds) || !seconds) {
		err_set(err, EINVAL, "timeout=%s: must be seconds, 1 to %u", text, most);
		return err_usage(err);
	}
	*ret = seconds;
	return 0;
}
