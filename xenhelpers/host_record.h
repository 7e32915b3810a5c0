/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_record.h - a recording being written: a second root, on the machine that this program runs on.
 *
 * The directory must not exist; it and all in it is for its owner only (0700, 0600).  Nothing is ever written through a
 * link: what a recording may hold was decided by whoever made the host, so a link that was put in earlier must not lead a later
 * file out of the directory.
 */
#pragma once

#include "err.h"
#include "str.h"

struct host_record;

/* -EEXIST: there is something of that name already. */
int host_record_begin(const char *dir, struct host_record **ret, struct err *err);

/*
 * Files, links and directories below root/, by their path in dom0 ("/proc/cmdline"); the directories above are made.
 * What is there already stays (0).  -ENOTDIR: a link or a file stands where a directory is needed; -EINVAL: a path with "..".
 */
int host_record_file(struct host_record *r, const char *path, const void *data, size_t len, struct err *err);
int host_record_link(struct host_record *r, const char *path, const char *target, struct err *err);
int host_record_dir(struct host_record *r, const char *path, struct err *err);
/* A part beside root/ ("xen.json"). */
int host_record_part(struct host_record *r, const char *name, const void *data, size_t len, struct err *err);

size_t host_record_files(const struct host_record *r); /* that were written, parts among them */
unsigned long long host_record_bytes(const struct host_record *r);

/* It is complete: sync it, once.  On failure it counts as not complete. */
int host_record_end(struct host_record *r, struct err *err);

/* One that is not complete goes: what it made is removed, and nothing else. */
void host_record_free(struct host_record *r);
static inline void host_record_freep(struct host_record **r)
{
	host_record_free(*r);
}
