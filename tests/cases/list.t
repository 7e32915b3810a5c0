# Lists: xe's layout, fields, filters, and the machine's form.
host: gpu-server

$ xe-passthrough pci-device-list pci-id=0000:3b:00.0
pci-id ( RO)               : 0000:3b:00.0
          vendor-name ( RO): NVIDIA Corporation
          device-name ( RO): GA102GL [RTX A5000]
          driver-name ( RO): 
          dom0-access ( RO): enabled
    assigned-to-names (SRO): 



$ xe-passthrough pci-device-list vendor-id=10de params=pci-id,device-name,dom0-access
pci-id ( RO)         : 0000:3b:00.0
    device-name ( RO): GA102GL [RTX A5000]
    dom0-access ( RO): enabled


pci-id ( RO)         : 0000:3b:00.1
    device-name ( RO): GA102 High Definition Audio Controller
    dom0-access ( RO): enabled


pci-id ( RO)         : 0000:af:00.0
    device-name ( RO): GH100 [H100 PCIe]
    dom0-access ( RO): enabled



# fields come in the order of the record, whatever the order asked for
$ xe-passthrough pci-device-list class-id=0302 params=device-name,pci-id
pci-id ( RO)         : 0000:af:00.0
    device-name ( RO): GH100 [H100 PCIe]



$ xe-passthrough --minimal pci-device-list
0000:00:00.0,0000:00:14.0,0000:00:17.0,0000:00:1c.0,0000:00:1c.4,0000:00:1f.0,0000:00:1f.4,0000:01:00.0,0000:02:00.0,0000:03:00.0,0000:17:00.0,0000:17:02.0,0000:18:00.0,0000:18:00.1,0000:18:00.2,0000:18:00.3,0000:19:00.0,0000:3a:00.0,0000:3b:00.0,0000:3b:00.1,0000:5d:00.0,0000:5e:00.0,0000:85:00.0,0000:86:00.0,0000:86:00.1,0000:87:10.0,0000:87:10.4,0000:ae:00.0,0000:af:00.0,0000:d7:00.0,0000:d7:01.0,0000:d8:00.0,0000:d9:00.0

$ xe-passthrough --minimal pci-device-list params=device-name vendor-id=1000
SAS3008 PCI-Express Fusion-MPT SAS-3

$ xe-passthrough pci-device-list 'vendor-name=NVIDIA*' params=pci-id
pci-id ( RO)    : 0000:3b:00.0


pci-id ( RO)    : 0000:3b:00.1


pci-id ( RO)    : 0000:af:00.0



$ xe-passthrough pci-device-list vendor-id=ffff

$ xe-passthrough --json pci-device-list pci-id=0000:af:00.0
{
  "api": 1,
  "records": [
    {
      "pci-id": "0000:af:00.0",
      "vendor-id": "10de",
      "device-id": "2331",
      "subsystem-id": "10de:1626",
      "class-id": "0302",
      "vendor-name": "NVIDIA Corporation",
      "device-name": "GH100 [H100 PCIe]",
      "class-name": "3D controller",
      "subsystem-name": "NVIDIA Corporation Device 1626",
      "driver-name": "",
      "dom0-access": "enabled",
      "assignable": false,
      "assigned-to": [],
      "assigned-to-names": [],
      "numa-node": 1,
      "functions": [
        "0000:af:00.0"
      ],
      "msix-vectors": 9,
      "identity": "0000:ae/00.0/00.0@10de:2331:10de:1626:030200@48b02d4a5e0c1b37",
      "aliases": []
    }
  ]
}

$ xe-passthrough --json pci-device-list vendor-id=ffff
{
  "api": 1,
  "records": []
}

$ xe-passthrough pci-device-show device=0000:af:00.0
pci-id ( RO)               : 0000:af:00.0
            vendor-id ( RO): 10de
            device-id ( RO): 2331
         subsystem-id ( RO): 10de:1626
             class-id ( RO): 0302
          vendor-name ( RO): NVIDIA Corporation
          device-name ( RO): GH100 [H100 PCIe]
           class-name ( RO): 3D controller
       subsystem-name ( RO): NVIDIA Corporation Device 1626
          driver-name ( RO): 
          dom0-access ( RO): enabled
           assignable ( RO): false
          assigned-to (SRO): 
    assigned-to-names (SRO): 
            numa-node ( RO): 1
            functions (SRO): 0000:af:00.0
         msix-vectors ( RO): 9
             identity ( RO): 0000:ae/00.0/00.0@10de:2331:10de:1626:030200@48b02d4a5e0c1b37
              aliases (SRO): 



