/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.c - the root, and the way below it; see host.h. host_read.c and host_write.c do the rest. */

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/syscall.h>

#include "host_private.h"

#define LINKS_MAX 40

int host_failed(struct err *err, int code, const char *verb, const char *path)
{
	err_set(err, code, "cannot %s '%s': %s", verb, path, strerror(code));
	if (code == EROFS)
		err_hint(err, "the file system is read-only: nothing was changed");
	else if (code == ENOSPC || code == EDQUOT)
		err_hint(err, "the file system is full: nothing was changed; make room and repeat the command");
	return -code;
}

/* ---- opening --------------------------------------------------------------------------------------- */

/* Has the directory any part of a recording?  A typing error should not look like a host of which nothing is known. */
bool host_is_recording(int dir)
{
	static const char *const parts[] = { "root", "about", "lspci.txt", "xen.json", "xapi.json" };
	struct stat st;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (!fstatat(dir, parts[i], &st, AT_SYMLINK_NOFOLLOW))
			return true;
	return false;
}

static int open_recording(struct host *h, const char *dir, struct err *err)
{
	h->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (h->dir < 0) {
		host_failed(err, errno, "open the recording", dir);
		return err_hint(err, "--host-dir takes the directory of a recording, with root/ and xapi.json in it");
	}
	if (!host_is_recording(h->dir)) {
		_cleanup_strv_ struct strv members = { 0 };

		h->pool = true;
		if (host_members(h, &members, NULL) == 0 && members.n)
			return 0;
		err_set(err, EINVAL, "'%s' is no recording: it has neither root/ nor xen.json, xapi.json or lspci.txt", dir);
		return err_hint(err, "--host-dir takes the directory of a recording, with root/ and xapi.json in it");
	}
	h->root = openat(h->dir, "root", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	/* A recording may be no more than an lspci.txt. */
	if (h->root < 0 && errno != ENOENT)
		return err_set(err, errno, "cannot open '%s/root': %s", dir, strerror(errno));
	return 0;
}

int host_open(struct host **ret, const char *dir, struct err *err)
{
	_cleanup_(host_freep) struct host *h = xcalloc(1, sizeof(*h));
	int rc;

	h->root = h->dir = -1;
	h->live = !dir;
	h->name = xstrdup(dir ? dir : "this host");
	if (dir) {
		rc = open_recording(h, dir, err);
		if (rc < 0)
			return rc;
	} else {
		h->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (h->root < 0)
			return host_failed(err, errno, "open", "/");
	}
	*ret = TAKE_PTR(h);
	return 0;
}

int host_open_root(struct host **ret, const char *dir, struct err *err)
{
	_cleanup_(host_freep) struct host *h = xcalloc(1, sizeof(*h));

	h->dir = -1;
	h->name = xstrdup(dir);
	h->root = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (h->root < 0)
		return host_failed(err, errno, "open", dir);
	*ret = TAKE_PTR(h);
	return 0;
}

void host_free(struct host *h)
{
	if (!h)
		return;
	if (h->root >= 0)
		close(h->root);
	if (h->dir >= 0)
		close(h->dir);
	free(h->name);
	free(h);
}

bool host_is_live(const struct host *h)
{
	return h->live;
}

const char *host_name(const struct host *h)
{
	return h->name;
}

/* ---- walking --------------------------------------------------------------------------------------- */

/* The walk's state: directories from the root down to where we stand, so that ".." needs no parent lookup. */
struct walk {
	struct host *h;
	int *fds; /* fds[i] is below fds[i-1]; the root's own fd is not in it */
	struct strv names;
	size_t n;
	struct strv todo; /* components still to walk, last one first */
	unsigned links;
};

static void walk_done(struct walk *w)
{
	for (size_t i = 0; i < w->n; i++)
		close(w->fds[i]);
	free(w->fds);
	strv_done(&w->names);
	strv_done(&w->todo);
}

static int walk_here(const struct walk *w)
{
	return w->n ? w->fds[w->n - 1] : w->h->root;
}

static void walk_up(struct walk *w)
{
	if (!w->n)
		return; /* ".." of the root is the root */
	close(w->fds[--w->n]);
	free(w->names.v[--w->names.n]);
}

static void walk_to_root(struct walk *w)
{
	while (w->n)
		walk_up(w);
}

static void walk_push_todo(struct walk *w, const char *path)
{
	_cleanup_strv_ struct strv parts = { 0 };

	strv_split(&parts, path, '/');
	for (size_t i = parts.n; i--;)
		if (*parts.v[i] && !streq(parts.v[i], "."))
			strv_add(&w->todo, parts.v[i]);
}

static int walk_link(struct walk *w, const char *target, const char *path, struct err *err)
{
	if (++w->links > LINKS_MAX)
		return host_failed(err, ELOOP, "follow", path);
	if (*target == '/')
		walk_to_root(w);
	walk_push_todo(w, target);
	return 0;
}

static int walk_down(struct walk *w, const char *name, const char *path, struct err *err)
{
	int fd = openat(walk_here(w), name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return host_failed(err, errno, "open", path);
	w->fds = xreallocarray(w->fds, w->n + 1, sizeof(*w->fds));
	w->fds[w->n++] = fd;
	strv_add(&w->names, name);
	return 0;
}

/* Take the next component; *last is set, and the component kept in *name, when it ends the path and is no link. */
static int walk_step(struct walk *w, const char *path, char **name, bool *last, struct err *err)
{
	_cleanup_free_ char *part = w->todo.v[--w->todo.n];
	char target[PATH_MAX];
	ssize_t n;

	if (streq(part, "..")) {
		walk_up(w);
		return 0;
	}
	n = readlinkat(walk_here(w), part, target, sizeof(target));
	if (n >= (ssize_t)sizeof(target))
		return host_failed(err, ENAMETOOLONG, "follow", path);
	if (n >= 0) {
		target[n] = '\0';
		return walk_link(w, target, path, err);
	}
	if (errno != EINVAL && errno != ENOENT)
		return host_failed(err, errno, "open", path);
	if (!w->todo.n) {
		*last = true;
		*name = TAKE_PTR(part);
		return 0;
	}
	return walk_down(w, part, path, err);
}

enum { NO_MAGICLINKS = 0x02, NO_SYMLINKS = 0x04, BENEATH = 0x08, IN_ROOT = 0x10 }; /* RESOLVE_ of linux/openat2.h */

/* Since Linux 5.6 (dom0 has 4.19); errno ENOSYS. */
static int open_resolved(int dir, const char *path, int flags, unsigned resolve)
{
#ifdef SYS_openat2
	/* struct open_how of linux/openat2.h, which older systems lack */
	const struct {
		uint64_t flags, mode, resolve;
	} how = { .flags = (uint64_t)(flags | O_CLOEXEC), .resolve = resolve };

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
#else
	errno = ENOSYS;
	return -1;
#endif
}

/*
 * One system call where the kernel can do the walk: on this machine always, in a recording by openat2.  Negative: it cannot, or the path
 * is not there (errno).
 */
int host_open_at_once(struct host *h, const char *path, int flags)
{
	path += strspn(path, "/");
	if (h->root < 0) {
		errno = ENOSYS;
		return -1;
	}
	if (h->live)
		return openat(h->root, *path ? path : ".", flags | O_CLOEXEC);
	return open_resolved(h->root, *path ? path : ".", flags, IN_ROOT | NO_MAGICLINKS);
}

/*
 * The directory in one step, then a look at the last name: where that is no link, nothing is left to walk.  False: the walk by hand
 * knows better, or says what is wrong.
 */
static bool walk_at_once(struct host *h, const char *path, int how, int *ret_dir, char **ret_name)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	_cleanup_free_ char *parent = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");
	_cleanup_close_ int dir = -1;
	char target[1];

	if (!*name || streq(name, ".") || streq(name, ".."))
		return false;
	dir = host_open_at_once(h, parent, how | O_DIRECTORY);
	if (dir < 0 || readlinkat(dir, name, target, sizeof(target)) >= 0 || (errno != EINVAL && errno != ENOENT))
		return false;
	*ret_dir = dir;
	dir = -1;
	*ret_name = xstrdup(name);
	return true;
}

/* how: O_PATH or O_RDONLY, for the fd of the directory. */
static int walk(struct host *h, const char *path, int how, int *ret_dir, char **ret_name, char **canonical, struct err *err)
{
	_cleanup_(walk_done) struct walk w = { .h = h };
	_cleanup_free_ char *name = NULL;
	bool last = false;
	int fd, rc;

	if (h->root < 0)
		return err_set(err, ENOENT, "the recording '%s' has no root/", h->name);
	if (!canonical && walk_at_once(h, path, how, ret_dir, ret_name))
		return 0;
	walk_push_todo(&w, path);
	while (w.todo.n) {
		rc = walk_step(&w, path, &name, &last, err);
		if (rc < 0)
			return rc;
	}
	/* A path that ends in ".." or at the root: the directory itself. */
	if (!last)
		name = xstrdup(".");
	fd = openat(walk_here(&w), ".", how | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return host_failed(err, errno, "open", path);
	if (canonical) {
		_cleanup_free_ char *dir = strv_join(&w.names, "/");

		if (!last)
			*canonical = xasprintf("/%s", dir);
		else
			*canonical = xasprintf("%s%s/%s", *dir ? "/" : "", dir, name);
	}
	*ret_dir = fd;
	*ret_name = TAKE_PTR(name);
	return 0;
}

int host_walk(struct host *h, const char *path, int *ret_dir, char **ret_name, char **canonical, struct err *err)
{
	return walk(h, path, O_PATH, ret_dir, ret_name, canonical, err);
}

int host_walk_open(struct host *h, const char *path, int *ret_dir, char **ret_name, struct err *err)
{
	return walk(h, path, O_RDONLY, ret_dir, ret_name, NULL, err);
}

int host_open_beneath(struct host *h, int dirfd, const char *name, int flags)
{
	const char *slash = strchr(name, '/');
	_cleanup_free_ char *parent = slash && !h->live ? xstrndup(name, (size_t)(slash - name)) : NULL;
	_cleanup_close_ int dir = -1;
	int fd;

	if (!parent)
		return openat(dirfd, name, flags);
	if (streq(parent, "..") || strchr(slash + 1, '/')) {
		errno = EXDEV;
		return -1;
	}
	/* The kernel does not have it, or does not let us (EPERM in some containers). */
	fd = open_resolved(dirfd, name, flags, BENEATH | NO_SYMLINKS);
	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return fd;
	dir = openat(dirfd, parent, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return dir < 0 ? -1 : openat(dir, slash + 1, flags);
}
