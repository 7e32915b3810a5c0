/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lvm.h - which volume group a block device belongs to, from the label on the disk: for repositories that XAPI does not tell of.
 *
 * LVM2's on-disk format (lib/format_text/layout.h and lib/label/label.h of LVM2): one of the first four sectors begins with
 * "LABELONE" and has the type "LVM2 001"; the header of the physical volume in it lists data areas and then metadata areas, each
 * by offset and size, each list ended by zeros; a metadata area begins with a header of 512 bytes, whose first location is where the
 * text begins: "NAME {".  XAPI names its groups VG_XenStorage-UUID (type lvm) and XSLocalEXT-UUID (type ext).  Checksums are not looked at:
 * whoever wrote a wrong one used the name all the same.
 *
 * At most 4 KiB are read.  A recording has no device nodes: what host-record puts in the node's place is a file with a label and a name, and
 * nothing else of the disk.
 */
#pragma once

#include "host.h"

#define LVM_LABEL_MAX 2048 /* where a label can be */

/*
 * 1: the device is a physical volume of the group *vg (caller frees; NULL: it keeps no metadata, other disks of the group do); 0: it has no
 * label; negative: it cannot be read, -EINVAL: the label is broken.
 */
int lvm_read(struct host *h, const char *device, char **vg, struct err *err);

/* Pure, of the first bytes: 1 a label, *at is where its metadata area begins (0: none); 0 no label; -EINVAL broken. */
int lvm_parse_label(const void *bytes, size_t n, uint64_t *at, struct err *err);

/* A file that lvm_read() reads as a label of this group. */
void lvm_make_label(const char *vg, struct strbuf *ret);

/* The uuid of the repository that keeps its disks in a group of this name, or NULL. */
const char *lvm_repository(const char *vg);
