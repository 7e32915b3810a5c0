/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_explain.c - texts as logs, consoles, xe, Xen Orchestra and users have them -> what explain() makes of them; every entry of
 * the tables is hit by one; and texts of success, and of other people's troubles, give nothing.
 */
#include <stdio.h>

#include "plugin/explain.h"
#include "tests/unit/cmdline_table.h"

#define VM "f3fac558-f810-2f91-2cf0-5fcf3ad02914"

struct text_row {
	const char *name, *text;
	const char *expected; /* "CODE subject; CODE subject", codes without EXPLAIN_; no subject: the code alone */
};

static const struct text_row texts[] = {
	/* xenopsd */
	{ "EPERM, as xe prints it",
	  "The server failed to handle your request, due to an internal error. The given message may give details.\n"
	  "message: xenopsd internal error: Cannot_add(0000:00:1d.0, Xenctrlext.Unix_error(30, \"1: Operation not permitted\"))\n",
	  "ADD_EPERM 0000:00:1d.0" },
	{ "EPERM, in JSON",
	  "{\"code\":\"INTERNAL_ERROR\",\"params\":[\"xenopsd internal error: Cannot_add(0000:3b:00.0, "
	  "Xenctrlext.Unix_error(30, \\\"1: Operation not permitted\\\"))\"]}",
	  "ADD_EPERM 0000:3b:00.0" },
	{ "EPERM by name, and a list", "Cannot_add([0000:08:00.0; 0000:08:00.1], Xenctrlext.Unix_error(Unix.EPERM, ...))",
	  "ADD_EPERM 0000:08:00.0" },
	{ "EBUSY by its constructor", "Cannot_add(0000:08:00.0, Xenctrlext.Unix_error(4, \"16: Device or resource busy\"))",
	  "ADD_EBUSY 0000:08:00.0" },
	{ "EBUSY by name", "xenopsd internal error: Cannot_add(0000:08:00.0, EBUSY)", "ADD_EBUSY 0000:08:00.0" },
	{ "ENODEV", "Cannot_add(0000:0a:00.0, Xenctrlext.Unix_error(19, \"19: No such device\"))", "ADD_ENODEV 0000:0a:00.0" },
	{ "another error", "Cannot_add(0000:0a:00.0, Failure(\"x\"))", "ADD_FAILED 0000:0a:00.0" },
	{ "no device and no error are told", "Internal error: xenopsd internal error: Device.PCI.Cannot_add(_, _)", "ADD_NO_IOMMU" },
	{ "pciback, from xenopsd", "[error||23 |Async.VM.start] pciback has not loaded", "PCIBACK_NOT_LOADED" },
	{ "pciback, the exception", "Xenopsd error: PCIBack_not_loaded", "PCIBACK_NOT_LOADED" },
	{ "IOMMU", "xenopsd internal error: IOMMU unavailable", "IOMMU_UNAVAILABLE" },
	{ "xenguest misses a device", "xenguest: unable to get PCI MMIO info for 0000:af:00.1: No such file", "MMIO_INFO 0000:af:00.1" },
	{ "xenguest and the mask", "xenguest-7-build[999]: xc_vcpu_setaffinity failed: Invalid argument", "AFFINITY EINVAL" },
	{ "usb_reset", "Call to usb reset failed: 'usb_reset.py attach 1-2'", "USB_RESET usb_reset.py attach 1-2" },
	{ "a hook, with its parameters", "XAPI_HOOK_FAILED [10-passthrough; vm-pre-start; 0000:3b:00.0 is gone; 2]",
	  "HOOK 10-passthrough" },
	{ "a hook, as xe prints it", "3rd party xapi hook failed\nhook_name: vm-pre-start/20-mine\nreason: hard\nstdout: \nexit_code: 126\n",
	  "HOOK vm-pre-start/20-mine" },

	/* XAPI */
	{ "PCI attached, by code", "VM_HAS_PCI_ATTACHED(OpaqueRef:" VM ")", "VM_HAS_PCI " VM },
	{ "PCI attached, by sentence",
	  "This operation could not be performed, because the VM has one or more PCI devices passed through.\nvm: " VM " (win10)\n",
	  "VM_HAS_PCI " VM },
	{ "PCI attached, JSON over several lines", "\"code\": \"VM_HAS_PCI_ATTACHED\",\n  \"params\": [\n    \"OpaqueRef:" VM "\"\n  ],",
	  "VM_HAS_PCI " VM },
	{ "PCI attached, in prose", "why do I get VM_HAS_PCI_ATTACHED when I migrate?", "VM_HAS_PCI" },
	{ "VUSBs", "VM_HAS_VUSBS [OpaqueRef:" VM "]", "VM_HAS_VUSBS " VM },
	{ "VUSBs, by sentence", "The operation is not allowed when the VM has VUSBs.\nVM: " VM " (a)", "VM_HAS_VUSBS " VM },
	{ "vGPU", "Server_error(VM_HAS_VGPU, [ OpaqueRef:" VM " ])", "VM_HAS_VGPU " VM },
	{ "needs an IOMMU", "VM_REQUIRES_IOMMU: [ OpaqueRef:" VM " ]", "VM_REQUIRES_IOMMU " VM },
	{ "pCPUs", "HOST_NOT_ENOUGH_PCPUS [24; 16]", "NOT_ENOUGH_PCPUS 24" },
	{ "power state", "VM_BAD_POWER_STATE [OpaqueRef:" VM "; halted; running]", "POWER_STATE " VM },
	{ "boot device", "BOOT_DEVICE_PASSTHROUGH_DISALLOWED [0000:00:17.0]", "BOOT_DEVICE 0000:00:17.0" },
	{ "device model", "INVALID_VALUE(platform:device-model, 'qemu-upstream-uefi')", "DEVICE_MODEL qemu-upstream-uefi" },
	{ "live mask", "NOT_IMPLEMENTED: VM.add_to_VCPUs_params_live", "LIVE_MASK" },
	{ "XAPI's reader of the hide list", "INTERNAL_ERROR(Stdlib.Scanf.Scan_failure(\"scanf: bad input at char number 6: looking for ':', found ')'\"))",
	  "XAPI_HIDE_SCAN" },
	{ "the same, as it was reported", "INTERNAL_ ERROR(Stlib. ScanfScan_failure\"scanf: bad input at char number 6: looking for!, found!))",
	  "XAPI_HIDE_SCAN" },
	{ "too many VUSBs", "TOO_MANY_VUSBS [6]", "TOO_MANY_VUSBS 6" },
	{ "USB group", "USB_groups are currently restricted to contain no more than one VUSB.\nUSB_group: " VM " (Group of 0781 5591 USBs)\n",
	  "USB_GROUP " VM },
	{ "USB attached", "USB_ALREADY_ATTACHED [OpaqueRef:" VM "]", "USB_ATTACHED " VM },
	{ "PUSB and VDI", "PUSB_VDI_CONFLICT(OpaqueRef:" VM ", OpaqueRef:0)", "PUSB_VDI " VM },
	{ "VUSB elsewhere", "OPERATION_NOT_ALLOWED: VUSB " VM " is not available on Host x", "VUSB_ELSEWHERE " VM },
	{ "duplicate key, XML", "<value>MAP_DUPLICATE_KEY</value><value>VM</value><value>other_config</value><value>OpaqueRef:" VM
				"</value><value>pci</value>",
	  "DUPLICATE_KEY pci" },
	{ "uuid, as xe prints it", "The uuid you supplied was invalid.\ntype: VUSB\nuuid: " VM "\n", "UUID_INVALID " VM },
	{ "uuid, by code", "[\"UUID_INVALID\",\"VM\",\"" VM "\"]", "UUID_INVALID " VM },
	{ "handle", "HANDLE_INVALID(VM, OpaqueRef:NULL)", "HANDLE_INVALID OpaqueRef:NULL" },
	{ "session: the reference is no subject", "SESSION_INVALID [OpaqueRef:" VM "]", "SESSION" },
	{ "member of a pool", "HOST_IS_SLAVE [10.0.0.1]", "SLAVE 10.0.0.1" },
	{ "still booting", "The host toolstack is still initialising. Please wait.", "BOOTING" },
	{ "emergency", "HOST_IN_EMERGENCY_MODE", "EMERGENCY" },
	{ "XAPI is down", "Error: Connection refused (calling connect )", "XAPI_REFUSED" },
	{ "no plugin", "The requested plug-in could not be found.\nname: passthrough\n", "NO_PLUGIN passthrough" },
	{ "no function", "Error code: UNKNOWN_XENAPI_PLUGIN_FUNCTION\nError parameters: frobnicate\n", "PLUGIN_FUNCTION frobnicate" },
	{ "plugin failed", "XENAPI_PLUGIN_FAILURE(non-zero exit, , Traceback)", "PLUGIN_FAILED non-zero exit" },
	{ "plugin's answer", "status: failed to parse plugin output", "PLUGIN_PARSE" },

	/* usb_scan */
	{ "policy: action", "Malformed action'ALOW', malformed line: ALOW:vid=1234", "POLICY_ACTION ALOW; POLICY_LINE ALOW:vid=1234" },
	{ "policy: width", "hex'056' length error, malformed line ALLOW:vid=056", "POLICY_WIDTH 056" },
	{ "policy: twice", "duplicated tag'vid' found, malformed line ALLOW:vid=0001 vid=0002", "POLICY_TWICE vid" },
	{ "policy: rule", "Malformed policy rule, unable to parse ',x', malformed line: ALLOW:,x", "POLICY_RULE ,x; POLICY_LINE ALLOW:,x" },
	{ "policy: line", "Caught error not enough values to unpack, malformed line: DENY", "POLICY_LINE DENY" },
	{ "policy: comment",
	  "File \"/opt/xensource/libexec/usb_scan.py\", line 3, in parse\nUnboundLocalError: local variable 'action' referenced before assignment",
	  "POLICY_COMMENT action" },
	{ "scan: no speed", "KeyError: 'speed'", "SCAN_KEY" },

	/* xe */
	{ "VCPUs-params key", "Error: Failed to add parameter 'foo': expecting 'weight','cap' or 'mask'", "VCPUS_KEY foo" },
	{ "VCPUs-params key, another wording", "Couldn't add parameter expecting 'weight','cap' or 'mask'", "VCPUS_KEY" },
	{ "required parameter", "Required parameter not found: uuid\nFor usage run: 'xe help'", "REQUIRED uuid" },
	{ "unknown command", "Unknown command: vm-frobnicate\nFor usage run: 'xe help'", "UNKNOWN_COMMAND vm-frobnicate" },
	{ "key on get", "Error: Key pci not found in map", "MISSING_KEY pci" },
	{ "keys on remove", "Error: Key mask is not in map\nError: Key pci is not in map", "MISSING_KEY mask; MISSING_KEY pci" },
	{ "field", "Error code: Missing parameter\nError parameters: nosuch", "NO_FIELD nosuch" },
	{ "switch", "Unknown switch -x", "XE_SWITCH -x" },

	/* xen-cmdline */
	{ "editor: module first", "RuntimeError: Need a multiboot2 kernel", "GRUB_KERNEL_FIRST" },
	{ "editor: what it left", "\tmultiboot2 None None", "GRUB_NONE" },
	{ "editor: traceback", "  File \"bootloader.py\", line 1\nIndexError: list index out of range", "GRUB_DEFAULT" },

	/* Xen */
	{ "shared RMRR, the log of the guide",
	  "[2020-08-22 10:09:03] (XEN) [  297.542134] [VT-D] It's disallowed to assign 0000:08:00.0 with shared RMRR at 7ba77000 for "
	  "Dom32753.\n[2020-08-22 10:09:03] (XEN) [ 297.542136] d[IO]: assign (0000:08:00.0) failed (-1)\n",
	  "RMRR_SHARED 0000:08:00.0; XEN_ASSIGN 0000:08:00.0" },
	{ "shared RMRR, typographic quote", "It\xe2\x80\x99s disallowed to assign 0000:08:00.0 with shared RMRR", "RMRR_SHARED 0000:08:00.0" },
	{ "shared RMRR, folded by a terminal", "It's disallowed to\nassign 0000:08:00.0 with shared RMRR at 7ba77000", "RMRR_SHARED 0000:08:00.0" },
	{ "behind a bridge", "(XEN) [  102.127701] d[IO]: assign (0000:05:03.0) failed (-95)", "RMRR_BRIDGE 0000:05:03.0" },
	{ "another error", "(XEN) d7: assign (0000:05:03.0) failed (-19)", "XEN_ASSIGN 0000:05:03.0" },
	{ "into quarantine", "libxl: error: libxl_pci.c:848:libxl__device_pci_assignable_add: failed to quarantine 0000:05:03.0",
	  "QUARANTINE 0000:05:03.0" },
	{ "relaxed", "(XEN) [VT-D] It's risky to assign 0000:00:14.0 with shared RMRR at 9d000000 for d1.", "RMRR_RISK 0000:00:14.0" },
	{ "RDM conflict", "libxl: error: RDM conflict at 0xf0000.", "RDM_CONFLICT 0xf0000" },
	{ "Linux without Xen", "vfio-pci 0000:04:00.0: Device is ineligible for IOMMU domain attach due to platform RMRR requirement.",
	  "RMRR_LINUX 0000:04:00.0" },
	{ "I/O virtualisation", "(XEN) I/O virtualisation disabled", "IOMMU_DISABLED" },
	{ "interrupt remapping", "(XEN) Interrupt remapping disabled", "INTREMAP_OFF" },
	{ "no-intremap is not no", "iommu=no-intremap", "INTREMAP_OFF" },
	{ "IRQs bounded", "(XEN) domU IRQs bounded to 1200", "IRQS_BOUNDED 1200" },
	{ "IRQ limits", "(XEN) IRQ limits: 120 GSI, 6604 MSI/MSI-X", "IRQ_LIMITS" },
	{ "iommu=0", "dom0_mem=7568M iommu=0 watchdog", "XEN_IOMMU_OFF" },
	{ "a KVM leftover", "root=LABEL=root-x ro intel_iommu=on quiet", "INTEL_IOMMU on" },
	{ "another", "quiet vfio-pci.ids=10de:2331", "VFIO 10de:2331" },

	/* libxl, Linux, QEMU, Windows, placement */
	{ "xl: pciback", "libxl: error: libxl_pci.c:415:libxl_device_pci_assignable_list: Looks like pciback driver not loaded", "PCIBACK_XL" },
	{ "xl: quarantine", "libxl: error: failed to de-quarantine 0000:04:00.0", "DEQUARANTINE 0000:04:00.0" },
	{ "xl: not assignable", "libxl: error: libxl_pci.c:1568: Domain 3:PCI device 0:4:0.0 is not assignable", "NOT_ASSIGNABLE 0000:04:00.0" },
	{ "xl: assign", "libxl: error: xc_assign_device failed: Operation not permitted", "XC_ASSIGN EPERM" },
	{ "xl: reset", "The kernel doesn't support reset from sysfs for PCI device 0000:01:00.0", "NO_SYSFS_RESET 0000:01:00.0" },
	{ "xl: add", "libxl__device_pci_add failed for PCI device 0:0:1f.6 (rc -9)", "PCI_ADD_XL 0000:00:1f.6" },
	{ "xl: another's", "libxl: error: libxl_pci.c:1612:libxl__device_pci_add: Domain 3:PCI device 0000:04:00.0 already assigned to a different guest?",
	  "OTHER_GUEST 0000:04:00.0" },
	{ "xl: no IOMMU", "PCI device 0000:04:00.0 cannot be assigned - no IOMMU?", "NO_IOMMU_XL 0000:04:00.0" },
	{ "xl: PoD", "libxl: error: Domain 3:PCI device assignment for HVM guest failed due to PoD enabled", "POD" },
	{ "xl: PoD today", "IOMMU required for device passthrough but not supported together with PoD", "POD" },
	{ "Xen: fault", "(XEN) [VT-D]DMAR:[DMA Read] Request device [0000:af:00.0] fault addr 8e43c000", "DMA_FAULT 0000:af:00.0" },
	{ "Xen: fault of AMD", "(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:13.1 d0 addr 00000000000eb380 flags 0x20 RW", "DMA_FAULT 0000:00:13.1" },
	{ "Xen: pirq", "(XEN) physdev.c:174: dom5: no free pirq", "NO_PIRQ" },
	{ "kernel: vectors", "[  210.1] pciback 0000:af:00.0: xen map irq failed -28 for 5 domain", "NO_PIRQ 0000:af:00.0" },
	{ "kernel: irq", "kernel: xhci_hcd 0000:00:14.0: xen map irq failed -19 for 32752 domain", "MAP_IRQ 0000:00:14.0" },
	{ "kernel: no reset", "[  99.0] pci 0000:04:00.0: not ready 65535ms after FLR; giving up", "RESET_FAILED 0000:04:00.0" },
	{ "kernel: slow reset is none", "[  99.0] pci 0000:04:00.0: not ready 1023ms after FLR; waiting", "" },
	{ "lspci", "pcilib: Error reading /sys/bus/pci/devices/0000:00:08.3/label: Operation not permitted", "PCILIB_LABEL 0000:00:08.3" },
	{ "libvirt: reset", "internal error: Unable to reset PCI device 0000:01:00.0: no FLR, PM reset or bus reset available",
	  "NO_RESET 0000:01:00.0" },
	{ "kernel: hide", "[    1.1] xen-pciback: Error parsing pci_devs_to_hide at \"(0b::00.1)\"\r\n", "HIDE_PARSE (0b::00.1)" },
	{ "kernel: transaction, the address before it",
	  "[   2.126177] pciback 0000:0b:00.0: timed out waiting for pending transaction: performing function level reset anyway",
	  "PENDING_RESET 0000:0b:00.0" },
	{ "QEMU", "qemu_pci_add_xenstore: qemu refused to add device: 0000:01:00.0,msitranslate=0", "QEMU_REFUSED 0000:01:00.0" },
	{ "Code 43", "Windows has stopped this device because it has reported problems. (Code 43)", "CODE_43" },
	{ "Code 12", "This device cannot find enough free resources that it can use. (Code 12)", "CODE_12" },
	{ "Code 10", "This device cannot start. (Code 10)", "CODE_10" },
	{ "no host", "No valid host was found. There are not enough hosts available.", "NO_HOST" },
	{ "NUMA nodes", "an eligible host NUMA node is required for each virtual NUMA node", "NUMA_NODE_EACH" },

	/* pasted arguments */
	{ "hide: refused", "xen-pciback.hide=(0000:82.0.0)", "HIDE_REFUSED (0000:82.0.0)" },
	{ "hide: from a SCSI address", "/opt/xensource/libexec/xen-cmdline --set-dom0 \"xen-pciback.hide=(1:0:1:0:)\"", "HIDE_REFUSED (1:0:1:0:)" },
	{ "hide: a star", "xen-pciback.hide=(0000:03:00.*)", "HIDE_XAPI (0000:03:00.*)" },
	{ "hide: escaped for a shell", "xen_pciback.hide=\\(04:00.0\\)", "HIDE_XAPI (04:00.0)" },
	{ "hide: capitals", "xen-pciback.hide=(0000:0A:00.0)", "HIDE_FORM (0000:0A:00.0)" },
	{ "hide: the old key", "pciback.hide=(0f:00.0)", "HIDE_OLD_KEY" },
	{ "hide: a blank splits it", "xen-pciback.hide=(0000:04:00.0) (0000:05:00.0) quiet",
	  "HIDE_SPLIT; HIDE_XAPI (0000:04:00.0) (0000:05:00.0)" },
	{ "hide: two lists", "a xen-pciback.hide=(0000:04:00.0) b xen-pciback.hide=(0000:05:00.0)", "HIDE_TWO" },
	{ "hide: one on each line is none too many", "xen-pciback.hide=(0000:04:00.0)\nxen-pciback.hide=(0000:05:00.0)", "" },
	{ "hide: nothing wrong", "xen-pciback.hide=(0000:04:00.0)(0000:04:00.1)", "" },
	{ "hide: a place for a value is none", "xen-pciback.hide=<list> or xen-pciback.hide=...", "" },
	{ "vm key: no index", "other-config:pci=0000:04:00.0", "VMPCI_DROPPED 0000:04:00.0" },
	{ "vm key: a blank behind the comma", "other-config:pci=\"0/0000:04:00.0, 1/0000:05:00.0\"", "VMPCI_DROPPED  1/0000:05:00.0" },
	{ "vm key: digits", "other-config:pci=0/0:4:0.0", "VMPCI_FORM 0/0:4:0.0" },
	{ "vm key: order", "other-config:pci=0/0000:04:00.0,0/0000:05:00.0", "VMPCI_ORDER" },
	{ "vm key: nothing wrong", "other-config:pci=0/0000:04:00.0,1/0000:05:00.0 uuid=x", "" },
	{ "mask: a range", "xe vm-param-set uuid=x VCPUs-params:mask=8-15", "MASK_IGNORED 8-15" },
	{ "mask: a blank", "VCPUs-params:mask=0, 1", "MASK_IGNORED 0, 1" },
	{ "mask: nothing wrong", "VCPUs-params:mask=0,1,2", "" },
	{ "xe: glued", "vm-param-setother-config:pci=0/0000:04:01.0uuid=<vm uuid>", "XE_BLANKS vm-param-set" },
	{ "xe: the uuid glued on", "xe vm-param-set other-config:pci=0/0000:04:01.0uuid=" VM, "XE_BLANKS vm-param-set" },
	{ "xe: not glued", "xe vusb-create usb-group-uuid=a vm-uuid=b", "" },
	{ "editor: no such option", "xen-cmdline --list-xen", "EDITOR_OPTION --list-xen" },
	{ "editor: a value with =", "xen-cmdline --set-dom0=quiet", "EDITOR_OPTION --set-dom0" },
	{ "editor: two keys", "xen-cmdline --delete-dom0 quiet splash", "EDITOR_KEYS --delete-dom0" },
	{ "editor: one option a key", "xen-cmdline --set-dom0 a=1 --set-dom0 b=2", "" },

	/* surroundings */
	{ "an empty text", "", "" },
	{ "colours of a terminal", "\x1b[31mlibxl: error:\x1b[0m failed to \x1b[1mde-quarantine\x1b[0m 0000:04:00.0", "DEQUARANTINE 0000:04:00.0" },
	{ "entities of a web page", "Failed to add parameter &#39;x&#39;: expecting &#39;weight&#39;,&#39;cap&#39; or &#39;mask&#39;", "VCPUS_KEY x" },
	{ "the same twice is said once", "PCI device 0:4:0.0 is not assignable\nPCI device 0000:04:00.0 is not assignable\n",
	  "NOT_ASSIGNABLE 0000:04:00.0" },
	{ "several, in the order of the text",
	  "IOMMU unavailable\nxc_assign_device failed: Device or resource busy\npciback has not loaded\n",
	  "IOMMU_UNAVAILABLE; XC_ASSIGN EBUSY; PCIBACK_NOT_LOADED" },
	{ "the one with a subject takes over", "VM_HAS_PCI_ATTACHED\nVM_HAS_PCI_ATTACHED(OpaqueRef:" VM ")", "VM_HAS_PCI " VM },

	/* what is none of it */
	{ "a part of a word", "MYUUID_INVALIDATED XVM_HAS_PCI_ATTACHED VM_HAS_PCI_ATTACHED_TOO", "" },
	{ "an exit code", "process exited with code 10, exit code 12", "" },
	{ "a longer number", "(Code 430)", "" },
	{ "other words with iommu", "my_iommu=0 iommu=noquarantine iommu=no-quarantine", "" },
	{ "fragments on different lines", "It's disallowed to assign 0000:08:00.0\nwith great care\nwith shared RMRR", "" },
	{ "a log without errors",
	  "Nov 21 05:15:00 host xapi: [ info||7 ||xapi] VM.start R:1 started\nuuid: " VM "\npci: 0/0000:3b:00.0; mac_seed: x", "" },
};

