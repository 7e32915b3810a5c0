/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_boot.c - boot parameters of Xen and dom0, extra_guest_irqs. */

#include <stdio.h>

#include "cmdline/bootargs.h"
#include "cmdline/hide.h"
#include "cmdline/irqbudget.h"
#include "plugin/bootplan.h"
#include "plugin/bootplan_dropin.h"
#include "plugin/commands.h"
#include "xenhelpers/vmpci.h"

enum { B_TARGET, B_KEY, B_VALUE, B_ENTRY, B_ROLE, B_DEFAULT, B_FILE, B_RUNNING, B_STATE };

static const struct field boot_fields[] = {
	[B_TARGET] = { "target", V_TEXT, true, "xen or dom0" },
	[B_KEY] = { "key", V_TEXT, true, "name of the parameter" },
	[B_VALUE] = { "value", V_TEXT, true, "without its quotes; null for a flag" },
	[B_ENTRY] = { "entry", V_TEXT, true, "title of the menu entry" },
	[B_ROLE] = { "role", V_TEXT, false, "normal, serial, safe, fallback, upgrade, ..." },
	[B_DEFAULT] = { "default", V_BOOL, false, "the entry boots unless another is chosen" },
	[B_FILE] = { "file", V_TEXT, false, "the boot file" },
	[B_RUNNING] = { "running", V_TEXT, false, "its value in what runs now; null where it is absent there, or a flag" },
	[B_STATE] = { "state", V_TEXT, true,
		      "active, pending (not running yet), pending-removal, pending-update-grub, other-entry, unknown" },
};
static const struct record_type boot_type = RECORD_TYPE("boot parameter", boot_fields);

/* ---- what runs beside what is configured --------------------------------------------------------------------- */

/* The two command lines that run now, in words; and of each word, whether the next boot has it. */
struct running {
	struct bootargs args[2]; /* by enum grub_target */
	bool known[2];
	int next; /* the entry that boots next, -1: unknown */
};

static void running_read(struct facts *f, const struct bootfile *b, struct running *ret)
{
	*ret = (struct running){ .next = bootfile_next_entry(b) };
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
		const char *line = NULL;

		ret->known[t] = facts_running_line(f, t, &line, NULL) == 0;
		if (ret->known[t])
			bootargs_split(line, strlen(line), &ret->args[t]);
	}
}

static void running_done(struct running *n)
{
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++)
		bootargs_done(&n->args[t]);
}

/* The same word among others; else the last with its key; NULL: none. */
static const struct bootarg *find_arg(const struct bootargs *args, const struct bootarg *arg, bool *same)
{
	const struct bootarg *last = NULL;

	*same = false;
	for (size_t i = 0; i < args->end && !*same; i++) {
		if (!streq(args->v[i].key, arg->key))
			continue;
		last = &args->v[i];
		*same = streq0(last->value, arg->value);
	}
	return last;
}

static const char *state_of(const struct running *n, size_t entry, enum grub_target target, bool same)
{
	if (!n->known[target])
		return "unknown";
	if (same)
		return "active";
	return n->next < 0 ? "unknown" : n->next == (int)entry ? "pending" : "other-entry";
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

static void put_value(struct record *rec, unsigned field, const struct bootarg *arg)
{
	if (arg && arg->value)
		record_text(rec, field, arg->value);
	else
		record_none(rec, field, NULL);
}

static void put_argument(struct run *r, const struct bootfile *b, size_t entry, enum grub_target target,
			 const struct bootarg *arg, const struct running *n)
{
	struct record *rec = records_add(&r->res->records);
	bool same = false;
	const struct bootarg *now = find_arg(&n->args[target], arg, &same);

	record_text(rec, B_TARGET, grub_target_name(target));
	record_text(rec, B_KEY, arg->key);
	put_value(rec, B_VALUE, arg);
	record_text(rec, B_ENTRY, b->cfg.v[entry].title);
	record_text(rec, B_ROLE, grub_role_name(b->cfg.v[entry].role));
	record_bool(rec, B_DEFAULT, b->cfg.def < 0 ? TRI_UNKNOWN : (enum tristate)(b->cfg.def == (int)entry));
	record_text(rec, B_FILE, b->path);
	if (n->known[target])
		put_value(rec, B_RUNNING, now);
	record_text(rec, B_STATE, state_of(n, entry, target, same));
}

static void put_arguments(struct run *r, const struct bootfile *b, size_t entry, enum grub_target target, const char *key,
			  const struct running *n)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	const char *text;
	size_t len;

	if (!b->cfg.v[entry].args[target].there)
		return;
	text = grubcfg_args(&b->cfg, entry, target, &len);
	bootargs_split(text, len, &args);
	for (size_t i = 0; i < args.n; i++)
		if (!key || streq(args.v[i].key, key))
			put_argument(r, b, entry, target, &args.v[i], n);
}

