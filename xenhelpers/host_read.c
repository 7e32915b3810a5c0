/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_read.c - reading below a root; see host.h. */

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>

#include "host_private.h"

#define NAMES_MAX 200000

int host_open_regular(struct host *h, int dirfd, const char *name, const char *show, size_t *size, struct err *err)
{
	struct stat st;
	int fd;

	*size = 0;
	/* Opening a device node or a FIFO acts on it, so on a recording the look comes first. */
	if (!h->live) {
		if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			return host_failed(err, errno, "open", show);
		if (!S_ISREG(st.st_mode))
			return err_set(err, EINVAL, "'%s' is not a regular file", show);
		*size = (size_t)st.st_size;
	}
	fd = host_open_beneath(h, dirfd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return host_failed(err, errno, "open", show);
	return fd;
}

/* One piece more behind what is there; gives how many bytes it was. */
static ssize_t read_piece(int fd, const char *show, size_t piece, size_t max, struct strbuf *ret, struct err *err)
{
	char *to = strbuf_reserve(ret, piece);
	ssize_t n;

	do
		n = read(fd, to, piece);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		n = host_failed(err, errno, "read", show);
	} else if (ret->len + (size_t)n > max) {
		n = err_set(err, EFBIG, "'%s' is larger than %zu bytes", show, max);
	} else {
		ret->len += (size_t)n;
		ret->s[ret->len] = '\0';
	}
	return n;
}

int host_read_fd(int fd, const char *show, size_t size, size_t max, struct strbuf *ret, struct err *err)
{
	size_t piece = size && size <= max ? size + 1 : 4096;
	ssize_t n;

	strbuf_reset(ret);
	/* All that the file claims to hold, and less than was asked for, is the end of it. */
	while ((n = read_piece(fd, show, piece, max, ret, err)) > 0 && !(ret->len == size && (size_t)n < piece))
		piece = MIN(4 * piece, (size_t)1 << 20);
	if (n < 0)
		strbuf_reset(ret);
	return n < 0 ? (int)n : 0;
}

static int open_file_at_once(struct host *h, const char *path, size_t *size)
{
	struct stat st;
	int fd;

	*size = 0;
	/* As in host_open_regular(): on a recording the look comes first. */
	if (!h->live) {
		_cleanup_close_ int look = host_open_at_once(h, path, O_PATH);

		if (look < 0 || fstat(look, &st) < 0)
			return -errno;
		if (!S_ISREG(st.st_mode))
			return -EINVAL;
		*size = (size_t)st.st_size;
	}
	fd = host_open_at_once(h, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	return fd < 0 ? -errno : fd;
}

static int open_file(struct host *h, const char *path, size_t *size, struct err *err)
{
	_cleanup_close_ int dir = -1;
	_cleanup_free_ char *name = NULL;
	int fd = open_file_at_once(h, path, size), rc;

	if (fd >= 0)
		return fd;
	/* Files that may be missing are what is mostly asked for. */
	if (fd == -ENOENT)
		return host_failed(err, ENOENT, "open", path);
	/* Whatever else went wrong, the walk by hand says it, or does without. */
	rc = host_walk(h, path, &dir, &name, NULL, err);
	return rc < 0 ? rc : host_open_regular(h, dir, name, path, size, err);
}

int host_open_file(struct host *h, const char *path, struct err *err)
{
	size_t size;

	return open_file(h, path, &size, err);
}

int host_read(struct host *h, const char *path, size_t max, struct strbuf *ret, struct err *err)
{
	size_t size;
	_cleanup_close_ int fd = open_file(h, path, &size, err);

	strbuf_reset(ret);
	return fd < 0 ? fd : host_read_fd(fd, path, size, max, ret, err);
}

int host_read_head(struct host *h, const char *path, size_t max, struct strbuf *ret, struct err *err)
{
	size_t size, seen = 0;
	_cleanup_close_ int fd = open_file(h, path, &size, err);
	ssize_t n;

	strbuf_reset(ret);
	if (fd < 0)
		return fd;
	while ((n = read_piece(fd, path, 4096, max, ret, err)) > 0) {
		const char *nl = memchr(ret->s + seen, '\n', ret->len - seen);

		if (nl && nl + 1 < ret->s + ret->len)
			return 0;
		seen = nl ? (size_t)(nl - ret->s) : ret->len;
	}
	if (n < 0)
		strbuf_reset(ret);
	return n < 0 ? (int)n : 0;
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

	/* As host_stat(). */
	if (fd < 0 && errno == ENOENT)
		return host_failed(err, ENOENT, "open", path);
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
	if (errno == ENOENT)
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
	size_t size;

	return host_open_regular(h, dirfd, name, name, &size, err);
}

int host_read_at(struct host *h, int dirfd, const char *name, size_t max, struct strbuf *ret, struct err *err)
{
	size_t size;
	_cleanup_close_ int fd = host_open_regular(h, dirfd, name, name, &size, err);

	strbuf_reset(ret);
	return fd < 0 ? fd : host_read_fd(fd, name, size, max, ret, err);
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
	return host_read_fd(fd, path, (size_t)st.st_size, max, ret, err);
}

static int open_part(struct host *h, const char *name, size_t *size, struct err *err)
{
	if (h->live)
		return err_set(err, ENOENT, "'%s' is a part of recordings only", name);
	return host_open_regular(h, h->dir, name, name, size, err);
}

int host_open_part(struct host *h, const char *name, struct err *err)
{
	size_t size;

	return open_part(h, name, &size, err);
}

int host_read_part(struct host *h, const char *name, size_t max, struct strbuf *ret, struct err *err)
{
	size_t size;
	_cleanup_close_ int fd = open_part(h, name, &size, err);

	strbuf_reset(ret);
	return fd < 0 ? fd : host_read_fd(fd, name, size, max, ret, err);
}
