/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks_irq.c - interrupt vectors: of a device, of a VM, of the host; see checks.h and irqbudget.h (facts D5, F1).
 *
 * IRQ_VECTORS		how many a device can ask for: the size of its MSI-X table, else one for MSI; INTx costs none.
 * IRQ_UNKNOWN		config space is too short to tell.
 * IRQ_BUDGET		the devices of a VM can ask for more than extra_guest_irqs of the next boot gives it, or, where the VM starts now, than
 *			that of the running Xen.  Asked of a host as it is: a plan that attaches raises the number by itself.
 * IRQ_HOST_LIMIT	the devices of all VMs can ask for more than Xen has: "IRQ limits: N GSI, M MSI/MSI-X" of its log.  Where the
 *			ring has lost that line, M is at least 192 a CPU, less the GSIs (facts D5): unknown only where the sum comes near.
 */

#include "cmdline/bootargs.h"
#include "cmdline/irqbudget.h"
#include "plugin/checks_private.h"
#include "xenhelpers/vmpci.h"

/* Half of what Xen 4.13 has for a CPU: no doubt arises below. */
#define SURE_PER_CPU 96u

/* ---- a device -------------------------------------------------------------------------------------------------- */

/* False: unknown.  *msix is 0 without MSI-X. */
static bool device_vectors(struct asking *a, const struct pcidev *dev, unsigned *msix, bool *msi)
{
	struct pcidevs *set = NULL;
	int n = facts_pci(a->facts, &set, NULL) < 0 ? PCIDEV_UNKNOWN : pcidev_msix_vectors(set, dev);
	enum tristate has_msi;

	if (n == PCIDEV_UNKNOWN)
		return false;
	has_msi = pcidev_has_msi(set, dev);
	if (!n && has_msi == TRI_UNKNOWN)
		return false;
	*msix = (unsigned)n;
	*msi = has_msi == TRI_YES;
	return true;
}

static void check_vectors(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	unsigned msix;
	bool msi;

	if (!dev || pcidev_is_bridge(dev) || !device_vectors(a, dev, &msix, &msi))
		return;
	if (msix)
		check_found(a, BDF_STR(bdf), "MSI-X capability: table size", NULL,
			    "%s can ask for %u interrupt vectors (MSI-X); a driver takes as many as it has queues for", BDF_STR(bdf), msix);
	else
		check_found(a, BDF_STR(bdf), msi ? "MSI capability, no MSI-X" : "no MSI and no MSI-X capability", NULL,
			    msi ? "%s can ask for one interrupt vector (MSI: QEMU gives no more)" :
				  "%s has line interrupts only: they cost no vector", BDF_STR(bdf));
}

static void check_vectors_unknown(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = check_device(a, bdf);
	unsigned msix;
	bool msi;

	if (!dev || device_vectors(a, dev, &msix, &msi))
		return;
	check_unknown(a, BDF_STR(bdf), "how many interrupt vectors the device asks for", "its config space is too short to tell",
		      "look with lspci -vvv as root for MSI-X, and set extra-irqs-set by hand where a VM needs more");
}

/* ---- a VM -------------------------------------------------------------------------------------------------------- */

static unsigned count_vectors(struct asking *a, const struct bdfset *devices)
{
	unsigned sum = 0;

	for (size_t i = 0; i < devices->n; i++) {
		const struct pcidev *dev = check_device(a, devices->v[i]);
		unsigned msix = 0;
		bool msi = false;

		if (dev && device_vectors(a, dev, &msix, &msi))
			sum += msix ? msix : msi;
	}
	return sum;
}

static void add_key_devices(const struct vm *vm, struct bdfset *ret)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, ret);
}

static void add_asked_devices(struct asking *a, struct bdfset *ret)
{
	for (size_t i = 0; a->req->intent & (CHECK_ATTACH | CHECK_START) && a->req->devices && i < a->req->devices->n; i++)
		bdfset_add(ret, a->req->devices->v[i]);
}

/* What the next boot gives a VM: 0, unknown.  *from says where that stands. */
static unsigned budget_next(struct asking *a, const char **from)
{
	_cleanup_(bootvalue_done) struct bootvalue v = { 0 };
	unsigned dflt = irqbudget_default(facts_brand(a->facts));
	struct irqbudget budget = { .domu = dflt };
	struct bootfile *b = NULL;
	int entry;

	*from = "the default of this build";
	if (facts_boot(a->facts, &b, NULL) < 0)
		return 0;
	entry = bootfile_next_entry(b);
	if (entry < 0)
		return 0;
	bootfile_get(b, (size_t)entry, GRUB_XEN, IRQBUDGET_KEY, &v);
	if (!v.value)
		return dflt;
	*from = IRQBUDGET_KEY " of the next boot's entry";
	return irqbudget_parse(v.value, dflt, &budget, NULL) < 0 ? 0 : budget.domu;
}

