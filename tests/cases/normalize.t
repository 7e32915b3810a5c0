# Hide lists as the kernel and XAPI both read them; none where the host must come up without.
host: gpu-server

# all is well, apart from the order: XAPI appends
$ xe-passthrough --dry-run boot-normalize
Nothing to change: everything is as asked for.

# what is hidden is hidden, in whatever order
$ xe-passthrough pci-hide device=d8:00.0
Nothing to change: everything is as asked for.

# short forms, wildcards, another spelling, the dead key; and an installer has put the list into every entry
$ sh: sed -i -e 's/ xen-pciback.hide=.*//' -e 's/module2.*root=.*/& pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg; grep -c pciback root/boot/efi/EFI/xenserver/grub.cfg
5
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
@@ -29 +29 @@
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
@@ -35 +35 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
@@ -41 +41 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)

$ xe-passthrough boot-normalize
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (3b:00.*)
              to ( RO): (0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): one list, in the form that the kernel and XAPI both read


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen_pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)', 'XCP-ng in Safe Mode', 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)'
            from ( RO): (0000:D8:00.0)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): the same parameter in another spelling, which XAPI does not see: its devices are in xen-pciback.hide now


step ( RO)            : 3
          change ( RO): dom0 boot parameter pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)', 'XCP-ng in Safe Mode', 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)'
            from ( RO): (19:00.0)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): nothing reads this key any more


step ( RO)            : 4
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng in Safe Mode', 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)'
            from ( RO): (3b:00.*)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): this entry is there for when the normal one does not come up: it must hide nothing


Done: 4 changes were made and read back (history entry 1; state-rollback takes it back).
Next: XAPI's own commands (xe pci-get-dom0-access-status and the like) work with this list at once
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
! Note: hidden at the next boot, too: 0000:3b:00.0, 0000:3b:00.1, from an argument that the kernel did not read so far
! Note: wildcards became the devices that are there now: a card that is put in later is not hidden
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -29 +29 @@
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
@@ -35 +35 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
@@ -41 +41 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(19:00.0) xen-pciback.hide=(3b:00.*) xen_pciback.hide=(0000:D8:00.0)
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0

$ xe-passthrough boot-normalize
Nothing to change: everything is as asked for.

$ xe-passthrough boot-lint params=entry,kernel,xapi,severity
entry ( RO)       : XCP-ng
      kernel ( RO): accepts
        xapi ( RO): accepts
    severity ( RO): info


entry ( RO)       : XCP-ng (Serial)
      kernel ( RO): accepts
        xapi ( RO): accepts
    severity ( RO): info


! Note: nothing to complain about in '/boot/efi/EFI/xenserver/grub.cfg'

# a list that was not read so far names what dom0 lives on
$ sh: sed -i 's/xen-pciback.hide=/xen-pciback.hide=(01:00.0) xen_pciback.hide=/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(01:00.0) xen_pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(01:00.0) xen_pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)

$ xe-passthrough boot-normalize
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
! Note: hidden at the next boot, too: 0000:01:00.0, from an argument that the kernel did not read so far
[1]

# a bad item is not guessed at
$ sh: sed -i 's/xen-pciback.hide=(01:00.0) xen_pciback.hide=.*/xen-pciback.hide=(0000:d8.00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(01:00.0) xen_pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8.00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(01:00.0) xen_pciback.hide=(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8.00.0)

$ xe-passthrough boot-normalize
! Error: entry 'XCP-ng': '(0000:d8.00.0)' in xen-pciback.hide of /boot/efi/EFI/xenserver/grub.cfg: a dot where a colon belongs
! /boot/efi/EFI/xenserver/grub.cfg:17:182
!   ...sh plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8.00.0)
!                                                                  ^
! with one bad item the kernel hides no device at all; write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...', or take it out: boot-param-delete
[1]

$ xe-passthrough boot-param-set target=dom0 key=xen-pciback.hide 'value=(0000:d8:00.0)'
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8.00.0)
              to ( RO): (0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8.00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8.00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)

$ xe-passthrough boot-normalize
Nothing to change: everything is as asked for.
