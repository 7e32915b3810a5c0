/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chain.h - the evidence for what dom0 lives on: a walk from a mount point or an interface down to the PCI functions
 * below it, and the text that shows the way: "/ <- md127 <- sda2,sdb2 <- 0000:00:17.0".
 *
 * The walk goes level by level.  A step looks at one node ("md127", "bond0") and says what is below it: further nodes,
 * PCI functions, nothing (a RAM disk), or that it cannot tell, and why.  Every node is looked at once, so loops end;
 * depth and number of nodes have limits, and a limit that is reached counts as not being able to tell.
 */
#pragma once

#include <stdbool.h>

#include "bdf.h"
#include "host.h"

struct chain;
typedef void chain_step(struct chain *c, const char *node, void *arg);

struct chain_node {
	chain_step *step;
	void *arg;
	char *name;
};

/* All-zero is a valid empty chain. */
struct chain {
	struct bdfset devices;
	struct strv usb;      /* bus paths of the USB devices on the way ("1-2.4"), hubs aside */
	bool incomplete;      /* some branch could not be followed */
	bool in_memory;	      /* some branch surely ends in memory, on no device */
	struct strbuf text;   /* what is above the nodes that are to come; whole after chain_walk() */
	struct strv reasons;  /* why a branch could not be followed */
	struct chain_node *v; /* every node that was ever reached, in order: level after level */
	size_t n, level;      /* the nodes from v[level] on have not been looked at */
};

void chain_done(struct chain *c);
#define _cleanup_chain_ _cleanup_(chain_done)

/* What lies below. A node that was reached before is not added again. */
void chain_add(struct chain *c, chain_step *step, const char *name, void *arg);
void chain_add_device(struct chain *c, struct bdf bdf);
void chain_add_memory(struct chain *c);
/* "unknown (reason)" in the text.  No comma, please: commas separate the members of a level. */
void chain_add_unknown(struct chain *c, const char *fmt, ...) _printf_(2, 3);

/*
 * The functions that a resolved sysfs path stands on: the last address in it, and those that carry a PCI domain of
 * their own (Intel VMD: ".../0000:00:0e.0/pci10000:e0/10000:e0:06.0/..."), without which it is not there either.
 * False: the path has no address.
 */
bool chain_add_sysfs(struct chain *c, const char *path);

/* Look at nodes until there are no more.  A chain that ends nowhere (a loop that holds itself) is not complete. */
void chain_walk(struct chain *c);

/* Text from a file, cut to a length that can be shown; caller frees. */
char *chain_shown(const char *s);

/*
 * Where DIR/NAME is in sysfs, all links resolved; caller frees.  A recording may hold a link and not what it points
 * to: then the link's text tells.  NULL: not there.
 */
char *chain_sysfs_place(struct host *h, const char *dir, const char *name);
