/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootplan.c - see bootplan.h */

#include "cmdline/hide.h"
#include "cmdline/irqbudget.h"
#include "plugin/bootplan.h"
#include "plugin/bootplan_dropin.h"
#include "plugin/bootplan_try.h"
#include "plugin/plan_reboot.h"

/* Where the build is unknown, the smallest default there is: asking for more than needed does no harm (facts F1). */
#define DEFAULT_UNKNOWN 32

int bootplan_boot(struct run *r, struct bootfile **ret, struct err *err)
{
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err);

	if (rc == 0 && run_tries(r))
		rc = bootplan_try_boot(r, b, &b, err);
	else if (rc == 0 && r->args->cmd->flags & CMD_WRITES && b->generated)
		rc = bootplan_dropin_boot(r, b, &b, err);
	if (rc < 0)
		return rc;
	bootplan_tell(r, b);
	for (size_t i = 0; i < b->cfg.n; i++)
		if (grubcfg_chosen(&b->cfg, i, run_entries(r))) {
			*ret = b;
			return 0;
		}
	err_set(err, ENOENT, "'%s' has no menu entry that boot parameters belong in", b->path);
	return err_hint(err, "boot-param-list entries=all shows the entries; entries=all changes every one but Safe Mode and fallback");
}

void bootplan_tell(struct run *r, const struct bootfile *b)
{
	bootplan_try_tell(r, b);
	if (!r->finish)
		bootplan_dropin_tell(r, b);
}

static void add_all(struct bdfset *to, const struct bdfset *from)
{
	for (size_t i = 0; from && i < from->n; i++)
		bdfset_add(to, from->v[i]);
}

static void remove_all(struct bdfset *from, const struct bdfset *what)
{
	for (size_t i = 0; what && i < what->n; i++)
		bdfset_remove(from, what->v[i]);
}

static bool same_set(const struct bdfset *a, const struct bdfset *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!bdfset_has(b, a->v[i]))
			return false;
	return a->n == b->n;
}

/* Another spelling of the key goes: the kernel reads both, XAPI only the first, and one argument is enough. */
static void plan_one_spelling(struct run *r, const struct bootfile *b, size_t entry)
{
	static const struct setting absent = { 0 };

	plan_boot(&r->res->plan, b, entry, GRUB_DOM0, "xen_pciback.hide", &absent,
		  "the same parameter in another spelling, which XAPI does not see: its devices are in " HIDE_KEY " now");
}

/* The set as the entry writes it, where the kernel and XAPI both read that: its order matters to neither. NULL: it is to be written anew. */
static char *written_well(const struct bootfile *b, size_t entry, const struct bdfset *set)
{
	_cleanup_(bootvalue_done) struct bootvalue now = { 0 };
	_cleanup_(hide_done) struct hidelist list = { 0 };
	bool well;

	bootfile_get(b, entry, GRUB_DOM0, HIDE_KEY, &now);
	hide_parse(now.value ? now.value : "", &list);
	well = list.n == set->n;
	for (size_t i = 0; well && i < list.n; i++)
		well = list.v[i].verdict == HIDE_CANONICAL && bdfset_has(set, list.v[i].bdf);
	return well && list.n ? xstrdup(now.value) : NULL;
}

static int hide_entry(struct run *r, const struct bootfile *b, size_t entry, const struct bdfset *add,
		      const struct bdfset *remove, const char *why, struct bdfset *also, struct err *err)
{
	_cleanup_bdfset_ struct bdfset effective = { 0 }, want = { 0 }, newly = { 0 };
	_cleanup_free_ char *text = NULL;
	struct setting to;
	int rc;

	rc = bootfile_hidden(b, entry, facts_present(r->facts), &effective, &want, err);
	if (rc < 0)
		return rc;
	add_all(&want, add);
	remove_all(&want, remove);
	add_all(&newly, &want);
	remove_all(&newly, &effective);
	remove_all(&newly, add);
	add_all(also, &newly);

	text = written_well(b, entry, &want);
	if (!text)
		text = hide_format(&want);
	to = (struct setting){ .there = want.n > 0, .text = text };
	if (same_set(&want, &effective))
		why = "the same devices, written as the kernel and XAPI both read them";
	else
		r->res->plan.reboot = true;
	plan_boot(&r->res->plan, b, entry, GRUB_DOM0, HIDE_KEY, &to, why);
	plan_one_spelling(r, b, entry);
	return 0;
}

int bootplan_hide(struct run *r, const struct bdfset *add, const struct bdfset *remove, const char *why, struct err *err)
{
	_cleanup_bdfset_ struct bdfset also = { 0 };
	struct bootfile *b = NULL;
	int rc = bootplan_boot(r, &b, err);

	for (size_t i = 0; rc == 0 && i < b->cfg.n; i++)
		if (grubcfg_chosen(&b->cfg, i, run_entries(r)) && b->cfg.v[i].args[GRUB_DOM0].there)
			rc = hide_entry(r, b, i, add, remove, why, &also, err);
	if (rc == 0 && also.n) {
		_cleanup_free_ char *names = bdfset_format(&also, ", ");

		run_checks(r, CHECK_DOM0, &also, NULL);
		strv_addf(&r->res->notes, "hidden at the next boot, too: %s, from an argument that the kernel did not read so far", names);
	}
	return rc;
}

