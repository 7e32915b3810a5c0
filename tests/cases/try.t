# A change that is booted once: boot=try, what grub makes of it, and what becomes of it.
host: gpu-server

# a copy of the usual entry at the end of the menu; nothing in this file takes override_entry back, so lines that do are added
$ xe-passthrough pci-hide device=af:00.0 boot=try
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): (absent)
              to ( RO): a copy of 'XCP-ng'
    takes-effect ( RO): host-reboot
          reason ( RO): the change is tried in an entry of its own, at the end of the menu


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng, tried once (xe-passthrough)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): (absent)
              to ( RO): override_entry=xe-passthrough-try
    takes-effect ( RO): host-reboot
          reason ( RO): grub boots the entry once, and clears this as it does


Done: 3 changes were made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: devices are hidden when it starts
      the boot after that takes the usual entry again: boot-try-keep makes the change the usual, boot-try-drop gives it up
! info BOOT_TRY_BLOCK (/boot/efi/EFI/xenserver/grub.cfg): nothing in the file clears override_entry, so that each boot would take the entry: lines that clear it are added before the menu
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -13,0 +14,14 @@
+# xe-passthrough: an entry that is to be tried is booted once
+if [ -s $prefix/grubenv ]; then
+	load_env
+fi
+if [ -n "$override_entry" ]; then
+	set default="$override_entry"
+fi
+if [ "$override_entry" = "xe-passthrough-try" ]; then
+	unset override_entry
+	if ! save_env override_entry; then
+		set default="0"
+	fi
+fi
+# xe-passthrough: end
@@ -43,0 +58,8 @@
+menuentry 'XCP-ng, tried once (xe-passthrough)' --id xe-passthrough-try {
+	# xe-passthrough-try: dom0 xen-pciback.hide
+	# xe-passthrough-try: was dom0 xen-pciback.hide try xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	search --label --set root root-tkqzwm
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/initrd-4.19-xen.img
+}
~ root/boot/efi/EFI/xenserver/grubenv (new, mode 0644)
@@ -1 +1,3 @@
-
+# GRUB Environment Block
+override_entry=xe-passthrough-try
+#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

# a second time there is nothing to do
$ xe-passthrough pci-hide device=af:00.0 boot=try
Nothing to change: everything is as asked for.
! Note: a reboot is pending: 0000:af:00.0 changes hands when this host starts anew

# while it is to come, more can go into it
$ xe-passthrough boot-param-set target=dom0 key=max_loop value=8 boot=try
step ( RO)            : 1
          change ( RO): dom0 boot parameter max_loop
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng, tried once (xe-passthrough)'
            from ( RO): (absent)
              to ( RO): 8
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -58,0 +59,2 @@
+	# xe-passthrough-try: dom0 max_loop
+	# xe-passthrough-try: was dom0 max_loop try
@@ -63 +65 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8

# those that show what the next boot has know it
$ xe-passthrough pci-device-list pci-id=0000:af:00.0 params=pci-id,dom0-access
pci-id ( RO)         : 0000:af:00.0
    dom0-access ( RO): disable_on_reboot


! Note: the next boot, and only that one, takes 'XCP-ng, tried once (xe-passthrough)' (boot=try), which stays as it is: boot-try-drop gives it up
! Note: a reboot is pending: what dom0 has of 0000:af:00.0 changes then

$ xe-passthrough boot-param-get target=dom0 key=max_loop entries=default
target ( RO)     : dom0
        key ( RO): max_loop
      value ( RO): 8
      entry ( RO): XCP-ng, tried once (xe-passthrough)
       role ( RO): try
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 
      state ( RO): pending


! Note: the next boot, and only that one, takes 'XCP-ng, tried once (xe-passthrough)' (boot=try), which stays as it is: boot-try-drop gives it up
! Note: a reboot is pending: 1 parameter is not active yet

