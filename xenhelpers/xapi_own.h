/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_own.h - what this program keeps in pool.other_config, a map that is shared with others: its keys begin with XAPI_OWN.
 *
 * Anybody with a login of pool-operator writes there, so values are any text, and no more than XAPI_OWN_MAX keys are kept.
 */
#pragma once

#include "xapi.h"

#define XAPI_OWN "xe-passthrough:"
#define XAPI_OWN_MAX 1024

struct xapi_own {
	char *ref, *uuid, *name; /* of the pool */
	struct xapi_own_key {
		char *key, *value;
	} *v; /* in the order XAPI gave */
	size_t n;
	bool more; /* there are more than these */
};

/* One request.  -ENODATA: XAPI knows no pool. */
int xapi_own_read(struct xapi *x, struct xapi_own *ret, struct err *err);
void xapi_own_done(struct xapi_own *o);
const char *xapi_own_get(const struct xapi_own *o, const char *key); /* its value; NULL: no such key */
