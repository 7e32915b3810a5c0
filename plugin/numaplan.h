/* SPDX-License-Identifier: GPL-2.0-or-later */
/* numaplan.h - a VM's VCPUs-params:mask from nodes, CPUs or devices. */
#pragma once

#include "plugin/command.h"

/* The mask of the nodes that the devices are near. -ENODATA: a device's node is unknown. */
int numaplan_near(struct run *r, const struct vm *vm, const struct bdfset *devices, struct err *err);

/* -EINVAL: there is no CPU, or one that the host does not have. */
int numaplan_check_cpus(struct run *r, const struct cpumask *cpus, struct err *err);

/* The mask of these CPUs, which must be there: -EINVAL names those that are not, and an empty set. */
int numaplan_cpus(struct run *r, const struct vm *vm, const struct cpumask *cpus, const char *why, struct err *err);