$ xe-passthrough host-show params=boot-entry,hidden-next
hidden-next (SRO)    : 0000:19:00.0; 0000:af:00.0; 0000:d8:00.0
     boot-entry ( RO): XCP-ng, tried once (xe-passthrough)


! Note: the next boot, and only that one, takes 'XCP-ng, tried once (xe-passthrough)' (boot=try), which stays as it is: boot-try-drop gives it up

# another change leaves it alone
$ xe-passthrough --dry-run boot-param-set target=xen key=loglvl value=none
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): none
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_NOT_DEFAULT (/boot/efi/EFI/xenserver/grub.cfg): the next boot takes 'XCP-ng, tried once (xe-passthrough)', which this leaves alone: the change is not active then
!   evidence: set default="$override_entry" in line 19
!   remedy:   entries=default changes that entry
!             or choose the changed one at the next boot
! Note: the next boot, and only that one, takes 'XCP-ng, tried once (xe-passthrough)' (boot=try), which stays as it is: boot-try-drop gives it up

# the device is in the entry that is tried, and nowhere else
$ xe-passthrough pci-unhide device=af:00.0
Nothing to change: everything is as asked for.
! Note: the next boot, and only that one, takes 'XCP-ng, tried once (xe-passthrough)' (boot=try), which stays as it is: boot-try-drop gives it up
! Note: a reboot is pending: 0000:af:00.0 changes hands when this host starts anew

# grub boots it, and clears the request
$ sh: cd root/boot/efi/EFI/xenserver && python3 "$SRCDIR/tests/grub_reader.py" grub.cfg grubenv | tee "$COPY/../booted" && tail -1 "$COPY/../booted" >"$COPY/root/proc/cmdline"
XCP-ng, tried once (xe-passthrough)
root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
~ root/boot/efi/EFI/xenserver/grubenv
@@ -2,2 +2 @@
-override_entry=xe-passthrough-try
-#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+#######################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
~ root/proc/cmdline
@@ -1 +1 @@
-root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8

# the next boot takes the old line again
$ sh: cd root/boot/efi/EFI/xenserver && python3 "$SRCDIR/tests/grub_reader.py" grub.cfg grubenv | head -1
XCP-ng

$ xe-passthrough pci-device-list pci-id=0000:af:00.0 params=pci-id,dom0-access
pci-id ( RO)         : 0000:af:00.0
    dom0-access ( RO): enable_on_reboot


! Note: this host was started with 'XCP-ng, tried once (xe-passthrough)' (boot=try), and the next boot takes the usual entry: boot-try-keep makes it the usual
! Note: a reboot is pending: what dom0 has of 0000:af:00.0 changes then

# what runs is not thrown away unasked
$ xe-passthrough pci-hide device=3b:00.0,3b:00.1 boot=try
! Error: refused, nothing was changed
! refuse BOOT_TRY_RUNS (/boot/efi/EFI/xenserver/grub.cfg): this host was started with the entry that would be replaced
!   remedy:   boot-try-keep makes its parameters the usual ones, boot-try-drop gives them up
[1]

$ xe-passthrough --dry-run boot-try-drop
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): it is given up


Dry run: 1 change would be made, nothing was touched.

# it came up, so it becomes the usual
$ xe-passthrough boot-try-keep
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): its parameters are the usual ones now


step ( RO)            : 2
          change ( RO): dom0 boot parameter max_loop
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 8
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 3
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


Done: 3 changes were made and read back (history entry 3; state-rollback takes it back).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -14,14 +13,0 @@
-# xe-passthrough: an entry that is to be tried is booted once
-if [ -s $prefix/grubenv ]; then
-	load_env
-fi
-if [ -n "$override_entry" ]; then
-	set default="$override_entry"
-fi
-if [ "$override_entry" = "xe-passthrough-try" ]; then
-	unset override_entry
-	if ! save_env override_entry; then
-		set default="0"
-	fi
-fi
-# xe-passthrough: end
@@ -31 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
@@ -37 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
@@ -58,10 +43,0 @@
-menuentry 'XCP-ng, tried once (xe-passthrough)' --id xe-passthrough-try {
-	# xe-passthrough-try: dom0 max_loop
-	# xe-passthrough-try: was dom0 max_loop try
-	# xe-passthrough-try: dom0 xen-pciback.hide
-	# xe-passthrough-try: was dom0 xen-pciback.hide try xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
-	module2 /boot/initrd-4.19-xen.img
-}

