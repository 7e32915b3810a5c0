# A boot file or a hide list that cannot be read: where, and nothing is written.
host: gpu-server

$ sh: sed -i 's/(0000:19:00.0)/(0000:19.00.0)/' root/boot/efi/EFI/xenserver/grub.cfg

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0

$ xe-passthrough pci-hide device=0000:af:00.0

# looking is still possible
$ xe-passthrough pci-device-list pci-id=0000:19:00.0 params=pci-id,dom0-access,driver-name

$ sh: sed -i '/^}/d' root/boot/efi/EFI/xenserver/grub.cfg

$ xe-passthrough boot-param-list

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0

$ sh: : > root/boot/efi/EFI/xenserver/grub.cfg

$ xe-passthrough boot-param-list

$ sh: rm root/boot/efi/EFI/xenserver/grub.cfg; mkfifo root/boot/efi/EFI/xenserver/grub.cfg

$ xe-passthrough boot-param-list

$ sh: rm root/boot/efi/EFI/xenserver/grub.cfg

$ xe-passthrough boot-param-list

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0
