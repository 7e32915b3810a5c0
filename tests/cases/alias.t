# Names for devices of a kind, and devices by name.
host: gpu-server

$ xe-passthrough pci-alias-list
! Note: hidden from dom0, and selected by no alias: 0000:d8:00.0, 0000:19:00.0

$ xe-passthrough pci-alias-create name=gpu spec=10de:2331 spec=10DE:2231
step ( RO)            : 1
          change ( RO): other-config:xe-passthrough:alias:gpu
           where ( RO): pool 0b42a100-9359-575e-873c-93b69fcbeb68 'gpu-server'
            from ( RO): (absent)
              to ( RO): spec=10de:2331,10de:2231
    takes-effect ( RO): now
          reason ( RO): the alias selects devices; whether a VM may have one, the checks say then


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
~ xapi.json
@@ -13 +13,2 @@
-        "memory-ratio-pv": "0.25"
+        "memory-ratio-pv": "0.25",
+        "xe-passthrough:alias:gpu": "spec=10de:2331,10de:2231"

$ xe-passthrough pci-alias-create name=gpu spec=10de:2331,10de:2231
Nothing to change: everything is as asked for.

$ xe-passthrough pci-alias-create name=gpu spec=10de:*
! Error: there is an alias 'gpu' already: spec=10de:2331,10de:2231
! pci-alias-set changes it, pci-alias-destroy removes it
[1]

$ xe-passthrough --minimal pci-alias-create name=nvme preset=nvme
~ xapi.json
@@ -14 +14,2 @@
-        "xe-passthrough:alias:gpu": "spec=10de:2331,10de:2231"
+        "xe-passthrough:alias:gpu": "spec=10de:2331,10de:2231",
+        "xe-passthrough:alias:nvme": "class=0108"

$ xe-passthrough --minimal pci-alias-create name=port spec=8086:1572
~ xapi.json
@@ -15 +15,2 @@
-        "xe-passthrough:alias:nvme": "class=0108"
+        "xe-passthrough:alias:nvme": "class=0108",
+        "xe-passthrough:alias:port": "spec=8086:1572"

$ xe-passthrough --minimal pci-alias-create name=vf class=0200 type=vf
~ xapi.json
@@ -16 +16,2 @@
-        "xe-passthrough:alias:port": "spec=8086:1572"
+        "xe-passthrough:alias:port": "spec=8086:1572",
+        "xe-passthrough:alias:vf": "class=0200; type=vf"

# it selects what another one selects
$ xe-passthrough pci-alias-create name=h100 spec=name:h100 numa-policy=required
step ( RO)            : 1
          change ( RO): other-config:xe-passthrough:alias:h100
           where ( RO): pool 0b42a100-9359-575e-873c-93b69fcbeb68 'gpu-server'
            from ( RO): (absent)
              to ( RO): spec=name:h100; numa-policy=required
    takes-effect ( RO): now
          reason ( RO): the alias selects devices; whether a VM may have one, the checks say then


Done: 1 change was made and read back (history entry 5; state-rollback takes it back).
! Note: alias 'gpu' selects some of the same devices: 0000:af:00.0
~ xapi.json
@@ -17 +17,2 @@
-        "xe-passthrough:alias:vf": "class=0200; type=vf"
+        "xe-passthrough:alias:vf": "class=0200; type=vf",
+        "xe-passthrough:alias:h100": "spec=name:h100; numa-policy=required"

$ xe-passthrough pci-alias-create name=x class=03 type=vdpa
! Error: type=vdpa: a guest of Xen cannot have a vDPA device: that is a back end of KVM's QEMU, and dom0 would have to be Linux 5.7 or later
! type=vf gives the virtual function itself, once its vDPA device is removed
[1]

$ xe-passthrough pci-alias-create name=x type=pf
! Error: alias 'x' would select every device that is a physical function
! give spec=, class= or subsystem=, or preset= for a common family
[1]

$ xe-passthrough pci-alias-create name=x preset=x
! Error: preset=x: there is no such preset
! there are nvidia-gpu, amd-gpu, intel-gpu, gpu, nvme, sas-hba, raid, nic, nic-vf, infiniband, usb-controller, accelerator, qat-vf
[1]

