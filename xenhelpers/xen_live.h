/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xen_live.h - private to xen_live*.c: the connections to the running hypervisor, made when first needed, and the one way in
 * which a failure of its libraries becomes our error.
 *
 * libxl has no stable ABI across releases of Xen, so nothing outside of these files may see its types.  4.13 is the oldest release that
 * we build for, hence the API version.
 */
#pragma once

#define LIBXL_API_VERSION 0x041300

#include <libxl.h>
#include <libxl_utils.h>
#include <xenctrl.h>
#include <xenstore.h>
#include <xentoollog.h>

#include "str.h"
#include "xen.h"

struct live {
	xentoollog_logger logger; /* first: the libraries hand it back to us */
	int level;		  /* of the line that is kept */
	char line[512];

	libxl_ctx *ctx;
	xc_interface *xch;
	struct xs_handle *xs;
};

/*
 * Before each question: forget the log line and errno of the one before, and have the connection that the
 * question needs.
 */
int live_ctx(struct live *l, struct err *err);
int live_xch(struct live *l, struct err *err);
int live_xs(struct live *l, struct err *err);

/*
 * A library said no: `what` is what could not be had, the cause is the last thing that the library logged, else errno.
 * Call it before anything else that may change errno.
 */
int live_failed(struct live *l, struct err *err, const char *what);

/* xen_live_pci.c */
int live_pci_nodes(void *priv, struct xen_pci_node **ret, size_t *n, struct err *err);
int live_assignable(void *priv, struct bdfset *ret, struct err *err);
int live_device_group(void *priv, struct bdf bdf, struct bdfset *ret, struct err *err);
int live_reserved_memory(void *priv, const struct bdf *bdf, struct xen_rdm **ret, size_t *n, struct err *err);
int live_assign_state(void *priv, struct bdf bdf, enum xen_assign_state *ret, struct err *err);
int live_assignable_add(void *priv, struct bdf bdf, bool rebind, struct err *err);
int live_assignable_remove(void *priv, struct bdf bdf, bool rebind, struct err *err);

/* xen_live_domains.c */
int live_domains(void *priv, struct xen_domain **ret, size_t *n, struct err *err);
int live_vcpu_pins(void *priv, int domid, struct cpumask **ret, size_t *n, struct err *err);
int live_node_affinity(void *priv, int domid, struct cpumask *ret, struct err *err);
int live_pin_vcpus(void *priv, int domid, const struct cpumask *v, size_t n, struct err *err);
int live_cpu_pools(void *priv, struct xen_cpupool **ret, size_t *n, struct err *err);