$ xe-passthrough boot-try-keep
! Error: '/boot/efi/EFI/xenserver/grub.cfg' has no entry that is to be tried, or was
! boot=try makes one: pci-hide device=... boot=try
[1]

$ xe-passthrough boot-try-drop
Nothing to change: everything is as asked for.

# back to the entry as it was tried, to the byte
$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): (absent)
              to ( RO): as it was
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 3: boot-try-keep


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
              to ( RO): (0000:d8:00.0)(0000:19:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 3: boot-try-keep


step ( RO)            : 3
          change ( RO): dom0 boot parameter max_loop
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): 8
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 3: boot-try-keep


Done: 3 changes were made and read back (history entry 4; state-rollback to=3 goes back to before it).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -13,0 +14,14 @@
+# xe-passthrough: an entry that is to be tried is booted once
+if [ -s $prefix/grubenv ]; then
+	load_env
+fi
+if [ -n "$override_entry" ]; then
+	set default="$override_entry"
+fi
+if [ "$override_entry" = "xe-passthrough-try" ]; then
+	unset override_entry
+	if ! save_env override_entry; then
+		set default="0"
+	fi
+fi
+# xe-passthrough: end
@@ -17 +31 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +37 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -43,0 +58,10 @@
+menuentry 'XCP-ng, tried once (xe-passthrough)' --id xe-passthrough-try {
+	# xe-passthrough-try: dom0 max_loop
+	# xe-passthrough-try: was dom0 max_loop try
+	# xe-passthrough-try: dom0 xen-pciback.hide
+	# xe-passthrough-try: was dom0 xen-pciback.hide try xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	search --label --set root root-tkqzwm
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
+	module2 /boot/initrd-4.19-xen.img
+}

# it did not come up: the power was cycled, the old line runs
$ sh: sed -n '/^menuentry .XCP-ng. {/,/^}/s/.*vmlinuz[^ ]* //p' root/boot/efi/EFI/xenserver/grub.cfg >root/proc/cmdline
~ root/proc/cmdline
@@ -1 +1 @@
-root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
+root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

$ xe-passthrough boot-lint severity=none
! Note: 'XCP-ng, tried once (xe-passthrough)' (boot=try) was booted, or is not asked for any more: boot-try-drop takes it away
! Note: nothing to complain about in '/boot/efi/EFI/xenserver/grub.cfg'

# keeping it all the same is possible, with a warning
$ xe-passthrough --dry-run boot-try-keep
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): its parameters are the usual ones now


step ( RO)            : 2
          change ( RO): dom0 boot parameter max_loop
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 8
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 3
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_TRY_UNPROVEN (/boot/efi/EFI/xenserver/grub.cfg): the running host was not started with the entry that is kept: that it comes up with it is not proven

# a new attempt begins from the usual entry
$ xe-passthrough pci-hide device=3b:00.0,3b:00.1 boot=try
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): a copy of 'XCP-ng'
    takes-effect ( RO): host-reboot
          reason ( RO): the change is tried in an entry of its own, at the end of the menu


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng, tried once (xe-passthrough)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:3b:00.0, 0000:3b:00.1, so that a VM can have it


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): no override_entry
              to ( RO): override_entry=xe-passthrough-try
    takes-effect ( RO): host-reboot
          reason ( RO): grub boots the entry once, and clears this as it does


