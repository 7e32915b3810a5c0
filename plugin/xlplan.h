/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xlplan.h - VMs of a Xen host without XAPI: they stand in files of xl, wherever the administrator keeps them.  What is the host's own
 * is planned as ever; the lines of the VM's file are shown, to be put in by hand.
 */
#pragma once

#include "plugin/command.h"


/* pci=, near: cpus=; and what xl asks of the rest of the file. */
void xlplan_attach(struct run *r, const struct bdfset *devices, bool near);
/* cpus=, for its CPUs ("nodes:1", "8-15"), or, NULL, without it. */
void xlplan_cpus(struct run *r, const char *cpus, const char *why);
/* The same for the nodes that devices are near. */
void xlplan_near(struct run *r, const struct bdfset *devices);
/* No devices: all that the file names. */
void xlplan_detach(struct run *r, const struct bdfset *devices);
