# host-check: what is wrong with the host as it is; and who has a device
host: gpu-server

# a VM that runs with its device, a halted one with a hidden device: as it should be
$ xe-passthrough host-check
code ( RO)        : IRQ_BUDGET
    severity ( RO): warn
     subject ( RO): 6222a244-7242-5abe-ad42-621b5d31b420
        text ( RO): the devices of 'db-running' can ask for 96 interrupt vectors together, and Xen gives a VM 64
    evidence ( RO): the default of this build
      remedy ( RO): extra-irqs-set value=128, and a reboot of the host


code ( RO)        : IRQ_BUDGET
    severity ( RO): warn
     subject ( RO): 04c43e25-3853-5f33-8f90-1f90ed9930cb
        text ( RO): the devices of 'nas-archive' can ask for 130 interrupt vectors together, and Xen gives a VM 64
    evidence ( RO): the default of this build
      remedy ( RO): extra-irqs-set value=192, and a reboot of the host


code ( RO)        : IRQ_VECTORS
    severity ( RO): info
     subject ( RO): 0000:19:00.0
        text ( RO): 0000:19:00.0 can ask for 96 interrupt vectors (MSI-X); a driver takes as many as it has queues for
    evidence ( RO): MSI-X capability: table size
      remedy ( RO): 


code ( RO)        : IRQ_VECTORS
    severity ( RO): info
     subject ( RO): 0000:d8:00.0
        text ( RO): 0000:d8:00.0 can ask for 130 interrupt vectors (MSI-X); a driver takes as many as it has queues for
    evidence ( RO): MSI-X capability: table size
      remedy ( RO): 


code ( RO)        : RESET_FLR
    severity ( RO): info
     subject ( RO): 0000:19:00.0
        text ( RO): 0000:19:00.0 resets by itself (function level reset)
    evidence ( RO): PCI Express capability: FLReset+
      remedy ( RO): 


code ( RO)        : RESET_FLR
    severity ( RO): info
     subject ( RO): 0000:d8:00.0
        text ( RO): 0000:d8:00.0 resets by itself (function level reset)
    evidence ( RO): PCI Express capability: FLReset+
      remedy ( RO): 


code ( RO)        : BAR_HOLE
    severity ( RO): info
     subject ( RO): 6222a244-7242-5abe-ad42-621b5d31b420
        text ( RO): the devices of 'db-running' have 320 KiB of BARs: its hole below 4 GiB becomes 512 MiB
    evidence ( RO): as xenguest counts: all BARs and ROMs, doubling from 256 MiB up to 2 GiB
      remedy ( RO): 


code ( RO)        : BAR_HOLE
    severity ( RO): info
     subject ( RO): 04c43e25-3853-5f33-8f90-1f90ed9930cb
        text ( RO): the devices of 'nas-archive' have 16 KiB of BARs: its hole below 4 GiB becomes 512 MiB
    evidence ( RO): as xenguest counts: all BARs and ROMs, doubling from 256 MiB up to 2 GiB
      remedy ( RO): 



$ xe-passthrough --minimal host-check severity=refuse params=subject

$ xe-passthrough --json host-check code=NOTHING_SUCH
{
  "api": 1,
  "records": []
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

$ sh: python3 "$SRCDIR/tests/hosts/edit.py" xapi.json 'VM/win10-gpu/is_a_snapshot=false' 'VM/win10-gpu/affinity="OpaqueRef:another"' 'host/+other={}'
~ xapi.json
@@ -242,0 +243,4 @@
+    },
+    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
+      "uuid": "00000000-0000-0000-0000-000000000001",
+      "name_label": "other"
@@ -371 +375 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:another",
@@ -435 +439 @@
-      "is_a_snapshot": true,
+      "is_a_snapshot": false,

$ xe-passthrough host-check code=DEVICE_*

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
@@ -368 +368 @@
-      "power_state": "Halted",
+      "power_state": "Suspended",
@@ -375 +375 @@
-      "affinity": "OpaqueRef:another",
+      "affinity": "OpaqueRef:NULL",
@@ -786 +786,2 @@
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
@@ -425,2 +425 @@
-        "base_template_name": "Other install media",
-        "pci": "0/0000:19:00.0,0/0000:af:00.0"
+        "base_template_name": "Other install media"
@@ -546,2 +545 @@
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


