# a refusal that was overridden is kept with the wish, and goes when that is taken back
host: gpu-server
$ sh: "$PROGRAM" --host-dir . pci-unhide device=19:00.0 force=DEVICE_ASSIGNED@0000:19:00.0,DEVICE_HELD@0000:19:00.0 >/dev/null 2>&1
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)

$ xe-passthrough state-show kind=override params=subject,since,door,command
subject ( RO)    : DEVICE_ASSIGNED@0000:19:00.0
      since ( RO): TIME
       door ( RO): cli
    command ( RO): pci-unhide device=19:00.0 force=DEVICE_ASSIGNED@0000:19:00.0,DEVICE_HELD@0000:19:00.0


subject ( RO)    : DEVICE_HELD@0000:19:00.0
      since ( RO): TIME
       door ( RO): cli
    command ( RO): pci-unhide device=19:00.0 force=DEVICE_ASSIGNED@0000:19:00.0,DEVICE_HELD@0000:19:00.0


! Note: the copy in XAPI (host.other_config:xe-passthrough:state) agrees

$ sh: "$PROGRAM" --host-dir . state-rollback >/dev/null 2>&1
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

$ xe-passthrough state-show params=kind,subject
kind ( RO)       : hidden
    subject ( RO): 0000:19:00.0


kind ( RO)       : hidden
    subject ( RO): 0000:d8:00.0


! Note: the copy in XAPI (host.other_config:xe-passthrough:state) agrees

# taken over from elsewhere: what is none says so
$ xe-passthrough state-import from=xapi
Nothing to change: everything is as asked for.
! Note: from the copy: hidden 0000:19:00.0, 0000:17/02.0/00.0@1000:0097:15d9:0808:010700
! Note: from the copy: hidden 0000:d8:00.0, 0000:d7/00.0/00.0@144d:a80a:144d:a813:010802@0025385a91b0c0d8
! Note: whoever may write other_config of this host may have written the copy: look at it, and at state-plan, before state-apply or the next boot follows it

$ sh: mkdir old; "$PROGRAM" --host-dir . state-import root=old
! Error: 'old' is no root of this host: it has no readable etc/xensource-inventory with an INSTALLATION_UUID
! mount the backup partition (it has the file .xen-backup-partition) read-only, and name its directory
[1]
