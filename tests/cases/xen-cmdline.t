# The program under the name xen-cmdline: that editor's options and output, without what it corrupts.
host: gpu-server

$ sh: ln -s "$PROGRAM" "$TMPDIR/xen-cmdline"

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --get-dom0 console ro
ro
console=hvc0
console=tty0

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --get-xen dom0_mem --get-dom0 xen-pciback.hide
dom0_mem=8192M,max:8192M
xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

# nothing there: an empty line
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --get-xen nosuch


# one of several
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --get-dom0 console=tty0
console=tty0

# nothing asked for
$ sh: "$TMPDIR"/xen-cmdline --host-dir .

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --get-dom0

# several keys at once, all in one change
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 a=1 quiet --set-xen loglvl=all --delete-dom0 splash vga
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) a=1
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) a=1 quiet

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --delete-dom0 a --set-xen loglvl=info --delete-xen loglvl
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) a=1
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -22,2 +22,2 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) a=1 quiet
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet

# an argument of two words, as XAPI's host-display script gives it; and several times the same key
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 "console=hvc0 console=tty0 console=ttyS0"
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 console=ttyS0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 "console=hvc0 console=tty0 console=ttyS0"; "$TMPDIR"/xen-cmdline --host-dir . --delete-dom0 console=tty0; "$TMPDIR"/xen-cmdline --host-dir . --get-dom0 console
console=hvc0
console=ttyS0
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 console=ttyS0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet

# get after set in one call
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-xen com1=115200,8n1 --get-xen com1
com1=115200,8n1
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 com1=115200,8n1

# a value with blanks
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 'dyndbg="module xen_pciback +p"' --get-dom0 dyndbg
dyndbg="module xen_pciback +p"
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) dyndbg="module xen_pciback +p"
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet dyndbg="module xen_pciback +p"

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --list-cpuid-masks


$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-cpuid-masks cpuid_mask=ff:ff --list-cpuid-masks
cpuid_mask=ff:ff
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 com1=115200,8n1
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 com1=115200,8n1 cpuid_mask=ff:ff
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G cpuid_mask=ff:ff

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --delete-cpuid-masks cpuid_mask
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 com1=115200,8n1 cpuid_mask=ff:ff
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 com1=115200,8n1
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G cpuid_mask=ff:ff
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G

# what would break the host is refused here, too
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 'xen-pciback.hide=(0000:01:00.0)'
! xen-cmdline: refused: dom0 lives on 0000:01:00.0: it holds /, /boot/efi, the storage repository 'Local storage' (/run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702), /var/log, swap
[1]

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 'xen-pciback.hide=(0000:d8.00.0)'
! xen-cmdline: '(0000:d8.00.0)' in xen-pciback.hide of value: a dot where a colon belongs
[1]

$ sh: "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 'xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)'
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) dyndbg="module xen_pciback +p"
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) dyndbg="module xen_pciback +p"
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0) quiet dyndbg="module xen_pciback +p"
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) quiet dyndbg="module xen_pciback +p"

# what the original passes over without a word
$ sh: "$TMPDIR"/xen-cmdline --host-dir . --list-xen; echo $?; "$TMPDIR"/xen-cmdline --host-dir . --set-dom0=foo=bar; echo $?; "$TMPDIR"/xen-cmdline --host-dir . foo --get-xen bar; echo $?; "$TMPDIR"/xen-cmdline --host-dir . --list-cpuid-masks foo; echo $?; "$TMPDIR"/xen-cmdline --host-dir . --set-dom0 a=1 --bogus; echo $?
1
1
1
1
1
! xen-cmdline: unknown option '--list-xen'
! xen-cmdline: unknown option '--set-dom0=foo=bar'
! xen-cmdline: 'foo' belongs to no option
! xen-cmdline: 'foo' belongs to no option
! xen-cmdline: unknown option '--bogus'

$ xe-passthrough state-history
id ( RO)         : 1
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --set-dom0 a=1 quiet --set-xen loglvl=all --delete-dom0 splash vga
    changes (SRO): dom0 boot parameter a: (absent) -> 1; dom0 boot parameter quiet: (absent) -> (flag); xen boot parameter loglvl: (absent) -> all; dom0 boot parameter splash: (flag) -> (absent); dom0 boot parameter vga: 785 -> (absent)


id ( RO)         : 2
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --delete-dom0 a --set-xen loglvl=info --delete-xen loglvl
    changes (SRO): dom0 boot parameter a: 1 -> (absent); xen boot parameter loglvl: all -> (absent)


