# What was tried with boot=try becomes the usual: together with what was changed in the usual entries since.
host: gpu-server

# tried; and meanwhile something else is hidden, something given back, and a number raised on both sides
$ sh: run() { "$PROGRAM" --host-dir "$COPY" --minimal "$@"; }; run pci-hide device=d9:00.0 && run pci-hide device=af:00.0 boot=try && run extra-irqs-set value=128 boot=try && run pci-hide device=5e:00.0 && run pci-unhide device=d9:00.0 && run extra-irqs-set value=256
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
@@ -16,2 +30,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=256
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
@@ -22,2 +36,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=256
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
@@ -43,0 +58,10 @@
+menuentry 'XCP-ng, tried once (xe-passthrough)' --id xe-passthrough-try {
+	# xe-passthrough-try: xen extra_guest_irqs
+	# xe-passthrough-try: was xen extra_guest_irqs try
+	# xe-passthrough-try: dom0 xen-pciback.hide
+	# xe-passthrough-try: was dom0 xen-pciback.hide try xen-pciback.hide=(0000:19:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	search --label --set root root-tkqzwm
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=128
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	module2 /boot/initrd-4.19-xen.img
+}
~ root/boot/efi/EFI/xenserver/grubenv (new, mode 0644)
@@ -1 +1,3 @@
-
+# GRUB Environment Block
+override_entry=xe-passthrough-try
+#####################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################

# all of it is kept; the running host has none of it
$ xe-passthrough --dry-run boot-try-keep
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): its parameters are the usual ones now


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:5e:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): override_entry=xe-passthrough-try
              to ( RO): no override_entry
    takes-effect ( RO): host-reboot
          reason ( RO): there is no such entry any more


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_TRY_UNPROVEN (/boot/efi/EFI/xenserver/grub.cfg): the running host was not started with the entry that is kept: that it comes up with it is not proven

# one parameter with two values: one must go, and the rest can stay
$ sh: run() { "$PROGRAM" --host-dir "$COPY" --minimal "$@"; }; run boot-param-set target=dom0 key=console value=hvc0 boot=try && run boot-param-set target=dom0 key=max_loop value=8 boot=try && run boot-param-set target=dom0 key=max_loop value=16
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -31 +31 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=16
@@ -37 +37 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=16
@@ -58,0 +59,5 @@
+	# xe-passthrough-try: dom0 max_loop
+	# xe-passthrough-try: was dom0 max_loop try
+	# xe-passthrough-try: dom0 console
+	# xe-passthrough-try: was dom0 console serial console=tty0 console=hvc0
+	# xe-passthrough-try: was dom0 console try console=hvc0 console=tty0
@@ -65 +70 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0) max_loop=8

$ xe-passthrough boot-try-keep
! Error: refused, nothing was changed
! refuse BOOT_TRY_CONFLICT (dom0 max_loop): it was (absent) when 8 was tried, and is 16 in 'XCP-ng' now: both were changed, and only one can stay
!   remedy:   boot-try-drop gives up all that was tried
!             or take the tried value, and keep the rest: boot-param-set target=dom0 key=max_loop value=8, then boot-try-keep
[1]

$ xe-passthrough --minimal boot-param-set target=dom0 key=max_loop value=8
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -31 +31 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=16
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=8
@@ -37 +37 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=16
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=8

$ xe-passthrough --dry-run boot-try-keep
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): its parameters are the usual ones now


step ( RO)            : 2
          change ( RO): dom0 boot parameter console
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): hvc0, tty0 (2 arguments)
              to ( RO): hvc0
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 3
          change ( RO): dom0 boot parameter console
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng (Serial)'
            from ( RO): tty0, hvc0 (2 arguments)
              to ( RO): hvc0
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 4
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:5e:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 5
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): override_entry=xe-passthrough-try
              to ( RO): no override_entry
    takes-effect ( RO): host-reboot
          reason ( RO): there is no such entry any more


Dry run: 5 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! warn BOOT_TRY_UNPROVEN (/boot/efi/EFI/xenserver/grub.cfg): the running host was not started with the entry that is kept: that it comes up with it is not proven

