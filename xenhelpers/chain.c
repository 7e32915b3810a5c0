/* SPDX-License-Identifier: GPL-2.0-or-later */
/* chain.c - see chain.h */

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

#include "chain.h"

/* A recording is hostile: more than real machines have, less than hurts. */
#define NODES_MAX 1024
#define LEVELS_MAX 32
#define REASONS_MAX 32
#define NAME_SHOWN 64
#define MEMBERS_SHOWN 64

void chain_done(struct chain *c)
{
	bdfset_done(&c->devices);
	strv_done(&c->usb);
	strbuf_done(&c->text);
	strv_done(&c->reasons);
	for (size_t i = 0; i < c->n; i++)
		free(c->v[i].name);
	free(c->v);
	*c = (struct chain){ 0 };
}

char *chain_shown(const char *s)
{
	size_t n = strlen(s);

	return n <= NAME_SHOWN ? xstrdup(s) : xasprintf("%.*s...", NAME_SHOWN - 3, s);
}

void chain_add(struct chain *c, chain_step *step, const char *name, void *arg)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].step == step && streq(c->v[i].name, name))
			return;
	if (c->n == NODES_MAX) {
		chain_add_unknown(c, "more than %d parts", NODES_MAX);
		return;
	}
	ARRAY_GROW(c->v, c->n);
	c->v[c->n++] = (struct chain_node){ .step = step, .arg = arg, .name = xstrdup(name) };
}

void chain_add_device(struct chain *c, struct bdf bdf)
{
	bdfset_add(&c->devices, bdf);
}

void chain_add_memory(struct chain *c)
{
	c->in_memory = true;
}

void chain_add_unknown(struct chain *c, const char *fmt, ...)
{
	char reason[256];
	va_list ap;

	c->incomplete = true;
	va_start(ap, fmt);
	vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	if (c->reasons.n < REASONS_MAX && !strv_has(&c->reasons, reason))
		strv_add(&c->reasons, reason);
}

/* An address as the kernel writes it in a path, domain and all: "1:0.0" and its like are something else. */
static bool is_address(const char *s, size_t n, struct bdf *ret)
{
	return n >= strlen("0000:00:00.0") && s[n - 2] == '.' && s[n - 5] == ':' && s[n - 8] == ':' &&
	       bdf_parse_n(s, n, ret);
}

/* "1-2.4": bus, and ports with dots between. */
static bool is_usb(const char *s, size_t n)
{
	size_t digits = strspn(s, "0123456789");

	return digits && digits + 1 < n && s[digits] == '-' && digits + 1 + strspn(s + digits + 1, "0123456789.") == n;
}

bool chain_add_sysfs(struct chain *c, const char *path)
{
	_cleanup_free_ char *usb = NULL;
	struct bdf bdf = { 0 };
	bool found = false;

	while (*path) {
		size_t n = strcspn(path, "/");

		if (found && n > 3 && !memcmp(path, "pci", 3) && memchr(path, ':', n))
			chain_add_device(c, bdf);
		found = is_address(path, n, &bdf) || found;
		if (is_usb(path, n)) {
			free(usb);
			usb = xstrndup(path, n);
		}
		path += n;
		path += strspn(path, "/");
	}
	if (found)
		chain_add_device(c, bdf);
	if (usb && !strv_has(&c->usb, usb))
		strv_add(&c->usb, usb);
	return found;
}

/* ---- the walk ------------------------------------------------------------------------------------- */

/* " <- " before the first member of a level (but not at the beginning of the text), "," before the others. */
static void add_member(struct chain *c, size_t i, const char *name)
{
	_cleanup_free_ char *shown = chain_shown(name);

	if (i > MEMBERS_SHOWN)
		return;
	if (i)
		strbuf_addc(&c->text, ',');
	else if (c->text.len)
		strbuf_add(&c->text, " <- ");
	strbuf_add(&c->text, i == MEMBERS_SHOWN ? "..." : shown);
}

static void add_ends(struct chain *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->devices.n; i++)
		add_member(c, n++, BDF_STR(c->devices.v[i]));
	/* Reasons come last and are never cut away by a long list of functions. */
	for (size_t i = 0; i < c->reasons.n; i++)
		strbuf_addf(&c->text, "%sunknown (%s)", i || n ? "," : c->text.len ? " <- " : "", c->reasons.v[i]);
}

void chain_walk(struct chain *c)
{
	for (unsigned level = 0; c->level < c->n; level++) {
		size_t first = c->level, end = c->n;

		if (level == LEVELS_MAX) {
			chain_add_unknown(c, "more than %d levels", LEVELS_MAX);
			break;
		}
		c->level = end;
		for (size_t i = first; i < end; i++)
			add_member(c, i - first, c->v[i].name);
		/* A step grows the array, so that it gets the name and not the node. */
		for (size_t i = first; i < end; i++)
			c->v[i].step(c, c->v[i].name, c->v[i].arg);
	}
	if (!c->devices.n && !c->in_memory && !c->incomplete)
		chain_add_unknown(c, "nothing is found at the end");
	add_ends(c);
}

/* ---- places in sysfs ------------------------------------------------------------------------------ */

/* "/sys/class/net" and "../../devices/x" give "/sys/devices/x", by the text alone. */
static char *join_link(const char *dir, const char *link)
{
	_cleanup_strv_ struct strv parts = { 0 }, out = { 0 };
	_cleanup_free_ char *whole = *link == '/' ? xstrdup(link) : xasprintf("%s/%s", dir, link);
	_cleanup_free_ char *path = NULL;

	strv_split(&parts, whole, '/');
	for (size_t i = 0; i < parts.n; i++) {
		if (streq(parts.v[i], "..")) {
			if (out.n)
				free(out.v[--out.n]);
		} else if (*parts.v[i] && !streq(parts.v[i], ".")) {
			strv_add(&out, parts.v[i]);
		}
	}
	path = strv_join(&out, "/");
	return xasprintf("/%s", path);
}

char *chain_sysfs_place(struct host *h, const char *dir, const char *name)
{
	_cleanup_free_ char *path = xasprintf("%s/%s", dir, name);
	_cleanup_close_ int fd = -1;
	char *place = NULL, link[PATH_MAX];

	if (!host_resolve(h, path, &place, NULL))
		return place;
	fd = host_open_dir(h, dir, NULL);
	if (fd < 0 || host_readlink_at(h, fd, name, link, sizeof(link), NULL) < 0)
		return NULL;
	return join_link(dir, link);
}
