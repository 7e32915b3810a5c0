/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_pool.c - a folder of recordings; see host.h. */

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>

#include "host_private.h"

#define MEMBERS_MAX 1024 /* hosts; XAPI's pools have 64 */
#define FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

bool host_is_pool(const struct host *h)
{
	return h->pool;
}

static bool is_member(int dir, const char *name)
{
	_cleanup_close_ int fd = *name == '.' ? -1 : openat(dir, name, FOLDER);

	return fd >= 0 && host_is_recording(fd);
}

static void dir_close(DIR **d)
{
	if (*d)
		closedir(*d);
}

int host_members(struct host *h, struct strv *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int fd = openat(h->dir, ".", FOLDER);
	_cleanup_(dir_close) DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!d) {
		int code = errno;

		if (fd >= 0)
			close(fd);
		return host_failed(err, code, "list", h->name);
	}
	while ((entry = readdir(d))) {
		if (!is_member(h->dir, entry->d_name))
			continue;
		if (names.n == MEMBERS_MAX)
			return err_set(err, E2BIG, "'%s' has more than %d recordings", h->name, MEMBERS_MAX);
		strv_add(&names, entry->d_name);
	}
	strv_sort(&names);
	*ret = TAKE_STRV(names);
	return 0;
}

int host_open_member(struct host *h, const char *name, struct host **ret, struct err *err)
{
	struct host *m = xcalloc(1, sizeof(*m));

	m->root = -1;
	m->name = xasprintf("%s/%s", h->name, name);
	m->dir = openat(h->dir, name, FOLDER);
	if (m->dir >= 0)
		m->root = openat(m->dir, "root", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (m->dir < 0 || (m->root < 0 && errno != ENOENT)) {
		err_set(err, errno, "cannot open the recording '%s': %s", m->name, strerror(errno));
		host_free(m);
		return err ? -err->code : -EIO;
	}
	*ret = m;
	return 0;
}
