/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_try.h - findings about an entry that is to be booted once (cmdline/grubtry.h).
 *
 * BOOT_TRY_DISK	grub could not take the request back: it writes into blocks of a plain disk, not into RAID, LVM or encryption,
 *			and not into every file system.  Then each boot would take the entry.  Refused, finally; where the disk
 *			is not known, that is said.
 * BOOT_TRY_ENV		the file that holds the request is there and is none of grub's.  Refused, finally.
 * BOOT_TRY_OVERRIDE	another program has asked for an entry at the next boot.  Refused, finally.
 * BOOT_TRY_RUNS	the running host was started with the entry that would be replaced: first it is kept, or dropped.  Refused,
 *			finally.
 * BOOT_TRY_BLOCK	grub.cfg gets lines that boot such an entry once only.
 * BOOT_TRY_UNPROVEN	an entry is to be kept with which the running host was not started, as far as is known.
 */
#pragma once

#include "plugin/checks.h"

struct try_request {
	const struct bootfile *now, *then; /* the boot file without and with the entry, as grub is to find it */
	const struct strbuf *env;	   /* bytes of grubenv now; NULL: there is none */
};
void checks_try(struct facts *facts, const struct try_request *q, struct findings *ret);

/* Was the running host started with the entry?  Where the usual entry says the same, it was not. */
enum tristate checks_try_runs(struct facts *facts, const struct bootfile *b);
/* False: it does not run, or that is unknown. */
bool checks_try_keep(struct facts *facts, const struct bootfile *b, struct findings *ret);
