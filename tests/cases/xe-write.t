# xe's verbs that write: the guide's commands, checked before they are carried out, and silent where they are.
host: gpu-server

# by address, also where XAPI has no object
$ xe-passthrough pci-disable-dom0-access pci-id=0000:5e:00.0
disable_on_reboot
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)

$ xe-passthrough --minimal pci-disable-dom0-access pci-id=0000:5e:00.0

$ xe-passthrough pci-disable-dom0-access uuid=76314296-7532-5297-8b00-bc99c4dd0da9
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]

$ xe-passthrough pci-disable-dom0-access pci-id=0000:af:00.0 uuid=76314296-7532-5297-8b00-bc99c4dd0da9
! Error: give uuid= or pci-id=
[1]

$ xe-passthrough pci-enable-dom0-access pci-id=0000:5e:00.0
enabled
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:5e:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:d8:00.0)

# a VM's devices, CPUs and host, in the new form and the old
$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 other-config-pci=AF:00.0 VCPUs-params:mask=16-31 platform:usb=True affinity=e6e80ebb-6aae-550e-983b-bd28a8473e7b
! Note: other-config:pci=AF:00.0 would not be read by XAPI as it is meant: it is written as 0/0000:af:00.0
! Note: VCPUs-params:mask=16-31: XAPI would ignore it, for it reads single CPUs only; it is written as 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -378 +378,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },
@@ -405 +406,0 @@
-        "usb": "true",
@@ -415 +416,2 @@
-        "secureboot": "false"
+        "secureboot": "false",
+        "usb": "True"
@@ -421 +423,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:af:00.0"

$ xe-passthrough vm-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 params=VCPUs-params,affinity,platform,other-config
VCPUs-params (MRW)    : mask: 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        platform (MRW): timeoffset: 0; usb_tablet: true; device-model: qemu-upstream-uefi; acpi: 1; apic: true; pae: true; nx: true; viridian: true; videoram: 8; hpet: true; secureboot: false; usb: True
        affinity ( RW): e6e80ebb-6aae-550e-983b-bd28a8473e7b
    other-config (MRW): mac_seed: 24cd1d7f-64ab-5cfb-aae7-ea57a03158f2; install-methods: cdrom; base_template_name: Other install media; pci: 0/0000:af:00.0



# nothing to change
$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 other-config:pci=0/0000:af:00.0

# what is not right is not written
$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 other-config:pci=0/0000:18:00.0
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 other-config:pci=0/0000:af:00.01
! Error: other-config:pci: XAPI would read '0/0000:af:00.01' as 0000:af:00.0
! write 0/0000:04:00.0, several separated by commas
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 "other-config:pci=0/0000:af:00.0, 0/gpu"
! Error: other-config:pci: XAPI cannot read ' 0/gpu' and would drop it
! write 0/0000:04:00.0, several separated by commas
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 "other-config: pci=0/0000:af:00.0"
! Error: other-config: ' pci' is no key that is written here: letters, digits and signs without blanks, and for hvm_serial use xe
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 vcpus-params:mask=1
! Unknown parameter: vcpus-params:mask; what is not checked here is xe's: use xe
! For usage run: 'xe-passthrough help vm-param-set'
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 VCPUs-params:Mask=1
! Error: VCPUs-params has no key 'Mask': XAPI takes weight, cap and mask
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 VCPUs-params:mask=30-33
! Error: the host has no CPU 32-33, or it is off: Xen would refuse to start the VM
! its CPUs are 0-31
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 VCPUs-params:mask=
! Error: VCPUs-params:mask has no CPU: to let the VM run on all of them, take the key out with vm-param-remove
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 VCPUs-params:mask=0 VCPUs-params-mask=1
! Error: VCPUs-params:mask is given twice
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 HVM-boot-params:firmware=efi
! Error: HVM-boot-params:firmware=efi: must be bios or uefi
[1]

$ xe-passthrough vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 affinity=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! There is no object of this type with this uuid.
! type: host
! uuid: f3520e4f-b19a-5897-ad31-8ac3667f8a45
[1]

$ sh: "$PROGRAM" --host-dir . vm-param-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 "platform:a=$(printf '\033[2J')"
! Error: platform:a=\x1b[2J: there is a control character in the value
[1]

$ xe-passthrough vm-param-set uuid=29956476-0258-5204-880a-1947994f7eeb platform:usb=True
! Error: refused, nothing was changed
! refuse VM_NOT_A_GUEST (29956476-0258-5204-880a-1947994f7eeb): 'Other install media' is no VM: it is a template
!   remedy:   name a VM that can be started
[1]

# a running VM gets it when it starts anew
$ xe-passthrough vm-param-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 platform:usb=True
! Note: 'db-running' is not halted: it has this when it starts anew
~ xapi.json
@@ -528 +527,0 @@
-        "usb": "true",
@@ -538 +537,2 @@
-        "secureboot": "false"
+        "secureboot": "false",
+        "usb": "True"

$ xe-passthrough vm-param-remove uuid=6222a244-7242-5abe-ad42-621b5d31b420 param-name=platform param-key=usb
! Note: 'db-running' is not halted: it has this when it starts anew
~ xapi.json
@@ -537,2 +537 @@
-        "secureboot": "false",
-        "usb": "True"
+        "secureboot": "false"

$ xe-passthrough vm-param-remove uuid=6222a244-7242-5abe-ad42-621b5d31b420 param-name=platform param-key=usb
! Error: platform has no key 'usb'
[1]

$ xe-passthrough vm-param-remove uuid=6222a244-7242-5abe-ad42-621b5d31b420 param-name=xenstore-data param-key=a
! Error: keys of 'xenstore-data' are not taken out here: use xe
[1]

# a key that is no field of ours comes back all the same
$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): platform:usb
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): (absent)
              to ( RO): True
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 5: vm-param-remove uuid=6222a244-7242-5abe-ad42-621b5d31b420 param-name=platform param-key=usb