static char *summary(const struct explanations *all)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };

	for (size_t i = 0; i < all->n; i++)
		strbuf_addf(&out, "%s%s%s%s", i ? "; " : "", all->v[i].entry->code + strlen("EXPLAIN_"), all->v[i].subject ? " " : "",
			    all->v[i].subject ? all->v[i].subject : "");
	return strbuf_take(&out);
}

static void check_whole(const struct explanations *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct explanation *e = &all->v[i];

		assert_true(e->meaning || e->entry->meaning);
		assert_true(e->remedy || e->entry->remedy);
		assert_true(e->entry->cause && e->entry->check);
		assert_true(*e->matched && e->line >= (i ? all->v[i - 1].line : 1));
	}
}

static void explains(void **state)
{
	const struct text_row *row = *state;
	_cleanup_(explanations_done) struct explanations all = { 0 };
	_cleanup_free_ char *got = NULL;

	explain(row->text, strlen(row->text), &all);
	check_whole(&all);
	got = summary(&all);
	assert_string_equal(got, row->expected);
}

/* ---- the tables --------------------------------------------------------------------------------- */

static bool is_hit(const char *code)
{
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		_cleanup_(explanations_done) struct explanations all = { 0 };

		explain(texts[i].text, strlen(texts[i].text), &all);
		for (size_t k = 0; k < all.n; k++)
			if (streq(all.v[k].entry->code, code))
				return true;
	}
	return false;
}

