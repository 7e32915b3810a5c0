# explain: what an error text means, from an argument, a file or a pipe, and what this host says about it.
host: gpu-server

$ xe-passthrough explain message='Internal error: xenopsd internal error: Cannot_add(0000:af:00.0, Xenctrlext.Unix_error(30, "1: Operation not permitted"))'
code ( RO)       : EXPLAIN_ADD_EPERM
     source ( RO): xenopsd
    subject ( RO): 0000:af:00.0
       line ( RO): 1
    matched ( RO): Cannot_add(0000:af:00.0, Xenctrlext.Unix_error(30
    meaning ( RO): Xen refused to assign the device to the VM (EPERM)
      cause ( RO): the device has reserved memory (RMRR) that it shares with other devices; xenopsd's quarantine step asks strictly even though the assignment itself would be relaxed
       here ( RO): 0000:af:00.0 is there, driver none; pci-check neither refuses it nor warns of it
      check ( RO): pci-check device=0000:af:00.0
     remedy ( RO): switch off what reserves the memory in the firmware (USB legacy support, shared memory for the BMC), or set pci-quarantine=false in a file in /etc/xenopsd.conf.d, restart the toolstack, and accept the risk



# a device of the host, and who has it
$ xe-passthrough explain message='PCI device 0:d8:0.0 is not assignable' params=subject,here,check
subject ( RO)    : 0000:d8:00.0
       here ( RO): 0000:d8:00.0 is there, driver pciback, named by the key of VM nas-archive
      check ( RO): pci-device-show device=0000:d8:00.0



$ xe-passthrough explain message='unable to get PCI MMIO info for 0000:42:00.0' params=subject,here,check
subject ( RO)    : 0000:42:00.0
       here ( RO): 0000:42:00.0 is not there
      check ( RO): vm-pci-list



$ xe-passthrough explain message='VM_HAS_PCI_ATTACHED(OpaqueRef:f3520e4f-b19a-5897-ad31-8ac3667f8a45)' params=subject,here,check
subject ( RO)    : f3520e4f-b19a-5897-ad31-8ac3667f8a45
       here ( RO): VM win10-gpu: Halted, other-config:pci not set
      check ( RO): vm-pci-list uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45



$ xe-passthrough explain message='IOMMU unavailable' params=code,here
code ( RO)    : EXPLAIN_IOMMU_UNAVAILABLE
    here ( RO): Xen can pass devices through: the IOMMU is on; warn IRQ_BUDGET: the devices of 'db-running' can ask for 96 interrupt vectors together, and Xen gives a VM 64; warn IRQ_BUDGET: the devices of 'nas-archive' can ask for 130 interrupt vectors together, and Xen gives a VM 64



$ xe-passthrough explain message='pciback has not loaded' params=code,here
code ( RO)    : EXPLAIN_PCIBACK_NOT_LOADED
    here ( RO): the pciback driver is there



# a log with several errors; the first field is the code
$ sh: printf '[ 1.1] pciback: Error parsing pci_devs_to_hide at "(0b::00.1)"\n(XEN) IRQ limits: 120 GSI, 6604 MSI/MSI-X\nfine\n(XEN) domU IRQs bounded to 1200\n' > root/log
~ root/log (new, mode 0644)
@@ -0,0 +1,4 @@
+[ 1.1] pciback: Error parsing pci_devs_to_hide at "(0b::00.1)"
+(XEN) IRQ limits: 120 GSI, 6604 MSI/MSI-X
+fine
+(XEN) domU IRQs bounded to 1200

$ xe-passthrough explain file=root/log params=code,line,subject,here
code ( RO)       : EXPLAIN_HIDE_PARSE
    subject ( RO): (0b::00.1)
       line ( RO): 1
       here ( RO): the kernel can read what the next boot hides: 2 devices


code ( RO)       : EXPLAIN_IRQ_LIMITS
    subject ( RO): 
       line ( RO): 2
       here ( RO): <unknown>


code ( RO)       : EXPLAIN_IRQS_BOUNDED
    subject ( RO): 1200
       line ( RO): 4
       here ( RO): <unknown>



$ xe-passthrough --minimal explain file=root/log
EXPLAIN_HIDE_PARSE,EXPLAIN_IRQ_LIMITS,EXPLAIN_IRQS_BOUNDED

$ xe-passthrough explain file=root/log source=Xen params=code,source
code ( RO)      : EXPLAIN_IRQ_LIMITS
    source ( RO): Xen


code ( RO)      : EXPLAIN_IRQS_BOUNDED
    source ( RO): Xen



$ xe-passthrough explain file=nowhere
! Error: cannot open 'nowhere': No such file or directory
[1]

$ xe-passthrough explain file=root
! Error: 'root' is not a regular file
[1]

# a pasted argument: the place that is wrong
$ xe-passthrough --json explain message='xen-pciback.hide=(0b:00.0)(0b::00.1)'
{
  "api": 1,
  "records": [
    {
      "code": "EXPLAIN_HIDE_REFUSED",
      "source": "Linux",
      "subject": "(0b:00.0)(0b::00.1)",
      "line": 1,
      "matched": "xen-pciback.hide=(0b:00.0)(0b::00.1)",
      "meaning": "the kernel refuses the whole list at (0b::00.1): a colon too many",
      "cause": "one bad item is enough: the driver does not register, no device is hidden, and none can be given to any VM",
      "here": "the kernel can read what the next boot hides: 2 devices",
      "check": "boot-lint",
      "remedy": "correct the item and write every one as (dddd:bb:dd.f); pci-hide does so",
      "found": [
        "item=(0b:00.0): no domain: the kernel takes 0000, XAPI cannot read the list",
        "item=(0b::00.1): a colon too many"
      ],
      "where": [
        "  xen-pciback.hide=(0b:00.0)(0b::00.1)",
        "                                ^"
      ]
    }
  ]
}

$ xe-passthrough explain message='xe vm-param-set uuid=x VCPUs-params:mask=8-11 other-config:pci=0/0000:04:00.0' params=meaning,remedy
meaning ( RO)    : XAPI ignores this CPU mask as a whole, without a word: the VM is not pinned at all
     remedy ( RO): write VCPUs-params:mask=8,9,10,11; vm-numa-set takes ranges and does so


! Note: line 1: other-config:pci=0/0000:04:00.0: XAPI reads every item of this list

# the list that the host boots with next is asked, too
$ sh: sed -i 's/(0000:d8:00.0)/(0000:d8.00.0)/' root/boot/efi/EFI/xenserver/grub.cfg; rm -r root/sys/bus/pci/drivers/pciback
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -17 +17 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles xen-pciback.hide=(0000:d8.00.0)(0000:19:00.0)
@@ -23 +23 @@
-	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8:00.0)(0000:19:00.0)
+	module2 /boot/vmlinuz-4.19-xen root=LABEL=root-tkqzwm ro nolvm hpet=disable console=tty0 console=hvc0 xen-pciback.hide=(0000:d8.00.0)(0000:19:00.0)
~ root/sys/bus/pci/drivers/pciback/0000:19:00.0 (removed)
~ root/sys/bus/pci/drivers/pciback/0000:d8:00.0 (removed)

$ xe-passthrough explain message='libxl: error: Looks like pciback driver not loaded' params=code,here
code ( RO)    : EXPLAIN_PCIBACK_XL
    here ( RO): the pciback driver is not there



$ xe-passthrough explain message='xen-pciback: Error parsing pci_devs_to_hide at "x"' params=subject,here
subject ( RO)    : x
       here ( RO): entry 'XCP-ng': '(0000:d8.00.0)' in xen-pciback.hide of /boot/efi/EFI/xenserver/grub.cfg: a dot where a colon belongs



# what is not known is not guessed
$ xe-passthrough explain message='the printer is on fire'
! Note: nothing in this text is known: no cause is guessed; host-check looks at the whole host

$ xe-passthrough --json explain message='the printer is on fire'
{
  "api": 1,
  "records": [],
  "notes": [
    "nothing in this text is known: no cause is guessed; host-check looks at the whole host"
  ]
}

$ xe-passthrough --minimal explain message='the printer is on fire'

# a bare "-" is standard input, too, where a command takes it
$ sh: echo "IOMMU unavailable" | $PROGRAM --host-dir . --minimal explain -
EXPLAIN_IOMMU_UNAVAILABLE

$ xe-passthrough pci-check -
! Syntax error: '-' is not of the form key=value
! For usage run: 'xe-passthrough help pci-check'
[2]

# nothing to read
$ xe-passthrough explain message=a file=b
! Error: give message= or file=, not both
[1]

$ xe-passthrough explain
! Error: there is nothing to explain
! give the text as message=..., name a file with file=..., or pipe it in
[1]

$ xe-passthrough help explain
command name            : explain
        reqd params     : 
        optional params : message, file, params
        description     : what an error of XAPI, xl, Xen or the kernel means and what to do

parameters:
  message=TEXT                        the error, in whatever text surrounds it; one that is not known gives no record, and exit status 0
  file=FILE|-                         a log of this machine; -, also by itself, or no parameter in a pipe is standard input

fields (* is shown without params=):
  * code                  stable name of the explanation
  * source                who says it
  * subject               the device, VM, word or number that the text is about
  * line                  of the text
  * matched               what was recognised
  * meaning               what it says
  * cause                 why it comes
  * here                  what this host says about it; unknown where it cannot be had
  * check                 command of this program that looks closer
  * remedy                what to do
    found                 all that was pulled out of the text, name=value
    where                 a pasted argument, and a caret below what is wrong in it
