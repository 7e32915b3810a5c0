/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_copy.h - the copy of the desired state in XAPI: host.other_config, one key.
 *
 * It is there to be looked at, from any host of the pool, and for `state-import from=xapi` when the file is lost.  That map can be
 * written by people who may write neither boot parameters nor a VM's `pci` key, and read by all: so boot parameters, overrides, rules of the USB policy
 * and command lines are not in it and never taken from it, it says whose it is, and nothing ever follows it by itself.
 *
 *	{"format": 1, "host": UUID, "hidden": […], "vms": […]}       as in the file (state.h), on one line, without "command"
 */
#pragma once

#include "plugin/state.h"

#define STATE_COPY_MAP "other_config"
#define STATE_COPY_KEY XAPI_OWN "state"
#define STATE_COPY_NAME "host.other_config:" STATE_COPY_KEY
#define STATE_COPY_MAX (64u << 10) /* bytes: XAPI keeps the map of every host in each database of the pool */

/* Its text for the host with this uuid; empty: nothing to copy.  -EFBIG: too much is wanted. -EILSEQ: no UTF-8. */
int state_copy_format(const struct state *s, const char *uuid, struct strbuf *ret, struct err *err);

/*
 * Take hidden devices and VMs out of a copy.  -EINVAL: it is none, or not such as this program writes; -ENOTSUP: of a newer format; -EXDEV:
 * another host's.  Every device has its identity, and VMs name no other devices.  Stamps and names of VMs are left out: anybody could have written them.
 */
int state_copy_parse(const char *text, const char *uuid, struct state *ret, struct err *err);

/* What XAPI has now; *ret NULL: none.  Caller frees.  One or two requests. */
int state_copy_read(struct facts *f, char **ret, struct err *err);
