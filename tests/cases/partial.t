# Parts of the recording go away one by one: unknown is said as unknown, never as fine.
host: gpu-server

$ sh: rm xen.json

$ xe-passthrough pci-device-list pci-id=0000:af:00.0

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0

$ xe-passthrough --dry-run vm-pci-attach uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 device=af:00.0 numa=near

$ sh: rm root/proc/self/mountinfo root/proc/swaps root/etc/xensource-inventory

$ xe-passthrough --dry-run pci-hide device=01:00.0

$ sh: rm xapi.json

$ xe-passthrough pci-device-list pci-id=0000:af:00.0

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough --dry-run pci-unhide device=d8:00.0

$ sh: for f in root/sys/devices/pci0000:ae/0000:ae:00.0/0000:af:00.0/config; do head -c 64 $f > x && cat x > $f && rm x; done

$ xe-passthrough pci-device-list pci-id=0000:af:00.0 params=pci-id,msix-vectors,identity

$ xe-passthrough --json pci-device-list pci-id=0000:af:00.0 params=pci-id,msix-vectors

$ sh: echo '{' > xapi.json; echo '[1, 2' > xen.json

$ xe-passthrough vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough numa-node-list
