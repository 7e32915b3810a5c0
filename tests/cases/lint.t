# What the kernel and XAPI make of the hide lists, before a reboot is spent on them.
host: gpu-server

# a clean file
$ xe-passthrough boot-lint
entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (0000:d8:00.0)(0000:19:00.0)
       kernel ( RO): accepts
         xapi ( RO): accepts
    effective ( RO): true
     severity ( RO): info
    canonical ( RO): (0000:19:00.0)(0000:d8:00.0)


entry ( RO)        : XCP-ng (Serial)
          key ( RO): xen-pciback.hide
        value ( RO): (0000:d8:00.0)(0000:19:00.0)
       kernel ( RO): accepts
         xapi ( RO): accepts
    effective ( RO): true
     severity ( RO): info
    canonical ( RO): (0000:19:00.0)(0000:d8:00.0)


! Note: nothing to complain about in '/boot/efi/EFI/xenserver/grub.cfg'

# a dot for a colon: the kernel hides nothing at all
$ sh: sed -i 's/xen-pciback.hide=[^ ]*/xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)

$ xe-passthrough boot-lint
entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (0000:02:00.0)(0000.02:00.3)
       kernel ( RO): refuses
         xapi ( RO): refuses
    effective ( RO): true
     severity ( RO): refuse
    canonical ( RO): 


entry ( RO)        : XCP-ng (Serial)
          key ( RO): xen-pciback.hide
        value ( RO): (0000:02:00.0)(0000.02:00.3)
       kernel ( RO): refuses
         xapi ( RO): refuses
    effective ( RO): true
     severity ( RO): refuse
    canonical ( RO): 


! refuse HIDE_BAD (XCP-ng, XCP-ng (Serial)): the kernel cannot read '(0000.02:00.3)' (a dot where a colon belongs): with one bad item it hides no device at all, pciback does not load, and no device can be given to a VM
!   /boot/efi/EFI/xenserver/grub.cfg:17:193
!     ....ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
!                                                                    ^
!   remedy:   write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...'
[3]

$ xe-passthrough --minimal boot-lint
refuse,refuse
[3]

$ xe-passthrough --json boot-lint entry=XCP-ng
{
  "api": 1,
  "records": [
    {
      "entry": "XCP-ng",
      "role": "normal",
      "key": "xen-pciback.hide",
      "value": "(0000:02:00.0)(0000.02:00.3)",
      "kernel": "refuses",
      "xapi": "refuses",
      "effective": true,
      "severity": "refuse",
      "canonical": null,
      "line": 17,
      "file": "/boot/efi/EFI/xenserver/grub.cfg"
    }
  ],
  "findings": [
    {
      "code": "HIDE_BAD",
      "severity": "refuse",
      "final": true,
      "subject": "XCP-ng, XCP-ng (Serial)",
      "text": "the kernel cannot read '(0000.02:00.3)' (a dot where a colon belongs): with one bad item it hides no device at all, pciback does not load, and no device can be given to a VM",
      "evidence": "",
      "remedy": "write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...'",
      "where": [
        "/boot/efi/EFI/xenserver/grub.cfg:17:193",
        "  ....ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)",
        "                                                                 ^"
      ]
    }
  ]
}
[3]

# the last argument decides: here a good one
$ sh: sed -i 's/xen-pciback.hide=[^ ]*/& xen-pciback.hide=(0000:d8:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3) xen-pciback.hide=(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:02:00.0)(0000.02:00.3) xen-pciback.hide=(0000:d8:00.0)

$ xe-passthrough boot-lint entry=XCP-ng
entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (0000:02:00.0)(0000.02:00.3)
       kernel ( RO): refuses
         xapi ( RO): refuses
    effective ( RO): false
     severity ( RO): warn
    canonical ( RO): 


entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (0000:d8:00.0)
       kernel ( RO): accepts
         xapi ( RO): refuses
    effective ( RO): true
     severity ( RO): warn
    canonical ( RO): (0000:d8:00.0)


