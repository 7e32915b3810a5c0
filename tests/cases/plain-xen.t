# A Xen host without XAPI: the host's part is done, the lines of the VM's own file are shown.
host: rig-vtd

$ sh: rm root/etc/xensource-inventory
~ root/etc/xensource-inventory (removed)

$ xe-passthrough vm-pci-attach uuid=guest1 device=0000:41:00.0 numa=near
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/grub/grub.cfg: 'XCP-ng'
            from ( RO): (absent)
              to ( RO): (0000:41:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:41:00.0, so that VM 'guest1' can have it


step ( RO)            : 2
          change ( RO): xl.cfg pci
           where ( RO): the VM's file for xl, by hand
            from ( RO): (absent)
              to ( RO): pci = [ '0000:41:00.0' ]
    takes-effect ( RO): vm-start
          reason ( RO): xl gives the VM these devices when it starts; items that are there already stay in the list


step ( RO)            : 3
          change ( RO): xl.cfg cpus
           where ( RO): the VM's file for xl, by hand
            from ( RO): (absent)
              to ( RO): cpus = "nodes:1"
    takes-effect ( RO): vm-start
          reason ( RO): keeps the vCPUs on node 1, which the devices are near; with it xl takes the memory from there, too


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
By hand: 2 lines for the VM's file, which is not ours to write.
Next: reboot this host: boot parameters are read when it starts
      in the same file: memory and maxmem must be equal, because xl starts no VM with PCI devices whose memory comes on demand
      start the VM: xl create FILE
! unknown DOM0_NETWORK (0000:41:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
! unknown DEVICE_ASSIGNED (0000:41:00.0): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
~ root/boot/grub/grub.cfg
@@ -5 +5 @@
-	module2 /boot/vmlinuz-xen console=hvc0 panic=-1
+	module2 /boot/vmlinuz-xen console=hvc0 panic=-1 xen-pciback.hide=(0000:41:00.0)

$ xe-passthrough --json --dry-run vm-pci-attach uuid=guest1 device=0000:41:00.0
{
  "api": 1,
  "findings": [
    {
      "code": "DOM0_NETWORK",
      "severity": "unknown",
      "final": false,
      "subject": "0000:41:00.0",
      "text": "which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE",
      "evidence": "",
      "remedy": "make sure by hand that dom0 is not reached through this device",
      "where": []
    },
    {
      "code": "DEVICE_ASSIGNED",
      "severity": "unknown",
      "final": false,
      "subject": "0000:41:00.0",
      "text": "whether a VM has the device is unknown: the recording 'HOST' has no xapi.json",
      "evidence": "",
      "remedy": "what XAPI knows of VMs is unknown here: record the host again with XAPI running",
      "where": []
    },
    {
      "code": "IRQ_VECTORS",
      "severity": "info",
      "final": false,
      "subject": "0000:41:00.0",
      "text": "0000:41:00.0 can ask for 5 interrupt vectors (MSI-X); a driver takes as many as it has queues for",
      "evidence": "MSI-X capability: table size",
      "remedy": "",
      "where": []
    },
    {
      "code": "RESET_PM",
      "severity": "info",
      "final": false,
      "subject": "0000:41:00.0",
      "text": "0000:41:00.0 resets by itself when it is powered down and up (D3hot to D0)",
      "evidence": "power management capability: NoSoftRst-",
      "remedy": "",
      "where": []
    }
  ],
  "plan": [
    {
      "step": 1,
      "change": "xl.cfg pci",
      "where": "the VM's file for xl, by hand",
      "from": null,
      "to": "pci = [ '0000:41:00.0' ]",
      "takes-effect": "vm-start",
      "reason": "xl gives the VM these devices when it starts; items that are there already stay in the list"
    }
  ],
  "dry-run": true,
  "applied": false,
  "next": [
    "reboot this host: boot parameters are read when it starts",
    "in the same file: memory and maxmem must be equal, because xl starts no VM with PCI devices whose memory comes on demand",
    "start the VM: xl create FILE"
  ]
}

$ xe-passthrough vm-pci-detach uuid=guest1 device=0000:41:00.0
step ( RO)            : 1
          change ( RO): xl.cfg pci
           where ( RO): the VM's file for xl, by hand
            from ( RO): pci = [ '0000:41:00.0' ]
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): xl no longer gives the VM these devices; other items stay in the list


Nothing to change on the host.
By hand: 1 line for the VM's file, which is not ours to write.

$ xe-passthrough vm-pci-detach uuid=guest1 device=all
step ( RO)            : 1
          change ( RO): xl.cfg pci
           where ( RO): the VM's file for xl, by hand
            from ( RO): pci = [ ... ]
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): without this line xl gives the VM no device


Nothing to change on the host.
By hand: 1 line for the VM's file, which is not ours to write.

# CPUs and nodes are the host's, and are checked; the line is xl's.
$ xe-passthrough vm-numa-set uuid=guest1 node=1
step ( RO)            : 1
          change ( RO): xl.cfg cpus
           where ( RO): the VM's file for xl, by hand
            from ( RO): (absent)
              to ( RO): cpus = "nodes:1"
    takes-effect ( RO): vm-start
          reason ( RO): asked for: node=1; xl takes the VM's memory from the same nodes, too


