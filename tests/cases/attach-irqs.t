# extra_guest_irqs is raised to what the devices of one VM can ask for; the part for dom0 stays.
host: gpu-server

$ xe-passthrough extra-irqs-get

# an NVMe drive asks for 130
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=d9:00.0

$ xe-passthrough extra-irqs-get

# what dom0 has is kept
$ xe-passthrough extra-irqs-set value=64,512

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0

$ xe-passthrough extra-irqs-set value=0

$ xe-passthrough extra-irqs-set value=lots
