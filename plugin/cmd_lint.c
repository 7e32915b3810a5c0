/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_lint.c - boot-lint: what the kernel and XAPI make of the boot file; boot-normalize: so that both read it. */

#include "cmdline/hide.h"
#include "plugin/bootlint.h"
#include "plugin/bootplan.h"
#include "plugin/commands.h"

/* ---- boot-lint ---------------------------------------------------------------------------------------------- */

enum { L_ENTRY, L_ROLE, L_KEY, L_VALUE, L_KERNEL, L_XAPI, L_EFFECTIVE, L_SEVERITY, L_CANONICAL, L_LINE, L_FILE };

static const struct field lint_fields[] = {
	[L_ENTRY] = { "entry", V_TEXT, true, "title of the menu entry" },
	[L_ROLE] = { "role", V_TEXT, false, "normal, serial, safe, fallback, upgrade, ..." },
	[L_KEY] = { "key", V_TEXT, true, "the spelling that stands there" },
	[L_VALUE] = { "value", V_TEXT, true, "the list as it stands there" },
	[L_KERNEL] = { "kernel", V_TEXT, true, "accepts or refuses: dom0's kernel, of such a list" },
	[L_XAPI] = { "xapi", V_TEXT, true, "accepts or refuses: XAPI's own reader, for xe pci-disable-dom0-access and the like" },
	[L_EFFECTIVE] = { "effective", V_BOOL, true, "the kernel takes this argument: the last one decides" },
	[L_SEVERITY] = { "severity", V_TEXT, true, "of the worst finding about it: refuse, warn, unknown; info when it is clean" },
	[L_CANONICAL] = { "canonical", V_TEXT, true, "the list as it would be written anew" },
	[L_LINE] = { "line", V_NUMBER, false, "in the boot file" },
	[L_FILE] = { "file", V_TEXT, false, "the boot file" },
};
static const struct record_type lint_type = RECORD_TYPE("hide argument", lint_fields);

static const char *verdict(bool accepts)
{
	return accepts ? "accepts" : "refuses";
}

static void put_hide(struct run *r, const struct lint *l, const struct lint_hide *h)
{
	struct record *rec = records_add(&r->res->records);

	record_text(rec, L_ENTRY, l->b->cfg.v[h->entry].title);
	record_text(rec, L_ROLE, grub_role_name(l->b->cfg.v[h->entry].role));
	record_text(rec, L_KEY, h->key);
	if (h->value)
		record_text(rec, L_VALUE, h->value);
	else
		record_none(rec, L_VALUE, NULL);
	record_text(rec, L_KERNEL, verdict(h->kernel));
	record_text(rec, L_XAPI, verdict(h->xapi));
	record_bool(rec, L_EFFECTIVE, h->effective ? TRI_YES : TRI_NO);
	record_text(rec, L_SEVERITY, severity_name(h->found ? h->severity : SEV_INFO));
	if (h->kernel && h->value)
		record_text(rec, L_CANONICAL, h->canonical);
	else
		record_none(rec, L_CANONICAL, NULL);
	record_number(rec, L_LINE, (long long)h->line);
	record_text(rec, L_FILE, l->b->path);
}

static int run_lint(struct run *r, struct err *err)
{
	_cleanup_(lint_done) struct lint l = { .facts = r->facts, .out = &r->res->findings };
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err);

	if (rc < 0)
		return rc;
	l.b = b;
	bootplan_tell(r, b);
	lint_hides(&l);
	lint_menu(&l);
	lint_lines(&l);
	lint_defaults(&l);
	for (size_t i = 0; i < l.n; i++) {
		put_hide(r, &l, &l.v[i]);
		if (l.v[i].effective && !l.v[i].kernel)
			r->res->status = 3;
	}
	if (!l.n)
		strv_addf(&r->res->notes, "no entry of '%s' hides a device", b->path);
	else if (!r->res->findings.n)
		strv_addf(&r->res->notes, "nothing to complain about in '%s'", b->path);
	return 0;
}

const struct command cmd_boot_lint = {
	.name = "boot-lint",
	.summary = "what the kernel and XAPI make of the hide lists; exits 3 when the kernel refuses one",
	.flags = CMD_LIST | CMD_CHECK,
	.type = &lint_type,
	.minimal = "severity",
	.run = run_lint,
};

/* ---- boot-normalize -------------------------------------------------------------------------------------------- */

static void remove_key(struct run *r, const struct bootfile *b, size_t entry, const char *key, const char *why)
{
	static const struct setting absent = { 0 };

	plan_boot(&r->res->plan, b, entry, GRUB_DOM0, key, &absent, why);
}

/* A wildcard also stands for cards that are put in later; the list that we write does not. */
static void tell_wildcards(struct run *r, const struct bootfile *b, size_t entry)
{
	_cleanup_(bootvalue_done) struct bootvalue now = { 0 };
	static const char note[] = "wildcards became the devices that are there now: a card that is put in later is not hidden";

	bootfile_get(b, entry, GRUB_DOM0, HIDE_KEY, &now);
	if (now.value && strchr(now.value, '*') && !strv_has(&r->res->notes, note))
		strv_add(&r->res->notes, note);
}

static int run_normalize(struct run *r, struct err *err)
{
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err);

	if (rc == 0 && b->generated) {
		err_set(err, ENOTSUP, "grub-mkconfig writes '%s' from /etc/default: the list is put right there", b->path);
		return err_hint(err, "boot-lint shows what is wrong; pci-hide writes a list of its own, which the kernel takes as the last");
	}
	if (rc == 0)
		rc = bootplan_boot(r, &b, err);
	if (rc == 0)
		rc = bootplan_hide(r, NULL, NULL, "one list, in the form that the kernel and XAPI both read", err);
	for (size_t i = 0; rc == 0 && i < b->cfg.n; i++) {
		if (!b->cfg.v[i].args[GRUB_DOM0].there)
			continue;
		if (grubcfg_chosen(&b->cfg, i, run_entries(r)) && !grub_role_is_rescue(b->cfg.v[i].role)) {
			remove_key(r, b, i, "pciback.hide", "nothing reads this key any more");
			tell_wildcards(r, b, i);
		}
	}
	if (rc == 0)
		rc = bootplan_clear_rescue(r, err);
	if (rc == 0 && r->res->plan.n)
		strv_add(&r->res->plan.next, "XAPI's own commands (xe pci-get-dom0-access-status and the like) work with this list at once");
	return rc;
}

static const struct param normalize_params[] = { PARAM_ENTRIES, PARAM_FORCE, { 0 } };

const struct command cmd_boot_normalize = {
	.name = "boot-normalize",
	.summary = "put hide lists right, and take them out of Safe Mode and fallback entries",
	.params = normalize_params,
	.flags = CMD_WRITES,
	.run = run_normalize,
};
