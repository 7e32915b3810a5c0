/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * restore_reboot.h - the end of a reapply: what becomes of a reboot that is due, and of the mark of the last one (plan_reboot.h).
 *
 *	ask	(default) the reboot is named as the next step, in the answer and in XAPI's message
 *	auto	this host is rebooted, once: no second time until it has come up with all that is wanted.  Where that cannot be (VMs run and `vms=` does
 *		not say what becomes of them, HA, no XAPI), it is as with ask, with the reason
 *	never	nothing but a note
 */
#pragma once

#include "plugin/command.h"
#include "plugin/settings.h"

/* due: what is wanted takes effect at a reboot only.  Fills the plan, its message but for what changed, and the notes. */
int restore_settle(struct run *r, enum reapply_reboot mode, bool due, struct strbuf *message, struct err *err);
