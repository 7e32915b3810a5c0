/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * block.h - what one block device or one mount stands on: the steps of storage.c's chains.
 */
#pragma once

#include "chain.h"
#include "mounts.h"
#include "net.h"

struct block_walk {
	struct host *h;
	struct mounts mounts; /* what holds the files behind loop devices and swap files */
	struct net_walk net;
	unsigned looks; /* how often sysfs was looked at, over all chains: a hostile recording must come to an end */
};

void block_walk_done(struct block_walk *w);

bool block_exists(struct block_walk *w, const char *name);
/* The kernel's name ("dm-0", "cciss!c0d0") of a path below /dev; caller frees; NULL: no such block device. */
char *block_name(struct block_walk *w, const char *path);

/* Add to a chain: a device by its kernel name, by its path, what a mount stands on, and the mount that holds a file. */
void block_add(struct chain *c, const char *name, struct block_walk *w);
void block_add_path(struct chain *c, const char *path, struct block_walk *w);
void block_add_mount(struct chain *c, const struct mount *m, struct block_walk *w);
void block_add_file(struct chain *c, const char *path, struct block_walk *w);
