# What another tool wrote is kept in its order: XAPI plugs equal indices from the last to the first.
host: gpu-server

$ sh: sed -i 's|"pci": "0/0000:d8:00.0"|"pci": "0/0000:d8:00.0,0/0000:87:10.0"|' xapi.json
~ xapi.json
@@ -674 +674 @@
-        "pci": "0/0000:d8:00.0"
+        "pci": "0/0000:d8:00.0,0/0000:87:10.0"

$ xe-passthrough vm-pci-list uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb
vm-uuid ( RO)          : 04c43e25-3853-5f33-8f90-1f90ed9930cb
    vm-name-label ( RO): nas-archive
         position ( RO): 1
           pci-id ( RO): 0000:d8:00.0
      device-name ( RO): NVMe SSD Controller PM9A1/PM9A3/980PRO
          present ( RO): true
      dom0-access ( RO): disabled


vm-uuid ( RO)          : 04c43e25-3853-5f33-8f90-1f90ed9930cb
    vm-name-label ( RO): nas-archive
         position ( RO): 0
           pci-id ( RO): 0000:87:10.0
      device-name ( RO): I350 Ethernet Controller Virtual Function
          present ( RO): true
      dom0-access ( RO): enabled



$ xe-passthrough vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that VM 'nas-archive' can have it


step ( RO)            : 2
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 192
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'nas-archive' together can ask for 142 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 3
          change ( RO): other-config:pci
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): 0/0000:d8:00.0,0/0000:87:10.0
              to ( RO): 0/0000:d8:00.0,0/0000:87:10.0,1/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:87:10.0, 0000:d8:00.0, 0000:af:00.0


step ( RO)            : 4
          change ( RO): affinity
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Done: 4 changes were made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb
! warn VM_BIOS_LARGE_BAR (04c43e25-3853-5f33-8f90-1f90ed9930cb): 'nas-archive' starts with a BIOS, and BAR 2 of 0000:af:00.0 (128 GiB) goes above 4 GiB: neither the BIOS nor a 32-bit system reaches it
!   evidence: HVM_boot_params:firmware of the VM
!   remedy:   a guest that was installed with UEFI: vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=... firmware=uefi
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
~ xapi.json
@@ -623 +623 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -674 +674 @@
-        "pci": "0/0000:d8:00.0,0/0000:87:10.0"
+        "pci": "0/0000:d8:00.0,0/0000:87:10.0,1/0000:af:00.0"

$ xe-passthrough vm-pci-list uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb
vm-uuid ( RO)          : 04c43e25-3853-5f33-8f90-1f90ed9930cb
    vm-name-label ( RO): nas-archive
         position ( RO): 1
           pci-id ( RO): 0000:d8:00.0
      device-name ( RO): NVMe SSD Controller PM9A1/PM9A3/980PRO
          present ( RO): true
      dom0-access ( RO): disabled


vm-uuid ( RO)          : 04c43e25-3853-5f33-8f90-1f90ed9930cb
    vm-name-label ( RO): nas-archive
         position ( RO): 0
           pci-id ( RO): 0000:87:10.0
      device-name ( RO): I350 Ethernet Controller Virtual Function
          present ( RO): true
      dom0-access ( RO): enabled


vm-uuid ( RO)          : 04c43e25-3853-5f33-8f90-1f90ed9930cb
    vm-name-label ( RO): nas-archive
         position ( RO): 2
           pci-id ( RO): 0000:af:00.0
      device-name ( RO): GH100 [H100 PCIe]
          present ( RO): true
      dom0-access ( RO): disable_on_reboot



$ xe-passthrough vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=d8:00.0
Nothing to change: everything is as asked for.
! warn VM_BIOS_LARGE_BAR (04c43e25-3853-5f33-8f90-1f90ed9930cb): 'nas-archive' starts with a BIOS, and BAR 2 of 0000:af:00.0 (128 GiB) goes above 4 GiB: neither the BIOS nor a 32-bit system reaches it
!   evidence: HVM_boot_params:firmware of the VM
!   remedy:   a guest that was installed with UEFI: vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=... firmware=uefi
