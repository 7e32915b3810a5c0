# SPDX-License-Identifier: GPL-2.0-or-later
"""XAPI's records of an invented machine, as XAPI sends them: integers are strings, booleans are booleans."""

from dom0 import XEN_VERSION, KERNEL, ident

NULL = "OpaqueRef:NULL"
NEVER = "19700101T00:00:00Z"

CLASS_NAMES = {0x0104: "RAID bus controller", 0x0106: "SATA controller", 0x0107: "Serial Attached SCSI controller",
               0x0108: "Non-Volatile memory controller", 0x0200: "Ethernet controller",
               0x0300: "VGA compatible controller", 0x0302: "3D controller", 0x0403: "Audio device"}


class Records:
    def __init__(self, machine, fns):
        self.m, self.fns, self.classes = machine, fns, {}
        self.host = self.ref("host")
        self.control = self.ref("VM", "Domain-0")

    def uuid(self, *words):
        return ident(self.m["name"], *words)

    def ref(self, *words):
        return "OpaqueRef:" + ident(self.m["name"], "ref", *words)

    def put(self, cls, words, **fields):
        record = {"uuid": self.uuid(cls, *words)}
        record.update(fields)
        self.classes.setdefault(cls, {})[self.ref(cls, *words)] = record


def vm_record(name, about, power, **given):
    """A VM with every field; `given` replaces what is special about this one."""
    halted = power == "Halted"
    r = dict(
        allowed_operations=(["create_vtpm", "destroy", "export", "make_into_template", "changing_static_range",
                             "changing_dynamic_range", "migrate_send", "start_on", "start", "copy", "clone", "snapshot"]
                            if halted else ["changing_dynamic_range", "hard_reboot", "hard_shutdown", "clean_reboot",
                                            "clean_shutdown", "snapshot"]),
        current_operations={}, name_label=name, name_description=about, power_state=power, user_version="1",
        is_a_template=False, is_default_template=False, suspend_VDI=NULL, resident_on=NULL,
        scheduled_to_be_resident_on=NULL, affinity=NULL, memory_overhead="11534336", memory_target="0",
        memory_static_max="0", memory_dynamic_max="0", memory_dynamic_min="0", memory_static_min="0", VCPUs_params={},
        VCPUs_max="1", VCPUs_at_startup="1", actions_after_softreboot="soft_reboot", actions_after_shutdown="destroy",
        actions_after_reboot="restart", actions_after_crash="restart", consoles=[], VIFs=[], VBDs=[], VUSBs=[],
        crash_dumps=[], VTPMs=[], PV_bootloader="", PV_kernel="", PV_ramdisk="", PV_args="", PV_bootloader_args="",
        PV_legacy_args="", HVM_boot_policy="BIOS order", HVM_boot_params={}, HVM_shadow_multiplier=1.0, platform={},
        PCI_bus="", other_config={}, domid="-1", domarch="", last_boot_CPU_flags={}, is_control_domain=False, metrics=NULL,
        guest_metrics=NULL, last_booted_record="", recommendations="", xenstore_data={}, ha_always_run=False,
        ha_restart_priority="", is_a_snapshot=False, snapshot_of=NULL, snapshots=[], snapshot_time=NEVER,
        transportable_snapshot_id="", blobs={}, tags=[], blocked_operations={}, snapshot_info={}, snapshot_metadata="",
        parent=NULL, children=[], bios_strings={}, protection_policy=NULL, is_snapshot_from_vmpp=False,
        snapshot_schedule=NULL, is_vmss_snapshot=False, appliance=NULL, start_delay="0", shutdown_delay="0", order="0",
        VGPUs=[], attached_PCIs=[], suspend_SR=NULL, version="0", generation_id="", hardware_platform_version="0",
        has_vendor_device=False, requires_reboot=False, reference_label="", domain_type="hvm", NVRAM={},
        pending_guidances=[], pending_guidances_recommended=[], pending_guidances_full=[], groups=[])
    unknown = set(given) - set(r)
    assert not unknown, unknown
    r.update(given)
    return r


def memory(gib):
    text = str(gib << 30)
    return dict(memory_target=text, memory_static_max=text, memory_dynamic_max=text, memory_dynamic_min=text,
                memory_static_min=text)


