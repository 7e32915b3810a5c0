/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * restore_reboot.h - the end of a reapply: what becomes of a reboot that is due, of the mark of the last one (plan_reboot.h), and of the
 * VMs that were shut down for that.
 *
 *	ask	(default) the reboot is named as the next step, in the answer and in XAPI's message
 *	auto	this host is rebooted, once: no second time until it has come up with all that is wanted.  Where that
 *		cannot be (VMs run and `vms=` does not say what becomes of them, HA, no XAPI, Safe Mode), it is as with
 *		ask, with the reason
 *	never	nothing but a note
 *
 * The VMs are started where they ran, once no reboot is due any more; until then they wait.  One that XAPI or somebody has started since, that is
 * gone, or no VM any more, or whose devices the start guard would refuse, is not started, and that is told.  The mark loses them, under the
 * lock, before the first one starts: whatever happens then, none is started twice, or against the will of somebody who has shut it down since.
 * For that same reason the mark counts for a day only.  As long as they start, a message of XAPI's has their names.
 *
 * At boot there are two turns: one that restores, before XAPI starts the VMs that it starts at every boot, and leaves these here alone (start=false); and
 * one behind that, which starts them: they may need what those give (storage), and none of those is to wait for a start that hangs.
 */
#pragma once

#include "plugin/command.h"
#include "plugin/settings.h"

/* What restoring found out. */
struct restored {
	bool due;  /* what is wanted takes effect at a reboot only */
	bool told; /* a note says so of devices */
	/*
	 * The boot parameters that are wanted: where the host was started with others than it will be, somebody chose Safe Mode or the like,
	 * and is not rebooted out of it.
	 */
	struct strv keys;
	struct strv not_whole; /* VMs, by uuid, that do not have all their devices back */
	bool first_turn;       /* VMs that were shut down go on waiting, for the second turn: below */
	bool later;	       /* they do so for the next reapply, whenever that comes */
	unsigned seconds;      /* that they have to start, all of them side by side */
};
/* Of its parameters: start=, timeout=.  -EINVAL: usage. */
int restored_args(const struct run *r, struct restored *ret, struct err *err);
void restored_done(struct restored *d);

/* Fills the plan, the notes, and what of it belongs into the message. */
void restore_settle(struct run *r, enum reapply_reboot mode, const struct restored *d, struct strbuf *message);

/* In its place where restoring has failed: what of that nobody may miss (result.if_failed). */
void restore_settle_none(struct run *r, const struct restored *d);

/* For those who only look: a note on the VMs that wait. */
void restore_tell_waiting(struct run *r);
