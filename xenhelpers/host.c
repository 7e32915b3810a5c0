/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.c - reading below a root; see host.h. host_write.c has the writing half. */

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/syscall.h>

#include "host_private.h"

#define LINKS_MAX 40
#define NAMES_MAX 200000

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
	if (h->root < 0)
		return -1;
	if (h->live)
		return openat(h->root, *path ? path : ".", flags | O_CLOEXEC);
	return open_resolved(h->root, *path ? path : ".", flags, IN_ROOT | NO_MAGICLINKS);
}

/*
 * The directory in one step, then a look at the last name: where that is no link, nothing is left to walk.  False: the walk by hand
 * knows better, or says what is wrong.
 */
static bool walk_at_once(struct host *h, const char *path, int *ret_dir, char **ret_name)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	_cleanup_free_ char *parent = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");
	_cleanup_close_ int dir = -1;
	char target[1];

	if (!*name || streq(name, ".") || streq(name, ".."))
		return false;
	dir = host_open_at_once(h, parent, O_PATH | O_DIRECTORY);
	if (dir < 0 || readlinkat(dir, name, target, sizeof(target)) >= 0 || (errno != EINVAL && errno != ENOENT))
		return false;
	*ret_dir = dir;
	dir = -1;
	*ret_name = xstrdup(name);
	return true;
}