! warn HIDE_BAD_UNUSED (XCP-ng, XCP-ng (Serial)): the kernel could not read '(0000.02:00.3)' (a dot where a colon belongs); it does not come to that, because a later argument decides
!   /boot/efi/EFI/xenserver/grub.cfg:17:193
!     ....ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3) xen-pciback.hide=(0000:d8:00.0...
!                                                                    ^
!   remedy:   boot-normalize
! warn HIDE_SEVERAL (XCP-ng, XCP-ng (Serial)): a later xen-pciback.hide decides: the kernel hides nothing of '(0000:02:00.0)(0000.02:00.3)', and XAPI cannot read several arguments
!   /boot/efi/EFI/xenserver/grub.cfg:17:157
!     ...e=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:...
!                                                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
!   remedy:   boot-normalize

# and here a bad one
$ sh: sed -i 's/\(xen-pciback.hide=[^ ]*\) \(xen-pciback.hide=[^ ]*\)/\2 \1/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:02:00.0)(0000.02:00.3) xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0) xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:02:00.0)(0000.02:00.3) xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0) xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)

$ xe-passthrough boot-lint entry=XCP-ng params=entry,value,kernel,effective
entry ( RO)        : XCP-ng
        value ( RO): (0000:d8:00.0)
       kernel ( RO): accepts
    effective ( RO): false


entry ( RO)        : XCP-ng
        value ( RO): (0000:02:00.0)(0000.02:00.3)
       kernel ( RO): refuses
    effective ( RO): true


! refuse HIDE_BAD (XCP-ng, XCP-ng (Serial)): the kernel cannot read '(0000.02:00.3)' (a dot where a colon belongs): with one bad item it hides no device at all, pciback does not load, and no device can be given to a VM
!   /boot/efi/EFI/xenserver/grub.cfg:17:225
!     ...ack.hide=(0000:d8:00.0) xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
!                                                                    ^
!   remedy:   write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...'
! warn HIDE_SEVERAL (XCP-ng, XCP-ng (Serial)): a later xen-pciback.hide decides: the kernel hides nothing of '(0000:d8:00.0)', and XAPI cannot read several arguments
!   /boot/efi/EFI/xenserver/grub.cfg:17:157
!     ...e=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0) xen-pcib...
!                                                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
!   remedy:   boot-normalize
[3]

# short forms, wildcards, capitals, the same device twice, one that is not there
$ sh: sed -i 's/ xen-pciback.hide=.*/ xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0) xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0) xen-pciback.hide=(0000:02:00.0)(0000.02:00.3)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)

$ xe-passthrough boot-lint entry=XCP-ng
entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
       kernel ( RO): accepts
         xapi ( RO): refuses
    effective ( RO): true
     severity ( RO): warn
    canonical ( RO): (0000:3b:00.0)(0000:3b:00.1)(0000:99:00.0)(0000:d8:00.0)


! warn HIDE_SHORT (XCP-ng, XCP-ng (Serial)): '(3b:00.*)': no domain: the kernel takes 0000, XAPI cannot read the list
!   /boot/efi/EFI/xenserver/grub.cfg:17:175
!     ...85 splash plymouth.ignore-serial-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:...
!                                                                    ^~~~~~~~
!   remedy:   boot-normalize, which writes (0000:3b:00.0)(0000:3b:00.1)
! warn HIDE_FORM (XCP-ng, XCP-ng (Serial)): '(0000:D8:00.0)': capitals: XAPI does not find the device in the list
!   /boot/efi/EFI/xenserver/grub.cfg:17:189
!     ...outh.ignore-serial-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
!                                                                    ^~~~~~~~
!   remedy:   boot-normalize, which writes (0000:d8:00.0)
! warn HIDE_SHORT (XCP-ng, XCP-ng (Serial)): '(3b:00.1)': no domain: the kernel takes 0000, XAPI cannot read the list
!   /boot/efi/EFI/xenserver/grub.cfg:17:198
!     ...re-serial-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
!                                                                    ^~~~~~~~
!   remedy:   boot-normalize, which writes (0000:3b:00.1)
! warn HIDE_TWICE (XCP-ng, XCP-ng (Serial)): 0000:3b:00.1 is in the list twice: who takes one out leaves the device hidden
!   /boot/efi/EFI/xenserver/grub.cfg:17:197
!     ...ore-serial-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
!                                                                    ^~~~~~~~~
!   remedy:   boot-normalize
! warn DEVICE_ABSENT (XCP-ng, XCP-ng (Serial)): there is no PCI device 0000:99:00.0
!   /boot/efi/EFI/xenserver/grub.cfg:17:206
!     ...l-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
!                                                                    ^~~~~~~~~~~~~~
!   evidence: /sys/bus/pci/devices
!   remedy:   pci-unhide device=0000:99:00.0

