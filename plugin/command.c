/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command.c - see command.h */

#include <stdio.h>

#include "cmdline/grubtry.h"
#include "plugin/apply.h"
#include "plugin/checks_boot.h"
#include "plugin/command_action.h"
#include "plugin/command_reboot.h"
#include "plugin/state_places.h"

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (streq(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* ---- arguments ------------------------------------------------------------------------------------------ */

/* "other-config:pci", or as xe wrote it once "other-config-pci", of a parameter "other-config:". */
static bool is_key_of(const char *map, const char *name)
{
	size_t len = strlen(map);

	return len && map[len - 1] == ':' && !strncmp(map, name, len - 1) && (name[len - 1] == ':' || name[len - 1] == '-') && name[len];
}

static const struct param *find_param(const struct command *cmd, const char *name)
{
	for (const struct param *p = cmd->params; p && p->name; p++)
		if (streq(p->name, name) || is_key_of(p->name, name))
			return p;
	return NULL;
}

bool command_has_param(const struct command *cmd, const char *name)
{
	return find_param(cmd, name);
}

unsigned command_param_flags(const struct command *cmd, const char *name)
{
	const struct param *p = find_param(cmd, name);

	return p ? p->flags : 0;
}

bool command_choices(const char *value, struct strv *words)
{
	if (value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-_|")])
		return false;
	strv_split(words, value, '|');
	return true;
}

/* A description that is not made of words takes every value. */
static bool is_choice(const char *choices, const char *value)
{
	_cleanup_strv_ struct strv words = { 0 };

	return !command_choices(choices, &words) || strv_has(&words, value);
}

/* One of XAPI's maps, as xe's tag says. */
static bool is_map(const struct field *f)
{
	return f->kind == V_LIST && f->tag && f->tag[1] == 'M';
}

/* "field", "field:contains" for lists, or "field:key" for maps. */
static bool is_filter(const struct command *cmd, const char *name)
{
	size_t len = strcspn(name, ":");
	int field = cmd->flags & CMD_LIST && cmd->type ? record_type_find(cmd->type, name, len) : -1;

	if (field < 0)
		return false;
	return !name[len] || streq(name + len, ":contains") || (is_map(&cmd->type->fields[field]) && name[len + 1]);
}

static bool takes_params(const struct command *cmd)
{
	return cmd->flags & (CMD_LIST | CMD_SHOW);
}

static int check_params_value(const struct command *cmd, const char *value, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };

	strv_split(&names, value, ',');
	if (!names.n && !(cmd->flags & CMD_XE))
		return err_set(err, EINVAL, "params= is empty: name fields of a %s, or all", cmd->type->name);
	for (size_t i = 0; i < names.n; i++)
		if (!streq(names.v[i], "all") && record_type_find(cmd->type, names.v[i], strlen(names.v[i])) < 0)
			return err_set(err, EINVAL, "params=: '%s' is no field of a %s", names.v[i], cmd->type->name);
	return 0;
}

static void join_value(struct args *a, const char *name, const char *value)
{
	for (size_t i = 0; i < a->names.n; i++)
		if (streq(a->names.v[i], name)) {
			char *both = xasprintf("%s,%s", a->values.v[i], value);

			free(a->values.v[i]);
			a->values.v[i] = both;
		}
}

int args_add(struct args *a, const char *name, const char *value, struct err *err)
{
	const struct param *p = find_param(a->cmd, name);

	if (args_get(a, name) && p && p->flags & P_REPEAT) {
		join_value(a, name, value);
		return 0;
	}
	if (args_get(a, name))
		return err_set(err, EINVAL, "parameter '%s' is given twice", name);
	if (p && !is_choice(p->value, value))
		return err_set(err, EINVAL, "%s=%s: must be one of %s", name, value, p->value);
	if (!p && takes_params(a->cmd) && streq(name, "params")) {
		int rc = check_params_value(a->cmd, value, err);

		if (rc < 0)
			return rc;
	} else if (!p && a->cmd->flags & CMD_XE && a->cmd->flags & CMD_WRITES) {
		return err_set(err, EINVAL, "Unknown parameter: %s; what is not checked here is xe's: use xe", name);
	} else if (!p && !is_filter(a->cmd, name)) {
		return err_set(err, EINVAL, "Unknown parameter: %s", name);
	}
	strv_add(&a->names, name);
	strv_add(&a->values, value);
	return 0;
}

int args_check(const struct args *a, struct err *err)
{
	for (const struct param *p = a->cmd->params; p && p->name; p++)
		if (p->flags & P_REQUIRED && !args_get(a, p->name))
			return err_set(err, EINVAL, "Required parameter not found: %s", p->name);
	return 0;
}

void args_done(struct args *a)
{
	strv_done(&a->names);
	strv_done(&a->values);
	strbuf_done(&a->input);
}

const char *args_get(const struct args *a, const char *name)
{
	for (size_t i = 0; i < a->names.n; i++)
		if (streq(a->names.v[i], name))
			return a->values.v[i];
	return NULL;
}

/* ---- which fields, which records -------------------------------------------------------------------------- */

static void want_params(struct records *r, const char *params)
{
	_cleanup_strv_ struct strv names = { 0 };

	strv_split(&names, params, ',');
	for (unsigned i = 0; i < r->type->n; i++)
		r->wanted[i] = strv_has(&names, "all") || strv_has(&names, r->type->fields[i].name);
}

static void want_usual(struct records *r, const struct command *cmd, enum show show)
{
	const char *one = cmd->minimal ? cmd->minimal : r->type->fields[0].name;

	for (unsigned i = 0; i < r->type->n; i++) {
		const struct field *f = &r->type->fields[i];

		if (show == SHOW_MINIMAL)
			r->wanted[i] = streq(f->name, one);
		else
			r->wanted[i] = f->brief || show == SHOW_ALL || cmd->flags & CMD_SHOW;
	}
}

static void want_shown(struct records *r, const struct args *a, enum show show)
{
	const char *params = takes_params(a->cmd) ? args_get(a, "params") : NULL;

	if (!r->wanted)
		r->wanted = xcalloc(r->type->n, sizeof(*r->wanted));
	if (params)
		want_params(r, params);
	else
		want_usual(r, a->cmd, show);
}

/* What is filtered on must be found out, too, but is not shown for it. */
static void want_filters(struct records *r, const struct args *a)
{
	for (size_t i = 0; i < a->names.n; i++)
		if (!find_param(a->cmd, a->names.v[i]) && is_filter(a->cmd, a->names.v[i]))
			r->wanted[record_type_find(r->type, a->names.v[i], strcspn(a->names.v[i], ":"))] = true;
}

static bool read_hex(const char *s, uint64_t *ret)
{
	bool marked = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');

	return str_to_u64(marked ? s + 2 : s, 16, UINT64_MAX, ret);
}

/* "10de" and "0x10DE", "10de:0147" and "10DE:147". */
static bool same_hex(const char *a, const char *b)
{
	_cleanup_strv_ struct strv x = { 0 }, y = { 0 };

	strv_split(&x, a, ':');
	strv_split(&y, b, ':');
	if (x.n != y.n)
		return false;
	for (size_t i = 0; i < x.n; i++) {
		uint64_t m, n;

		if (!read_hex(x.v[i], &m) || !read_hex(y.v[i], &n) || m != n)
			return false;
	}
	return x.n;
}

/* A pattern; but an address or an id is the same however it is written. */
static bool text_matches(const struct field *f, const char *pattern, const char *text)
{
	struct bdf a, b;

	return str_glob(pattern, text) || (f->hex && same_hex(pattern, text)) ||
	       (bdf_parse(pattern, &a) && bdf_parse(text, &b) && bdf_eq(a, b));
}

/* part: behind the field's name, "", ":contains" or ":key". */
static bool filter_matches(const struct field *f, const struct value *v, const char *part, const char *pattern)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	if (*part && is_map(f)) {
		for (size_t i = 0; i < v->list.n; i++) {
			const char *value = str_after(v->list.v[i], part + 1);

			if (value && str_after(value, ": ") && str_glob(pattern, value + 2))
				return true;
		}
		return false;
	}
	if (*part) {
		for (size_t i = 0; i < v->list.n; i++)
			if (text_matches(f, pattern, v->list.v[i]))
				return true;
		return false;
	}
	value_add_text(&text, f, v);
	return text_matches(f, pattern, strbuf_str(&text));
}

static bool record_matches(const struct records *r, const struct record *rec, const struct args *a)
{
	for (size_t i = 0; i < a->names.n; i++) {
		size_t len = strcspn(a->names.v[i], ":");
		int f;

		if (find_param(a->cmd, a->names.v[i]) || !is_filter(a->cmd, a->names.v[i]))
			continue;
		f = record_type_find(r->type, a->names.v[i], len);
		if (!filter_matches(&r->type->fields[f], &rec->v[f], a->names.v[i] + len, a->values.v[i]))
			return false;
	}
	return true;
}

static void filter_records(struct records *r, const struct args *a)
{
	for (size_t i = r->n; i--;)
		if (!record_matches(r, &r->v[i], a))
			records_drop(r, i);
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
	const char *force = args_get(r->args, "force");

	if (force)
		strv_split(&names, force, ',');
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
		want_shown(&res->records, a, opt->show);
		want_filters(&res->records, a);
	}
	rc = a->cmd->run(&r, err);
	state_tell_places(f, &res->findings);
	if (rc == 0)
		rc = run_settle(&r, err);
	bootfile_done(&r.edited);
	for (size_t i = 0; i < res->findings.n; i++)
		if (res->findings.v[i].forced)
			strv_addf(&res->plan.overrides, "%s@%s", res->findings.v[i].code, res->findings.v[i].subject);
	/* Its findings are of today: not what is wanted of this host. */
	if (rc == 0)
		rc = command_end_with_reboot(&r, err);
	if (rc == 0 && !(a->cmd->flags & CMD_CHECK))
		rc = refusal(&res->findings, err);
	if (rc == 0 && a->cmd->type) {
		filter_records(&res->records, a);
		want_shown(&res->records, a, opt->show);
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
	filter_records(recs, r->args);
	want_shown(recs, r->args, r->opt->show);
	r->opt->early(r->opt->early_ctx, recs);
	want_filters(recs, r->args);
}

void run_checks(struct run *r, unsigned intent, const struct bdfset *devices, const struct vm *vm)
{
	_cleanup_strv_ struct strv force = { 0 };
	const char *text = args_get(r->args, "force");
	struct check_request req = { .intent = intent, .devices = devices, .vm = vm, .force = &force };

	if (text)
		strv_split(&force, text, ',');
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
