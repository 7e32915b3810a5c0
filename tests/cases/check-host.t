# host-check: what is wrong with the host as it is; and who has a device
host: gpu-server

# a VM that runs with its device, a halted one with a hidden device: as it should be
$ xe-passthrough host-check
! Note: no check has anything to say against this host

$ xe-passthrough --minimal host-check severity=refuse params=subject

$ xe-passthrough --json host-check code=NOTHING_SUCH
{
  "api": 1,
  "records": [],
  "notes": [
    "no check has anything to say against this host"
  ]
}

# the running VM's device is named by a halted one too
$ sh: python3 "$SRCDIR/tests/hosts/edit.py" xapi.json 'VM/win10-gpu/other_config/pci="0/0000:19:00.0,0/0000:af:00.0"'
~ xapi.json
@@ -421 +421,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:19:00.0,0/0000:af:00.0"

$ xe-passthrough host-check code=DEVICE_*
code ( RO)        : DEVICE_DOUBLE
    severity ( RO): warn
     subject ( RO): 0000:19:00.0
        text ( RO): 0000:19:00.0 is named by 2: the VM 'win10-gpu' (Halted), the VM 'db-running' (Running); only the first that starts gets it, and the others then do not start
    evidence ( RO): other-config:pci of f3520e4f-b19a-5897-ad31-8ac3667f8a45 is '0/0000:19:00.0,0/0000:af:00.0'; other-config:pci of 6222a244-7242-5abe-ad42-621b5d31b420 is '0/0000:19:00.0'
      remedy ( RO): leave it to one of them: vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:19:00.0



# near: the second one is a snapshot of the first, or a VM of another host
$ sh: python3 "$SRCDIR/tests/hosts/edit.py" xapi.json 'VM/win10-gpu/is_a_snapshot=true'
~ xapi.json
@@ -435 +435 @@
-      "is_a_snapshot": false,
+      "is_a_snapshot": true,

$ xe-passthrough host-check code=DEVICE_*
! Note: no check has anything to say against this host

$ sh: python3 "$SRCDIR/tests/hosts/edit.py" xapi.json 'VM/win10-gpu/is_a_snapshot=false' 'VM/win10-gpu/affinity="OpaqueRef:another"' 'host/+other={}'
~ xapi.json
@@ -53,0 +54,193 @@
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
+    },
+    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
+      "uuid": "00000000-0000-0000-0000-000000000001",
+      "name_label": "other",
@@ -371 +564 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:another",
@@ -435 +628 @@
-      "is_a_snapshot": true,
+      "is_a_snapshot": false,

$ xe-passthrough host-check code=DEVICE_*
! Note: no check has anything to say against this host

$ xe-passthrough pci-check device=0000:af:00.0 code=DEVICE_*
code ( RO)        : DEVICE_ASSIGNED
    severity ( RO): info
     subject ( RO): 0000:af:00.0
        text ( RO): the VM 'win10-gpu' of another host names the address 0000:af:00.0, which is another device there
    evidence ( RO): other-config:pci of f3520e4f-b19a-5897-ad31-8ac3667f8a45 is '0/0000:19:00.0,0/0000:af:00.0'
      remedy ( RO): 



# a template, and a suspended VM
$ sh: python3 "$SRCDIR/tests/hosts/edit.py" xapi.json 'VM/win10-gpu/affinity="OpaqueRef:NULL"' 'VM/win10-gpu/power_state="Suspended"' 'VM/Other install media/other_config/pci="0/0000:af:00.0"'
~ xapi.json
@@ -557 +557 @@
-      "power_state": "Halted",
+      "power_state": "Suspended",
@@ -564 +564 @@
-      "affinity": "OpaqueRef:another",
+      "affinity": "OpaqueRef:NULL",
@@ -975 +975,2 @@
-        "install-methods": "cdrom"
+        "install-methods": "cdrom",
+        "pci": "0/0000:af:00.0"

$ xe-passthrough host-check code=DEVICE_*
code ( RO)        : DEVICE_DOUBLE
    severity ( RO): warn
     subject ( RO): 0000:19:00.0
        text ( RO): 0000:19:00.0 is named by 2: the VM 'win10-gpu' (Suspended), the VM 'db-running' (Running); only the first that starts gets it, and the others then do not start
    evidence ( RO): other-config:pci of f3520e4f-b19a-5897-ad31-8ac3667f8a45 is '0/0000:19:00.0,0/0000:af:00.0'; other-config:pci of 6222a244-7242-5abe-ad42-621b5d31b420 is '0/0000:19:00.0'
      remedy ( RO): leave it to one of them: vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:19:00.0


code ( RO)        : DEVICE_DOUBLE
    severity ( RO): warn
     subject ( RO): 0000:af:00.0
        text ( RO): 0000:af:00.0 is named by 2: the VM 'win10-gpu' (Suspended), the template 'Other install media'; only the first that starts gets it, and the others then do not start
    evidence ( RO): other-config:pci of f3520e4f-b19a-5897-ad31-8ac3667f8a45 is '0/0000:19:00.0,0/0000:af:00.0'; other-config:pci of 29956476-0258-5204-880a-1947994f7eeb is '0/0000:af:00.0'
      remedy ( RO): leave it to one of them: vm-pci-detach uuid=29956476-0258-5204-880a-1947994f7eeb device=0000:af:00.0



# the key of the running VM was taken away: it holds the device until it stops
$ sh: python3 "$SRCDIR/tests/hosts/edit.py" xapi.json 'VM/win10-gpu/other_config/pci=' 'VM/db-running/other_config/pci='
~ xapi.json
@@ -614,2 +614 @@
-        "base_template_name": "Other install media",
-        "pci": "0/0000:19:00.0,0/0000:af:00.0"
+        "base_template_name": "Other install media"
@@ -735,2 +734 @@
-        "base_template_name": "Other install media",
-        "pci": "0/0000:19:00.0"
+        "base_template_name": "Other install media"

$ xe-passthrough host-check code=DEVICE_*
code ( RO)        : DEVICE_HELD
    severity ( RO): info
     subject ( RO): 0000:19:00.0
        text ( RO): the running domain 3 'db-running' holds 0000:19:00.0, which its VM's key does not name: it is free when that VM stops
    evidence ( RO): Xen: domain 3, 6222a244-7242-5abe-ad42-621b5d31b420; other-config:pci of that VM is absent
      remedy ( RO): 