int bootplan_clear_rescue(struct run *r, struct err *err)
{
	static const char *const keys[] = { HIDE_KEY, "xen_pciback.hide", "pciback.hide" };
	static const char why[] = "this entry is there for when the normal one does not come up: it must hide nothing";
	static const struct setting absent = { 0 };
	struct bootfile *b = NULL;
	int rc = facts_boot(r->facts, &b, err);

	for (size_t e = 0; rc == 0 && e < b->cfg.n; e++)
		for (size_t k = 0; k < ARRAY_SIZE(keys); k++)
			if (b->cfg.v[e].args[GRUB_DOM0].there && grub_role_is_rescue(b->cfg.v[e].role))
				plan_boot(&r->res->plan, b, e, GRUB_DOM0, keys[k], &absent, why);
	return rc;
}

void bootplan_along(struct run *r, const struct bdfset *devices, const char *what, struct bdfset *ret)
{
	_cleanup_bdfset_ struct bdfset others = { 0 };
	_cleanup_free_ char *names = NULL, *asked = NULL;

	add_all(ret, devices);
	facts_add_alias_groups(r->facts, devices, &others);
	if (!others.n)
		return;
	add_all(ret, &others);
	names = bdfset_format(&others, ", ");
	asked = bdfset_format(devices, ", ");
	strv_addf(&r->res->notes, "%s: Xen cannot tell %s DMA from that of %s, %s", names, others.n == 1 ? "its" : "their", asked, what);
}

int bootplan_hide_value(struct run *r, const char *value, struct err *err)
{
	_cleanup_bdfset_ struct bdfset newly = { 0 }, gone = { 0 };
	struct bootfile *b = NULL;
	int rc = bootplan_boot(r, &b, err);

	if (rc < 0)
		return rc;
	if (value) {
		_cleanup_free_ char *line = xasprintf(HIDE_KEY "=%s", value);

		rc = hide_check("value", value, err);
		if (rc < 0)
			return rc;
		bootargs_hidden(line, strlen(line), facts_present(r->facts), &newly);
	}
	for (size_t i = 0; i < b->cfg.n; i++) {
		_cleanup_bdfset_ struct bdfset now = { 0 };

		/* A list that cannot be read is there to be replaced: it hides nothing. */
		if (!grubcfg_chosen(&b->cfg, i, run_entries(r)) ||
		    bootfile_hidden(b, i, facts_present(r->facts), &now, NULL, NULL) < 0)
			continue;
		add_all(&gone, &now);
	}
	remove_all(&gone, &newly);
	run_checks(r, CHECK_HIDE, &newly, NULL);
	run_checks(r, CHECK_UNHIDE, &gone, NULL);
	bootplan_word(r, WORD_HIDE, &newly);
	bootplan_word(r, WORD_UNHIDE, &gone);
	return 0;
}

/* As Xen reads dom0_mem= (misc/xen-command-line): amounts with a letter for their unit, KiB without one. */
#define DOM0_MEM_MIN (256ull << 20)

/* False for what is no plain amount: "-1G" leaves so much over, and what is not known here is Xen's to judge. */
static bool is_too_little(const char *amount)
{
	static const char units[] = "bkmgt";
	size_t digits = strspn(amount, "0123456789");
	_cleanup_free_ char *number = xstrndup(amount, digits);
	const char *unit = amount[digits] ? strchr(units, amount[digits] | 0x20) : units + 1;
	uint64_t n;

	if (!unit || (amount[digits] && amount[digits + 1]) || !str_to_u64(number, 10, 1u << 30, &n))
		return false;
	return n < DOM0_MEM_MIN >> 10 * (unit - units);
}

static int check_dom0_mem(const char *value, struct err *err)
{
	_cleanup_strv_ struct strv parts = { 0 };
	const char *wrong = *value ? NULL : "it has no amount";

	strv_split(&parts, value, ',');
	for (size_t i = 0; !wrong && i < parts.n; i++) {
		const char *max = str_after(parts.v[i], "max:"), *amount = max ? max : parts.v[i];

		wrong = !*amount ? "an amount is missing at a comma" : is_too_little(amount) ? "dom0 does not come up with less than 256 MiB" : NULL;
	}
	if (!wrong)
		return 0;
	err_set(err, EINVAL, "dom0_mem=%s: %s", value, wrong);
	return err_hint(err, "write amounts with their unit (dom0_mem=4G,max:4G): a number alone is of KiB");
}

int bootplan_check_value(struct run *r, enum grub_target target, const char *key, const char *value, struct err *err)
{
	struct irqbudget budget;

	if (target == GRUB_DOM0 && hide_is_key(key))
		return bootplan_hide_value(r, value, err);
	if (target == GRUB_XEN && streq(key, IRQBUDGET_KEY) && value)
		return irqbudget_parse(value, 0, &budget, err);
	return target == GRUB_XEN && streq(key, "dom0_mem") && value ? check_dom0_mem(value, err) : 0;
}

