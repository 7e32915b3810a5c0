# A boot file or a hide list that cannot be read: where, and nothing is written.
host: gpu-server

$ sh: sed -i 's/(0000:19:00.0)/(0000:19.00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19.00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19.00.0)

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
! Error: entry 'XCP-ng': '(0000:19.00.0)' in xen-pciback.hide of /boot/efi/EFI/xenserver/grub.cfg: a dot where a colon belongs
! /boot/efi/EFI/xenserver/grub.cfg:17:196
!   ...nore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19.00.0)
!                                                                  ^
! with one bad item the kernel hides no device at all; write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...', or take it out: boot-param-delete
[1]

$ xe-passthrough pci-hide device=0000:af:00.0
! Error: entry 'XCP-ng': '(0000:19.00.0)' in xen-pciback.hide of /boot/efi/EFI/xenserver/grub.cfg: a dot where a colon belongs
! /boot/efi/EFI/xenserver/grub.cfg:17:196
!   ...nore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19.00.0)
!                                                                  ^
! with one bad item the kernel hides no device at all; write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...', or take it out: boot-param-delete
[1]

# looking is still possible
$ xe-passthrough pci-device-list pci-id=0000:19:00.0 params=pci-id,dom0-access,driver-name
pci-id ( RO)         : 0000:19:00.0
    driver-name ( RO): pciback
    dom0-access ( RO): <unknown>



$ sh: sed -i '/^}/d' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -19 +18,0 @@
-}
@@ -25 +23,0 @@
-}
@@ -31 +28,0 @@
-}
@@ -37 +33,0 @@
-}
@@ -43 +38,0 @@
-}

$ xe-passthrough boot-param-list
! Error: '/boot/efi/EFI/xenserver/grub.cfg' cannot be edited safely: this entry is not closed before the next begins
! /boot/efi/EFI/xenserver/grub.cfg:14:1
!   menuentry 'XCP-ng' {
!   ^~~~~~~~~
! correct the line in an editor; nothing was changed
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
! Error: '/boot/efi/EFI/xenserver/grub.cfg' cannot be edited safely: this entry is not closed before the next begins
! /boot/efi/EFI/xenserver/grub.cfg:14:1
!   menuentry 'XCP-ng' {
!   ^~~~~~~~~
! correct the line in an editor; nothing was changed
[1]

$ sh: : > root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -1,8 +0,0 @@
-serial --unit=0 --speed=115200
-terminal_input serial console
-terminal_output serial console
-set default=0
-set timeout=5
-if [ -s $prefix/grubenv ]; then
-	load_env
-fi
@@ -10,30 +1,0 @@
-if [ -n "$override_entry" ]; then
-	set default=$override_entry
-fi
-
-menuentry 'XCP-ng' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19.00.0)
-	module2 /boot/initrd-4.19-xen.img
-menuentry 'XCP-ng (Serial)' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19.00.0)
-	module2 /boot/initrd-4.19-xen.img
-menuentry 'XCP-ng in Safe Mode' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen.gz nosmp noreboot noirqbalance no-mce no-bootscrub no-numa no-hap no-mmcfg max_cstate=0 nmi=ignore allow_unsafe dom0_mem=8192M,max:8192M com1=115200,8n1 console=com1,vga
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
-	module2 /boot/initrd-4.19-xen.img
-menuentry 'XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen-fallback.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
-	module2 /boot/initrd-fallback.img
-menuentry 'XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)' {
-	search --label --set root root-tkqzwm
-	multiboot2 /boot/xen-fallback.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
-	module2 /boot/initrd-fallback.img
-

$ xe-passthrough boot-param-list
! Error: no menu entry in '/boot/efi/EFI/xenserver/grub.cfg' boots Xen
[1]

$ sh: rm root/boot/efi/EFI/xenserver/grub.cfg; mkfifo root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg (special, was file)


$ xe-passthrough boot-param-list
! Error: '/boot/efi/EFI/xenserver/grub.cfg' is not a regular file
[1]

$ sh: rm root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg (removed)

$ xe-passthrough boot-param-list
! Error: HOST has no boot file: none of '/boot/efi/EFI/xenserver/grub.cfg', '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg'
! boot parameters of this host are unknown and cannot be changed here
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
! Error: HOST has no boot file: none of '/boot/efi/EFI/xenserver/grub.cfg', '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg'
! boot parameters of this host are unknown and cannot be changed here
[1]