# a wildcard that covers what dom0 lives on
$ sh: sed -i 's/ xen-pciback.hide=.*/ xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(3b:00.*)(0000:D8:00.0)(3b:00.1)(0000:99:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)

$ xe-passthrough boot-lint entry=XCP-ng
entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (0000:18:*.*)(0000:01:00.*)
       kernel ( RO): accepts
         xapi ( RO): refuses
    effective ( RO): true
     severity ( RO): warn
    canonical ( RO): (0000:01:00.0)(0000:18:00.0)(0000:18:00.1)(0000:18:00.2)(0000:18:00.3)


! warn HIDE_WILDCARD (XCP-ng, XCP-ng (Serial)): '(0000:18:*.*)': a wildcard: the kernel expands it, XAPI cannot read the list
!   /boot/efi/EFI/xenserver/grub.cfg:17:183
!     ...h plymouth.ignore-serial-consoles xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
!                                                                    ^~~~
!   remedy:   boot-normalize, which writes (0000:18:00.0)(0000:18:00.1)(0000:18:00.2)(0000:18:00.3)
! warn HIDE_WILDCARD (XCP-ng, XCP-ng (Serial)): '(0000:01:00.*)': a wildcard: the kernel expands it, XAPI cannot read the list
!   /boot/efi/EFI/xenserver/grub.cfg:17:199
!     ...e-serial-consoles xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
!                                                                    ^~
!   remedy:   boot-normalize, which writes (0000:01:00.0)
! warn DOM0_STORAGE (XCP-ng, XCP-ng (Serial)): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
!   /boot/efi/EFI/xenserver/grub.cfg:17:187
!     ...ymouth.ignore-serial-consoles xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
!                                                                    ^~~~~~~~~~~~~~
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   pci-unhide device=0000:01:00.0
! warn DOM0_NETWORK (XCP-ng, XCP-ng (Serial)): dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
!   /boot/efi/EFI/xenserver/grub.cfg:17:174
!     ...785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
!                                                                    ^~~~~~~~~~~~~
!   evidence: xenbr0 <- eth0 <- 0000:18:00.0
!   remedy:   pci-unhide device=0000:18:00.0

# other spellings: one that only the kernel reads, one that nothing reads, a flag
$ sh: sed -i 's/ xen-pciback.hide=.*/ pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:d8:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:18:*.*)(0000:01:00.*)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:d8:00.0)

$ xe-passthrough boot-lint entry=XCP-ng
entry ( RO)        : XCP-ng
          key ( RO): pciback.hide
        value ( RO): (0f:00.0)
       kernel ( RO): accepts
         xapi ( RO): refuses
    effective ( RO): false
     severity ( RO): warn
    canonical ( RO): (0000:0f:00.0)


entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): 
       kernel ( RO): accepts
         xapi ( RO): accepts
    effective ( RO): false
     severity ( RO): warn
    canonical ( RO): 


entry ( RO)        : XCP-ng
          key ( RO): xen_pciback.hide
        value ( RO): (0000:d8:00.0)
       kernel ( RO): accepts
         xapi ( RO): accepts
    effective ( RO): true
     severity ( RO): warn
    canonical ( RO): (0000:d8:00.0)