id ( RO)         : 3
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --set-dom0 console=hvc0 console=tty0 console=ttyS0
    changes (SRO): dom0 boot parameter console: hvc0, tty0 (2 arguments) -> hvc0, tty0, ttyS0 (3 arguments); dom0 boot parameter console: tty0, hvc0 (2 arguments) -> hvc0, tty0, ttyS0 (3 arguments)


id ( RO)         : 4
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --delete-dom0 console=tty0
    changes (SRO): dom0 boot parameter console: hvc0, tty0, ttyS0 (3 arguments) -> hvc0, ttyS0 (2 arguments)


id ( RO)         : 5
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --set-xen com1=115200,8n1 --get-xen com1
    changes (SRO): xen boot parameter com1: (absent) -> 115200,8n1


id ( RO)         : 6
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --set-dom0 dyndbg="module xen_pciback +p" --get-dom0 dyndbg
    changes (SRO): dom0 boot parameter dyndbg: (absent) -> module xen_pciback +p


id ( RO)         : 7
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --set-cpuid-masks cpuid_mask=ff:ff --list-cpuid-masks
    changes (SRO): xen boot parameter cpuid_mask: (absent) -> ff:ff


id ( RO)         : 8
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --delete-cpuid-masks cpuid_mask
    changes (SRO): xen boot parameter cpuid_mask: ff:ff -> (absent)


id ( RO)         : 9
       time ( RO): TIME
      state ( RO): done
    command ( RO): xen-cmdline --set-dom0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
    changes (SRO): dom0 boot parameter xen-pciback.hide: (0000:d8:00.0)(0000:19:00.0) -> (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)



$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): dom0 boot parameter xen-pciback.hide
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)
              to ( RO): (0000:d8:00.0)(0000:19:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 9: xen-cmdline --set-dom0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0)


step ( RO)            : 2
          change ( RO): dom0 boot parameter dyndbg
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): module xen_pciback +p
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 6: xen-cmdline --set-dom0 dyndbg="module xen_pciback +p" --get-dom0 dyndbg


step ( RO)            : 3
          change ( RO): xen boot parameter com1
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): 115200,8n1
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 5: xen-cmdline --set-xen com1=115200,8n1 --get-xen com1


step ( RO)            : 4
          change ( RO): dom0 boot parameter console
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): hvc0, ttyS0 (2 arguments)
              to ( RO): hvc0, tty0 (2 arguments)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 4: xen-cmdline --delete-dom0 console=tty0


step ( RO)            : 5
          change ( RO): dom0 boot parameter console
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng (Serial)'
            from ( RO): hvc0, ttyS0 (2 arguments)
              to ( RO): tty0, hvc0 (2 arguments)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 4: xen-cmdline --delete-dom0 console=tty0


step ( RO)            : 6
          change ( RO): dom0 boot parameter vga
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): (absent)
              to ( RO): 785
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 1: xen-cmdline --set-dom0 a=1 quiet --set-xen loglvl=all --delete-dom0 splash vga


step ( RO)            : 7
          change ( RO): dom0 boot parameter splash
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng'
            from ( RO): (absent)
              to ( RO): (flag)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 1: xen-cmdline --set-dom0 a=1 quiet --set-xen loglvl=all --delete-dom0 splash vga


step ( RO)            : 8
          change ( RO): dom0 boot parameter quiet
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng (Serial)'
            from ( RO): (flag)
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 1: xen-cmdline --set-dom0 a=1 quiet --set-xen loglvl=all --delete-dom0 splash vga


Done: 8 changes were made and read back (history entry 10; state-rollback to=9 goes back to before it).
Next: reboot this host: boot parameters are read when it starts
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16,2 +16,2 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 com1=115200,8n1
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 quiet plymouth.ignore-serial-consoles xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) dyndbg="module xen_pciback +p"
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=ttyS0 xen-pciback.hide=(0000:19:00.0)(0000:af:00.0)(0000:d8:00.0) quiet dyndbg="module xen_pciback +p"
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)

$ sh: rm root/boot/efi/EFI/xenserver/grub.cfg; "$TMPDIR"/xen-cmdline --host-dir . --get-xen loglvl
! xen-cmdline: . has no boot file: none of '/boot/efi/EFI/xenserver/grub.cfg', '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg'
[1]
~ root/boot/efi/EFI/xenserver/grub.cfg (removed)
