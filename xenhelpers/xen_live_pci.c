/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xen_live_pci.c - what Xen says of PCI devices, and making them assignable. */

#include "xen_live.h"

/* Xen's own number of a device: segment, bus, device and function in 32 bits. */
static int sbdf_of(struct bdf bdf, uint32_t *ret, struct err *err)
{
	if (!bdf_is_xapi(bdf))
		return err_set(err, ENODATA, "%s: Xen knows no PCI domains above ffff", BDF_STR(bdf));
	*ret = bdf.domain << 16 | (uint32_t)bdf.bus << 8 | (uint32_t)bdf.dev << 3 | bdf.fn;
	return 0;
}

static int failed_for(struct live *l, struct bdf bdf, const char *what, struct err *err)
{
	int rc = live_failed(l, err, what);

	err_wrap(err, "%s", BDF_STR(bdf));
	return rc;
}

int live_pci_nodes(void *priv, struct xen_pci_node **ret, size_t *n, struct err *err)
{
	struct live *l = priv;
	libxl_pcitopology *list;
	struct xen_pci_node *v;
	int count = 0, rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	list = libxl_get_pci_topology(l->ctx, &count);
	if (!list)
		return live_failed(l, err, "Xen does not tell the nodes of PCI devices");
	v = xcalloc((size_t)count, sizeof(*v));
	for (int i = 0; i < count; i++) {
		v[i].bdf = (struct bdf){ .domain = list[i].seg, .bus = list[i].bus, .dev = list[i].devfn >> 3,
					 .fn = list[i].devfn & 7 };
		v[i].node = list[i].node > INT32_MAX ? XEN_UNKNOWN : (int)list[i].node;
	}
	libxl_pcitopology_list_free(list, count);
	*ret = v;
	*n = (size_t)count;
	return 0;
}

/* ---- groups, reserved memory -------------------------------------------------------------------------------- */

/* Xen fills at most `room` members and does not tell when there are more: a full answer is asked again with more room. */
static int ask_group(struct live *l, uint32_t sbdf, uint32_t **ret, uint32_t *n)
{
	for (uint32_t room = 64;; room *= 2) {
		_cleanup_free_ uint32_t *v = xcalloc(room, sizeof(*v));
		uint32_t count = 0;

		if (xc_get_device_group(l->xch, 0, sbdf, room, &count, v))
			return -1;
		if (count < room || room >= 65536) {
			*ret = TAKE_PTR(v);
			*n = MIN(count, room);
			return 0;
		}
	}
}

int live_device_group(void *priv, struct bdf bdf, struct bdfset *ret, struct err *err)
{
	_cleanup_free_ uint32_t *members = NULL;
	struct live *l = priv;
	uint32_t sbdf = 0, n = 0;
	int rc = live_xch(l, err);

	if (rc == 0)
		rc = sbdf_of(bdf, &sbdf, err);
	if (rc < 0)
		return rc;
	if (ask_group(l, sbdf, &members, &n) < 0)
		return failed_for(l, bdf, "what Xen keeps together with it is unknown", err);
	/* The answer is written another way than the question: bus in bits 16 up, device and function in 8 up, the same segment. */
	for (uint32_t i = 0; i < n; i++)
		bdfset_add(ret, (struct bdf){ .domain = bdf.domain, .bus = (uint8_t)(members[i] >> 16),
					      .dev = members[i] >> 11 & 31, .fn = members[i] >> 8 & 7 });
	return 0;
}

static int ask_rdm(struct live *l, uint32_t sbdf, uint32_t flags, struct xen_reserved_device_memory *v, uint32_t *n)
{
	return xc_reserved_device_memory_map(l->xch, flags, (uint16_t)(sbdf >> 16), (uint8_t)(sbdf >> 8), (uint8_t)sbdf, v, n);
}

