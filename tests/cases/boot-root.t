# What a boot cannot do without: dom0's root file system, and memory for it.
host: gpu-server

$ xe-passthrough boot-param-delete target=dom0 key=root
! Error: refused, nothing was changed
! refuse BOOT_NO_ROOT (/boot/efi/EFI/xenserver/grub.cfg): 'XCP-ng' would not say any more where dom0's root file system is: it would not come up
!   evidence: root=LABEL=root-tkqzwm -> (absent)
!   remedy:   boot=try boots it once: where it does not come up, the next power cycle is back to the old line
!   override: force=BOOT_NO_ROOT@/boot/efi/EFI/xenserver/grub.cfg
[1]

$ xe-passthrough --dry-run boot-param-delete target=dom0 key=root force=BOOT_NO_ROOT@/boot/efi/EFI/xenserver/grub.cfg
step ( RO)            : 1
          change ( RO): dom0 boot parameter root
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): LABEL=root-tkqzwm
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! forced BOOT_NO_ROOT (/boot/efi/EFI/xenserver/grub.cfg): 'XCP-ng' would not say any more where dom0's root file system is: it would not come up
!   evidence: root=LABEL=root-tkqzwm -> (absent)
!   remedy:   boot=try boots it once: where it does not come up, the next power cycle is back to the old line
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough --dry-run boot-param-delete target=dom0 key=root boot=try
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): (absent)
              to ( RO): a copy of 'XCP-ng'
    takes-effect ( RO): host-reboot
          reason ( RO): the change is tried in an entry of its own, at the end of the menu


step ( RO)            : 2
          change ( RO): dom0 boot parameter root
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng, tried once (xe-passthrough)'
            from ( RO): LABEL=root-tkqzwm
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): (absent)
              to ( RO): override_entry=xe-passthrough-try
    takes-effect ( RO): host-reboot
          reason ( RO): grub boots the entry once, and clears this as it does


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      the boot after that takes the usual entry again: boot-try-keep makes the change the usual, boot-try-drop gives it up
! info BOOT_TRY_BLOCK (/boot/efi/EFI/xenserver/grub.cfg): nothing in the file clears override_entry, so that each boot would take the entry: lines that clear it are added before the menu
! warn BOOT_NO_ROOT (/boot/efi/EFI/xenserver/grub.cfg): 'XCP-ng, tried once (xe-passthrough)' would not say any more where dom0's root file system is: it would not come up
!   evidence: root=LABEL=root-tkqzwm -> (absent)
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough --dry-run boot-param-set target=dom0 key=root value=/dev/sdz
step ( RO)            : 1
          change ( RO): dom0 boot parameter root
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): LABEL=root-tkqzwm
              to ( RO): /dev/sdz
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_ROOT (/boot/efi/EFI/xenserver/grub.cfg): 'XCP-ng' would look for dom0's root file system in another place: where that is not there, it does not come up
!   evidence: root=LABEL=root-tkqzwm -> root=/dev/sdz
!   remedy:   boot=try boots it once: where it does not come up, the next power cycle is back to the old line
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

# amounts without a unit are of KiB
$ xe-passthrough boot-param-set target=xen key=dom0_mem value=4096
! Error: dom0_mem=4096: dom0 does not come up with less than 256 MiB
! write amounts with their unit (dom0_mem=4G,max:4G): a number alone is of KiB
[1]

$ xe-passthrough boot-param-set target=xen key=dom0_mem value=4G,max:128M
! Error: dom0_mem=4G,max:128M: dom0 does not come up with less than 256 MiB
! write amounts with their unit (dom0_mem=4G,max:4G): a number alone is of KiB
[1]

$ xe-passthrough boot-param-set target=xen key=dom0_mem value=
! Error: dom0_mem=: it has no amount
! write amounts with their unit (dom0_mem=4G,max:4G): a number alone is of KiB
[1]

$ xe-passthrough --dry-run boot-param-set target=xen key=dom0_mem value=min:1G,max:8G,-2G
step ( RO)            : 1
          change ( RO): xen boot parameter dom0_mem
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): 8192M,max:8192M
              to ( RO): min:1G,max:8G,-2G
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough boot-param-set target=xen key=---
! Error: '---' is no boot parameter: '--' ends them
[1]

# what was forced is wanted as it was forced, after an upgrade too
$ sh: "$PROGRAM" --host-dir . boot-param-set target=dom0 key=root value= force=BOOT_NO_ROOT@/boot/efi/EFI/xenserver/grub.cfg 2>&1 | grep Done; sed -i 's/root= /root=LABEL=root-tkqzwm /' root/boot/efi/EFI/xenserver/grub.cfg; "$PROGRAM" --host-dir . reapply 2>&1 | grep -e Done -e forced
Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
forced BOOT_NO_ROOT (/boot/efi/EFI/xenserver/grub.cfg): 'XCP-ng' would not say any more where dom0's root file system is: it would not come up
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root= ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root= ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
