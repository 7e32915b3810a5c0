# A recording of the host, for --host-dir and for bug reports.
host: gpu-server

$ xe-passthrough host-record path=../rec params=path,about,device-count,xen,xapi,passwords-removed,left-out
path ( RO)                 : ../rec
                about ( RO): XCP-ng 8.3.0, 33 PCI functions
         device-count ( RO): 33
                  xen ( RO): true
                 xapi ( RO): true
    passwords-removed ( RO): 0
             left-out (SRO): 



$ sh: cd ../rec && stat -c '%a %n' . about root && cat about && find root -name 'driver' -path '*af:00.0*' -o -name config -path '*d8:00.0*'
700 .
600 about
700 root
XCP-ng 8.3.0, 33 PCI functions
root/sys/devices/pci0000:d7/0000:d7:00.0/0000:d8:00.0/config

# the same from the copy as from the host
$ xe-passthrough --host-dir ../rec pci-device-list pci-id=0000:af:00.0
pci-id ( RO)               : 0000:af:00.0
          vendor-name ( RO): NVIDIA Corporation
          device-name ( RO): GH100 [H100 PCIe]
          driver-name ( RO): 
          dom0-access ( RO): enabled
    assigned-to-names (SRO): 



$ xe-passthrough --host-dir ../rec --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:d8:00.0)(0000:19:00.0)
              to ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:af:00.0, so that VM 'win10-gpu' can have it


step ( RO)            : 2
          change ( RO): other-config:pci
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 0/0000:af:00.0
    takes-effect ( RO): vm-start
          reason ( RO): XAPI plugs when the VM starts: 0000:af:00.0


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
! info BOOT_VFAT (/boot/efi/EFI/xenserver/grub.cfg): it is on vfat, where a write survives a killed process but not certainly a power cut; /var/lib/xe-passthrough/journal keeps the file as it was

# into what is there already: never
$ xe-passthrough host-record path=../rec
! Error: cannot make the directory '../rec': File exists
! a recording is made in a new directory: choose another name
[1]

$ xe-passthrough host-record path=../nowhere/rec
! Error: cannot make the directory '../nowhere/rec': No such file or directory
[1]

$ xe-passthrough host-record
! Required parameter not found: path
! For usage run: 'xe-passthrough help host-record'
[2]

# what looks like a password stays here
$ sh: sed -i 's/ro nolvm/ro rd.iscsi.password=hunter2 nolvm/; 1i password root hunter2' root/boot/efi/EFI/xenserver/grub.cfg
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -0,0 +1 @@
+password root hunter2
@@ -17 +18 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro rd.iscsi.password=hunter2 nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +24 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro rd.iscsi.password=hunter2 nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -29 +30 @@
-	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-4.19-xen earlyprintk=xen root=LABEL=root-tkqzwm ro rd.iscsi.password=hunter2 nolvm hpet=disable console=tty0 console=hvc0
@@ -35 +36 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro rd.iscsi.password=hunter2 nolvm hpet=disable console=hvc0 console=tty0
@@ -41 +42 @@
-	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0
+	module2 /boot/vmlinuz-fallback root=LABEL=root-tkqzwm ro rd.iscsi.password=hunter2 nolvm hpet=disable console=tty0 console=hvc0

$ xe-passthrough host-record path=../rec2 params=passwords-removed
passwords-removed ( RO)    : 6



$ sh: grep -rc hunter2 ../rec2 | grep -v ':0$'; grep -h password ../rec2/root/boot/efi/EFI/xenserver/grub.cfg | head -n 2 | cut -c 1-80
password root xxxxxxx
	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro rd.iscsi.password=xxxx
