# A device becomes assignable without a reboot, and dom0's again.
host: gpu-server

$ xe-passthrough pci-assignable-list params=pci-id,dom0-access,stays,numa-node
pci-id ( RO)         : 0000:d8:00.0
    dom0-access ( RO): disabled
          stays ( RO): true
      numa-node ( RO): 1



$ xe-passthrough --dry-run pci-assignable-add device=3b:00.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): dom0's, no driver
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes dom0's driver off it, so that a VM can have it without a reboot


Dry run: 1 change would be made, nothing was touched.
Next: this lasts until the next boot; pci-hide device=0000:3b:00.0 makes it stay
! warn FUNCTION_SPLIT (0000:3b:00.0): 0000:3b:00.0 goes alone: 0000:3b:00.1 of the same card stays behind, and nothing keeps them apart
!   evidence: functions of one slot, without ACS between them
!   remedy:   name them too: device=0000:3b:00.0,0000:3b:00.1

$ xe-passthrough pci-assignable-add device=3b:00.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): dom0's, no driver
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes dom0's driver off it, so that a VM can have it without a reboot


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: this lasts until the next boot; pci-hide device=0000:3b:00.0 makes it stay
! warn FUNCTION_SPLIT (0000:3b:00.0): 0000:3b:00.0 goes alone: 0000:3b:00.1 of the same card stays behind, and nothing keeps them apart
!   evidence: functions of one slot, without ACS between them
!   remedy:   name them too: device=0000:3b:00.0,0000:3b:00.1
~ xen.json
@@ -410 +410,2 @@
-    "0000:d8:00.0"
+    "0000:d8:00.0",
+    "0000:3b:00.0"

$ xe-passthrough pci-assignable-add device=3b:00.0
Nothing to change: everything is as asked for.
! warn FUNCTION_SPLIT (0000:3b:00.0): 0000:3b:00.0 goes alone: 0000:3b:00.1 of the same card stays behind, and nothing keeps them apart
!   evidence: functions of one slot, without ACS between them
!   remedy:   name them too: device=0000:3b:00.0,0000:3b:00.1

$ xe-passthrough --minimal pci-assignable-list stays=false
0000:3b:00.0

$ xe-passthrough state-history
id ( RO)         : 1
       time ( RO): TIME
      state ( RO): done
    command ( RO): pci-assignable-add device=3b:00.0
    changes (SRO): device 0000:3b:00.0: dom0's, no driver -> assignable



$ xe-passthrough pci-assignable-remove device=3b:00.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): assignable
              to ( RO): dom0's
    takes-effect ( RO): now
          reason ( RO): gives it back to the driver that dom0 had on it


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
~ xen.json
@@ -410,2 +410 @@
-    "0000:d8:00.0",
-    "0000:3b:00.0"
+    "0000:d8:00.0"

$ xe-passthrough --minimal pci-assignable-list stays=false

# taking back the last change makes it assignable again; all of it, dom0's
$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): dom0's, no driver
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes back history entry 2: pci-assignable-remove device=3b:00.0


Done: 1 change was made and read back (history entry 3; state-rollback to=2 goes back to before it).
~ xen.json
@@ -410 +410,2 @@
-    "0000:d8:00.0"
+    "0000:d8:00.0",
+    "0000:3b:00.0"

$ xe-passthrough --minimal pci-assignable-list stays=false
0000:3b:00.0

$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): assignable
              to ( RO): dom0's
    takes-effect ( RO): now
          reason ( RO): takes back history entry 1: pci-assignable-add device=3b:00.0


Done: 1 change was made and read back (history entry 4; state-rollback to=3 goes back to before it).
~ xen.json
@@ -410,2 +410 @@
-    "0000:d8:00.0",
-    "0000:3b:00.0"
+    "0000:d8:00.0"

$ xe-passthrough --minimal pci-assignable-list stays=false

# a reboot in between: nothing is left to take back, and the entry is closed
$ xe-passthrough pci-assignable-add device=3b:00.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): dom0's, no driver
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes dom0's driver off it, so that a VM can have it without a reboot


