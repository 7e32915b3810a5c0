# The main job: a GPU goes from dom0 to a VM, with its node's CPUs, and back.
host: gpu-server

# the plan, and nothing else
$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 numa=near
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0


step ( RO)            : 3
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


step ( RO)            : 4
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): CPUs of node 1, where the devices are; the VM's memory then comes from there too


Dry run: 4 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

# a dry run leaves no file
$ sh: ls root/var
! ls: cannot access 'root/var': No such file or directory
[2]

# the same, carried out
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 numa=near
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0


step ( RO)            : 3
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


step ( RO)            : 4
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): CPUs of node 1, where the devices are; the VM's memory then comes from there too


Done: 4 changes were made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -378 +378,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },
@@ -421 +423,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:af:00.0"

# again: nothing is left to do
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 numa=near
Nothing to change: everything is as asked for.
! Note: a reboot is pending: 0000:af:00.0 changes hands when this host starts anew

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
         position ( RO): 0
           pci-id ( RO): 0000:af:00.0
      device-name ( RO): GH100 [H100 PCIe]
          present ( RO): true
      dom0-access ( RO): disable_on_reboot



$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)              : f3520e4f-b19a-5897-ad31-8ac3667f8a45
        vm-name-label ( RO): win10-gpu
                 mask ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
         mask-is-read ( RO): true
            host-mask ( RO): 
                 cpus ( RO): 16-31
                nodes (SRO): 1
            vcpus-max ( RO): 8
     cores-per-socket ( RO): 
         device-nodes (SRO): 1
               domain ( RO): 
         running-cpus (SRO): 
    memory-from-nodes (SRO): 
      memory-on-nodes (SRO): 



$ xe-passthrough pci-device-list pci-id=0000:af:00.0
pci-id ( RO)               : 0000:af:00.0
          vendor-name ( RO): NVIDIA Corporation
          device-name ( RO): GH100 [H100 PCIe]
          driver-name ( RO): 
          dom0-access ( RO): disable_on_reboot
    assigned-to-names (SRO): win10-gpu


! Note: a reboot is pending: what dom0 has of 0000:af:00.0 changes then

# and back
$ xe-passthrough --dry-run vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:af:00.0
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): XAPI no longer plugs the device


Dry run: 1 change would be made, nothing was touched.
Next: the device stays hidden from dom0; to give it back: pci-unhide device=0000:af:00.0

$ xe-passthrough vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:af:00.0
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): XAPI no longer plugs the device


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: the device stays hidden from dom0; to give it back: pci-unhide device=0000:af:00.0
~ xapi.json
@@ -423,2 +423 @@
-        "base_template_name": "Other install media",
-        "pci": "0/0000:af:00.0"
+        "base_template_name": "Other install media"

# a second time: nothing is left to do
$ xe-passthrough vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
Nothing to change: everything is as asked for.

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
