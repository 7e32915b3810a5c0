# One socket, BIOS boot, no serial entry, and a hide list in an old form: it is read, kept, and written canonically.
host: small

$ xe-passthrough pci-device-list params=pci-id,driver-name,dom0-access,numa-node,functions
pci-id ( RO)         : 0000:00:00.0
    driver-name ( RO): 
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:00.0


pci-id ( RO)         : 0000:00:01.0
    driver-name ( RO): pcieport
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:01.0


pci-id ( RO)         : 0000:00:02.0
    driver-name ( RO): i915
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:02.0


pci-id ( RO)         : 0000:00:14.0
    driver-name ( RO): xhci_hcd
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:14.0


pci-id ( RO)         : 0000:00:17.0
    driver-name ( RO): ahci
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:17.0


pci-id ( RO)         : 0000:00:1c.0
    driver-name ( RO): pcieport
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:1c.0


pci-id ( RO)         : 0000:00:1f.0
    driver-name ( RO): 
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:1f.0; 0000:00:1f.4


pci-id ( RO)         : 0000:00:1f.4
    driver-name ( RO): i801_smbus
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:00:1f.0; 0000:00:1f.4


pci-id ( RO)         : 0000:01:00.0
    driver-name ( RO): pciback
    dom0-access ( RO): disabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:01:00.0; 0000:01:00.1


pci-id ( RO)         : 0000:01:00.1
    driver-name ( RO): pciback
    dom0-access ( RO): disabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:01:00.0; 0000:01:00.1


pci-id ( RO)         : 0000:02:00.0
    driver-name ( RO): igb
    dom0-access ( RO): enabled
      numa-node ( RO): <unknown>
      functions (SRO): 0000:02:00.0



$ xe-passthrough vm-pci-attach uuid=efa1a928-78fc-5485-9930-6df8c2293b5b device=01:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/grub/grub.cfg: 'XCP-ng'
            from ( RO): (01:00.0)(01:00.1)
              to ( RO): (0000:01:00.0)(0000:01:00.1)
    takes-effect ( RO): host-reboot
          reason ( RO): the same devices, written as the kernel and XAPI both read them


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM efa1a928-78fc-5485-9930-6df8c2293b5b 'desktop'
            from ( RO): (absent)
              to ( RO): 0/0000:01:00.0,1/0000:01:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:01:00.0, 0000:01:00.1


step ( RO)            : 3
          change ( RO): affinity
           where ( RO): VM efa1a928-78fc-5485-9930-6df8c2293b5b 'desktop'
            from ( RO): (absent)
              to ( RO): b6ec55c2-f9f0-56a1-bcf7-1112e160e6bf 'small'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Done: 3 changes were made and read back (history entry 1; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=efa1a928-78fc-5485-9930-6df8c2293b5b
! Note: 0000:01:00.1: the same card as 0000:01:00.0, taken along; functions=one leaves it
~ root/boot/grub/grub.cfg
@@ -14 +14 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-hvbxos ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(01:00.0)(01:00.1)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-hvbxos ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:01:00.0)(0000:01:00.1)
~ xapi.json
@@ -321 +321 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:d19c67f1-e321-5fa5-bc3d-fdf8302af049",
@@ -371 +371,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:01:00.0,1/0000:01:00.1"

$ xe-passthrough vm-pci-attach uuid=efa1a928-78fc-5485-9930-6df8c2293b5b device=01:00.0
Nothing to change: everything is as asked for.
! Note: 0000:01:00.1: the same card as 0000:01:00.0, taken along; functions=one leaves it

# dom0's disks are an md mirror on this controller
$ xe-passthrough pci-hide device=00:17.0
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:00:17.0): dom0 lives on 0000:00:17.0: it holds /, the storage repository 'Local storage' (/run/sr-mount/4b9dd4a7-4a94-53b6-b35c-82b27c41366e), /var/log, swap
!   evidence: / <- md127p1 <- md127 <- sda,sdb <- 0000:00:17.0
!             /run/sr-mount/4b9dd4a7-4a94-53b6-b35c-82b27c41366e <- dm-0 <- md127p3 <- md127 <- sda,sdb <- 0000:00:17.0
!             /var/log <- md127p5 <- md127 <- sda,sdb <- 0000:00:17.0
!             swap <- md127p6 <- md127 <- sda,sdb <- 0000:00:17.0
!   remedy:   choose another device, or move dom0 off this one first
[1]

$ xe-passthrough pci-hide device=md127
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:00:17.0): dom0 lives on 0000:00:17.0: it holds /, the storage repository 'Local storage' (/run/sr-mount/4b9dd4a7-4a94-53b6-b35c-82b27c41366e), /var/log, swap
!   evidence: / <- md127p1 <- md127 <- sda,sdb <- 0000:00:17.0
!             /run/sr-mount/4b9dd4a7-4a94-53b6-b35c-82b27c41366e <- dm-0 <- md127p3 <- md127 <- sda,sdb <- 0000:00:17.0
!             /var/log <- md127p5 <- md127 <- sda,sdb <- 0000:00:17.0
!             swap <- md127p6 <- md127 <- sda,sdb <- 0000:00:17.0
!   remedy:   choose another device, or move dom0 off this one first
[1]

$ xe-passthrough pci-hide device=02:00.0
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:02:00.0): dom0 is reached through 0000:02:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:02:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]

$ xe-passthrough pci-hide device=00:02.0
! Error: refused, nothing was changed
! refuse DOM0_CONSOLE (0000:00:02.0): 0000:00:02.0 is the console display of the host
!   evidence: boot_vga is 1
!   remedy:   set the console to another display in the BIOS, or choose another device
[1]

$ xe-passthrough numa-node-list
node ( RO)           : 0
           cpus ( RO): 0-3
         memory ( RO): 34359738368
    memory-free ( RO): 31574720512
        devices (SRO): 


