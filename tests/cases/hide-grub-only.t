# A boot file and nothing else: what is not there is unknown, and is said so; the list is written canonically.
host: grub-only

$ xe-passthrough --dry-run pci-hide device=0000:04:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/grub/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (03:00.0)(0000:0A:00.1)
              to ( RO): (0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:04:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! unknown DEVICE_ABSENT (0000:04:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:04:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:04:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device

$ xe-passthrough pci-hide device=04:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/grub/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (03:00.0)(0000:0A:00.1)
              to ( RO): (0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:04:00.0, so that a VM can have it


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: reboot this host: devices are hidden when it starts
! unknown DEVICE_ABSENT (0000:04:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:04:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:04:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
~ root/boot/grub/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(03:00.0)(0000:0A:00.1)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(03:00.0)(0000:0A:00.1)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)

$ xe-passthrough pci-hide device=04:00.0
Nothing to change: everything is as asked for.
! unknown DEVICE_ABSENT (0000:04:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:04:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:04:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device

$ xe-passthrough pci-unhide device=0000:0a:00.1
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/grub/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)
              to ( RO): (0000:03:00.0)(0000:04:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): gives 0000:0a:00.1 back to dom0's drivers


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: reboot this host: dom0's drivers take the devices when it starts
! unknown DEVICE_ASSIGNED (0000:0a:00.1): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
! unknown DEVICE_HELD (0000:0a:00.1): whether a running domain holds the device is unknown: Xen does not tell
~ root/boot/grub/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)(0000:0a:00.1)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-ydrcpl ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)

$ xe-passthrough pci-device-list
! Error: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
[1]

$ xe-passthrough boot-param-get target=dom0 key=xen-pciback.hide
target ( RO)     : dom0
        key ( RO): xen-pciback.hide
      value ( RO): (0000:03:00.0)(0000:04:00.0)
      entry ( RO): XCP-ng
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/grub/grub.cfg
    running ( RO): <unknown>
      state ( RO): unknown


target ( RO)     : dom0
        key ( RO): xen-pciback.hide
      value ( RO): (0000:03:00.0)(0000:04:00.0)
      entry ( RO): XCP-ng (Serial)
       role ( RO): serial
    default ( RO): false
       file ( RO): /boot/grub/grub.cfg
    running ( RO): <unknown>
      state ( RO): unknown



$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:04:00.0
! Error: the recording 'HOST' has no xapi.json
! what XAPI knows of VMs is unknown here: record the host again with XAPI running
[1]

$ xe-passthrough numa-node-list
! Error: the NUMA nodes of HOST are unknown: the recording 'HOST' has no xen.json
! only Xen knows them: dom0's own /sys shows a virtual topology
[1]

$ xe-passthrough pci-hide device=eth0
! Error: 'eth0' is no device of HOST
! a device is a PCI address (0000:04:00.0 or 04:00.0), vendor:device, an identity, a network interface or a block device: see pci-device-list
[1]
