/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_write.c - writing below a root, all or nothing; see host.h. */

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>

#include "host_private.h"

/* The file about to be replaced: where it is, and the temporary one beside it. */
struct replace {
	struct host *h;
	const struct host_write *w;
	int dir;
	char *name;	/* in dir */
	char *tmp;	/* in dir */
	bool published; /* tmp has become name, or never was */
};

static void replace_done(struct replace *r)
{
	if (!r->published && r->tmp)
		unlinkat(r->dir, r->tmp, 0);
	if (r->dir >= 0)
		close(r->dir);
	free(r->name);
	free(r->tmp);
}

/* One name a target: the writers of one host take turns, so what lies there is left from one that died. */
static char *temporary_name(const char *name)
{
	return xasprintf(".%s.xe-passthrough-new", name);
}

static int replace_locate(struct replace *r, struct err *err)
{
	if (!r->w->part)
		return host_walk_open(r->h, r->w->path, &r->dir, &r->name, err);
	r->dir = fcntl(r->h->dir, F_DUPFD_CLOEXEC, 3);
	if (r->dir < 0)
		return host_failed(err, errno, "open", r->h->name);
	r->name = xstrdup(r->w->path);
	return 0;
}

/* Does the target still hold what the caller decided upon? */
static int replace_unchanged(const struct replace *r, struct err *err)
{
	_cleanup_strbuf_ struct strbuf now = { 0 };
	_cleanup_close_ int fd = -1;
	struct stat st;
	size_t size;
	int rc;

	if (!r->w->expect) {
		if (!fstatat(r->dir, r->name, &st, AT_SYMLINK_NOFOLLOW))
			return err_set(err, ESTALE, "'%s' has appeared meanwhile", r->w->path);
		return errno == ENOENT ? 0 : host_failed(err, errno, "look at", r->w->path);
	}
	fd = host_open_regular(r->h, r->dir, r->name, r->w->path, &size, err);
	if (fd < 0)
		return fd;
	rc = host_read_fd(fd, r->w->path, size, r->w->expect->len + 1, &now, err);
	if (rc < 0 && rc != -EFBIG)
		return rc;
	if (rc == -EFBIG || !strbuf_eq(&now, r->w->expect))
		return err_set(err, ESTALE, "'%s' was changed by another program meanwhile", r->w->path);
	return 0;
}

/* The new file gets the mode and owner of the one it replaces (vfat has neither: there they are the same already). */
static int replace_dress(const struct replace *r, int fd, struct err *err)
{
	struct stat old, new;

	if (!r->w->expect)
		return 0;
	if (fstatat(r->dir, r->name, &old, AT_SYMLINK_NOFOLLOW) < 0 || fstat(fd, &new) < 0)
		return host_failed(err, errno, "look at", r->w->path);
	if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid) && fchown(fd, old.st_uid, old.st_gid) < 0)
		return host_failed(err, errno, "keep the owner of", r->w->path);
	if ((old.st_mode & 07777) != (new.st_mode & 07777) && fchmod(fd, old.st_mode & 07777) < 0)
		return host_failed(err, errno, "keep the mode of", r->w->path);
	return 0;
}

int host_write_fd(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

static int create_temporary(const struct replace *r)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	const mode_t mode = r->w->mode ? r->w->mode : 0600;
	int fd = openat(r->dir, r->tmp, flags, mode);

	if (fd < 0 && errno == EEXIST && unlinkat(r->dir, r->tmp, 0) == 0)
		fd = openat(r->dir, r->tmp, flags, mode);
	return fd;
}

static int replace_prepare(struct replace *r, struct err *err)
{
	_cleanup_close_ int fd = -1;
	int rc;

	r->tmp = temporary_name(r->name);
	r->published = false;
	fd = create_temporary(r);
	if (fd < 0) {
		r->published = true;
		return host_failed(err, errno, "write beside", r->w->path);
	}
	rc = replace_dress(r, fd, err);
	if (rc < 0)
		return rc;
	rc = host_write_fd(fd, r->w->data, r->w->len);
	if (rc < 0)
		return host_failed(err, -rc, "write", r->w->path);
	if (fsync(fd) < 0)
		return host_failed(err, errno, "write", r->w->path);
	return 0;
}

static int replace_publish(struct replace *r, struct err *err)
{
	if (renameat(r->dir, r->tmp, r->dir, r->name) < 0)
		return host_failed(err, errno, "replace", r->w->path);
	r->published = true;
	/* From here on the new file stands; a directory that cannot be synced is worth a word, not an undo. */
	if (fsync(r->dir) < 0 && errno != EINVAL)
		return host_failed(err, errno, "sync the directory of", r->w->path);
	return 0;
}

static int replace_read_back(const struct replace *r, struct err *err)
{
	_cleanup_strbuf_ struct strbuf now = { 0 };
	size_t size;
	_cleanup_close_ int fd = host_open_regular(r->h, r->dir, r->name, r->w->path, &size, err);
	int rc;

	if (fd < 0)
		return fd;
	rc = host_read_fd(fd, r->w->path, size, r->w->len + 1, &now, err);
	if (rc < 0 && rc != -EFBIG)
		return rc;
	if (rc < 0 || now.len != r->w->len || memcmp(strbuf_str(&now), r->w->data, now.len))
		return err_set(err, EIO, "'%s' does not hold what was just written to it: another program writes it too, "
					 "or the disk fails", r->w->path);
	return 0;
}