Done: 3 changes were made and read back (history entry 5; state-rollback takes it back).
Next: reboot this host: devices are hidden when it starts
      the boot after that takes the usual entry again: boot-try-keep makes the change the usual, boot-try-drop gives it up
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -59,2 +58,0 @@
-	# xe-passthrough-try: dom0 max_loop
-	# xe-passthrough-try: was dom0 max_loop try
@@ -65 +63 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) max_loop=8
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
~ root/boot/efi/EFI/xenserver/grubenv
@@ -2 +2,2 @@
-#######################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+override_entry=xe-passthrough-try
+#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

$ xe-passthrough boot-try-drop
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): it is given up


step ( RO)            : 2
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): override_entry=xe-passthrough-try
              to ( RO): no override_entry
    takes-effect ( RO): host-reboot
          reason ( RO): there is no such entry any more


Done: 2 changes were made and read back (history entry 6; state-rollback takes it back).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -14,14 +13,0 @@
-# xe-passthrough: an entry that is to be tried is booted once
-if [ -s $prefix/grubenv ]; then
-	load_env
-fi
-if [ -n "$override_entry" ]; then
-	set default="$override_entry"
-fi
-if [ "$override_entry" = "xe-passthrough-try" ]; then
-	unset override_entry
-	if ! save_env override_entry; then
-		set default="0"
-	fi
-fi
-# xe-passthrough: end
@@ -58,8 +43,0 @@
-menuentry 'XCP-ng, tried once (xe-passthrough)' --id xe-passthrough-try {
-	# xe-passthrough-try: dom0 xen-pciback.hide
-	# xe-passthrough-try: was dom0 xen-pciback.hide try xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
-	module2 /boot/initrd-4.19-xen.img
-}
~ root/boot/efi/EFI/xenserver/grubenv
@@ -2,2 +2 @@
-override_entry=xe-passthrough-try
-#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+#######################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

# grub writes into the blocks of a plain file system only
$ sh: sed -i 's/ vfat / btrfs /' root/proc/self/mountinfo
~ root/proc/self/mountinfo
@@ -2 +2 @@
-26 25 259:4 / /boot/efi rw,relatime - vfat /dev/nvme0n1p4 rw
+26 25 259:4 / /boot/efi rw,relatime - btrfs /dev/nvme0n1p4 rw

$ xe-passthrough pci-hide device=af:00.0 boot=try
! Error: refused, nothing was changed
! refuse BOOT_TRY_DISK (/boot/efi/EFI/xenserver/grubenv): it is on btrfs, which grub cannot write: the entry could not be booted once only
!   remedy:   hide without boot=try: the entry without a hide stays in the menu
[1]

# where the disk is unknown, that is said
$ sh: rm root/proc/self/mountinfo
~ root/proc/self/mountinfo (removed)

$ xe-passthrough --dry-run pci-hide device=af:00.0 boot=try
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): (absent)
              to ( RO): a copy of 'XCP-ng'
    takes-effect ( RO): host-reboot
          reason ( RO): the change is tried in an entry of its own, at the end of the menu


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng, tried once (xe-passthrough)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that a VM can have it


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): no override_entry
              to ( RO): override_entry=xe-passthrough-try
    takes-effect ( RO): host-reboot
          reason ( RO): grub boots the entry once, and clears this as it does


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
      the boot after that takes the usual entry again: boot-try-keep makes the change the usual, boot-try-drop gives it up
