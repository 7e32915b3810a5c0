# Boot parameters where grub-mkconfig writes the boot file: they go into a settings file of our own.
host: debian

$ xe-passthrough boot-param-list target=xen
target ( RO)    : xen
       key ( RO): placeholder
     value ( RO): 
     entry ( RO): Debian GNU/Linux, with Xen hypervisor
     state ( RO): unknown


target ( RO)    : xen
       key ( RO): dom0_mem
     value ( RO): 2G,max:2G
     entry ( RO): Debian GNU/Linux, with Xen hypervisor
     state ( RO): unknown


target ( RO)    : xen
       key ( RO): loglvl
     value ( RO): all
     entry ( RO): Debian GNU/Linux, with Xen hypervisor
     state ( RO): unknown


target ( RO)    : xen
       key ( RO): ${xen_rm_opts}
     value ( RO): 
     entry ( RO): Debian GNU/Linux, with Xen hypervisor
     state ( RO): unknown



# grub.cfg and other people's settings stay as they are
$ xe-passthrough pci-hide device=0000:03:00.0
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): (absent)
              to ( RO): dom0: xen-pciback.hide=(0000:03:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:03:00.0, so that a VM can have it


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: update-grub
      reboot this host: devices are hidden when it starts
! unknown DEVICE_ABSENT (0000:03:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:03:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:03:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
~ root/etc/default/grub.d/xe-passthrough.cfg (new, mode 0644)
@@ -0,0 +1,2 @@
+# Written by xe-passthrough, which reads it again: boot-param-set and its like change it, update-grub carries it out.
+GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} xen-pciback.hide=(0000:03:00.0)"

$ xe-passthrough extra-irqs-set value=96
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): dom0: xen-pciback.hide=(0000:03:00.0)
              to ( RO): xen: extra_guest_irqs=96; dom0: xen-pciback.hide=(0000:03:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: update-grub
      reboot this host: boot parameters are read when it starts
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -1,0 +2 @@
+GRUB_CMDLINE_XEN_DEFAULT="$GRUB_CMDLINE_XEN_DEFAULT extra_guest_irqs=96"

# a second time there is nothing to do but what is pending
$ xe-passthrough pci-hide device=0000:03:00.0
Nothing to change: everything is as asked for.
! unknown DEVICE_ABSENT (0000:03:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:03:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:03:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
! Note: update-grub is pending: '/boot/grub/grub.cfg' does not have extra_guest_irqs=96 yet, which '/etc/default/grub.d/xe-passthrough.cfg' asks for
! Note: update-grub is pending: '/boot/grub/grub.cfg' does not have xen-pciback.hide=(0000:03:00.0) yet, which '/etc/default/grub.d/xe-passthrough.cfg' asks for

# what the next boot has is what grub.cfg has; what it does not have yet is said
$ xe-passthrough boot-param-get target=dom0 key=xen-pciback.hide
target ( RO)     : dom0
        key ( RO): xen-pciback.hide
      value ( RO): (0000:03:00.0)
      entry ( RO): 
       role ( RO): 
    default ( RO): false
       file ( RO): /etc/default/grub.d/xe-passthrough.cfg
    running ( RO): <unknown>
      state ( RO): pending-update-grub


! Note: update-grub is pending: '/boot/grub/grub.cfg' does not have extra_guest_irqs=96 yet, which '/etc/default/grub.d/xe-passthrough.cfg' asks for
! Note: update-grub is pending: '/boot/grub/grub.cfg' does not have xen-pciback.hide=(0000:03:00.0) yet, which '/etc/default/grub.d/xe-passthrough.cfg' asks for

# our lines, read as the shell reads them
$ sh: "$SRCDIR/tests/hosts/update-grub" root
~ root/boot/grub/grub.cfg
@@ -25,2 +25,2 @@
-	multiboot2	/boot/xen-4.17-amd64.gz placeholder  dom0_mem=2G,max:2G loglvl=all ${xen_rm_opts}
-	module2	/boot/vmlinuz-6.1.0-18-amd64 placeholder root=UUID=5e1f ro  quiet
+	multiboot2	/boot/xen-4.17-amd64.gz placeholder  dom0_mem=2G,max:2G loglvl=all extra_guest_irqs=96 ${xen_rm_opts}
+	module2	/boot/vmlinuz-6.1.0-18-amd64 placeholder root=UUID=5e1f ro  quiet xen-pciback.hide=(0000:03:00.0)
@@ -31,2 +31,2 @@
-		multiboot2	/boot/xen-4.17-amd64.gz placeholder  dom0_mem=2G,max:2G loglvl=all ${xen_rm_opts}
-		module2	/boot/vmlinuz-6.1.0-18-amd64 placeholder root=UUID=5e1f ro  quiet
+		multiboot2	/boot/xen-4.17-amd64.gz placeholder  dom0_mem=2G,max:2G loglvl=all extra_guest_irqs=96 ${xen_rm_opts}
+		module2	/boot/vmlinuz-6.1.0-18-amd64 placeholder root=UUID=5e1f ro  quiet xen-pciback.hide=(0000:03:00.0)

$ xe-passthrough boot-param-get target=dom0 key=xen-pciback.hide entries=all
target ( RO)     : dom0
        key ( RO): xen-pciback.hide
      value ( RO): (0000:03:00.0)
      entry ( RO): Debian GNU/Linux, with Xen hypervisor
       role ( RO): normal
    default ( RO): true
       file ( RO): /boot/grub/grub.cfg
    running ( RO): <unknown>
      state ( RO): unknown


target ( RO)     : dom0
        key ( RO): xen-pciback.hide
      value ( RO): (0000:03:00.0)
      entry ( RO): Debian GNU/Linux, with Xen 4.17-amd64 and Linux 6.1.0-18-amd64
       role ( RO): other
    default ( RO): false
       file ( RO): /boot/grub/grub.cfg
    running ( RO): <unknown>
      state ( RO): unknown



# a list grows, and shrinks
$ xe-passthrough pci-hide device=0000:04:00.0
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96; dom0: xen-pciback.hide=(0000:03:00.0)
              to ( RO): xen: extra_guest_irqs=96; dom0: xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:04:00.0, so that a VM can have it


Done: 1 change was made and read back (history entry 3; state-rollback takes it back).
Next: update-grub
      reboot this host: devices are hidden when it starts
! unknown DEVICE_ABSENT (0000:04:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:04:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:04:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -3 +3 @@
-GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} xen-pciback.hide=(0000:03:00.0)"
+GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)"

$ xe-passthrough pci-unhide device=0000:03:00.0,0000:04:00.0
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96; dom0: xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)
              to ( RO): xen: extra_guest_irqs=96
    takes-effect ( RO): host-reboot
          reason ( RO): gives 0000:03:00.0, 0000:04:00.0 back to dom0's drivers


