# Lists: xe's layout, fields, filters, and the machine's form.
host: gpu-server

$ xe-passthrough pci-device-list pci-id=0000:3b:00.0

$ xe-passthrough pci-device-list vendor-id=10de params=pci-id,device-name,dom0-access

# fields come in the order of the record, whatever the order asked for
$ xe-passthrough pci-device-list class-id=0302 params=device-name,pci-id

$ xe-passthrough --minimal pci-device-list

$ xe-passthrough --minimal pci-device-list params=device-name vendor-id=1000

$ xe-passthrough pci-device-list 'vendor-name=NVIDIA*' params=pci-id

$ xe-passthrough pci-device-list vendor-id=ffff

$ xe-passthrough --json pci-device-list pci-id=0000:af:00.0

$ xe-passthrough --json pci-device-list vendor-id=ffff

$ xe-passthrough pci-device-show device=0000:af:00.0

$ xe-passthrough pci-device-show device=86:00.0

$ xe-passthrough pci-device-show device=87:10.0

$ xe-passthrough pci-device-show device=3:00.0

$ xe-passthrough pci-device-list params=nonsense

$ xe-passthrough pci-device-list nonsense=1

$ xe-passthrough vm-pci-list

$ xe-passthrough vm-pci-list uuid=6222a244-7242-5abe-ad42-621b5d31b420