$ xe-passthrough pci-alias-create name='a b' class=03
! Error: 'a b' is no name of an alias: a letter or digit, then letters, digits, '-', '_' or '.', at most 64
[1]

$ xe-passthrough pci-alias-list
name ( RO)                  : gpu
               selects ( RO): spec=10de:2331,10de:2231
        devices-hidden (SRO): 
    devices-not-hidden (SRO): 0000:3b:00.0; 0000:af:00.0
              overlaps (SRO): h100
               problem ( RO): 


name ( RO)                  : h100
               selects ( RO): spec=name:h100; numa-policy=required
        devices-hidden (SRO): 
    devices-not-hidden (SRO): 0000:af:00.0
              overlaps (SRO): gpu
               problem ( RO): 


name ( RO)                  : nvme
               selects ( RO): class=0108
        devices-hidden (SRO): 0000:d8:00.0
    devices-not-hidden (SRO): 0000:01:00.0; 0000:d9:00.0
              overlaps (SRO): 
               problem ( RO): 


name ( RO)                  : port
               selects ( RO): spec=8086:1572
        devices-hidden (SRO): 
    devices-not-hidden (SRO): 0000:18:00.0; 0000:18:00.1; 0000:18:00.2; 0000:18:00.3
              overlaps (SRO): 
               problem ( RO): 


name ( RO)                  : vf
               selects ( RO): class=0200; type=vf
        devices-hidden (SRO): 
    devices-not-hidden (SRO): 0000:87:10.0; 0000:87:10.4
              overlaps (SRO): 
               problem ( RO): 


! Note: hidden from dom0, and selected by no alias: 0000:19:00.0

$ xe-passthrough pci-device-list aliases:contains=gpu params=pci-id,dom0-access,aliases
pci-id ( RO)         : 0000:3b:00.0
    dom0-access ( RO): enabled
        aliases (SRO): gpu


pci-id ( RO)         : 0000:af:00.0
    dom0-access ( RO): enabled
        aliases (SRO): gpu; h100



# two nodes: the policy asks for one, and the card's other functions go along
$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias="gpu:2, nvme" numa-policy=required
! Error: No valid host was found
! nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device
! Note: gpu-server: 'gpu' needs 2, and 1 can be had with the guest on node 1; it selects 2 here
! Note: gpu-server: 1 device, DEVICE_ASSIGNED: 0000:d8:00.0 is assigned to the VM 'nas-archive'
! Note: gpu-server: 1 device, DOM0_STORAGE: dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
! Note: gpu-server: 1 device, NUMA_POLICY: 0000:3b:00.0: it is near node 0, and the guest's node is 1: too far for alias 'gpu' (numa-policy required)
[1]

$ xe-passthrough vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias="gpu, nvme" numa-policy=required numa=near
pci-id ( RO)       : 0000:af:00.0
       chosen ( RO): true
      aliases (SRO): gpu
       reason ( RO): chosen for 'gpu'
    numa-node ( RO): 1
    functions (SRO): 0000:af:00.0


pci-id ( RO)       : 0000:d9:00.0
       chosen ( RO): true
      aliases (SRO): nvme
       reason ( RO): chosen for 'nvme'
    numa-node ( RO): 1
    functions (SRO): 0000:d9:00.0


pci-id ( RO)       : 0000:01:00.0
       chosen ( RO): false
      aliases (SRO): nvme
       reason ( RO): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
    numa-node ( RO): 0
    functions (SRO): 0000:01:00.0


pci-id ( RO)       : 0000:3b:00.0
       chosen ( RO): false
      aliases (SRO): gpu
       reason ( RO): it is near node 0, and the guest's node is 1: too far for alias 'gpu' (numa-policy required)
    numa-node ( RO): 0
    functions (SRO): 0000:3b:00.0; 0000:3b:00.1


pci-id ( RO)       : 0000:d8:00.0
       chosen ( RO): false
      aliases (SRO): nvme
       reason ( RO): 0000:d8:00.0 is assigned to the VM 'nas-archive'
    numa-node ( RO): 1
    functions (SRO): 0000:d8:00.0


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


Done: 5 changes were made and read back (history entry 6; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! Note: a guest of Xen is one virtual node: the devices are chosen for node 1 of the host
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
@@ -376 +376 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -383 +383,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },
@@ -426 +428,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:af:00.0,1/0000:d9:00.0"

