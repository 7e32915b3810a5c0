# The host as a whole.
host: gpu-server

$ xe-passthrough host-show
uuid ( RO)                 : e6e80ebb-6aae-550e-983b-bd28a8473e7b
           name-label ( RO): gpu-server
                brand ( RO): XCP-ng
              version ( RO): 8.3.0
                  xen ( RO): true
          xen-version ( RO): 4.17.6
                 xapi ( RO): true
                iommu ( RO): true
              pciback ( RO): true
            cpu-count ( RO): 32
         socket-count ( RO): 2
           node-count ( RO): 2
               memory ( RO): 412316860416
         device-count ( RO): 33
              domains (SRO): 0 Domain-0; 3 db-running
           assignable (SRO): 0000:d8:00.0
           hidden-now (SRO): 0000:19:00.0; 0000:d8:00.0
          hidden-next (SRO): 0000:19:00.0; 0000:d8:00.0
       reboot-pending ( RO): false
       reboot-changes (SRO): 
            boot-file ( RO): /boot/efi/EFI/xenserver/grub.cfg
           boot-entry ( RO): XCP-ng
    boot-entry-source ( RO): set default=0 in line 4
     xen-command-line ( RO): dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
    dom0-command-line ( RO): root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)



# a change that waits for a reboot
$ sh: sed -i "s/(0000:19:00.0)/(0000:3b:00.0)/; s/watchdog ucode=scan/watchdog extra_guest_irqs=128/" root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog extra_guest_irqs=128 dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:3b:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog extra_guest_irqs=128 dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:3b:00.0)
@@ -34 +34 @@
-	multiboot2 /boot/xen-fallback.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen-fallback.gz dom0_mem=8192M,max:8192M watchdog extra_guest_irqs=128 dom0_max_vcpus=1-16 crashkernel=256M,below=4G
@@ -40 +40 @@
-	multiboot2 /boot/xen-fallback.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen-fallback.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog extra_guest_irqs=128 dom0_max_vcpus=1-16 crashkernel=256M,below=4G

$ xe-passthrough host-show params=hidden-now,hidden-next,reboot-pending,reboot-changes
hidden-now (SRO)        : 0000:19:00.0; 0000:d8:00.0
       hidden-next (SRO): 0000:3b:00.0; 0000:d8:00.0
    reboot-pending ( RO): true
    reboot-changes (SRO): 0000:3b:00.0 will be hidden; 0000:19:00.0 goes back to dom0; xen: gets extra_guest_irqs=128; xen: loses ucode=scan



# the IOMMU is off, by the firmware or by Xen's own command line
$ sh: sed -i 's/"cap_hvm_directio": true/"cap_hvm_directio": false/' xen.json
~ xen.json
@@ -8 +8 @@
-    "cap_hvm_directio": true
+    "cap_hvm_directio": false

$ xe-passthrough host-show params=iommu
iommu ( RO)    : false


! Note: the IOMMU is off: switch it on in the BIOS setup (Intel: 'VT-d', often below CPU, chipset, north bridge or system agent; AMD: 'IOMMU' or 'AMD-Vi', often below NBIO or AMD CBS; virtualization of the CPU alone, VT-x or SVM, is not it)

$ sh: sed -i 's/"command_line": "/"command_line": "iommu=verbose,0 /' xen.json
~ xen.json
@@ -469 +469 @@
-  "command_line": "dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311",
+  "command_line": "iommu=verbose,0 dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311",

$ xe-passthrough host-show params=iommu
iommu ( RO)    : false


! Note: the IOMMU is off because Xen's command line says so: boot-param-delete target=xen key=iommu

# a hide list that the kernel could not read: its driver is not there
$ sh: printf 'root=x xen-pciback.hide=(0000:82.0.0)\n' >root/proc/cmdline; rm -r root/sys/bus/pci/drivers/pciback
~ root/proc/cmdline
@@ -1 +1 @@
-root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+root=x xen-pciback.hide=(0000:82.0.0)
~ root/sys/bus/pci/drivers/pciback/0000:19:00.0 (removed)
~ root/sys/bus/pci/drivers/pciback/0000:d8:00.0 (removed)

$ xe-passthrough host-show params=pciback,hidden-now,dom0-command-line
pciback ( RO)              : false
           hidden-now (SRO): 
    dom0-command-line ( RO): root=x xen-pciback.hide=(0000:82.0.0)


! Note: the IOMMU is off because Xen's command line says so: boot-param-delete target=xen key=iommu
! Note: pciback is absent because its hide list cannot be read: '(0000:82.0.0)' in xen-pciback.hide of /proc/cmdline: a dot where a colon belongs (boot-lint shows where)
