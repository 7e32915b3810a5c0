/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcireset.c - how a function can be reset; see pcireset.h. */

#include <stdio.h>
#include <pci/pci.h>

#include "pcireset.h"

#define CAP_AF 0x13
#define AF_TP_AND_FLR 3u
#define DEVCAP_FLR (1u << 28)
#define NO_SOFT_RESET 8u

/* One bit of a capability, at off from its start. */
static enum tristate cap_word(const struct pcidevs *set, const struct pcidev *dev, unsigned id, unsigned off, uint32_t *ret)
{
	int cap = pcidev_cap(set, dev, id);

	if (cap <= 0)
		return cap < 0 ? TRI_UNKNOWN : TRI_NO;
	return pcidev_config_read(set, dev, (unsigned)cap + off, 4, ret) ? TRI_YES : TRI_UNKNOWN;
}

static bool is_liar(const struct pcidev *dev)
{
	static const uint16_t ids[][2] = {
		{ 0x1022, 0x1487 }, { 0x1022, 0x148c }, { 0x1022, 0x149c }, { 0x1022, 0x7901 },
		{ 0x8086, 0x1502 }, { 0x8086, 0x1503 },
	};

	for (size_t i = 0; dev->ids_known && i < ARRAY_SIZE(ids); i++)
		if (dev->vendor == ids[i][0] && dev->device == ids[i][1])
			return true;
	return false;
}

enum tristate pcireset_kernel(const struct pcidevs *set, const struct pcidev *dev)
{
	char path[64];
	int there;

	if (set->from_dump)
		return TRI_UNKNOWN;
	snprintf(path, sizeof(path), PCIDEV_SYSFS "/%s/reset", BDF_STR(dev->bdf));
	there = host_exists(set->host, path, NULL);
	if (there > 0)
		return TRI_YES;
	return there == 0 && host_is_live(set->host) ? TRI_NO : TRI_UNKNOWN;
}

static bool is_below(const struct pcidevs *set, const struct pcidev *dev, struct bdf bridge)
{
	while (dev && dev->has_parent) {
		if (bdf_eq(dev->parent, bridge))
			return true;
		dev = pcidevs_parent(set, dev);
	}
	return false;
}

void pcireset_read(const struct pcidevs *set, const struct pcidev *dev, struct pcireset *ret)
{
	struct pcireset r = { .liar = is_liar(dev), .bus = dev->has_parent && !dev->is_vf };
	uint32_t v;

	r.flr = cap_word(set, dev, PCI_CAP_ID_EXP, 4, &v);
	if (r.flr == TRI_YES)
		r.flr = v & DEVCAP_FLR ? TRI_YES : TRI_NO;
	r.af_flr = cap_word(set, dev, CAP_AF, 0, &v);
	if (r.af_flr == TRI_YES)
		r.af_flr = (v >> 24 & AF_TP_AND_FLR) == AF_TP_AND_FLR ? TRI_YES : TRI_NO;
	r.pm = cap_word(set, dev, PCI_CAP_ID_PM, 4, &v);
	if (r.pm == TRI_YES)
		r.pm = v & NO_SOFT_RESET ? TRI_NO : TRI_YES;
	*ret = r;
}

void pcireset_hits(const struct pcidevs *set, const struct pcidev *dev, struct bdfset *ret)
{
	for (size_t i = 0; dev->has_parent && i < set->n; i++)
		if (&set->v[i] != dev && is_below(set, &set->v[i], dev->parent))
			bdfset_add(ret, set->v[i].bdf);
}

enum tristate pcireset_own(const struct pcireset *r)
{
	bool flr = (r->flr == TRI_YES || r->af_flr == TRI_YES) && !r->liar;

	if (flr || r->pm == TRI_YES)
		return TRI_YES;
	return r->flr == TRI_UNKNOWN || r->af_flr == TRI_UNKNOWN || r->pm == TRI_UNKNOWN ? TRI_UNKNOWN : TRI_NO;
}
