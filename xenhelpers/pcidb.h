/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcidb.h - what we have libpci for: the names of pci.ids, and reading the output of `lspci -x`.
 *
 * The module `pcidb` (xenhelpers/module.h) is the only code that calls libpci.  libpci reports errors through a
 * callback that must not return, and writes to stderr and exits where nobody gave it one; the module gives its
 * own, so that a broken file becomes an ordinary err.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "bdf.h"
#include "err.h"

/* One function of a dump; `config` lives until the callback returns and holds as many bytes as the dump had. */
struct pcidb_function {
	struct bdf bdf;
	const uint8_t *config;
	size_t size;
};

enum pcidb_kind { PCIDB_VENDOR, PCIDB_DEVICE, PCIDB_CLASS, PCIDB_SUBSYSTEM };

/* Which name is asked for: `vendor` and `device` always where they apply, `class` without the interface byte. */
struct pcidb_key {
	enum pcidb_kind kind;
	uint16_t vendor, device, subvendor, subdevice, class;
};

struct pcidb_names;

struct pcidb_ops {
	/* Call `each` for every function in the dump, in no order, a BDF perhaps twice; fd is only read. */
	int (*read_dump)(int fd, void (*each)(void *arg, const struct pcidb_function *f), void *arg, struct err *err);

	/* Read a names database; fd -1: the one that libpci was built with, and when that is missing, no names. */
	int (*names_open)(int fd, struct pcidb_names **ret, struct err *err);
	void (*names_free)(struct pcidb_names *names);

	/* The name, or what lspci prints where there is none ("Device 2331"); cut to fit, always terminated. */
	void (*name)(struct pcidb_names *names, const struct pcidb_key *key, char *buf, size_t size);
};

extern const struct pcidb_ops pcidb_ops;
