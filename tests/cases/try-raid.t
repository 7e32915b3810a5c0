# boot=try where the boot file is on software RAID.
host: small

# grub could not take its request back there, so that every boot would take the entry
$ xe-passthrough boot-param-set target=xen key=loglvl value=all boot=try
! Error: refused, nothing was changed
! refuse BOOT_TRY_DISK (/boot/grub/grubenv): it is on software RAID (md127p1), which grub cannot write: the entry could not be booted once only
!   remedy:   hide without boot=try: the entry without a hide stays in the menu
[1]

# without it the same is possible
$ xe-passthrough --dry-run boot-param-set target=xen key=loglvl value=all
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/grub/grub.cfg: 'XCP-ng'
            from ( RO): (absent)
              to ( RO): all
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Dry run: 1 change would be made, nothing was touched.
Next: reboot this host: boot parameters are read when it starts