$ xe-passthrough pci-device-show device=86:00.0
pci-id ( RO)               : 0000:86:00.0
            vendor-id ( RO): 8086
            device-id ( RO): 1521
         subsystem-id ( RO): 8086:5002
             class-id ( RO): 0200
          vendor-name ( RO): Intel Corporation
          device-name ( RO): I350 Gigabit Network Connection
           class-name ( RO): Ethernet controller
       subsystem-name ( RO): Intel Corporation Ethernet Server Adapter I350-T2
          driver-name ( RO): igb
          dom0-access ( RO): enabled
           assignable ( RO): false
          assigned-to (SRO): 
    assigned-to-names (SRO): 
            numa-node ( RO): 1
            functions (SRO): 0000:86:00.0; 0000:86:00.1
         msix-vectors ( RO): 10
             identity ( RO): 0000:85/00.0/00.0@8086:1521:8086:5002:020000@a0369fffff2c4e10
              aliases (SRO): 



$ xe-passthrough pci-device-show device=87:10.0
pci-id ( RO)               : 0000:87:10.0
            vendor-id ( RO): 8086
            device-id ( RO): 1520
         subsystem-id ( RO): 8086:5002
             class-id ( RO): 0200
          vendor-name ( RO): Intel Corporation
          device-name ( RO): I350 Ethernet Controller Virtual Function
           class-name ( RO): Ethernet controller
       subsystem-name ( RO): Intel Corporation Device 5002
          driver-name ( RO): 
          dom0-access ( RO): enabled
           assignable ( RO): false
          assigned-to (SRO): 
    assigned-to-names (SRO): 
            numa-node ( RO): 1
            functions (SRO): 0000:87:10.0; 0000:87:10.4
         msix-vectors ( RO): 3
             identity ( RO): 0000:85/00.0/00.0/vf0@8086:1520:8086:5002:020000
              aliases (SRO): 



$ xe-passthrough pci-device-show device=3:00.0
pci-id ( RO)               : 0000:03:00.0
            vendor-id ( RO): 1a03
            device-id ( RO): 2000
         subsystem-id ( RO): 15d9:0953
             class-id ( RO): 0300
          vendor-name ( RO): ASPEED Technology, Inc.
          device-name ( RO): ASPEED Graphics Family
           class-name ( RO): VGA compatible controller
       subsystem-name ( RO): Super Micro Computer Inc Device 0953
          driver-name ( RO): ast
          dom0-access ( RO): enabled
           assignable ( RO): false
          assigned-to (SRO): 
    assigned-to-names (SRO): 
            numa-node ( RO): 0
            functions (SRO): 0000:03:00.0
         msix-vectors ( RO): 0
             identity ( RO): 0000:00/1c.4/00.0/00.0@1a03:2000:15d9:0953:030000
              aliases (SRO): 



# an address and an id, however they are written
$ xe-passthrough --minimal pci-device-list pci-id=AF:00.0 vendor-id=0x10DE
0000:af:00.0

$ xe-passthrough pci-device-list params=
! params= is empty: name fields of a device, or all
! For usage run: 'xe-passthrough help pci-device-list'
[2]

$ xe-passthrough pci-device-list params=nonsense
! params=: 'nonsense' is no field of a device
! For usage run: 'xe-passthrough help pci-device-list'
[2]

$ xe-passthrough pci-device-list nonsense=1
! Unknown parameter: nonsense
! For usage run: 'xe-passthrough help pci-device-list'
[2]

$ xe-passthrough vm-pci-list
vm-uuid ( RO)          : 6222a244-7242-5abe-ad42-621b5d31b420
    vm-name-label ( RO): db-running
         position ( RO): 0
           pci-id ( RO): 0000:19:00.0
      device-name ( RO): SAS3008 PCI-Express Fusion-MPT SAS-3
          present ( RO): true
      dom0-access ( RO): disabled


vm-uuid ( RO)          : 04c43e25-3853-5f33-8f90-1f90ed9930cb
    vm-name-label ( RO): nas-archive
         position ( RO): 0
           pci-id ( RO): 0000:d8:00.0
      device-name ( RO): NVMe SSD Controller PM9A1/PM9A3/980PRO
          present ( RO): true
      dom0-access ( RO): disabled



$ xe-passthrough vm-pci-list uuid=6222a244-7242-5abe-ad42-621b5d31b420
vm-uuid ( RO)          : 6222a244-7242-5abe-ad42-621b5d31b420
    vm-name-label ( RO): db-running
         position ( RO): 0
           pci-id ( RO): 0000:19:00.0
      device-name ( RO): SAS3008 PCI-Express Fusion-MPT SAS-3
          present ( RO): true
      dom0-access ( RO): disabled


