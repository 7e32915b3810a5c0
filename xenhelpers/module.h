/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * module.h - load on demand what only some commands need: libxl, libcurl and libpci together cost more
 * than most commands take.  A module is a shared object of this program in its own directory below
 * the library directory; it exports one ops table, `NAME_ops`.  The directory is fixed when the program is
 * configured and never taken from the environment; a program that still stands in its build tree finds the
 * modules of that tree.
 */
#pragma once

#include "host.h"

/* The ops table of module `name` ("xen_live"), loaded once a process; NULL with *err set when it cannot be had. */
const void *module_load(const char *name, struct err *err);

/* The ops table of who answers for this host: the module on this machine, `recorded` of a recording.  *ret untouched on failure. */
int module_source(const struct host *h, const char *name, const void *recorded, const void **ret, struct err *err);