! warn HIDE_DEAD_KEY (XCP-ng, XCP-ng (Serial)): nothing reads 'pciback.hide' any more: it hides no device; the key is xen-pciback.hide
!   /boot/efi/EFI/xenserver/grub.cfg:17:157
!     ...e=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles pciback.hide=(0f:00.0) xen-pciback.hide ...
!                                                                    ^~~~~~~~~~~~~~~~~~~~~~
!   remedy:   boot-normalize
! warn HIDE_NO_VALUE (XCP-ng, XCP-ng (Serial)): 'xen-pciback.hide' has no value: the kernel takes no notice of it
!   /boot/efi/EFI/xenserver/grub.cfg:17:180
!     ...lash plymouth.ignore-serial-consoles pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:...
!                                                                    ^~~~~~~~~~~~~~~~
!   remedy:   boot-normalize
! warn HIDE_SPELLING (XCP-ng, XCP-ng (Serial)): 'xen_pciback.hide' is xen-pciback.hide to the kernel, but XAPI does not see it: it takes these devices for dom0's own
!   /boot/efi/EFI/xenserver/grub.cfg:17:197
!     ...ore-serial-consoles pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:d8:00.0)
!                                                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
!   remedy:   boot-normalize

# a domain of five digits, as behind Intel VMD
$ sh: sed -i 's/ pciback.hide=.*/ xen-pciback.hide=(10000:01:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(10000:01:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 pciback.hide=(0f:00.0) xen-pciback.hide xen_pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(10000:01:00.0)

$ xe-passthrough boot-lint entry=XCP-ng
entry ( RO)        : XCP-ng
          key ( RO): xen-pciback.hide
        value ( RO): (10000:01:00.0)
       kernel ( RO): refuses
         xapi ( RO): refuses
    effective ( RO): true
     severity ( RO): refuse
    canonical ( RO): 


! refuse HIDE_WIDE_DOMAIN (XCP-ng, XCP-ng (Serial)): the kernel cannot read '(10000:01:00.0)' (the domain is above ffff: the kernel refuses the whole list, such a device cannot be hidden at boot): with one bad item it hides no device at all, pciback does not load, and no device can be given to a VM
!   /boot/efi/EFI/xenserver/grub.cfg:17:175
!     ...85 splash plymouth.ignore-serial-consoles xen-pciback.hide=(10000:01:00.0)
!                                                                    ^
!   remedy:   write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...'
[3]

# an installer has put the list everywhere
$ sh: sed -i -e 's/ xen-pciback.hide=.*//' -e 's/module2.*root=.*/& xen-pciback.hide=(0000:d8:00.0)/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(10000:01:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(10000:01:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
@@ -29 +29 @@
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
@@ -35 +35 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 xen-pciback.hide=(0000:d8:00.0)
@@ -41 +41 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)

$ xe-passthrough boot-lint params=entry,role,severity
entry ( RO)       : XCP-ng
        role ( RO): normal
    severity ( RO): info


entry ( RO)       : XCP-ng (Serial)
        role ( RO): serial
    severity ( RO): info


entry ( RO)       : XCP-ng in Safe Mode
        role ( RO): safe
    severity ( RO): warn


entry ( RO)       : XCP-ng (Xen 4.17.6 / Linux 4.19.0+1)
        role ( RO): fallback
    severity ( RO): warn


entry ( RO)       : XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)
        role ( RO): fallback-serial
    severity ( RO): warn


! warn RESCUE_ENTRY_HIDES (XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): this entry hides devices too, though it is there for when the normal one does not come up: an installer copies the list into every entry
!   remedy:   boot-normalize takes the list out of these entries
! warn BOOT_NO_CLEAN_ENTRY (/boot/efi/EFI/xenserver/grub.cfg): every entry of the menu hides devices: when one of them keeps the host from coming up, the list can only be edited away at the boot screen
!   remedy:   boot-normalize takes the list out of Safe Mode and fallback entries

