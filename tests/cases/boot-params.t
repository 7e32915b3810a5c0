# Boot parameters: read and changed in the normal and the serial entry, and nothing else of the file.
host: gpu-server

$ xe-passthrough boot-param-list
target ( RO)    : xen
       key ( RO): dom0_mem
     value ( RO): 8192M,max:8192M
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): watchdog
     value ( RO): 
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): ucode
     value ( RO): scan
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): dom0_max_vcpus
     value ( RO): 1-16
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): crashkernel
     value ( RO): 256M,below=4G
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): console
     value ( RO): vga
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): vga
     value ( RO): mode-0x0311
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): root
     value ( RO): LABEL=root-tkqzwm
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): ro
     value ( RO): 
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): nolvm
     value ( RO): 
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): hpet
     value ( RO): disable
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): console
     value ( RO): hvc0
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): console
     value ( RO): tty0
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): quiet
     value ( RO): 
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): vga
     value ( RO): 785
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): splash
     value ( RO): 
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): plymouth.ignore-serial-consoles
     value ( RO): 
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : dom0
       key ( RO): xen-pciback.hide
     value ( RO): (0000:d8:00.0)(0000:19:00.0)
     entry ( RO): XCP-ng
     state ( RO): active


target ( RO)    : xen
       key ( RO): com1
     value ( RO): 115200,8n1
     entry ( RO): XCP-ng (Serial)
     state ( RO): other-entry


target ( RO)    : xen
       key ( RO): console
     value ( RO): com1,vga
     entry ( RO): XCP-ng (Serial)
     state ( RO): other-entry


target ( RO)    : xen
       key ( RO): dom0_mem
     value ( RO): 8192M,max:8192M
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : xen
       key ( RO): watchdog
     value ( RO): 
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : xen
       key ( RO): ucode
     value ( RO): scan
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : xen
       key ( RO): dom0_max_vcpus
     value ( RO): 1-16
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : xen
       key ( RO): crashkernel
     value ( RO): 256M,below=4G
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): root
     value ( RO): LABEL=root-tkqzwm
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): ro
     value ( RO): 
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): nolvm
     value ( RO): 
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): hpet
     value ( RO): disable
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): console
     value ( RO): tty0
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): console
     value ( RO): hvc0
     entry ( RO): XCP-ng (Serial)
     state ( RO): active


target ( RO)    : dom0
       key ( RO): xen-pciback.hide
     value ( RO): (0000:d8:00.0)(0000:19:00.0)
     entry ( RO): XCP-ng (Serial)
     state ( RO): active



$ xe-passthrough boot-param-get target=xen key=dom0_mem
target ( RO)     : xen
        key ( RO): dom0_mem
      value ( RO): 8192M,max:8192M
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 8192M,max:8192M
      state ( RO): active


target ( RO)     : xen
        key ( RO): dom0_mem
      value ( RO): 8192M,max:8192M
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 8192M,max:8192M
      state ( RO): active



$ xe-passthrough boot-param-get target=dom0 key=console
target ( RO)     : dom0
        key ( RO): console
      value ( RO): hvc0
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): hvc0
      state ( RO): active


target ( RO)     : dom0
        key ( RO): console
      value ( RO): tty0
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): tty0
      state ( RO): active


target ( RO)     : dom0
        key ( RO): console
      value ( RO): tty0
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): tty0
      state ( RO): active


target ( RO)     : dom0
        key ( RO): console
      value ( RO): hvc0
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): hvc0
      state ( RO): active



$ xe-passthrough boot-param-get target=dom0 key=quiet
target ( RO)     : dom0
        key ( RO): quiet
      value ( RO): 
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 
      state ( RO): active



$ xe-passthrough boot-param-get target=xen key=nosuch

$ xe-passthrough boot-param-set target=xen key=dom0_mem value=8192M,max:16384M
step ( RO)            : 1
          change ( RO): xen boot parameter dom0_mem
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): 8192M,max:8192M
              to ( RO): 8192M,max:16384M
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:16384M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:16384M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G

$ xe-passthrough boot-param-set target=xen key=dom0_mem value=8192M,max:16384M
Nothing to change: everything is as asked for.

# a flag
$ xe-passthrough boot-param-set target=xen key=iommu_debug
step ( RO)            : 1
          change ( RO): xen boot parameter iommu_debug
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): (flag)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:16384M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:16384M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 iommu_debug
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:16384M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:16384M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G iommu_debug

# several of them become one
$ xe-passthrough boot-param-set target=dom0 key=console value=hvc0
step ( RO)            : 1
          change ( RO): dom0 boot parameter console
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): hvc0, tty0 (2 arguments)
              to ( RO): hvc0
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


step ( RO)            : 2
          change ( RO): dom0 boot parameter console
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng (Serial)'
            from ( RO): tty0, hvc0 (2 arguments)
              to ( RO): hvc0
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 2 changes were made and read back (history entry 3; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

$ xe-passthrough boot-param-delete target=dom0 key=quiet
step ( RO)            : 1
          change ( RO): dom0 boot parameter quiet
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): (flag)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 4; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

$ xe-passthrough boot-param-delete target=dom0 key=quiet
Nothing to change: everything is as asked for.

# a blank in a value
$ xe-passthrough boot-param-set target=dom0 key=dyndbg 'value=module xen_pciback +p'
step ( RO)            : 1
          change ( RO): dom0 boot parameter dyndbg
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): module xen_pciback +p
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 5; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) dyndbg="module xen_pciback +p"
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) dyndbg="module xen_pciback +p"

$ xe-passthrough boot-param-get target=dom0 key=dyndbg
target ( RO)     : dom0
        key ( RO): dyndbg
      value ( RO): module xen_pciback +p
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 
      state ( RO): pending


target ( RO)     : dom0
        key ( RO): dyndbg
      value ( RO): module xen_pciback +p
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/efi/EFI/xenserver/grub.cfg
    running ( RO): 
      state ( RO): other-entry


! Note: a reboot is pending: 1 parameter is not active yet

# what would break the file
$ xe-passthrough boot-param-set target=xen key=a\"b value=1
! Error: the key 'a"b' has a character that no boot parameter's key can have
[1]

$ xe-passthrough boot-param-set target=xen 'key=a b' value=1
! Error: the key 'a b' has a character that no boot parameter's key can have
[1]

$ sh: "$PROGRAM" --host-dir . boot-param-set target=xen key=x value="$(printf 'a\nb')"
! Error: the value of 'x' has a control character, which grub.cfg cannot carry
[1]

$ xe-passthrough boot-param-set target=grub key=x value=1
! target=grub: must be one of xen|dom0
! For usage run: 'xe-passthrough help boot-param-set'
[2]

$ xe-passthrough boot-param-set key=x value=1
! Required parameter not found: target
! For usage run: 'xe-passthrough help boot-param-set'
[2]
