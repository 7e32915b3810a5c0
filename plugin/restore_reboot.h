/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * restore_reboot.h - the end of a reapply: what becomes of a reboot that is due, and of the mark of the last one (plan_reboot.h).
 *
 *	ask	(default) the reboot is named as the next step, in the answer and in XAPI's message
 *	auto	this host is rebooted, once: no second time until it has come up with all that is wanted.  Where that
 *		cannot be (VMs run and `vms=` does not say what becomes of them, HA, no XAPI, Safe Mode), it is as with
 *		ask, with the reason
 *	never	nothing but a note
 */
#pragma once

#include "plugin/command.h"
#include "plugin/settings.h"

/*
 * due: what is wanted takes effect at a reboot only.  `keys`: the boot parameters that are wanted; where the host was
 * started with others than it will be, somebody chose Safe Mode or the like, and is not rebooted out of it.  Fills the
 * plan, the notes, and what of it belongs into the message.
 */
void restore_settle(struct run *r, enum reapply_reboot mode, bool due, const struct strv *keys, struct strbuf *message);
