/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gather_xapi.c - those fields of XAPI's records that we read, as xapi.json; see gather.h */

#include <stdio.h>

#include <jansson.h>

#include "gather.h"

/*
 * Fields by class, in XAPI's spelling.  "map:key,key" keeps these keys of a map; a map that may hold what a user or a storage driver put
 * there (other_config, device_config, xenstore_data) is never kept whole.
 */
static const struct class {
	const char *name;
	const char *const *fields;
} classes[] = {
	{ "pool", (const char *const[]){ "uuid", "name_label", "master", "ha_enabled", NULL } },
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
	  (const char *const[]){ "uuid", "device", "network", "host", "VLAN", "physical", "management", "currently_attached",
				 "bond_slave_of", "bond_master_of", "VLAN_master_of", "VLAN_slave_of", "managed", "PCI",
				 "sriov_physical_PIF_of", "sriov_logical_PIF_of", "disallow_unplug", NULL } },
	{ "network", (const char *const[]){ "uuid", "name_label", "bridge", "PIFs", "VIFs", "managed", NULL } },
	{ "network_sriov", (const char *const[]){ "uuid", "physical_PIF", "logical_PIF", "requires_reboot", "configuration_mode", NULL } },
	{ "Bond", (const char *const[]){ "uuid", "master", "slaves", NULL } },
	{ "VLAN", (const char *const[]){ "uuid", "tagged_PIF", "untagged_PIF", "tag", NULL } },
	{ "VIF", (const char *const[]){ "uuid", "VM", "network", "device", "currently_attached", NULL } },
	{ "SR", (const char *const[]){ "uuid", "name_label", "type", "content_type", "shared", "PBDs", NULL } },
	{ "PBD", (const char *const[]){ "uuid", "host", "SR", "currently_attached", "device_config:device,SCSIid", NULL } },
	{ "PUSB",
	  (const char *const[]){ "uuid", "USB_group", "host", "path", "vendor_id", "vendor_desc", "product_id", "product_desc",
				 "serial", "version", "description", "passthrough_enabled", "speed", NULL } },
	{ "USB_group", (const char *const[]){ "uuid", "name_label", "name_description", "PUSBs", "VUSBs", NULL } },
	{ "VUSB", (const char *const[]){ "uuid", "VM", "USB_group", "currently_attached", NULL } },
};

/* The named keys of a map. */
static json_t *some_keys(const json_t *map, const char *keys)
{
	_cleanup_strv_ struct strv names = { 0 };
	json_t *out = json_object(), *value;
	const char *key;

	strv_split(&names, keys, ',');
	json_object_foreach((json_t *)map, key, value)
		if (strv_has(&names, key))
			json_object_set(out, key, value);
	return out;
}

static json_t *reduced(const json_t *record, const char *const *fields)
{
	json_t *out = json_object();

	for (; *fields; fields++) {
		const char *colon = strchr(*fields, ':');
		_cleanup_free_ char *name = xstrndup(*fields, colon ? (size_t)(colon - *fields) : strlen(*fields));
		json_t *value = json_object_get(record, name);

		if (!value)
			continue;
		if (colon)
			json_object_set_new(out, name, some_keys(value, colon + 1));
		else
			json_object_set(out, name, value);
	}
	return out;
}

int gather_xapi(struct gather *g, struct xapi *x, struct err *err)
{
	json_auto_t *all = json_object();
	_cleanup_free_ char *text = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		_cleanup_free_ char *method = xasprintf("%s.get_all_records", classes[i].name);
		json_t *records, *out, *record;
		struct err why = { 0 };
		const char *ref;
		int rc = xapi_call(x, method, json_array(), &records, &why);

		if (rc < 0) {
			if (rc != -ENODATA)
				gather_leave_out(g, "XAPI's %s records: %s", classes[i].name, why.text);
			continue;
		}
		out = json_object();
		json_object_foreach(records, ref, record)
			json_object_set_new(out, ref, reduced(record, classes[i].fields));
		json_object_set_new(all, classes[i].name, out);
		json_decref(records);
	}
	text = json_dumps(all, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	if (!text)
		return err_set(err, EILSEQ, "XAPI's records cannot be written as JSON");
	return host_record_part(g->to, "xapi.json", text, strlen(text), err);
}
