# What a change means for the menu: one entry must boot without a hide, and the next boot must take one that is changed.
host: gpu-server

# an installer has put the list everywhere, Safe Mode included: a further device would leave no way out
$ sh: sed -i -e 's/ xen-pciback.hide=.*//' -e 's/module2.*root=.*/& xen-pciback.hide=(0000:d8:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
@@ -29 +29 @@
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
@@ -35 +35 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 xen-pciback.hide=(0000:d8:00.0)
@@ -41 +41 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)

$ xe-passthrough pci-hide device=af:00.0
! Error: refused, nothing was changed
! refuse BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): every entry of the menu would hide devices: where the host does not come up without one of them, no entry would be left to boot
!   remedy:   boot-normalize takes the list out of 'XCP-ng in Safe Mode' first
[1]

# no option overrides that
$ xe-passthrough pci-hide device=af:00.0 force=BOOT_NO_CLEAN_ENTRY@/boot/efi/EFI/xenserver/grub.cfg
! Error: refused, nothing was changed
! refuse BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): every entry of the menu would hide devices: where the host does not come up without one of them, no entry would be left to boot
!   remedy:   boot-normalize takes the list out of 'XCP-ng in Safe Mode' first
[1]

# what hides nothing more is possible, with a warning
$ xe-passthrough --dry-run boot-param-set target=xen key=loglvl value=all
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): all
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): every entry of the menu would hide devices: where the host does not come up without one of them, no entry would be left to boot
!   remedy:   boot-normalize takes the list out of 'XCP-ng in Safe Mode' first
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough --dry-run boot-normalize
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng in Safe Mode', 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): this entry is there for when the normal one does not come up: it must hide nothing


Dry run: 1 change would be made, nothing was touched.
Next: XAPI's own commands (xe pci-get-dom0-access-status and the like) work with this list at once
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

# a list that is written in by hand counts, too
$ xe-passthrough boot-param-set target=dom0 key=xen-pciback.hide 'value=(0000:d8:00.0)(0000:af:00.0)'
! Error: refused, nothing was changed
! refuse BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): every entry of the menu would hide devices: where the host does not come up without one of them, no entry would be left to boot
!   remedy:   boot-normalize takes the list out of 'XCP-ng in Safe Mode' first
[1]

$ xe-passthrough boot-normalize
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng in Safe Mode', 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): this entry is there for when the normal one does not come up: it must hide nothing


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: XAPI's own commands (xe pci-get-dom0-access-status and the like) work with this list at once
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -29 +29 @@
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
@@ -35 +35 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
@@ -41 +41 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0

$ xe-passthrough --dry-run pci-hide device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts

# taking that back is allowed: it is how the file was
$ xe-passthrough --dry-run state-rollback
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng in Safe Mode', 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)'
            from ( RO): (absent)
              to ( RO): (0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 1: boot-normalize


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): every entry of the menu would hide devices: where the host does not come up without one of them, no entry would be left to boot
!   remedy:   boot-normalize takes the list out of 'XCP-ng in Safe Mode' first

# the next boot takes an entry that is left alone
$ sh: sed -i 's/set default=0/set default=3/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -4 +4 @@
-set default=0
+set default=3

$ xe-passthrough --dry-run pci-hide device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! warn BOOT_NOT_DEFAULT (/boot/efi/EFI/xenserver/grub.cfg): the next boot takes 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)', which this leaves alone: the change is not active then
!   evidence: set default=3 in line 4
!   remedy:   choose the changed entry at the next boot, or make it the default

# which is never given a hide
$ xe-passthrough --dry-run pci-hide device=af:00.0 entries=default
! Error: refused, nothing was changed
! refuse BOOT_RESCUE_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)' is there for when the normal entry does not come up: it is given no device to hide
!   remedy:   leave entries= out, and boot the normal entry
[1]