/* ---- vectors --------------------------------------------------------------------------------------------------- */

unsigned bootplan_count_vectors(struct facts *f, const struct bdfset *devices)
{
	struct pcidevs *set = NULL;
	unsigned sum = 0;

	if (facts_pci(f, &set, NULL) < 0)
		return 0;
	for (size_t i = 0; i < devices->n; i++) {
		const struct pcidev *dev = pcidevs_find(set, devices->v[i]);
		int n = dev ? pcidev_msix_vectors(set, dev) : 0;

		if (n > 0)
			sum += (unsigned)n;
		else if (n == 0 && dev && pcidev_has_msi(set, dev) == TRI_YES)
			sum++;
	}
	return sum;
}

static int raise_entry(struct run *r, const struct bootfile *b, size_t entry, unsigned vectors, unsigned dflt,
		       const char *why, struct err *err)
{
	_cleanup_(bootvalue_done) struct bootvalue now = { 0 };
	struct irqbudget budget = { .domu = dflt };
	_cleanup_free_ char *text = NULL;
	int rc = 0;

	bootfile_get(b, entry, GRUB_XEN, IRQBUDGET_KEY, &now);
	if (now.value)
		rc = irqbudget_parse(now.value, dflt, &budget, err);
	if (rc < 0) {
		err_wrap(err, "entry '%s'", b->cfg.v[entry].title);
		return err_hint(err, "correct it with extra-irqs-set value=N");
	}
	if (vectors <= budget.domu)
		return 0;
	budget.domu = irqbudget_recommend(vectors, dflt);
	text = irqbudget_format(&budget);
	plan_boot(&r->res->plan, b, entry, GRUB_XEN, IRQBUDGET_KEY, &(struct setting){ true, text }, why);
	r->res->plan.reboot = true;
	return 0;
}

int bootplan_vectors(struct run *r, unsigned vectors, const char *for_what, struct err *err)
{
	unsigned dflt = irqbudget_default(facts_brand(r->facts));
	_cleanup_free_ char *why = NULL;
	struct bootfile *b = NULL;
	int rc = bootplan_boot(r, &b, err);

	if (rc < 0)
		return rc;
	if (!dflt)
		dflt = DEFAULT_UNKNOWN;
	why = xasprintf("%s can ask for %u interrupt vectors; Xen gives a VM %u unless told otherwise", for_what, vectors, dflt);
	for (size_t i = 0; rc == 0 && i < b->cfg.n; i++)
		if (grubcfg_chosen(&b->cfg, i, run_entries(r)) && b->cfg.v[i].args[GRUB_XEN].there)
			rc = raise_entry(r, b, i, vectors, dflt, why, err);
	return rc;
}

bool bootplan_tell_reboot(struct run *r, const struct bdfset *devices)
{
	_cleanup_strv_ struct strv waiting = { 0 };
	_cleanup_free_ char *names = NULL;

	for (size_t i = 0; !r->res->plan.n && i < devices->n; i++) {
		const char *access = facts_dom0_access(r->facts, devices->v[i]);

		if (access && str_ends_with(access, "_on_reboot"))
			strv_add(&waiting, BDF_STR(devices->v[i]));
	}
	if (!waiting.n)
		return false;
	names = strv_join(&waiting, ", ");
	strv_addf(&r->res->notes, "a reboot is pending: %s change%s hands when this host starts anew", names, waiting.n == 1 ? "s" : "");
	return true;
}

void bootplan_word(struct run *r, const char *word, const struct bdfset *devices)
{
	enum grub_choice choice = run_entries(r);

	if (choice == GRUB_CHOOSE_NORMAL || choice == GRUB_CHOOSE_ALL)
		plan_word(&r->res->plan, word, devices, NULL);
}

int bootplan_hide_checked(struct run *r, const struct bdfset *asked, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *names = NULL, *why = NULL;
	int rc;

	run_checks(r, CHECK_HIDE | CHECK_ALONG, asked, NULL);
	bootplan_along(r, asked, "hidden along", &devices);
	names = bdfset_format(&devices, ", ");
	why = xasprintf("keeps dom0's drivers off %s, so that a VM can have it", names);
	bootplan_word(r, WORD_HIDE, &devices);
	rc = bootplan_hide(r, &devices, NULL, why, err);
	if (rc == 0 && r->res->plan.reboot)
		plan_next_reboot(&r->res->plan, "devices are hidden when it starts");
	return rc;
}

int bootplan_unhide_checked(struct run *r, const struct bdfset *asked, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *names = NULL, *why = NULL;
	int rc;

	run_checks(r, CHECK_UNHIDE | CHECK_ALONG, asked, NULL);
	bootplan_along(r, asked, "given back along", &devices);
	names = bdfset_format(&devices, ", ");
	why = xasprintf("gives %s back to dom0's drivers", names);
	bootplan_word(r, WORD_UNHIDE, &devices);
	rc = bootplan_hide(r, NULL, &devices, why, err);
	if (rc == 0 && r->res->plan.reboot)
		plan_next_reboot(&r->res->plan, "dom0's drivers take the devices when it starts");
	return rc;
}