def add_vms(x):
    m = x.m
    dom0 = str(m["dom0_mib"] << 20)
    cpus = str(min(16, m["sockets"] * m["cores"] * m["threads"]))
    x.put("VM", ["Domain-0"], **vm_record(
        "Control domain on host: " + m["name"], "The domain which manages physical devices and manages other domains",
        "Running", allowed_operations=["metadata_export", "changing_static_range", "changing_dynamic_range"],
        resident_on=x.host, affinity=x.host, memory_target=dom0, memory_static_max=dom0, memory_dynamic_max=dom0,
        memory_dynamic_min=dom0, memory_static_min=dom0, VCPUs_max=cpus, VCPUs_at_startup=cpus, HVM_boot_policy="",
        actions_after_reboot="destroy", actions_after_crash="destroy", domid="0", domarch="x64", is_control_domain=True,
        metrics=x.ref("VM_metrics", "Domain-0"), domain_type="pv",
        other_config={"storage_driver_domain": x.ref("VM", "Domain-0")}))
    for vm in m["vms"]:
        other = {"mac_seed": x.uuid("mac", vm["name"]), "install-methods": "cdrom", "base_template_name": "Other install media"}
        if vm.get("pci"):
            other["pci"] = vm["pci"]
        running = vm["state"] == "Running"
        x.put("VM", [vm["name"]], **vm_record(
            vm["name"], vm["about"], vm["state"], resident_on=x.host if running else NULL,
            affinity=x.host if vm.get("affinity") else NULL, VCPUs_max=str(vm["vcpus"]), VCPUs_at_startup=str(vm["vcpus"]),
            HVM_boot_params={"firmware": vm["firmware"], "order": "cd"}, other_config=other,
            platform={"timeoffset": "0", "usb": "true", "usb_tablet": "true", "device-model": "qemu-upstream-compat"
                      if vm["firmware"] == "bios" else "qemu-upstream-uefi", "acpi": "1", "apic": "true", "pae": "true",
                      "nx": "true", "viridian": "true", "videoram": "8", "hpet": "true", "secureboot": "false"},
            domid=str(vm.get("domid", -1)), domarch="x64" if running else "",
            metrics=x.ref("VM_metrics", vm["name"]),
            attached_PCIs=[x.ref("PCI", bdf) for bdf in vm.get("holds", [])],
            last_boot_CPU_flags={"vendor": m["cpu"][0], "features": ""} if running else {}, **memory(vm["memory_gib"])))
    x.put("VM", ["template"], **vm_record(
        "Other install media", "Template which allows VM installation from install media", "Halted",
        allowed_operations=["changing_NVRAM", "changing_dynamic_range", "changing_shadow_memory", "changing_static_range",
                            "provision", "export", "clone", "copy"],
        is_a_template=True, is_default_template=True, other_config={"default_template": "true", "install-methods": "cdrom"},
        HVM_boot_params={"order": "dc"}, reference_label="other-install-media", **memory(1)))


def add_pcis(x):
    """XAPI has objects for storage, network and display, and for the other functions of their slots."""
    have = [fn for fn in x.fns if fn.names or (fn.physfn and fn.physfn.sriov.get("names"))]
    for fn in have:
        vendor, device, subsystem = fn.names or fn.physfn.sriov["names"]
        same = [o for o in have if o is not fn and (o.domain, o.bus, o.slot) == (fn.domain, fn.bus, fn.slot)
                and not fn.physfn and not o.physfn]
        subvendor = {0x8086: "Intel Corporation", 0x10DE: "NVIDIA Corporation", 0x144D: "Samsung Electronics Co Ltd",
                     0x15D9: "Super Micro Computer Inc", 0x1043: "ASUSTeK Computer Inc."}[fn.subvendor]
        x.put("PCI", [fn.bdf], class_name=CLASS_NAMES[fn.cls >> 8], vendor_name=vendor, device_name=device, host=x.host,
              pci_id=fn.bdf, dependencies=[x.ref("PCI", o.bdf) for o in same], other_config={},
              subsystem_vendor_name=subvendor, subsystem_device_name=subsystem, driver_name=fn.driver or "")
        if fn.cls >> 16 == 0x03:
            kind = x.ref("VGPU_type", "passthrough")
            x.put("PGPU", [fn.bdf], PCI=x.ref("PCI", fn.bdf), GPU_group=x.ref("GPU_group", fn.bdf), host=x.host,
                  other_config={}, supported_VGPU_types=[kind], enabled_VGPU_types=[kind], resident_VGPUs=[],
                  supported_VGPU_max_capacities={kind: "1"}, dom0_access="disabled" if fn.driver == "pciback" else "enabled",
                  is_system_display_device=fn.boot_vga == 1, compatibility_metadata={})
            x.put("GPU_group", [fn.bdf], name_label="Group of %s %s GPUs" % (vendor, device), name_description="",
                  PGPUs=[x.ref("PGPU", fn.bdf)], VGPUs=[], GPU_types=["%04x/%04x" % (fn.vendor, fn.device)],
                  other_config={}, allocation_algorithm="depth_first", supported_VGPU_types=[kind],
                  enabled_VGPU_types=[kind])