# grubenv decides
$ sh: sed -i 's/set default=3/set default=0/' root/boot/efi/EFI/xenserver/grub.cfg; { printf '# GRUB Environment Block\noverride_entry=2\n'; printf '%0974d' 0 | tr 0 '#'; } > root/boot/efi/EFI/xenserver/grubenv
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -4 +4 @@
-set default=3
+set default=0
~ root/boot/efi/EFI/xenserver/grubenv (new, mode 0644)
@@ -1 +1,3 @@
-
+# GRUB Environment Block
+override_entry=2
+##############################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

$ xe-passthrough --dry-run pci-hide device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! warn BOOT_NOT_DEFAULT (/boot/efi/EFI/xenserver/grub.cfg): the next boot takes 'XCP-ng in Safe Mode', which this leaves alone: the change is not active then
!   evidence: set default=$override_entry in line 11
!   remedy:   choose the changed entry at the next boot, or make it the default

# it is one of the entries that are changed
$ sh: sed -i 's/override_entry=2/override_entry=1/' root/boot/efi/EFI/xenserver/grubenv
~ root/boot/efi/EFI/xenserver/grubenv
@@ -2 +2 @@
-override_entry=2
+override_entry=1

$ xe-passthrough --dry-run pci-hide device=af:00.0 entries=default
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts

# nobody can tell
$ sh: sed -i '/^set timeout/i if [ -e /other ]; then set default=2; fi' root/boot/efi/EFI/xenserver/grub.cfg; rm root/boot/efi/EFI/xenserver/grubenv
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -4,0 +5 @@
+if [ -e /other ]; then set default=2; fi
~ root/boot/efi/EFI/xenserver/grubenv (removed)

$ xe-passthrough --dry-run pci-hide device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)
              to ( RO): (0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! unknown BOOT_DEFAULT_UNKNOWN (/boot/efi/EFI/xenserver/grub.cfg): which entry the next boot takes is unknown: the 'set default' in line 5 depends on a condition that only grub can evaluate
!   remedy:   see at the next boot that it is one of the entries changed here

# one entry only: there never was another way out
$ sh: sed -i -e '/other/d' -e '/(Serial)/,$d' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -5 +4,0 @@
-if [ -e /other ]; then set default=2; fi
@@ -21,24 +19,0 @@
-menuentry 'XCP-ng (Serial)' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
-	module2 /boot/initrd-4.19-xen.img
-}
-menuentry 'XCP-ng in Safe Mode' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz nosmp noreboot noirqbalance no-mce no-bootscrub no-numa no-hap no-mmcfg max_cstate=0 nmi=ignore allow_unsafe dom0_mem=8192M,max:8192M com1=115200,8n1 console=com1,vga
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
-	module2 /boot/initrd-4.19-xen.img
-}
-menuentry 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen-fallback.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
-	module2 /boot/initrd-fallback.img
-}
-menuentry 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen-fallback.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
-	module2 /boot/initrd-fallback.img
-}

$ xe-passthrough --dry-run pci-hide device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): (0000:d8:00.0)
              to ( RO): (0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! warn BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): the menu's only entry for Xen hides devices: where the host does not come up without one, the list must be taken out at the boot screen
!   remedy:   learn how to edit an entry at the boot screen (key e) before you reboot

# a file that grub-mkconfig wrote is not edited: what it is to have goes into a settings file
$ sh: sed -i '1i### BEGIN /etc/grub.d/20_linux_xen ###' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -0,0 +1 @@
+### BEGIN /etc/grub.d/20_linux_xen ###

$ xe-passthrough --dry-run pci-hide device=af:00.0
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): (absent)
              to ( RO): dom0: xen-pciback.hide=(0000:af:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: update-grub
      reboot this host: devices are hidden when it starts
! warn BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): the menu's only entry for Xen hides devices: where the host does not come up without one, the list must be taken out at the boot screen
!   remedy:   learn how to edit an entry at the boot screen (key e) before you reboot
