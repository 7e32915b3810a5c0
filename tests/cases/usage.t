# Help, and how wrong usage is met.
host: none

$ xe-passthrough --version

$ xe-passthrough help

$ xe-passthrough help vm-pci-attach

$ xe-passthrough help nonsense

$ xe-passthrough

$ xe-passthrough nonsense

$ xe-passthrough --nonsense pci-device-list

$ xe-passthrough vm-pci-attach uuid

$ xe-passthrough --host-dir

$ xe-passthrough --host-dir /nowhere-at-all pci-device-list

$ xe-passthrough --host-dir . pci-device-list

$ xe-passthrough pci-device-list --dry-run
