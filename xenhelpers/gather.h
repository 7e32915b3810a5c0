/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gather.h - what goes into a recording: of every file, attribute, answer and field, those that our own readers use, and
 * nothing else.
 *
 * A recording is sent to strangers with a bug report, so everything is by an allow-list: the tables in gather_files.c
 * (files and sysfs attributes, by the readers that use them), gather_xen.c (xen.h's questions) and gather_xapi.c (fields of
 * XAPI's records).  *A reader that wants more adds it there*; tests/test-record holds that every command says the same on a recording as
 * on its original.  Not recorded: our own journal, which is never trusted elsewhere.
 *
 * Files that can hold more than we read are written reduced: of the inventory the keys that we read, of mountinfo the file system
 * options that name devices, of Open vSwitch's database the tables of bridges, ports and interfaces, of pci.ids the
 * names of the devices that are there.  In boot arguments and grub.cfg, what looks like a password is replaced by as many "x".
 */
#pragma once

#include "host.h"
#include "host_record.h"
#include "pcidev.h"
#include "xapi.h"
#include "xen.h"

struct gather {
	struct host *from;
	struct host_record *to;
	const struct pcidevs *pci; /* NULL: unknown */
	struct strv left_out;	   /* sentences: what is there and could not be recorded; a few, then how many more */
	size_t more;		   /* sentences beyond those */
	size_t blotted;		   /* values that look like passwords */
};
void gather_done(struct gather *g);

/* root/, lspci.txt.  Fails only when writing does: what cannot be read is left out, and told. */
int gather_root(struct gather *g, struct err *err);
/* xen.json: every question of xen.h that is answered. */
int gather_xen(struct gather *g, struct xen *x, struct err *err);
/* xapi.json: fields of the classes that we read. */
int gather_xapi(struct gather *g, struct xapi *x, struct err *err);

/* ---- between gather_*.c ---------------------------------------------------------------------------------- */

void gather_leave_out(struct gather *g, const char *fmt, ...) _printf_(2, 3);
/* A write's result: trouble with the place (a link in the way) leaves the file out, all else is a failure. */
int gather_wrote(struct gather *g, int rc, struct err *why, struct err *err);

int gather_usb_names(struct gather *g, struct err *err); /* of the USB devices that are there: udev's, and those of usb.ids */

/* Pure: text in, reduced text out (appended). */
void gather_text_mountinfo(const char *text, struct strbuf *out);
void gather_text_inventory(const char *text, struct strbuf *out);
size_t gather_text_args(const char *text, size_t len, struct strbuf *out); /* how many values were blotted */
size_t gather_text_grub(const char *text, size_t len, struct strbuf *out);
size_t gather_text_defaults(const char *text, size_t len, struct strbuf *out); /* /etc/default/grub: other lines are left empty */
void gather_text_pci_ids(const char *text, const struct pcidevs *set, struct strbuf *out);
