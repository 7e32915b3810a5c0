/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_vm.h - what vm-pci-attach has for other commands that give devices to a VM. */
#pragma once

#include "plugin/command.h"

/*
 * Check and plan, with the parameters numa, entries and force of the command: hide the devices and what goes along with them, size the vectors,
 * write the VM's key and affinity.  A refusal is among the findings, and the plan is then not made.
 */
int vm_give(struct run *r, const struct vm *vm, const struct bdfset *devices, struct err *err);
