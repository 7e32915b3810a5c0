# One socket, BIOS boot, no serial entry, and a hide list in an old form: it is read, kept, and written canonically.
host: small

$ xe-passthrough pci-device-list params=pci-id,driver-name,dom0-access,numa-node,functions

$ xe-passthrough vm-pci-attach uuid=efa1a928-78fc-5485-9930-6df8c2293b5b device=01:00.0 numa=near

$ xe-passthrough vm-pci-attach uuid=efa1a928-78fc-5485-9930-6df8c2293b5b device=01:00.0 numa=near

# dom0's disks are an md mirror on this controller
$ xe-passthrough pci-hide device=00:17.0

$ xe-passthrough pci-hide device=md127

$ xe-passthrough pci-hide device=02:00.0

$ xe-passthrough pci-hide device=00:02.0

$ xe-passthrough numa-node-list
