/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bootfile.h - the boot file of a host: which one it is, what it says, and what it would say after an edit.
 *
 * The first of /boot/efi/EFI/xenserver/grub.cfg, /boot/grub/grub.cfg, /boot/grub2/grub.cfg that exists: the choice is
 * by existence, as the platform's own (facts, 5.3).
 */
#pragma once

#include "cmdline/grubcfg.h"
#include "xenhelpers/bdf.h"
#include "xenhelpers/host.h"

struct bootfile {
	char *path;	/* as dom0 sees it */
	char *brand;	/* with which it was read, or NULL */
	bool generated; /* grub-mkconfig wrote it: an edit is lost at the next update-grub */
	struct grubcfg cfg;
};

/* grubenv stands beside the boot file. */
#define BOOTFILE_GRUBENV_MAX (64u << 10)
char *bootfile_grubenv(const struct bootfile *b); /* its path; caller frees */
bool bootfile_is_grubenv(const char *path);	  /* beside one of the three */

/*
 * brand: see grubcfg_parse().  The default entry is what grub makes of the file and of the grubenv beside it.
 * -ENOENT: there is none of the three.
 */
int bootfile_read(struct host *h, const char *brand, struct bootfile *ret, struct err *err);
int bootfile_parse(const char *path, const struct strbuf *text, const char *brand, struct bootfile *ret, struct err *err);
void bootfile_done(struct bootfile *b);
/* Has it been read from these? */
bool bootfile_is(const struct bootfile *b, const char *path, const struct strbuf *text, const char *brand);

/* The entry that stands for "what the next boot has": the default one, else the normal one; -1 when there is neither. */
int bootfile_next_entry(const struct bootfile *b);

/* One parameter as one entry has it. */
struct bootvalue {
	size_t count; /* occurrences; 0: absent */
	char *value;  /* of the last one; NULL for a flag, or when absent */
};
void bootvalue_done(struct bootvalue *v);
void bootfile_get(const struct bootfile *b, size_t entry, enum grub_target target, const char *key, struct bootvalue *ret);
/* The same of a bare command line. */
void bootvalue_in(const char *args, size_t len, const char *key, struct bootvalue *ret);
bool bootvalue_eq(const struct bootvalue *a, const struct bootvalue *b);

/* ---- the hide list of an entry ------------------------------------------------------------------------ */

/*
 * Every device that an entry hides, of those in `present` for wildcards, and as they are for plain addresses.  All live
 * spellings of the key count; without a value (a flag) the kernel takes no notice of it.  `effective` gets what the kernel would hide (its last argument), `listed` what
 * all arguments name.  -EINVAL, pointed at in the file, when the kernel could not read an argument.
 */
int bootfile_hidden(const struct bootfile *b, size_t entry, const struct bdfset *present, struct bdfset *effective,
		    struct bdfset *listed, struct err *err);
/* The same for a bare command line, /proc/cmdline. A list that the kernel cannot read hides nothing. */
void bootargs_hidden(const char *args, size_t len, const struct bdfset *present, struct bdfset *ret);

/*
 * Which entries boot Xen, and which of these have a dom0 that hides nothing: no hide argument with a value that the kernel
 * reads, whatever it says.  One such entry must always be left: it boots when a hidden device was needed.
 */
struct bootfile_clean {
	size_t n_xen, n_clean;
	bool *clean; /* by entry */
};
bool bootfile_has_clean(const struct bootfile *b);
void bootfile_find_clean(const struct bootfile *b, struct bootfile_clean *ret);
void bootfile_clean_done(struct bootfile_clean *c);

/* Entries that are there for when the normal one does not come up: Safe Mode, fallback, upgrade. */
bool grub_role_is_rescue(enum grub_role role);