# a device that a VM was given since is not taken from it
$ xe-passthrough --minimal pci-unhide device=d8:00.0 boot=try force=DEVICE_ASSIGNED@0000:d8:00.0
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -70 +70 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0) max_loop=8
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d9:00.0) max_loop=8

$ xe-passthrough boot-try-keep
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:d8:00.0): 0000:d8:00.0 is assigned to the VM 'nas-archive'
!   evidence: other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
!   remedy:   vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0
!             or boot-try-drop gives up all that was tried
!   override: force=DEVICE_ASSIGNED@0000:d8:00.0
[1]

# where nothing tells what it was (an entry of an older version), nothing is overwritten
$ sh: sed -i -e '/xe-passthrough-try: was/d' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -60 +59,0 @@
-	# xe-passthrough-try: was dom0 max_loop try
@@ -62,2 +60,0 @@
-	# xe-passthrough-try: was dom0 console serial console=tty0 console=hvc0
-	# xe-passthrough-try: was dom0 console try console=hvc0 console=tty0
@@ -65 +61,0 @@
-	# xe-passthrough-try: was xen extra_guest_irqs try
@@ -67 +62,0 @@
-	# xe-passthrough-try: was dom0 xen-pciback.hide try xen-pciback.hide=(0000:19:00.0)(0000:d8:00.0)(0000:d9:00.0)

$ xe-passthrough boot-try-keep
! Error: refused, nothing was changed
! refuse BOOT_TRY_CONFLICT (dom0 console): hvc0 was tried, and it is hvc0, tty0 (2 arguments) in 'XCP-ng' now; what it was then is unknown, so which of them is the later change is unknown, too
!   remedy:   boot-try-drop gives up all that was tried
!             or take the tried value, and keep the rest: boot-param-set target=dom0 key=console value=hvc0, then boot-try-keep
! refuse BOOT_TRY_CONFLICT (xen extra_guest_irqs): 128 was tried, and it is 256 in 'XCP-ng' now; what it was then is unknown, so which of them is the later change is unknown, too
!   remedy:   boot-try-drop gives up all that was tried
!             or take the tried value, and keep the rest: boot-param-set target=xen key=extra_guest_irqs value=128, then boot-try-keep
! refuse BOOT_TRY_CONFLICT (dom0 xen-pciback.hide): 'XCP-ng' hides 0000:5e:00.0, 0000:d8:00.0 now, and what was tried does not; what the list was then is unknown, so whether they came since, or the try takes them out, is unknown, too
!   remedy:   boot-try-drop gives up all that was tried
!             or hide in the usual entries what was tried: pci-hide device=0000:af:00.0,0000:d9:00.0, then boot-try-drop
[1]

# what only adds is kept, and what is unknown is said
$ sh: cd root/boot/efi/EFI/xenserver && sed -i -e '/max_loop$/d' -e '/irqs$/d' -e '/dom0 console$/d' -e 's/(0000:5e:00.0)(0000:d8:00.0)//' grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -31 +31 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=8
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0) max_loop=8
@@ -37 +37 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0) max_loop=8
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0) max_loop=8
@@ -59,3 +58,0 @@
-	# xe-passthrough-try: dom0 max_loop
-	# xe-passthrough-try: dom0 console
-	# xe-passthrough-try: xen extra_guest_irqs

$ xe-passthrough --dry-run boot-try-keep
step ( RO)            : 1
          change ( RO): menu entry to be tried
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg
            from ( RO): there
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): its parameters are the usual ones now


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): it was tried, and is the usual from now on


step ( RO)            : 3
          change ( RO): file /boot/efi/EFI/xenserver/grubenv
           where ( RO): /boot/efi/EFI/xenserver/grubenv
            from ( RO): override_entry=xe-passthrough-try
              to ( RO): no override_entry
    takes-effect ( RO): host-reboot
          reason ( RO): there is no such entry any more


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
! unknown BOOT_TRY_BASE (dom0 xen-pciback.hide): what it was when it was tried is unknown: that the usual entries had less on purpose cannot be seen
! warn BOOT_TRY_UNPROVEN (/boot/efi/EFI/xenserver/grub.cfg): the running host was not started with the entry that is kept: that it comes up with it is not proven