# again: what the VM has counts
$ xe-passthrough vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=gpu,nvme params=pci-id,chosen,reason
pci-id ( RO)    : 0000:af:00.0
    chosen ( RO): true
    reason ( RO): the VM has it already, for 'gpu'


pci-id ( RO)    : 0000:d9:00.0
    chosen ( RO): true
    reason ( RO): the VM has it already, for 'nvme'


pci-id ( RO)    : 0000:01:00.0
    chosen ( RO): false
    reason ( RO): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap


pci-id ( RO)    : 0000:3b:00.0
    chosen ( RO): false
    reason ( RO): it could be given; others come first


pci-id ( RO)    : 0000:d8:00.0
    chosen ( RO): false
    reason ( RO): 0000:d8:00.0 is assigned to the VM 'nas-archive'


Nothing to change: everything is as asked for.
! Note: a reboot is pending: 0000:af:00.0, 0000:d9:00.0 change hands when this host starts anew

# what waits for a reboot waits for it, too, once the VM has it
$ xe-passthrough host-place vm-uuid=win10-gpu alias=gpu,nvme params=devices,ready
devices (SRO)    : 0000:af:00.0; 0000:d9:00.0
      ready ( RO): after-reboot



# the mask is on node 1 now: the second card is on the other
$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=gpu:2 numa-policy=required
! Error: No valid host was found
! nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device
! Note: gpu-server: 'gpu' needs 2, and 1 can be had with the guest on node 1; it selects 2 here
! Note: gpu-server: 1 device, NUMA_POLICY: 0000:3b:00.0: it is near node 0, and the guest's node is 1: too far for alias 'gpu' (numa-policy required)
[1]

$ xe-passthrough --dry-run --minimal vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=gpu:2 chosen=true
0000:3b:00.0,0000:af:00.0

# ports of one card, and a VF whose address another VM's key could take; never the card that dom0 is managed by
$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=port:2 functions=one params=pci-id,chosen,code
pci-id ( RO)    : 0000:18:00.1
    chosen ( RO): true
      code ( RO): 


pci-id ( RO)    : 0000:18:00.2
    chosen ( RO): true
      code ( RO): 


pci-id ( RO)    : 0000:18:00.0
    chosen ( RO): false
      code ( RO): DOM0_NETWORK


pci-id ( RO)    : 0000:18:00.3
    chosen ( RO): false
      code ( RO): 


step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
              to ( RO): (0000:18:00.1)(0000:18:00.2)(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:18:00.1, 0000:18:00.2, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): xen boot parameter extra_guest_irqs
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): 192
              to ( RO): 448
    takes-effect ( RO): host-reboot
          reason ( RO): the devices of VM 'win10-gpu' together can ask for 397 interrupt vectors; Xen gives a VM 64 unless told otherwise


step ( RO)            : 3
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:af:00.0,1/0000:d9:00.0
              to ( RO): 0/0000:af:00.0,1/0000:d9:00.0,2/0000:18:00.1,3/0000:18:00.2
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0, 0000:d9:00.0, 0000:18:00.1, 0000:18:00.2


Dry run: 3 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VM_MASK_FAR (f3520e4f-b19a-5897-ad31-8ac3667f8a45): the CPUs of 'win10-gpu' are all on another node than its device 0000:18:00.1: every transfer crosses sockets
!   evidence: mask 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
!             0000:18:00.1 is on node 0 with the CPUs 0-15
!   remedy:   vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 near=0000:18:00.1
! warn VM_MASK_FAR (f3520e4f-b19a-5897-ad31-8ac3667f8a45): the CPUs of 'win10-gpu' are all on another node than its device 0000:18:00.2: every transfer crosses sockets
!   evidence: mask 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
!             0000:18:00.2 is on node 0 with the CPUs 0-15
!   remedy:   vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 near=0000:18:00.2

$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=vf params=pci-id,chosen,code,numa-node
pci-id ( RO)       : 0000:87:10.0
       chosen ( RO): true
         code ( RO): 
    numa-node ( RO): 1


pci-id ( RO)       : 0000:87:10.4
       chosen ( RO): false
         code ( RO): 
    numa-node ( RO): 1


