# What xenopsd's hook asks before a VM starts: devices come from xenopsd's records, nothing is written.
host: gpu-server

# no record: nothing is looked at
$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none

$ xe-passthrough guard vm-uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! Note: xenopsd has no record of a PCI device of this VM

# a device that pciback has, and more vectors than the running Xen gives
$ sh: mkdir -p root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45; cd root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45; echo '{}' >pci.0000:d8:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
warn IRQ_BUDGET: the devices of 'f3520e4f-b19a-5897-ad31-8ac3667f8a45' can ask for 130 interrupt vectors together, and Xen gives a VM 64

# dom0 lives on it
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI/*; mv pci.* pci.0000:01:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason hard-reboot -new option
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
  evidence: / <- nvme0n1p1 <- 0000:01:00.0
            /boot/efi <- nvme0n1p4 <- 0000:01:00.0
            /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
            /var/log <- nvme0n1p5 <- 0000:01:00.0
            swap <- nvme0n1p6 <- 0000:01:00.0
  remedy:   choose another device, or move dom0 off this one first
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

$ xe-passthrough guard vm-uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
! warn IRQ_BUDGET (f3520e4f-b19a-5897-ad31-8ac3667f8a45): the devices of 'f3520e4f-b19a-5897-ad31-8ac3667f8a45' can ask for 130 interrupt vectors together, and Xen gives a VM 64
!   evidence: the default of this build
!   remedy:   extra-irqs-set value=192, and a reboot of the host
! warn START_DRIVER (0000:01:00.0): 0000:01:00.0 is not hidden from dom0: it is taken from the driver nvme as the VM starts
!   evidence: its driver in dom0 is nvme
!   remedy:   pci-hide device=0000:01:00.0, and a reboot of the host
[3]

# another domain has it
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI/*; mv pci.* pci.0000:19:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:19:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DEVICE_HELD (0000:19:00.0): 0000:19:00.0 is held by the running domain 3 'db-running'
  evidence: Xen: domain 3, 6222a244-7242-5abe-ad42-621b5d31b420
  remedy:   shut that VM down first
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

# the domain itself, whose reboot this is
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI; mv * 6222a244-7242-5abe-ad42-621b5d31b420
~ root/var/run/nonpersistent/xenopsd/classic/PCI/6222a244-7242-5abe-ad42-621b5d31b420/pci.0000:19:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:19:00.0 (removed)

$ xe-passthrough guard -vmuuid 6222a244-7242-5abe-ad42-621b5d31b420 -reason clean-reboot
warn IRQ_BUDGET: the devices of '6222a244-7242-5abe-ad42-621b5d31b420' can ask for 96 interrupt vectors together, and Xen gives a VM 64

# gone; and one without a driver, which works
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI; mv * f3520e4f-b19a-5897-ad31-8ac3667f8a45; cd *; mv pci.* pci.0000:c1:00.0; touch pci.0000:3b:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/6222a244-7242-5abe-ad42-621b5d31b420/pci.0000:19:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:3b:00.0 (new, mode 0644)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:c1:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DEVICE_ABSENT (0000:c1:00.0): there is no PCI device 0000:c1:00.0
  evidence: /sys/bus/pci/devices
  remedy:   pci-device-list shows the devices that are there
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

$ sh: rm root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.0000:c1:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:c1:00.0 (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none

# an address of dom0 that only XAPI knows of; and where XAPI does not answer
$ sh: mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:86:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:3b:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:86:00.0 (new, mode 0644)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DOM0_NETWORK (0000:86:00.0): dom0 uses 0000:86:00.0: it carries dom0's address 203.0.113.20 on eth4
  evidence: eth4 <- 0000:86:00.0
  remedy:   move what uses that network, then xe pif-reconfigure-ip uuid=16b278cf-7f1b-5518-915f-b14f38d571ee mode=none
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

$ sh: mv xapi.json away
~ away (new, mode 0644)
@@ -0,0 +1,1691 @@
+{
+  "pool": {
+    "OpaqueRef:eefc2014-3f25-5cd1-8217-2d7e2f8fac7c": {
+      "uuid": "0b42a100-9359-575e-873c-93b69fcbeb68",
+      "name_label": "gpu-server",
+      "name_description": "",
+      "master": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "default_SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "suspend_image_SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "crash_dump_SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "other_config": {
+        "memory-ratio-hvm": "0.25",
+        "memory-ratio-pv": "0.25"
+      },
+      "ha_enabled": false,
+      "ha_configuration": {},
+      "ha_statefiles": [],
+      "ha_host_failures_to_tolerate": "0",
+      "ha_plan_exists_for": "0",
+      "ha_allow_overcommit": false,
+      "ha_overcommitted": false,
+      "blobs": {},
+      "tags": [],
+      "gui_config": {},
+      "redo_log_enabled": false,
+      "redo_log_vdi": "OpaqueRef:NULL",
+      "restrictions": {
+        "restrict_usb_passthrough": "false",
+        "restrict_gpu": "false"
+      },
+      "metadata_VDIs": [],
+      "ha_cluster_stack": "xhad",
+      "allowed_operations": [
+        "ha_enable",
+        "designate_new_master"
+      ],
+      "current_operations": {},
+      "cpu_info": {
+        "socket_count": "2",
+        "cpu_count": "32",
+        "vendor": "GenuineIntel"
+      },
+      "live_patching_disabled": false,
+      "igmp_snooping_enabled": false,
+      "tls_verification_enabled": true,
+      "migration_compression": false,
+      "coordinator_bias": true
+    }
+  },
+  "host": {
+    "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f": {
+      "uuid": "e6e80ebb-6aae-550e-983b-bd28a8473e7b",
+      "name_label": "gpu-server",
+      "name_description": "Default install",
+      "memory_overhead": "1030792151040",
+      "allowed_operations": [
+        "vm_migrate",
+        "provision",
+        "vm_resume",
+        "evacuate",
+        "vm_start"
+      ],
+      "current_operations": {},
+      "API_version_major": "2",
+      "API_version_minor": "21",
+      "API_version_vendor": "XenSource",
+      "API_version_vendor_implementation": {},
+      "enabled": true,
+      "software_version": {
+        "product_version": "8.3.0",
+        "product_version_text": "8.3",
+        "product_version_text_short": "8.3",
+        "platform_name": "XCP",
+        "platform_version": "3.4.0",
+        "product_brand": "XCP-ng",
+        "hostname": "localhost",
+        "xapi": "26.1",
+        "xen": "4.17.6",
+        "linux": "4.19.0+1",
+        "network_backend": "bridge"
+      },
+      "other_config": {
+        "agent_start_time": "1772615841.",
+        "boot_time": "1772615790.",
+        "iscsi_iqn": ""
+      },
+      "capabilities": [
+        "xen-3.0-x86_64",
+        "hvm-3.0-x86_32",
+        "hvm-3.0-x86_32p",
+        "hvm-3.0-x86_64"
+      ],
+      "cpu_configuration": {},
+      "sched_policy": "credit",
+      "supported_bootloaders": [
+        "pygrub",
+        "eliloader"
+      ],
+      "resident_VMs": [
+        "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c",
+        "OpaqueRef:1bd12753-e801-5615-b915-50cc34f74016"
+      ],
+      "logging": {},
+      "PIFs": [
+        "OpaqueRef:dfb264d0-5a33-5c55-87f3-7768af2da8a6",
+        "OpaqueRef:7d9023a7-d36f-596e-bddd-ec97b1677444",
+        "OpaqueRef:70eba78a-a58f-5f7f-8552-e96ec520ebce",
+        "OpaqueRef:f381964d-48d3-505e-84ed-d154608c0fc4",
+        "OpaqueRef:2bf1b247-45a3-5301-aec5-f8595e1e90b9",
+        "OpaqueRef:f7c8fdb7-790a-54e4-9c01-c2c04386035d"
+      ],
+      "suspend_image_sr": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "crash_dump_sr": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "crashdumps": [],
+      "patches": [],
+      "updates": [],
+      "PBDs": [
+        "OpaqueRef:f19cf694-e622-5579-8028-dc6805a8df07",
+        "OpaqueRef:668e0831-b358-5508-8ea2-7d798ea4d7e8"
+      ],
+      "host_CPUs": [
+        "OpaqueRef:16444d5d-628f-5cec-9420-d3ea4fad1946",
+        "OpaqueRef:d02b8f99-2521-51c3-b3ee-970ef18b8177",
+        "OpaqueRef:1243f60f-c20f-58c7-b9a2-308b4870b61e",
+        "OpaqueRef:a593e481-43e8-5a5d-9d76-eee0acfcb44c",
+        "OpaqueRef:f0c6c50f-7967-53d2-b8d3-e24668e0f2cb",
+        "OpaqueRef:28953c98-ab2f-5b55-a15a-accbf6b09a6d",
+        "OpaqueRef:d05d2611-60ca-5589-8685-108462ed4c6a",
+        "OpaqueRef:231536af-7343-50fc-adb2-895e61e16588",
+        "OpaqueRef:59fcf587-763c-5bcd-a2e4-46d8f9abbb25",
+        "OpaqueRef:f8fee936-1219-5395-b6c1-e85609e5d9f9",
+        "OpaqueRef:8083722f-883f-55b6-bfd2-b1139ffeb434",
+        "OpaqueRef:6b1b6c9e-ef61-5812-bb62-4c7f17312fbf",
+        "OpaqueRef:782582e3-71bd-5abc-a2a8-358bb3542f4d",
+        "OpaqueRef:0fa8c22a-bfc9-574d-99ce-540d310ca9d6",
+        "OpaqueRef:a4ca080b-5330-5722-9b50-62de2df5244c",
+        "OpaqueRef:9037940e-1617-5019-8fd4-1d757b0d4c08",
+        "OpaqueRef:8a0837e5-3918-51b7-8056-c52aa1f77d89",
+        "OpaqueRef:a7eb8f58-80ec-5b62-8922-ec10f6a6121a",
+        "OpaqueRef:2dcec525-b891-5211-9696-8cf27f4227e0",
+        "OpaqueRef:cea61ec0-21f2-5ea5-b09b-5b1938b9d7a4",
+        "OpaqueRef:802211cf-2aa1-5199-84c7-833d62d15c51",
+        "OpaqueRef:602ef1a6-afc2-5ea6-a869-983feacd0e98",
+        "OpaqueRef:25f4f6cc-db23-5192-84b3-4f1ca8a867f1",
+        "OpaqueRef:40e88b7c-1b6f-55f5-bb97-1c17bd5e3660",
+        "OpaqueRef:7619df56-311d-5bff-bbf6-a54153afb1c1",
+        "OpaqueRef:0bbd8ed9-cef8-5c1b-8796-f3f62b970839",
+        "OpaqueRef:6a90271b-428c-5282-a5d8-82c0b3fc447a",
+        "OpaqueRef:3a41095f-024a-5b4f-8274-4f115e828c2e",
+        "OpaqueRef:ff311e47-059d-5eff-8031-a5b7a0e22376",
+        "OpaqueRef:7167417e-697b-5696-bed3-1bfd42344f7d",
+        "OpaqueRef:a508e201-5c72-534b-90aa-e886b6707423",
+        "OpaqueRef:d6ddfb8f-927e-5eee-9849-3970c0e83255"
+      ],
+      "cpu_info": {
+        "cpu_count": "32",
+        "socket_count": "2",
+        "threads_per_core": "2",
+        "vendor": "GenuineIntel",
+        "speed": "3491.842",
+        "modelname": "Intel(R) Xeon(R) Gold 6144 CPU @ 3.50GHz"
+      },
+      "hostname": "gpu-server",
+      "address": "198.51.100.20",
+      "metrics": "OpaqueRef:8f7c1602-be2c-5600-92b0-ddfd1cacbff8",
+      "license_params": {
+        "restrict_usb_passthrough": "false",
+        "restrict_gpu": "false"
+      },
+      "ha_statefiles": [],
+      "ha_network_peers": [],
+      "blobs": {},
+      "tags": [],
+      "external_auth_type": "",
+      "external_auth_service_name": "",
+      "external_auth_configuration": {},
+      "edition": "xcp-ng",
+      "license_server": {
+        "address": "localhost",
+        "port": "27000"
+      },
+      "bios_strings": {},
+      "power_on_mode": "",
+      "power_on_config": {},
+      "local_cache_sr": "OpaqueRef:NULL",
+      "chipset_info": {
+        "iommu": "true"
+      },
+      "PCIs": [
+        "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86",
+        "OpaqueRef:0c2f2968-b4c6-53f3-9664-472ec9785ff0",
+        "OpaqueRef:108417df-4ae0-5c66-b716-1184668d788b",
+        "OpaqueRef:142934dd-3244-5845-863c-383aeb10005c",
+        "OpaqueRef:184ed611-d453-5614-a37a-c741d8b4033a",
+        "OpaqueRef:32eb2cb8-250c-5030-8d6e-773f9f6a75ff",
+        "OpaqueRef:353bf739-fab7-5a5b-be0e-c985fc51912d",
+        "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4",
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:703eda00-056e-58ab-8dd5-1f73fe433a93",
+        "OpaqueRef:ab1a2a8c-3015-55fc-be68-0855ab4ebdf7",
+        "OpaqueRef:ae737a42-0460-5680-be42-754073c0362d",
+        "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2",
+        "OpaqueRef:df9c51b1-03d1-5dd9-ad58-0d7c872b779a"
+      ],
+      "PGPUs": [
+        "OpaqueRef:0be81872-3f15-5a59-8ee2-f0e8333cd89b",
+        "OpaqueRef:ade6363a-cc34-51cc-8b16-7852ceed4c6e",
+        "OpaqueRef:e7f3cbaf-caea-57a9-848a-fe0e7f1a841b"
+      ],
+      "PUSBs": [
+        "OpaqueRef:f75de1db-5899-5d65-8e6b-470560f3ed7e"
+      ],
+      "ssl_legacy": false,
+      "guest_VCPUs_params": {},
+      "display": "enabled",
+      "virtual_hardware_platform_versions": [
+        "0",
+        "1",
+        "2"
+      ],
+      "control_domain": "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c",
+      "updates_requiring_reboot": [],
+      "features": [],
+      "iscsi_iqn": "",
+      "multipathing": false,
+      "uefi_certificates": "",
+      "certificates": [],
+      "editions": [
+        "xcp-ng"
+      ],
+      "pending_guidances": [],
+      "tls_verification_enabled": true,
+      "last_software_update": "19700101T00:00:00Z",
+      "https_only": false,
+      "latest_synced_updates_applied": "unknown",
+      "numa_affinity_policy": "default_policy",
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "last_update_hash": ""
+    }
+  },
+  "VM": {
+    "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c": {
+      "uuid": "1aa406f3-c53f-5552-999d-d69a60fb0c95",
+      "allowed_operations": [
+        "metadata_export",
+        "changing_static_range",
+        "changing_dynamic_range"
+      ],
+      "current_operations": {},
+      "name_label": "Control domain on host: gpu-server",
+      "name_description": "The domain which manages physical devices and manages other domains",
+      "power_state": "Running",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "memory_overhead": "11534336",
+      "memory_target": "8589934592",
+      "memory_static_max": "8589934592",
+      "memory_dynamic_max": "8589934592",
+      "memory_dynamic_min": "8589934592",
+      "memory_static_min": "8589934592",
+      "VCPUs_params": {},
+      "VCPUs_max": "16",
+      "VCPUs_at_startup": "16",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "destroy",
+      "actions_after_crash": "destroy",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "",
+      "HVM_boot_params": {},
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {},
+      "PCI_bus": "",
+      "other_config": {
+        "storage_driver_domain": "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c"
+      },
+      "domid": "0",
+      "domarch": "x64",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": true,
+      "metrics": "OpaqueRef:d8ffce49-0aaf-51c5-b9a1-6a85c886dcfc",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "pv",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:eb0d9b0e-a328-56be-b950-417ae81a965b": {
+      "uuid": "f3520e4f-b19a-5897-ad31-8ac3667f8a45",
+      "allowed_operations": [
+        "create_vtpm",
+        "destroy",
+        "export",
+        "make_into_template",
+        "changing_static_range",
+        "changing_dynamic_range",
+        "migrate_send",
+        "start_on",
+        "start",
+        "copy",
+        "clone",
+        "snapshot"
+      ],
+      "current_operations": {},
+      "name_label": "win10-gpu",
+      "name_description": "workstation, waits for its card",
+      "power_state": "Halted",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:NULL",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:NULL",
+      "memory_overhead": "11534336",
+      "memory_target": "68719476736",
+      "memory_static_max": "68719476736",
+      "memory_dynamic_max": "68719476736",
+      "memory_dynamic_min": "68719476736",
+      "memory_static_min": "68719476736",
+      "VCPUs_params": {},
+      "VCPUs_max": "8",
+      "VCPUs_at_startup": "8",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "firmware": "uefi",
+        "order": "cd"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {
+        "timeoffset": "0",
+        "usb": "true",
+        "usb_tablet": "true",
+        "device-model": "qemu-upstream-uefi",
+        "acpi": "1",
+        "apic": "true",
+        "pae": "true",
+        "nx": "true",
+        "viridian": "true",
+        "videoram": "8",
+        "hpet": "true",
+        "secureboot": "false"
+      },
+      "PCI_bus": "",
+      "other_config": {
+        "mac_seed": "24cd1d7f-64ab-5cfb-aae7-ea57a03158f2",
+        "install-methods": "cdrom",
+        "base_template_name": "Other install media"
+      },
+      "domid": "-1",
+      "domarch": "",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:31bf32f3-f22e-53b0-b2bf-bf8bc6aa99f8",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:1bd12753-e801-5615-b915-50cc34f74016": {
+      "uuid": "6222a244-7242-5abe-ad42-621b5d31b420",
+      "allowed_operations": [
+        "changing_dynamic_range",
+        "hard_reboot",
+        "hard_shutdown",
+        "clean_reboot",
+        "clean_shutdown",
+        "snapshot"
+      ],
+      "current_operations": {},
+      "name_label": "db-running",
+      "name_description": "database",
+      "power_state": "Running",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "memory_overhead": "11534336",
+      "memory_target": "103079215104",
+      "memory_static_max": "103079215104",
+      "memory_dynamic_max": "103079215104",
+      "memory_dynamic_min": "103079215104",
+      "memory_static_min": "103079215104",
+      "VCPUs_params": {},
+      "VCPUs_max": "8",
+      "VCPUs_at_startup": "8",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "firmware": "uefi",
+        "order": "cd"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {
+        "timeoffset": "0",
+        "usb": "true",
+        "usb_tablet": "true",
+        "device-model": "qemu-upstream-uefi",
+        "acpi": "1",
+        "apic": "true",
+        "pae": "true",
+        "nx": "true",
+        "viridian": "true",
+        "videoram": "8",
+        "hpet": "true",
+        "secureboot": "false"
+      },
+      "PCI_bus": "",
+      "other_config": {
+        "mac_seed": "f17d6044-396c-5255-82bc-46bd61532cf4",
+        "install-methods": "cdrom",
+        "base_template_name": "Other install media",
+        "pci": "0/0000:19:00.0"
+      },
+      "domid": "3",
+      "domarch": "x64",
+      "last_boot_CPU_flags": {
+        "vendor": "GenuineIntel",
+        "features": ""
+      },
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:200b61a6-6176-5ffc-a24e-cc081a6b2d85",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [
+        "OpaqueRef:32eb2cb8-250c-5030-8d6e-773f9f6a75ff"
+      ],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:976bd65f-af90-5214-823c-6ad532d3cb2c": {
+      "uuid": "04c43e25-3853-5f33-8f90-1f90ed9930cb",
+      "allowed_operations": [
+        "create_vtpm",
+        "destroy",
+        "export",
+        "make_into_template",
+        "changing_static_range",
+        "changing_dynamic_range",
+        "migrate_send",
+        "start_on",
+        "start",
+        "copy",
+        "clone",
+        "snapshot"
+      ],
+      "current_operations": {},
+      "name_label": "nas-archive",
+      "name_description": "file server",
+      "power_state": "Halted",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:NULL",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:NULL",
+      "memory_overhead": "11534336",
+      "memory_target": "17179869184",
+      "memory_static_max": "17179869184",
+      "memory_dynamic_max": "17179869184",
+      "memory_dynamic_min": "17179869184",
+      "memory_static_min": "17179869184",
+      "VCPUs_params": {},
+      "VCPUs_max": "4",
+      "VCPUs_at_startup": "4",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "firmware": "bios",
+        "order": "cd"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {
+        "timeoffset": "0",
+        "usb": "true",
+        "usb_tablet": "true",
+        "device-model": "qemu-upstream-compat",
+        "acpi": "1",
+        "apic": "true",
+        "pae": "true",
+        "nx": "true",
+        "viridian": "true",
+        "videoram": "8",
+        "hpet": "true",
+        "secureboot": "false"
+      },
+      "PCI_bus": "",
+      "other_config": {
+        "mac_seed": "12131722-a6e1-5678-a526-8a5b505aa1ce",
+        "install-methods": "cdrom",
+        "base_template_name": "Other install media",
+        "pci": "0/0000:d8:00.0"
+      },
+      "domid": "-1",
+      "domarch": "",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:c066664d-4038-501d-98a6-e5e3aea8635a",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:3a5249ed-ee9d-5784-b1b8-43995fca0444": {
+      "uuid": "29956476-0258-5204-880a-1947994f7eeb",
+      "allowed_operations": [
+        "changing_NVRAM",
+        "changing_dynamic_range",
+        "changing_shadow_memory",
+        "changing_static_range",
+        "provision",
+        "export",
+        "clone",
+        "copy"
+      ],
+      "current_operations": {},
+      "name_label": "Other install media",
+      "name_description": "Template which allows VM installation from install media",
+      "power_state": "Halted",
+      "user_version": "1",
+      "is_a_template": true,
+      "is_default_template": true,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:NULL",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:NULL",
+      "memory_overhead": "11534336",
+      "memory_target": "1073741824",
+      "memory_static_max": "1073741824",
+      "memory_dynamic_max": "1073741824",
+      "memory_dynamic_min": "1073741824",
+      "memory_static_min": "1073741824",
+      "VCPUs_params": {},
+      "VCPUs_max": "1",
+      "VCPUs_at_startup": "1",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "order": "dc"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {},
+      "PCI_bus": "",
+      "other_config": {
+        "default_template": "true",
+        "install-methods": "cdrom"
+      },
+      "domid": "-1",
+      "domarch": "",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:NULL",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "other-install-media",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    }
+  },
+  "PCI": {
+    "OpaqueRef:0c2f2968-b4c6-53f3-9664-472ec9785ff0": {
+      "uuid": "baefe4b7-3aa9-5101-89c6-d096a74dd1eb",
+      "class_name": "SATA controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "C620 Series Chipset Family SATA Controller [AHCI mode]",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:00:17.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Super Micro Computer Inc",
+      "subsystem_device_name": "Device 0953",
+      "driver_name": "ahci"
+    },
+    "OpaqueRef:184ed611-d453-5614-a37a-c741d8b4033a": {
+      "uuid": "cbf10316-0043-5936-a870-0781efad9eae",
+      "class_name": "Non-Volatile memory controller",
+      "vendor_name": "Samsung Electronics Co Ltd",
+      "device_name": "NVMe SSD Controller PM9A1/PM9A3/980PRO",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:01:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Samsung Electronics Co Ltd",
+      "subsystem_device_name": "General DC NVMe PM9A3",
+      "driver_name": "nvme"
+    },
+    "OpaqueRef:ab1a2a8c-3015-55fc-be68-0855ab4ebdf7": {
+      "uuid": "b8dc8914-5464-5d9e-b40b-727d40eedb37",
+      "class_name": "VGA compatible controller",
+      "vendor_name": "ASPEED Technology, Inc.",
+      "device_name": "ASPEED Graphics Family",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:03:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Super Micro Computer Inc",
+      "subsystem_device_name": "Device 0953",
+      "driver_name": "ast"
+    },
+    "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774": {
+      "uuid": "76314296-7532-5297-8b00-bc99c4dd0da9",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.0",
+      "dependencies": [
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710-4",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e": {
+      "uuid": "28debf42-0134-57d9-81e4-ec9bdbb7d5b5",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.1",
+      "dependencies": [
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4": {
+      "uuid": "ac20efd1-7624-5e4b-ab26-d5faf4bf598a",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.2",
+      "dependencies": [
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7": {
+      "uuid": "f88d9737-f5fe-56cc-8eaa-adb1c3ba5b85",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.3",
+      "dependencies": [
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:32eb2cb8-250c-5030-8d6e-773f9f6a75ff": {
+      "uuid": "2638a3aa-0f1c-53c7-a854-d6feb935d4f3",
+      "class_name": "Serial Attached SCSI controller",
+      "vendor_name": "Broadcom / LSI",
+      "device_name": "SAS3008 PCI-Express Fusion-MPT SAS-3",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:19:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Super Micro Computer Inc",
+      "subsystem_device_name": "AOC-S3008L-L8e",
+      "driver_name": "pciback"
+    },
+    "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2": {
+      "uuid": "5a011e11-5284-59ac-9a4d-07b39d05bd66",
+      "class_name": "VGA compatible controller",
+      "vendor_name": "NVIDIA Corporation",
+      "device_name": "GA102GL [RTX A5000]",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:3b:00.0",
+      "dependencies": [
+        "OpaqueRef:df9c51b1-03d1-5dd9-ad58-0d7c872b779a"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "NVIDIA Corporation",
+      "subsystem_device_name": "Device 147e",
+      "driver_name": ""
+    },
+    "OpaqueRef:df9c51b1-03d1-5dd9-ad58-0d7c872b779a": {
+      "uuid": "59f4dfa4-47d4-5149-bcc4-e2433c7cb3a9",
+      "class_name": "Audio device",
+      "vendor_name": "NVIDIA Corporation",
+      "device_name": "GA102 High Definition Audio Controller",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:3b:00.1",
+      "dependencies": [
+        "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "NVIDIA Corporation",
+      "subsystem_device_name": "Device 147e",
+      "driver_name": ""
+    },
+    "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86": {
+      "uuid": "939d7203-ea57-5dcc-b947-6a83e3e8af05",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Gigabit Network Connection",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:86:00.0",
+      "dependencies": [
+        "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Server Adapter I350-T2",
+      "driver_name": "igb"
+    },
+    "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0": {
+      "uuid": "d68beb22-a790-502f-a5a3-2831a617600c",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Gigabit Network Connection",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:86:00.1",
+      "dependencies": [
+        "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Server Adapter I350-T2",
+      "driver_name": "igb"
+    },
+    "OpaqueRef:108417df-4ae0-5c66-b716-1184668d788b": {
+      "uuid": "b97772ce-7ab3-58a9-9af1-1fedf0233ad1",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Ethernet Controller Virtual Function",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:87:10.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Device 5002",
+      "driver_name": ""
+    },
+    "OpaqueRef:353bf739-fab7-5a5b-be0e-c985fc51912d": {
+      "uuid": "2fd69c17-574e-56b5-bfc4-65494e8184c5",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Ethernet Controller Virtual Function",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:87:10.4",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Device 5002",
+      "driver_name": ""
+    },
+    "OpaqueRef:142934dd-3244-5845-863c-383aeb10005c": {
+      "uuid": "41bccfb9-b249-578f-8468-12324141f513",
+      "class_name": "3D controller",
+      "vendor_name": "NVIDIA Corporation",
+      "device_name": "GH100 [H100 PCIe]",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:af:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "NVIDIA Corporation",
+      "subsystem_device_name": "Device 1626",
+      "driver_name": ""
+    },
+    "OpaqueRef:703eda00-056e-58ab-8dd5-1f73fe433a93": {
+      "uuid": "c94b5c99-9efb-55ff-bcf0-da99bae07201",
+      "class_name": "Non-Volatile memory controller",
+      "vendor_name": "Samsung Electronics Co Ltd",
+      "device_name": "NVMe SSD Controller PM9A1/PM9A3/980PRO",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:d8:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Samsung Electronics Co Ltd",
+      "subsystem_device_name": "General DC NVMe PM9A3",
+      "driver_name": "pciback"
+    },
+    "OpaqueRef:ae737a42-0460-5680-be42-754073c0362d": {
+      "uuid": "365d52c8-e378-587c-8134-8cd670946758",
+      "class_name": "Non-Volatile memory controller",
+      "vendor_name": "Samsung Electronics Co Ltd",
+      "device_name": "NVMe SSD Controller PM9A1/PM9A3/980PRO",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:d9:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Samsung Electronics Co Ltd",
+      "subsystem_device_name": "General DC NVMe PM9A3",
+      "driver_name": "nvme"
+    }
+  },
+  "PGPU": {
+    "OpaqueRef:e7f3cbaf-caea-57a9-848a-fe0e7f1a841b": {
+      "uuid": "865fba11-70ca-5d96-8fd9-47d2f6936708",
+      "PCI": "OpaqueRef:ab1a2a8c-3015-55fc-be68-0855ab4ebdf7",
+      "GPU_group": "OpaqueRef:11812130-db15-55c4-a13e-0efb9fa07cb1",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "other_config": {},
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "resident_VGPUs": [],
+      "supported_VGPU_max_capacities": {
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c": "1"
+      },
+      "dom0_access": "enabled",
+      "is_system_display_device": true,
+      "compatibility_metadata": {}
+    },
+    "OpaqueRef:ade6363a-cc34-51cc-8b16-7852ceed4c6e": {
+      "uuid": "004eb78c-faa0-5325-af45-e3f02fd15aa8",
+      "PCI": "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2",
+      "GPU_group": "OpaqueRef:04ecfb83-46cf-552b-b9fa-867bf416703b",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "other_config": {},
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "resident_VGPUs": [],
+      "supported_VGPU_max_capacities": {
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c": "1"
+      },
+      "dom0_access": "enabled",
+      "is_system_display_device": false,
+      "compatibility_metadata": {}
+    },
+    "OpaqueRef:0be81872-3f15-5a59-8ee2-f0e8333cd89b": {
+      "uuid": "e4e72228-c203-54cb-8bf7-4d9cb1ca3b04",
+      "PCI": "OpaqueRef:142934dd-3244-5845-863c-383aeb10005c",
+      "GPU_group": "OpaqueRef:4aa5e74a-0b57-5eb1-9dab-20f3119334d6",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "other_config": {},
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "resident_VGPUs": [],
+      "supported_VGPU_max_capacities": {
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c": "1"
+      },
+      "dom0_access": "enabled",
+      "is_system_display_device": false,
+      "compatibility_metadata": {}
+    }
+  },
+  "GPU_group": {
+    "OpaqueRef:11812130-db15-55c4-a13e-0efb9fa07cb1": {
+      "uuid": "f5782c7c-6310-5fe2-a914-ef5b0a90f40c",
+      "name_label": "Group of ASPEED Technology, Inc. ASPEED Graphics Family GPUs",
+      "name_description": "",
+      "PGPUs": [
+        "OpaqueRef:e7f3cbaf-caea-57a9-848a-fe0e7f1a841b"
+      ],
+      "VGPUs": [],
+      "GPU_types": [
+        "1a03/2000"
+      ],
+      "other_config": {},
+      "allocation_algorithm": "depth_first",
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ]
+    },
+    "OpaqueRef:04ecfb83-46cf-552b-b9fa-867bf416703b": {
+      "uuid": "4be373bc-1609-5ecc-83b2-a8bbcda88149",
+      "name_label": "Group of NVIDIA Corporation GA102GL [RTX A5000] GPUs",
+      "name_description": "",
+      "PGPUs": [
+        "OpaqueRef:ade6363a-cc34-51cc-8b16-7852ceed4c6e"
+      ],
+      "VGPUs": [],
+      "GPU_types": [
+        "10de/2231"
+      ],
+      "other_config": {},
+      "allocation_algorithm": "depth_first",
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ]
+    },
+    "OpaqueRef:4aa5e74a-0b57-5eb1-9dab-20f3119334d6": {
+      "uuid": "f6cc48ec-fad8-53dd-8596-914c007b3359",
+      "name_label": "Group of NVIDIA Corporation GH100 [H100 PCIe] GPUs",
+      "name_description": "",
+      "PGPUs": [
+        "OpaqueRef:0be81872-3f15-5a59-8ee2-f0e8333cd89b"
+      ],
+      "VGPUs": [],
+      "GPU_types": [
+        "10de/2331"
+      ],
+      "other_config": {},
+      "allocation_algorithm": "depth_first",
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ]
+    }
+  },
+  "PUSB": {
+    "OpaqueRef:f75de1db-5899-5d65-8e6b-470560f3ed7e": {
+      "uuid": "74670038-bfd7-51d7-b68f-8e09113ebe53",
+      "USB_group": "OpaqueRef:125e20a4-142a-53d2-afb7-181008d8e542",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "path": "1-2",
+      "vendor_id": "0781",
+      "vendor_desc": "SanDisk",
+      "product_id": "5591",
+      "product_desc": "Ultra USB 3.0",
+      "serial": "4C530000270811118265",
+      "version": "2.10",
+      "description": "SanDisk_Ultra USB 3.0_4C530000270811118265",
+      "passthrough_enabled": false,
+      "other_config": {},
+      "speed": 480.0
+    }
+  },
+  "USB_group": {
+    "OpaqueRef:125e20a4-142a-53d2-afb7-181008d8e542": {
+      "uuid": "fc9cbc5d-6b99-5dbc-a4eb-9dfebd54e5ce",
+      "name_label": "Group of 0781 5591 USBs",
+      "name_description": "",
+      "PUSBs": [
+        "OpaqueRef:f75de1db-5899-5d65-8e6b-470560f3ed7e"
+      ],
+      "VUSBs": [],
+      "other_config": {}
+    }
+  },
+  "VUSB": {},
+  "VGPU": {},
+  "PIF": {
+    "OpaqueRef:dfb264d0-5a33-5c55-87f3-7768af2da8a6": {
+      "uuid": "5be94b23-71bc-5028-8d08-dd92604e109c",
+      "device": "eth0",
+      "network": "OpaqueRef:13891fdf-a6a9-515b-9a9e-d89ab61db4bb",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:00",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:b423c4e1-63d1-57bf-aab4-4c1290838abb",
+      "physical": true,
+      "currently_attached": true,
+      "ip_configuration_mode": "Static",
+      "IP": "198.51.100.20",
+      "netmask": "255.255.255.0",
+      "gateway": "198.51.100.1",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": true,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774"
+    },
+    "OpaqueRef:7d9023a7-d36f-596e-bddd-ec97b1677444": {
+      "uuid": "3bddf018-5f57-599b-8449-014294c6e39c",
+      "device": "eth1",
+      "network": "OpaqueRef:f6b4adb4-8e46-5cf7-9188-01f3cb71cffd",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:01",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:c81d5f79-664e-5d61-8162-5a39d51e5371",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e"
+    },
+    "OpaqueRef:70eba78a-a58f-5f7f-8552-e96ec520ebce": {
+      "uuid": "c3247bd7-84ab-5b5a-aa49-7776daf7688c",
+      "device": "eth2",
+      "network": "OpaqueRef:e5168b97-e338-567d-9241-98b6f0aeb488",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:02",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:c1de8b36-8253-597e-82dd-e2b89c9c2782",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4"
+    },
+    "OpaqueRef:f381964d-48d3-505e-84ed-d154608c0fc4": {
+      "uuid": "a904a067-083b-5de6-a3d8-5080dbe65bd1",
+      "device": "eth3",
+      "network": "OpaqueRef:05885101-a066-5c80-a594-3fb036a270c7",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:03",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:59c536f6-ce35-54a7-9fd6-7231bb20c402",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+    },
+    "OpaqueRef:2bf1b247-45a3-5301-aec5-f8595e1e90b9": {
+      "uuid": "16b278cf-7f1b-5518-915f-b14f38d571ee",
+      "device": "eth4",
+      "network": "OpaqueRef:d09b36bf-4d3a-5250-83be-d78d42939f0c",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "a0:36:9f:2c:4e:10",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:77c4f31c-0968-5f1a-94c5-9f35b12775b6",
+      "physical": true,
+      "currently_attached": true,
+      "ip_configuration_mode": "Static",
+      "IP": "203.0.113.20",
+      "netmask": "255.255.255.0",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86"
+    },
+    "OpaqueRef:f7c8fdb7-790a-54e4-9c01-c2c04386035d": {
+      "uuid": "8c1003ec-7b7b-5637-9328-33cb4419b704",
+      "device": "eth5",
+      "network": "OpaqueRef:339490b4-a788-5ed8-8f46-32aa3961eba2",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "a0:36:9f:2c:4e:11",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:ae7d376e-1885-532a-a1fb-59f8cada8c73",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0"
+    }
+  },
+  "network": {
+    "OpaqueRef:13891fdf-a6a9-515b-9a9e-d89ab61db4bb": {
+      "uuid": "45bbbc88-ca3e-5875-8f63-f2b078be342c",
+      "name_label": "Pool-wide network associated with eth0",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:dfb264d0-5a33-5c55-87f3-7768af2da8a6"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr0",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:f6b4adb4-8e46-5cf7-9188-01f3cb71cffd": {
+      "uuid": "2328a420-ba39-549d-8d66-5d963ddc68e8",
+      "name_label": "Pool-wide network associated with eth1",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:7d9023a7-d36f-596e-bddd-ec97b1677444"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr1",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:e5168b97-e338-567d-9241-98b6f0aeb488": {
+      "uuid": "516a7dc6-0e39-5af9-9f47-bf7e9b737c0b",
+      "name_label": "Pool-wide network associated with eth2",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:70eba78a-a58f-5f7f-8552-e96ec520ebce"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr2",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:05885101-a066-5c80-a594-3fb036a270c7": {
+      "uuid": "10e01393-43aa-5ad1-b02a-800804f68998",
+      "name_label": "Pool-wide network associated with eth3",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:f381964d-48d3-505e-84ed-d154608c0fc4"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr3",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:d09b36bf-4d3a-5250-83be-d78d42939f0c": {
+      "uuid": "b4023f46-8e2d-515d-835f-916e6a4f839a",
+      "name_label": "storage",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:2bf1b247-45a3-5301-aec5-f8595e1e90b9"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr4",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:339490b4-a788-5ed8-8f46-32aa3961eba2": {
+      "uuid": "e75a8eef-3d61-516d-981b-834ed651bff6",
+      "name_label": "Pool-wide network associated with eth5",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:f7c8fdb7-790a-54e4-9c01-c2c04386035d"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr5",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    }
+  },
+  "SR": {
+    "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf": {
+      "uuid": "d7a8c951-2dd9-511a-96fa-21553ac5c702",
+      "name_label": "Local storage",
+      "name_description": "",
+      "allowed_operations": [
+        "vdi_create",
+        "scan",
+        "unplug"
+      ],
+      "current_operations": {},
+      "VDIs": [],
+      "PBDs": [
+        "OpaqueRef:f19cf694-e622-5579-8028-dc6805a8df07"
+      ],
+      "virtual_allocation": "0",
+      "physical_utilisation": "0",
+      "physical_size": "912680550400",
+      "type": "ext",
+      "content_type": "user",
+      "shared": false,
+      "other_config": {},
+      "tags": [],
+      "sm_config": {
+        "devserial": ""
+      },
+      "blobs": {},
+      "local_cache_enabled": false,
+      "introduced_by": "OpaqueRef:NULL",
+      "clustered": false,
+      "is_tools_sr": false
+    },
+    "OpaqueRef:d041aff8-d817-596d-a51c-7dd5b08ee565": {
+      "uuid": "ef74e091-d9bd-58c9-a743-8642e6859b07",
+      "name_label": "Backup disk",
+      "name_description": "",
+      "allowed_operations": [
+        "vdi_create",
+        "scan",
+        "unplug"
+      ],
+      "current_operations": {},
+      "VDIs": [],
+      "PBDs": [
+        "OpaqueRef:668e0831-b358-5508-8ea2-7d798ea4d7e8"
+      ],
+      "virtual_allocation": "0",
+      "physical_utilisation": "0",
+      "physical_size": "3929895075840",
+      "type": "ext",
+      "content_type": "user",
+      "shared": false,
+      "other_config": {},
+      "tags": [],
+      "sm_config": {
+        "devserial": ""
+      },
+      "blobs": {},
+      "local_cache_enabled": false,
+      "introduced_by": "OpaqueRef:NULL",
+      "clustered": false,
+      "is_tools_sr": false
+    }
+  },
+  "PBD": {
+    "OpaqueRef:f19cf694-e622-5579-8028-dc6805a8df07": {
+      "uuid": "ae70c5ba-81cf-5781-a912-a31280c5c110",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "device_config": {
+        "device": "/dev/nvme0n1p3"
+      },
+      "currently_attached": true,
+      "other_config": {}
+    },
+    "OpaqueRef:668e0831-b358-5508-8ea2-7d798ea4d7e8": {
+      "uuid": "6a2a9f7a-0ec1-5c7d-b723-e22cc1c9d4a5",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "SR": "OpaqueRef:d041aff8-d817-596d-a51c-7dd5b08ee565",
+      "device_config": {
+        "device": "/dev/sda1"
+      },
+      "currently_attached": true,
+      "other_config": {}
+    }
+  }
+}
~ xapi.json (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
warn START_DRIVER: 0000:86:00.0 is not hidden from dom0: it is taken from the driver igb as the VM starts
note: whether storage or networks of XAPI's stand on a device is unknown: the recording 'HOST' has no xapi.json

$ sh: mv away xapi.json
~ away (removed)
~ xapi.json (new, mode 0644)
@@ -0,0 +1,1691 @@
+{
+  "pool": {
+    "OpaqueRef:eefc2014-3f25-5cd1-8217-2d7e2f8fac7c": {
+      "uuid": "0b42a100-9359-575e-873c-93b69fcbeb68",
+      "name_label": "gpu-server",
+      "name_description": "",
+      "master": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "default_SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "suspend_image_SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "crash_dump_SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "other_config": {
+        "memory-ratio-hvm": "0.25",
+        "memory-ratio-pv": "0.25"
+      },
+      "ha_enabled": false,
+      "ha_configuration": {},
+      "ha_statefiles": [],
+      "ha_host_failures_to_tolerate": "0",
+      "ha_plan_exists_for": "0",
+      "ha_allow_overcommit": false,
+      "ha_overcommitted": false,
+      "blobs": {},
+      "tags": [],
+      "gui_config": {},
+      "redo_log_enabled": false,
+      "redo_log_vdi": "OpaqueRef:NULL",
+      "restrictions": {
+        "restrict_usb_passthrough": "false",
+        "restrict_gpu": "false"
+      },
+      "metadata_VDIs": [],
+      "ha_cluster_stack": "xhad",
+      "allowed_operations": [
+        "ha_enable",
+        "designate_new_master"
+      ],
+      "current_operations": {},
+      "cpu_info": {
+        "socket_count": "2",
+        "cpu_count": "32",
+        "vendor": "GenuineIntel"
+      },
+      "live_patching_disabled": false,
+      "igmp_snooping_enabled": false,
+      "tls_verification_enabled": true,
+      "migration_compression": false,
+      "coordinator_bias": true
+    }
+  },
+  "host": {
+    "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f": {
+      "uuid": "e6e80ebb-6aae-550e-983b-bd28a8473e7b",
+      "name_label": "gpu-server",
+      "name_description": "Default install",
+      "memory_overhead": "1030792151040",
+      "allowed_operations": [
+        "vm_migrate",
+        "provision",
+        "vm_resume",
+        "evacuate",
+        "vm_start"
+      ],
+      "current_operations": {},
+      "API_version_major": "2",
+      "API_version_minor": "21",
+      "API_version_vendor": "XenSource",
+      "API_version_vendor_implementation": {},
+      "enabled": true,
+      "software_version": {
+        "product_version": "8.3.0",
+        "product_version_text": "8.3",
+        "product_version_text_short": "8.3",
+        "platform_name": "XCP",
+        "platform_version": "3.4.0",
+        "product_brand": "XCP-ng",
+        "hostname": "localhost",
+        "xapi": "26.1",
+        "xen": "4.17.6",
+        "linux": "4.19.0+1",
+        "network_backend": "bridge"
+      },
+      "other_config": {
+        "agent_start_time": "1772615841.",
+        "boot_time": "1772615790.",
+        "iscsi_iqn": ""
+      },
+      "capabilities": [
+        "xen-3.0-x86_64",
+        "hvm-3.0-x86_32",
+        "hvm-3.0-x86_32p",
+        "hvm-3.0-x86_64"
+      ],
+      "cpu_configuration": {},
+      "sched_policy": "credit",
+      "supported_bootloaders": [
+        "pygrub",
+        "eliloader"
+      ],
+      "resident_VMs": [
+        "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c",
+        "OpaqueRef:1bd12753-e801-5615-b915-50cc34f74016"
+      ],
+      "logging": {},
+      "PIFs": [
+        "OpaqueRef:dfb264d0-5a33-5c55-87f3-7768af2da8a6",
+        "OpaqueRef:7d9023a7-d36f-596e-bddd-ec97b1677444",
+        "OpaqueRef:70eba78a-a58f-5f7f-8552-e96ec520ebce",
+        "OpaqueRef:f381964d-48d3-505e-84ed-d154608c0fc4",
+        "OpaqueRef:2bf1b247-45a3-5301-aec5-f8595e1e90b9",
+        "OpaqueRef:f7c8fdb7-790a-54e4-9c01-c2c04386035d"
+      ],
+      "suspend_image_sr": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "crash_dump_sr": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "crashdumps": [],
+      "patches": [],
+      "updates": [],
+      "PBDs": [
+        "OpaqueRef:f19cf694-e622-5579-8028-dc6805a8df07",
+        "OpaqueRef:668e0831-b358-5508-8ea2-7d798ea4d7e8"
+      ],
+      "host_CPUs": [
+        "OpaqueRef:16444d5d-628f-5cec-9420-d3ea4fad1946",
+        "OpaqueRef:d02b8f99-2521-51c3-b3ee-970ef18b8177",
+        "OpaqueRef:1243f60f-c20f-58c7-b9a2-308b4870b61e",
+        "OpaqueRef:a593e481-43e8-5a5d-9d76-eee0acfcb44c",
+        "OpaqueRef:f0c6c50f-7967-53d2-b8d3-e24668e0f2cb",
+        "OpaqueRef:28953c98-ab2f-5b55-a15a-accbf6b09a6d",
+        "OpaqueRef:d05d2611-60ca-5589-8685-108462ed4c6a",
+        "OpaqueRef:231536af-7343-50fc-adb2-895e61e16588",
+        "OpaqueRef:59fcf587-763c-5bcd-a2e4-46d8f9abbb25",
+        "OpaqueRef:f8fee936-1219-5395-b6c1-e85609e5d9f9",
+        "OpaqueRef:8083722f-883f-55b6-bfd2-b1139ffeb434",
+        "OpaqueRef:6b1b6c9e-ef61-5812-bb62-4c7f17312fbf",
+        "OpaqueRef:782582e3-71bd-5abc-a2a8-358bb3542f4d",
+        "OpaqueRef:0fa8c22a-bfc9-574d-99ce-540d310ca9d6",
+        "OpaqueRef:a4ca080b-5330-5722-9b50-62de2df5244c",
+        "OpaqueRef:9037940e-1617-5019-8fd4-1d757b0d4c08",
+        "OpaqueRef:8a0837e5-3918-51b7-8056-c52aa1f77d89",
+        "OpaqueRef:a7eb8f58-80ec-5b62-8922-ec10f6a6121a",
+        "OpaqueRef:2dcec525-b891-5211-9696-8cf27f4227e0",
+        "OpaqueRef:cea61ec0-21f2-5ea5-b09b-5b1938b9d7a4",
+        "OpaqueRef:802211cf-2aa1-5199-84c7-833d62d15c51",
+        "OpaqueRef:602ef1a6-afc2-5ea6-a869-983feacd0e98",
+        "OpaqueRef:25f4f6cc-db23-5192-84b3-4f1ca8a867f1",
+        "OpaqueRef:40e88b7c-1b6f-55f5-bb97-1c17bd5e3660",
+        "OpaqueRef:7619df56-311d-5bff-bbf6-a54153afb1c1",
+        "OpaqueRef:0bbd8ed9-cef8-5c1b-8796-f3f62b970839",
+        "OpaqueRef:6a90271b-428c-5282-a5d8-82c0b3fc447a",
+        "OpaqueRef:3a41095f-024a-5b4f-8274-4f115e828c2e",
+        "OpaqueRef:ff311e47-059d-5eff-8031-a5b7a0e22376",
+        "OpaqueRef:7167417e-697b-5696-bed3-1bfd42344f7d",
+        "OpaqueRef:a508e201-5c72-534b-90aa-e886b6707423",
+        "OpaqueRef:d6ddfb8f-927e-5eee-9849-3970c0e83255"
+      ],
+      "cpu_info": {
+        "cpu_count": "32",
+        "socket_count": "2",
+        "threads_per_core": "2",
+        "vendor": "GenuineIntel",
+        "speed": "3491.842",
+        "modelname": "Intel(R) Xeon(R) Gold 6144 CPU @ 3.50GHz"
+      },
+      "hostname": "gpu-server",
+      "address": "198.51.100.20",
+      "metrics": "OpaqueRef:8f7c1602-be2c-5600-92b0-ddfd1cacbff8",
+      "license_params": {
+        "restrict_usb_passthrough": "false",
+        "restrict_gpu": "false"
+      },
+      "ha_statefiles": [],
+      "ha_network_peers": [],
+      "blobs": {},
+      "tags": [],
+      "external_auth_type": "",
+      "external_auth_service_name": "",
+      "external_auth_configuration": {},
+      "edition": "xcp-ng",
+      "license_server": {
+        "address": "localhost",
+        "port": "27000"
+      },
+      "bios_strings": {},
+      "power_on_mode": "",
+      "power_on_config": {},
+      "local_cache_sr": "OpaqueRef:NULL",
+      "chipset_info": {
+        "iommu": "true"
+      },
+      "PCIs": [
+        "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86",
+        "OpaqueRef:0c2f2968-b4c6-53f3-9664-472ec9785ff0",
+        "OpaqueRef:108417df-4ae0-5c66-b716-1184668d788b",
+        "OpaqueRef:142934dd-3244-5845-863c-383aeb10005c",
+        "OpaqueRef:184ed611-d453-5614-a37a-c741d8b4033a",
+        "OpaqueRef:32eb2cb8-250c-5030-8d6e-773f9f6a75ff",
+        "OpaqueRef:353bf739-fab7-5a5b-be0e-c985fc51912d",
+        "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4",
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:703eda00-056e-58ab-8dd5-1f73fe433a93",
+        "OpaqueRef:ab1a2a8c-3015-55fc-be68-0855ab4ebdf7",
+        "OpaqueRef:ae737a42-0460-5680-be42-754073c0362d",
+        "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2",
+        "OpaqueRef:df9c51b1-03d1-5dd9-ad58-0d7c872b779a"
+      ],
+      "PGPUs": [
+        "OpaqueRef:0be81872-3f15-5a59-8ee2-f0e8333cd89b",
+        "OpaqueRef:ade6363a-cc34-51cc-8b16-7852ceed4c6e",
+        "OpaqueRef:e7f3cbaf-caea-57a9-848a-fe0e7f1a841b"
+      ],
+      "PUSBs": [
+        "OpaqueRef:f75de1db-5899-5d65-8e6b-470560f3ed7e"
+      ],
+      "ssl_legacy": false,
+      "guest_VCPUs_params": {},
+      "display": "enabled",
+      "virtual_hardware_platform_versions": [
+        "0",
+        "1",
+        "2"
+      ],
+      "control_domain": "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c",
+      "updates_requiring_reboot": [],
+      "features": [],
+      "iscsi_iqn": "",
+      "multipathing": false,
+      "uefi_certificates": "",
+      "certificates": [],
+      "editions": [
+        "xcp-ng"
+      ],
+      "pending_guidances": [],
+      "tls_verification_enabled": true,
+      "last_software_update": "19700101T00:00:00Z",
+      "https_only": false,
+      "latest_synced_updates_applied": "unknown",
+      "numa_affinity_policy": "default_policy",
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "last_update_hash": ""
+    }
+  },
+  "VM": {
+    "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c": {
+      "uuid": "1aa406f3-c53f-5552-999d-d69a60fb0c95",
+      "allowed_operations": [
+        "metadata_export",
+        "changing_static_range",
+        "changing_dynamic_range"
+      ],
+      "current_operations": {},
+      "name_label": "Control domain on host: gpu-server",
+      "name_description": "The domain which manages physical devices and manages other domains",
+      "power_state": "Running",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "memory_overhead": "11534336",
+      "memory_target": "8589934592",
+      "memory_static_max": "8589934592",
+      "memory_dynamic_max": "8589934592",
+      "memory_dynamic_min": "8589934592",
+      "memory_static_min": "8589934592",
+      "VCPUs_params": {},
+      "VCPUs_max": "16",
+      "VCPUs_at_startup": "16",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "destroy",
+      "actions_after_crash": "destroy",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "",
+      "HVM_boot_params": {},
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {},
+      "PCI_bus": "",
+      "other_config": {
+        "storage_driver_domain": "OpaqueRef:980ef039-0e0a-5048-a8ca-7c4173e16d6c"
+      },
+      "domid": "0",
+      "domarch": "x64",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": true,
+      "metrics": "OpaqueRef:d8ffce49-0aaf-51c5-b9a1-6a85c886dcfc",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "pv",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:eb0d9b0e-a328-56be-b950-417ae81a965b": {
+      "uuid": "f3520e4f-b19a-5897-ad31-8ac3667f8a45",
+      "allowed_operations": [
+        "create_vtpm",
+        "destroy",
+        "export",
+        "make_into_template",
+        "changing_static_range",
+        "changing_dynamic_range",
+        "migrate_send",
+        "start_on",
+        "start",
+        "copy",
+        "clone",
+        "snapshot"
+      ],
+      "current_operations": {},
+      "name_label": "win10-gpu",
+      "name_description": "workstation, waits for its card",
+      "power_state": "Halted",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:NULL",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:NULL",
+      "memory_overhead": "11534336",
+      "memory_target": "68719476736",
+      "memory_static_max": "68719476736",
+      "memory_dynamic_max": "68719476736",
+      "memory_dynamic_min": "68719476736",
+      "memory_static_min": "68719476736",
+      "VCPUs_params": {},
+      "VCPUs_max": "8",
+      "VCPUs_at_startup": "8",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "firmware": "uefi",
+        "order": "cd"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {
+        "timeoffset": "0",
+        "usb": "true",
+        "usb_tablet": "true",
+        "device-model": "qemu-upstream-uefi",
+        "acpi": "1",
+        "apic": "true",
+        "pae": "true",
+        "nx": "true",
+        "viridian": "true",
+        "videoram": "8",
+        "hpet": "true",
+        "secureboot": "false"
+      },
+      "PCI_bus": "",
+      "other_config": {
+        "mac_seed": "24cd1d7f-64ab-5cfb-aae7-ea57a03158f2",
+        "install-methods": "cdrom",
+        "base_template_name": "Other install media"
+      },
+      "domid": "-1",
+      "domarch": "",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:31bf32f3-f22e-53b0-b2bf-bf8bc6aa99f8",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:1bd12753-e801-5615-b915-50cc34f74016": {
+      "uuid": "6222a244-7242-5abe-ad42-621b5d31b420",
+      "allowed_operations": [
+        "changing_dynamic_range",
+        "hard_reboot",
+        "hard_shutdown",
+        "clean_reboot",
+        "clean_shutdown",
+        "snapshot"
+      ],
+      "current_operations": {},
+      "name_label": "db-running",
+      "name_description": "database",
+      "power_state": "Running",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "memory_overhead": "11534336",
+      "memory_target": "103079215104",
+      "memory_static_max": "103079215104",
+      "memory_dynamic_max": "103079215104",
+      "memory_dynamic_min": "103079215104",
+      "memory_static_min": "103079215104",
+      "VCPUs_params": {},
+      "VCPUs_max": "8",
+      "VCPUs_at_startup": "8",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "firmware": "uefi",
+        "order": "cd"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {
+        "timeoffset": "0",
+        "usb": "true",
+        "usb_tablet": "true",
+        "device-model": "qemu-upstream-uefi",
+        "acpi": "1",
+        "apic": "true",
+        "pae": "true",
+        "nx": "true",
+        "viridian": "true",
+        "videoram": "8",
+        "hpet": "true",
+        "secureboot": "false"
+      },
+      "PCI_bus": "",
+      "other_config": {
+        "mac_seed": "f17d6044-396c-5255-82bc-46bd61532cf4",
+        "install-methods": "cdrom",
+        "base_template_name": "Other install media",
+        "pci": "0/0000:19:00.0"
+      },
+      "domid": "3",
+      "domarch": "x64",
+      "last_boot_CPU_flags": {
+        "vendor": "GenuineIntel",
+        "features": ""
+      },
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:200b61a6-6176-5ffc-a24e-cc081a6b2d85",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [
+        "OpaqueRef:32eb2cb8-250c-5030-8d6e-773f9f6a75ff"
+      ],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:976bd65f-af90-5214-823c-6ad532d3cb2c": {
+      "uuid": "04c43e25-3853-5f33-8f90-1f90ed9930cb",
+      "allowed_operations": [
+        "create_vtpm",
+        "destroy",
+        "export",
+        "make_into_template",
+        "changing_static_range",
+        "changing_dynamic_range",
+        "migrate_send",
+        "start_on",
+        "start",
+        "copy",
+        "clone",
+        "snapshot"
+      ],
+      "current_operations": {},
+      "name_label": "nas-archive",
+      "name_description": "file server",
+      "power_state": "Halted",
+      "user_version": "1",
+      "is_a_template": false,
+      "is_default_template": false,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:NULL",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:NULL",
+      "memory_overhead": "11534336",
+      "memory_target": "17179869184",
+      "memory_static_max": "17179869184",
+      "memory_dynamic_max": "17179869184",
+      "memory_dynamic_min": "17179869184",
+      "memory_static_min": "17179869184",
+      "VCPUs_params": {},
+      "VCPUs_max": "4",
+      "VCPUs_at_startup": "4",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "firmware": "bios",
+        "order": "cd"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {
+        "timeoffset": "0",
+        "usb": "true",
+        "usb_tablet": "true",
+        "device-model": "qemu-upstream-compat",
+        "acpi": "1",
+        "apic": "true",
+        "pae": "true",
+        "nx": "true",
+        "viridian": "true",
+        "videoram": "8",
+        "hpet": "true",
+        "secureboot": "false"
+      },
+      "PCI_bus": "",
+      "other_config": {
+        "mac_seed": "12131722-a6e1-5678-a526-8a5b505aa1ce",
+        "install-methods": "cdrom",
+        "base_template_name": "Other install media",
+        "pci": "0/0000:d8:00.0"
+      },
+      "domid": "-1",
+      "domarch": "",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:c066664d-4038-501d-98a6-e5e3aea8635a",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    },
+    "OpaqueRef:3a5249ed-ee9d-5784-b1b8-43995fca0444": {
+      "uuid": "29956476-0258-5204-880a-1947994f7eeb",
+      "allowed_operations": [
+        "changing_NVRAM",
+        "changing_dynamic_range",
+        "changing_shadow_memory",
+        "changing_static_range",
+        "provision",
+        "export",
+        "clone",
+        "copy"
+      ],
+      "current_operations": {},
+      "name_label": "Other install media",
+      "name_description": "Template which allows VM installation from install media",
+      "power_state": "Halted",
+      "user_version": "1",
+      "is_a_template": true,
+      "is_default_template": true,
+      "suspend_VDI": "OpaqueRef:NULL",
+      "resident_on": "OpaqueRef:NULL",
+      "scheduled_to_be_resident_on": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:NULL",
+      "memory_overhead": "11534336",
+      "memory_target": "1073741824",
+      "memory_static_max": "1073741824",
+      "memory_dynamic_max": "1073741824",
+      "memory_dynamic_min": "1073741824",
+      "memory_static_min": "1073741824",
+      "VCPUs_params": {},
+      "VCPUs_max": "1",
+      "VCPUs_at_startup": "1",
+      "actions_after_softreboot": "soft_reboot",
+      "actions_after_shutdown": "destroy",
+      "actions_after_reboot": "restart",
+      "actions_after_crash": "restart",
+      "consoles": [],
+      "VIFs": [],
+      "VBDs": [],
+      "VUSBs": [],
+      "crash_dumps": [],
+      "VTPMs": [],
+      "PV_bootloader": "",
+      "PV_kernel": "",
+      "PV_ramdisk": "",
+      "PV_args": "",
+      "PV_bootloader_args": "",
+      "PV_legacy_args": "",
+      "HVM_boot_policy": "BIOS order",
+      "HVM_boot_params": {
+        "order": "dc"
+      },
+      "HVM_shadow_multiplier": 1.0,
+      "platform": {},
+      "PCI_bus": "",
+      "other_config": {
+        "default_template": "true",
+        "install-methods": "cdrom"
+      },
+      "domid": "-1",
+      "domarch": "",
+      "last_boot_CPU_flags": {},
+      "is_control_domain": false,
+      "metrics": "OpaqueRef:NULL",
+      "guest_metrics": "OpaqueRef:NULL",
+      "last_booted_record": "",
+      "recommendations": "",
+      "xenstore_data": {},
+      "ha_always_run": false,
+      "ha_restart_priority": "",
+      "is_a_snapshot": false,
+      "snapshot_of": "OpaqueRef:NULL",
+      "snapshots": [],
+      "snapshot_time": "19700101T00:00:00Z",
+      "transportable_snapshot_id": "",
+      "blobs": {},
+      "tags": [],
+      "blocked_operations": {},
+      "snapshot_info": {},
+      "snapshot_metadata": "",
+      "parent": "OpaqueRef:NULL",
+      "children": [],
+      "bios_strings": {},
+      "protection_policy": "OpaqueRef:NULL",
+      "is_snapshot_from_vmpp": false,
+      "snapshot_schedule": "OpaqueRef:NULL",
+      "is_vmss_snapshot": false,
+      "appliance": "OpaqueRef:NULL",
+      "start_delay": "0",
+      "shutdown_delay": "0",
+      "order": "0",
+      "VGPUs": [],
+      "attached_PCIs": [],
+      "suspend_SR": "OpaqueRef:NULL",
+      "version": "0",
+      "generation_id": "",
+      "hardware_platform_version": "0",
+      "has_vendor_device": false,
+      "requires_reboot": false,
+      "reference_label": "other-install-media",
+      "domain_type": "hvm",
+      "NVRAM": {},
+      "pending_guidances": [],
+      "pending_guidances_recommended": [],
+      "pending_guidances_full": [],
+      "groups": []
+    }
+  },
+  "PCI": {
+    "OpaqueRef:0c2f2968-b4c6-53f3-9664-472ec9785ff0": {
+      "uuid": "baefe4b7-3aa9-5101-89c6-d096a74dd1eb",
+      "class_name": "SATA controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "C620 Series Chipset Family SATA Controller [AHCI mode]",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:00:17.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Super Micro Computer Inc",
+      "subsystem_device_name": "Device 0953",
+      "driver_name": "ahci"
+    },
+    "OpaqueRef:184ed611-d453-5614-a37a-c741d8b4033a": {
+      "uuid": "cbf10316-0043-5936-a870-0781efad9eae",
+      "class_name": "Non-Volatile memory controller",
+      "vendor_name": "Samsung Electronics Co Ltd",
+      "device_name": "NVMe SSD Controller PM9A1/PM9A3/980PRO",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:01:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Samsung Electronics Co Ltd",
+      "subsystem_device_name": "General DC NVMe PM9A3",
+      "driver_name": "nvme"
+    },
+    "OpaqueRef:ab1a2a8c-3015-55fc-be68-0855ab4ebdf7": {
+      "uuid": "b8dc8914-5464-5d9e-b40b-727d40eedb37",
+      "class_name": "VGA compatible controller",
+      "vendor_name": "ASPEED Technology, Inc.",
+      "device_name": "ASPEED Graphics Family",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:03:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Super Micro Computer Inc",
+      "subsystem_device_name": "Device 0953",
+      "driver_name": "ast"
+    },
+    "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774": {
+      "uuid": "76314296-7532-5297-8b00-bc99c4dd0da9",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.0",
+      "dependencies": [
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710-4",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e": {
+      "uuid": "28debf42-0134-57d9-81e4-ec9bdbb7d5b5",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.1",
+      "dependencies": [
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4": {
+      "uuid": "ac20efd1-7624-5e4b-ab26-d5faf4bf598a",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.2",
+      "dependencies": [
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7": {
+      "uuid": "f88d9737-f5fe-56cc-8eaa-adb1c3ba5b85",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "Ethernet Controller X710 for 10GbE SFP+",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:18:00.3",
+      "dependencies": [
+        "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774",
+        "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e",
+        "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Converged Network Adapter X710",
+      "driver_name": "i40e"
+    },
+    "OpaqueRef:32eb2cb8-250c-5030-8d6e-773f9f6a75ff": {
+      "uuid": "2638a3aa-0f1c-53c7-a854-d6feb935d4f3",
+      "class_name": "Serial Attached SCSI controller",
+      "vendor_name": "Broadcom / LSI",
+      "device_name": "SAS3008 PCI-Express Fusion-MPT SAS-3",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:19:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Super Micro Computer Inc",
+      "subsystem_device_name": "AOC-S3008L-L8e",
+      "driver_name": "pciback"
+    },
+    "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2": {
+      "uuid": "5a011e11-5284-59ac-9a4d-07b39d05bd66",
+      "class_name": "VGA compatible controller",
+      "vendor_name": "NVIDIA Corporation",
+      "device_name": "GA102GL [RTX A5000]",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:3b:00.0",
+      "dependencies": [
+        "OpaqueRef:df9c51b1-03d1-5dd9-ad58-0d7c872b779a"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "NVIDIA Corporation",
+      "subsystem_device_name": "Device 147e",
+      "driver_name": ""
+    },
+    "OpaqueRef:df9c51b1-03d1-5dd9-ad58-0d7c872b779a": {
+      "uuid": "59f4dfa4-47d4-5149-bcc4-e2433c7cb3a9",
+      "class_name": "Audio device",
+      "vendor_name": "NVIDIA Corporation",
+      "device_name": "GA102 High Definition Audio Controller",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:3b:00.1",
+      "dependencies": [
+        "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "NVIDIA Corporation",
+      "subsystem_device_name": "Device 147e",
+      "driver_name": ""
+    },
+    "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86": {
+      "uuid": "939d7203-ea57-5dcc-b947-6a83e3e8af05",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Gigabit Network Connection",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:86:00.0",
+      "dependencies": [
+        "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Server Adapter I350-T2",
+      "driver_name": "igb"
+    },
+    "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0": {
+      "uuid": "d68beb22-a790-502f-a5a3-2831a617600c",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Gigabit Network Connection",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:86:00.1",
+      "dependencies": [
+        "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86"
+      ],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Ethernet Server Adapter I350-T2",
+      "driver_name": "igb"
+    },
+    "OpaqueRef:108417df-4ae0-5c66-b716-1184668d788b": {
+      "uuid": "b97772ce-7ab3-58a9-9af1-1fedf0233ad1",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Ethernet Controller Virtual Function",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:87:10.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Device 5002",
+      "driver_name": ""
+    },
+    "OpaqueRef:353bf739-fab7-5a5b-be0e-c985fc51912d": {
+      "uuid": "2fd69c17-574e-56b5-bfc4-65494e8184c5",
+      "class_name": "Ethernet controller",
+      "vendor_name": "Intel Corporation",
+      "device_name": "I350 Ethernet Controller Virtual Function",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:87:10.4",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Intel Corporation",
+      "subsystem_device_name": "Device 5002",
+      "driver_name": ""
+    },
+    "OpaqueRef:142934dd-3244-5845-863c-383aeb10005c": {
+      "uuid": "41bccfb9-b249-578f-8468-12324141f513",
+      "class_name": "3D controller",
+      "vendor_name": "NVIDIA Corporation",
+      "device_name": "GH100 [H100 PCIe]",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:af:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "NVIDIA Corporation",
+      "subsystem_device_name": "Device 1626",
+      "driver_name": ""
+    },
+    "OpaqueRef:703eda00-056e-58ab-8dd5-1f73fe433a93": {
+      "uuid": "c94b5c99-9efb-55ff-bcf0-da99bae07201",
+      "class_name": "Non-Volatile memory controller",
+      "vendor_name": "Samsung Electronics Co Ltd",
+      "device_name": "NVMe SSD Controller PM9A1/PM9A3/980PRO",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:d8:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Samsung Electronics Co Ltd",
+      "subsystem_device_name": "General DC NVMe PM9A3",
+      "driver_name": "pciback"
+    },
+    "OpaqueRef:ae737a42-0460-5680-be42-754073c0362d": {
+      "uuid": "365d52c8-e378-587c-8134-8cd670946758",
+      "class_name": "Non-Volatile memory controller",
+      "vendor_name": "Samsung Electronics Co Ltd",
+      "device_name": "NVMe SSD Controller PM9A1/PM9A3/980PRO",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "pci_id": "0000:d9:00.0",
+      "dependencies": [],
+      "other_config": {},
+      "subsystem_vendor_name": "Samsung Electronics Co Ltd",
+      "subsystem_device_name": "General DC NVMe PM9A3",
+      "driver_name": "nvme"
+    }
+  },
+  "PGPU": {
+    "OpaqueRef:e7f3cbaf-caea-57a9-848a-fe0e7f1a841b": {
+      "uuid": "865fba11-70ca-5d96-8fd9-47d2f6936708",
+      "PCI": "OpaqueRef:ab1a2a8c-3015-55fc-be68-0855ab4ebdf7",
+      "GPU_group": "OpaqueRef:11812130-db15-55c4-a13e-0efb9fa07cb1",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "other_config": {},
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "resident_VGPUs": [],
+      "supported_VGPU_max_capacities": {
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c": "1"
+      },
+      "dom0_access": "enabled",
+      "is_system_display_device": true,
+      "compatibility_metadata": {}
+    },
+    "OpaqueRef:ade6363a-cc34-51cc-8b16-7852ceed4c6e": {
+      "uuid": "004eb78c-faa0-5325-af45-e3f02fd15aa8",
+      "PCI": "OpaqueRef:b1a1fb4b-a77a-5b21-b69e-241ad3f59cc2",
+      "GPU_group": "OpaqueRef:04ecfb83-46cf-552b-b9fa-867bf416703b",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "other_config": {},
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "resident_VGPUs": [],
+      "supported_VGPU_max_capacities": {
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c": "1"
+      },
+      "dom0_access": "enabled",
+      "is_system_display_device": false,
+      "compatibility_metadata": {}
+    },
+    "OpaqueRef:0be81872-3f15-5a59-8ee2-f0e8333cd89b": {
+      "uuid": "e4e72228-c203-54cb-8bf7-4d9cb1ca3b04",
+      "PCI": "OpaqueRef:142934dd-3244-5845-863c-383aeb10005c",
+      "GPU_group": "OpaqueRef:4aa5e74a-0b57-5eb1-9dab-20f3119334d6",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "other_config": {},
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "resident_VGPUs": [],
+      "supported_VGPU_max_capacities": {
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c": "1"
+      },
+      "dom0_access": "enabled",
+      "is_system_display_device": false,
+      "compatibility_metadata": {}
+    }
+  },
+  "GPU_group": {
+    "OpaqueRef:11812130-db15-55c4-a13e-0efb9fa07cb1": {
+      "uuid": "f5782c7c-6310-5fe2-a914-ef5b0a90f40c",
+      "name_label": "Group of ASPEED Technology, Inc. ASPEED Graphics Family GPUs",
+      "name_description": "",
+      "PGPUs": [
+        "OpaqueRef:e7f3cbaf-caea-57a9-848a-fe0e7f1a841b"
+      ],
+      "VGPUs": [],
+      "GPU_types": [
+        "1a03/2000"
+      ],
+      "other_config": {},
+      "allocation_algorithm": "depth_first",
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ]
+    },
+    "OpaqueRef:04ecfb83-46cf-552b-b9fa-867bf416703b": {
+      "uuid": "4be373bc-1609-5ecc-83b2-a8bbcda88149",
+      "name_label": "Group of NVIDIA Corporation GA102GL [RTX A5000] GPUs",
+      "name_description": "",
+      "PGPUs": [
+        "OpaqueRef:ade6363a-cc34-51cc-8b16-7852ceed4c6e"
+      ],
+      "VGPUs": [],
+      "GPU_types": [
+        "10de/2231"
+      ],
+      "other_config": {},
+      "allocation_algorithm": "depth_first",
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ]
+    },
+    "OpaqueRef:4aa5e74a-0b57-5eb1-9dab-20f3119334d6": {
+      "uuid": "f6cc48ec-fad8-53dd-8596-914c007b3359",
+      "name_label": "Group of NVIDIA Corporation GH100 [H100 PCIe] GPUs",
+      "name_description": "",
+      "PGPUs": [
+        "OpaqueRef:0be81872-3f15-5a59-8ee2-f0e8333cd89b"
+      ],
+      "VGPUs": [],
+      "GPU_types": [
+        "10de/2331"
+      ],
+      "other_config": {},
+      "allocation_algorithm": "depth_first",
+      "supported_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ],
+      "enabled_VGPU_types": [
+        "OpaqueRef:d0d343ea-7190-5a32-b082-2aa67ee11d9c"
+      ]
+    }
+  },
+  "PUSB": {
+    "OpaqueRef:f75de1db-5899-5d65-8e6b-470560f3ed7e": {
+      "uuid": "74670038-bfd7-51d7-b68f-8e09113ebe53",
+      "USB_group": "OpaqueRef:125e20a4-142a-53d2-afb7-181008d8e542",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "path": "1-2",
+      "vendor_id": "0781",
+      "vendor_desc": "SanDisk",
+      "product_id": "5591",
+      "product_desc": "Ultra USB 3.0",
+      "serial": "4C530000270811118265",
+      "version": "2.10",
+      "description": "SanDisk_Ultra USB 3.0_4C530000270811118265",
+      "passthrough_enabled": false,
+      "other_config": {},
+      "speed": 480.0
+    }
+  },
+  "USB_group": {
+    "OpaqueRef:125e20a4-142a-53d2-afb7-181008d8e542": {
+      "uuid": "fc9cbc5d-6b99-5dbc-a4eb-9dfebd54e5ce",
+      "name_label": "Group of 0781 5591 USBs",
+      "name_description": "",
+      "PUSBs": [
+        "OpaqueRef:f75de1db-5899-5d65-8e6b-470560f3ed7e"
+      ],
+      "VUSBs": [],
+      "other_config": {}
+    }
+  },
+  "VUSB": {},
+  "VGPU": {},
+  "PIF": {
+    "OpaqueRef:dfb264d0-5a33-5c55-87f3-7768af2da8a6": {
+      "uuid": "5be94b23-71bc-5028-8d08-dd92604e109c",
+      "device": "eth0",
+      "network": "OpaqueRef:13891fdf-a6a9-515b-9a9e-d89ab61db4bb",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:00",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:b423c4e1-63d1-57bf-aab4-4c1290838abb",
+      "physical": true,
+      "currently_attached": true,
+      "ip_configuration_mode": "Static",
+      "IP": "198.51.100.20",
+      "netmask": "255.255.255.0",
+      "gateway": "198.51.100.1",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": true,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:687e61ac-9d42-5c72-af6f-304e96102774"
+    },
+    "OpaqueRef:7d9023a7-d36f-596e-bddd-ec97b1677444": {
+      "uuid": "3bddf018-5f57-599b-8449-014294c6e39c",
+      "device": "eth1",
+      "network": "OpaqueRef:f6b4adb4-8e46-5cf7-9188-01f3cb71cffd",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:01",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:c81d5f79-664e-5d61-8162-5a39d51e5371",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:6afad77a-f79c-5d22-95b3-a991cfbb927e"
+    },
+    "OpaqueRef:70eba78a-a58f-5f7f-8552-e96ec520ebce": {
+      "uuid": "c3247bd7-84ab-5b5a-aa49-7776daf7688c",
+      "device": "eth2",
+      "network": "OpaqueRef:e5168b97-e338-567d-9241-98b6f0aeb488",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:02",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:c1de8b36-8253-597e-82dd-e2b89c9c2782",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:6065e34b-c9e8-5595-929c-fbcdc1f270d4"
+    },
+    "OpaqueRef:f381964d-48d3-505e-84ed-d154608c0fc4": {
+      "uuid": "a904a067-083b-5de6-a3d8-5080dbe65bd1",
+      "device": "eth3",
+      "network": "OpaqueRef:05885101-a066-5c80-a594-3fb036a270c7",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "3c:fd:fe:a1:b2:03",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:59c536f6-ce35-54a7-9fd6-7231bb20c402",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:4d42bbc1-3ac3-5311-9cf2-f39956f833d7"
+    },
+    "OpaqueRef:2bf1b247-45a3-5301-aec5-f8595e1e90b9": {
+      "uuid": "16b278cf-7f1b-5518-915f-b14f38d571ee",
+      "device": "eth4",
+      "network": "OpaqueRef:d09b36bf-4d3a-5250-83be-d78d42939f0c",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "a0:36:9f:2c:4e:10",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:77c4f31c-0968-5f1a-94c5-9f35b12775b6",
+      "physical": true,
+      "currently_attached": true,
+      "ip_configuration_mode": "Static",
+      "IP": "203.0.113.20",
+      "netmask": "255.255.255.0",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:07ae9a2c-e896-5cb6-865d-85db01919f86"
+    },
+    "OpaqueRef:f7c8fdb7-790a-54e4-9c01-c2c04386035d": {
+      "uuid": "8c1003ec-7b7b-5637-9328-33cb4419b704",
+      "device": "eth5",
+      "network": "OpaqueRef:339490b4-a788-5ed8-8f46-32aa3961eba2",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "MAC": "a0:36:9f:2c:4e:11",
+      "MTU": "1500",
+      "VLAN": "-1",
+      "metrics": "OpaqueRef:ae7d376e-1885-532a-a1fb-59f8cada8c73",
+      "physical": true,
+      "currently_attached": false,
+      "ip_configuration_mode": "None",
+      "IP": "",
+      "netmask": "",
+      "gateway": "",
+      "DNS": "",
+      "bond_slave_of": "OpaqueRef:NULL",
+      "bond_master_of": [],
+      "VLAN_master_of": "OpaqueRef:NULL",
+      "VLAN_slave_of": [],
+      "management": false,
+      "other_config": {},
+      "disallow_unplug": false,
+      "tunnel_access_PIF_of": [],
+      "tunnel_transport_PIF_of": [],
+      "ipv6_configuration_mode": "None",
+      "IPv6": [],
+      "ipv6_gateway": "",
+      "primary_address_type": "IPv4",
+      "managed": true,
+      "properties": {
+        "gro": "on"
+      },
+      "capabilities": [
+        "sriov"
+      ],
+      "igmp_snooping_status": "unknown",
+      "sriov_physical_PIF_of": [],
+      "sriov_logical_PIF_of": [],
+      "PCI": "OpaqueRef:3f34ce53-03cd-5ad9-be9c-2f47b439b6b0"
+    }
+  },
+  "network": {
+    "OpaqueRef:13891fdf-a6a9-515b-9a9e-d89ab61db4bb": {
+      "uuid": "45bbbc88-ca3e-5875-8f63-f2b078be342c",
+      "name_label": "Pool-wide network associated with eth0",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:dfb264d0-5a33-5c55-87f3-7768af2da8a6"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr0",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:f6b4adb4-8e46-5cf7-9188-01f3cb71cffd": {
+      "uuid": "2328a420-ba39-549d-8d66-5d963ddc68e8",
+      "name_label": "Pool-wide network associated with eth1",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:7d9023a7-d36f-596e-bddd-ec97b1677444"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr1",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:e5168b97-e338-567d-9241-98b6f0aeb488": {
+      "uuid": "516a7dc6-0e39-5af9-9f47-bf7e9b737c0b",
+      "name_label": "Pool-wide network associated with eth2",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:70eba78a-a58f-5f7f-8552-e96ec520ebce"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr2",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:05885101-a066-5c80-a594-3fb036a270c7": {
+      "uuid": "10e01393-43aa-5ad1-b02a-800804f68998",
+      "name_label": "Pool-wide network associated with eth3",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:f381964d-48d3-505e-84ed-d154608c0fc4"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr3",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:d09b36bf-4d3a-5250-83be-d78d42939f0c": {
+      "uuid": "b4023f46-8e2d-515d-835f-916e6a4f839a",
+      "name_label": "storage",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:2bf1b247-45a3-5301-aec5-f8595e1e90b9"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr4",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    },
+    "OpaqueRef:339490b4-a788-5ed8-8f46-32aa3961eba2": {
+      "uuid": "e75a8eef-3d61-516d-981b-834ed651bff6",
+      "name_label": "Pool-wide network associated with eth5",
+      "name_description": "",
+      "allowed_operations": [],
+      "current_operations": {},
+      "VIFs": [],
+      "PIFs": [
+        "OpaqueRef:f7c8fdb7-790a-54e4-9c01-c2c04386035d"
+      ],
+      "MTU": "1500",
+      "other_config": {},
+      "bridge": "xenbr5",
+      "managed": true,
+      "blobs": {},
+      "tags": [],
+      "default_locking_mode": "unlocked",
+      "assigned_ips": {},
+      "purpose": []
+    }
+  },
+  "SR": {
+    "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf": {
+      "uuid": "d7a8c951-2dd9-511a-96fa-21553ac5c702",
+      "name_label": "Local storage",
+      "name_description": "",
+      "allowed_operations": [
+        "vdi_create",
+        "scan",
+        "unplug"
+      ],
+      "current_operations": {},
+      "VDIs": [],
+      "PBDs": [
+        "OpaqueRef:f19cf694-e622-5579-8028-dc6805a8df07"
+      ],
+      "virtual_allocation": "0",
+      "physical_utilisation": "0",
+      "physical_size": "912680550400",
+      "type": "ext",
+      "content_type": "user",
+      "shared": false,
+      "other_config": {},
+      "tags": [],
+      "sm_config": {
+        "devserial": ""
+      },
+      "blobs": {},
+      "local_cache_enabled": false,
+      "introduced_by": "OpaqueRef:NULL",
+      "clustered": false,
+      "is_tools_sr": false
+    },
+    "OpaqueRef:d041aff8-d817-596d-a51c-7dd5b08ee565": {
+      "uuid": "ef74e091-d9bd-58c9-a743-8642e6859b07",
+      "name_label": "Backup disk",
+      "name_description": "",
+      "allowed_operations": [
+        "vdi_create",
+        "scan",
+        "unplug"
+      ],
+      "current_operations": {},
+      "VDIs": [],
+      "PBDs": [
+        "OpaqueRef:668e0831-b358-5508-8ea2-7d798ea4d7e8"
+      ],
+      "virtual_allocation": "0",
+      "physical_utilisation": "0",
+      "physical_size": "3929895075840",
+      "type": "ext",
+      "content_type": "user",
+      "shared": false,
+      "other_config": {},
+      "tags": [],
+      "sm_config": {
+        "devserial": ""
+      },
+      "blobs": {},
+      "local_cache_enabled": false,
+      "introduced_by": "OpaqueRef:NULL",
+      "clustered": false,
+      "is_tools_sr": false
+    }
+  },
+  "PBD": {
+    "OpaqueRef:f19cf694-e622-5579-8028-dc6805a8df07": {
+      "uuid": "ae70c5ba-81cf-5781-a912-a31280c5c110",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "SR": "OpaqueRef:7f171c94-b319-5393-9583-0c87ab9fd1cf",
+      "device_config": {
+        "device": "/dev/nvme0n1p3"
+      },
+      "currently_attached": true,
+      "other_config": {}
+    },
+    "OpaqueRef:668e0831-b358-5508-8ea2-7d798ea4d7e8": {
+      "uuid": "6a2a9f7a-0ec1-5c7d-b723-e22cc1c9d4a5",
+      "host": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "SR": "OpaqueRef:d041aff8-d817-596d-a51c-7dd5b08ee565",
+      "device_config": {
+        "device": "/dev/sda1"
+      },
+      "currently_attached": true,
+      "other_config": {}
+    }
+  }
+}

# settings
$ sh: printf 'guard = warn\ncolour = red\n' >root/etc/xe-passthrough.conf; mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0
~ root/etc/xe-passthrough.conf (new, mode 0644)
@@ -0,0 +1,2 @@
+guard = warn
+colour = red
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (new, mode 0644)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:86:00.0 (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
refuse DOM0_STORAGE: dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
warn IRQ_BUDGET: the devices of 'f3520e4f-b19a-5897-ad31-8ac3667f8a45' can ask for 130 interrupt vectors together, and Xen gives a VM 64
warn START_DRIVER: 0000:01:00.0 is not hidden from dom0: it is taken from the driver nvme as the VM starts
note: /etc/xe-passthrough.conf:2: unknown key 'colour'
note: guard is warn in /etc/xe-passthrough.conf: the VM starts all the same

$ sh: printf 'guard = off\n' >root/etc/xe-passthrough.conf
~ root/etc/xe-passthrough.conf
@@ -1,2 +1 @@
-guard = warn
-colour = red
+guard = off

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none

$ sh: rm root/etc/xe-passthrough.conf; mkfifo root/etc/xe-passthrough.conf
~ root/etc/xe-passthrough.conf (special, was file)


$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
  evidence: / <- nvme0n1p1 <- 0000:01:00.0
            /boot/efi <- nvme0n1p4 <- 0000:01:00.0
            /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
            /var/log <- nvme0n1p5 <- 0000:01:00.0
            swap <- nvme0n1p6 <- 0000:01:00.0
  remedy:   choose another device, or move dom0 off this one first
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

# no IOMMU, no pciback
$ sh: rm root/etc/xe-passthrough.conf; mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0; sed -i 's/"cap_hvm_directio": true/"cap_hvm_directio": false/' xen.json; rm -r root/sys/bus/pci/drivers/pciback
~ root/etc/xe-passthrough.conf (removed)
~ root/sys/bus/pci/drivers/pciback/0000:19:00.0 (removed)
~ root/sys/bus/pci/drivers/pciback/0000:d8:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (new, mode 0644)
~ xen.json
@@ -8 +8 @@
-    "cap_hvm_directio": true
+    "cap_hvm_directio": false

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse IOMMU_OFF (host): Xen uses no IOMMU: it is off in the BIOS, or there is none; no VM with a PCI device starts
  evidence: Xen's virt_caps have no hvm_directio
  remedy:   switch it on in the BIOS setup (Intel: VT-d, AMD: AMD-Vi or IOMMU, often below Chipset, North Bridge or Advanced CPU
            SR-IOV support beside it), then reboot
            if it is on: xl dmesg | grep -i -e vt-d -e amd-vi -e iommu shows what Xen made of it
refuse PCIBACK_ABSENT (host): dom0's pciback driver is not loaded: no device is hidden, and none can be given to a VM ("pciback has not loaded")
  evidence: /sys/bus/pci/drivers/pciback is missing
  remedy:   modprobe xen-pciback
            dmesg | grep -i pciback shows why it is not there
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

# what is no record of xenopsd's as we know them
$ sh: mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.new
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.new (new, mode 0644)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
not judged: xenopsd's record 'pci.new' in '/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45' is of an unknown form

$ xe-passthrough guard -vmuuid ../../../etc -reason none
not judged: '../../../etc' is no uuid

$ xe-passthrough guard -reason none
not judged: the hook was called without -vmuuid