static void every_entry_is_hit(void **state)
{
	const struct explain_table *t = *state;

	for (size_t i = 0; i < t->n; i++)
		if (!is_hit(t->v[i].code))
			fail_msg("no text of this test gives %s", t->v[i].code);
}

/* Every pattern fits its own literal text, whatever stands before it in the tables. */
static void every_pattern_fits(void **state)
{
	const struct explain_table *t = *state;

	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < EXPLAIN_PATTERNS && t->v[i].patterns[k]; k++) {
			const char *pattern = t->v[i].patterns[k];
			_cleanup_(explanations_done) struct explanations all = { 0 };
			_cleanup_strbuf_ struct strbuf text = { 0 };
			bool found = false;

			assert_true(strcspn(pattern, "*") >= 3);
			for (const char *c = pattern + (*pattern == '='); *c; c++)
				strbuf_addn(&text, *c == '*' ? " x " : c, *c == '*' ? 3 : 1);
			explain(strbuf_str(&text), text.len, &all);
			for (size_t n = 0; n < all.n; n++)
				found = found || all.v[n].entry == &t->v[i];
			if (!found)
				fail_msg("'%s' does not give %s", pattern, t->v[i].code);
		}
}

static void codes_are_unique(void **state)
{
	const struct explain_table *tables[] = { &explain_toolstack, &explain_platform, &explain_judged };
	_cleanup_strv_ struct strv codes = { 0 };

	(void)state;
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (size_t i = 0; i < tables[t]->n; i++) {
			if (strv_has(&codes, tables[t]->v[i].code))
				fail_msg("%s stands there twice", tables[t]->v[i].code);
			assert_true(str_after(tables[t]->v[i].code, "EXPLAIN_"));
			strv_add(&codes, tables[t]->v[i].code);
		}
}

