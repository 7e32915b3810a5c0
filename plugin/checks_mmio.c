/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_mmio.c - is there room for a device's memory in a guest?  See checks.h and pcibar.h.
 *
 * Facts F10, D7 and section 8: xenguest makes the hole below 4 GiB of 256 MiB plus all BARs of the VM's devices (64-bit ones and ROMs
 * too), by doubling, up to 2 GiB; hvmloader then moves 64-bit BARs over 1 GiB above the guest's RAM, as far as the guest's
 * physical addresses reach.  A BAR that the firmware left without a place counts as nothing.  Xen's HVM machine is an i440fx: guests see
 * 256 bytes of config space.
 *
 * BAR_LARGE		a 64-bit BAR over 1 GiB: above 4 GiB in the guest; a warning where it would not fit the host's addresses.
 * BAR_HOLE		the low hole that a VM gets.  Like BAR_LARGE not of PV guests: they see the host's addresses.
 * VM_BIOS_LARGE_BAR	the VM has a BAR that goes above 4 GiB, and a BIOS, which is 32-bit code.
 * BAR_UNASSIGNED	a BAR without a place.
 * BAR_RESIZABLE	a BAR that can be made larger or smaller.
 * BAR_UNKNOWN		sizes are not to be had.
 * EXTCONFIG		capabilities that a guest's driver will not find.
 */

#include <pci/pci.h>

#include "plugin/checks_private.h"
#include "xenhelpers/pcibar.h"

#define GIB (1ull << 30)
#define HOLE_MIN (256ull << 20)
#define HOLE_MAX (2 * GIB)
#define LARGE_CARD (32 * GIB) /* from here on guests' firmware and drivers have to be asked (facts D7) */
#define CPUINFO_MAX (1u << 22)

static char *size_text(uint64_t n)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB" };
	size_t u = 0;

	while (n && n % 1024 == 0 && u + 1 < ARRAY_SIZE(units)) {
		n /= 1024;
		u++;
	}
	return xasprintf("%llu %s", (unsigned long long)n, units[u]);
}

/* NULL: no device that goes to a VM, or (*err says so) unknown. */
static const struct pcibars *bars_of(struct asking *a, struct bdf bdf, struct err *err)
{
	const struct pcidev *dev = check_device(a, bdf);
	const struct pcibars *bars = NULL;

	if (dev && !pcidev_is_bridge(dev))
		facts_bars(a->facts, dev, &bars, err);
	return bars;
}

/* ---- large BARs -------------------------------------------------------------------------------------------------- */

/* Bits of the host's physical addresses, which its guests have too; 0 unknown. */
static unsigned address_bits(struct facts *f)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *s;
	unsigned bits = 0;

	if (host_read(facts_host(f), "/proc/cpuinfo", CPUINFO_MAX, &text, NULL) < 0)
		return 0;
	s = strstr(strbuf_str(&text), "address sizes");
	s = s ? strchr(s, ':') : NULL;
	if (s)
		bits = (unsigned)strtoul(s + 1, NULL, 10);
	return bits >= 32 && bits <= 64 ? bits : 0;
}

/* Above the guest's RAM, at a multiple of its size. */
static bool fits(struct asking *a, uint64_t size, unsigned bits)
{
	uint64_t ram = a->req->vm && a->req->vm->memory_max > 0 ? (uint64_t)a->req->vm->memory_max : 0;
	uint64_t end = bits >= 63 ? UINT64_MAX / 2 : 1ull << bits;

	return size < end && ram + 4 * GIB < end - size && (ram + 4 * GIB + size - 1) / size < end / size;
}

static bool is_uefi(const struct vm *vm)
{
	return vm && vm->firmware && streq(vm->firmware, "uefi");
}

/* hvmloader moves it. */
static bool goes_high(const struct pcibar *bar)
{
	return bar->wide && bar->assigned && !bar->io && bar->size > GIB;
}

static void large_bar(struct asking *a, struct bdf bdf, const struct pcibar *bar)
{
	_cleanup_free_ char *size = size_text(bar->size), *text = NULL, *evidence = NULL;
	unsigned bits = address_bits(a->facts);
	bool bad = bits && !fits(a, bar->size, bits);
	const char *advice = bar->size < LARGE_CARD ? "" : is_uefi(a->req->vm) ? ", which should have a 64-bit system" :
			     ", which should have UEFI firmware and a 64-bit system";

	text = xasprintf("BAR %u of %s has %s: it goes above 4 GiB in a guest%s%s", bar->index, BDF_STR(bdf), size, advice,
			 bad ? ", and does not fit below the end of its physical addresses" : "");
	evidence = bits ? xasprintf("sysfs resource; physical addresses of this CPU have %u bits", bits) :
			  xstrdup("sysfs resource; the width of this CPU's addresses is unknown");
	check_found_as(a, bad ? SEV_WARN : SEV_INFO, BDF_STR(bdf), evidence,
		       bad ? "a smaller BAR (resizable BAR off in the BIOS), less memory for the VM, or another host" : NULL, text);
}

static void check_large(struct asking *a, struct bdf bdf)
{
	const struct pcibars *bars = bars_of(a, bdf, NULL);

	if (a->req->vm && a->req->vm->is_hvm == TRI_NO)
		return;
	for (size_t i = 0; bars && i < bars->n; i++)
		if (goes_high(&bars->v[i]))
			large_bar(a, bdf, &bars->v[i]);
}

