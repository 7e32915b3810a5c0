/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootfile.c - see bootfile.h */

#include "cmdline/bootargs.h"
#include "cmdline/bootfile.h"
#include "cmdline/hide.h"

#define BOOTFILE_MAX (8u << 20)

static const char *const places[] = {
	"/boot/efi/EFI/xenserver/grub.cfg",
	"/boot/grub/grub.cfg",
	"/boot/grub2/grub.cfg",
};

/* Takes the text over. */
static int parse(const char *path, struct strbuf *text, const char *brand, const struct grubenv *env, struct bootfile *ret,
		 struct err *err)
{
	static const char mark[] = "### BEGIN /etc/grub.d/";
	struct bootfile b = { 0 };
	int rc = grubcfg_parse_env(path, text, brand, env, &b.cfg, err);

	if (rc < 0)
		return rc;
	b.generated = memmem(b.cfg.text.s, b.cfg.text.len, mark, strlen(mark));
	b.path = xstrdup(path);
	b.brand = brand ? xstrdup(brand) : NULL;
	*ret = b;
	return 0;
}

int bootfile_parse(const char *path, const struct strbuf *text, const char *brand, struct bootfile *ret, struct err *err)
{
	struct strbuf copy = { 0 };

	strbuf_addn(&copy, strbuf_str(text), text->len);
	return parse(path, &copy, brand, &(struct grubenv){ .state = GRUBENV_UNKNOWN }, ret, err);
}

bool bootfile_is(const struct bootfile *b, const char *path, const struct strbuf *text, const char *brand)
{
	return streq0(b->path, path) && streq0(b->brand, brand) && strbuf_eq(&b->cfg.text, text);
}

static char *grubenv_beside(const char *path)
{
	return xasprintf("%.*s/grubenv", (int)(strrchr(path, '/') - path), path);
}

char *bootfile_grubenv(const struct bootfile *b)
{
	return grubenv_beside(b->path);
}

bool bootfile_is_grubenv(const char *path)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		_cleanup_free_ char *env = grubenv_beside(places[i]);

		if (streq(path, env))
			return true;
	}
	return false;
}

/* grubenv counts where the boot file loads it.  One that cannot be read stays unknown. */
static struct grubenv read_env(struct host *h, const char *path, const struct strbuf *text, struct strbuf *bytes)
{
	_cleanup_free_ char *beside = grubenv_beside(path);
	int rc;

	if (!memmem(strbuf_str(text), text->len, "load_env", strlen("load_env")))
		return (struct grubenv){ .state = GRUBENV_UNKNOWN };
	rc = host_read(h, beside, BOOTFILE_GRUBENV_MAX, bytes, NULL);
	if (rc == 0)
		return (struct grubenv){ GRUBENV_THERE, strbuf_str(bytes), bytes->len };
	return (struct grubenv){ .state = rc == -ENOENT || rc == -ENOTDIR ? GRUBENV_ABSENT : GRUBENV_UNKNOWN };
}

static int read_place(struct host *h, const char *path, const char *brand, struct bootfile *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 }, bytes = { 0 };
	struct grubenv env;
	int rc = host_read(h, path, BOOTFILE_MAX, &text, err);

	if (rc < 0)
		return rc;
	env = read_env(h, path, &text, &bytes);
	return parse(path, &text, brand, &env, ret, err);
}

int bootfile_read(struct host *h, const char *brand, struct bootfile *ret, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		int rc = read_place(h, places[i], brand, ret, err);

		if (rc != -ENOENT && rc != -ENOTDIR)
			return rc;
	}
	err_set(err, ENOENT, "%s has no boot file: none of '%s', '%s', '%s'", host_name(h), places[0], places[1], places[2]);
	return err_hint(err, "boot parameters of this host are unknown and cannot be changed here");
}

void bootfile_done(struct bootfile *b)
{
	free(b->path);
	free(b->brand);
	grubcfg_done(&b->cfg);
	*b = (struct bootfile){ 0 };
}

int bootfile_next_entry(const struct bootfile *b)
{
	if (b->cfg.def >= 0 && b->cfg.v[b->cfg.def].role != GRUB_FOREIGN)
		return b->cfg.def;
	for (size_t i = 0; i < b->cfg.n; i++)
		if (b->cfg.v[i].role == GRUB_NORMAL)
			return (int)i;
	return -1;
}

void bootvalue_done(struct bootvalue *v)
{
	free(v->value);
	*v = (struct bootvalue){ 0 };
}

static void split_entry(const struct bootfile *b, size_t entry, enum grub_target target, struct bootargs *ret)
{
	size_t len;
	const char *args = grubcfg_args(&b->cfg, entry, target, &len);

	bootargs_split(args, len, ret);
}

void bootvalue_in(const char *text, size_t len, const char *key, struct bootvalue *ret)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };

	*ret = (struct bootvalue){ 0 };
	bootargs_split(text, len, &args);
	for (int i = -1; (i = bootargs_find(&args, key, (size_t)(i + 1))) >= 0;) {
		free(ret->value);
		ret->value = args.v[i].value ? xstrdup(args.v[i].value) : NULL;
		ret->count++;
	}
}

