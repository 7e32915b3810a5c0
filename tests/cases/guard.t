# What xenopsd's hook asks before a VM starts: devices come from xenopsd's records, nothing is written.
host: gpu-server

# no record: nothing is looked at
$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none

# xenopsd knows no names
$ xe-passthrough guard vm-uuid=win10-gpu
! Error: 'win10-gpu' is no uuid
! XAPI, which knows VMs by name, is not asked here: xe vm-list name-label=NAME params=uuid shows the uuid
[1]

$ xe-passthrough guard vm-uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! Note: xenopsd has no record of a PCI device of this VM

# a device that pciback has, and more vectors than the running Xen gives
$ sh: mkdir -p root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45; cd root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45; echo '{}' >pci.0000:d8:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
warn IRQ_BUDGET: the devices of 'f3520e4f-b19a-5897-ad31-8ac3667f8a45' can ask for 130 interrupt vectors together, and Xen gives a VM 64

# dom0 lives on it
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI/*; mv pci.* pci.0000:01:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason hard-reboot -new option
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
  evidence: / <- nvme0n1p1 <- 0000:01:00.0
            /boot/efi <- nvme0n1p4 <- 0000:01:00.0
            /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
            /var/log <- nvme0n1p5 <- 0000:01:00.0
            swap <- nvme0n1p6 <- 0000:01:00.0
  remedy:   choose another device, or move dom0 off this one first
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

$ xe-passthrough guard vm-uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
!   evidence: / <- nvme0n1p1 <- 0000:01:00.0
!             /boot/efi <- nvme0n1p4 <- 0000:01:00.0
!             /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
!             /var/log <- nvme0n1p5 <- 0000:01:00.0
!             swap <- nvme0n1p6 <- 0000:01:00.0
!   remedy:   choose another device, or move dom0 off this one first
! warn IRQ_BUDGET (f3520e4f-b19a-5897-ad31-8ac3667f8a45): the devices of 'f3520e4f-b19a-5897-ad31-8ac3667f8a45' can ask for 130 interrupt vectors together, and Xen gives a VM 64
!   evidence: the default of this build
!   remedy:   extra-irqs-set value=192, and a reboot of the host
! warn START_DRIVER (0000:01:00.0): 0000:01:00.0 is not hidden from dom0: it is taken from the driver nvme as the VM starts
!   evidence: its driver in dom0 is nvme
!   remedy:   pci-hide device=0000:01:00.0, and a reboot of the host
[3]

# another domain has it
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI/*; mv pci.* pci.0000:19:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:19:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DEVICE_HELD (0000:19:00.0): 0000:19:00.0 is held by the running domain 3 'db-running'
  evidence: Xen: domain 3, 6222a244-7242-5abe-ad42-621b5d31b420
  remedy:   shut that VM down first
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

# the domain itself, whose reboot this is
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI; mv * 6222a244-7242-5abe-ad42-621b5d31b420
~ root/var/run/nonpersistent/xenopsd/classic/PCI/6222a244-7242-5abe-ad42-621b5d31b420/pci.0000:19:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:19:00.0 (removed)

$ xe-passthrough guard -vmuuid 6222a244-7242-5abe-ad42-621b5d31b420 -reason clean-reboot
warn IRQ_BUDGET: the devices of '6222a244-7242-5abe-ad42-621b5d31b420' can ask for 96 interrupt vectors together, and Xen gives a VM 64

# gone; and one without a driver, which works
$ sh: cd root/var/run/nonpersistent/xenopsd/classic/PCI; mv * f3520e4f-b19a-5897-ad31-8ac3667f8a45; cd *; mv pci.* pci.0000:c1:00.0; touch pci.0000:3b:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/6222a244-7242-5abe-ad42-621b5d31b420/pci.0000:19:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:3b:00.0 (new, mode 0644)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:c1:00.0 (new, mode 0644)
@@ -0,0 +1 @@
+{}

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DEVICE_ABSENT (0000:c1:00.0): there is no PCI device 0000:c1:00.0
  evidence: /sys/bus/pci/devices
  remedy:   pci-device-list shows the devices that are there
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

$ sh: rm root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.0000:c1:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:c1:00.0 (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none

# an address of dom0 that only XAPI knows of; and where XAPI does not answer
$ sh: mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:86:00.0
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:3b:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:86:00.0 (new, mode 0644)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DOM0_NETWORK (0000:86:00.0): dom0 uses 0000:86:00.0: it carries dom0's address 203.0.113.20 on eth4
  evidence: eth4 <- 0000:86:00.0
  remedy:   move what uses that network, then xe pif-reconfigure-ip uuid=16b278cf-7f1b-5518-915f-b14f38d571ee mode=none
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

$ sh: mv xapi.json ..
~ xapi.json (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
warn START_DRIVER: 0000:86:00.0 is not hidden from dom0: it is taken from the driver igb as the VM starts
note: whether storage or networks of XAPI's stand on a device is unknown: the recording 'HOST' has no xapi.json

# settings
$ sh: printf 'guard = warn\ncolour = red\n' >root/etc/xe-passthrough.conf; mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0
~ root/etc/xe-passthrough.conf (new, mode 0644)
@@ -0,0 +1,2 @@
+guard = warn
+colour = red
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (new, mode 0644)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:86:00.0 (removed)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
refuse DOM0_STORAGE: dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
warn IRQ_BUDGET: the devices of 'f3520e4f-b19a-5897-ad31-8ac3667f8a45' can ask for 130 interrupt vectors together, and Xen gives a VM 64
warn START_DRIVER: 0000:01:00.0 is not hidden from dom0: it is taken from the driver nvme as the VM starts
note: /etc/xe-passthrough.conf:2: unknown key 'colour'
note: guard is warn in /etc/xe-passthrough.conf: the VM starts all the same

$ sh: printf 'guard = off\n' >root/etc/xe-passthrough.conf
~ root/etc/xe-passthrough.conf
@@ -1,2 +1 @@
-guard = warn
-colour = red
+guard = off

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none

$ sh: rm root/etc/xe-passthrough.conf; mkfifo root/etc/xe-passthrough.conf
~ root/etc/xe-passthrough.conf (special, was file)


$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse DOM0_STORAGE (0000:01:00.0): dom0 lives on 0000:01:00.0: it holds /, /boot/efi, /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702, /var/log, swap
  evidence: / <- nvme0n1p1 <- 0000:01:00.0
            /boot/efi <- nvme0n1p4 <- 0000:01:00.0
            /run/sr-mount/d7a8c951-2dd9-511a-96fa-21553ac5c702 <- dm-0 <- nvme0n1p3 <- 0000:01:00.0
            /var/log <- nvme0n1p5 <- 0000:01:00.0
            swap <- nvme0n1p6 <- 0000:01:00.0
  remedy:   choose another device, or move dom0 off this one first
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

# no IOMMU, no pciback
$ sh: rm root/etc/xe-passthrough.conf; mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0; sed -i 's/"cap_hvm_directio": true/"cap_hvm_directio": false/' xen.json; rm -r root/sys/bus/pci/drivers/pciback
~ root/etc/xe-passthrough.conf (removed)
~ root/sys/bus/pci/drivers/pciback/0000:19:00.0 (removed)
~ root/sys/bus/pci/drivers/pciback/0000:d8:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:01:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (new, mode 0644)
~ xen.json
@@ -8 +8 @@
-    "cap_hvm_directio": true
+    "cap_hvm_directio": false

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
xe-passthrough keeps the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 from starting:
refuse IOMMU_OFF (host): Xen uses no IOMMU: it is off in the BIOS, or there is none; no VM with a PCI device starts
  evidence: Xen's virt_caps have no hvm_directio
  remedy:   switch it on in the BIOS setup (Intel: VT-d, AMD: AMD-Vi or IOMMU, often below Chipset, North Bridge or Advanced CPU
            SR-IOV support beside it), then reboot
            if it is on: xl dmesg | grep -i -e vt-d -e amd-vi -e iommu shows what Xen made of it
refuse PCIBACK_ABSENT (host): dom0's pciback driver is not loaded: no device is hidden, and none can be given to a VM ("pciback has not loaded")
  evidence: /sys/bus/pci/drivers/pciback is missing
  remedy:   modprobe xen-pciback
            dmesg | grep -i pciback shows why it is not there
  (guard = warn in /etc/xe-passthrough.conf lets VMs start all the same)
[3]

# what is no record of xenopsd's as we know them
$ sh: mv root/var/run/nonpersistent/xenopsd/classic/PCI/*/pci.* root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.new
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.0000:d8:00.0 (removed)
~ root/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45/pci.new (new, mode 0644)

$ xe-passthrough guard -vmuuid f3520e4f-b19a-5897-ad31-8ac3667f8a45 -reason none
not judged: xenopsd's record 'pci.new' in '/var/run/nonpersistent/xenopsd/classic/PCI/f3520e4f-b19a-5897-ad31-8ac3667f8a45' is of an unknown form

$ xe-passthrough guard -vmuuid ../../../etc -reason none
not judged: '../../../etc' is no uuid

$ xe-passthrough guard -reason none
not judged: the hook was called without -vmuuid
