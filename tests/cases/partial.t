# Parts of the recording go away one by one: unknown is said as unknown, never as fine.
host: gpu-server

$ sh: rm xen.json
~ xen.json (removed)

$ xe-passthrough pci-device-list pci-id=0000:af:00.0
pci-id ( RO)               : 0000:af:00.0
          vendor-name ( RO): NVIDIA Corporation
          device-name ( RO): GH100 [H100 PCIe]
          driver-name ( RO): 
          dom0-access ( RO): enabled
    assigned-to-names (SRO): 



$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0


step ( RO)            : 3
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! unknown DEVICE_HELD (0000:af:00.0): whether a running domain holds the device is unknown: Xen does not tell
! unknown RMRR_UNKNOWN (0000:af:00.0): whether the firmware reserves memory for the device (RMRR) is unknown: the ACPI tables of HOST are unknown: cannot open '/sys/firmware/acpi/tables': No such file or directory
!   remedy:   run rmrr-list on the running host: Xen refuses a device whose region is shared
! unknown IRQ_HOST_LIMIT (host): whether Xen has enough interrupt vectors for the devices of all VMs is unknown: Xen cannot be asked
!   remedy:   look after the next boot: xl dmesg | grep 'IRQ limits'
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0 numa=near
! Error: the NUMA nodes of HOST are unknown: the recording 'HOST' has no xen.json
! only Xen knows them: dom0's own /sys shows a virtual topology
[1]

$ sh: rm root/proc/self/mountinfo root/proc/swaps root/etc/xensource-inventory
~ root/etc/xensource-inventory (removed)
~ root/proc/self/mountinfo (removed)
~ root/proc/swaps (removed)

$ xe-passthrough --dry-run pci-hide device=01:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:01:00.0)(0000:19:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:01:00.0, so that a VM can have it


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: devices are hidden when it starts
! unknown DOM0_STORAGE (0000:01:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:01:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
! unknown RMRR_UNKNOWN (0000:01:00.0): whether the firmware reserves memory for the device (RMRR) is unknown: the ACPI tables of HOST are unknown: cannot open '/sys/firmware/acpi/tables': No such file or directory
!   remedy:   run rmrr-list on the running host: Xen refuses a device whose region is shared

$ sh: rm xapi.json
~ xapi.json (removed)

$ xe-passthrough pci-device-list pci-id=0000:af:00.0
pci-id ( RO)               : 0000:af:00.0
          vendor-name ( RO): NVIDIA Corporation
          device-name ( RO): GH100 [H100 PCIe]
          driver-name ( RO): 
          dom0-access ( RO): enabled
    assigned-to-names (SRO): <unknown>



$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! Error: the recording 'HOST' has no xapi.json
! what XAPI knows of VMs is unknown here: record the host again with XAPI running
[1]

$ xe-passthrough --dry-run pci-unhide device=d8:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): gives 0000:d8:00.0 back to dom0's drivers


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: dom0's drivers take the devices when it starts
! unknown DEVICE_ASSIGNED (0000:d8:00.0): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
! unknown DEVICE_HELD (0000:d8:00.0): whether a running domain holds the device is unknown: Xen does not tell

$ sh: for f in root/sys/devices/pci0000:ae/0000:ae:00.0/0000:af:00.0/config; do head -c 64 $f > x && cat x > $f && rm x; done
~ root/sys/devices/pci0000:ae/0000:ae:00.0/0000:af:00.0/config
(64 bytes, was 4096)

$ xe-passthrough pci-device-list pci-id=0000:af:00.0 params=pci-id,msix-vectors,identity
pci-id ( RO)          : 0000:af:00.0
    msix-vectors ( RO): <unknown>
        identity ( RO): 0000:ae/00.0/00.0@10de:2331:10de:1626:030200



$ xe-passthrough --json pci-device-list pci-id=0000:af:00.0 params=pci-id,msix-vectors
{
  "api": 1,
  "records": [
    {
      "pci-id": "0000:af:00.0",
      "msix-vectors": null
    }
  ]
}

$ sh: echo '{' > xapi.json
~ xapi.json (new, mode 0644)
@@ -0,0 +1 @@
+{

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! Error: xapi.json of 'HOST' cannot be read: string or '}' expected near end of file
! xapi.json:2:1
!   
!   ^
[1]
