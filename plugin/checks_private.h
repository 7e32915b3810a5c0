/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_private.h - what a check is made of.  A check is a row in the table of the file that its subject belongs to; checks.c
 * asks the rows of all tables that concern a request, in the order of `check_tables`.
 */
#pragma once

#include "plugin/checks.h"

struct check;

struct asking {
	struct facts *facts;
	const struct check_request *req;
	const struct check *check;
	struct findings *out; /* of this row; what is in it twice is told once */
	int memo;	      /* the row's own, 0 before the first device: what it found out that holds for all of the request */
};

struct check {
	const char *code;
	enum severity severity;
	bool final;
	unsigned intent;				   /* any of these intents asks it */
	void (*device)(struct asking *a, struct bdf bdf);  /* once for each device of the request */
	void (*vm)(struct asking *a, const struct vm *vm); /* once for its VM */
	void (*host)(struct asking *a);			   /* once, for CHECK_HOST */
	bool decides; /* of another severity than refuse, and yet it tells whether a device can be chosen (checks_run_choice()) */
};

/* Subject of what concerns the host as a whole. */
#define HOST "host"

struct check_table {
	const struct check *rows;
	size_t n;
};
#define CHECK_TABLE(rows_array) { (rows_array), ARRAY_SIZE(rows_array) }

extern const struct check_table checks_device, checks_dom0, checks_board, checks_owner, checks_platform, checks_vm, checks_vmcpu;
extern const struct check_table checks_start;
extern const struct check_table checks_isolation, checks_rmrr, checks_irq, checks_reset, checks_mmio, checks_sriov, checks_gpu;

/* A finding of the check's own severity; evidence and remedy may be NULL. */
void check_found(struct asking *a, const char *subject, const char *evidence, const char *remedy, const char *fmt, ...)
	_printf_(5, 6);
/* The same with another severity. */
void check_found_as(struct asking *a, enum severity severity, const char *subject, const char *evidence, const char *remedy,
		    const char *text);
/* What was found last is about an address where nothing is. */
void check_found_absent(struct asking *a, struct bdf bdf);
/* The fact could not be had: "WHAT is unknown: WHY", severity unknown. */
void check_unknown(struct asking *a, const char *subject, const char *what, const char *why, const char *remedy);

/*
 * What the rows of one table would refuse of a device, asked on their own: the first refusal's text is added to *why, and its chain where
 * it has one.  *final tells whether nothing overrides it.  False: nothing.
 */
bool check_would_refuse(struct asking *a, const struct check_table *table, struct bdf bdf, char **why, bool *final);

/* The device's record; NULL when it is absent or nothing is known of the host's devices. */
const struct pcidev *check_device(struct asking *a, struct bdf bdf);
/* The devices that a VM's key names, as XAPI reads it, in the order in which it plugs them. */
void check_vm_devices(const struct vm *vm, struct bdfset *ret);
/* These, and those of the request: what the VM has once it is carried out (checks_vm.c). */
void check_vm_all_devices(struct asking *a, const struct vm *vm, struct bdfset *ret);
