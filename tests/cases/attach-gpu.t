# The main job: a GPU goes from dom0 to a VM, with its node's CPUs, and back.
host: gpu-server

# the plan, and nothing else
$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 numa=near

# the same, carried out
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 numa=near

# again: nothing is left to do
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0 numa=near

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough pci-device-list pci-id=0000:af:00.0

# and back
$ xe-passthrough --dry-run vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0

$ xe-passthrough vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0

# a second time: nothing is left to do
$ xe-passthrough vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=0000:af:00.0

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