int live_reserved_memory(void *priv, const struct bdf *bdf, struct xen_rdm **ret, size_t *n, struct err *err)
{
	_cleanup_free_ struct xen_reserved_device_memory *raw = NULL;
	struct live *l = priv;
	uint32_t sbdf = 0, count = 0, flags = bdf ? 0 : XENMEM_RDM_ALL;
	struct xen_rdm *v;
	int rc = live_xch(l, err);

	if (rc == 0 && bdf)
		rc = sbdf_of(*bdf, &sbdf, err);
	if (rc < 0)
		return rc;
	/* With room for none Xen says how much it takes. */
	rc = ask_rdm(l, sbdf, flags, NULL, &count);
	if (rc < 0 && errno == ENOBUFS) {
		raw = xcalloc(count, sizeof(*raw));
		rc = ask_rdm(l, sbdf, flags, raw, &count);
	}
	if (rc < 0)
		return live_failed(l, err, "which memory is reserved for devices is unknown");
	v = xcalloc(count, sizeof(*v));
	for (uint32_t i = 0; raw && i < count; i++)
		v[i] = (struct xen_rdm){ raw[i].start_pfn, raw[i].nr_pages };
	*ret = v;
	*n = raw ? count : 0;
	return 0;
}

int live_assign_state(void *priv, struct bdf bdf, enum xen_assign_state *ret, struct err *err)
{
	struct live *l = priv;
	uint32_t sbdf = 0;
	int rc = live_xch(l, err);

	if (rc == 0)
		rc = sbdf_of(bdf, &sbdf, err);
	if (rc < 0)
		return rc;
	/* For no domain: "could anybody get it?" For dom0 the answer is always no. */
	if (!xc_test_assign_device(l->xch, DOMID_INVALID, sbdf)) {
		*ret = XEN_ASSIGN_FREE;
		return 0;
	}
	if (errno != EINVAL && errno != EBUSY && errno != ENODEV)
		return failed_for(l, bdf, "whether it can be assigned is unknown", err);
	*ret = XEN_ASSIGN_TAKEN;
	return 0;
}

/* ---- assignable ------------------------------------------------------------------------------------------------- */

static void free_pci_list(libxl_device_pci *list, int n)
{
#ifdef LIBXL_HAVE_DEVICE_PCI_ASSIGNABLE_LIST_FREE
	libxl_device_pci_assignable_list_free(list, n);
#else
	for (int i = 0; i < n; i++)
		libxl_device_pci_dispose(&list[i]);
	free(list);
#endif
}

int live_assignable(void *priv, struct bdfset *ret, struct err *err)
{
	struct live *l = priv;
	libxl_device_pci *list;
	int n = 0, rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	list = libxl_device_pci_assignable_list(l->ctx, &n);
	/* None and a failure look the same but for the log: pciback that is not loaded is said there. */
	if (!list && l->level >= XTL_ERROR) {
		rc = live_failed(l, err, "which devices are assignable is unknown");
		err_hint(err, "load the module xen-pciback");
		return rc;
	}
	for (int i = 0; i < n; i++)
		bdfset_add(ret, (struct bdf){ .domain = (uint32_t)list[i].domain, .bus = list[i].bus, .dev = list[i].dev,
					      .fn = list[i].func });
	free_pci_list(list, n);
	return 0;
}

static int move_device(struct live *l, struct bdf bdf, bool rebind, struct err *err, const char *what,
		       int (*move)(libxl_ctx *ctx, libxl_device_pci *pci, int rebind))
{
	libxl_device_pci pci;
	uint32_t sbdf;
	int rc = sbdf_of(bdf, &sbdf, err);

	if (rc == 0)
		rc = live_ctx(l, err);
	if (rc < 0)
		return rc;
	libxl_device_pci_init(&pci);
	pci.domain = (int)bdf.domain;
	pci.bus = bdf.bus;
	pci.dev = bdf.dev;
	pci.func = bdf.fn;
	if (move(l->ctx, &pci, rebind)) {
		errno = EIO; /* libxl's own codes are no errno, and what errno holds may be of something that went well */
		rc = failed_for(l, bdf, what, err);
	}
	libxl_device_pci_dispose(&pci);
	return rc;
}

int live_assignable_add(void *priv, struct bdf bdf, bool rebind, struct err *err)
{
	return move_device(priv, bdf, rebind, err, "it could not be made assignable", libxl_device_pci_assignable_add);
}

int live_assignable_remove(void *priv, struct bdf bdf, bool rebind, struct err *err)
{
	return move_device(priv, bdf, rebind, err, "it could not be given back to dom0", libxl_device_pci_assignable_remove);
}
