# What another tool wrote is kept in its order: XAPI plugs equal indices from the last to the first.
host: gpu-server

$ sh: sed -i 's|"pci": "0/0000:d8:00.0"|"pci": "0/0000:d8:00.0,0/0000:87:10.0"|' xapi.json

$ xe-passthrough vm-pci-list uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb

$ xe-passthrough vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=af:00.0

$ xe-passthrough vm-pci-list uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb

$ xe-passthrough vm-pci-attach uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb device=d8:00.0