! unknown DOM0_STORAGE (0000:af:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown BOOT_TRY_DISK (/boot/efi/EFI/xenserver/grubenv): whether grub can write '/boot/efi/EFI/xenserver/grubenv' is unknown: cannot open '/proc/self/mountinfo': No such file or directory
!   remedy:   where it cannot, the usual entry boots, and the change is not tried
! info BOOT_TRY_BLOCK (/boot/efi/EFI/xenserver/grub.cfg): nothing in the file clears override_entry, so that each boot would take the entry: lines that clear it are added before the menu

# a request of another program is left to it
$ sh: printf '# GRUB Environment Block\noverride_entry=2\n%0981d' 0 | tr 0 '#' >root/boot/efi/EFI/xenserver/grubenv
~ root/boot/efi/EFI/xenserver/grubenv
@@ -2 +2,2 @@
-#######################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+override_entry=2
+#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

$ xe-passthrough pci-hide device=af:00.0 boot=try
! Error: refused, nothing was changed
! refuse BOOT_TRY_OVERRIDE (/boot/efi/EFI/xenserver/grubenv): another program has asked for the entry '2' at the next boot
!   remedy:   let it have that boot
!             or take the request away: grub-editenv FILE unset override_entry
[1]

# other variables stay
$ sh: printf '# GRUB Environment Block\nsaved_entry=0\n%0985d' 0 | tr '0' '#' | sed 's/saved_entry=#/saved_entry=0/' >root/boot/efi/EFI/xenserver/grubenv
~ root/boot/efi/EFI/xenserver/grubenv
@@ -2,2 +2,2 @@
-override_entry=2
-#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+saved_entry=0
+#########################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

$ xe-passthrough boot-param-set target=dom0 key=quiet2 boot=try
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): (absent)
              to ( RO): a copy of 'XCP-ng'
    takes-effect ( RO): host-reboot
          reason ( RO): the change is tried in an entry of its own, at the end of the menu


step ( RO)            : 2
          change ( RO): dom0 boot parameter quiet2
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng, tried once (xe-passthrough)'
            from ( RO): (absent)
              to ( RO): (flag)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): no override_entry
              to ( RO): override_entry=xe-passthrough-try
    takes-effect ( RO): host-reboot
          reason ( RO): grub boots the entry once, and clears this as it does


Done: 3 changes were made and read back (history entry 7; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      the boot after that takes the usual entry again: boot-try-keep makes the change the usual, boot-try-drop gives it up
! unknown BOOT_TRY_DISK (/boot/efi/EFI/xenserver/grubenv): whether grub can write '/boot/efi/EFI/xenserver/grubenv' is unknown: cannot open '/proc/self/mountinfo': No such file or directory
!   remedy:   where it cannot, the usual entry boots, and the change is not tried
! info BOOT_TRY_BLOCK (/boot/efi/EFI/xenserver/grub.cfg): nothing in the file clears override_entry, so that each boot would take the entry: lines that clear it are added before the menu
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -13,0 +14,14 @@
+# xe-passthrough: an entry that is to be tried is booted once
+if [ -s $prefix/grubenv ]; then
+	load_env
+fi
+if [ -n "$override_entry" ]; then
+	set default="$override_entry"
+fi
+if [ "$override_entry" = "xe-passthrough-try" ]; then
+	unset override_entry
+	if ! save_env override_entry; then
+		set default="0"
+	fi
+fi
+# xe-passthrough: end
@@ -43,0 +58,8 @@
+menuentry 'XCP-ng, tried once (xe-passthrough)' --id xe-passthrough-try {
+	# xe-passthrough-try: dom0 quiet2
+	# xe-passthrough-try: was dom0 quiet2 try
+	search --label --set root root-tkqzwm
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet2
+	module2 /boot/initrd-4.19-xen.img
+}
~ root/boot/efi/EFI/xenserver/grubenv
@@ -3 +3,2 @@
-#########################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+override_entry=xe-passthrough-try
+#######################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

# a file that is none of grub's is not touched
$ sh: echo hello >root/boot/efi/EFI/xenserver/grubenv
~ root/boot/efi/EFI/xenserver/grubenv
@@ -1,4 +1,2 @@
-# GRUB Environment Block
-saved_entry=0
-override_entry=xe-passthrough-try
-#######################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################
+hello
+

$ xe-passthrough pci-hide device=af:00.0 boot=try
! Error: '/boot/efi/EFI/xenserver/grubenv': it is no environment block of grub
! grub reads from it which entry to boot once; grub-editenv FILE create makes a new one
[1]
