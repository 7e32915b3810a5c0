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
 * What is shut down is started again when the host is back: by XAPI, where it does so with that VM at every boot, else by
 * reapply (restore_reboot.h), for which the mark keeps it.  What is moved is not moved back.
 *
 * Findings: REBOOT_VM_RUNS, REBOOT_VM_STAYS (of a VM, final), REBOOT_HA (refuse), REBOOT_MASTER, REBOOT_AGAIN (warn).
 */
#pragma once

#include "plugin/command.h"
#include "plugin/plan_reboot.h"

#define REAPPLY_SERVICE "xe-passthrough-reapply.service"

/*
 * What it takes, as a plan of its own (malloc'd, NULL when a finding refuses it or on error); findings go to `found`,
 * with force= as it was given.  automatic: nobody has asked for it (reapply).  -ENOTSUP: there is no XAPI here.
 */
int reboot_plan(struct run *r, bool automatic, struct findings *found, struct plan **ret, struct err *err);

/* Is a VM of the mark still as it was left: off, not started by anybody since, and no template? */
bool reboot_vm_waits(struct facts *f, const struct vm *vm, const struct reboot_mark *m);

/* With reboot=true, and where the plan says that a reboot is next: it ends with it. */
int command_end_with_reboot(struct run *r, struct err *err);
