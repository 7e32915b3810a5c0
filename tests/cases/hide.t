# A device leaves dom0 and comes back, without a VM.
host: gpu-server

$ xe-passthrough --dry-run pci-hide device=3b:00.0,3b:00.1
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:3b:00.0, 0000:3b:00.1, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough pci-hide device=3b:00.0,3b:00.1
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:3b:00.0, 0000:3b:00.1, so that a VM can have it


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: devices are hidden when it starts
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)

$ xe-passthrough pci-hide device=3b:00.0,3b:00.1
Nothing to change: everything is as asked for.
! Note: a reboot is pending: 0000:3b:00.0, 0000:3b:00.1 change hands when this host starts anew

$ xe-passthrough --minimal pci-device-list dom0-access=disable_on_reboot
0000:3b:00.0,0000:3b:00.1

$ xe-passthrough pci-unhide device=3b:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): gives 0000:3b:00.0 back to dom0's drivers


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: dom0's drivers take the devices when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.1)(0000:d8:00.0)

# assigned, and held by a running VM
$ xe-passthrough pci-unhide device=d8:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:d8:00.0): 0000:d8:00.0 is assigned to the VM 'nas-archive'
!   evidence: other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
!   remedy:   vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0
!   override: force=DEVICE_ASSIGNED@0000:d8:00.0
[1]

$ xe-passthrough pci-unhide device=19:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:19:00.0): 0000:19:00.0 is assigned to the VM 'db-running'
!   evidence: other-config:pci of 6222a244-7242-5abe-ad42-621b5d31b420 is '0/0000:19:00.0'
!   remedy:   shut that VM down: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420
!             then vm-pci-detach uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:19:00.0
!   override: force=DEVICE_ASSIGNED@0000:19:00.0
! refuse DEVICE_HELD (0000:19:00.0): 0000:19:00.0 is held by the running domain 3 'db-running'
!   evidence: Xen: domain 3, 6222a244-7242-5abe-ad42-621b5d31b420
!   remedy:   shut that VM down first
!   override: force=DEVICE_HELD@0000:19:00.0
[1]

# not hidden
$ xe-passthrough pci-unhide device=af:00.0
Nothing to change: everything is as asked for.

# dom0 lives on it
$ xe-passthrough pci-hide device=eth0
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]

$ xe-passthrough pci-hide device=00:1f.0
! Error: refused, nothing was changed
! refuse DEVICE_BRIDGE (0000:00:1f.0): 0000:00:1f.0 is a bridge: it belongs to the host and cannot be given to a VM
!   evidence: class 0601, header type 0
!   remedy:   choose another device
[1]
