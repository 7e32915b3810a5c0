# Help, and how wrong usage is met.
host: none

$ xe-passthrough --version
xe-passthrough 0.1

$ xe-passthrough help
usage: xe-passthrough [OPTION]... COMMAND [KEY=VALUE]...

PCI and USB devices, boot parameters and NUMA nodes for the virtual machines of a Xen host.

options:
  --host-dir DIR  a recording of a host instead of this machine
  --dry-run       show what would be changed, change nothing
  --json          answer in JSON, with all fields
  --minimal       only the first field of each record, joined by commas
  --help          this text
  --version       the version

commands:
  host-check                  what is wrong with this host's passthrough: platform, devices in use, VMs; exit status 3 when something is broken
  host-show                   this host: what it is, what it hides, and whether a reboot is pending
  host-record                 record what commands read of this host, for --host-dir and for bug reports
  vm-pci-attach               give devices to a VM: hide, size interrupts, write the VM's keys, in one plan
  vm-pci-detach               take devices from a VM; they stay hidden from dom0
  vm-pci-list                 devices that VMs name in their keys, as XAPI reads them
  vm-pci-check                what there is to say of a VM's devices, or of giving it more; exit status 3 when it would be refused
  vm-pci-request              choose free devices by alias for a VM and give them to it, and say why not the others
  pci-alias-list              aliases of the pool, and the devices of this host that they select: hidden, or not
  pci-alias-create            give devices of a kind a name that VMs can ask for; it selects and never authorises
  pci-alias-set               change parts of an alias; the rest stays
  pci-alias-destroy           remove an alias; VMs keep the devices that they got by it
  pci-device-list             PCI devices of this host, what dom0 does with them and who has them
  pci-device-show             everything that is known of a device
  pci-check                   what hiding devices, and giving them to a VM, would meet with; exit status 3 when it would be refused
  pci-hide                    hide devices from dom0 at the next boot
  pci-unhide                  give devices back to dom0 at the next boot
  pci-assignable-list         devices that Xen can give to a VM now
  pci-assignable-add          make devices assignable now, until the next boot
  pci-assignable-remove       give devices back to dom0's drivers now
  pci-group-list              which devices Xen must keep together, and which are not kept apart
  rmrr-list                   memory that the firmware reserves for devices
  boot-param-list             boot parameters of Xen and dom0, as the boot file has them
  boot-param-get              one boot parameter: a record for each time it stands there
  boot-param-set              set one boot parameter of Xen or dom0
  boot-param-delete           remove one boot parameter of Xen or dom0
  boot-lint                   what the kernel and XAPI make of the hide lists; exits 3 when the kernel refuses one
  boot-normalize              put hide lists right, and take them out of Safe Mode and fallback entries
  boot-try-keep               make what was tried with boot=try the usual, and take its menu entry away
  boot-try-drop               give up what is or was tried with boot=try, and take its menu entry away
  extra-irqs-get              interrupt vectors that a VM gets for its devices, and how many are needed
  extra-irqs-set              set how many interrupt vectors a VM gets for its devices
  numa-node-list              NUMA nodes of this host: CPUs, memory, devices
  vm-numa-get                 CPU mask of a VM, its nodes, and the nodes of its devices
  vm-numa-set                 pin a VM's vCPUs to nodes, CPUs, or near a device; its topology
  vm-numa-reset               let a VM's vCPUs run on every CPU again
  host-numa-policy-get        how XAPI places VMs on this host's nodes, and the CPUs that it lets them use
  host-numa-policy-set        change how XAPI places VMs on this host's nodes, or the CPUs that it lets them use
  vm-usb-attach               give a USB device to a VM: policy, scan, group and VUSB in one plan
  vm-usb-detach               take USB devices from a VM; they stay offered to VMs
  vm-usb-list                 USB devices that VMs have, and those that they have lost
  vm-usb-repair               give VMs the USB devices back that they have lost
  usb-device-list             USB devices: what they are, what the policy says, which VM has them
  usb-policy-list             the rules of the USB policy, what they mean, and which devices they decide about
  usb-policy-add              add a rule to the USB policy, or the rule that allows a device
  usb-policy-remove           take a rule out of the USB policy
  usb-policy-move             move a rule of the USB policy
  usb-policy-lint             what is wrong with the USB policy; exits 3 when XAPI's scanner would reject it
  usb-policy-explain          which rule of the USB policy decides about each interface of a device
  usb-policy-reset            the USB policy as it was shipped, or that with the local changes after an update has overwritten it
  explain                     what an error of XAPI, xl, Xen or the kernel means and what to do
  guard                       would a VM that is about to start get its PCI devices, without harm to the host; exit status 3 when not
  state-show                  what is wanted of this host: the desired state
  state-plan                  what is wanted beside what is configured and what runs: where they differ
  state-apply                 make the host as it is wanted: only what differs is changed
  state-import                what is configured now, by whomever, is what is wanted from now on
  reapply                     after an upgrade or at boot: find every wanted device again, and put everything back
  state-history               what this program changed on this host, when, and whether it can be taken back
  state-rollback              take back the last change, or all after a history entry
  pool-check                  host-check on every host of the pool at once; exit status 3 when something is broken on one of them
  pool-pci-list               PCI functions of every host of the pool: names, drivers, hidden or not, and whose they are
  pool-place                  rank the hosts of the pool for a request by alias, best first, and say why not the others
  pool-apply                  state-apply on every host of the pool at once: each makes itself as it is wanted; exit status 1 when one did not
  pool-report                 which VMs hold on to which host, and what is to be done with them before it reboots, as in a rolling upgrade
  host-place                  which devices this host has for a request by alias, and how well it suits: what pool-place asks of each host
  vm-list                     VMs, as xe lists them
  vm-param-list               all that XAPI's object for a VM holds, and what XAPI computes of it, as xe shows it
  vm-param-get                one parameter of a VM, or one key of it, as xe prints it
  vm-param-set                write a VM's devices, CPU mask, affinity and other keys of its maps, once the values are checked
  vm-param-remove             take a key out of a VM's map
  vm-start                    start a VM, when vm-pci-check does not refuse its devices
  vm-shutdown                 shut a VM down, or with force=true switch it off
  pci-list                    PCI devices that XAPI has objects for, as xe lists them
  pci-param-list              all that XAPI's object for a PCI device holds, as xe shows it
  pci-get-dom0-access-status  what dom0 has of a device now and after the next boot, in XAPI's word
  pci-disable-dom0-access     hide a device from dom0 at the next boot, as xe says it and as pci-hide does it
  pci-enable-dom0-access      give a device back to dom0 at the next boot, as xe says it and as pci-unhide does it
  pusb-list                   USB devices that may be passed through, as xe lists them
  pusb-param-list             all that XAPI's object for a USB device holds, as xe shows it
  pusb-param-set              whether VMs may have a USB device
  pusb-scan                   let XAPI look again which USB devices a host has, by its policy of today
  usb-group-list              groups of USB devices, as xe lists them
  vusb-list                   USB devices of VMs, as xe lists them
  vusb-param-list             all that XAPI's object for a VM's USB device holds, as xe shows it
  vusb-create                 give the USB device of a group to a VM
  vusb-unplug                 take a USB device out of a running VM, until it starts anew
  vusb-destroy                take a USB device from a VM; it stays offered to VMs
  help                        this text, or help COMMAND

