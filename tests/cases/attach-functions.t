# The other functions of the slot come along, unless functions=one; the written order is the order in which they are plugged.
host: gpu-server

$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

# a second card: what is there stays, and keeps its place
$ xe-passthrough vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,d9:00.0

# one function goes, its sibling goes with it
$ xe-passthrough vm-pci-detach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.1

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=3b:00.0 functions=one

# virtual functions are functions of their own
$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=87:10.0
