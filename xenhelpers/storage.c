/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage.c - see storage.h */

#include "block.h"
#include "storage.h"

#define MOUNTINFO "/proc/self/mountinfo"
#define SWAPS "/proc/swaps"
#define FILE_MAX (4u << 20)

void storage_use_done(struct storage_use *u)
{
	free(u->what);
	free(u->chain);
	bdfset_done(&u->devices);
	strv_done(&u->usb);
	*u = (struct storage_use){ 0 };
}

void storage_done(struct storage *s)
{
	for (size_t i = 0; i < s->n; i++)
		storage_use_done(&s->v[i]);
	free(s->v);
	*s = (struct storage){ 0 };
}

/* ---- which mounts count --------------------------------------------------------------------------- */

static bool is_essential(const char *point)
{
	return streq(point, "/") || streq(point, "/boot") || streq(point, "/boot/efi") || streq(point, "/var/log");
}

static bool is_memory(const char *type)
{
	return streq(type, "rootfs") || streq(type, "tmpfs") || streq(type, "ramfs") || streq(type, "devtmpfs");
}

/* What waits at a mount point for its first use is mounted over it then: the entry itself has no device. */
static bool is_triggered(const struct mounts *mounts, const struct mount *m)
{
	if (!streq(m->type, "autofs"))
		return false;
	for (size_t i = 0; i < mounts->n; i++)
		if (&mounts->v[i] != m && streq(mounts->v[i].point, m->point))
			return true;
	return false;
}

static bool is_repeated(const struct mounts *mounts, const struct mount *m)
{
	for (const struct mount *before = mounts->v; before < m; before++)
		if (before->major == m->major && before->minor == m->minor)
			return true;
	return false;
}

static bool counts(struct block_walk *w, const struct mount *m)
{
	_cleanup_free_ char *name = NULL;

	if (is_essential(m->point))
		return !is_memory(m->type) && !is_triggered(&w->mounts, m);
	if (m->major)
		return !is_repeated(&w->mounts, m);
	/* File systems over several disks have no number of their own: ZFS cannot be followed, and must not be lost. */
	if (streq(m->type, "btrfs") || streq(m->type, "zfs") || streq(m->type, "bcachefs"))
		return true;
	name = block_name(w, m->source);
	return name;
}

/* ---- reading -------------------------------------------------------------------------------------- */

static void take_chain(struct chain *c, const char *what, struct storage_use *ret)
{
	*ret = (struct storage_use){
		.what = chain_shown(what),
		.chain = strbuf_take(&c->text),
		.devices = c->devices,
		.usb = TAKE_STRV(c->usb),
		.complete = !c->incomplete,
	};
	c->devices = (struct bdfset){ 0 };
}

static void begin(struct chain *c, const char *what)
{
	_cleanup_free_ char *shown = chain_shown(what);

	strbuf_add(&c->text, shown);
}

/* Keep what was found, unless it surely stands on no device. */
static void finish(struct chain *c, const char *what, struct storage *s)
{
	chain_walk(c);
	if (!c->devices.n && !c->incomplete)
		return;
	ARRAY_GROW(s->v, s->n);
	take_chain(c, what, &s->v[s->n++]);
}

static void read_mount(struct block_walk *w, const struct mount *m, struct storage *s)
{
	_cleanup_chain_ struct chain c = { 0 };

	if (!counts(w, m))
		return;
	begin(&c, m->point);
	block_add_mount(&c, m, w);
	finish(&c, m->point, s);
}

static void read_swap(struct block_walk *w, const struct swap *swap, struct storage *s)
{
	_cleanup_chain_ struct chain c = { 0 };

	begin(&c, "swap");
	if (swap->is_file)
		block_add_file(&c, swap->path, w);
	else
		block_add_path(&c, swap->path, w);
	finish(&c, "swap", s);
}

/* 1: read; 0: absent; negative: there, and not readable. */
static int read_file(struct host *h, const char *path, struct strbuf *ret, struct err *err)
{
	int rc = host_read(h, path, FILE_MAX, ret, err);

	return rc == -ENOENT || rc == -ENOTDIR ? 0 : rc < 0 ? rc : 1;
}

int storage_read(struct host *h, struct storage *ret, struct err *err)
{
	_cleanup_(block_walk_done) struct block_walk w = { .h = h, .net = { .h = h } };
	_cleanup_(swaps_done) struct swaps swaps = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct storage s = { 0 };
	int rc;

	rc = read_file(h, MOUNTINFO, &text, err);
	if (rc < 0)
		return rc;
	s.mounts_known = rc && mounts_parse(strbuf_str(&text), &w.mounts);
	rc = read_file(h, SWAPS, &text, err);
	if (rc < 0)
		return rc;
	s.swaps_known = rc && swaps_parse(strbuf_str(&text), &swaps);

	for (size_t i = 0; i < w.mounts.n; i++)
		read_mount(&w, &w.mounts.v[i], &s);
	for (size_t i = 0; i < swaps.n; i++)
		read_swap(&w, &swaps.v[i], &s);
	*ret = s;
	return 0;
}

/* ---- one device ----------------------------------------------------------------------------------- */

/* A name, or a path below /dev; caller frees; NULL: there is no such block device. */
static char *known_name(struct block_walk *w, const char *name)
{
	if (*name == '/')
		return block_name(w, name);
	return block_exists(w, name) ? xstrdup(name) : NULL;
}

int storage_block_use(struct host *h, const char *name, struct storage_use *ret, struct err *err)
{
	_cleanup_(block_walk_done) struct block_walk w = { .h = h, .net = { .h = h } };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *known = known_name(&w, name);
	_cleanup_chain_ struct chain c = { 0 };

	if (!known)
		return err_set(err, ENOENT, "%s has no block device '%.64s'", host_name(h), name);
	/* Only loop devices need the mounts: without them the chain says so. */
	if (!host_read(h, MOUNTINFO, FILE_MAX, &text, NULL))
		mounts_parse(strbuf_str(&text), &w.mounts);
	block_add(&c, known, &w);
	chain_walk(&c);
	take_chain(&c, name, ret);
	return 0;
}

int storage_block_devices(struct host *h, const char *name, struct bdfset *ret, struct err *err)
{
	_cleanup_(storage_use_done) struct storage_use use = { 0 };
	int rc;

	rc = storage_block_use(h, name, &use, err);
	if (rc < 0)
		return rc;
	if (!use.complete || !use.devices.n)
		return err_set(err, ENODATA, "the PCI devices of '%.64s' are not all known: %s", name, use.chain);
	*ret = use.devices;
	use.devices = (struct bdfset){ 0 };
	return 0;
}