Commands that list take params=FIELD,... and FIELD=VALUE as a filter, with * and ?.
'xe-passthrough help COMMAND' shows the parameters and fields of a command.

$ xe-passthrough help vm-pci-attach
command name            : vm-pci-attach
        reqd params     : uuid, device
        optional params : functions, index, replace, when, firmware, numa, entries, boot, force
        description     : give devices to a VM: hide, size interrupts, write the VM's keys, in one plan

parameters:
  uuid=UUID                           the VM: its uuid, or a name that no other VM has (required)
  device=DEVICE[,DEVICE...]           address, identity, vendor:device, interface or block device (required)
  functions=all|one                   all (the default) takes the other functions of the card along
  index=N                             position in the order in which XAPI plugs, from 0; default: behind all others
  replace=DEVICE[,DEVICE...] or all   of the VM's key: the new devices take their place
  when=now|next-start                 next-start: also while the VM runs; it keeps what it has until it starts anew
  firmware=uefi|bios                  what the VM starts with: large BARs need uefi, and a guest that was installed with it
  numa=near                           near: pin the VM's vCPUs to the CPUs of the devices' node
  entries=normal|default|all          menu entries; all: every one but Safe Mode, fallback and upgrade
  boot=try                            try: into an entry of its own, which is booted once; boot-try-keep makes it the usual
  force=CODE@SUBJECT[,...]            override these refusals, for these subjects; final ones stay

$ xe-passthrough help nonsense
! Unknown command: nonsense
! For usage run: 'xe-passthrough help'
[2]

$ xe-passthrough
! No command was given
! For usage run: 'xe-passthrough help'
[2]

$ xe-passthrough nonsense
! Unknown command: nonsense
! For usage run: 'xe-passthrough help'
[2]

$ xe-passthrough --nonsense pci-device-list
! Unknown option: --nonsense
! For usage run: 'xe-passthrough help'
[2]

$ xe-passthrough vm-pci-attach uuid
! Syntax error: 'uuid' is not of the form key=value
! For usage run: 'xe-passthrough help vm-pci-attach'
[2]

$ xe-passthrough --host-dir
! --host-dir needs a directory
! For usage run: 'xe-passthrough help'
[2]

$ xe-passthrough --host-dir /nowhere-at-all pci-device-list
! Error: cannot open the recording '/nowhere-at-all': No such file or directory
! --host-dir takes the directory of a recording, with root/ and xapi.json in it
[1]

$ xe-passthrough --host-dir . pci-device-list
! Error: '.' is no recording: it has neither root/ nor xen.json, xapi.json or lspci.txt
! --host-dir takes the directory of a recording, with root/ and xapi.json in it
[1]

$ xe-passthrough pci-device-list --dry-run
! --dry-run: the command changes nothing
! For usage run: 'xe-passthrough help pci-device-list'
[2]

$ xe-passthrough help pci-device-list
command name            : pci-device-list
        reqd params     : 
        optional params : params
        description     : PCI devices of this host, what dom0 does with them and who has them

fields (* is shown without params=):
  * pci-id                address, dddd:bb:dd.f
    vendor-id             four hex digits
    device-id             four hex digits
    subsystem-id          subsystem vendor and device, vvvv:dddd
    class-id              class and subclass, four hex digits
  * vendor-name           from pci.ids
  * device-name           from pci.ids
    class-name            from pci.ids
    subsystem-name        from pci.ids
  * driver-name           dom0's driver; empty when none is bound
  * dom0-access           enabled, disable_on_reboot, disabled, enable_on_reboot
    assignable            Xen can give it to a VM now
    assigned-to           uuids of the VMs whose key names it, and of a domain that holds it
  * assigned-to-names     their names
    numa-node             nearest node, as Xen counts them
    functions             all functions of its slot
    msix-vectors          entries of its MSI-X table; 0: it has none
    identity              topological path, ids and serial: stays when bus numbers change
    aliases               aliases of the pool that select it: they give no right to it
