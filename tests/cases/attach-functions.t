# The other functions of the slot come along, unless functions=one; the written order is the order in which they are plugged.
host: gpu-server

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:3b:00.0, 0000:3b:00.1, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:3b:00.0,1/0000:3b:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:3b:00.1


step ( RO)            : 3
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Done: 3 changes were made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
! Note: 0000:3b:00.1: the same card as 0000:3b:00.0, taken along; functions=one leaves it
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -421 +421,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:3b:00.0,1/0000:3b:00.1"

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
         position ( RO): 0
           pci-id ( RO): 0000:3b:00.0
      device-name ( RO): GA102GL [RTX A5000]
          present ( RO): true
      dom0-access ( RO): disable_on_reboot


vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
         position ( RO): 1
           pci-id ( RO): 0000:3b:00.1
      device-name ( RO): GA102 High Definition Audio Controller
          present ( RO): true
      dom0-access ( RO): disable_on_reboot



# a second card: what is there stays, and keeps its place
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, 0000:d9:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 192
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'win10-gpu' together can ask for 141 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 3
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0,1/0000:3b:00.1
              to ( RO): 0/0000:3b:00.0,1/0000:3b:00.1,2/0000:af:00.0,3/0000:d9:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:3b:00.1, 0000:af:00.0, 0000:d9:00.0


Done: 3 changes were made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
~ xapi.json
@@ -422 +422 @@
-        "pci": "0/0000:3b:00.0,1/0000:3b:00.1"
+        "pci": "0/0000:3b:00.0,1/0000:3b:00.1,2/0000:af:00.0,3/0000:d9:00.0"

# one function goes, its sibling goes with it
$ xe-passthrough vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.1
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0,1/0000:3b:00.1,2/0000:af:00.0,3/0000:d9:00.0
              to ( RO): 2/0000:af:00.0,3/0000:d9:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI no longer plugs the device


Done: 1 change was made and read back (history entry 3; state-rollback takes it back).
Next: the device stays hidden from dom0; to give it back: pci-unhide device=0000:3b:00.0,0000:3b:00.1
~ xapi.json
@@ -422 +422 @@
-        "pci": "0/0000:3b:00.0,1/0000:3b:00.1,2/0000:af:00.0,3/0000:d9:00.0"
+        "pci": "2/0000:af:00.0,3/0000:d9:00.0"

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
         position ( RO): 0
           pci-id ( RO): 0000:af:00.0
      device-name ( RO): GH100 [H100 PCIe]
          present ( RO): true
      dom0-access ( RO): disable_on_reboot


vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
         position ( RO): 1
           pci-id ( RO): 0000:d9:00.0
      device-name ( RO): NVMe SSD Controller PM9A1/PM9A3/980PRO
          present ( RO): true
      dom0-access ( RO): disable_on_reboot



$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0 functions=one
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 2/0000:af:00.0,3/0000:d9:00.0
              to ( RO): 2/0000:af:00.0,3/0000:d9:00.0,4/0000:3b:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0, 0000:d9:00.0, 0000:3b:00.0


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

# virtual functions are functions of their own
$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=87:10.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:87:10.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:87:10.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 2/0000:af:00.0,3/0000:d9:00.0
              to ( RO): 2/0000:af:00.0,3/0000:d9:00.0,4/0000:87:10.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0, 0000:d9:00.0, 0000:87:10.0


Dry run: 2 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VF_NOT_AFTER_REBOOT (0000:87:10.0): the virtual function 0000:87:10.0 is there after a reboot only if something makes it again: xe-passthrough does not
!   evidence: virtual functions are made by dom0's driver of the physical one
!   remedy:   have something write /sys/bus/pci/devices/0000:86:00.0/sriov_numvfs at boot, before VMs start (XAPI's network SR-IOV does for its own cards)
