# What state-rollback says of itself, and what it goes by.
host: gpu-server

$ sh: for d in af d9; do "$PROGRAM" --host-dir . pci-hide device=$d:00.0 2>&1 | grep Done; done
Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)

# one rollback after the other goes further back, so a rollback itself is named
$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 2: pci-hide device=d9:00.0


Done: 1 change was made and read back (history entry 3; state-rollback to=2 goes back to before it).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)

# what it took back stands again, and is the last change again
$ sh: "$PROGRAM" --host-dir . state-rollback to=2 2>&1 | grep -e 'to (' -e Done
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
Done: 1 change was made and read back (history entry 4; state-rollback to=3 goes back to before it).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)

$ xe-passthrough state-history params=id,state,undoes
id ( RO)        : 1
     state ( RO): done
    undoes (SRO): 


id ( RO)        : 2
     state ( RO): done
    undoes (SRO): 


id ( RO)        : 3
     state ( RO): undone
    undoes (SRO): 2


id ( RO)        : 4
     state ( RO): done
    undoes (SRO): 3



$ sh: "$PROGRAM" --host-dir . --dry-run state-rollback 2>&1 | grep -e 'to (' -e reason
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
          reason ( RO): takes back history entry 2: pci-hide device=d9:00.0

# all of it, and the same once more
$ sh: "$PROGRAM" --host-dir . state-rollback to=0 2>&1 | grep -e 'to (' -e Done
              to ( RO): (0000:d8:00.0)(0000:19:00.0)
Done: 1 change was made and read back (history entry 5; state-rollback to=4 goes back to before it).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)(0000:d9:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

$ xe-passthrough state-rollback to=0
Nothing to change: everything is as asked for.

# an entry to be tried that came and went in between is nothing to take back
$ sh: for c in 'pci-hide device=af:00.0 boot=try' boot-try-keep 'pci-hide device=5e:00.0 boot=try' boot-try-drop; do "$PROGRAM" --host-dir . $c >/dev/null 2>&1; done; "$PROGRAM" --host-dir . state-rollback to=5 | grep -e 'to (' -e Done
              to ( RO): (absent)
              to ( RO): (0000:d8:00.0)(0000:19:00.0)
Done: 2 changes were made and read back (history entry 10; state-rollback to=9 goes back to before it).

$ xe-passthrough state-rollback to=5
Nothing to change: everything is as asked for.

# another entry to be tried than the one of then: that one comes back
$ sh: for c in 'pci-hide device=af:00.0 boot=try' boot-try-drop 'pci-hide device=5e:00.0 boot=try' 'state-rollback to=11'; do "$PROGRAM" --host-dir . $c >/dev/null 2>&1; done; grep -A 7 'tried once' root/boot/efi/EFI/xenserver/grub.cfg | grep module2 | grep -o 'pciback.hide=.*'; "$PROGRAM" --host-dir . state-rollback to=10 | grep -e 'to (' -e Done
pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
              to ( RO): (absent)
              to ( RO): (absent)
Done: 2 changes were made and read back (history entry 15; state-rollback to=14 goes back to before it).

# the card has gone, and another takes its place: the old address comes back with a warning, and so does all that is older
$ sh: "$PROGRAM" --host-dir . vm-pci-attach uuid=win10-gpu device=af:00.0 >/dev/null 2>&1; rm root/sys/bus/pci/devices/0000:af:00.0; "$PROGRAM" --host-dir . vm-pci-attach uuid=win10-gpu device=3b:00.0 functions=one replace=af:00.0 2>&1 | grep Done
Done: 2 changes were made and read back (history entry 17; state-rollback takes it back).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:af:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:af:00.0)(0000:d8:00.0)
~ root/sys/bus/pci/devices/0000:af:00.0 (removed)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:NULL",
+      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
@@ -421 +421,2 @@
-        "base_template_name": "Other install media"
+        "base_template_name": "Other install media",
+        "pci": "0/0000:3b:00.0"

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0/0000:3b:00.0
              to ( RO): 0/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 17: vm-pci-attach uuid=win10-gpu device=3b:00.0 functions=one replace=af:00.0


step ( RO)            : 2
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:3b:00.0)(0000:af:00.0)(0000:d8:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 17: vm-pci-attach uuid=win10-gpu device=3b:00.0 functions=one replace=af:00.0


Done: 2 changes were made and read back (history entry 18; state-rollback to=17 goes back to before it).
Next: reboot this host: boot parameters are read when it starts
! warn UNDO_ABSENT (0000:af:00.0): there is no PCI device 0000:af:00.0 any more: what named it names it again, and has no device by it
!   evidence: /sys/bus/pci/devices
!   remedy:   state-apply follows a device that is wanted and has moved (state-plan shows where it is)
!             vm-pci-detach and pci-unhide take the old address out
! warn VM_KEY_ABSENT (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' asks for 0000:af:00.0, which this host does not have: the VM does not start here; the device that was there when it was set up is gone
!   evidence: 0/0000:af:00.0
!   remedy:   pci-device-list shows the devices that are there
!             vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 takes the address out
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:3b:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
~ xapi.json
@@ -422 +422 @@
-        "pci": "0/0000:3b:00.0"
+        "pci": "0/0000:af:00.0"

$ sh: "$PROGRAM" --host-dir . state-rollback 2>&1 | grep -e 'to (' -e Done -e ABSENT
              to ( RO): (absent)
              to ( RO): (absent)
              to ( RO): (0000:d8:00.0)(0000:19:00.0)
Done: 3 changes were made and read back (history entry 19; state-rollback to=18 goes back to before it).
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
~ xapi.json
@@ -371 +371 @@
-      "affinity": "OpaqueRef:a054e2d3-7f3b-589c-a13b-fa1f6950133f",
+      "affinity": "OpaqueRef:NULL",
@@ -421,2 +421 @@
-        "base_template_name": "Other install media",
-        "pci": "0/0000:af:00.0"
+        "base_template_name": "Other install media"

# programs see what people see
$ sh: "$PROGRAM" --host-dir . --json --dry-run vm-pci-attach uuid=win10-gpu device=3b:00.0 | grep -e '"to"' -e '"from"'
      "from": "(0000:d8:00.0)(0000:19:00.0)",
      "to": "(0000:19:00.0)(0000:3b:00.0)(0000:3b:00.1)(0000:d8:00.0)",
      "from": null,
      "to": "0/0000:3b:00.0,1/0000:3b:00.1",
      "from": null,
      "to": "e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'",
