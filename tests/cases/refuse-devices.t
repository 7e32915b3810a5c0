# Devices that cannot be given away, each with the reason that shows it. Nothing is written.
host: gpu-server

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:42:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ABSENT (0000:42:00.0): there is no PCI device 0000:42:00.0
!   evidence: /sys/bus/pci/devices
!   remedy:   pci-device-list shows the devices that are there
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:ae:00.0
! Error: refused, nothing was changed
! refuse DEVICE_BRIDGE (0000:ae:00.0): 0000:ae:00.0 is a bridge: it belongs to the host and cannot be given to a VM
!   evidence: class 0604, header type 1
!   remedy:   name the devices behind it
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:01:00.0
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=nvme0n1
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
[1]

# a local storage repository stands on this one
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:00:17.0
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:00:17.0): dom0 lives on 0000:00:17.0: it holds the storage repository 'Backup disk' (/run/sr-mount/ef74e091-d9bd-58c9-a743-8642e6859b07)
!   evidence: /run/sr-mount/ef74e091-d9bd-58c9-a743-8642e6859b07 <- sda1 <- 0000:00:17.0
!   remedy:   choose another device, or: move its disks to another repository, then xe pbd-unplug uuid=6a2a9f7a-0ec1-5c7d-b723-e22cc1c9d4a5
[1]

# port 0 carries the management interface, and its card's other ports are in the same slot
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:18:00.0 functions=one
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:18:00.1
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
! Note: 0000:18:00.0, 0000:18:00.2, 0000:18:00.3: the same card as 0000:18:00.1, taken along; functions=one leaves them
[1]

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:18:00.1 functions=one
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:18:00.1)(0000:19:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:18:00.1, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 192
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'win10-gpu' together can ask for 129 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 3
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:18:00.1
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:18:00.1


step ( RO)            : 4
          change ( RO): affinity
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
    takes-effect ( RO): vm-start
          reason ( RO): the devices are in this host: XAPI starts the VM here when it can


Dry run: 4 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:03:00.0
! Error: refused, nothing was changed
! refuse DOM0_CONSOLE (0000:03:00.0): 0000:03:00.0 is the console display of the host
!   evidence: boot_vga is 1
!   remedy:   set the console to another display in the BIOS, or choose another device
[1]

# another VM has these
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:d8:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:d8:00.0): 0000:d8:00.0 is assigned to the VM 'nas-archive'
!   evidence: other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
!   remedy:   vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0
!   override: force=DEVICE_ASSIGNED@0000:d8:00.0
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:19:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:19:00.0): 0000:19:00.0 is assigned to the VM 'db-running'
!   evidence: other-config:pci of 6222a244-7242-5abe-ad42-621b5d31b420 is '0/0000:19:00.0'
!   remedy:   shut that VM down: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420
!             then vm-pci-detach uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:19:00.0
!   override: force=DEVICE_ASSIGNED@0000:19:00.0
! refuse DEVICE_HELD (0000:19:00.0): 0000:19:00.0 is held by the running domain 3 'db-running'
!   evidence: Xen: domain 3, 6222a244-7242-5abe-ad42-621b5d31b420
!   remedy:   shut that VM down first
!   override: force=DEVICE_HELD@0000:19:00.0
[1]

# what is final cannot be forced, what is not can, for exactly the subject that is named
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:01:00.0 force=DOM0_STORAGE@0000:01:00.0
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
[1]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:d8:00.0 force=DEVICE_ASSIGNED@0000:d9:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:d8:00.0): 0000:d8:00.0 is assigned to the VM 'nas-archive'
!   evidence: other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
!   remedy:   vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0
!   override: force=DEVICE_ASSIGNED@0000:d8:00.0
[1]

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:d8:00.0 force=DEVICE_ASSIGNED@0000:d8:00.0
step ( RO)            : 1
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): 192
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'win10-gpu' together can ask for 130 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:d8:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:d8:00.0


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
! forced DEVICE_ASSIGNED (0000:d8:00.0): 0000:d8:00.0 is assigned to the VM 'nas-archive'
!   evidence: other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
!   remedy:   vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

# one bad device of several: all or nothing
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0,0000:01:00.0
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
[1]

$ xe-passthrough --json vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:01:00.0
{
  "api": 1,
  "findings": [
    {
      "code": "DOM0_STORAGE",
      "severity": "refuse",
      "final": true,
      "subject": "0000:01:00.0",
      "text": "dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap",
      "evidence": "/ <- nvme0n1p1 <- 0000:01:00.0; /boot/efi <- nvme0n1p4 <- 0000:01:00.0; /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0; /var/log <- nvme0n1p5 <- 0000:01:00.0; swap <- nvme0n1p6 <- 0000:01:00.0",
      "remedy": "choose another device, or move dom0 off this one first",
      "where": []
    },
    {
      "code": "IRQ_VECTORS",
      "severity": "info",
      "final": false,
      "subject": "0000:01:00.0",
      "text": "0000:01:00.0 can ask for 130 interrupt vectors (MSI-X); a driver takes as many as it has queues for",
      "evidence": "MSI-X capability: table size",
      "remedy": "",
      "where": []
    },
    {
      "code": "RESET_FLR",
      "severity": "info",
      "final": false,
      "subject": "0000:01:00.0",
      "text": "0000:01:00.0 resets by itself (function level reset)",
      "evidence": "PCI Express capability: FLReset+",
      "remedy": "",
      "where": []
    },
    {
      "code": "BAR_HOLE",
      "severity": "info",
      "final": false,
      "subject": "f3520e4f-b19a-5897-ad31-8ac3667f8a45",
      "text": "the devices of 'win10-gpu' have 16 KiB of BARs: its hole below 4 GiB becomes 512 MiB",
      "evidence": "as xenguest counts: all BARs and ROMs, doubling from 256 MiB up to 2 GiB",
      "remedy": "",
      "where": []
    }
  ],
  "error": {
    "message": "refused: dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap"
  }
}
! Error: refused, nothing was changed
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
[1]
