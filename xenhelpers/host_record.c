/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_record.c - see host_record.h */

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include "host_private.h"
#include "host_record.h"

struct host_record {
	char *name; /* as given */
	int dir;
	struct strv made; /* paths below dir, in order; a directory ends in "/" */
	char *here;	  /* the directory below dir that was used last, and it open: files come in bunches */
	int here_fd;
	size_t files;
	unsigned long long bytes;
	bool complete;
};

static int fail(struct err *err, int code, const char *verb, const char *path)
{
	int rc = host_failed(err, code, verb, path);

	if (code == ENOSPC || code == EDQUOT)
		err_hint(err, "the file system is full: the recording was removed; make room and repeat the command");
	return rc;
}

int host_record_begin(const char *dir, struct host_record **ret, struct err *err)
{
	_cleanup_close_ int fd = -1;
	struct host_record *r;

	if (mkdir(dir, 0700) < 0) {
		int rc = fail(err, errno, "make the directory", dir);

		if (rc == -EEXIST)
			err_hint(err, "a recording is made in a new directory: choose another name");
		return rc;
	}
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		int rc = fail(err, errno, "open", dir);

		rmdir(dir);
		return rc;
	}
	r = xcalloc(1, sizeof(*r));
	r->name = xstrdup(dir);
	r->dir = fd;
	r->here_fd = -1;
	fd = -1;
	*ret = r;
	return 0;
}

/* ---- directories ------------------------------------------------------------------------------------------ */

/* The next directory on the way, made where it is not there. */
static int step_down(struct host_record *r, int above, const char *name, const char *so_far, struct err *err)
{
	int fd;

	if (!mkdirat(above, name, 0700))
		strv_addf(&r->made, "%s/", so_far);
	else if (errno != EEXIST)
		return fail(err, errno, "make the directory", so_far);
	fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && (errno == ELOOP || errno == ENOTDIR))
		return err_set(err, ENOTDIR, "'%s' is no directory in the recording", so_far);
	return fd < 0 ? fail(err, errno, "open", so_far) : fd;
}

/* Stand in the directory `path` (below dir, without a slash before it); gives its fd, which stays ours. */
static int stand_in(struct host_record *r, const char *path, struct err *err)
{
	_cleanup_strv_ struct strv parts = { 0 };
	_cleanup_strbuf_ struct strbuf so_far = { 0 };
	_cleanup_close_ int fd = -1;

	if (r->here && streq(r->here, path))
		return r->here_fd;
	strv_split(&parts, path, '/');
	for (size_t i = 0; i < parts.n; i++) {
		int next;

		if (!*parts.v[i] || streq(parts.v[i], "."))
			continue;
		if (streq(parts.v[i], ".."))
			return err_set(err, EINVAL, "'%s' has '..' in it", path);
		strbuf_addf(&so_far, "%s%s", so_far.len ? "/" : "", parts.v[i]);
		next = step_down(r, fd < 0 ? r->dir : fd, parts.v[i], strbuf_str(&so_far), err);
		if (next < 0)
			return next;
		if (fd >= 0)
			close(fd);
		fd = next;
	}
	if (fd < 0)
		fd = fcntl(r->dir, F_DUPFD_CLOEXEC, 3);
	if (fd < 0)
		return fail(err, errno, "open", path);
	if (r->here_fd >= 0)
		close(r->here_fd);
	free(r->here);
	r->here = xstrdup(path);
	r->here_fd = fd;
	fd = -1;
	return r->here_fd;
}

/* Split "a/b/c": stand in "a/b", give "c". */
static int stand_above(struct host_record *r, const char *path, const char **name, struct err *err)
{
	const char *slash = strrchr(path, '/');
	_cleanup_free_ char *above = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");

	*name = slash ? slash + 1 : path;
	if (!**name || streq(*name, ".") || streq(*name, ".."))
		return err_set(err, EINVAL, "'%s' is no name for a file", path);
	return stand_in(r, above, err);
}

static char *below_root(const char *path)
{
	return xasprintf("root/%s", path + strspn(path, "/"));
}

/* ---- what goes in ------------------------------------------------------------------------------------------- */

static int put_file(struct host_record *r, const char *path, const void *data, size_t len, struct err *err)
{
	_cleanup_close_ int fd = -1;
	const char *name;
	int rc, dir = stand_above(r, path, &name, err);

	if (dir < 0)
		return dir;
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? 0 : fail(err, errno, "write", path);
	strv_add(&r->made, path);
	rc = host_write_fd(fd, data, len);
	if (rc < 0)
		return fail(err, -rc, "write", path);
	r->files++;
	r->bytes += len;
	return 0;
}

int host_record_file(struct host_record *r, const char *path, const void *data, size_t len, struct err *err)
{
	_cleanup_free_ char *place = below_root(path);

	return put_file(r, place, data, len, err);
}

int host_record_part(struct host_record *r, const char *name, const void *data, size_t len, struct err *err)
{
	return put_file(r, name, data, len, err);
}

int host_record_link(struct host_record *r, const char *path, const char *target, struct err *err)
{
	_cleanup_free_ char *place = below_root(path);
	const char *name;
	int dir = stand_above(r, place, &name, err);

	if (dir < 0)
		return dir;
	if (symlinkat(target, dir, name) < 0)
		return errno == EEXIST ? 0 : fail(err, errno, "make the link", path);
	strv_add(&r->made, place);
	return 0;
}

int host_record_dir(struct host_record *r, const char *path, struct err *err)
{
	_cleanup_free_ char *place = below_root(path);
	int dir = stand_in(r, place, err);

	return dir < 0 ? dir : 0;
}

size_t host_record_files(const struct host_record *r)
{
	return r->files;
}

unsigned long long host_record_bytes(const struct host_record *r)
{
	return r->bytes;
}

/* ---- the end ------------------------------------------------------------------------------------------------ */

int host_record_end(struct host_record *r, struct err *err)
{
	if (syncfs(r->dir) < 0)
		return fail(err, errno, "sync", r->name);
	r->complete = true;
	return 0;
}

static void remove_made(struct host_record *r)
{
	for (size_t i = r->made.n; i--;) {
		char *path = r->made.v[i];
		size_t n = strlen(path);
		bool dir = path[n - 1] == '/';

		if (dir)
			path[n - 1] = '\0';
		unlinkat(r->dir, path, dir ? AT_REMOVEDIR : 0);
	}
	rmdir(r->name);
}

void host_record_free(struct host_record *r)
{
	if (!r)
		return;
	if (!r->complete)
		remove_made(r);
	if (r->here_fd >= 0)
		close(r->here_fd);
	close(r->dir);
	strv_done(&r->made);
	free(r->here);
	free(r->name);
	free(r);
}