Done: 1 change was made and read back (history entry 4; state-rollback takes it back).
Next: update-grub
      reboot this host: dom0's drivers take the devices when it starts
! unknown DEVICE_ASSIGNED (0000:03:00.0): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
! unknown DEVICE_ASSIGNED (0000:04:00.0): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
! unknown DEVICE_HELD (0000:03:00.0): whether a running domain holds the device is unknown: Xen does not tell
! unknown DEVICE_HELD (0000:04:00.0): whether a running domain holds the device is unknown: Xen does not tell
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -3 +2,0 @@
-GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} xen-pciback.hide=(0000:03:00.0)(0000:04:00.0)"

$ xe-passthrough boot-lint params=entry,kernel
entry ( RO)     : Debian GNU/Linux, with Xen hypervisor
    kernel ( RO): accepts


entry ( RO)     : Debian GNU/Linux, with Xen 4.17-amd64 and Linux 6.1.0-18-amd64
    kernel ( RO): accepts


! unknown DEVICE_ABSENT (Debian GNU/Linux, with Xen hypervisor, Debian GNU/Linux, with Xen 4.17-amd64 and Linux 6.1.0-18-amd64): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (Debian GNU/Linux, with Xen hypervisor, Debian GNU/Linux, with Xen 4.17-amd64 and Linux 6.1.0-18-amd64): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (Debian GNU/Linux, with Xen hypervisor, Debian GNU/Linux, with Xen 4.17-amd64 and Linux 6.1.0-18-amd64): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
! Note: update-grub is pending: '/boot/grub/grub.cfg' still has xen-pciback.hide, which no file in /etc/default asks for

$ xe-passthrough pci-hide device=0000:05:00.0
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96
              to ( RO): xen: extra_guest_irqs=96; dom0: xen-pciback.hide=(0000:05:00.0)
    takes-effect ( RO): host-reboot
          reason ( RO): keeps dom0's drivers off 0000:05:00.0, so that a VM can have it


Done: 1 change was made and read back (history entry 5; state-rollback takes it back).
Next: update-grub
      reboot this host: devices are hidden when it starts
! unknown DEVICE_ABSENT (0000:05:00.0): whether the device is there is unknown: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
!   remedy:   record the host with its /sys/bus/pci
! unknown DOM0_STORAGE (0000:05:00.0): what dom0's file systems stand on is unknown: /proc/self/mountinfo cannot be read
!   remedy:   make sure by hand that dom0 does not live on this device
! unknown DOM0_NETWORK (0000:05:00.0): which interface dom0 is managed through is unknown: /etc/xensource-inventory does not tell MANAGEMENT_INTERFACE
!   remedy:   make sure by hand that dom0 is not reached through this device
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -2,0 +3 @@
+GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} xen-pciback.hide=(0000:05:00.0)"

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96; dom0: xen-pciback.hide=(0000:05:00.0)
              to ( RO): xen: extra_guest_irqs=96
    takes-effect ( RO): host-reboot
          reason ( RO): takes back history entry 5: pci-hide device=0000:05:00.0


Done: 1 change was made and read back (history entry 6; state-rollback to=5 goes back to before it).
Next: update-grub
      reboot this host: boot parameters are read when it starts
! unknown DEVICE_ASSIGNED (0000:05:00.0): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
! unknown DEVICE_HELD (0000:05:00.0): whether a running domain holds the device is unknown: Xen does not tell
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -3 +2,0 @@
-GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} xen-pciback.hide=(0000:05:00.0)"

