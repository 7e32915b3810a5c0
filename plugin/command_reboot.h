/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command_reboot.h - a reboot of this host as the end of a plan: of host-reboot, where it is all of it, of any command
 * with reboot=true, and of reapply.
 *
 * XAPI does it, and only for a host on which no VM runs.  `vms=` says what becomes of those that do:
 *	refuse		(default) they are listed, with what could become of each, and nothing is done
 *	evacuate	they are moved to other hosts of the pool; when one of them cannot move, nothing is done
 *	shutdown	those that cannot move are shut down cleanly, the others are moved
 *
 * Findings: REBOOT_VM_RUNS, REBOOT_VM_STAYS (of a VM, final), REBOOT_HA (refuse), REBOOT_MASTER, REBOOT_AGAIN (warn).
 */
#pragma once

#include "plugin/command.h"

/*
 * What it takes, as a plan of its own (malloc'd, NULL when a finding refuses it or on error); findings go to `found`,
 * with force= as it was given.  automatic: nobody has asked for it (reapply).  -ENOTSUP: there is no XAPI here.
 */
int reboot_plan(struct run *r, bool automatic, struct findings *found, struct plan **ret, struct err *err);

/* With reboot=true, and where the plan says that a reboot is next: it ends with it. */
int command_end_with_reboot(struct run *r, struct err *err);
