/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sriov.c - physical and virtual functions; see sriov.h. */

#include <stdio.h>
#include <pci/pci.h>

#include "sriov.h"

#define VDPA "/sys/bus/vdpa/devices"

enum tristate sriov_read(const struct pcidevs *set, const struct pcidev *pf, struct sriov *ret)
{
	int cap = pcidev_ext_cap(set, pf, PCI_EXT_CAP_ID_SRIOV);
	uint32_t total, num, offset, stride, device;
	unsigned at = (unsigned)cap;

	if (cap <= 0)
		return cap < 0 ? TRI_UNKNOWN : TRI_NO;
	if (!pcidev_config_read(set, pf, at + 0x0e, 2, &total) || !pcidev_config_read(set, pf, at + 0x10, 2, &num) ||
	    !pcidev_config_read(set, pf, at + 0x14, 2, &offset) || !pcidev_config_read(set, pf, at + 0x16, 2, &stride) ||
	    !pcidev_config_read(set, pf, at + 0x1a, 2, &device))
		return TRI_UNKNOWN;
	*ret = (struct sriov){ total, num, offset, stride, (uint16_t)device };
	return TRI_YES;
}

static int cmp_vf(const void *a, const void *b)
{
	const struct pcidev *x = *(const struct pcidev *const *)a, *y = *(const struct pcidev *const *)b;
	int c = bdf_cmp(x->physfn, y->physfn);

	return c ? c : bdf_cmp(x->bdf, y->bdf);
}

void sriov_index_build(const struct pcidevs *set, struct sriov_index *ret)
{
	struct sriov_index x = { 0 };

	for (size_t i = 0; i < set->n; i++) {
		if (!set->v[i].has_physfn)
			continue;
		ARRAY_GROW(x.v, x.n);
		x.v[x.n++] = &set->v[i];
	}
	if (x.n)
		qsort(x.v, x.n, sizeof(*x.v), cmp_vf);
	*ret = x;
}

void sriov_index_done(struct sriov_index *x)
{
	free(x->v);
	*x = (struct sriov_index){ 0 };
}

void sriov_vfs(const struct sriov_index *x, struct bdf pf, struct bdfset *ret)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (bdf_cmp(x->v[mid]->physfn, pf) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < x->n && bdf_eq(x->v[low]->physfn, pf); low++)
		bdfset_add(ret, x->v[low]->bdf);
}

void sriov_vdpa_places(struct host *h, struct strv *ret)
{
	_cleanup_strv_ struct strv names = { 0 };

	if (host_list(h, VDPA, &names, NULL) < 0)
		return;
	for (size_t i = 0; i < names.n; i++) {
		_cleanup_free_ char *path = xasprintf(VDPA "/%s", names.v[i]), *place = NULL;

		if (host_resolve(h, path, &place, NULL) == 0)
			strv_add_take(ret, TAKE_PTR(place));
	}
}

const char *sriov_vdpa(const struct strv *places, struct bdf bdf)
{
	char part[BDF_STRLEN + 2];

	snprintf(part, sizeof(part), "/%s/", BDF_STR(bdf));
	for (size_t i = 0; i < places->n; i++)
		if (strstr(places->v[i], part))
			return strrchr(places->v[i], '/') + 1;
	return NULL;
}