Nothing to change on the host.
By hand: 1 line for the VM's file, which is not ours to write.
Next: start the VM: xl create FILE

$ xe-passthrough vm-numa-set uuid=guest1 near=0000:41:00.0
step ( RO)            : 1
          change ( RO): xl.cfg cpus
           where ( RO): the VM's file for xl, by hand
            from ( RO): (absent)
              to ( RO): cpus = "nodes:1"
    takes-effect ( RO): vm-start
          reason ( RO): keeps the vCPUs on node 1, which the devices are near; with it xl takes the memory from there, too


Nothing to change on the host.
By hand: 1 line for the VM's file, which is not ours to write.

$ xe-passthrough vm-numa-set uuid=guest1 cpus=0-3,^1
step ( RO)            : 1
          change ( RO): xl.cfg cpus
           where ( RO): the VM's file for xl, by hand
            from ( RO): (absent)
              to ( RO): cpus = "0,2-3"
    takes-effect ( RO): vm-start
          reason ( RO): asked for: cpus=0-3,^1; xl takes the VM's memory from the same nodes, too


Nothing to change on the host.
By hand: 1 line for the VM's file, which is not ours to write.
Next: start the VM: xl create FILE

$ xe-passthrough vm-numa-set uuid=guest1 cpus=4
! Error: the host has no CPU 4, or it is off: Xen would refuse to start the VM
! its CPUs are 0-3
[1]

$ xe-passthrough vm-numa-set uuid=guest1 near=pci
! Error: near=pci: the VM's devices stand in its file of xl, which is not read
! name them: near=DEVICE
[1]

$ xe-passthrough vm-numa-set uuid=guest1 node=1 live=true
! Error: live= needs XAPI, which this Xen host does not have
! leave it out, and put the line that is shown then into the VM's file
[1]

$ xe-passthrough vm-numa-reset uuid=guest1
step ( RO)            : 1
          change ( RO): xl.cfg cpus
           where ( RO): the VM's file for xl, by hand
            from ( RO): cpus = ...
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): asked for: the vCPUs may run on every CPU again


Nothing to change on the host.
By hand: 1 line for the VM's file, which is not ours to write.

# What running domains hold is Xen's to tell.
$ sh: sed -i 's/"pci": \[\],/"pci": ["0000:41:00.0"],/' xen.json
~ xen.json
@@ -227 +227 @@
-      "pci": [],
+      "pci": ["0000:41:00.0"],

$ xe-passthrough vm-pci-list
vm-uuid ( RO)          : 00000000-0000-0000-0000-000000000000
    vm-name-label ( RO): Domain-0
         position ( RO): 
           pci-id ( RO): 0000:41:00.0
      device-name ( RO): 82574L Gigabit Network Connection
          present ( RO): true
      dom0-access ( RO): disable_on_reboot


! Note: there is no XAPI: these are the devices of running domains; what files of xl name is not read

$ xe-passthrough vm-pci-list uuid=guest1
! Note: there is no XAPI: these are the devices of running domains; what files of xl name is not read

# What is XAPI's alone is not there.
# what is XAPI's alone says what there is in its place
$ xe-passthrough vm-pci-request uuid=guest1 alias=gpu
! Error: vm-pci-request is about what XAPI keeps, and this is a Xen host without XAPI
! pci-device-list shows the devices and their nodes; vm-pci-attach uuid=NAME device=... numa=near takes those that you choose
[1]

$ xe-passthrough vm-numa-get uuid=guest1
! Error: vm-numa-get is about what XAPI keeps, and this is a Xen host without XAPI
! xl vcpu-list NAME shows where its vCPUs run, numa-node-list the nodes; vm-numa-set uuid=NAME gives the line for its file
[1]

$ xe-passthrough pci-alias-list
! Error: pci-alias-list is about what XAPI keeps, and this is a Xen host without XAPI
! vm-pci-attach, vm-pci-detach, vm-pci-list and vm-numa-set work without, and so does all that is about the host alone
[1]

$ xe-passthrough vm-param-set uuid=guest1 VCPUs-params:mask=1
! Error: vm-param-set is about what XAPI keeps, and this is a Xen host without XAPI
! its VMs are xl's: xl list, xl create, xl shutdown; vm-pci-attach prepares the host and gives the lines for a VM's file
[1]

$ xe-passthrough vm-start uuid=guest1
! Error: vm-start is about what XAPI keeps, and this is a Xen host without XAPI
! its VMs are xl's: xl list, xl create, xl shutdown; vm-pci-attach prepares the host and gives the lines for a VM's file
[1]

$ xe-passthrough vm-pci-check uuid=guest1
! Error: vm-pci-check is about what XAPI keeps, and this is a Xen host without XAPI
! pci-check device=... judges the devices that the VM's file names, and vm-pci-list shows those of running domains
[1]
