/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain_table_host.c - what libxl, Xen, Linux, QEMU and a Windows guest say, and leftovers on boot lines; see
 * explain_table.c.
 */

#include "plugin/explain.h"

static const struct explain_entry platform[] = {
	/* ---- Xen and reserved memory: peers F4, F9, D4; xen-rig, RMRR ---- */
	{ "EXPLAIN_RMRR_SHARED", SAYS_XEN, { "disallowed to assign*with shared RMRR" },
	  .pull = "be", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "Xen refuses to give the device to a VM: its reserved memory (RMRR) is shared with other "
		     "devices",
	  .cause = "the firmware lists several devices for one range; asked strictly, as XAPI's quarantine step and "
		   "xl's default do, Xen says no",
	  .check = "pci-check device=DEVICE",
	  .remedy = "firmware settings that drop the range (USB legacy support, shared memory for the BMC); with xl "
		    "rdm_policy=relaxed; with XAPI pci-quarantine=false in /etc/xenopsd.conf.d. Relaxed means: the "
		    "devices can reach each other's range" },
	{ "EXPLAIN_RMRR_RISK", SAYS_XEN, { "risky to assign*with shared RMRR" },
	  .pull = "be", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "a warning: Xen gave the device to the VM although its reserved memory is shared with other "
		     "devices",
	  .cause = "the assignment was asked for as relaxed",
	  .check = "rmrr-list",
	  .remedy = "nothing if it is meant; give devices that share a range to the same VM" },
	{ "EXPLAIN_RDM_CONFLICT", SAYS_LIBXL, { "RDM conflict at" },
	  .pull = "w", .subject = "word",
	  .meaning = "the device's reserved memory lies where the VM has its BIOS or its RAM",
	  .cause = "a range below 1 MiB always collides with the guest's BIOS area",
	  .check = "rmrr-list",
	  .remedy = "rdm_policy=relaxed, a larger rdm_mem_boundary, or firmware settings that drop the range; below 1 "
		    "MiB only the latter" },
	{ "EXPLAIN_RMRR_BRIDGE", SAYS_XEN, { "assign (*) failed (-95)" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "Xen refused to assign the device to a VM, or to its own quarantine, because it stands behind a bridge to PCI and "
		     "has reserved memory (RMRR)",
	  .cause = "all behind such a bridge carry one requester id, so that the memory cannot be kept mapped for this one alone; "
		   "there is no relaxed way, and since XSA-400 Xen says so (-95, EOPNOTSUPP)",
	  .check = "pci-check device=DEVICE",
	  .remedy = "a slot that is PCI Express down to the card, or a BIOS setting that drops the range; a device that libxl could not "
		    "quarantine stays with pciback until the host is rebooted" },
	{ "EXPLAIN_QUARANTINE", SAYS_LIBXL, { "failed to quarantine" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "libxl could not give the device to Xen's quarantine; dom0's driver is off it already",
	  .cause = "Xen refused to assign it; the reason is in Xen's log",
	  .check = "pci-check device=DEVICE",
	  .remedy = "explain the last lines of xl dmesg, too" },
	{ "EXPLAIN_RMRR_LINUX", SAYS_LINUX, { "ineligible for IOMMU domain attach due to platform RMRR" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "a Linux kernel with its own IOMMU driver refuses the device for its reserved memory",
	  .cause = "this is not a Xen dom0: under Xen the hypervisor decides, by other rules",
	  .check = "pci-check device=DEVICE",
	  .remedy = "firmware settings that drop the range" },

	/* ---- Xen: assignment, IOMMU, interrupts: peers D5; facts 8 ---- */
	{ "EXPLAIN_XEN_ASSIGN", SAYS_XEN, { "assign (*) failed (-", "XEN_DOMCTL_assign_device: assign*failed" },
	  .pull = "be", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "Xen refused to assign the device to a domain",
	  .cause = "-1 (EPERM): shared RMRR; -16 (EBUSY): another domain has it; -19 (ENODEV): no IOMMU covers it; the "
		   "line before tells more",
	  .check = "pci-check device=DEVICE",
	  .remedy = "explain the lines around it, too: xl dmesg" },
	{ "EXPLAIN_IOMMU_DISABLED", SAYS_XEN, { "I/O virtualisation disabled" },
	  .here = HERE_IOMMU,
	  .meaning = "Xen runs without an IOMMU: no device can be passed through",
	  .cause = "VT-d or AMD-Vi is off in the firmware, its ACPI table is broken, or Xen was started with iommu=0",
	  .check = "host-check",
	  .remedy = "switch it on in the firmware, remove iommu=0 from Xen's boot line, reboot" },
	{ "EXPLAIN_INTREMAP_OFF", SAYS_XEN, { "Interrupt remapping disabled", "iommu=no-intremap", "no-intremap" },
	  .here = HERE_IOMMU,
	  .meaning = "interrupt remapping is off",
	  .cause = "the firmware or Xen's boot line (no-intremap) switched it off; a VM with a device could then send "
		   "interrupts that it should not",
	  .check = "host-check",
	  .remedy = "remove no-intremap, switch on x2APIC and remapping in the firmware" },
	{ "EXPLAIN_IRQS_BOUNDED", SAYS_XEN, { "domU IRQs bounded to" },
	  .pull = "n", .subject = "number",
	  .meaning = "Xen lowered extra_guest_irqs to what the host has",
	  .cause = "the value on the boot line is larger than the interrupts of the host",
	  .check = "extra-irqs-get",
	  .remedy = "set a smaller value: extra-irqs-set value=auto" },
	{ "EXPLAIN_DMA_FAULT", SAYS_XEN, { "Request device [*fault addr", "AMD-Vi: IO_PAGE_FAULT" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "the device reached for memory that it was not given, and the IOMMU stopped it",
	  .cause = "memory that the firmware uses and reserves for nobody (a missing RMRR), another function that uses this one's "
		   "requester id, or a device that was not reset and still works for the VM before; a few while it is reset are harmless",
	  .check = "pci-check device=DEVICE",
	  .remedy = "when they go on: newer firmware of host and card, USB legacy support off, all functions of the card to the same VM" },
	{ "EXPLAIN_NO_PIRQ", SAYS_XEN, { "no free pirq", "xen map irq failed -28" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "the VM has no interrupt left for its device (-28, ENOSPC): the driver in it gets fewer vectors, or none",
	  .cause = "extra_guest_irqs gives each VM a number of vectors, and its devices ask for more",
	  .check = "extra-irqs-get",
	  .remedy = "extra-irqs-set value=auto, reboot the host" },
	{ "EXPLAIN_IRQ_LIMITS", SAYS_XEN, { "IRQ limits:" },
	  .pull = "nr",
	  .meaning = "no error: what Xen has of interrupts, of pins (GSI) and of messages (MSI and MSI-X)",
	  .cause = "all VMs and dom0 share the second number; each VM gets at most extra_guest_irqs of it",
	  .check = "extra-irqs-get",
	  .remedy = "nothing, unless the sum of all devices' vectors is larger" },
	{ "EXPLAIN_XEN_IOMMU_OFF", SAYS_CMDLINE, { "iommu=0", "iommu=off", "iommu=no", "iommu=false", "iommu=disable" },
	  .here = HERE_IOMMU,
	  .meaning = "the boot line switches the IOMMU off",
	  .cause = "on Xen's line it makes passing devices through impossible; on dom0's it does nothing",
	  .check = "boot-param-get target=xen key=iommu",
	  .remedy = "boot-param-delete target=xen key=iommu, reboot" },
	{ "EXPLAIN_INTEL_IOMMU", SAYS_CMDLINE, { "intel_iommu=", "amd_iommu=" },
	  .pull = "w", .subject = "word", .here = HERE_IOMMU,
	  .meaning = "an argument for Linux without Xen: in dom0 it does nothing",
	  .cause = "under Xen the hypervisor has the IOMMU (its own argument is iommu=); this one comes from guides "
		   "for KVM",
	  .check = "boot-param-list",
	  .remedy = "harmless; remove it with boot-param-delete target=dom0" },
	{ "EXPLAIN_VFIO", SAYS_CMDLINE, { "vfio-pci.ids=", "vfio_pci.ids=", "pci-stub.ids=" },
	  .pull = "w", .subject = "word", .here = HERE_HIDE,
	  .meaning = "an argument for KVM: in a Xen dom0 it gives nothing to a VM",
	  .cause = "devices are hidden for Xen by xen-pciback.hide",
	  .check = "boot-param-list",
	  .remedy = "remove it, and hide the device with pci-hide" },

	/* ---- libxl: xen-rig, "What the libraries answer" and "Guests" ---- */
	{ "EXPLAIN_PCIBACK_XL", SAYS_LIBXL, { "pciback driver not loaded" },
	  .here = HERE_PCIBACK,
	  .meaning = "dom0's pciback driver is not there, so no PCI device can be given to any VM",
	  .cause = "one malformed item in xen-pciback.hide makes the driver fail as a whole when dom0 boots; on other "
		   "systems its module is not loaded",
	  .check = "boot-lint",
	  .remedy = "correct the list (pci-hide writes it in the right form) and reboot; elsewhere modprobe "
		    "xen-pciback" },
	{ "EXPLAIN_DEQUARANTINE", SAYS_LIBXL, { "failed to de-quarantine" },
	  .pull = "be", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "the device could not be taken back from Xen's quarantine",
	  .cause = "it was not assignable in the first place",
	  .check = "pci-assignable-list",
	  .remedy = "nothing need be removed; pci-device-show tells where the device is" },
	{ "EXPLAIN_NOT_ASSIGNABLE", SAYS_LIBXL, { "PCI device*is not assignable" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "libxl does not find the device among those that can be given to VMs",
	  .cause = "three causes, one text: it is not bound to pciback, it is not there, or another domain has it",
	  .check = "pci-device-show device=DEVICE",
	  .remedy = "hide it (pci-hide and a reboot, or pci-assignable-add), or shut down the VM that has it" },
	{ "EXPLAIN_OTHER_GUEST", SAYS_LIBXL, { "already assigned to a different guest" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "libxl asked Xen whether the device can be given to the VM, and it cannot",
	  .cause = "another domain has it; where it does not, the IOMMU does not cover it: both have this one text",
	  .check = "pci-device-show device=DEVICE",
	  .remedy = "shut down the VM that has it, or detach it there" },
	{ "EXPLAIN_NO_IOMMU_XL", SAYS_LIBXL, { "cannot be assigned - no IOMMU" },
	  .pull = "b", .subject = "device", .here = HERE_IOMMU,
	  .meaning = "Xen runs without an IOMMU: no device can be given to a VM",
	  .cause = "VT-d or AMD-Vi is off in the firmware, or Xen was started with iommu=0",
	  .check = "host-check",
	  .remedy = "switch it on in the firmware, remove iommu=0 from Xen's boot line, reboot" },
	{ "EXPLAIN_POD", SAYS_LIBXL,
	  { "assignment for HVM guest failed due to", "IOMMU cannot be enabled together with PoD", "not supported together with PoD" },
	  .meaning = "the VM starts with less memory than it may grow to (populate on demand), and so it can have no device",
	  .cause = "a device's transfers must find all of the VM's memory in place: memory= is smaller than maxmem=",
	  .check = "vm-pci-check uuid=UUID",
	  .remedy = "give both the same value; with XAPI the same dynamic minimum, dynamic maximum and static maximum" },
	{ "EXPLAIN_XC_ASSIGN", SAYS_LIBXL, { "xc_assign_device failed" },
	  .pull = "be", .subject = "errno",
	  .meaning = "Xen refused to assign the device to the VM",
	  .cause = "not permitted: its RMRR is shared and the policy strict; busy: another domain has it; no such "
		   "device: no IOMMU covers it",
	  .check = "pci-check",
	  .remedy = "xl dmesg has Xen's own reason in the same second: explain that line, too" },
	{ "EXPLAIN_NO_SYSFS_RESET", SAYS_LIBXL, { "kernel doesn't support reset from sysfs" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "the device has no reset that dom0's kernel can do",
	  .cause = "no FLR, no power-management reset, and a bus reset would hit others; libxl only logs it",
	  .check = "pci-check device=DEVICE",
	  .remedy = "it may work once after each boot of the host and hang at the VM's second start; give all "
		    "functions of the card" },
	{ "EXPLAIN_PCI_ADD_XL", SAYS_LIBXL,
	  { "libxl_device_pci_add failed", "libxl__device_pci_add failed", "unable to add pci devices" },
	  .pull = "be", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "xl could not give the device to the VM",
	  .cause = "the lines before, and xl dmesg, tell the reason",
	  .check = "pci-check",
	  .remedy = "explain those lines, too" },
	{ "EXPLAIN_NO_RESET", SAYS_LIBXL, { "no FLR, PM reset or bus reset available" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "libvirt finds no way to reset the device",
	  .cause = "no FLR, no power-management reset, and other functions stand in the way of a bus reset",
	  .check = "pci-check device=DEVICE",
	  .remedy = "give all functions of the card to the VM; some devices need a reboot of the host between two "
		    "VMs" },

	/* ---- dom0's kernel: facts 4.3, peers F3, D8 ---- */
	{ "EXPLAIN_HIDE_PARSE", SAYS_LINUX, { "Error parsing pci_devs_to_hide at" },
	  .pull = "r", .subject = "rest", .here = HERE_HIDE,
	  .meaning = "dom0's kernel could not read xen-pciback.hide at this place; the driver did not register, no "
		     "device is hidden",
	  .cause = "a malformed item: a dot for a colon, a colon too many, a comma, or a number out of range. One is "
		   "enough for the whole list",
	  .check = "boot-lint",
	  .remedy = "correct it: pci-hide writes the list in the form that the kernel and XAPI both read. Then "
		    "reboot" },
	{ "EXPLAIN_RESET_FAILED", SAYS_LINUX, { "not ready*; giving up" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "the device did not come back from its reset: it answers nothing any more",
	  .cause = "its reset is broken, as of some GPUs, or it lost its link or its power; a VM that has it hangs or starts without it",
	  .check = "pci-check device=DEVICE",
	  .remedy = "switch the host off and on again, for a warm reboot may not be enough; newer firmware of the card; do not reset it between "
		    "two VMs without a reboot of the host" },
	{ "EXPLAIN_MAP_IRQ", SAYS_LINUX, { "xen map irq failed -" },
	  .pull = "bn", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "Xen gave the device no interrupt",
	  .cause = "the number is Xen's error; -19 (ENODEV): it does not count the device as this domain's, as after a VM that gave it back "
		   "badly, or while it is in quarantine",
	  .check = "pci-device-show device=DEVICE",
	  .remedy = "reboot the host; explain the last lines of xl dmesg, too" },
	{ "EXPLAIN_PCILIB_LABEL", SAYS_LSPCI, { "pcilib: Error reading*label: Operation not permitted" },
	  .pull = "b", .subject = "device",
	  .meaning = "no error: lspci asked the firmware for the name of the slot, and it has none",
	  .cause = "an entry of the firmware's table that leads nowhere; the device is not touched by it",
	  .check = "pci-device-show device=DEVICE",
	  .remedy = "nothing" },
	{ "EXPLAIN_PENDING_RESET", SAYS_LINUX, { "timed out waiting for pending transaction" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "the device was still busy when it was to be reset; the kernel reset it anyway",
	  .cause = "usual for a GPU that the firmware has set up; harmless when it comes once while booting, a bad "
		   "sign at each VM start",
	  .check = "pci-check device=DEVICE",
	  .remedy = "use another GPU as the console; update the card's and the host's firmware if the VM hangs" },

	/* ---- QEMU ---- */
	{ "EXPLAIN_QEMU_REFUSED", SAYS_QEMU, { "qemu refused to add device" },
	  .pull = "b", .subject = "device", .here = HERE_DEVICE,
	  .meaning = "QEMU could not take the device into the VM",
	  .cause = "it could not open the device, map its memory or get its interrupt",
	  .check = "pci-check device=DEVICE",
	  .remedy = "QEMU's log of that VM tells the reason: explain that, too" },

	/* ---- the guest: peers F10, D7; facts 8; seed 003 and 004 ---- */
	{ "EXPLAIN_CODE_43", SAYS_WINDOWS, { "Code 43", "Error 43" },
	  .meaning = "the driver in Windows stopped the device after it had started",
	  .cause = "older NVIDIA drivers for consumer cards did this in every VM; today: a driver too old, a card "
		   "without its other functions, a failed reset since the last start, or memory regions that did not "
		   "fit",
	  .check = "host-check subject=UUID",
	  .remedy = "a current driver, all functions of the card, a UEFI guest for large cards; reboot the host once "
		    "to rule out the reset" },
	{ "EXPLAIN_CODE_12", SAYS_WINDOWS, { "=Code 12", "cannot find enough free resources" },
	  .meaning = "Windows found no room for the device's memory regions",
	  .cause = "the guest has at most 2 GiB of addresses below 4 GiB; a large region must go above, which firmware "
		   "and address width must allow",
	  .check = "host-check subject=UUID",
	  .remedy = "a UEFI guest, Resizable BAR off in the host's firmware, fewer large cards a VM" },
	{ "EXPLAIN_CODE_10", SAYS_WINDOWS, { "=Code 10", "This device cannot start" },
	  .meaning = "Windows could not start the device",
	  .cause = "often a shortage: too few interrupt vectors for the VM (extra_guest_irqs), or memory regions that "
		   "did not fit",
	  .check = "extra-irqs-get",
	  .remedy = "raise the vectors (extra-irqs-set value=auto, reboot); check the regions with rmrr-list" },

	/* ---- choosing a host: seed 000 ---- */
	{ "EXPLAIN_NO_HOST", SAYS_PLACEMENT, { "No valid host was found" },
	  .meaning = "no host has the devices that the VM asks for, free, and on the NUMA node that it asks for",
	  .cause = "the devices are taken, not hidden, not named by the alias, or the NUMA policy is too strict",
	  .check = "host-check",
	  .remedy = "host-check on each host of the pool says why not" },
	{ "EXPLAIN_NUMA_NODE_EACH", SAYS_PLACEMENT, { "eligible host NUMA node is required" },
	  .meaning = "the policy asks for a node of the host for every virtual node of the VM",
	  .cause = "XAPI gives VMs no virtual nodes: the VM counts as one, and all its devices must stand on one "
		   "node",
	  .check = "numa-node-list",
	  .remedy = "choose devices on one node, or the policy preferred" },
};

const struct explain_table explain_platform = { platform, ARRAY_SIZE(platform) };
