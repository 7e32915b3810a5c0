/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_gpu.c - graphics cards: XAPI's own way with them, and those that do not go; see checks.h (facts, section 8).
 *
 * GPU_MANAGED		a VM has a VGPU of the card's group: XAPI may give it this card by itself, or has.
 * GPU_MXGPU		AMD S7150x2 (1002:692f): xenguest makes its VM a hole of 2 GiB; MxGPU would share it instead.
 * GPU_INTEGRATED	graphics of the processor or chipset: no option ROM of its own, not supported (XCP-ng's documentation).  Intel's
 *			is on bus 0; AMD's shares its slot with other parts of the processor (vendor 1022).
 */

#include "plugin/checks_private.h"
#include "xenhelpers/xapigpu.h"

#define DISPLAY 0x03
#define INTEL 0x8086
#define AMD_GPU 0x1002
#define AMD_CPU 0x1022
#define S7150X2 0x692f

static const struct pcidev *gpu_at(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);

	return dev && dev->class >> 16 == DISPLAY ? dev : NULL;
}

static void check_managed(struct asking *a, struct bdf bdf)
{
	_cleanup_(xapigpu_done) struct xapigpu g = { 0 };
	_cleanup_free_ char *names = NULL;
	const struct this_host *here;
	struct err err = { 0 };
	struct xapi *x = NULL;
	bool known;

	if (!gpu_at(a, bdf))
		return;
	known = facts_this_host(a->facts, &here, NULL) == 0;
	if (facts_xapi(a->facts, &x, &err) < 0 || xapigpu_read(x, known ? here->ref : NULL, bdf, &g, &err) < 0) {
		/* A Xen host that never had XAPI has nobody who would. */
		if (!x && !facts_brand(a->facts))
			return;
		check_unknown(a, BDF_STR(bdf), "whether XAPI gives the card away by itself (PGPU, VGPU)", err.text,
			      "look with xe pgpu-list and xe vgpu-list");
		return;
	}
	if (!g.vms.n && !g.running)
		return;
	names = strv_join(&g.vms, ", ");
	check_found(a, BDF_STR(bdf), names, "one way for one card: remove the VGPU (xe vgpu-destroy), or leave the card to XAPI",
		    g.running ? "XAPI has %s in use for a VGPU" : "XAPI may give %s to a VM by itself: one has a VGPU of the card's group",
		    BDF_STR(bdf));
}

static void check_mxgpu(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = gpu_at(a, bdf);

	if (dev && dev->vendor == AMD_GPU && dev->device == S7150X2)
		check_found(a, BDF_STR(bdf), "1002:692f", NULL,
			    "%s is half of an S7150x2: its VM gets a hole of 2 GiB below 4 GiB; MxGPU would share the card instead",
			    BDF_STR(bdf));
}

/* A part of the processor in the same slot; NULL: none. */
static const struct pcidev *cpu_part(struct asking *a, struct bdf bdf)
{
	for (uint8_t fn = 0; fn < 8; fn++) {
		struct bdf other = bdf;
		const struct pcidev *dev;

		other.fn = fn;
		dev = check_device(a, other);
		if (dev && dev->vendor == AMD_CPU)
			return dev;
	}
	return NULL;
}

static void check_integrated(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = gpu_at(a, bdf), *part = NULL;
	_cleanup_free_ char *evidence = NULL;

	if (!dev)
		return;
	if (dev->vendor == INTEL && !dev->bdf.bus && !dev->has_parent)
		evidence = xstrdup("Intel graphics on bus 0");
	else if (dev->vendor == AMD_GPU && (part = cpu_part(a, bdf)))
		evidence = xasprintf("AMD graphics in one slot with %s, a part of the processor", BDF_STR(part->bdf));
	if (evidence)
		check_found(a, BDF_STR(bdf), evidence, "use a card in a slot",
			    "%s is an integrated GPU: XCP-ng does not support giving it to a VM, for it has no option ROM of its own",
			    BDF_STR(bdf));
}

/* ---- the table -------------------------------------------------------------------------------------------------------- */

#define WHEN (CHECK_HIDE | CHECK_ATTACH)

static const struct check rows[] = {
	{ "GPU_MANAGED", SEV_WARN, false, WHEN, check_managed, NULL },
	{ "GPU_INTEGRATED", SEV_WARN, false, WHEN, check_integrated, NULL },
	{ "GPU_MXGPU", SEV_INFO, false, WHEN, check_mxgpu, NULL },
};
const struct check_table checks_gpu = CHECK_TABLE(rows);
