# What Xen must keep together, and what is not kept apart.
host: gpu-server

# a card with two functions and no ACS; a PCIe to PCI bridge and what is behind it; a NIC whose functions have ACS
$ xe-passthrough pci-group-list pci-id=0000:3b:00.0 params=all
pci-id ( RO)               : 0000:3b:00.0
          alias-group (SRO): 0000:3b:00.0
         alias-source ( RO): xen
            isolation ( RO): shared
      isolation-group ( RO): 0000:3b:00.0
    isolation-members (SRO): 0000:3b:00.0; 0000:3b:00.1



$ xe-passthrough pci-group-list pci-id=0000:03:00.0 params=all
pci-id ( RO)               : 0000:03:00.0
          alias-group (SRO): 0000:02:00.0; 0000:03:00.0
         alias-source ( RO): xen
            isolation ( RO): shared
      isolation-group ( RO): 0000:02:00.0
    isolation-members (SRO): 0000:02:00.0; 0000:03:00.0



$ xe-passthrough pci-group-list pci-id=0000:18:00.* params=pci-id,isolation,isolation-members
pci-id ( RO)               : 0000:18:00.0
            isolation ( RO): isolated
    isolation-members (SRO): 0000:18:00.0


pci-id ( RO)               : 0000:18:00.1
            isolation ( RO): isolated
    isolation-members (SRO): 0000:18:00.1


pci-id ( RO)               : 0000:18:00.2
            isolation ( RO): isolated
    isolation-members (SRO): 0000:18:00.2


pci-id ( RO)               : 0000:18:00.3
            isolation ( RO): isolated
    isolation-members (SRO): 0000:18:00.3



# VFs are apart from their function, whose own functions are not apart from each other
$ xe-passthrough pci-group-list pci-id=0000:8* isolation=shared params=pci-id,isolation-members
pci-id ( RO)               : 0000:86:00.0
    isolation-members (SRO): 0000:86:00.0; 0000:86:00.1


pci-id ( RO)               : 0000:86:00.1
    isolation-members (SRO): 0000:86:00.0; 0000:86:00.1



# without Xen the bridges tell the same
$ sh: rm xen.json
~ xen.json (removed)

$ xe-passthrough pci-group-list pci-id=0000:03:00.0 params=all
pci-id ( RO)               : 0000:03:00.0
          alias-group (SRO): 0000:02:00.0; 0000:03:00.0
         alias-source ( RO): computed
            isolation ( RO): shared
      isolation-group ( RO): 0000:02:00.0
    isolation-members (SRO): 0000:02:00.0; 0000:03:00.0



$ xe-passthrough --json pci-group-list pci-id=0000:af:00.0
{
  "api": 1,
  "records": [
    {
      "pci-id": "0000:af:00.0",
      "alias-group": [
        "0000:af:00.0"
      ],
      "alias-source": "computed",
      "isolation": "isolated",
      "isolation-group": "0000:af:00.0",
      "isolation-members": [
        "0000:af:00.0"
      ]
    }
  ]
}

# config space that is too short to tell
$ sh: for d in 3b:00.0 3b:00.1; do f=root/sys/bus/pci/devices/0000:$d/config; head -c 64 $f >short; cp short $f; done; rm short
~ root/sys/devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0/config
(64 bytes, was 4096)
~ root/sys/devices/pci0000:3a/0000:3a:00.0/0000:3b:00.1/config
(64 bytes, was 4096)

$ xe-passthrough pci-group-list pci-id=0000:3b:00.* params=all
pci-id ( RO)               : 0000:3b:00.0
          alias-group (SRO): 0000:3b:00.0
         alias-source ( RO): computed
            isolation ( RO): unknown
      isolation-group ( RO): <unknown>
    isolation-members (SRO): <unknown>


pci-id ( RO)               : 0000:3b:00.1
          alias-group (SRO): 0000:3b:00.1
         alias-source ( RO): computed
            isolation ( RO): unknown
      isolation-group ( RO): <unknown>
    isolation-members (SRO): <unknown>