def add_network(x):
    m = x.m
    bdf_of = {nic["name"]: nic["on"] for nic in m["nics"]}
    carried = {bridge["ports"][0]: bridge for bridge in m["bridges"]}
    for nic in m["nics"]:
        bridge = carried.get(nic["name"])
        x.put("PIF", [nic["name"]], device=nic["name"], network=x.ref("network", nic["name"]), host=x.host, MAC=nic["mac"],
              MTU="1500", VLAN="-1", metrics=x.ref("PIF_metrics", nic["name"]), physical=True,
              currently_attached=bridge is not None, ip_configuration_mode="Static" if bridge else "None",
              IP=bridge["ip"] if bridge else "", netmask="255.255.255.0" if bridge else "",
              gateway="198.51.100.1" if bridge and bridge["name"] == m["management"] else "", DNS="", bond_slave_of=NULL,
              bond_master_of=[], VLAN_master_of=NULL, VLAN_slave_of=[],
              management=bridge is not None and bridge["name"] == m["management"], other_config={},
              disallow_unplug=False, tunnel_access_PIF_of=[], tunnel_transport_PIF_of=[], ipv6_configuration_mode="None",
              IPv6=[], ipv6_gateway="", primary_address_type="IPv4", managed=True, properties={"gro": "on"},
              capabilities=["sriov"] if any(fn.bdf == bdf_of[nic["name"]] and fn.sriov for fn in x.fns) else [],
              igmp_snooping_status="unknown", sriov_physical_PIF_of=[], sriov_logical_PIF_of=[],
              PCI=x.ref("PCI", nic["on"]))
        name = bridge["network"] if bridge else "Pool-wide network associated with " + nic["name"]
        x.put("network", [nic["name"]], name_label=name, name_description="", allowed_operations=[], current_operations={},
              VIFs=[], PIFs=[x.ref("PIF", nic["name"])], MTU="1500", other_config={}, bridge="xenbr" + nic["name"][3:],
              managed=True, blobs={}, tags=[], default_locking_mode="unlocked", assigned_ips={}, purpose=[])


def add_storage(x):
    for sr in x.m["srs"]:
        x.put("SR", [sr["name"]], name_label=sr["label"], name_description="", allowed_operations=["vdi_create", "scan", "unplug"],
              current_operations={}, VDIs=[], PBDs=[x.ref("PBD", sr["name"])], virtual_allocation="0",
              physical_utilisation="0", physical_size=str(sr["gib"] << 30), type=sr["type"], content_type="user", shared=False,
              other_config={}, tags=[], sm_config={"devserial": ""}, blobs={}, local_cache_enabled=False,
              introduced_by=NULL, clustered=False, is_tools_sr=False)
        x.put("PBD", [sr["name"]], host=x.host, SR=x.ref("SR", sr["name"]), device_config={"device": sr["device"]},
              currently_attached=True, other_config={})


def add_usb(x):
    for dev in x.m["usb"]:
        if dev["path"] not in x.m["pusbs"]:
            continue
        vendor, product = dev["ids"].split(":")
        x.put("PUSB", [dev["path"]], USB_group=x.ref("USB_group", dev["path"]), host=x.host, path=dev["path"],
              vendor_id=vendor, vendor_desc=dev["vendor"], product_id=product, product_desc=dev["product"],
              serial=dev["serial"], version=dev["version"],
              description="_".join(t for t in (dev["vendor"], dev["product"], dev["serial"]) if t),
              passthrough_enabled=False, other_config={}, speed=float(dev["speed"]))
        x.put("USB_group", [dev["path"]], name_label="Group of %s %s USBs" % (vendor, product), name_description="",
              PUSBs=[x.ref("PUSB", dev["path"])], VUSBs=[], other_config={})


