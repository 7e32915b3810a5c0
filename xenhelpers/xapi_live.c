/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_live.c - module: XAPI on its unix socket.  Not built in yet: it says so. */

#include "xapi.h"

static int live_open(struct host *h, void **priv, struct err *err)
{
	err_set(err, ENOSYS, "asking the running XAPI is not built in yet");
	return err_hint(err, "recordings work: --host-dir DIR");
}

_export_ extern const struct xapi_ops xapi_live_ops;
const struct xapi_ops xapi_live_ops = {
	.open = live_open,
};