static void check_hole(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *sum_text = NULL, *hole_text = NULL;
	uint64_t sum = 0, hole = HOLE_MIN;

	if (vm->is_hvm == TRI_NO)
		return;
	check_vm_all_devices(a, vm, &devices);
	for (size_t i = 0; i < devices.n; i++) {
		const struct pcibars *bars = bars_of(a, devices.v[i], NULL);

		if (bars)
			sum += MIN(pcibars_memory(bars), 1ull << 52);
	}
	if (!sum)
		return;
	while (hole < HOLE_MAX && hole < HOLE_MIN + sum)
		hole *= 2;
	sum_text = size_text(sum);
	hole_text = size_text(hole);
	check_found(a, vm->uuid, "as xenguest counts: all BARs and ROMs, doubling from 256 MiB up to 2 GiB", NULL,
		    "the devices of '%s' have %s of BARs: its hole below 4 GiB becomes %s", vm->name, sum_text, hole_text);
}

static void tell_bios(struct asking *a, const struct vm *vm, struct bdf bdf, const struct pcibar *bar)
{
	_cleanup_free_ char *size = size_text(bar->size), *remedy = NULL;

	remedy = xasprintf("a guest that was installed with UEFI: vm-pci-attach uuid=%s device=... firmware=uefi", vm->uuid);
	check_found(a, vm->uuid, vm->firmware ? "HVM_boot_params:firmware of the VM" : "the VM names no firmware: XAPI takes a BIOS", remedy,
		    "'%s' starts with a BIOS, and BAR %u of %s (%s) goes above 4 GiB: neither the BIOS nor a 32-bit system reaches it",
		    vm->name, bar->index, BDF_STR(bdf), size);
}

static void check_bios(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };

	if (!vm_is_bios(vm))
		return;
	check_vm_all_devices(a, vm, &devices);
	for (size_t d = 0; d < devices.n; d++) {
		const struct pcibars *bars = bars_of(a, devices.v[d], NULL);

		for (size_t i = 0; bars && i < bars->n; i++)
			if (goes_high(&bars->v[i]))
				tell_bios(a, vm, devices.v[d], &bars->v[i]);
	}
}

/* ---- others ------------------------------------------------------------------------------------------------------------ */

static void check_unassigned(struct asking *a, struct bdf bdf)
{
	const struct pcibars *bars = bars_of(a, bdf, NULL);

	for (size_t i = 0; bars && i < bars->n; i++) {
		_cleanup_free_ char *size = size_text(bars->v[i].size);

		if (!bars->v[i].assigned && bars->v[i].index != PCIBAR_ROM)
			check_found(a, BDF_STR(bdf), "sysfs resource: it begins at 0",
				    "switch on 'Above 4G decoding' in the BIOS, or off what takes the room; look for a BIOS update",
				    "the BIOS gave BAR %u of %s (%s) no place: a guest cannot use it", bars->v[i].index, BDF_STR(bdf), size);
	}
}

static void check_sizes_unknown(struct asking *a, struct bdf bdf)
{
	struct err err = { 0 };

	if (!bars_of(a, bdf, &err) && err.code)
		check_unknown(a, BDF_STR(bdf), "how much memory space the device needs", err.text,
			      "look on the running host: /sys/bus/pci/devices has it");
}

static void check_resizable(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	struct pcidevs *set = NULL;
	uint64_t now, max;

	if (!dev || pcidev_is_bridge(dev) || facts_pci(a->facts, &set, NULL) < 0)
		return;
	if (pcibar_resizable(set, dev, &now, &max) == TRI_YES) {
		_cleanup_free_ char *now_text = size_text(now), *max_text = size_text(max);

		check_found(a, BDF_STR(bdf), "Resizable BAR capability", NULL,
			    "a BAR of %s is resizable: it has %s now and can have %s; a guest gets it as the BIOS left it", BDF_STR(bdf),
			    now_text, max_text);
	}
}

static void check_extended(struct asking *a, struct bdf bdf)
{
	static const struct {
		unsigned id;
		const char *name;
	} caps[] = { { PCI_EXT_CAP_ID_SRIOV, "SR-IOV" }, { 0x0f, "ATS" }, { 0x13, "PRI" }, { 0x1b, "PASID" }, { 0x15, "Resizable BAR" } };
	const struct pcidev *dev = check_device(a, bdf);
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *all = NULL;
	struct pcidevs *set = NULL;

	if (!dev || pcidev_is_bridge(dev) || facts_pci(a->facts, &set, NULL) < 0)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(caps); i++)
		if (pcidev_ext_cap(set, dev, caps[i].id) > 0)
			strv_add(&names, caps[i].name);
	if (!names.n)
		return;
	all = strv_join(&names, ", ");
	check_found(a, BDF_STR(bdf), "extended config space", NULL,
		    "a guest does not see these capabilities of %s: %s (Xen's guests have 256 bytes of config space a device)", BDF_STR(bdf),
		    all);
}

/* ---- the table ------------------------------------------------------------------------------------------------------------- */

#define WHEN (CHECK_HIDE | CHECK_ATTACH)

static const struct check rows[] = {
	{ "BAR_UNKNOWN", SEV_UNKNOWN, false, CHECK_ATTACH, check_sizes_unknown, NULL },
	{ "BAR_UNASSIGNED", SEV_WARN, false, WHEN, check_unassigned, NULL },
	{ "BAR_LARGE", SEV_INFO, false, WHEN, check_large, NULL },
	{ "BAR_HOLE", SEV_INFO, false, CHECK_ATTACH, NULL, check_hole },
	{ "VM_BIOS_LARGE_BAR", SEV_WARN, false, CHECK_ATTACH, NULL, check_bios },
	{ "BAR_RESIZABLE", SEV_INFO, false, WHEN, check_resizable, NULL },
	{ "EXTCONFIG", SEV_INFO, false, CHECK_ATTACH, check_extended, NULL },
};
const struct check_table checks_mmio = CHECK_TABLE(rows);