static size_t count_key(const struct bootargs *args, const char *key)
{
	size_t n = 0;

	for (int i = -1; (i = bootargs_find(args, key, (size_t)(i + 1))) >= 0;)
		n++;
	return n;
}

/* What runs and will not run after the next boot; a value that is replaced is pending, and said there. */
static void put_removed(struct run *r, const struct bootfile *b, enum grub_target target, const struct running *n)
{
	_cleanup_(bootargs_done) struct bootargs next = { 0 };
	const char *text;
	size_t len;

	if (n->next < 0 || !n->known[target] || !b->cfg.v[n->next].args[target].there)
		return;
	text = grubcfg_args(&b->cfg, (size_t)n->next, target, &len);
	bootargs_split(text, len, &next);
	for (size_t i = 0; i < n->args[target].end; i++) {
		const struct bootarg *arg = &n->args[target].v[i];
		struct record *rec;
		bool same;

		find_arg(&next, arg, &same);
		if (same || count_key(&next, arg->key) >= count_key(&n->args[target], arg->key))
			continue;
		rec = records_add(&r->res->records);
		record_text(rec, B_TARGET, grub_target_name(target));
		record_text(rec, B_KEY, arg->key);
		record_none(rec, B_VALUE, NULL);
		record_text(rec, B_ENTRY, "");
		record_text(rec, B_ROLE, "");
		record_bool(rec, B_DEFAULT, TRI_NO);
		record_text(rec, B_FILE, b->path);
		put_value(rec, B_RUNNING, arg);
		record_text(rec, B_STATE, "pending-removal");
	}
}

/* What our settings file asks for, and update-grub has not brought into the boot file yet. */
static void put_dropin(struct run *r, const struct bootfile *b, enum grub_target target, const char *key, const struct running *n)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };

	bootplan_dropin_pending(r, b, &d);
	for (size_t i = 0; i < d.n; i++) {
		const struct bootarg arg = { .key = d.v[i].key, .value = d.v[i].value };
		struct record *rec;
		bool same;

		if (d.v[i].target != target || (key && !streq(key, arg.key)))
			continue;
		rec = records_add(&r->res->records);
		record_text(rec, B_TARGET, grub_target_name(target));
		record_text(rec, B_KEY, arg.key);
		put_value(rec, B_VALUE, &arg);
		record_text(rec, B_ENTRY, "");
		record_text(rec, B_ROLE, "");
		record_bool(rec, B_DEFAULT, TRI_NO);
		record_text(rec, B_FILE, DROPIN_PATH);
		if (n->known[target])
			put_value(rec, B_RUNNING, find_arg(&n->args[target], &arg, &same));
		record_text(rec, B_STATE, "pending-update-grub");
	}
}

static bool is_target(const struct run *r, enum grub_target target)
{
	const char *word = args_get(r->args, "target");

	return !word || streq(word, grub_target_name(target));
}

/* A reboot that is due is named, with what it brings. */
static void tell_pending(struct run *r)
{
	size_t pending = 0, removal = 0;

	for (size_t i = 0; i < r->res->records.n; i++) {
		const char *state = r->res->records.v[i].v[B_STATE].text;

		pending += streq(state, "pending");
		removal += streq(state, "pending-removal");
	}
	if (pending)
		strv_addf(&r->res->notes, "a reboot is pending: %zu %s not active yet", pending,
			  pending == 1 ? "parameter is" : "parameters are");
	if (removal)
		strv_addf(&r->res->notes, "a reboot is pending: %zu %s active until then", removal,
			  removal == 1 ? "parameter is" : "parameters are");
}

