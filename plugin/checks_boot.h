/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_boot.h - findings about what a plan makes of the boot file.
 *
 * These are asked of every plan that changes it, whatever the command, once the new bytes are known:
 *
 * BOOT_NO_CLEAN_ENTRY	after the change every entry that boots Xen hides devices.  Refused, finally, when the change hides
 *			something that its entry does not hide yet: when a hidden device turns out to be needed, no entry is
 *			left to come up without it.  A menu that has only one Xen entry never had such a way out, and
 *			a single-entry host must still be able to hide a device: there it is a warning.  It is
 *			a warning, too, where the change hides nothing more or takes back an earlier one, so that the way
 *			back stays open.
 * BOOT_RESCUE_ENTRY	a Safe Mode, fallback or upgrade entry would hide something that it does not hide yet.  Refused, finally.
 * BOOT_NO_ROOT		an entry loses dom0's root=.  Refused, and force= overrides it; a warning in an entry that is tried, and of an undo;
 *			nothing where the running host was started so (boot-try-keep).
 * BOOT_ROOT		an entry gets another one: whether it is there, only a boot tells.
 * BOOT_NOT_DEFAULT	the next boot takes an entry that the command leaves alone: the change would not be active then.
 * BOOT_DEFAULT_UNKNOWN	which entry the next boot takes cannot be told.
 * BOOT_GENERATED	grub-mkconfig writes the file: an edit of it would be gone at the next update of a kernel.  Refused, finally.
 * BOOT_VFAT		the file is on an EFI system partition: said before the first change of this host, and not again.
 */
#pragma once

#include "plugin/checks.h"

struct boot_change {
	const struct bootfile *now;
	const struct strbuf *then; /* the bytes that it becomes */
	struct bootfile *read;	   /* gets them as they read, and may hold that already; NULL: not wanted */
	enum grub_choice choice;   /* the entries that the command is about */
	bool undo;		   /* what stood there before comes back */
	bool proven;		   /* the running host was started with these values, from an entry that was tried */
	bool by_settings;	   /* grub-mkconfig makes the change, by our settings file */
	bool first;		   /* nothing was ever changed on this host */
};

/* -EINVAL when the new bytes could not be read back as a boot file: then nothing may be written. */
int checks_boot(struct facts *facts, const struct boot_change *c, struct findings *ret, struct err *err);
