/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dmar.h - memory that the firmware reserves for devices' DMA: RMRRs of Intel's table, IVMDs of AMD's; and the requester ids that
 * AMD's table says devices use instead of their own (pure: bytes in, records out; only dmar_read() asks a host).
 *
 * Sources: Intel Virtualization Technology for Directed I/O, chapter 8 (8.1 the DMAR table, 8.3.1 device scopes, 8.4
 * reserved memory region structures); AMD I/O Virtualization Technology specification, 5.2 (IVRS; 5.2.2.1 device entries of IVHD blocks: alias select and alias range; 5.2.2.3 IVMD blocks;
 * bytes 8 and 9 of one are its PCI segment, as Linux and Xen read them).  Under Xen on Intel the signature reads RMAD
 * and the file in /sys/firmware/acpi/tables has that name, checksum unchanged (facts D4).
 *
 * Every length is checked against what encloses it: a table that is cut off, or whose parts do not add up, fails with
 * the byte where that shows.  Structures of other types are passed over.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bdf.h"
#include "host.h"
#include "pcidev.h"

#define DMAR_TABLES "/sys/firmware/acpi/tables"
#define DMAR_SIZE_MAX (1u << 20)

enum dmar_kind { DMAR_RMRR, DMAR_IVMD };
const char *dmar_kind_name(enum dmar_kind kind); /* "RMRR", "IVMD" */

enum dmar_scope_kind {
	DMAR_PATH,  /* one device, by bus and path (RMRR) */
	DMAR_RANGE, /* devices first..last of the segment, bus << 8 | devfn (IVMD) */
	DMAR_ALL,   /* every device (IVMD) */
};

struct dmar_hop {
	uint8_t dev, fn; /* as the table has them: up to 255 */
};

struct dmar_scope {
	enum dmar_scope_kind kind;
	uint8_t type; /* of the table: 1 endpoint, 2 a bridge and all behind it, 3 I/O APIC, 4 HPET, 5 ACPI device */
	uint8_t id;   /* enumeration id of types 3 to 5 */
	uint8_t bus;  /* the path's first bus */
	struct dmar_hop *hops; /* at least one for DMAR_PATH */
	size_t n_hops;
	uint16_t first, last; /* DMAR_RANGE */
};

struct dmar_region {
	enum dmar_kind kind;
	char source[5]; /* the table's signature: "DMAR", "RMAD", "IVRS" */
	uint32_t segment;
	uint64_t base, limit; /* addresses of the first and the last byte; limit < base in broken tables */
	uint8_t flags;	      /* IVMD: bit 0 unity mapped, 1 readable, 2 writable, 3 exclusion range */
	struct dmar_scope *v;
	size_t n;
};

/* The DMA of devices first..last, bus << 8 | devfn, carries the id `as`. */
struct dmar_alias {
	uint16_t segment, first, last, as;
};

struct dmar {
	struct dmar_region *v; /* in table order */
	size_t n;
	struct dmar_alias *aliases; /* in table order, where the last one counts */
	size_t n_aliases;
	bool amd; /* there was AMD's table: aliases are all that it has */
	bool bad_checksum; /* of some table: told, and no reason to refuse it (Linux goes on too) */
	size_t behind;	   /* bytes behind the end of the table, which are not part of it */
};

/*
 * Add what one table says to *ret (which may hold another table's).  -EINVAL: neither of the tables, or a broken one, with the place; *ret
 * is then as it was.
 */
int dmar_decode(const void *bytes, size_t size, struct dmar *ret, struct err *err);
void dmar_done(struct dmar *d);

/*
 * What the host's tables say: DMAR, else RMAD; and IVRS.  No such table in a folder of tables: an empty result.
 * -ENODATA: there is no folder of tables, or it cannot be listed, so nobody can tell.
 */
int dmar_read(struct host *h, struct dmar *ret, struct err *err);

/*
 * What Xen must keep together on an AMD machine (facts D2): the functions of the segment whose DMA carries the same id, the
 * function itself among them.
 */
void dmar_alias_group(const struct dmar *d, const struct pcidevs *set, struct bdf bdf, struct bdfset *ret);

uint64_t dmar_pages(const struct dmar_region *r); /* pages of 4 KiB that it touches; 0 when limit < base */
bool dmar_below_1m(const struct dmar_region *r);  /* touches the first MiB, where a guest's BIOS is */
/* Named for more than one device: of an RMRR, more than one scope (what Xen refuses to assign unless relaxed, facts F4). */
bool dmar_is_shared(const struct dmar_region *r);

/*
 * The function at the end of a scope's path, its bridges followed by the secondary bus that they have now (the table's path was written
 * before anybody numbered buses).  A path of one hop needs no bridge and no `set` (which may be NULL) and names a
 * function that need not be there.  False: it cannot be told; also for scopes that are no path.
 */
bool dmar_resolve(const struct dmar_region *r, const struct dmar_scope *s, const struct pcidevs *set, struct bdf *ret);

/* A scope as text: "0000:00:1a.0", "0000:00:1c.7/00.2 (unresolved)", "0000:00:00.0-0000:00:1f.7", "all"; caller frees. */
char *dmar_scope_format(const struct dmar_region *r, const struct dmar_scope *s, const struct pcidevs *set);

/*
 * Does the region hold for this function?  A scope of type 2 holds for all behind its bridge.  TRI_UNKNOWN: no scope
 * that can be resolved names it, and some cannot be resolved.
 */
enum tristate dmar_covers(const struct dmar_region *r, const struct pcidevs *set, struct bdf bdf);
