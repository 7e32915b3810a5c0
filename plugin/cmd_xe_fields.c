/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xe_fields.c - see cmd_xe.h */

#include "plugin/cmd_xe.h"

/* xe's tags. */
#define RO "( RO)"
#define RW "( RW)"
#define SRO "(SRO)"
#define SRW "(SRW)"
#define MRO "(MRO)"
#define MRW "(MRW)"
#define OLD(tag) tag " [DEPRECATED]"

#define KIND(how)                                                                                                      \
	((how) == XE_BOOL || (how) == XE_METRICS_BOOL ? V_BOOL                                                         \
	 : (how) == XE_SET || (how) == XE_MAP || (how) == XE_REFS || (how) == XE_KEYS ? V_LIST                        \
										      : V_TEXT)
/* F(name, tag, in the layout without params=, how, field of XAPI's record, class of a reference) */
#define AS_FIELD(name, tag, brief, how, field, of) { name, KIND(XE_##how), brief, "XAPI's " field, tag },
#define AS_SOURCE(name, tag, brief, how, field, of) { XE_##how, field, of },

#define CLASS(id, class, list)                                                                                         \
	static const struct field id##_fields[] = { list(AS_FIELD) };                                                  \
	static const struct xe_source id##_sources[] = { list(AS_SOURCE) };                                            \
	const struct record_type xe_##id##_type = RECORD_TYPE(class, id##_fields);                                   \
	const struct xe_class xe_##id = { class, &xe_##id##_type, id##_sources };

