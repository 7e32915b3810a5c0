# What was done is kept, and can be taken back.
host: gpu-server

$ xe-passthrough state-history

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:3b:00.0, 0000:3b:00.1, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:3b:00.0,1/0000:3b:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:3b:00.0, 0000:3b:00.1


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
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
! Note: 0000:3b:00.1: the same card as 0000:3b:00.0, taken along; functions=one leaves it
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -421 +421,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:3b:00.0,1/0000:3b:00.1"

$ xe-passthrough boot-param-set target=xen key=loglvl value=all
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): all
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all

$ xe-passthrough state-history
id ( RO)         : 1
       time ( RO): TIME
      state ( RO): done
    command ( RO): vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0
    changes (SRO): dom0 boot parameter xen-pciback.hide: (0000:d8:00.0)(0000:19:00.0) -> (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0); other-config:pci of VM 'win10-gpu': (absent) -> 0/0000:3b:00.0,1/0000:3b:00.1; affinity of VM 'win10-gpu': (absent) -> e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'


id ( RO)         : 2
       time ( RO): TIME
      state ( RO): done
    command ( RO): boot-param-set target=xen key=loglvl value=all
    changes (SRO): xen boot parameter loglvl: (absent) -> all



$ xe-passthrough --dry-run state-rollback
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): all
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 2: boot-param-set target=xen key=loglvl value=all


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): all
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 2: boot-param-set target=xen key=loglvl value=all


Done: 1 change was made and read back (history entry 3; state-rollback to=2 goes back to before it).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G

$ xe-passthrough state-history
id ( RO)         : 1
       time ( RO): TIME
      state ( RO): done
    command ( RO): vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0
    changes (SRO): dom0 boot parameter xen-pciback.hide: (0000:d8:00.0)(0000:19:00.0) -> (0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0); other-config:pci of VM 'win10-gpu': (absent) -> 0/0000:3b:00.0,1/0000:3b:00.1; affinity of VM 'win10-gpu': (absent) -> e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'


id ( RO)         : 2
       time ( RO): TIME
      state ( RO): undone
    command ( RO): boot-param-set target=xen key=loglvl value=all
    changes (SRO): xen boot parameter loglvl: (absent) -> all


id ( RO)         : 3
       time ( RO): TIME
      state ( RO): done
    command ( RO): state-rollback
    changes (SRO): xen boot parameter loglvl: all -> (absent)



# another hand was there in between
$ xe-passthrough boot-param-set target=xen key=loglvl value=all
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): all
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 4; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all

$ sh: sed -i 's/loglvl=all/loglvl=warning/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=warning
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=warning

$ xe-passthrough state-rollback
! Error: loglvl was changed since: it should be 'all' and is 'warning'
! nothing was taken back; undo it by hand, or set the value that the history shows first
[1]
