/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_boot.c - see checks_boot.h */

#include "plugin/checks_boot.h"

struct asking {
	struct facts *facts;
	const struct boot_change *c;
	const struct bootfile *now, *then; /* entry by entry the same */
	struct findings *out;
};

static struct finding *found(struct asking *a, const char *code, enum severity severity, const char *evidence, const char *remedy,
			     const char *text)
{
	struct finding *x = findings_add(a->out, code, severity, a->now->path, text);

	x->final = severity == SEV_REFUSE;
	x->evidence = evidence ? xstrdup(evidence) : NULL;
	x->remedy = remedy ? xstrdup(remedy) : NULL;
	return x;
}

static bool is_changed(const struct asking *a, size_t entry)
{
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
		size_t n, m;
		const char *old = grubcfg_args(&a->now->cfg, entry, t, &n), *new = grubcfg_args(&a->then->cfg, entry, t, &m);

		if (n != m || memcmp(old, new, n))
			return true;
	}
	return false;
}

/* ---- an entry that boots without a hide ------------------------------------------------------------------------ */

static void hidden_by(const struct asking *a, const struct bootfile *b, size_t entry, struct bdfset *ret)
{
	size_t len;
	const char *args = grubcfg_args(&b->cfg, entry, GRUB_DOM0, &len);

	bootargs_hidden(args, len, facts_present(a->facts), ret);
}

static bool hides_more(const struct asking *a, size_t entry)
{
	_cleanup_bdfset_ struct bdfset old = { 0 }, new = { 0 };

	if (!is_changed(a, entry))
		return false;
	hidden_by(a, a->now, entry, &old);
	hidden_by(a, a->then, entry, &new);
	for (size_t i = 0; i < new.n; i++)
		if (!bdfset_has(&old, new.v[i]))
			return true;
	return false;
}

/* What would leave, or make, an entry without a hide. */
static char *way_out(const struct asking *a, const struct bootfile_clean *clean)
{
	for (size_t i = 0; i < a->now->cfg.n; i++)
		if (a->now->cfg.v[i].args[GRUB_DOM0].there && grub_role_is_rescue(a->now->cfg.v[i].role))
			return xasprintf("boot-normalize takes the list out of '%s' first", a->now->cfg.v[i].title);
	for (size_t i = 0; i < a->now->cfg.n; i++)
		if (clean->clean[i] && (int)i != a->now->cfg.def)
			return xasprintf("entries=default leaves '%s' as it is", a->now->cfg.v[i].title);
	return xstrdup("take the list out of one entry first");
}

static void check_clean(struct asking *a)
{
	_cleanup_(bootfile_clean_done) struct bootfile_clean now = { 0 };
	_cleanup_free_ char *remedy = NULL;
	bool more = false;

	if (bootfile_has_clean(a->then))
		return;
	bootfile_find_clean(a->now, &now);
	for (size_t i = 0; !more && i < a->now->cfg.n; i++)
		more = a->now->cfg.v[i].args[GRUB_DOM0].there && hides_more(a, i);
	if (now.n_xen == 1) {
		found(a, "BOOT_NO_CLEAN_ENTRY", SEV_WARN, NULL, "learn how to edit an entry at the boot screen (key e) before you reboot",
		      "the menu's only entry for Xen hides devices: where the host does not come up without one, the list must be "
		      "taken out at the boot screen");
		return;
	}
	remedy = way_out(a, &now);
	found(a, "BOOT_NO_CLEAN_ENTRY", more && !a->c->undo ? SEV_REFUSE : SEV_WARN, NULL, remedy,
	      "every entry of the menu would hide devices: where the host does not come up without one of them, no entry would be left "
	      "to boot");
}

/* Safe Mode and its like are never given a hide, not even where one of them is the default. */
static void check_rescue(struct asking *a)
{
	for (size_t i = 0; i < a->now->cfg.n && !a->c->undo; i++) {
		_cleanup_free_ char *text = NULL;

		if (!grub_role_is_rescue(a->now->cfg.v[i].role) || !a->now->cfg.v[i].args[GRUB_DOM0].there || !hides_more(a, i))
			continue;
		text = xasprintf("'%s' is there for when the normal entry does not come up: it is given no device to hide",
				 a->now->cfg.v[i].title);
		found(a, "BOOT_RESCUE_ENTRY", SEV_REFUSE, NULL, "leave entries= out, and boot the normal entry", text);
	}
}

/* ---- dom0's root file system --------------------------------------------------------------------------------------- */

/* An entry to be tried is booted once, and an undo brings back what was there. */
static bool is_passing(const struct asking *a)
{
	return a->c->undo || a->c->choice == GRUB_CHOOSE_TRY;
}

enum root { ROOT_KEPT, ROOT_OTHER, ROOT_LOST };

static enum root root_of(const struct asking *a, size_t entry, struct bootvalue *old, struct bootvalue *new)
{
	bootfile_get(a->now, entry, GRUB_DOM0, "root", old);
	bootfile_get(a->then, entry, GRUB_DOM0, "root", new);
	if (!old->value || streq0(old->value, new->value))
		return ROOT_KEPT;
	return new->value && *new->value ? ROOT_OTHER : ROOT_LOST;
}