#define VM_FIELDS(F) \
	F("uuid", RO, true, TEXT, "uuid", NULL) \
	F("name-label", RW, true, TEXT, "name_label", NULL) \
	F("name-description", RW, false, TEXT, "name_description", NULL) \
	F("user-version", RW, false, TEXT, "user_version", NULL) \
	F("is-a-template", RW, false, BOOL, "is_a_template", NULL) \
	F("is-default-template", RW, false, BOOL, "is_default_template", NULL) \
	F("is-a-snapshot", RO, false, BOOL, "is_a_snapshot", NULL) \
	F("snapshot-of", RO, false, REF, "snapshot_of", "VM") \
	F("snapshots", RO, false, REFS, "snapshots", "VM") \
	F("snapshot-time", RO, false, TEXT, "snapshot_time", NULL) \
	F("snapshot-info", RO, false, MAP, "snapshot_info", NULL) \
	F("parent", RO, false, REF, "parent", "VM") \
	F("children", RO, false, REFS, "children", "VM") \
	F("is-control-domain", RO, false, BOOL, "is_control_domain", NULL) \
	F("power-state", RO, true, LOWER, "power_state", NULL) \
	F("memory-actual", RO, false, METRICS, "memory_actual", NULL) \
	F("memory-target", RO, false, ASKED_DATA, "memory_target", NULL) \
	F("memory-overhead", RO, false, TEXT, "memory_overhead", NULL) \
	F("memory-static-max", RW, false, TEXT, "memory_static_max", NULL) \
	F("memory-dynamic-max", RW, false, TEXT, "memory_dynamic_max", NULL) \
	F("memory-dynamic-min", RW, false, TEXT, "memory_dynamic_min", NULL) \
	F("memory-static-min", RW, false, TEXT, "memory_static_min", NULL) \
	F("suspend-VDI-uuid", RW, false, REF, "suspend_VDI", "VDI") \
	F("suspend-SR-uuid", RW, false, REF, "suspend_SR", "SR") \
	F("VCPUs-params", MRW, false, MAP, "VCPUs_params", NULL) \
	F("VCPUs-max", RW, false, TEXT, "VCPUs_max", NULL) \
	F("VCPUs-at-startup", RW, false, TEXT, "VCPUs_at_startup", NULL) \
	F("actions-after-shutdown", RW, false, WORDS, "actions_after_shutdown", NULL) \
	F("actions-after-softreboot", RW, false, WORDS, "actions_after_softreboot", NULL) \
	F("actions-after-reboot", RW, false, WORDS, "actions_after_reboot", NULL) \
	F("actions-after-crash", RW, false, WORDS, "actions_after_crash", NULL) \
	F("console-uuids", SRO, false, REFS, "consoles", "console") \
	F("hvm", RO, false, METRICS_BOOL, "hvm", NULL) \
	F("platform", MRW, false, MAP, "platform", NULL) \
	F("allowed-operations", SRO, false, SET, "allowed_operations", NULL) \
	F("current-operations", SRO, false, KEYS, "current_operations", NULL) \
	F("blocked-operations", MRW, false, MAP, "blocked_operations", NULL) \
	F("allowed-VBD-devices", SRO, false, ASKED_LIST, "allowed_VBD_devices", NULL) \
	F("allowed-VIF-devices", SRO, false, ASKED_LIST, "allowed_VIF_devices", NULL) \
	F("possible-hosts", RO, false, ASKED_REFS, "possible_hosts", "host") \
	F("domain-type", RW, false, TEXT, "domain_type", NULL) \
	F("current-domain-type", RO, false, METRICS, "current_domain_type", NULL) \
	F("HVM-boot-policy", RW, false, TEXT, "HVM_boot_policy", NULL) \
	F("HVM-boot-params", MRW, false, MAP, "HVM_boot_params", NULL) \
	F("HVM-shadow-multiplier", RW, false, FLOAT, "HVM_shadow_multiplier", NULL) \
	F("PV-kernel", RW, false, TEXT, "PV_kernel", NULL) \
	F("PV-ramdisk", RW, false, TEXT, "PV_ramdisk", NULL) \
	F("PV-args", RW, false, TEXT, "PV_args", NULL) \
	F("PV-legacy-args", RW, false, TEXT, "PV_legacy_args", NULL) \
	F("PV-bootloader", RW, false, TEXT, "PV_bootloader", NULL) \
	F("PV-bootloader-args", RW, false, TEXT, "PV_bootloader_args", NULL) \
	F("last-boot-CPU-flags", RO, false, MAP, "last_boot_CPU_flags", NULL) \
	F("last-boot-record", RO, false, QUOTED, "last_booted_record", NULL) \
	F("resident-on", RO, false, REF, "resident_on", "host") \
	F("affinity", RW, false, REF, "affinity", "host") \
	F("other-config", MRW, false, MAP, "other_config", NULL) \
	F("dom-id", RO, false, TEXT, "domid", NULL) \
	F("recommendations", RO, false, TEXT, "recommendations", NULL) \
	F("xenstore-data", MRW, false, MAP, "xenstore_data", NULL) \
	F("ha-always-run", OLD(RW), false, BOOL, "ha_always_run", NULL) \
	F("ha-restart-priority", RW, false, TEXT, "ha_restart_priority", NULL) \
	F("blobs", RO, false, MAP, "blobs", NULL) \
	F("start-time", RO, false, METRICS, "start_time", NULL) \
	F("install-time", RO, false, METRICS, "install_time", NULL) \
	F("VCPUs-number", RO, false, METRICS, "VCPUs_number", NULL) \
	F("VCPUs-utilisation", MRO, false, ASKED_CPUS, "VCPUs_utilisation", NULL) \
	F("os-version", MRO, false, GUEST, "os_version", NULL) \
	F("netbios-name", MRO, false, GUEST, "netbios_name", NULL) \
	F("PV-drivers-version", MRO, false, GUEST, "PV_drivers_version", NULL) \
	F("PV-drivers-up-to-date", OLD(RO), false, GUEST, "PV_drivers_up_to_date", NULL) \
	F("memory", MRO, false, GUEST, "memory", NULL) \
	F("disks", MRO, false, GUEST, "disks", NULL) \
	F("VBDs", SRO, false, REFS, "VBDs", "VBD") \
	F("networks", MRO, false, GUEST, "networks", NULL) \
	F("PV-drivers-detected", RO, false, GUEST, "PV_drivers_detected", NULL) \
	F("other", MRO, false, GUEST, "other", NULL) \
	F("live", RO, false, GUEST, "live", NULL) \
	F("guest-metrics-last-updated", RO, false, GUEST, "last_updated", NULL) \
	F("can-use-hotplug-vbd", RO, false, GUEST, "can_use_hotplug_vbd", NULL) \
	F("can-use-hotplug-vif", RO, false, GUEST, "can_use_hotplug_vif", NULL) \
	F("cooperative", OLD(RO), false, ASKED_BOOL, "cooperative", NULL) \
	F("tags", SRW, false, SET, "tags", NULL) \
	F("appliance", RW, false, REF, "appliance", "VM_appliance") \
	F("groups", RW, false, REFS, "groups", "VM_group") \
	F("snapshot-schedule", RW, false, REF, "snapshot_schedule", "VMSS") \
	F("is-vmss-snapshot", RO, false, BOOL, "is_vmss_snapshot", NULL) \
	F("start-delay", RW, false, TEXT, "start_delay", NULL) \
	F("shutdown-delay", RW, false, TEXT, "shutdown_delay", NULL) \
	F("order", RW, false, TEXT, "order", NULL) \
	F("version", RO, false, TEXT, "version", NULL) \
	F("generation-id", RO, false, TEXT, "generation_id", NULL) \
	F("hardware-platform-version", RO, false, TEXT, "hardware_platform_version", NULL) \
	F("has-vendor-device", RW, false, BOOL, "has_vendor_device", NULL) \
	F("requires-reboot", RO, false, BOOL, "requires_reboot", NULL) \
	F("reference-label", RO, false, TEXT, "reference_label", NULL) \
	F("bios-strings", MRO, false, MAP, "bios_strings", NULL) \
	F("pending-guidances", RO, false, SET, "pending_guidances", NULL) \
	F("vtpms", RO, false, REFS, "VTPMs", "VTPM") \
	F("pending-guidances-recommended", RO, false, SET, "pending_guidances_recommended", NULL) \
	F("pending-guidances-full", RO, false, SET, "pending_guidances_full", NULL)