/* The same of the running Xen. */
static unsigned budget_now(struct asking *a, const char **from)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	unsigned dflt = irqbudget_default(facts_brand(a->facts));
	struct irqbudget budget = { .domu = dflt };
	const char *line = NULL;
	int last = -1;

	*from = "the default of this build";
	if (facts_running_line(a->facts, GRUB_XEN, &line, NULL) < 0)
		return 0;
	bootargs_split(line, strlen(line), &args);
	for (int i = -1; (i = bootargs_find(&args, IRQBUDGET_KEY, (size_t)(i + 1))) >= 0;)
		last = i;
	if (last < 0)
		return dflt;
	*from = IRQBUDGET_KEY " of the running Xen";
	return !args.v[last].value || irqbudget_parse(args.v[last].value, dflt, &budget, NULL) < 0 ? 0 : budget.domu;
}

static void check_budget(struct asking *a, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *remedy = NULL;
	unsigned need, have;
	const char *from;

	if (!vm_is_guest(vm))
		return;
	add_key_devices(vm, &devices);
	add_asked_devices(a, &devices);
	need = count_vectors(a, &devices);
	if (!need)
		return;
	have = a->req->intent & CHECK_START ? budget_now(a, &from) : budget_next(a, &from);
	if (need <= have)
		return;
	remedy = xasprintf("extra-irqs-set value=%u, and a reboot of the host", irqbudget_recommend(need, irqbudget_default(facts_brand(a->facts))));
	if (have)
		check_found(a, vm->uuid, from, remedy,
			    "the devices of '%s' can ask for %u interrupt vectors together, and Xen gives a VM %u", vm->name, need, have);
	else if (need > IRQBUDGET_UPSTREAM) /* no build gives less */
		check_unknown(a, vm->uuid, "whether Xen gives the VM enough interrupt vectors",
			      "neither the boot file nor the build's brand tells extra_guest_irqs", remedy);
}

/* ---- the host ------------------------------------------------------------------------------------------------------ */

static unsigned host_cpus(struct xen *x)
{
	struct xen_physinfo info;

	return x && xen_physinfo(x, &info, NULL) == 0 && info.nr_cpus > 0 ? (unsigned)info.nr_cpus : 1;
}

/* The key of a VM that belongs on another host of the pool names that host's devices. */
static bool may_be_here(struct asking *a, const struct vm *vm)
{
	const char *host = vm->resident_on ? vm->resident_on : vm->affinity;
	const struct this_host *here;

	return !host || facts_this_host(a->facts, &here, NULL) < 0 || streq(host, here->ref);
}

/* The devices of all guests that belong here, and those that are asked about. */
static void all_devices(struct asking *a, const struct vms *vms, struct bdfset *ret)
{
	add_asked_devices(a, ret);
	for (size_t i = 0; i < vms->n; i++)
		if (vm_is_guest(&vms->v[i]) && may_be_here(a, &vms->v[i]))
			add_key_devices(&vms->v[i], ret);
}

static void check_host_limit(struct asking *a)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct vms *vms = NULL;
	struct xen *x = NULL;
	unsigned need, limit;

	if (facts_vms(a->facts, &vms, NULL) < 0)
		return;
	all_devices(a, vms, &devices);
	need = count_vectors(a, &devices);
	facts_xen(a->facts, &x, NULL);
	if (need <= SURE_PER_CPU * host_cpus(x))
		return;
	if (!facts_irq_limit(a->facts, &limit))
		check_unknown(a, HOST, "whether Xen has enough interrupt vectors for the devices of all VMs",
			      x ? "its log no longer has the line 'IRQ limits'" : "Xen cannot be asked",
			      "look after the next boot: xl dmesg | grep 'IRQ limits'");
	else if (need > limit)
		check_found(a, HOST, "Xen's log: IRQ limits",
			    "give fewer devices away, or VMs fewer virtual CPUs: drivers take a vector a CPU",
			    "the devices of all VMs can ask for %u interrupt vectors, and Xen has %u, dom0's among them", need, limit);
}

/* ---- the table ------------------------------------------------------------------------------------------------------- */

static const struct check rows[] = {
	{ "IRQ_UNKNOWN", SEV_UNKNOWN, false, CHECK_ATTACH, check_vectors_unknown, NULL },
	{ "IRQ_VECTORS", SEV_INFO, false, CHECK_HIDE | CHECK_ATTACH, check_vectors, NULL },
	{ "IRQ_BUDGET", SEV_WARN, false, CHECK_HOST | CHECK_START, NULL, check_budget },
	{ "IRQ_HOST_LIMIT", SEV_WARN, false, CHECK_ATTACH | CHECK_HOST, .host = check_host_limit },
};
const struct check_table checks_irq = CHECK_TABLE(rows);