static int put_entries(struct run *r, const char *key, struct err *err)
{
	_cleanup_(running_done) struct running running = { 0 };
	struct bootfile *b = NULL;
	int rc = bootplan_boot(r, &b, err);

	if (rc < 0)
		return rc;
	running_read(r->facts, b, &running);
	for (size_t i = 0; i < b->cfg.n; i++) {
		if (!grubcfg_chosen(&b->cfg, i, run_entries(r)))
			continue;
		for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++)
			if (is_target(r, t))
				put_arguments(r, b, i, t, key, &running);
	}
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
		if (!is_target(r, t))
			continue;
		put_dropin(r, b, t, key, &running);
		if (!key)
			put_removed(r, b, t, &running);
	}
	tell_pending(r);
	return 0;
}

/* ---- boot-param-list, -get ----------------------------------------------------------------------------------- */

#define PARAM_TARGET(flags)                                                                                            \
	{                                                                                                              \
		"target", "xen|dom0", (flags), "whose command line"                                                    \
	}

static const struct param list_params[] = { PARAM_TARGET(0), PARAM_ENTRIES, { 0 } };

static int run_param_list(struct run *r, struct err *err)
{
	return put_entries(r, NULL, err);
}

const struct command cmd_boot_param_list = {
	.name = "boot-param-list",
	.summary = "boot parameters of Xen and dom0, as the boot file has them",
	.params = list_params,
	.flags = CMD_LIST,
	.type = &boot_type,
	.minimal = "key",
	.run = run_param_list,
};

static const struct param get_params[] = {
	PARAM_TARGET(P_REQUIRED),
	{ "key", "KEY", P_REQUIRED, "name of the parameter" },
	PARAM_ENTRIES,
	{ 0 },
};

static int run_param_get(struct run *r, struct err *err)
{
	return put_entries(r, args_get(r->args, "key"), err);
}

const struct command cmd_boot_param_get = {
	.name = "boot-param-get",
	.summary = "one boot parameter: a record for each time it stands there",
	.params = get_params,
	.flags = CMD_SHOW,
	.type = &boot_type,
	.minimal = "value",
	.run = run_param_get,
};

/* ---- boot-param-set, -delete ---------------------------------------------------------------------------------- */

static enum grub_target target_of(const struct run *r)
{
	return streq(args_get(r->args, "target"), "xen") ? GRUB_XEN : GRUB_DOM0;
}

static int plan_entries(struct run *r, enum grub_target target, const char *key, const struct setting *to, const char *why,
			struct err *err)
{
	struct bootfile *b = NULL;
	int rc = bootplan_boot(r, &b, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < b->cfg.n; i++)
		if (grubcfg_chosen(&b->cfg, i, run_entries(r)) && b->cfg.v[i].args[target].there)
			plan_boot(&r->res->plan, b, i, target, key, to, why);
	if (r->res->plan.n)
		strv_add(&r->res->plan.next, "reboot this host: boot parameters are read when it starts");
	return 0;
}

static const struct param set_params[] = {
	PARAM_TARGET(P_REQUIRED),
	{ "key", "KEY", P_REQUIRED, "name of the parameter" },
	{ "value", "VALUE", 0, "its value; without it the parameter is a flag" },
	PARAM_ENTRIES,
	PARAM_BOOT,
	PARAM_FORCE,
	{ 0 },
};

static int run_param_set(struct run *r, struct err *err)
{
	const char *key = args_get(r->args, "key"), *value = args_get(r->args, "value");
	int rc = bootargs_check(key, value, err);

	if (rc == 0)
		rc = bootplan_check_value(r, target_of(r), key, value, err);
	if (rc < 0)
		return rc;
	return plan_entries(r, target_of(r), key, &(struct setting){ true, (char *)value }, "asked for", err);
}

const struct command cmd_boot_param_set = {
	.name = "boot-param-set",
	.summary = "set one boot parameter of Xen or dom0",
	.params = set_params,
	.flags = CMD_WRITES,
	.run = run_param_set,
};

static const struct param delete_params[] = {
	PARAM_TARGET(P_REQUIRED),
	{ "key", "KEY", P_REQUIRED, "name of the parameter" },
	PARAM_ENTRIES,
	PARAM_BOOT,
	PARAM_FORCE,
	{ 0 },
};

static int run_param_delete(struct run *r, struct err *err)
{
	static const struct setting absent = { 0 };
	const char *key = args_get(r->args, "key");
	int rc = bootargs_check(key, NULL, err);

	if (rc == 0)
		rc = bootplan_check_value(r, target_of(r), key, NULL, err);
	if (rc < 0)
		return rc;
	return plan_entries(r, target_of(r), key, &absent, "asked for", err);
}