CLASS(vm, "VM", VM_FIELDS)

#define PCI_FIELDS(F) \
	F("uuid", RO, true, TEXT, "uuid", NULL) \
	F("vendor-name", RO, true, TEXT, "vendor_name", NULL) \
	F("device-name", RO, true, TEXT, "device_name", NULL) \
	F("driver-name", RO, false, TEXT, "driver_name", NULL) \
	F("host-uuid", RO, false, REF, "host", "host") \
	F("host-name-label", RO, false, REF_NAME, "host", "host") \
	F("pci-id", RO, true, TEXT, "pci_id", NULL) \
	F("dependencies", SRO, false, REFS, "dependencies", "PCI") \
	F("other-config", MRW, false, MAP, "other_config", NULL)
CLASS(pci, "PCI", PCI_FIELDS)

#define PUSB_FIELDS(F) \
	F("uuid", RO, true, TEXT, "uuid", NULL) \
	F("usb-group-uuid", RO, false, REF, "USB_group", "USB_group") \
	F("host-uuid", RO, false, REF, "host", "host") \
	F("host-name-label", RO, false, REF_NAME, "host", "host") \
	F("path", RO, true, TEXT, "path", NULL) \
	F("vendor-id", RO, true, TEXT, "vendor_id", NULL) \
	F("vendor-desc", RO, true, TEXT, "vendor_desc", NULL) \
	F("product-id", RO, true, TEXT, "product_id", NULL) \
	F("product-desc", RO, true, TEXT, "product_desc", NULL) \
	F("serial", RO, true, TEXT, "serial", NULL) \
	F("version", RO, true, TEXT, "version", NULL) \
	F("description", RO, true, TEXT, "description", NULL) \
	F("speed", RO, true, FLOAT, "speed", NULL) \
	F("passthrough-enabled", RW, false, BOOL, "passthrough_enabled", NULL)
CLASS(pusb, "PUSB", PUSB_FIELDS)

#define USB_GROUP_FIELDS(F) \
	F("uuid", RO, true, TEXT, "uuid", NULL) \
	F("name-label", RW, true, TEXT, "name_label", NULL) \
	F("name-description", RW, true, TEXT, "name_description", NULL) \
	F("VUSB-uuids", SRO, false, REFS, "VUSBs", "VUSB") \
	F("PUSB-uuids", SRO, false, REFS, "PUSBs", "PUSB") \
	F("other-config", MRW, false, MAP, "other_config", NULL)
CLASS(usb_group, "USB_group", USB_GROUP_FIELDS)

#define VUSB_FIELDS(F) \
	F("uuid", RO, true, TEXT, "uuid", NULL) \
	F("vm-uuid", RO, true, REF, "VM", "VM") \
	F("vm-name-label", RO, false, REF_NAME, "VM", "VM") \
	F("usb-group-uuid", RO, true, REF, "USB_group", "USB_group") \
	F("usb-group-name-label", RO, false, REF_NAME, "USB_group", "USB_group") \
	F("other-config", MRW, false, MAP, "other_config", NULL) \
	F("currently-attached", RO, false, BOOL, "currently_attached", NULL) \
	F("allowed-operations", SRO, false, SET, "allowed_operations", NULL) \
	F("current-operations", SRO, false, KEYS, "current_operations", NULL)
CLASS(vusb, "VUSB", VUSB_FIELDS)
