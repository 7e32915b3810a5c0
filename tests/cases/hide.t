# A device leaves dom0 and comes back, without a VM.
host: gpu-server

$ xe-passthrough --dry-run pci-hide device=3b:00.0,3b:00.1

$ xe-passthrough pci-hide device=3b:00.0,3b:00.1

$ xe-passthrough pci-hide device=3b:00.0,3b:00.1

$ xe-passthrough --minimal pci-device-list dom0-access=disable_on_reboot

$ xe-passthrough pci-unhide device=3b:00.0

# assigned, and held by a running VM
$ xe-passthrough pci-unhide device=d8:00.0

$ xe-passthrough pci-unhide device=19:00.0

# not hidden
$ xe-passthrough pci-unhide device=af:00.0

# dom0 lives on it
$ xe-passthrough pci-hide device=eth0

$ xe-passthrough pci-hide device=00:1f.0
