# A device is named by a full or short address, by identity, by vendor:device, by interface or by disk.
host: gpu-server

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=AF:00.0

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=10de:2331

# two NVMe drives and dom0's own are of this kind
$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=144d:a80a

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=nvme1n1

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=eth5 functions=one

$ xe-passthrough --minimal pci-device-list pci-id=0000:af:00.0 params=identity

$ sh: "$PROGRAM" --host-dir . --dry-run --minimal vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device="$("$PROGRAM" --host-dir . --minimal pci-device-list pci-id=0000:af:00.0 params=identity)"

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=no-such-thing

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0,,d9:00.0
