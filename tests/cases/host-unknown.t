# A host of which only the boot file is known: everything else is unknown, and no error.
host: grub-only

$ xe-passthrough host-show
uuid ( RO)                 : <unknown>
           name-label ( RO): <unknown>
                brand ( RO): <unknown>
              version ( RO): <unknown>
                  xen ( RO): <unknown>
          xen-version ( RO): <unknown>
                 xapi ( RO): <unknown>
                iommu ( RO): <unknown>
              pciback ( RO): <unknown>
            cpu-count ( RO): <unknown>
         socket-count ( RO): <unknown>
           node-count ( RO): <unknown>
               memory ( RO): <unknown>
         device-count ( RO): <unknown>
              domains (SRO): <unknown>
           assignable (SRO): <unknown>
           hidden-now (SRO): <unknown>
          hidden-next (SRO): 0000:03:00.0; 0000:0a:00.1
       reboot-pending ( RO): <unknown>
       reboot-changes (SRO): <unknown>
            boot-file ( RO): /boot/grub/grub.cfg
           boot-entry ( RO): XCP-ng
    boot-entry-source ( RO): set default=0 in line 4
     xen-command-line ( RO): <unknown>
    dom0-command-line ( RO): <unknown>


! Note: XAPI: the recording 'HOST' has no xapi.json
! Note: Xen: the recording 'HOST' has no xen.json
! Note: PCI devices: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there

$ xe-passthrough host-show params=boot-entry,iommu,xapi
xapi ( RO)          : <unknown>
         iommu ( RO): <unknown>
    boot-entry ( RO): XCP-ng


! Note: XAPI: the recording 'HOST' has no xapi.json
! Note: Xen: the recording 'HOST' has no xen.json
! Note: PCI devices: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there

# groups and tables need more than that
$ xe-passthrough pci-group-list
! Error: HOST has no PCI devices: neither '/sys/bus/pci/devices' nor lspci.txt is there
[1]

$ xe-passthrough rmrr-list
! Error: the ACPI tables of HOST are unknown: cannot open '/sys/firmware/acpi/tables': No such file or directory
! dom0 shows them in '/sys/firmware/acpi/tables' to root only
[1]

$ xe-passthrough host-record path=../rec params=path,about,device-count,xen,xapi
path ( RO)            : ../rec
           about ( RO): unknown brand of unknown version, PCI functions unknown
    device-count ( RO): <unknown>
             xen ( RO): false
            xapi ( RO): false


! Note: without Xen's answers: the recording 'HOST' has no xen.json
! Note: without XAPI's records: the recording 'HOST' has no xapi.json