step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
              to ( RO): (0000:19:00.0)(0000:87:10.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:87:10.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:af:00.0,1/0000:d9:00.0
              to ( RO): 0/0000:af:00.0,1/0000:d9:00.0,2/0000:87:10.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0, 0000:d9:00.0, 0000:87:10.0


Dry run: 2 changes would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
      start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VF_NOT_AFTER_REBOOT (0000:87:10.0): the virtual function 0000:87:10.0 is there after a reboot only if something makes it again: xe-passthrough does not
!   evidence: virtual functions are made by dom0's driver of the physical one
!   remedy:   have something write /sys/bus/pci/devices/0000:86:00.0/sriov_numvfs at boot, before VMs start (XAPI's network SR-IOV does for its own cards)

$ xe-passthrough vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=none
! Error: there is no alias 'none'
! pci-alias-list shows the aliases of the pool
[1]

$ xe-passthrough vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=gpu:0
! 'gpu:0': the number of devices must be 1 to 64
! For usage run: 'xe-passthrough help vm-pci-request'
[2]

$ xe-passthrough vm-pci-request uuid=6222a244-7242-5abe-ad42-621b5d31b420 alias=gpu
! Error: refused, nothing was changed
! refuse VM_NOT_HALTED (6222a244-7242-5abe-ad42-621b5d31b420): the VM 'db-running' is not halted: XAPI cannot plug or unplug PCI devices while it runs
!   evidence: power_state is Running
!   remedy:   shut it down first: xe vm-shutdown uuid=6222a244-7242-5abe-ad42-621b5d31b420
[1]

$ xe-passthrough pci-alias-set name=gpu add-spec=1002:* remove-spec=10de:2231 refuse='they are reserved; ask Jo'
step ( RO)            : 1
          change ( RO): other-config:xe-passthrough:alias:gpu
           where ( RO): pool 0b42a100-9359-575e-873c-93b69fcbeb68 'gpu-server'
            from ( RO): spec=10de:2331,10de:2231
              to ( RO): spec=10de:2331,1002:*; refuse=they are reserved; ask Jo
    takes-effect ( RO): now
          reason ( RO): the alias selects devices; whether a VM may have one, the checks say then


Done: 1 change was made and read back (history entry 7; state-rollback takes it back).
! Note: alias 'h100' selects some of the same devices: 0000:af:00.0
~ xapi.json
@@ -14 +13,0 @@
-        "xe-passthrough:alias:gpu": "spec=10de:2331,10de:2231",
@@ -18 +17,2 @@
-        "xe-passthrough:alias:h100": "spec=name:h100; numa-policy=required"
+        "xe-passthrough:alias:h100": "spec=name:h100; numa-policy=required",
+        "xe-passthrough:alias:gpu": "spec=10de:2331,1002:*; refuse=they are reserved; ask Jo"

$ xe-passthrough vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=gpu
! Error: alias 'gpu' is not for VMs: they are reserved; ask Jo
[1]

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): other-config:xe-passthrough:alias:gpu
           where ( RO): pool 0b42a100-9359-575e-873c-93b69fcbeb68 'gpu-server'
            from ( RO): spec=10de:2331,1002:*; refuse=they are reserved; ask Jo
              to ( RO): spec=10de:2331,10de:2231
    takes-effect ( RO): now
          reason ( RO): takes back history entry 7: pci-alias-set name=gpu add-spec=1002:* remove-spec=10de:2231 refuse=they are reserved; ask Jo


Done: 1 change was made and read back (history entry 8; state-rollback to=7 goes back to before it).
~ xapi.json
@@ -18 +18 @@
-        "xe-passthrough:alias:gpu": "spec=10de:2331,1002:*; refuse=they are reserved; ask Jo"
+        "xe-passthrough:alias:gpu": "spec=10de:2331,10de:2231"

$ xe-passthrough --minimal pci-alias-destroy name=gpu
~ xapi.json
@@ -17,2 +17 @@
-        "xe-passthrough:alias:h100": "spec=name:h100; numa-policy=required",
-        "xe-passthrough:alias:gpu": "spec=10de:2331,10de:2231"
+        "xe-passthrough:alias:h100": "spec=name:h100; numa-policy=required"

$ xe-passthrough pci-alias-destroy name=gpu
Nothing to change: everything is as asked for.

$ xe-passthrough --minimal pci-alias-list
h100,nvme,port,vf
