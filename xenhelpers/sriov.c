/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sriov.c - physical and virtual functions; see sriov.h. */

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

void sriov_vfs(const struct pcidevs *set, struct bdf pf, struct bdfset *ret)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i].has_physfn && bdf_eq(set->v[i].physfn, pf))
			bdfset_add(ret, set->v[i].bdf);
}

char *sriov_vdpa(struct host *h, struct bdf bdf)
{
	_cleanup_free_ char *part = xasprintf("/%s/", BDF_STR(bdf));
	_cleanup_strv_ struct strv names = { 0 };

	if (host_list(h, VDPA, &names, NULL) < 0)
		return NULL;
	for (size_t i = 0; i < names.n; i++) {
		_cleanup_free_ char *path = xasprintf(VDPA "/%s", names.v[i]), *place = NULL;

		if (host_resolve(h, path, &place, NULL) == 0 && strstr(place, part))
			return xstrdup(names.v[i]);
	}
	return NULL;
}