const struct command cmd_boot_param_delete = {
	.name = "boot-param-delete",
	.summary = "remove one boot parameter of Xen or dom0",
	.params = delete_params,
	.flags = CMD_WRITES,
	.run = run_param_delete,
};

/* ---- extra-irqs-get, -set --------------------------------------------------------------------------------------- */

enum { I_ENTRY, I_VALUE, I_DOMU, I_DOM0, I_DEFAULT, I_NEEDED };

static const struct field irqs_fields[] = {
	[I_ENTRY] = { "entry", V_TEXT, true, "title of the menu entry" },
	[I_VALUE] = { "value", V_TEXT, true, IRQBUDGET_KEY " as the boot file has it; null when it has none" },
	[I_DOMU] = { "per-vm", V_NUMBER, true, "vectors that every VM gets" },
	[I_DOM0] = { "dom0", V_NUMBER, false, "vectors that dom0 gets; null: Xen's default" },
	[I_DEFAULT] = { "default", V_NUMBER, true, "vectors that this build of Xen gives without the parameter" },
	[I_NEEDED] = { "needed", V_NUMBER, true, "most vectors that the devices of any one VM can ask for" },
};
static const struct record_type irqs_type = RECORD_TYPE("vector budget", irqs_fields);

/* The most that any one VM's devices can ask for; -1 where VMs or devices are unknown. */
static long most_needed(struct facts *f, const struct vm **which)
{
	struct pcidevs *set = NULL;
	struct vms *vms = NULL;
	long most = 0;

	if (facts_vms(f, &vms, NULL) < 0 || facts_pci(f, &set, NULL) < 0)
		return -1;
	for (size_t i = 0; i < vms->n; i++) {
		_cleanup_(vmpci_done) struct vmpci key = { 0 };
		_cleanup_bdfset_ struct bdfset devices = { 0 };
		unsigned n;

		vmpci_parse(vms->v[i].pci ? vms->v[i].pci : "", &key);
		vmpci_plug_order(&key, &devices);
		n = bootplan_count_vectors(f, &devices);
		if (n > (unsigned long)most) {
			most = n;
			*which = &vms->v[i];
		}
	}
	return most;
}

static int run_irqs_get(struct run *r, struct err *err)
{
	unsigned dflt = irqbudget_default(facts_brand(r->facts));
	const struct vm *which = NULL;
	struct bootfile *b = NULL;
	int rc = bootplan_boot(r, &b, err);

	for (size_t i = 0; rc == 0 && i < b->cfg.n; i++) {
		_cleanup_(bootvalue_done) struct bootvalue now = { 0 };
		struct irqbudget budget = { .domu = dflt };
		struct record *rec;

		if (!grubcfg_chosen(&b->cfg, i, run_entries(r)) || !b->cfg.v[i].args[GRUB_XEN].there)
			continue;
		bootfile_get(b, i, GRUB_XEN, IRQBUDGET_KEY, &now);
		if (now.value)
			rc = irqbudget_parse(now.value, dflt, &budget, err);
		if (rc < 0)
			return err_wrap(err, "entry '%s'", b->cfg.v[i].title);
		rec = records_add(&r->res->records);
		record_text(rec, I_ENTRY, b->cfg.v[i].title);
		if (now.count)
			record_text(rec, I_VALUE, now.value ? now.value : "");
		else
			record_none(rec, I_VALUE, NULL);
		record_number(rec, I_DOMU, budget.domu ? (long long)budget.domu : -1);
		if (budget.has_dom0)
			record_number(rec, I_DOM0, budget.dom0);
		else
			record_none(rec, I_DOM0, NULL);
		record_number(rec, I_DEFAULT, dflt ? (long long)dflt : -1);
		record_number(rec, I_NEEDED, most_needed(r->facts, &which));
	}
	return rc;
}

static const struct param irqs_get_params[] = { PARAM_ENTRIES, { 0 } };

const struct command cmd_extra_irqs_get = {
	.name = "extra-irqs-get",
	.summary = "interrupt vectors that a VM gets for its devices, and how many are needed",
	.params = irqs_get_params,
	.flags = CMD_SHOW,
	.type = &irqs_type,
	.run = run_irqs_get,
};

