# What is configured for the next boot, and what runs now.
host: gpu-server

$ xe-passthrough boot-param-list state=pending*

$ sh: "$PROGRAM" --host-dir . boot-param-set target=xen key=extra_guest_irqs value=128 >/dev/null; "$PROGRAM" --host-dir . boot-param-delete target=dom0 key=quiet >/dev/null; "$PROGRAM" --host-dir . pci-hide device=af:00.0 > /dev/null
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=128
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=128
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)

# set and not active; active and not set
$ xe-passthrough boot-param-list state=pending* params=target,key,value,entry,running,state
target ( RO)     : xen
        key ( RO): extra_guest_irqs
      value ( RO): 128
      entry ( RO): XCP-ng
    running ( RO): 
      state ( RO): pending


target ( RO)     : dom0
        key ( RO): xen-pciback.hide
      value ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
      entry ( RO): XCP-ng
    running ( RO): (0000:d8:00.0)(0000:19:00.0)
      state ( RO): pending


target ( RO)     : dom0
        key ( RO): quiet
      value ( RO): 
      entry ( RO): 
    running ( RO): 
      state ( RO): pending-removal


! Note: a reboot is pending: 2 parameters are not active yet
! Note: a reboot is pending: 1 parameter is active until then

# in the entry that the next boot does not take
$ xe-passthrough boot-param-get target=xen key=extra_guest_irqs
target ( RO)     : xen
        key ( RO): extra_guest_irqs
      value ( RO): 128
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 
      state ( RO): pending


target ( RO)     : xen
        key ( RO): extra_guest_irqs
      value ( RO): 128
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 
      state ( RO): other-entry


! Note: a reboot is pending: 1 parameter is not active yet

$ xe-passthrough pci-device-list dom0-access=*_on_reboot params=pci-id,dom0-access
pci-id ( RO)         : 0000:af:00.0
    dom0-access ( RO): disable_on_reboot


! Note: a reboot is pending: what dom0 has of 0000:af:00.0 changes then

# what runs cannot be read
$ sh: rm root/proc/cmdline
~ root/proc/cmdline (removed)

$ xe-passthrough boot-param-get target=dom0 key=ro
target ( RO)     : dom0
        key ( RO): ro
      value ( RO): 
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): <unknown>
      state ( RO): unknown


target ( RO)     : dom0
        key ( RO): ro
      value ( RO): 
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): <unknown>
      state ( RO): unknown