/* ---- details ------------------------------------------------------------------------------------ */

static void one(const char *text, struct explanations *ret)
{
	explain(text, strlen(text), ret);
	assert_int_equal(ret->n, 1);
}

static void points_at_the_byte(void **state)
{
	_cleanup_(explanations_done) struct explanations all = { 0 };
	const char *caret;

	(void)state;
	one("xen-pciback.hide=(0b:00.0)(0b::00.1)", &all);
	assert_int_equal(all.v[0].where.n, 2);
	caret = strchr(all.v[0].where.v[1], '^');
	assert_non_null(caret);
	assert_memory_equal(all.v[0].where.v[0] + (caret - all.v[0].where.v[1]) - 1, "::00.1", 6);
	assert_int_equal(all.v[0].found.n, 2); /* the short form, too */
}

static void offers_what_to_write(void **state)
{
	static const struct {
		const char *text, *remedy;
	} rows[] = {
		{ "xen-pciback.hide=(07:08.0)", "write xen-pciback.hide=(0000:07:08.0) " },
		{ "VCPUs-params:mask=8-11,16", "write VCPUs-params:mask=8,9,10,11,16;" },
		{ "vm-param-setother-config:pci=0/0000:04:01.0uuid=<vm uuid>",
		  "write it with blanks: xe vm-param-set other-config:pci=0/0000:04:01.0 uuid=<vm uuid>" },
		{ "xe vm-startuuid=" VM, "write it with blanks: xe vm-start uuid=" VM },
		{ "xe vm-param-set other-config:pci=0/0000:04:01.0uuid=1",
		  "write it with blanks: xe vm-param-set other-config:pci=0/0000:04:01.0 uuid=1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(explanations_done) struct explanations all = { 0 };

		one(rows[i].text, &all);
		if (!all.v[0].remedy || !str_after(all.v[0].remedy, rows[i].remedy))
			fail_msg("%s: %s", rows[i].text, all.v[0].remedy ? all.v[0].remedy : "no remedy");
	}
}

static void counts_lines(void **state)
{
	_cleanup_(explanations_done) struct explanations all = { 0 };

	(void)state;
	one("\n \r\n\tx\\ny\r\n   IOMMU unavailable\n", &all);
	assert_int_equal(all.v[0].line, 4);
}

/* UTF-16, bytes 0, broken UTF-8: found all the same, or harmless. */
static void bytes_of_any_kind(void **state)
{
	static const char text[] = "IOMMU unavailable";
	_cleanup_(explanations_done) struct explanations all = { 0 }, none = { 0 };
	_cleanup_strbuf_ struct strbuf wide = { 0 };
	char rubbish[4096];
	uint64_t seed = rnd_seed();

	(void)state;
	for (const char *c = text; *c; c++)
		strbuf_addn(&wide, (char[]){ *c, '\0' }, 2);
	explain(strbuf_str(&wide), wide.len, &all);
	assert_int_equal(all.n, 1);
	for (size_t i = 0; i < sizeof(rubbish); i++)
		rubbish[i] = (char)rnd(&seed, 256);
	explain(rubbish, sizeof(rubbish), &none);
	assert_int_equal(none.n, 0);
}

static void is_bounded(void **state)
{
	_cleanup_(explanations_done) struct explanations all = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };

	(void)state;
	for (unsigned i = 0; i < 4096; i++)
		strbuf_addf(&text, "PCI device %x:%x:00.0 is not assignable\n", i / 256, i % 256);
	explain(strbuf_str(&text), text.len, &all);
	assert_int_equal(all.n, EXPLAIN_SUBJECTS_MAX);
	assert_int_equal(all.more, 4096 - EXPLAIN_SUBJECTS_MAX);
}

