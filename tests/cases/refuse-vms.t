# VMs that cannot take a device.
host: gpu-server

$ xe-passthrough vm-pci-attach uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:af:00.0

$ xe-passthrough vm-pci-attach uuid=29956476-0258-5204-880a-1947994f7eeb device=0000:af:00.0

$ xe-passthrough vm-pci-attach uuid=1aa406f3-c53f-5552-999d-d69a60fb0c95 device=0000:af:00.0

$ xe-passthrough vm-pci-attach uuid=00000000-1111-2222-3333-444444444444 device=0000:af:00.0

$ xe-passthrough vm-pci-attach uuid=win10-gpu device=0000:af:00.0

$ xe-passthrough vm-pci-attach device=0000:af:00.0

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-pci-detach uuid=6222a244-7242-5abe-ad42-621b5d31b420 device=0000:19:00.0

$ xe-passthrough vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=0
