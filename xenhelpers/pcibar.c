/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcibar.c - BARs; see pcibar.h. */

#include <stdio.h>
#include <pci/pci.h>

#include "pcibar.h"

#define RESOURCE_MAX 8192
#define FLAG_IO 0x100u
#define FLAG_MEM 0x200u
#define FLAG_PREFETCH 0x2000u
#define FLAG_MEM_64 0x100000u
#define FLAG_UNSET 0x20000000u

#define EXT_CAP_REBAR 0x15

/* "0x..." and the blank behind it. */
static bool take_hex(const char **s, uint64_t *ret)
{
	_cleanup_free_ char *word = NULL;
	const char *digits = str_after(*s, "0x");
	size_t n;

	if (!digits)
		return false;
	n = strcspn(digits, " \n");
	word = xstrndup(digits, n);
	*s = digits + n + (digits[n] == ' ');
	return str_to_u64(word, 16, UINT64_MAX, ret);
}

static void add_bar(struct pcibars *b, unsigned index, uint64_t start, uint64_t end, uint64_t flags)
{
	if (!(flags & (FLAG_IO | FLAG_MEM)) || end < start)
		return;
	b->v[b->n++] = (struct pcibar){
		.index = index,
		.start = start,
		.size = end - start + 1,
		.io = flags & FLAG_IO,
		.wide = flags & FLAG_MEM_64,
		.prefetch = flags & FLAG_PREFETCH,
		.assigned = start && !(flags & FLAG_UNSET),
	};
}

int pcibars_parse(const char *text, struct pcibars *ret, struct err *err)
{
	struct pcibars b = { 0 };

	for (unsigned i = 0; i < PCIBAR_MAX && *text; i++) {
		uint64_t start, end, flags;

		if (!take_hex(&text, &start) || !take_hex(&text, &end) || !take_hex(&text, &flags) || (*text && *text != '\n'))
			return err_set(err, EINVAL, "line %u of 'resource' is not START END FLAGS", i + 1);
		text += *text == '\n';
		add_bar(&b, i, start, end, flags);
	}
	*ret = b;
	return 0;
}

int pcibars_read(const struct pcidevs *set, const struct pcidev *dev, struct pcibars *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	char path[64];
	int rc;

	if (set->from_dump)
		return err_set(err, ENODATA, "lspci.txt does not have the sizes of BARs");
	snprintf(path, sizeof(path), PCIDEV_SYSFS "/%s/resource", BDF_STR(dev->bdf));
	rc = host_read(set->host, path, RESOURCE_MAX, &text, err);
	return rc < 0 ? rc : pcibars_parse(strbuf_str(&text), ret, err);
}

uint64_t pcibars_memory(const struct pcibars *b)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < b->n; i++)
		if (!b->v[i].io && b->v[i].assigned)
			sum = b->v[i].size > UINT64_MAX - sum ? UINT64_MAX : sum + b->v[i].size;
	return sum;
}

enum tristate pcibar_resizable(const struct pcidevs *set, const struct pcidev *dev, uint64_t *now, uint64_t *max)
{
	int cap = pcidev_ext_cap(set, dev, EXT_CAP_REBAR);
	uint64_t best = 0, has = 0;
	uint32_t control, sizes;
	unsigned n;

	if (cap <= 0)
		return cap < 0 ? TRI_UNKNOWN : TRI_NO;
	if (!pcidev_config_read(set, dev, (unsigned)cap + 8, 4, &control))
		return TRI_UNKNOWN;
	n = MIN(control >> 5 & 7, 6u);
	for (unsigned i = 0; i < n; i++) {
		unsigned at = (unsigned)cap + 4 + 8 * i, top = 0;

		if (!pcidev_config_read(set, dev, at, 4, &sizes) || !pcidev_config_read(set, dev, at + 4, 4, &control))
			return TRI_UNKNOWN;
		for (unsigned bit = 4; bit < 32; bit++) /* bit 4 is 1 MiB */
			if (sizes >> bit & 1)
				top = bit - 4;
		if (sizes >> 4 && (1ull << 20 << top) > best) {
			best = 1ull << 20 << top;
			has = 1ull << 20 << MIN(control >> 8 & 0x3f, 40u);
		}
	}
	if (!best)
		return TRI_NO;
	*now = has;
	*max = best;
	return TRI_YES;
}