static void says_what_is_fine(void **state)
{
	_cleanup_(explanations_done) struct explanations all = { 0 };
	static const char text[] = "quiet xen-pciback.hide=(0000:04:00.0)";

	(void)state;
	explain(text, strlen(text), &all);
	assert_int_equal(all.n, 0);
	assert_int_equal(all.fine.n, 1);
}

int main(void)
{
	struct table t = { 0 };

	TABLE_ADD(&t, texts, explains);
	table_add(&t, "every entry about the toolstack is hit by a text", every_entry_is_hit, &explain_toolstack);
	table_add(&t, "every entry about the platform is hit by a text", every_entry_is_hit, &explain_platform);
	table_add(&t, "every entry about pasted arguments is hit by a text", every_entry_is_hit, &explain_judged);
	table_add(&t, "every pattern about the toolstack fits", every_pattern_fits, &explain_toolstack);
	table_add(&t, "every pattern about the platform fits", every_pattern_fits, &explain_platform);
	table_add(&t, "codes are unique", codes_are_unique, NULL);
	table_add(&t, "a caret stands below the bad byte", points_at_the_byte, NULL);
	table_add(&t, "the remedy says what to write", offers_what_to_write, NULL);
	table_add(&t, "lines are counted as the text has them", counts_lines, NULL);
	table_add(&t, "bytes of any kind are harmless", bytes_of_any_kind, NULL);
	table_add(&t, "a log full of one message is bounded", is_bounded, NULL);
	table_add(&t, "a good argument is said to be good", says_what_is_fine, NULL);
	return table_run(&t, "explain");
}
