/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain_table_host.c - what libxl, Xen, Linux, QEMU and a Windows guest say, and leftovers on boot lines; see explain_table.c.
 */

#include "plugin/explain.h"

static const struct explain_entry platform[] = {
	/* ---- Xen and reserved memory: peers F4, F9, D4; xen-rig, RMRR ---- */
	{ "EXPLAIN_RMRR_SHARED", SAYS_XEN, { "disallowed to assign*with shared RMRR" }, "be", NULL, "device", HERE_DEVICE,
	  "Xen refuses to give the device to a VM: its reserved memory (RMRR) is shared with other devices",
	  "the firmware lists several devices for one range; asked strictly, as XAPI's quarantine step and xl's default do, Xen says no",
	  "pci-check device=DEVICE",
	  "firmware settings that drop the range (USB legacy support, shared memory for the BMC); with xl rdm_policy=relaxed; with XAPI "
	  "pci-quarantine=false in /etc/xenopsd.conf.d. Relaxed means: the devices can reach each other's range" },
	{ "EXPLAIN_RMRR_RISK", SAYS_XEN, { "risky to assign*with shared RMRR" }, "be", NULL, "device", HERE_DEVICE,
	  "a warning: Xen gave the device to the VM although its reserved memory is shared with other devices",
	  "the assignment was asked for as relaxed", "rmrr-list",
	  "nothing if it is meant; give devices that share a range to the same VM" },
	{ "EXPLAIN_RDM_CONFLICT", SAYS_LIBXL, { "RDM conflict at" }, "w", NULL, "word", HERE_NOTHING,
	  "the device's reserved memory lies where the VM has its BIOS or its RAM",
	  "a range below 1 MiB always collides with the guest's BIOS area", "rmrr-list",
	  "rdm_policy=relaxed, a larger rdm_mem_boundary, or firmware settings that drop the range; below 1 MiB only the latter" },
	{ "EXPLAIN_RMRR_LINUX", SAYS_LINUX, { "ineligible for IOMMU domain attach due to platform RMRR" }, "b", NULL, "device",
	  HERE_DEVICE, "a Linux kernel with its own IOMMU driver refuses the device for its reserved memory",
	  "this is not a Xen dom0: under Xen the hypervisor decides, by other rules", "pci-check device=DEVICE",
	  "firmware settings that drop the range" },

	/* ---- Xen: assignment, IOMMU, interrupts: peers D5; facts 8 ---- */
	{ "EXPLAIN_XEN_ASSIGN", SAYS_XEN, { "assign (*) failed (-", "XEN_DOMCTL_assign_device: assign*failed" }, "be", NULL, "device",
	  HERE_DEVICE, "Xen refused to assign the device to a domain",
	  "-1 (EPERM): shared RMRR; -16 (EBUSY): another domain has it; -19 (ENODEV): no IOMMU covers it; the line before tells more",
	  "pci-check device=DEVICE", "explain the lines around it, too: xl dmesg" },
	{ "EXPLAIN_IOMMU_DISABLED", SAYS_XEN, { "I/O virtualisation disabled" }, NULL, NULL, NULL, HERE_IOMMU,
	  "Xen runs without an IOMMU: no device can be passed through",
	  "VT-d or AMD-Vi is off in the firmware, its ACPI table is broken, or Xen was started with iommu=0", "host-check",
	  "switch it on in the firmware, remove iommu=0 from Xen's boot line, reboot" },
	{ "EXPLAIN_INTREMAP_OFF", SAYS_XEN, { "Interrupt remapping disabled", "iommu=no-intremap", "no-intremap" }, NULL, NULL, NULL,
	  HERE_IOMMU, "interrupt remapping is off", "the firmware or Xen's boot line (no-intremap) switched it off; a VM with a device could "
	  "then send interrupts that it should not", "host-check", "remove no-intremap, switch on x2APIC and remapping in the firmware" },
	{ "EXPLAIN_IRQS_BOUNDED", SAYS_XEN, { "domU IRQs bounded to" }, "n", NULL, "number", HERE_NOTHING,
	  "Xen lowered extra_guest_irqs to what the host has", "the value on the boot line is larger than the interrupts of the host",
	  "extra-irqs-get", "set a smaller value: extra-irqs-set value=auto" },
	{ "EXPLAIN_IRQ_LIMITS", SAYS_XEN, { "IRQ limits:" }, "nr", NULL, NULL, HERE_NOTHING,
	  "no error: what Xen has of interrupts, of pins (GSI) and of messages (MSI and MSI-X)",
	  "all VMs and dom0 share the second number; each VM gets at most extra_guest_irqs of it", "extra-irqs-get",
	  "nothing, unless the sum of all devices' vectors is larger" },
	{ "EXPLAIN_XEN_IOMMU_OFF", SAYS_CMDLINE, { "iommu=0", "iommu=off", "iommu=no", "iommu=false", "iommu=disable" }, NULL, NULL, NULL,
	  HERE_IOMMU, "the boot line switches the IOMMU off", "on Xen's line it makes passing devices through impossible; on dom0's it does "
	  "nothing", "boot-param-get target=xen key=iommu", "boot-param-delete target=xen key=iommu, reboot" },
	{ "EXPLAIN_INTEL_IOMMU", SAYS_CMDLINE, { "intel_iommu=", "amd_iommu=" }, "w", NULL, "word", HERE_IOMMU,
	  "an argument for Linux without Xen: in dom0 it does nothing",
	  "under Xen the hypervisor has the IOMMU (its own argument is iommu=); this one comes from guides for KVM",
	  "boot-param-list", "harmless; remove it with boot-param-delete target=dom0" },
	{ "EXPLAIN_VFIO", SAYS_CMDLINE, { "vfio-pci.ids=", "vfio_pci.ids=", "pci-stub.ids=" }, "w", NULL, "word", HERE_HIDE,
	  "an argument for KVM: in a Xen dom0 it gives nothing to a VM", "devices are hidden for Xen by xen-pciback.hide",
	  "boot-param-list", "remove it, and hide the device with pci-hide" },

	/* ---- libxl: xen-rig, "What the libraries answer" and "Guests" ---- */
	{ "EXPLAIN_PCIBACK_XL", SAYS_LIBXL, { "pciback driver not loaded" }, NULL, NULL, NULL, HERE_PCIBACK,
	  "dom0's pciback driver is not there, so no PCI device can be given to any VM",
	  "one malformed item in xen-pciback.hide makes the driver fail as a whole when dom0 boots; on other systems its module is not "
	  "loaded", "boot-lint", "correct the list (pci-hide writes it in the right form) and reboot; elsewhere modprobe xen-pciback" },
	{ "EXPLAIN_DEQUARANTINE", SAYS_LIBXL, { "failed to de-quarantine" }, "be", NULL, "device", HERE_DEVICE,
	  "the device could not be taken back from Xen's quarantine", "it was not assignable in the first place",
	  "pci-assignable-list", "nothing need be removed; pci-device-show tells where the device is" },
	{ "EXPLAIN_NOT_ASSIGNABLE", SAYS_LIBXL, { "PCI device*is not assignable" }, "b", NULL, "device", HERE_DEVICE,
	  "libxl does not find the device among those that can be given to VMs",
	  "three causes, one text: it is not bound to pciback, it is not there, or another domain has it", "pci-device-show device=DEVICE",
	  "hide it (pci-hide and a reboot, or pci-assignable-add), or shut down the VM that has it" },
	{ "EXPLAIN_XC_ASSIGN", SAYS_LIBXL, { "xc_assign_device failed" }, "be", NULL, "errno", HERE_NOTHING,
	  "Xen refused to assign the device to the VM",
	  "not permitted: its RMRR is shared and the policy strict; busy: another domain has it; no such device: no IOMMU covers it",
	  "pci-check", "xl dmesg has Xen's own reason in the same second: explain that line, too" },
	{ "EXPLAIN_NO_SYSFS_RESET", SAYS_LIBXL, { "kernel doesn't support reset from sysfs" }, "b", NULL, "device", HERE_DEVICE,
	  "the device has no reset that dom0's kernel can do",
	  "no FLR, no power-management reset, and a bus reset would hit others; libxl only logs it", "pci-check device=DEVICE",
	  "it may work once after each boot of the host and hang at the VM's second start; give all functions of the card" },
	{ "EXPLAIN_PCI_ADD_XL", SAYS_LIBXL, { "libxl_device_pci_add failed", "libxl__device_pci_add failed", "unable to add pci devices" },
	  "be", NULL, "device", HERE_DEVICE, "xl could not give the device to the VM",
	  "the lines before, and xl dmesg, tell the reason", "pci-check", "explain those lines, too" },
	{ "EXPLAIN_NO_RESET", SAYS_LIBXL, { "no FLR, PM reset or bus reset available" }, "b", NULL, "device", HERE_DEVICE,
	  "libvirt finds no way to reset the device",
	  "no FLR, no power-management reset, and other functions stand in the way of a bus reset", "pci-check device=DEVICE",
	  "give all functions of the card to the VM; some devices need a reboot of the host between two VMs" },

	/* ---- dom0's kernel: facts 4.3, peers F3, D8 ---- */
	{ "EXPLAIN_HIDE_PARSE", SAYS_LINUX, { "Error parsing pci_devs_to_hide at" }, "r", NULL, "rest", HERE_HIDE,
	  "dom0's kernel could not read xen-pciback.hide at this place; the driver did not register, no device is hidden",
	  "a malformed item: a dot for a colon, a colon too many, a comma, or a number out of range. One is enough for the whole list",
	  "boot-lint", "correct it: pci-hide writes the list in the form that the kernel and XAPI both read. Then reboot" },
	{ "EXPLAIN_PENDING_RESET", SAYS_LINUX, { "timed out waiting for pending transaction" }, "b", NULL, "device", HERE_DEVICE,
	  "the device was still busy when it was to be reset; the kernel reset it anyway",
	  "usual for a GPU that the firmware has set up; harmless when it comes once while booting, a bad sign at each VM start",
	  "pci-check device=DEVICE", "use another GPU as the console; update the card's and the host's firmware if the VM hangs" },

	/* ---- QEMU ---- */
	{ "EXPLAIN_QEMU_REFUSED", SAYS_QEMU, { "qemu refused to add device" }, "b", NULL, "device", HERE_DEVICE,
	  "QEMU could not take the device into the VM", "it could not open the device, map its memory or get its interrupt",
	  "pci-check device=DEVICE", "QEMU's log of that VM tells the reason: explain that, too" },

	/* ---- the guest: peers F10, D7; facts 8; seed 003 and 004 ---- */
	{ "EXPLAIN_CODE_43", SAYS_WINDOWS, { "Code 43", "Error 43" }, NULL, NULL, NULL, HERE_NOTHING,
	  "the driver in Windows stopped the device after it had started",
	  "older NVIDIA drivers for consumer cards did this in every VM; today: a driver too old, a card without its other functions, a "
	  "failed reset since the last start, or memory regions that did not fit", "vm-pci-check uuid=UUID",
	  "a current driver, all functions of the card, a UEFI guest for large cards; reboot the host once to rule out the reset" },
	{ "EXPLAIN_CODE_12", SAYS_WINDOWS, { "=Code 12", "cannot find enough free resources" }, NULL, NULL, NULL, HERE_NOTHING,
	  "Windows found no room for the device's memory regions",
	  "the guest has at most 2 GiB of addresses below 4 GiB; a large region must go above, which firmware and address width must allow",
	  "vm-pci-check uuid=UUID", "a UEFI guest, Resizable BAR off in the host's firmware, fewer large cards a VM" },
	{ "EXPLAIN_CODE_10", SAYS_WINDOWS, { "=Code 10", "This device cannot start" }, NULL, NULL, NULL, HERE_NOTHING, "Windows could not start the device",
	  "often a shortage: too few interrupt vectors for the VM (extra_guest_irqs), or memory regions that did not fit",
	  "extra-irqs-get", "raise the vectors (extra-irqs-set value=auto, reboot); check the regions with vm-pci-check" },

	/* ---- choosing a host: seed 000 ---- */
	{ "EXPLAIN_NO_HOST", SAYS_PLACEMENT, { "No valid host was found" }, NULL, NULL, NULL, HERE_NOTHING,
	  "no host has the devices that the VM asks for, free, and on the NUMA node that it asks for",
	  "the devices are taken, not hidden, not named by the alias, or the NUMA policy is too strict", "pool-place",
	  "pool-place says for each host why not" },
	{ "EXPLAIN_NUMA_NODE_EACH", SAYS_PLACEMENT, { "eligible host NUMA node is required" }, NULL, NULL, NULL, HERE_NOTHING,
	  "the policy asks for a node of the host for every virtual node of the VM",
	  "XAPI gives VMs no virtual nodes: the VM counts as one, and all its devices must stand on one node", "numa-node-list",
	  "choose devices on one node, or the policy preferred" },
};

const struct explain_table explain_platform = { platform, ARRAY_SIZE(platform) };