static void tell_root(struct asking *a, size_t entry)
{
	_cleanup_(bootvalue_done) struct bootvalue old = { 0 }, new = { 0 };
	bool lost = root_of(a, entry, &old, &new) == ROOT_LOST;
	_cleanup_free_ char *evidence = xasprintf("root=%s -> %s%s", old.value, lost ? "(absent)" : "root=", lost ? "" : new.value);
	const char *title = a->now->cfg.v[entry].title;
	_cleanup_free_ char *text =
		lost ? xasprintf("'%s' would not say any more where dom0's root file system is: it would not come up", title)
		     : xasprintf("'%s' would look for dom0's root file system in another place: where that is not there, it does not come up", title);

	found(a, lost ? "BOOT_NO_ROOT" : "BOOT_ROOT", lost && !is_passing(a) ? SEV_REFUSE : SEV_WARN, evidence,
	      is_passing(a) ? NULL : "boot=try boots it once: where it does not come up, the next power cycle is back to the old line", text)
		->final = false;
}

/* Of several entries, one for which it is worst. */
static void check_root(struct asking *a)
{
	enum root worst = ROOT_KEPT;
	size_t at = 0;

	for (size_t i = 0; i < a->now->cfg.n && !a->c->proven; i++) {
		_cleanup_(bootvalue_done) struct bootvalue old = { 0 }, new = { 0 };
		enum root root = a->now->cfg.v[i].args[GRUB_DOM0].there && is_changed(a, i) ? root_of(a, i, &old, &new) : ROOT_KEPT;

		if (root > worst) {
			worst = root;
			at = i;
		}
	}
	if (worst != ROOT_KEPT)
		tell_root(a, at);
}

/* ---- the entry that boots next ---------------------------------------------------------------------------------- */

/* Entries for emergencies are not meant to be the next. */
static bool changes_usual_entry(const struct asking *a)
{
	for (size_t i = 0; i < a->now->cfg.n; i++)
		if (!grub_role_is_rescue(a->now->cfg.v[i].role) && is_changed(a, i))
			return true;
	return false;
}

static void check_default(struct asking *a)
{
	const struct grubcfg *g = &a->now->cfg;
	_cleanup_free_ char *text = NULL;
	bool foreign;

	if (!changes_usual_entry(a))
		return;
	if (g->def < 0) {
		text = xasprintf("which entry the next boot takes is unknown: %s", g->def_why);
		found(a, "BOOT_DEFAULT_UNKNOWN", SEV_UNKNOWN, NULL, "see at the next boot that it is one of the entries changed here", text);
		return;
	}
	if (is_changed(a, (size_t)g->def) || grubcfg_chosen(g, (size_t)g->def, a->c->choice))
		return;
	foreign = g->v[g->def].role == GRUB_FOREIGN;
	text = xasprintf("the next boot takes '%s', which %s: the change is not active then", g->v[g->def].title,
			 foreign ? "does not start Xen" : "this leaves alone");
	found(a, "BOOT_NOT_DEFAULT", SEV_WARN, g->def_why,
	      foreign || grub_role_is_rescue(g->v[g->def].role)
		      ? "choose the changed entry at the next boot, or make it the default"
		      : "entries=default changes that entry; or choose the changed one at the next boot",
	      text);
}

/* ---- the file ----------------------------------------------------------------------------------------------------- */

static void check_generated(struct asking *a)
{
	if (a->now->generated && !a->c->by_settings)
		found(a, "BOOT_GENERATED", SEV_REFUSE, "it says so: ### BEGIN /etc/grub.d/",
		      "set it in /etc/default/grub (GRUB_CMDLINE_XEN_DEFAULT, GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT), then run update-grub",
		      "grub-mkconfig writes this file: an edit of it would be lost at the next update-grub");
}

static void check_vfat(struct asking *a)
{
	_cleanup_free_ char *type = NULL;

	if (!a->c->first || facts_fs_type(a->facts, a->now->path, &type, NULL) < 0 || !streq(type, "vfat"))
		return;
	found(a, "BOOT_VFAT", SEV_INFO, NULL, NULL,
	      "it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal "
	      "keeps the file as it was");
}

int checks_boot(struct facts *facts, const struct boot_change *c, struct findings *ret, struct err *err)
{
	_cleanup_(bootfile_done) struct bootfile own = { 0 };
	struct bootfile *then = c->read ? c->read : &own;
	struct asking a = { .facts = facts, .c = c, .now = c->now, .then = then, .out = ret };
	int rc = 0;

	if (!bootfile_is(then, c->now->path, c->then, facts_brand(facts))) {
		bootfile_done(then);
		rc = bootfile_parse(c->now->path, c->then, facts_brand(facts), then, err);
	}
	if (rc == 0 && then->cfg.n != c->now->cfg.n)
		rc = err_set(err, EINVAL, "'%s' would have %zu entries instead of %zu", c->now->path, then->cfg.n, c->now->cfg.n);
	if (rc < 0)
		return err_wrap(err, "the change would break the boot file, and is not made");
	check_generated(&a);
	check_rescue(&a);
	check_clean(&a);
	check_root(&a);
	check_default(&a);
	check_vfat(&a);
	return 0;
}
