# Everything after a point of the history is taken back at once, byte for byte.
host: gpu-server

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0 numa=near
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, 0000:d9:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 192
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'win10-gpu' together can ask for 139 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 3
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:af:00.0,1/0000:d9:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0, 0000:d9:00.0


step ( RO)            : 4
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


step ( RO)            : 5
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): CPUs of node 1, where the devices are; the VM's memory then comes from there too


Done: 5 changes were made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -378 +378,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },
@@ -421 +423,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:af:00.0,1/0000:d9:00.0"

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
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192 loglvl=all
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192 loglvl=all

$ xe-passthrough --dry-run state-rollback to=1
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): all
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 2: boot-param-set target=xen key=loglvl value=all


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts

$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): all
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 2: boot-param-set target=xen key=loglvl value=all


step ( RO)            : 2
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 1: vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0 numa=near


step ( RO)            : 3
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 1: vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0 numa=near


step ( RO)            : 4
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:af:00.0,1/0000:d9:00.0
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 1: vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0 numa=near


step ( RO)            : 5
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): 192
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 1: vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0 numa=near


step ( RO)            : 6
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
              to ( RO): (0000:d8:00.0)(0000:19:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 1: vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0 numa=near


Done: 6 changes were made and read back (history entry 3; state-rollback to=2 goes back to before it).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 extra_guest_irqs=192 loglvl=all
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G extra_guest_irqs=192 loglvl=all
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "affinity": "OpaqueRef:NULL",
@@ -378,3 +378 @@
-      "VCPUs_params": {
-        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
-      },
+      "VCPUs_params": {},
@@ -423,2 +421 @@
-        "base_template_name": "Other install media",
-        "pci": "0/0000:af:00.0,1/0000:d9:00.0"
+        "base_template_name": "Other install media"

$ sh: cmp root/boot/efi/EFI/xenserver/grub.cfg "$SRCDIR/tests/hosts/gpu-server/root/boot/efi/EFI/xenserver/grub.cfg"

$ sh: diff "$SRCDIR/tests/hosts/gpu-server/xapi.json" xapi.json | cut -c1-40
85c85,86
<         "iscsi_iqn": ""
---
>         "iscsi_iqn": "",
>         "xe-passthrough:state": "{\"fo

$ xe-passthrough state-rollback to=7
! Error: there is no history entry 7
! state-history shows them; to=0 takes everything back
[1]

$ xe-passthrough state-rollback to=x
! to=x: not the number of a history entry
! For usage run: 'xe-passthrough help state-rollback'
[2]

# only root can look at the journal
$ sh: find root/var/lib/xe-passthrough -type d -printf '%m %p\n' | sort -k 2; find root/var/lib/xe-passthrough -type f -printf '%m\n' | sort -u
700 root/var/lib/xe-passthrough
700 root/var/lib/xe-passthrough/journal
600
