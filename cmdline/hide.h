/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hide.h - the grammar of xen-pciback.hide.
 *
 * Read as the kernel reads it (pcistub_init and pcistub_device_id_add in drivers/xen/xen-pciback/pci_stub.c, and the
 * kernel's own sscanf; facts 4.3): items "(D:B:S.F)", "(D:B:S.*)", "(D:B:*.*)" and the same without the domain; hex
 * digits of any number in either case, with or without 0x; blanks before an item, behind "(", ":", "." where a number
 * follows, and behind an item.  Each number is cut to 32 bits; then, since Linux 3.7, a domain above ffff, a bus above
 * ff, a slot above 1f or a function above 7 is an error, while a negative slot or function (80000000 and up) is a "*".
 * One bad item of either kind and the driver does not register at all: no device is hidden, nothing can be passed
 * through.  XAPI's own reader is narrower: exactly "(dddd:bb:dd.f)", 14 characters an item, nothing between
 * (facts 4.1). Written: that form, lower case, sorted, each once.
 *
 * The key has three spellings for the kernel: "xen-pciback.hide", "xen_pciback.hide" (dashes and underscores are the
 * same), and "pciback.hide" (the name of old XenServer kernels: nothing reads it any more).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xenhelpers/bdf.h"
#include "xenhelpers/err.h"
#include "xenhelpers/str.h"

#define HIDE_KEY "xen-pciback.hide"

enum hide_verdict {
	HIDE_CANONICAL, /* as we write it */
	HIDE_SHORT,	/* no domain: the kernel takes 0000, XAPI's reader fails */
	HIDE_WILDCARD,	/* a "*": the kernel expands it, XAPI's reader fails */
	HIDE_FORM, /* width, case, or blanks that the kernel takes; XAPI's reader fails, or does not find the device */
	HIDE_WIDE_DOMAIN, /* a domain above ffff, as Intel VMD numbers them: the kernel refuses the whole list */
	HIDE_BAD,	  /* the kernel refuses the whole list */
};

struct hide_item {
	size_t off, len; /* in the value */
	enum hide_verdict verdict;
	struct bdf bdf; /* dev and fn are meaningless where starred; all of it for BAD */
	bool any_dev, any_fn;
	const char *why; /* what is wrong, for all but CANONICAL: static text */
	size_t at;	 /* the byte in the value that shows it */
};

struct hidelist {
	struct hide_item *v; /* up to and including the first that the kernel refuses */
	size_t n;
	bool kernel_accepts; /* no WIDE_DOMAIN and no BAD item (an empty value is accepted and hides nothing) */
	bool xapi_accepts;   /* XAPI's reader does not fail (upper case it reads, but then does not find the device) */
};

void hide_parse(const char *value, struct hidelist *ret); /* never fails: the verdicts tell */
void hide_done(struct hidelist *l);

/* 0, or -EINVAL with the bad item named and pointed at; `name` says where the value stands ("/boot/grub/grub.cfg, entry
 * 'XCP-ng'"). */
int hide_check(const char *name, const char *value, struct err *err);

bool hide_item_covers(const struct hide_item *item, struct bdf bdf);
bool hide_covers(const struct hidelist *l, struct bdf bdf);

/*
 * "(0000:04:00.0)(0000:04:00.1)"; the set is written sorted and unique; caller frees. "" for an empty set.
 * Addresses that are not bdf_is_xapi() must not be in it: the kernel would refuse the list.
 */
char *hide_format(const struct bdfset *set);

/* Is this key one of the spellings that the kernel of dom0 takes for the hide list?  Not "pciback.hide". */
bool hide_is_key(const char *key);
/* Any spelling, the dead one included. */
bool hide_is_key_like(const char *key);
