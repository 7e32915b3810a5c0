# VMs that cannot take a device.
host: gpu-server

$ xe-passthrough vm-pci-attach uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:af:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_HALTED (6222a244-7242-5abe-ad42-621b5d31b420): the VM 'db-running' is not halted: XAPI cannot plug or unplug PCI devices while it runs
!   evidence: power_state is Running
!   remedy:   shut it down first: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420
!             or when=next-start: the change is for when it starts anew
[1]

$ xe-passthrough vm-pci-attach uuid=29956476-0258-5204-880a-1947994f7eeb device=0000:af:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_A_GUEST (29956476-0258-5204-880a-1947994f7eeb): 'Other install media' is no VM: it is a template
!   remedy:   name a VM that can be started
[1]

$ xe-passthrough vm-pci-attach uuid=1aa406f3-c53f-5552-999d-d69a60fb0c95 device=0000:af:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_A_GUEST (1aa406f3-c53f-5552-999d-d69a60fb0c95): 'Control domain on host: gpu-server' is no VM: it is the control domain
!   remedy:   name a VM that can be started
[1]

$ xe-passthrough vm-pci-attach uuid=00000000-1111-2222-3333-444444444444 device=0000:af:00.0
! Error: there is no VM with the uuid '00000000-1111-2222-3333-444444444444'
! xe vm-list shows the VMs and their uuids
[1]

$ xe-passthrough vm-pci-attach uuid=win10-cpu device=0000:af:00.0
! Error: there is no VM with the uuid 'win10-cpu'
! xe vm-list shows the VMs and their uuids
[1]

$ xe-passthrough vm-pci-attach device=0000:af:00.0
! Required parameter not found: uuid
! For usage run: 'xe-passthrough help vm-pci-attach'
[2]

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! Required parameter not found: device
! For usage run: 'xe-passthrough help vm-pci-attach'
[2]

$ xe-passthrough vm-pci-detach uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:19:00.0
! Error: refused, nothing was changed
! refuse VM_NOT_HALTED (6222a244-7242-5abe-ad42-621b5d31b420): the VM 'db-running' is not halted: XAPI cannot plug or unplug PCI devices while it runs
!   evidence: power_state is Running
!   remedy:   shut it down first: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420
!             or when=next-start: the change is for when it starts anew
[1]

$ xe-passthrough vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=0
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): (absent)
              to ( RO): 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
    takes-effect ( RO): vm-start
          reason ( RO): asked for: nodes=0


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: shut the VM down and start it again: these are read when a VM starts
~ xapi.json
@@ -498 +498,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
+      },