void bootfile_get(const struct bootfile *b, size_t entry, enum grub_target target, const char *key, struct bootvalue *ret)
{
	size_t len;
	const char *args = grubcfg_args(&b->cfg, entry, target, &len);

	bootvalue_in(args, len, key, ret);
}

bool bootvalue_eq(const struct bootvalue *a, const struct bootvalue *b)
{
	return a->count == b->count && streq0(a->value, b->value);
}

/* ---- hide ---------------------------------------------------------------------------------------------- */

static void add_item(const struct hide_item *item, const struct bdfset *present, struct bdfset *ret)
{
	if (!item->any_dev && !item->any_fn) {
		bdfset_add(ret, item->bdf);
		return;
	}
	for (size_t i = 0; present && i < present->n; i++)
		if (hide_item_covers(item, present->v[i]))
			bdfset_add(ret, present->v[i]);
}

/* A wildcard stands for devices that nobody can list here: what it hides is unknown. */
static bool is_open(const char *value)
{
	_cleanup_(hide_done) struct hidelist list = { 0 };

	hide_parse(value, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].any_dev || list.v[i].any_fn)
			return true;
	return false;
}

static bool add_value(const char *value, const struct bdfset *present, struct bdfset *ret)
{
	_cleanup_(hide_done) struct hidelist list = { 0 };

	hide_parse(value, &list);
	for (size_t i = 0; list.kernel_accepts && i < list.n; i++)
		add_item(&list.v[i], present, ret);
	return list.kernel_accepts;
}

void bootargs_hidden(const char *text, size_t len, const struct bdfset *present, struct bdfset *ret)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	const char *last = NULL;

	bootargs_split(text, len, &args);
	for (size_t i = 0; i < args.end; i++)
		if (hide_is_key(args.v[i].key) && args.v[i].value)
			last = args.v[i].value;
	if (last)
		add_value(last, present, ret);
}

/* The error of hide_check(), pointing into the file instead of into the value. */
static int point_at(const struct bootfile *b, size_t entry, const struct bootarg *arg, struct err *err)
{
	_cleanup_(hide_done) struct hidelist list = { 0 };
	size_t span = b->cfg.v[entry].args[GRUB_DOM0].off;
	const struct hide_item *bad;
	int rc = hide_check(b->path, arg->value, err);

	if (rc == 0)
		return 0;
	err_wrap(err, "entry '%s'", b->cfg.v[entry].title);
	if (err)
		err->hint[0] = '\0';
	err_hint(err, "with one bad item the kernel hides no device at all; write the list anew: boot-param-set target=dom0 "
		      "key=" HIDE_KEY " value='(dddd:bb:dd.f)...', or take it out: boot-param-delete");
	hide_parse(arg->value, &list);
	bad = &list.v[list.n - 1];
	return err_point(err, b->path, strbuf_str(&b->cfg.text), b->cfg.text.len, span + arg->value_off + bad->at, 1);
}

int bootfile_hidden(const struct bootfile *b, size_t entry, const struct bdfset *present, struct bdfset *effective,
		    struct bdfset *listed, struct err *err)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	const struct bootarg *last = NULL;

	split_entry(b, entry, GRUB_DOM0, &args);
	for (size_t i = 0; i < args.end; i++) {
		const struct bootarg *arg = &args.v[i];
		int rc;

		if (!hide_is_key(arg->key) || !arg->value)
			continue;
		rc = point_at(b, entry, arg, err);
		if (rc < 0)
			return rc;
		if (!present && is_open(arg->value))
			return err_set(err, ENODATA, "entry '%s': which devices '%s' stands for is unknown: "
						     "the host's PCI devices cannot be listed", b->cfg.v[entry].title,
				       arg->value);
		if (listed)
			add_value(arg->value, present, listed);
		last = arg;
	}
	if (last && effective)
		add_value(last->value, present, effective);
	return 0;
}

/* ---- the entry that always boots ------------------------------------------------------------------------- */

static bool hides_nothing(const struct bootfile *b, size_t entry)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	bool clean = true;

	split_entry(b, entry, GRUB_DOM0, &args);
	for (size_t i = 0; i < args.end; i++)
		if (hide_is_key(args.v[i].key) && args.v[i].value)
			clean = !*args.v[i].value;
	return clean;
}

bool bootfile_has_clean(const struct bootfile *b)
{
	for (size_t i = 0; i < b->cfg.n; i++)
		if (b->cfg.v[i].args[GRUB_DOM0].there && hides_nothing(b, i))
			return true;
	return false;
}

void bootfile_find_clean(const struct bootfile *b, struct bootfile_clean *ret)
{
	struct bootfile_clean c = { .clean = xcalloc(b->cfg.n, sizeof(*c.clean)) };

	for (size_t i = 0; i < b->cfg.n; i++) {
		if (!b->cfg.v[i].args[GRUB_DOM0].there)
			continue;
		c.n_xen++;
		c.clean[i] = hides_nothing(b, i);
		c.n_clean += c.clean[i];
	}
	*ret = c;
}

void bootfile_clean_done(struct bootfile_clean *c)
{
	free(c->clean);
	*c = (struct bootfile_clean){ 0 };
}

bool grub_role_is_rescue(enum grub_role role)
{
	return role == GRUB_SAFE || role == GRUB_FALLBACK || role == GRUB_FALLBACK_SERIAL || role == GRUB_UPGRADE;
}
