/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xen_live.c - module: the running hypervisor.  Not built in yet: it says so. */

#include "xen.h"

static int live_open(struct host *h, void **priv, struct err *err)
{
	err_set(err, ENOSYS, "asking the running hypervisor is not built in yet");
	return err_hint(err, "recordings work: --host-dir DIR");
}

_export_ extern const struct xen_ops xen_live_ops;
const struct xen_ops xen_live_ops = {
	.open = live_open,
};
