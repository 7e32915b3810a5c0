# Where in the order devices come, in whose place, to which VM, and when.
host: gpu-server

# by name, several at once, in the order written
$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:af:00.0,0000:3b:00.1 functions=one
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, 0000:3b:00.1, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:af:00.0,1/0000:3b:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0, 0000:3b:00.1


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
! warn FUNCTION_SPLIT (0000:3b:00.1): 0000:3b:00.1 goes alone: 0000:3b:00.0 of the same card stays behind, and nothing keeps them apart
!   evidence: functions of one slot, without ACS between them
!   remedy:   name them too: device=0000:3b:00.1,0000:3b:00.0
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -421 +421,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:af:00.0,1/0000:3b:00.1"

$ xe-passthrough vm-pci-list uuid=win10-gpu params=position,pci-id,item
position ( RO)    : 0
      pci-id ( RO): 0000:af:00.0
        item ( RO): 0/0000:af:00.0


position ( RO)    : 1
      pci-id ( RO): 0000:3b:00.1
        item ( RO): 1/0000:3b:00.1



# in front of them; again: nothing to do
$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:3b:00.0 functions=one index=0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:3b:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:af:00.0,1/0000:3b:00.1
              to ( RO): 0/0000:3b:00.0,1/0000:af:00.0,2/0000:3b:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:af:00.0, 0000:3b:00.1


Done: 2 changes were made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
~ xapi.json
@@ -422 +422 @@
-        "pci": "0/0000:af:00.0,1/0000:3b:00.1"
+        "pci": "0/0000:3b:00.0,1/0000:af:00.0,2/0000:3b:00.1"

$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:3b:00.0 functions=one index=0
Nothing to change: everything is as asked for.
! Note: a reboot is pending: 0000:3b:00.0 changes hands when this host starts anew

# one that is there already is moved; a position behind the end is the end
$ xe-passthrough --dry-run vm-pci-attach uuid=win10-gpu device=0000:af:00.0 index=9
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0,1/0000:af:00.0,2/0000:3b:00.1
              to ( RO): 0/0000:3b:00.0,1/0000:3b:00.1,2/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:3b:00.1, 0000:af:00.0


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:af:00.0 index=first
! index=first: must be a number from 0 to 255
! For usage run: 'xe-passthrough help vm-pci-attach'
[2]

# in the place of others, which stay hidden; again: nothing to do
$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:d9:00.0 replace=0000:af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:d9:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 192
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'win10-gpu' together can ask for 132 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 3
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0,1/0000:af:00.0,2/0000:3b:00.1
              to ( RO): 0/0000:3b:00.0,1/0000:d9:00.0,2/0000:3b:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:d9:00.0, 0000:3b:00.1


