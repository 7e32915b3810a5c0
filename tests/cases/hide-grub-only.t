# A boot file and nothing else: what is not there is unknown, and is said so; the list is written canonically.
host: grub-only

$ xe-passthrough --dry-run pci-hide device=0000:04:00.0

$ xe-passthrough pci-hide device=04:00.0

$ xe-passthrough pci-hide device=04:00.0

$ xe-passthrough pci-unhide device=0000:0a:00.1

$ xe-passthrough pci-device-list

$ xe-passthrough boot-param-get target=dom0 key=xen-pciback.hide

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:04:00.0

$ xe-passthrough numa-node-list

$ xe-passthrough pci-hide device=eth0
