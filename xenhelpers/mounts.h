/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mounts.h - /proc/self/mountinfo and /proc/swaps as records (pure: text in, records out).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct mount {
	unsigned major, minor; /* of the device; major 0: none that the kernel tells (tmpfs, btrfs, NFS) */
	char *point;	       /* where it is mounted */
	char *type, *source;   /* "ext4", "/dev/sda1" */
	char *options;	       /* of the file system: "rw,logdev=/dev/sdb1" */
};

struct swap {
	char *path; /* "/dev/sda5", "/swapfile" */
	bool is_file;
};

struct mounts {
	struct mount *v;
	size_t n;
};

struct swaps {
	struct swap *v;
	size_t n;
};

/* Append the records of a text. False: some line was not understood, and is left out. */
bool mounts_parse(const char *text, struct mounts *ret);
bool swaps_parse(const char *text, struct swaps *ret);
void mounts_done(struct mounts *m);
void swaps_done(struct swaps *s);

/* The mount that holds a path: the longest mount point above it, the last one where several are stacked; or NULL. */
const struct mount *mounts_holding(const struct mounts *m, const char *path);