Done: 3 changes were made and read back (history entry 3; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
      the device stays hidden from dom0; to give it back: pci-unhide device=0000:af:00.0
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
~ xapi.json
@@ -422 +422 @@
-        "pci": "0/0000:3b:00.0,1/0000:af:00.0,2/0000:3b:00.1"
+        "pci": "0/0000:3b:00.0,1/0000:d9:00.0,2/0000:3b:00.1"

$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:d9:00.0 replace=0000:af:00.0
Nothing to change: everything is as asked for.
! Note: a reboot is pending: 0000:d9:00.0 changes hands when this host starts anew

$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:5e:00.0 replace=0000:af:00.0
! Error: replace=0000:af:00.0: other-config:pci of 'win10-gpu' names no such device
! vm-pci-list shows what it names
[1]

$ xe-passthrough --dry-run vm-pci-attach uuid=win10-gpu device=0000:af:00.0 replace=all
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0,1/0000:d9:00.0,2/0000:3b:00.1
              to ( RO): 0/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
      the device stays hidden from dom0; to give it back: pci-unhide device=0000:3b:00.0,0000:d9:00.0,0000:3b:00.1

# keys as Xen Orchestra and hands write them: the same number everywhere, capitals, what XAPI cannot read
$ sh: sed -i 's|"pci": "0/0000:d8:00.0"|"pci": "0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0"|' xapi.json
~ xapi.json
@@ -675 +675 @@
-        "pci": "0/0000:d8:00.0"
+        "pci": "0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0"

$ xe-passthrough vm-pci-list uuid=nas-archive params=position,pci-id,item,xapi
position ( RO)    : 1
      pci-id ( RO): 0000:d8:00.0
        item ( RO): 0/0000:D8:00.0
        xapi ( RO): reads


position ( RO)    : 0
      pci-id ( RO): 0000:86:00.1
        item ( RO): 0/0000:86:00.1
        xapi ( RO): reads


position ( RO)    : <unknown>
      pci-id ( RO): <unknown>
        item ( RO):  0/0000:86:00.0
        xapi ( RO): ignores



$ xe-passthrough --dry-run vm-pci-attach uuid=nas-archive device=0000:af:00.0 index=1
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): 0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0
              to ( RO): 0/0000:86:00.1,1/0000:af:00.0,2/0000:d8:00.0, 0/0000:86:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:86:00.1, 0000:af:00.0, 0000:d8:00.0


step ( RO)            : 2
          change ( RO): affinity
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Dry run: 2 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb
! warn VM_BIOS_LARGE_BAR (04c43e25-3853-5f33-8f90-1f90ed9930cb): 'nas-archive' starts with a BIOS, and BAR 2 of 0000:af:00.0 (128 GiB) goes above 4 GiB: neither the BIOS nor a 32-bit system reaches it
!   evidence: HVM_boot_params:firmware of the VM
!   remedy:   a guest that was installed with UEFI: vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=... firmware=uefi
! warn VM_KEY_DROPPED (04c43e25-3853-5f33-8f90-1f90ed9930cb): XAPI ignores the item ' 0/0000:86:00.0' of other-config:pci of 'nas-archive'
!   evidence: 0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0
!   remedy:   vm-pci-list shows what XAPI reads
!             correct or remove the item with xe vm-param-set

# a running VM: only for its next start
$ xe-passthrough vm-pci-attach uuid=db-running device=0000:af:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_HALTED (6222a244-7242-5abe-ad42-621b5d31b420): the VM 'db-running' is not halted: XAPI cannot plug or unplug PCI devices while it runs
!   evidence: power_state is Running
!   remedy:   shut it down first: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420
!             or when=next-start: the change is for when it starts anew
[1]

$ xe-passthrough --dry-run vm-pci-attach uuid=db-running device=0000:af:00.0 when=next-start
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 0/0000:19:00.0
              to ( RO): 0/0000:19:00.0,1/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts anew, for it runs now: 0000:19:00.0, 0000:af:00.0


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      shut the VM down and start it again, or reboot it: a running VM keeps what it has until then

# a reboot of the host that shuts it down is that start anew
$ sh: "$PROGRAM" --host-dir . --dry-run vm-pci-attach uuid=db-running device=0000:af:00.0 when=next-start reboot=true vms=shutdown | sed -n '/^Next/,$p'
Next: when this host is back: xe-passthrough reapply, which brings back the VM that was shut down (xe-passthrough-reapply.service runs it at boot, where it is enabled)

$ xe-passthrough --dry-run vm-pci-detach uuid=db-running device=all when=next-start
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 0/0000:19:00.0
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): XAPI no longer plugs the device when the VM starts anew, for it runs now


Dry run: 1 change would be made, nothing was touched.
Next: the running VM keeps what it has until it starts anew
      the device stays hidden from dom0; to give it back: pci-unhide device=0000:19:00.0

# firmware, with the device model that goes with it
$ xe-passthrough --dry-run vm-pci-attach uuid=nas-archive device=0000:af:00.0 firmware=uefi
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): 0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0
              to ( RO): 0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0,1/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:86:00.1, 0000:d8:00.0, 0000:af:00.0