int host_walk(struct host *h, const char *path, int *ret_dir, char **ret_name, char **canonical, struct err *err)
{
	_cleanup_(walk_done) struct walk w = { .h = h };
	_cleanup_free_ char *name = NULL;
	bool last = false;
	int fd, rc;

	if (h->root < 0)
		return err_set(err, ENOENT, "the recording '%s' has no root/", h->name);
	if (!canonical && walk_at_once(h, path, ret_dir, ret_name))
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
	fd = fcntl(walk_here(&w), F_DUPFD_CLOEXEC, 3);
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

/* ---- reading --------------------------------------------------------------------------------------- */

/* Of DIRECTORY/NAME the directory must be no link, too: in a recording it could lead out of it. */
static int open_beneath(struct host *h, int dirfd, const char *name, int flags)
{
	const char *slash = strchr(name, '/');
	_cleanup_free_ char *parent = slash && !h->live ? xstrndup(name, (size_t)(slash - name)) : NULL;
	_cleanup_close_ int dir = -1;
	int fd;

	if (!parent)
		return openat(dirfd, name, flags);
	fd = open_resolved(dirfd, name, flags, BENEATH | NO_SYMLINKS);
	if (fd >= 0 || errno != ENOSYS)
		return fd;
	dir = openat(dirfd, parent, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return dir < 0 ? -1 : openat(dir, slash + 1, flags);
}

int host_open_regular(struct host *h, int dirfd, const char *name, const char *show, struct err *err)
{
	struct stat st;
	int fd;

	/* Opening a device node or a FIFO acts on it, so on a recording the look comes first. */
	if (!h->live) {
		if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			return host_failed(err, errno, "open", show);
		if (!S_ISREG(st.st_mode))
			return err_set(err, EINVAL, "'%s' is not a regular file", show);
	}
	fd = open_beneath(h, dirfd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return host_failed(err, errno, "open", show);
	return fd;
}

int host_read_fd(int fd, const char *show, size_t max, struct strbuf *ret, struct err *err)
{
	size_t chunk = 4096;

	strbuf_reset(ret);
	for (;;) {
		char *to = strbuf_reserve(ret, chunk);
		ssize_t n = read(fd, to, chunk);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int code = errno;

			strbuf_reset(ret);
			return host_failed(err, code, "read", show);
		}
		ret->len += (size_t)n;
		ret->s[ret->len] = '\0';
		if (ret->len > max) {
			strbuf_reset(ret);
			return err_set(err, EFBIG, "'%s' is larger than %zu bytes", show, max);
		}
		if (!n)
			return 0;
		chunk = MIN(2 * chunk, (size_t)1 << 20);
	}
}

static int open_file_at_once(struct host *h, const char *path)
{
	struct stat st;

	/* As in host_open_regular(): on a recording the look comes first. */
	if (!h->live) {
		_cleanup_close_ int look = host_open_at_once(h, path, O_PATH);

		if (look < 0 || fstat(look, &st) < 0 || !S_ISREG(st.st_mode))
			return -1;
	}
	return host_open_at_once(h, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

int host_open_file(struct host *h, const char *path, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *name = NULL;
	int fd = open_file_at_once(h, path), rc;

	/* Whatever went wrong, the walk by hand says it, or does without. */
	if (fd >= 0)
		return fd;
	rc = host_walk(h, path, &dir, &name, NULL, err);
	return rc < 0 ? rc : host_open_regular(h, dir, name, path, err);
}

int host_read(struct host *h, const char *path, size_t max, struct strbuf *ret, struct err *err)
{
	_cleanup_close_ int fd = host_open_file(h, path, err);

	strbuf_reset(ret);
	return fd < 0 ? fd : host_read_fd(fd, path, max, ret, err);
}

int host_read_line(struct host *h, const char *path, char **ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *s;
	size_t n;
	int rc;

	rc = host_read(h, path, 4096, &text, err);
	if (rc < 0)
		return rc;
	s = strbuf_str(&text);
	s += strspn(s, " \t");
	n = strcspn(s, "\r\n");
	while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	*ret = xstrndup(s, n);
	return 0;
}

static int list_fd(int fd, const char *show, struct strv *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	struct dirent *entry;
	DIR *d = fdopendir(fd);

	if (!d) {
		close(fd);
		return host_failed(err, errno, "list", show);
	}
	while ((entry = readdir(d))) {
		if (streq(entry->d_name, ".") || streq(entry->d_name, ".."))
			continue;
		if (names.n == NAMES_MAX) {
			closedir(d);
			return err_set(err, E2BIG, "'%s' has more than %d entries", show, NAMES_MAX);
		}
		strv_add(&names, entry->d_name);
	}
	closedir(d);
	strv_sort(&names);
	strv_done(ret);
	*ret = TAKE_STRV(names);
	return 0;
}

static int open_dir_by_hand(struct host *h, const char *path, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *name = NULL;
	int fd, rc;

	rc = host_walk(h, path, &dir, &name, NULL, err);
	if (rc < 0)
		return rc;
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return host_failed(err, errno, "open", path);
	return fd;
}

int host_open_dir(struct host *h, const char *path, struct err *err)
{
	int fd = host_open_at_once(h, path, O_RDONLY | O_DIRECTORY);

	return fd >= 0 ? fd : open_dir_by_hand(h, path, err);
}

int host_list(struct host *h, const char *path, struct strv *ret, struct err *err)
{
	int fd = host_open_dir(h, path, err);

	return fd < 0 ? fd : list_fd(fd, path, ret, err);
}

int host_stat(struct host *h, const char *path, struct stat *ret, struct err *err)
{
	_cleanup_close_ int at = host_open_at_once(h, path, O_PATH), dir = -1;
	_cleanup_free_ char *name = NULL;
	int rc;

	if (at >= 0 && fstat(at, ret) == 0)
		return 0;
	/* Files that may be missing are what is mostly asked about. */
	if (h->root >= 0 && errno == ENOENT)
		return host_failed(err, ENOENT, "look at", path);
	rc = host_walk(h, path, &dir, &name, NULL, err);
	if (rc < 0)
		return rc;
	if (fstatat(dir, name, ret, AT_SYMLINK_NOFOLLOW) < 0)
		return host_failed(err, errno, "look at", path);
	return 0;
}

int host_exists(struct host *h, const char *path, struct err *err)
{
	struct stat st;
	int rc = host_stat(h, path, &st, err);

	if (rc == -ENOENT || rc == -ENOTDIR)
		return 0;
	return rc < 0 ? rc : 1;
}

int host_resolve(struct host *h, const char *path, char **ret, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *name = NULL, *canonical = NULL;
	struct stat st;
	int rc;

	rc = host_walk(h, path, &dir, &name, &canonical, err);
	if (rc < 0)
		return rc;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return host_failed(err, errno, "look at", path);
	*ret = TAKE_PTR(canonical);
	return 0;
}

int host_open_at(struct host *h, int dirfd, const char *name, struct err *err)
{
	return host_open_regular(h, dirfd, name, name, err);
}

int host_read_at(struct host *h, int dirfd, const char *name, size_t max, struct strbuf *ret, struct err *err)
{
	_cleanup_close_ int fd = host_open_at(h, dirfd, name, err);

	strbuf_reset(ret);
	return fd < 0 ? fd : host_read_fd(fd, name, max, ret, err);
}

int host_readlink_at(struct host *h, int dirfd, const char *name, char *buf, size_t size, struct err *err)
{
	ssize_t n = readlinkat(dirfd, name, buf, size);

	if (n < 0)
		return host_failed(err, errno, "read the link", name);
	if ((size_t)n >= size)
		return host_failed(err, ENAMETOOLONG, "read the link", name);
	buf[n] = '\0';
	return 0;
}

int host_read_local(const char *path, size_t max, struct strbuf *ret, struct err *err)
{
	/* A FIFO must not make us wait, and a terminal not become ours; what it is can be asked of the open file. */
	_cleanup_close_ int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	strbuf_reset(ret);
	if (fd < 0 || fstat(fd, &st) < 0)
		return host_failed(err, errno, "open", path);
	if (!S_ISREG(st.st_mode))
		return err_set(err, EINVAL, "'%s' is not a regular file", path);
	return host_read_fd(fd, path, max, ret, err);
}

int host_open_part(struct host *h, const char *name, struct err *err)
{
	if (h->live)
		return err_set(err, ENOENT, "'%s' is a part of recordings only", name);
	return host_open_regular(h, h->dir, name, name, err);
}

int host_read_part(struct host *h, const char *name, size_t max, struct strbuf *ret, struct err *err)
{
	_cleanup_close_ int fd = host_open_part(h, name, err);

	strbuf_reset(ret);
	return fd < 0 ? fd : host_read_fd(fd, name, max, ret, err);
}
