/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host.h - the machine: this one, or a recording of one.  Every file that the program reads or writes goes
 * through here, below one root, so that a recording can never reach out of its directory and a read of a
 * recording never depends on the machine it is read on.
 *
 * A recording (design, section 5) is a directory: root/ holds the dom0 files, beside it stand `about`,
 * xen.json, xapi.json and lspci.txt.  Any part may be missing.  It is hostile input: symbolic links and ".."
 * are resolved below root/ and never leave it, only regular files are opened (a FIFO, socket or device node
 * is -EINVAL, "not a regular file"), and every read has a limit (-EFBIG).
 *
 * Paths are absolute as dom0 sees them ("/sys/bus/pci/devices").  Missing (-ENOENT, -ENOTDIR) and unreadable
 * (any other code) are different answers everywhere.
 */
#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "err.h"
#include "str.h"

struct host;

/* dir NULL: this machine. */
int host_open(struct host **ret, const char *dir, struct err *err);
/*
 * A directory that was the root of a dom0: the old one after an upgrade, on the backup partition, mounted somewhere.  As hostile as a
 * recording, and no more than read; it has no parts beside the root.
 */
int host_open_root(struct host **ret, const char *dir, struct err *err);
void host_free(struct host *h);
static inline void host_freep(struct host **h)
{
	host_free(*h);
}

bool host_is_live(const struct host *h);
/* "this host", or the recording's directory as it was given: for messages. */
const char *host_name(const struct host *h);

/* ---- a pool: several recordings side by side -------------------------------------------------------- */

/*
 * A directory that has no part of a recording itself, and directories in it that have: each is a host of one pool.  A link is none.  Nothing
 * can be read of the pool but its members; these are as if they had been opened by themselves.
 */
bool host_is_pool(const struct host *h);
int host_members(struct host *h, struct strv *ret, struct err *err); /* the directories' names, sorted by bytes */
int host_open_member(struct host *h, const char *name, struct host **ret, struct err *err);

/* ---- reading ------------------------------------------------------------------------------------ */

/*
 * Replace the content of *ret by the file's.  sysfs files claim 4096 bytes and hold fewer, so this reads to
 * the end; more than `max` bytes is -EFBIG.  On failure *ret is empty.
 */
int host_read(struct host *h, const char *path, size_t max, struct strbuf *ret, struct err *err);

/* Its beginning only: the first line with its newline, and something of what is behind that, if anything is.  max as above. */
int host_read_head(struct host *h, const char *path, size_t max, struct strbuf *ret, struct err *err);

/* A regular file to read from; the fd is the caller's to close, close-on-exec. */
int host_open_file(struct host *h, const char *path, struct err *err);

/* The first line, without its newline, trimmed of blanks; caller frees. At most 4096 bytes are read. */
int host_read_line(struct host *h, const char *path, char **ret, struct err *err);

/* The names in a directory, sorted by bytes, without "." and "..". More than 200,000 is -E2BIG. */
int host_list(struct host *h, const char *path, struct strv *ret, struct err *err);

/* The path with all links resolved below the root, e.g. a device's place in /sys/devices; caller frees. */
int host_resolve(struct host *h, const char *path, char **ret, struct err *err);

/* 1 there, 0 not there, negative unreadable. Links are followed below the root. */
int host_exists(struct host *h, const char *path, struct err *err);
int host_stat(struct host *h, const char *path, struct stat *ret, struct err *err);

/*
 * Many files of one directory, cheaply: open the directory once (the fd is the caller's to close, close-on-exec)
 * and read plain names in it.  A name that is a link is not followed: host_readlink_at() gives its text
 * (into buf, always terminated; -ENAMETOOLONG when it does not fit).  host_pread_at() reads up to n bytes
 * from an offset and returns how many it got: for the config space of PCI functions.
 */
int host_open_dir(struct host *h, const char *path, struct err *err);
int host_read_at(struct host *h, int dirfd, const char *name, size_t max, struct strbuf *ret, struct err *err);
int host_readlink_at(struct host *h, int dirfd, const char *name, char *buf, size_t size, struct err *err);
int host_open_at(struct host *h, int dirfd, const char *name, struct err *err); /* fd, read-only, regular files only; DIRECTORY/NAME, too */

/*
 * A file that the user named, of the machine that this program runs on, whatever `h` is: not below any root.  Regular files only
 * (-EINVAL), at most max bytes (-EFBIG).  On failure *ret is empty.
 */
int host_read_local(const char *path, size_t max, struct strbuf *ret, struct err *err);

/* A part of a recording that stands beside root/ ("xen.json"). On this machine: -ENOENT. */
int host_read_part(struct host *h, const char *name, size_t max, struct strbuf *ret, struct err *err);
int host_open_part(struct host *h, const char *name, struct err *err); /* fd, read-only */

/* ---- writing: only plugin/apply and plugin/journal call these ------------------------------------ */

/*
 * Put `data` in the place of the file's content, all or nothing: a temporary file in the same directory
 * with the same mode and owner, fsync, a last look that the file still holds `expect` (-ESTALE if not),
 * rename, fsync of the directory, read back (-EIO if it differs).  expect NULL: the file must not exist;
 * it gets `mode`.  Links are resolved below the root first: what they point to is replaced.
 */
struct host_write {
	const char *path;
	bool part;		     /* path is the name of a part of a recording, beside root/ */
	const struct strbuf *expect; /* content that the caller decided upon, or NULL */
	const char *data;
	size_t len;
	mode_t mode; /* for a new file */
};
int host_replace(struct host *h, const struct host_write *w, struct err *err);
/*
 * Remove the temporary file that a host_replace() of this path (or part of a recording) left when it died; the next one of the
 * same path does so by itself.
 */
void host_sweep(struct host *h, const char *path, bool part);

int host_mkdirs(struct host *h, const char *path, mode_t mode, struct err *err); /* mode for new directories */
int host_unlink(struct host *h, const char *path, struct err *err);
/* A new name in the same directory; whatever had that name is replaced.  Not synced: the caller can do without it. */
int host_rename(struct host *h, const char *path, const char *name, struct err *err);
/* Keep only the first `len` bytes.  Not synced. */
int host_truncate(struct host *h, const char *path, size_t len, struct err *err);

/*
 * The one lock of all our doors: an exclusive flock on `path` (created 0600), close-on-exec.  Waits up to
 * `seconds`, then -EBUSY with the holder named.  `who` (one line) is written into the file for others to show.
 */
struct host_lock {
	int fd; /* -1 when not held; use HOST_LOCK_INIT */
};
#define HOST_LOCK_INIT { -1 }
int host_lock(struct host *h, const char *path, const char *who, unsigned seconds, struct host_lock *ret,
	      struct err *err);
void host_unlock(struct host_lock *l);
