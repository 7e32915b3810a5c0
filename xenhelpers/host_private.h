/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_private.h - what the parts of host share. */
#pragma once

#include "host.h"

struct host {
	int root; /* fd of the root directory */
	int dir;  /* fd of the recording's directory, -1 on this machine */
	bool live;
	bool pool; /* the directory holds recordings, and is none */
	char *name;
};

/* Has the directory any part of a recording? */
bool host_is_recording(int dir);

/*
 * Walk `path` below the root, every link resolved inside it.  Gives the fd (O_PATH) of the directory that holds the last
 * component and that component's name, which is not a link any more but need not exist (-ENOENT comes from a missing
 * directory on the way only).  For "/" the name is ".".  canonical, when wanted, gets the whole resolved path.
 */
int host_walk(struct host *h, const char *path, int *ret_dir, char **ret_name, char **canonical, struct err *err);
/* The same with an fd of the directory that can be synced. */
int host_walk_open(struct host *h, const char *path, int *ret_dir, char **ret_name, struct err *err);

/*
 * Open one name in a directory for reading: a regular file, or an error.  `show` is the path for messages.  *size: what it claims to
 * hold, 0 where that was not asked.
 */
int host_open_regular(struct host *h, int dirfd, const char *name, const char *show, size_t *size, struct err *err);

/* One name in a directory, or DIRECTORY/NAME: then that directory must be no link, too; in a recording it could lead out of it. */
int host_open_beneath(struct host *h, int dirfd, const char *name, int flags);

/* Read a whole fd, at most max bytes; size: as above. */
int host_read_fd(int fd, const char *show, size_t size, size_t max, struct strbuf *ret, struct err *err);

/* "cannot VERB 'PATH': ...", with what to do where a file system does not take it.  Gives -code. */
int host_failed(struct err *err, int code, const char *verb, const char *path);

/* Write all of it; gives 0 or -errno. */
int host_write_fd(int fd, const void *data, size_t len);

/* A path below the root by one system call; negative: that cannot be done here, or errno tells what is wrong. */
int host_open_at_once(struct host *h, const char *path, int flags);