def add_pool_and_host(x):
    m = x.m
    x.put("pool", [], name_label=m["name"], name_description="", master=x.host, default_SR=x.ref("SR", "local"),
          suspend_image_SR=x.ref("SR", "local"), crash_dump_SR=x.ref("SR", "local"),
          other_config={"memory-ratio-hvm": "0.25", "memory-ratio-pv": "0.25"}, ha_enabled=False, ha_configuration={},
          ha_statefiles=[], ha_host_failures_to_tolerate="0", ha_plan_exists_for="0", ha_allow_overcommit=False,
          ha_overcommitted=False, blobs={}, tags=[], gui_config={}, redo_log_enabled=False, redo_log_vdi=NULL,
          restrictions={"restrict_usb_passthrough": "false", "restrict_gpu": "false"}, metadata_VDIs=[],
          ha_cluster_stack="xhad", allowed_operations=["ha_enable", "designate_new_master"], current_operations={},
          cpu_info={"socket_count": str(m["sockets"]), "cpu_count": str(m["sockets"] * m["cores"] * m["threads"]),
                    "vendor": m["cpu"][0]},
          live_patching_disabled=False, igmp_snooping_enabled=False, tls_verification_enabled=True,
          migration_compression=False, coordinator_bias=True)
    x.put("host", [], name_label=m["name"], name_description="Default install", memory_overhead="1030792151040",
          allowed_operations=["vm_migrate", "provision", "vm_resume", "evacuate", "vm_start"], current_operations={},
          API_version_major="2", API_version_minor="21", API_version_vendor="XenSource", API_version_vendor_implementation={},
          enabled=True,
          software_version={"product_version": "8.3.0", "product_version_text": "8.3", "product_version_text_short": "8.3",
                            "platform_name": "XCP", "platform_version": "3.4.0", "product_brand": "XCP-ng",
                            "hostname": "localhost", "xapi": "26.1", "xen": XEN_VERSION, "linux": KERNEL,
                            "network_backend": "bridge"},
          other_config={"agent_start_time": "1772615841.", "boot_time": "1772615790.", "iscsi_iqn": ""},
          capabilities=["xen-3.0-x86_64", "hvm-3.0-x86_32", "hvm-3.0-x86_32p", "hvm-3.0-x86_64"], cpu_configuration={},
          sched_policy="credit", supported_bootloaders=["pygrub", "eliloader"],
          resident_VMs=[x.ref("VM", "Domain-0")] + [x.ref("VM", v["name"]) for v in m["vms"] if v["state"] == "Running"],
          logging={}, PIFs=[x.ref("PIF", n["name"]) for n in m["nics"]], suspend_image_sr=x.ref("SR", "local"),
          crash_dump_sr=x.ref("SR", "local"), crashdumps=[], patches=[], updates=[],
          PBDs=[x.ref("PBD", s["name"]) for s in m["srs"]],
          host_CPUs=[x.ref("host_cpu", str(i)) for i in range(m["sockets"] * m["cores"] * m["threads"])],
          cpu_info={"cpu_count": str(m["sockets"] * m["cores"] * m["threads"]), "socket_count": str(m["sockets"]),
                    "threads_per_core": str(m["threads"]), "vendor": m["cpu"][0], "speed": m["cpu"][2],
                    "modelname": m["cpu"][1]},
          hostname=m["name"], address=next(b["ip"] for b in m["bridges"] if b["name"] == m["management"]),
          metrics=x.ref("host_metrics"), license_params={"restrict_usb_passthrough": "false", "restrict_gpu": "false"},
          ha_statefiles=[], ha_network_peers=[], blobs={}, tags=[], external_auth_type="", external_auth_service_name="",
          external_auth_configuration={}, edition="xcp-ng", license_server={"address": "localhost", "port": "27000"},
          bios_strings={}, power_on_mode="", power_on_config={}, local_cache_sr=NULL, chipset_info={"iommu": "true"},
          PCIs=sorted(x.classes.get("PCI", {})), PGPUs=sorted(x.classes.get("PGPU", {})),
          PUSBs=sorted(x.classes.get("PUSB", {})), ssl_legacy=False, guest_VCPUs_params={}, display="enabled",
          virtual_hardware_platform_versions=["0", "1", "2"], control_domain=x.control, updates_requiring_reboot=[], features=[],
          iscsi_iqn="", multipathing=False, uefi_certificates="", certificates=[], editions=["xcp-ng"],
          pending_guidances=[], tls_verification_enabled=True, last_software_update=NEVER, https_only=False,
          latest_synced_updates_applied="unknown", numa_affinity_policy="default_policy",
          pending_guidances_recommended=[], pending_guidances_full=[], last_update_hash="")


def records(machine, fns):
    x = Records(machine, fns)
    for part in (add_pcis, add_usb, add_network, add_storage, add_vms, add_pool_and_host):
        part(x)
    order = ("pool", "host", "VM", "PCI", "PGPU", "GPU_group", "PUSB", "USB_group", "VUSB", "VGPU", "PIF", "network", "SR", "PBD")
    return {cls: x.classes.get(cls, {}) for cls in order}