Done: 1 change was made and read back (history entry 5; state-rollback takes it back).
Next: this lasts until the next boot; pci-hide device=0000:3b:00.0 makes it stay
! warn FUNCTION_SPLIT (0000:3b:00.0): 0000:3b:00.0 goes alone: 0000:3b:00.1 of the same card stays behind, and nothing keeps them apart
!   evidence: functions of one slot, without ACS between them
!   remedy:   name them too: device=0000:3b:00.0,0000:3b:00.1
~ xen.json
@@ -410 +410,2 @@
-    "0000:d8:00.0"
+    "0000:d8:00.0",
+    "0000:3b:00.0"

$ sh: python3 -c "import json; d = json.load(open('xen.json')); d['assignable'].remove('0000:3b:00.0'); json.dump(d, open('xen.json', 'w'), indent=2)"
~ xen.json
@@ -410,2 +410 @@
-    "0000:d8:00.0",
-    "0000:3b:00.0"
+    "0000:d8:00.0"
@@ -473 +471,0 @@
-

$ xe-passthrough state-rollback
Nothing to change: everything is as asked for.

$ xe-passthrough --minimal state-history state=done
4,6

# dom0 lives on it; absent; a bridge
$ xe-passthrough pci-assignable-add device=eth0
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]

$ xe-passthrough pci-assignable-add device=0000:99:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ABSENT (0000:99:00.0): there is no PCI device 0000:99:00.0
!   evidence: /sys/bus/pci/devices
!   remedy:   pci-device-list shows the devices that are there
[1]

$ xe-passthrough pci-assignable-add device=00:1c.0
! Error: refused, nothing was changed
! refuse DEVICE_BRIDGE (0000:00:1c.0): 0000:00:1c.0 is a bridge: it belongs to the host and cannot be given to a VM
!   evidence: class 0604, header type 1
!   remedy:   name the devices behind it
[1]

# held by a running VM
$ xe-passthrough pci-assignable-add device=19:00.0
! Error: refused, nothing was changed
! refuse DEVICE_HELD (0000:19:00.0): 0000:19:00.0 is held by the running domain 3 'db-running'
!   evidence: Xen: domain 3, 6222a244-7242-5abe-ad42-621b5d31b420
!   remedy:   shut that VM down first
!   override: force=DEVICE_HELD@0000:19:00.0
[1]

$ xe-passthrough pci-assignable-remove device=d8:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:d8:00.0): 0000:d8:00.0 is assigned to the VM 'nas-archive'
!   evidence: other-config:pci of 04c43e25-3853-5f33-8f90-1f90ed9930cb is '0/0000:d8:00.0'
!   remedy:   vm-pci-detach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=0000:d8:00.0
!   override: force=DEVICE_ASSIGNED@0000:d8:00.0
[1]

# an apply that died when all was done
$ xe-passthrough pci-assignable-add device=3b:00.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:3b:00.0
            from ( RO): dom0's, no driver
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes dom0's driver off it, so that a VM can have it without a reboot


Done: 1 change was made and read back (history entry 7; state-rollback takes it back).
Next: this lasts until the next boot; pci-hide device=0000:3b:00.0 makes it stay
! warn FUNCTION_SPLIT (0000:3b:00.0): 0000:3b:00.0 goes alone: 0000:3b:00.1 of the same card stays behind, and nothing keeps them apart
!   evidence: functions of one slot, without ACS between them
!   remedy:   name them too: device=0000:3b:00.0,0000:3b:00.1
~ xen.json
@@ -410 +410,2 @@
-    "0000:d8:00.0"
+    "0000:d8:00.0",
+    "0000:3b:00.0"
@@ -471,0 +473 @@
+

$ sh: cd root/var/lib/xe-passthrough/journal && mv 000006.done 000006.begun

$ xe-passthrough --minimal pci-assignable-list stays=false
0000:3b:00.0
! Note: history entry 6 was interrupted: the next command that changes anything takes it back (state-history shows it)

$ xe-passthrough boot-param-set target=xen key=loglvl value=all
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): all
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 8; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
! Note: 'state-rollback' of TIME was interrupted: all of it had been done
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all

$ xe-passthrough state-history params=id,state state=done
id ( RO)       : 4
    state ( RO): done


id ( RO)       : 6
    state ( RO): done


id ( RO)       : 7
    state ( RO): done


id ( RO)       : 8
    state ( RO): done