int host_replace(struct host *h, const struct host_write *w, struct err *err)
{
	_cleanup_(replace_done) struct replace r = { .h = h, .w = w, .dir = -1, .published = true };
	int rc;

	rc = replace_locate(&r, err);
	if (rc < 0)
		return rc;
	rc = replace_prepare(&r, err);
	if (rc < 0)
		return rc;
	rc = replace_unchanged(&r, err);
	if (rc < 0)
		return rc;
	rc = replace_publish(&r, err);
	if (rc < 0)
		return rc;
	return replace_read_back(&r, err);
}

void host_sweep(struct host *h, const char *path, bool part)
{
	const struct host_write w = { .path = path, .part = part };
	/* what replace_done() does with a file that was not published */
	_cleanup_(replace_done) struct replace r = { .h = h, .w = &w, .dir = -1 };

	if ((!part || h->dir >= 0) && replace_locate(&r, NULL) == 0)
		r.tmp = temporary_name(r.name);
}

int host_mkdirs(struct host *h, const char *path, mode_t mode, struct err *err)
{
	_cleanup_strv_ struct strv parts = { 0 };
	_cleanup_strbuf_ struct strbuf sofar = { 0 };
	_cleanup_close_ int there = host_open_at_once(h, path, O_PATH | O_DIRECTORY);

	if (there >= 0)
		return 0;
	strv_split(&parts, path, '/');
	for (size_t i = 0; i < parts.n; i++) {
		_cleanup_close_ int dir = -1;
		_cleanup_free_ char *name = NULL;
		int rc;

		if (!*parts.v[i])
			continue;
		strbuf_addf(&sofar, "/%s", parts.v[i]);
		rc = host_walk(h, strbuf_str(&sofar), &dir, &name, NULL, err);
		if (rc < 0)
			return rc;
		if (mkdirat(dir, name, mode) < 0 && errno != EEXIST)
			return host_failed(err, errno, "make the directory", strbuf_str(&sofar));
	}
	return 0;
}

int host_unlink(struct host *h, const char *path, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *name = NULL;
	int rc = host_walk(h, path, &dir, &name, NULL, err);

	if (rc < 0)
		return rc;
	if (unlinkat(dir, name, 0) < 0)
		return host_failed(err, errno, "remove", path);
	return 0;
}

int host_rename(struct host *h, const char *path, const char *name, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *old = NULL;
	int rc = host_walk(h, path, &dir, &old, NULL, err);

	if (rc < 0)
		return rc;
	if (renameat(dir, old, dir, name) < 0)
		return host_failed(err, errno, "rename", path);
	return 0;
}

int host_truncate(struct host *h, const char *path, size_t len, struct err *err)
{
	_cleanup_close_ int dir = -1, fd = -1;
	_cleanup_free_ char *name = NULL;
	int rc = host_walk(h, path, &dir, &name, NULL, err);

	if (rc < 0)
		return rc;
	fd = openat(dir, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || ftruncate(fd, (off_t)len) < 0)
		return host_failed(err, errno, "shorten", path);
	return 0;
}

/* ---- the lock -------------------------------------------------------------------------------------- */

static int lock_open(struct host *h, const char *path, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *name = NULL;
	struct stat st;
	int fd, rc;

	rc = host_walk(h, path, &dir, &name, NULL, err);
	if (rc < 0)
		return rc;
	if (!fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) && !S_ISREG(st.st_mode))
		return err_set(err, EINVAL, "the lock '%s' is not a regular file", path);
	fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (fd < 0)
		return host_failed(err, errno, "open the lock", path);
	return fd;
}

static int lock_busy(int fd, const char *path, struct err *err)
{
	_cleanup_strbuf_ struct strbuf who = { 0 };
	char since[40] = "";
	struct stat st;
	struct tm tm;

	if (host_read_fd(fd, path, 0, 4096, &who, NULL) < 0 || !who.len)
		strbuf_add(&who, "another process");
	/* The holder wrote its name when it got the lock. */
	else if (!fstat(fd, &st) && gmtime_r(&st.st_mtime, &tm))
		strftime(since, sizeof(since), " since %Y-%m-%dT%H:%M:%SZ", &tm);
	who.s[strcspn(who.s, "\n")] = '\0';
	err_set(err, EBUSY, "busy: held by %s%s", who.s, since);
	return err_hint(err, "wait for it to end and repeat the command");
}

int host_lock(struct host *h, const char *path, const char *who, unsigned seconds, struct host_lock *ret,
	      struct err *err)
{
	const struct timespec nap = { .tv_nsec = 20 * 1000 * 1000 };
	_cleanup_close_ int fd = lock_open(h, path, err);

	if (fd < 0)
		return fd;
	for (unsigned naps = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; naps++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return host_failed(err, errno, "lock", path);
		if (naps >= seconds * 50)
			return lock_busy(fd, path, err);
		nanosleep(&nap, NULL);
	}
	/* Who holds it is for others to read; that it is held does not depend on it. */
	if (ftruncate(fd, 0) < 0 || pwrite(fd, who, strlen(who), 0) < 0)
		return host_failed(err, errno, "write into the lock", path);
	ret->fd = fd;
	fd = -1;
	return 0;
}

void host_unlock(struct host_lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}