Done: 1 change was made and read back (history entry 6; state-rollback to=5 goes back to before it).
~ xapi.json
@@ -537 +537,2 @@
-        "secureboot": "false"
+        "secureboot": "false",
+        "usb": "True"

$ xe-passthrough vm-param-get uuid=6222a244-7242-5abe-ad42-621b5d31b420 param-name=platform param-key=usb
True

# another device of the same VM has to be taken from it first
$ xe-passthrough pci-enable-dom0-access pci-id=0000:af:00.0
! Error: refused, nothing was changed
! refuse DEVICE_ASSIGNED (0000:af:00.0): 0000:af:00.0 is assigned to the VM 'win10-gpu'
!   evidence: other-config:pci of f3520e4f-b19a-5897-ad31-8ac3667f8a45 is '0/0000:af:00.0'
!   remedy:   vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
!   override: force=DEVICE_ASSIGNED@0000:af:00.0
[1]

# a key of a map as a filter
$ xe-passthrough vm-list other-config:pci=*d8:00.0 params=name-label,other-config
name-label ( RW)      : nas-archive
    other-config (MRW): mac_seed: 12131722-a6e1-5678-a526-8a5b505aa1ce; install-methods: cdrom; base_template_name: Other install media; pci: 0/0000:d8:00.0



$ xe-passthrough --minimal vm-list VCPUs-params:weight=1

# starting is XAPI's, checking is ours
$ xe-passthrough --dry-run vm-start vm=win10-gpu
step ( RO)            : 1
          change ( RO): power
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): halted
              to ( RO): running
    takes-effect ( RO): now
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.

$ xe-passthrough vm-start vm=win10-gpu
! Error: 'HOST' is a recording, not a running host: XAPI's VM.start cannot be called
[1]

$ xe-passthrough vm-start uuid=6222a244-7242-5abe-ad42-621b5d31b420
! The VM is running, and for this it must be halted.
! vm: 6222a244-7242-5abe-ad42-621b5d31b420 (db-running)
! expected: halted
! actual: running
[1]

$ xe-passthrough vm-start vm=nobody
! Error: there is no VM that fits vm=nobody
[1]

# xe's selectors: one VM, unless all that fit are asked for; those that are not halted are told of beside the others
$ xe-passthrough vm-start resident-on=e6e80ebb-6aae-550e-983b-bd28a8473e7b power-state=halted
! Error: there is no VM that fits power-state=halted resident-on=e6e80ebb-6aae-550e-983b-bd28a8473e7b
[1]

$ xe-passthrough vm-start power-state=halted
! Error: power-state=halted fits 2 VMs: f3520e4f-b19a-5897-ad31-8ac3667f8a45, 04c43e25-3853-5f33-8f90-1f90ed9930cb
! name one of them by its uuid, or say --multiple for all of them
[1]

$ xe-passthrough --dry-run --minimal vm-start --multiple name-label=db-running
operation failed on 6222a244-7242-5abe-ad42-621b5d31b420: The VM is running, and for this it must be halted. vm: 6222a244-7242-5abe-ad42-621b5d31b420 (db-running) expected: halted actual: running
[1]

$ xe-passthrough --dry-run vm-start --multiple name-label=nas-archive on=gpu-server paused=true
step ( RO)            : 1
          change ( RO): power
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): halted
              to ( RO): paused
    takes-effect ( RO): now
          reason ( RO): asked for, on the host 'gpu-server'


Dry run: 1 change would be made, nothing was touched.

$ xe-passthrough vm-start name-label=nas-archive on=elsewhere
! Error: the pool has no host with the uuid or name 'elsewhere'
[1]

$ xe-passthrough vm-shutdown uuid=1aa406f3-c53f-5552-999d-d69a60fb0c95 --force
! Error: refused, nothing was changed
! refuse VM_NOT_A_GUEST (1aa406f3-c53f-5552-999d-d69a60fb0c95): 'Control domain on host: gpu-server' is no VM: it is the control domain
!   remedy:   name a VM that can be started
[1]

$ sh: sed -i 's#0/0000:d8:00.0#0/0000:18:00.0#' xapi.json
~ xapi.json
@@ -677 +677 @@
-        "pci": "0/0000:d8:00.0"
+        "pci": "0/0000:18:00.0"

$ xe-passthrough vm-start uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb
! Error: refused, nothing was changed
! refuse DOM0_NETWORK (0000:18:00.0): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   choose another device, or move the management interface to another card first
[1]
