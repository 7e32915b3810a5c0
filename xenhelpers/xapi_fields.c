/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_fields.c - see xapi_fields.h */

#include "str.h"
#include "xapi_fields.h"

/* Fields by class, in XAPI's spelling.  "map:key,key" are these keys of a map; one that ends in "*" stands for all that begin so. */
static const struct class {
	const char *name;
	const char *const *fields;
} classes[] = {
	{ "pool", (const char *const[]){ "uuid", "name_label", "master", "ha_enabled", "cpu_info",
				 "other_config:auto_poweron,xe-passthrough:*", NULL } },
	{ "host",
	  (const char *const[]){ "uuid", "name_label", "enabled", "hostname", "software_version", "cpu_info", "chipset_info",
				 "guest_VCPUs_params:mask", "numa_affinity_policy", "PCIs", "PIFs", "PBDs", "PGPUs", "PUSBs",
				 "control_domain", "resident_VMs", NULL } },
	{ "VM",
	  (const char *const[]){ "uuid", "name_label", "power_state", "is_a_template", "is_a_snapshot", "is_control_domain",
				 "is_default_template", "snapshot_of", "resident_on", "affinity", "domid",
				 "other_config:pci,auto_poweron", "VCPUs_params:mask", "VCPUs_max", "VCPUs_at_startup",
				 "memory_static_max", "memory_dynamic_max", "memory_target", "platform", "HVM_boot_policy",
				 "HVM_boot_params:firmware", "attached_PCIs", "VGPUs", "VUSBs", "ha_restart_priority",
				 "last_boot_CPU_flags", "domain_type", NULL } },
	{ "PCI",
	  (const char *const[]){ "uuid", "host", "pci_id", "class_name", "vendor_name", "device_name", "subsystem_vendor_name",
				 "subsystem_device_name", "driver_name", "functions", "physical_function", "virtual_functions",
				 "dependencies", "attached_VMs", NULL } },
	{ "PGPU",
	  (const char *const[]){ "uuid", "PCI", "GPU_group", "host", "supported_VGPU_types", "enabled_VGPU_types", "resident_VGPUs",
				 "dom0_access", "is_system_display_device", NULL } },
	{ "GPU_group", (const char *const[]){ "uuid", "name_label", "PGPUs", "VGPUs", "GPU_types", NULL } },
	{ "VGPU", (const char *const[]){ "uuid", "VM", "GPU_group", "device", "type", "resident_on", "currently_attached", NULL } },
	{ "VGPU_type",
	  (const char *const[]){ "uuid", "vendor_name", "model_name", "implementation", "identifier", "framebuffer_size", NULL } },
	{ "PIF",
	  (const char *const[]){ "uuid", "device", "IP", "network", "host", "VLAN", "physical", "management", "currently_attached",
				 "bond_slave_of", "bond_master_of", "VLAN_master_of", "VLAN_slave_of", "managed", "PCI",
				 "sriov_physical_PIF_of", "sriov_logical_PIF_of", "disallow_unplug", NULL } },
	{ "network", (const char *const[]){ "uuid", "name_label", "bridge", "PIFs", "VIFs", "managed", NULL } },
	{ "network_sriov", (const char *const[]){ "uuid", "physical_PIF", "logical_PIF", "requires_reboot", "configuration_mode", NULL } },
	{ "Bond", (const char *const[]){ "uuid", "master", "slaves", NULL } },
	{ "VLAN", (const char *const[]){ "uuid", "tagged_PIF", "untagged_PIF", "tag", NULL } },
	{ "VIF", (const char *const[]){ "uuid", "VM", "network", "device", "currently_attached", NULL } },
	{ "SR", (const char *const[]){ "uuid", "name_label", "type", "content_type", "shared", "PBDs", NULL } },
	{ "PBD", (const char *const[]){ "uuid", "host", "SR", "currently_attached", "device_config:device,SCSIid,target,server", NULL } },
	{ "PUSB",
	  (const char *const[]){ "uuid", "USB_group", "host", "path", "vendor_id", "vendor_desc", "product_id", "product_desc",
				 "serial", "version", "description", "passthrough_enabled", "speed", NULL } },
	{ "USB_group", (const char *const[]){ "uuid", "name_label", "name_description", "PUSBs", "VUSBs", NULL } },
	{ "VUSB", (const char *const[]){ "uuid", "VM", "USB_group", "currently_attached", NULL } },
};

/* What is read of objects that come and go, and that no recording keeps. */
static const struct class passing = { "task", (const char *const[]){ "status", "result", "error_info", NULL } };

const char *xapi_class(size_t i)
{
	return i < ARRAY_SIZE(classes) ? classes[i].name : NULL;
}

/* Is the word in a list with commas? */
static bool is_listed(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
		if ((!strncmp(p, word, len) && (p[len] == ',' || !p[len])) ||
		    (p[strcspn(p, ",*")] == '*' && !strncmp(p, word, strcspn(p, "*"))))
			return true;
	return false;
}

static bool class_reads(const struct class *c, const char *field, const char *key)
{
	for (size_t i = 0; c->fields[i]; i++) {
		const char *rest = str_after(c->fields[i], field);

		if (rest && !*rest)
			return true;
		if (rest && *rest == ':')
			return !key || is_listed(rest + 1, key);
	}
	return false;
}

bool xapi_field_is_read(const char *class, const char *field, const char *key)
{
	bool listed = class == NULL;

	if (!class && class_reads(&passing, field, key))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		if (class && !streq(class, classes[i].name))
			continue;
		listed = true;
		if (class_reads(&classes[i], field, key))
			return true;
	}
	return !listed;
}