step ( RO)            : 2
          change ( RO): HVM-boot-params:firmware
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): bios
              to ( RO): uefi
    takes-effect ( RO): vm-start
          reason ( RO): asked for: a guest boots only with the firmware that it was installed with


step ( RO)            : 3
          change ( RO): platform:device-model
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): qemu-upstream-compat
              to ( RO): qemu-upstream-uefi
    takes-effect ( RO): vm-start
          reason ( RO): the device model that goes with this firmware


step ( RO)            : 4
          change ( RO): affinity
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Dry run: 4 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb
! warn VM_KEY_DROPPED (04c43e25-3853-5f33-8f90-1f90ed9930cb): XAPI ignores the item ' 0/0000:86:00.0' of other-config:pci of 'nas-archive'
!   evidence: 0/0000:D8:00.0,0/0000:86:00.1, 0/0000:86:00.0
!   remedy:   vm-pci-list shows what XAPI reads
!             correct or remove the item with xe vm-param-set

$ xe-passthrough --dry-run vm-pci-attach uuid=win10-gpu device=0000:af:00.0 firmware=uefi
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0,1/0000:d9:00.0,2/0000:3b:00.1
              to ( RO): 0/0000:3b:00.0,1/0000:d9:00.0,2/0000:3b:00.1,3/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:d9:00.0, 0000:3b:00.1, 0000:af:00.0


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

# names that are not one VM's, templates, the control domain
$ xe-passthrough vm-pci-attach uuid=nobody device=0000:af:00.0
! Error: there is no VM with the uuid 'nobody'
! xe vm-list shows the VMs and their uuids
[1]

$ xe-passthrough vm-pci-attach uuid='Other install media' device=0000:af:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_A_GUEST (29956476-0258-5204-880a-1947994f7eeb): 'Other install media' is no VM: it is a template
!   remedy:   name a VM that can be started
[1]

$ xe-passthrough vm-pci-attach uuid='Control domain on host: gpu-server' device=0000:af:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_A_GUEST (1aa406f3-c53f-5552-999d-d69a60fb0c95): 'Control domain on host: gpu-server' is no VM: it is the control domain
!   remedy:   name a VM that can be started
[1]

$ sh: sed -i 's/"name_label": "db-running"/"name_label": "win10-gpu"/' xapi.json
~ xapi.json
@@ -483 +483 @@
-      "name_label": "db-running",
+      "name_label": "win10-gpu",

$ xe-passthrough vm-pci-list uuid=win10-gpu
! Error: 'win10-gpu' is the name of 2 VMs: f3520e4f-b19a-5897-ad31-8ac3667f8a45, 6222a244-7242-5abe-ad42-621b5d31b420
! name one of them by its uuid
[1]

# what there is to say of a VM's devices, and of one more
$ xe-passthrough vm-pci-check uuid=nas-archive severity=warn params=code,subject,text
code ( RO)       : FUNCTION_SPLIT
    subject ( RO): 0000:86:00.1
       text ( RO): 0000:86:00.1 goes alone: 0000:86:00.0 of the same card stays behind, and nothing keeps them apart


code ( RO)       : VM_KEY_DROPPED
    subject ( RO): 04c43e25-3853-5f33-8f90-1f90ed9930cb
       text ( RO): XAPI ignores the item ' 0/0000:86:00.0' of other-config:pci of 'nas-archive'



$ xe-passthrough --minimal vm-pci-check uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=nvme0n1 severity=refuse
DOM0_STORAGE
[3]

$ xe-passthrough vm-pci-check uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:af:00.0 severity=refuse params=code,text
code ( RO)    : VM_NOT_HALTED
    text ( RO): the VM 'win10-gpu' is not halted: XAPI cannot plug or unplug PCI devices while it runs


[3]