# guides for KVM
$ sh: sed -i -e 's/ xen-pciback.hide=.*/ intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1/' -e 's/dom0_mem/xen-pciback.hide=(0000:d8:00.0) &/' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)
+	multiboot2 /boot/xen.gz xen-pciback.hide=(0000:d8:00.0) dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga xen-pciback.hide=(0000:d8:00.0) dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1
@@ -28,2 +28,2 @@
-	multiboot2 /boot/xen.gz nosmp noreboot noirqbalance no-mce no-bootscrub no-numa no-hap no-mmcfg max_cstate=0 nmi=ignore allow_unsafe dom0_mem=8192M,max:8192M com1=115200,8n1 console=com1,vga
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
+	multiboot2 /boot/xen.gz nosmp noreboot noirqbalance no-mce no-bootscrub no-numa no-hap no-mmcfg max_cstate=0 nmi=ignore allow_unsafe xen-pciback.hide=(0000:d8:00.0) dom0_mem=8192M,max:8192M com1=115200,8n1 console=com1,vga
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1
@@ -34,2 +34,2 @@
-	multiboot2 /boot/xen-fallback.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 xen-pciback.hide=(0000:d8:00.0)
+	multiboot2 /boot/xen-fallback.gz xen-pciback.hide=(0000:d8:00.0) dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1
@@ -40,2 +40,2 @@
-	multiboot2 /boot/xen-fallback.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
+	multiboot2 /boot/xen-fallback.gz com1=115200,8n1 console=com1,vga xen-pciback.hide=(0000:d8:00.0) dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1

$ sh: mkdir -p root/etc/default; printf '# ours\nGRUB_CMDLINE_LINUX="quiet"\nGRUB_CMDLINE_LINUX_DEFAULT="intel_iommu=on vfio-pci.ids=10de:2331"\n' > root/etc/default/grub
~ root/etc/default/grub (new, mode 0644)
@@ -0,0 +1,3 @@
+# ours
+GRUB_CMDLINE_LINUX="quiet"
+GRUB_CMDLINE_LINUX_DEFAULT="intel_iommu=on vfio-pci.ids=10de:2331"

$ xe-passthrough boot-lint
! warn WRONG_LINE (XCP-ng, XCP-ng (Serial), XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): 'xen-pciback.hide' does nothing in the line of Xen: this is for dom0's kernel: in Xen's line it hides nothing
!   /boot/efi/EFI/xenserver/grub.cfg:16:26
!      multiboot2 /boot/xen.gz xen-pciback.hide=(0000:d8:00.0) dom0_mem=8192M,max:8192M watchdog ucode=sca...
!                              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
!   remedy:   pci-hide device=...
! warn KVM_LEFTOVER (XCP-ng, XCP-ng (Serial), XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): 'intel_iommu' does nothing in the line of dom0's kernel: Xen has the IOMMU, and uses it unless told otherwise; only a KVM host needs this
!   /boot/efi/EFI/xenserver/grub.cfg:17:157
!     ...e=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles intel_iommu=on iommu=pt vfio-pci.ids=10d...
!                                                                    ^~~~~~~~~~~~~~
!   remedy:   remove it
!             Xen's own option is boot-param-set target=xen key=iommu
! warn KVM_LEFTOVER (XCP-ng, XCP-ng (Serial), XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): 'iommu' does nothing in the line of dom0's kernel: dom0's kernel does not have the IOMMU: Xen does
!   /boot/efi/EFI/xenserver/grub.cfg:17:172
!     ...a=785 splash plymouth.ignore-serial-consoles intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.drive...
!                                                                    ^~~~~~~~
!   remedy:   remove it, or set it where it counts: boot-param-set target=xen key=iommu
! warn KVM_LEFTOVER (XCP-ng, XCP-ng (Serial), XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): 'vfio-pci.ids' does nothing in the line of dom0's kernel: vfio hands devices to KVM guests; Xen takes them from pciback
!   /boot/efi/EFI/xenserver/grub.cfg:17:181
!     ...ash plymouth.ignore-serial-consoles intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfi...
!                                                                    ^~~~~~~~~~~~~~~~~~~~~~
!   remedy:   remove it
!             pci-hide device=...
! warn KVM_LEFTOVER (XCP-ng, XCP-ng (Serial), XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): 'rd.driver.pre' does nothing in the line of dom0's kernel: vfio hands devices to KVM guests; Xen takes them from pciback
!   /boot/efi/EFI/xenserver/grub.cfg:17:204
!     ...ial-consoles intel_iommu=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1
!                                                                    ^~~~~~~~~~~~~~~~~~~~~~
!   remedy:   remove it
!             pci-hide device=...
! warn KVM_LEFTOVER (XCP-ng, XCP-ng (Serial), XCP-ng in Safe Mode, XCP-ng (Xen 4.17.6 / Linux 4.19.0+1), XCP-ng (Serial, Xen 4.17.6 / Linux 4.19.0+1)): 'kvm.ignore_msrs' does nothing in the line of dom0's kernel: there is no KVM below Xen
!   /boot/efi/EFI/xenserver/grub.cfg:17:227
!     ...u=on iommu=pt vfio-pci.ids=10de:2331 rd.driver.pre=vfio-pci kvm.ignore_msrs=1
!                                                                    ^~~~~~~~~~~~~~~~~
!   remedy:   remove it
! warn KVM_LEFTOVER (/etc/default/grub): the boot menu of this host is not made from /etc/default/grub: what stands there does nothing
!   /etc/default/grub:3:1
!     GRUB_CMDLINE_LINUX_DEFAULT="intel_iommu=on vfio-pci.ids=10de:2331"
!     ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
!   remedy:   pci-hide device=... and boot-param-set change the boot file itself
! Note: no entry of '/boot/efi/EFI/xenserver/grub.cfg' hides a device

