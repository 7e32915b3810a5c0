# pci-check: what hiding a device and giving it to a VM would meet with; exit status 3 when it would be refused
host: gpu-server

$ xe-passthrough pci-check device=0000:af:00.0 severity=refuse

$ xe-passthrough pci-check device=nvme0n1 code=DOM0_STORAGE
code ( RO)        : DOM0_STORAGE
    severity ( RO): refuse
     subject ( RO): 0000:01:00.0
        text ( RO): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
    evidence ( RO): / <- nvme0n1p1 <- 0000:01:00.0; /boot/efi <- nvme0n1p4 <- 0000:01:00.0; /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0; /var/log <- nvme0n1p5 <- 0000:01:00.0; swap <- nvme0n1p6 <- 0000:01:00.0
      remedy ( RO): choose another device, or move dom0 off this one first


[3]

# of several devices each is judged
$ xe-passthrough --minimal pci-check device=0000:18:00.0,0000:ff:00.0,0000:00:1c.0 severity=refuse params=code
DEVICE_ABSENT,DEVICE_BRIDGE,DOM0_NETWORK
[3]

# with a VM: what is said of the VM is said too
$ xe-passthrough pci-check device=0000:af:00.0 vm-uuid=6222a244-7242-5abe-ad42-621b5d31b420 severity=refuse
code ( RO)        : VM_NOT_HALTED
    severity ( RO): refuse
     subject ( RO): 6222a244-7242-5abe-ad42-621b5d31b420
        text ( RO): the VM 'db-running' is not halted: XAPI cannot plug or unplug PCI devices while it runs
    evidence ( RO): power_state is Running
      remedy ( RO): shut it down first: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420


[3]

# another VM's device: refused, unless it is named
$ xe-passthrough pci-check device=0000:d8:00.0 vm-uuid=win10-gpu code=DEVICE_ASSIGNED
code ( RO)        : DEVICE_ASSIGNED
    severity ( RO): refuse
     subject ( RO): 0000:d8:00.0
        text ( RO): 0000:d8:00.0 is assigned to the VM 'nas-archive'
    evidence ( RO): other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
      remedy ( RO): vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0


[3]

$ xe-passthrough pci-check device=0000:d8:00.0 vm-uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 code=DEVICE_ASSIGNED force=DEVICE_ASSIGNED@0000:d8:00.0 params=severity
severity ( RO)    : forced



$ xe-passthrough --json pci-check device=0000:00:17.0 code=DOM0_STORAGE
{
  "api": 1,
  "records": [
    {
      "code": "DOM0_STORAGE",
      "severity": "refuse",
      "final": true,
      "subject": "0000:00:17.0",
      "text": "dom0 lives on 0000:00:17.0: it holds the storage repository 'Backup disk' (/run/sr-mount/ef74e091-d9bd-58c9-a743-8642e6859b07)",
      "evidence": "/run/sr-mount/ef74e091-d9bd-58c9-a743-8642e6859b07 <- sda1 <- 0000:00:17.0",
      "remedy": "choose another device, or: move its disks to another repository, then xe pbd-unplug uuid=6a2a9f7a-0ec1-5c7d-b723-e22cc1c9d4a5",
      "where": []
    }
  ]
}
[3]

$ xe-passthrough pci-check device=no-such
! Error: 'no-such' is no device of HOST
! a device is a PCI address (0000:04:00.0 or 04:00.0), vendor:device, an identity, a network interface or a block device: see pci-device-list
[1]

$ xe-passthrough pci-check device=0000:af:00.0 vm-uuid=no-such
! Error: there is no VM with the uuid 'no-such'
! xe vm-list shows the VMs and their uuids
[1]
