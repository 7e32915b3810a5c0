/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * place.h - choosing devices, and ranking hosts: pure, over facts that the caller has gathered (place_here.h does it for this host).
 *
 * A request is a list of wants, "so many devices of this alias". A host offers units: a card with all its functions, or a single function;
 * each says which wants select it, how near it is and whether it can be given at all. Every unit goes to one want at most.
 *
 * A guest of Xen 4.13 to 4.17 under XAPI is one virtual node. So each node of the host where the guest may be is tried as *its* node, and a
 * want's policy says which units count there:
 *	required	those of that node
 *	socket		those of any node of its socket; none where the sockets are unknown
 *	legacy		those of that node, and those whose node is unknown
 *	preferred	all, the nearer ones first
 * Where the host has no node that the guest may be on, or nobody knows its nodes, the guest's node is unknown: required and socket then
 * find nothing, legacy and preferred take all.
 *
 * Among the ways to fill a request the one is taken that, in this order, adds the fewest devices to what the VM has already, has the
 * least distance between the guest's node and the devices, those included that the VM has; needs the fewest devices to be hidden first;
 * takes the fewest other functions along; and then the lowest addresses. That is exact, not a guess: units that can be
 * matched with wants form a matroid (of the transversal kind), where taking the cheapest that fits, again and again, is optimal.
 *
 * Time: units times their logarithm, for each host and node; 64 hosts with 8,192 functions together take a few milliseconds.
 */
#pragma once

#include "plugin/alias.h"

#define PLACE_WANTS_MAX ALIAS_ASKS_MAX

struct place_want {
	const char *alias; /* borrowed */
	unsigned count;	   /* 1 to ALIAS_DEVICES_MAX */
	enum numa_policy policy; /* POLICY_UNSET is POLICY_PREFERRED */
};

/* What has to happen before a VM can start with it. */
enum place_ready { READY_NOW, READY_AFTER_BOOT, READY_AFTER_HIDE };

struct place_unit {
	struct bdf bdf;	  /* its first function that an alias selects */
	int node;	  /* PCIDEV_UNKNOWN */
	uint32_t wants;	  /* bit i: want i selects it */
	uint8_t along;	  /* functions that go along */
	enum place_ready ready;
	bool own;	  /* the VM has it already */
	const char *code; /* it cannot be given: a finding's code; NULL it can. Borrowed, as is why */
	const char *why;
};

struct place_node {
	int id;
	int socket;  /* PCIDEV_UNKNOWN */
	bool guest;  /* the guest may be there: the node has CPUs, and the VM's mask covers one */
	const unsigned *dists; /* to node 0, 1, ...: borrowed, may be NULL */
	size_t n_dists;
};

struct place_host {
	const char *name;	/* borrowed */
	const char *refused;	/* no VM can be placed there, and why; NULL it can */
	struct place_unit *v;	/* by address */
	size_t n;
	struct place_node *nodes;
	size_t n_nodes;
	int *has;		/* nodes of the devices that the VM has already */
	size_t n_has;
};

enum place_verdict {
	PLACE_CHOSEN,
	PLACE_BLOCKED, /* it cannot be given: code and why of the unit */
	PLACE_FAR,     /* its node does not suit the policy of any alias that selects it */
	PLACE_SPARE,   /* it could be given, and others come first */
};

struct place_seen {
	enum place_verdict verdict;
	int want; /* PLACE_CHOSEN: for which; -1 */
};

struct place_outcome {
	bool found;
	size_t host;	/* index into the hosts that were given */
	int node;	/* the guest's; PCIDEV_UNKNOWN */
	uint64_t cost;	/* lower is better; compares across hosts */
	unsigned got[PLACE_WANTS_MAX];
	struct place_seen *seen; /* by unit of the host */
};

/* The hosts, best first: those with room by cost, then those without by how much they have; equal ones in the order given. */
struct place_result {
	struct place_outcome *v;
	size_t n;
};

void place(const struct place_want *wants, size_t n_wants, const struct place_host *hosts, size_t n_hosts, struct place_result *ret);
void place_done(struct place_result *r);

/*
 * What a cost is made of, in the order in which it counts; and a cost of that.  Hosts that were asked one by one are ranked by what they say of
 * themselves: place_rank() sorts as place() does.
 */
struct place_cost {
	unsigned fresh;	  /* devices that the VM does not have yet */
	unsigned far;	  /* distance between the guest's node and its devices, all together, beyond the least possible */
	unsigned unready; /* 1 for each that waits for a reboot, 2 for each that is to be hidden before */
	unsigned along;	  /* functions that go along */
};
struct place_cost place_cost_parts(uint64_t cost);
uint64_t place_cost_of(const struct place_cost *parts);
void place_rank(struct place_outcome *v, size_t n);

/* Why one unit was passed over, as a sentence's end ("it is near node 0, ..."); caller frees. */
char *place_why(const struct place_want *wants, size_t n_wants, const struct place_host *h, const struct place_outcome *o, size_t unit);

/* Why a host has no room: a sentence each, what is missing first and then the reasons, most frequent first. */
void place_reasons(const struct place_want *wants, size_t n_wants, const struct place_host *h, const struct place_outcome *o,
		   struct strv *ret);
