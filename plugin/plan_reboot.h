/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan_reboot.h - a reboot of this host as a plan of its own, which comes after another one (struct plan, then): the
 * mark below is written, XAPI starts no more VMs here, those that run are shut down or moved, and XAPI reboots the host.
 *
 * Each of these steps belongs to one boot of the machine, whose id it has as its key: with that boot, it ends.  A
 * failure before the last one is taken back as in any plan: the host is enabled again.  (A VM that was shut down or
 * moved stays so, and that is said.)
 *
 * The mark, a small JSON file, is what is known of the last reboot that was asked for: of which boot it was the end,
 * whether the host has to be enabled again, which VMs have to be started again, and whether nobody had asked for it.  It
 * is what keeps reapply from rebooting a host for ever: no second automatic reboot as long as there is a mark of one, and
 * only a boot in which all is as it is wanted takes it away.
 */
#pragma once

#include "plugin/plan.h"
#include "xenhelpers/host.h"

#define REBOOT_MARK "/var/lib/xe-passthrough/reboot"

struct reboot_mark {
	char *boot;	/* id of the boot that was to end */
	char *time;	/* ISO 8601, UTC */
	char *command;	/* as it was given */
	bool enable;	/* the host was disabled for it, and was enabled before */
	bool automatic; /* by reapply, without a human being; or such a one did not help before */
	bool told;	/* that it did not help, in XAPI's messages */
	struct strv vms; /* uuids of those that it shuts down, and that are started when the host is back */
};

void reboot_mark_done(struct reboot_mark *m);
bool reboot_mark_parse(const char *text, struct reboot_mark *ret); /* false: it is none */
char *reboot_mark_format(const struct reboot_mark *m);		   /* caller frees, as the next one */
char *reboot_mark_shown(const struct reboot_mark *m);		   /* "'reapply' of 2026-11-21T12:00:00Z" */
/*
 * The host's own, and its text (caller frees).  -ENOENT: there is none.  What is not readable, or no mark, is an error:
 * one that cannot be told from an automatic one.
 */
int reboot_mark_read(struct host *h, struct reboot_mark *ret, char **text, struct err *err);

/* The id of this boot of the machine; caller frees. */
int reboot_boot_id(struct host *h, char **ret, struct err *err);

enum leave {
	LEAVE_DISABLE,	/* the host: XAPI starts no VM on it */
	LEAVE_SHUTDOWN, /* a VM, cleanly */
	LEAVE_MOVE,	/* a VM, to where XAPI finds room */
	LEAVE_REBOOT,	/* the host */
};
/* A step; ref, uuid and name are the host's or the VM's, `where` is shown for where it goes, NULL for the words of the step. */
void plan_leave(struct plan *p, enum leave what, const char *boot, const char *ref, const char *uuid, const char *name, const char *where,
		const char *why);
enum leave change_leave(const struct change *c);
/* What comes out of a journal: is it such a step? */
bool change_is_leave(const struct change *c);

/* The mark becomes `to` (NULL: none), which was `old` (its text; NULL: none). */
void plan_mark(struct plan *p, const char *old, const struct reboot_mark *to, const char *why);

/* Nothing that an undo takes back: steps of a reboot, and the mark. */
bool change_is_passing(const struct change *c);
bool plan_is_passing(const struct plan *p);

/* Something takes effect when the host starts anew: the next step is its reboot ("reboot this host: WHY"). */
void plan_next_reboot(struct plan *p, const char *why);
/* That it is, or was, is not said; it is done, or not wished for. */
void plan_unsay_reboot(struct plan *p);

/* A running VM of the plan has what it is given when it starts anew; not said where the reboot behind the plan shuts that VM down. */
void plan_next_restart(struct plan *p);
void plan_unsay_restart(struct plan *p);
