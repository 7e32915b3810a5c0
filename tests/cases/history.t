# What was done is kept, and can be taken back.
host: gpu-server

$ xe-passthrough state-history

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0

$ xe-passthrough boot-param-set target=xen key=loglvl value=all

$ xe-passthrough state-history

$ xe-passthrough --dry-run state-rollback

$ xe-passthrough state-rollback

$ xe-passthrough state-rollback

$ xe-passthrough state-history

# back where it began: no difference to the first state
$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

# another hand was there in between
$ xe-passthrough boot-param-set target=xen key=loglvl value=all

$ sh: sed -i 's/loglvl=all/loglvl=warning/' root/boot/efi/EFI/xenserver/grub.cfg

$ xe-passthrough state-rollback