# a line that is too long for a PV dom0, and one that is too long for Linux, which is left with half a list
$ sh: mkdir -p t/root/boot/grub; for n in 1000 2018; do printf "menuentry 'XCP-ng' {\n\tmultiboot2 /boot/xen.gz\n\tmodule2 /boot/vmlinuz a=%0${n}d xen-pciback.hide=(0000:d8:00.0)\n}\n" 0 > t/root/boot/grub/grub.cfg; "$PROGRAM" --host-dir t boot-lint params=kernel,effective 2>&1 | grep -v unknown; done; rm -r t
kernel ( RO)       : accepts
    effective ( RO): true


  remedy:   record the host with its /sys/bus/pci
  remedy:   make sure by hand that dom0 does not live on this device
  remedy:   make sure by hand that dom0 is not reached through this device
warn BOOT_NO_CLEAN_ENTRY (/boot/grub/grub.cfg): every entry of the menu hides devices: when one of them keeps the host from coming up, the list can only be edited away at the boot screen
  remedy:   keep in mind how to edit an entry at the boot screen (key e)
warn LINE_TOO_LONG_FOR_PV (XCP-ng): dom0's command line has 1034 bytes: Xen has room for 1023 in a PV dom0, what stands behind the mark is lost there
  /boot/grub/grub.cfg:3:1047
    ...000000000000000000000000000000000000000 xen-pciback.hide=(0000:d8:00.0)
                                                                   ^
  remedy:   remove parameters that are not needed
kernel ( RO)       : refuses
    effective ( RO): true


refuse HIDE_BAD (XCP-ng): the kernel cannot read '(0000:d8:' (a number is missing): with one bad item it hides no device at all, pciback does not load, and no device can be given to a VM; the line is too long, and is cut there
  /boot/grub/grub.cfg:3:2071
    ...000000000000000000000000000000000 xen-pciback.hide=(0000:d8:00.0)
                                                                   ^
  remedy:   write the list anew: boot-param-set target=dom0 key=xen-pciback.hide value='(dddd:bb:dd.f)...'
warn BOOT_NO_CLEAN_ENTRY (/boot/grub/grub.cfg): every entry of the menu hides devices: when one of them keeps the host from coming up, the list can only be edited away at the boot screen
  remedy:   keep in mind how to edit an entry at the boot screen (key e)
warn LINE_TOO_LONG (XCP-ng): dom0's command line has 2052 bytes: the kernel reads the first 2047, what stands behind the mark is lost
  /boot/grub/grub.cfg:3:2071
    ...000000000000000000000000000000000 xen-pciback.hide=(0000:d8:00.0)
                                                                   ^
  remedy:   remove parameters that are not needed

# no boot file
$ sh: rm root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg (removed)

$ xe-passthrough boot-lint
! Error: HOST has no boot file: none of '/boot/efi/EFI/xenserver/grub.cfg', '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg'
! boot parameters of this host are unknown and cannot be changed here
[1]