static int plan_auto(struct run *r, struct err *err)
{
	const struct vm *which = NULL;
	long most = most_needed(r->facts, &which);
	_cleanup_free_ char *who = NULL;
	int rc;

	if (most < 0) {
		err_set(err, ENODATA, "value=auto: the VMs or the devices of %s are unknown", host_name(facts_host(r->facts)));
		return err_hint(err, "give a number: extra-irqs-set value=128");
	}
	if (!which)
		return 0;
	who = xasprintf("VM '%s'", which->name);
	rc = bootplan_vectors(r, (unsigned)most, who, err);
	if (rc == 0 && r->res->plan.n)
		strv_add(&r->res->plan.next, "reboot this host: boot parameters are read when it starts");
	return rc;
}

/* Xen takes any number: it gives what it has, and tells so in its log at most. */
static int judge_budget(struct run *r, const struct irqbudget *b, struct err *err)
{
	unsigned most = b->has_dom0 ? MAX(b->domu, b->dom0) : b->domu, limit;

	if (most > IRQBUDGET_MOST) {
		err_set(err, EINVAL, IRQBUDGET_KEY ": %u vectors are more than any host has: Xen makes about 200 for each CPU", most);
		return err_hint(err, "value=auto takes what the VM with most devices can ask for");
	}
	if (b->has_domu && !b->domu)
		strv_add(&r->res->notes, "with 0 no VM gets a vector: devices of VMs work with line interrupts, or not at all");
	if (facts_irq_limit(r->facts, &limit) && most > limit)
		strv_addf(&r->res->notes, "Xen has %u vectors for dom0 and all VMs together (xl dmesg: IRQ limits), and gives no more than these: %u is not to be had",
			  limit, most);
	return 0;
}

/* What dom0 has been given goes where it is not written again. */
static void tell_dom0_part(struct run *r, const struct irqbudget *b)
{
	struct bootfile *boot = NULL;

	for (size_t i = 0; !b->has_dom0 && bootplan_boot(r, &boot, NULL) == 0 && i < boot->cfg.n; i++) {
		_cleanup_(bootvalue_done) struct bootvalue now = { 0 };
		struct irqbudget was = { 0 };

		if (!grubcfg_chosen(&boot->cfg, i, run_entries(r)) || !boot->cfg.v[i].args[GRUB_XEN].there)
			continue;
		bootfile_get(boot, i, GRUB_XEN, IRQBUDGET_KEY, &now);
		if (!now.value || irqbudget_parse(now.value, 0, &was, NULL) < 0 || !was.has_dom0)
			continue;
		strv_addf(&r->res->notes, "dom0 has %u vectors by '%s', and Xen's default without: value=%u,%u keeps them", was.dom0, now.value, b->domu,
			  was.dom0);
		return;
	}
}

static int run_irqs_set(struct run *r, struct err *err)
{
	const char *value = args_get(r->args, "value");
	const struct vm *which = NULL;
	struct irqbudget budget;
	long most;
	int rc;

	if (streq(value, "auto"))
		return plan_auto(r, err);
	rc = irqbudget_parse(value, irqbudget_default(facts_brand(r->facts)), &budget, err);
	if (rc == 0)
		rc = judge_budget(r, &budget, err);
	if (rc < 0)
		return rc;
	tell_dom0_part(r, &budget);
	most = most_needed(r->facts, &which);
	if (most > (long)budget.domu)
		strv_addf(&r->res->notes, "the devices of VM '%s' can ask for %ld vectors: with %u some of its drivers may fail",
			  which->name, most, budget.domu);
	return plan_entries(r, GRUB_XEN, IRQBUDGET_KEY, &(struct setting){ true, (char *)value }, "asked for", err);
}

static const struct param irqs_set_params[] = {
	{ "value", "N[,M] or auto", P_REQUIRED, "vectors for each VM, and for dom0; auto: what the VM with most devices needs" },
	PARAM_ENTRIES,
	PARAM_BOOT,
	{ 0 },
};

const struct command cmd_extra_irqs_set = {
	.name = "extra-irqs-set",
	.summary = "set how many interrupt vectors a VM gets for its devices",
	.params = irqs_set_params,
	.flags = CMD_WRITES,
	.run = run_irqs_set,
};
