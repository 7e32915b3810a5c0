/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tree.h - recordings that a test makes for itself: a table of entries becomes a directory that host_open() takes.
 *
 *	"sys/class/net/eth0 -> ../../devices/..."   a link
 *	"sys/devices/virtual/net/lo/"               a directory
 *	"proc/swaps: text"                          a file
 *
 * Directories on the way are made as needed.  Paths are below root/.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

#include "xenhelpers/host.h"

struct tree {
	char dir[64];
	struct host *host;
};

static inline void tree_make_parents(const char *path)
{
	for (const char *s = strchr(path + 1, '/'); s; s = strchr(s + 1, '/')) {
		_cleanup_free_ char *part = xstrndup(path, (size_t)(s - path));

		if (mkdir(part, 0755) < 0)
			assert_int_equal(errno, EEXIST);
	}
}

static inline void tree_add_file(const struct tree *t, const char *path, const void *content, size_t size)
{
	_cleanup_free_ char *full = xasprintf("%s/root/%s", t->dir, path);
	FILE *f;

	tree_make_parents(full);
	f = fopen(full, "we");
	assert_non_null(f);
	assert_int_equal(fwrite(content, 1, size, f), size);
	assert_int_equal(fclose(f), 0);
}

static inline void tree_add(const struct tree *t, const char *entry)
{
	const char *link = strstr(entry, " -> "), *text = strstr(entry, ": ");
	_cleanup_free_ char *path = NULL, *full = NULL;

	if (text && (!link || text < link)) {
		path = xstrndup(entry, (size_t)(text - entry));
		tree_add_file(t, path, text + 2, strlen(text + 2));
		return;
	}
	path = link ? xstrndup(entry, (size_t)(link - entry)) : xstrdup(entry);
	full = xasprintf("%s/root/%s", t->dir, path);
	tree_make_parents(full);
	if (link)
		assert_int_equal(symlink(link + 4, full), 0);
	else
		assert_true(str_ends_with(entry, "/"));
}

static inline void tree_begin(struct tree *t)
{
	*t = (struct tree){ .dir = "/tmp/xe-passthrough-test-XXXXXX" };
	assert_non_null(mkdtemp(t->dir));
	tree_add(t, "/");
}

static inline void tree_open(struct tree *t)
{
	struct err err;

	if (host_open(&t->host, t->dir, &err) < 0)
		fail_msg("%s", err.text);
}

/* Entries up to NULL. */
static inline void tree_make(struct tree *t, const char *const *entries)
{
	tree_begin(t);
	for (; *entries; entries++)
		tree_add(t, *entries);
	tree_open(t);
}

static inline int tree_remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void tree_done(struct tree *t)
{
	host_free(t->host);
	nftw(t->dir, tree_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