# what others have set is theirs
$ xe-passthrough boot-param-delete target=xen key=loglvl
! Error: loglvl is set in /etc/default/grub, line 6, which is not ours to change
! take it out there, then run update-grub
[1]

# with another value ours comes last, and counts
$ xe-passthrough --dry-run boot-param-set target=xen key=loglvl value=warning
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96
              to ( RO): xen: extra_guest_irqs=96; xen: loglvl=warning
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: update-grub
      reboot this host: boot parameters are read when it starts

$ xe-passthrough boot-param-set target=dom0 key=x 'value=a b'
! Error: x=a b cannot stand in '/etc/default/grub.d/xe-passthrough.cfg': blanks, quotes and the like do not come through grub-mkconfig unharmed
[1]

$ xe-passthrough boot-param-set target=dom0 key=x value=1 entries=default
! entries=default: grub-mkconfig writes '/boot/grub/grub.cfg', and gives every entry the same parameters
! For usage run: 'xe-passthrough help boot-param-set'
[2]

$ xe-passthrough pci-hide device=0000:05:00.0 boot=try
! Error: boot=try: grub-mkconfig writes '/boot/grub/grub.cfg', and an entry of our own would not last
! leave boot=try out; the (recovery mode) entries stay without the change
[1]

$ xe-passthrough boot-normalize
! Error: grub-mkconfig writes '/boot/grub/grub.cfg' from /etc/default: the list is put right there
! boot-lint shows what is wrong; pci-hide writes a list of its own, which the kernel takes as the last
[1]

# a file that is read later throws ours away
$ sh: echo 'GRUB_CMDLINE_XEN_DEFAULT="dom0_mem=1G"' >root/etc/default/grub.d/zz.cfg
~ root/etc/default/grub.d/zz.cfg (new, mode 0644)
@@ -0,0 +1 @@
+GRUB_CMDLINE_XEN_DEFAULT="dom0_mem=1G"

$ xe-passthrough boot-param-set target=xen key=ucode value=scan
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96
              to ( RO): xen: extra_guest_irqs=96; xen: ucode=scan
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 7; state-rollback takes it back).
Next: update-grub
      reboot this host: boot parameters are read when it starts
! warn DROPIN_OVERWRITTEN (/etc/default/grub.d/zz.cfg): it is read after '/etc/default/grub.d/xe-passthrough.cfg' and sets the variable anew: what ours adds is lost
!   evidence: line 1
!   remedy:   let that line begin with the value that the variable has: VAR="$VAR ..."
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -2,0 +3 @@
+GRUB_CMDLINE_XEN_DEFAULT="$GRUB_CMDLINE_XEN_DEFAULT ucode=scan"

# a line that we did not write is not thrown away either
$ sh: echo 'GRUB_TIMEOUT=1' >>root/etc/default/grub.d/xe-passthrough.cfg
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -3,0 +4 @@
+GRUB_TIMEOUT=1

$ xe-passthrough boot-param-set target=xen key=ucode value=scan
! Error: '/etc/default/grub.d/xe-passthrough.cfg', line 4: not as it was written: GRUB_TIMEOUT=1
! move what you have added to a file of your own in /etc/default/grub.d
[1]

# the last parameter takes the file along
$ sh: sed -i '/TIMEOUT/d' root/etc/default/grub.d/xe-passthrough.cfg
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -4 +3,0 @@
-GRUB_TIMEOUT=1

$ xe-passthrough boot-param-delete target=xen key=extra_guest_irqs
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: extra_guest_irqs=96; xen: ucode=scan
              to ( RO): xen: ucode=scan
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 8; state-rollback takes it back).
Next: update-grub
      reboot this host: boot parameters are read when it starts
! warn DROPIN_OVERWRITTEN (/etc/default/grub.d/zz.cfg): it is read after '/etc/default/grub.d/xe-passthrough.cfg' and sets the variable anew: what ours adds is lost
!   evidence: line 1
!   remedy:   let that line begin with the value that the variable has: VAR="$VAR ..."
~ root/etc/default/grub.d/xe-passthrough.cfg
@@ -2 +1,0 @@
-GRUB_CMDLINE_XEN_DEFAULT="$GRUB_CMDLINE_XEN_DEFAULT extra_guest_irqs=96"

$ xe-passthrough boot-param-delete target=xen key=ucode
step ( RO)            : 1
          change ( RO): file /etc/default/grub.d/xe-passthrough.cfg
           where ( RO): /etc/default/grub.d/xe-passthrough.cfg
            from ( RO): xen: ucode=scan
              to ( RO): (absent)
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 9; state-rollback takes it back).
Next: update-grub
      reboot this host: boot parameters are read when it starts
! warn DROPIN_OVERWRITTEN (/etc/default/grub.d/zz.cfg): it is read after '/etc/default/grub.d/xe-passthrough.cfg' and sets the variable anew: what ours adds is lost
!   evidence: line 1
!   remedy:   let that line begin with the value that the variable has: VAR="$VAR ..."
~ root/etc/default/grub.d/xe-passthrough.cfg (removed)
