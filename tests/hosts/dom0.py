# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of dom0 that are not PCI: boot file, mounts, disks, interfaces, USB, inventory, policy."""

import uuid

XEN_VERSION, KERNEL = "4.17.6", "4.19.0+1"

# The platform's rules, in our own words.
USB_POLICY = """\
# USB passthrough policy: the first rule that matches an interface decides about it.
# A device is offered to VMs when every one of its interfaces is allowed.
#
# keys: vid, pid, rel (4 hex digits, of the device); class, subclass, prot (2 hex digits, of the interface)

# display adapters that need a driver in dom0
DENY: vid=17e9
# modems and serial adapters
DENY: class=02
# tablets that show themselves as a boot mouse
ALLOW:vid=056a pid=0315 class=03
ALLOW:vid=056a pid=0314 class=03
ALLOW:vid=056a pid=00fb class=03
# keyboards and mice
DENY: class=03 subclass=01 prot=01
DENY: class=03 subclass=01 prot=02
# data interface of modems
DENY: class=0a
# radio
DENY: class=e0
# wireless adapters of class "miscellaneous"
DENY: class=ef subclass=04
# everything else
ALLOW:
"""


def ident(*words):
    """A UUID that is always the same for the same words."""
    return str(uuid.uuid5(uuid.UUID("6b1f7c7e-6f0a-4f57-9d3e-2a4b0c1d5e6f"), "/".join(words)))


def grub_cfg(m):
    mem = "dom0_mem=%dM,max:%dM" % (m["dom0_mib"], m["dom0_mib"])
    xen = mem + " watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G"
    irqs = " extra_guest_irqs=" + m["extra_irqs"] if m["extra_irqs"] else ""
    linux = "root=LABEL=%s ro nolvm hpet=disable" % m["label"]
    hide = " xen-pciback.hide=" + m["hide"] if m["hide"] else ""
    com = "com1=115200,8n1 console=com1,vga "
    entries = [("XCP-ng", "/boot/xen.gz", xen + " console=vga vga=mode-0x0311" + irqs, "/boot/vmlinuz-4.19-xen",
                linux + " console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles" + hide,
                "/boot/initrd-4.19-xen.img")]
    versions = "Xen %s / Linux %s" % (XEN_VERSION, KERNEL)
    if m["serial"]:
        entries.append(("XCP-ng (Serial)", "/boot/xen.gz", com + xen + irqs, "/boot/vmlinuz-4.19-xen",
                        linux + " console=tty0 console=hvc0" + hide, "/boot/initrd-4.19-xen.img"))
        entries.append(("XCP-ng in Safe Mode", "/boot/xen.gz",
                        "nosmp noreboot noirqbalance no-mce no-bootscrub no-numa no-hap no-mmcfg max_cstate=0 nmi=ignore "
                        "allow_unsafe " + mem + " " + com.strip(), "/boot/vmlinuz-4.19-xen",
                        "earlyprintk=xen " + linux + " console=tty0 console=hvc0", "/boot/initrd-4.19-xen.img"))
    entries.append(("XCP-ng (%s)" % versions, "/boot/xen-fallback.gz", xen, "/boot/vmlinuz-fallback",
                    linux + " console=hvc0 console=tty0", "/boot/initrd-fallback.img"))
    if m["serial"]:
        entries.append(("XCP-ng (Serial, %s)" % versions, "/boot/xen-fallback.gz", com + xen, "/boot/vmlinuz-fallback",
                        linux + " console=tty0 console=hvc0", "/boot/initrd-fallback.img"))
    out = ""
    if m["serial"]:
        out += "serial --unit=0 --speed=115200\nterminal_input serial console\nterminal_output serial console\n"
    out += "set default=0\nset timeout=5\n"
    # something has rewritten the file since the installation: the platform's editor adds these lines then
    out += ("if [ -s $prefix/grubenv ]; then\n\tload_env\nfi\n\n"
            "if [ -n \"$override_entry\" ]; then\n\tset default=$override_entry\nfi\n\n")
    for title, hypervisor, xen_args, kernel, args, initrd in entries:
        out += "menuentry '%s' {\n\tsearch --label --set root %s\n\tmultiboot2 %s %s\n\tmodule2 %s %s\n\tmodule2 %s\n}\n" % (
            title, m["label"], hypervisor, xen_args, kernel, args, initrd)
    return out


def write_boot(tree, m):
    tree.dom0("/boot/efi/EFI/xenserver/grub.cfg" if m["firmware"] == "uefi" else "/boot/grub/grub.cfg", grub_cfg(m))


def write_inventory(tree, m):
    disk = (m["md"] or m["disks"])[0]["name"]
    pairs = [
        ("PRIMARY_DISK", "/dev/" + disk), ("BACKUP_PARTITION", "/dev/%s%s2" % (disk, "p" if disk[-1].isdigit() else "")),
        ("INSTALLATION_UUID", ident(m["name"], "host")), ("CONTROL_DOMAIN_UUID", ident(m["name"], "VM", "Domain-0")),
        ("DOM0_MEM", m["dom0_mib"]), ("DOM0_VCPUS", min(16, m["sockets"] * m["cores"] * m["threads"])),
        ("MANAGEMENT_INTERFACE", m["management"]), ("MANAGEMENT_ADDRESS_TYPE", "IPv4"),
        ("PARTITION_LAYOUT", "ROOT,BACKUP,LOG,BOOT,SWAP,SR"), ("INSTALLATION_DATE", "2026-03-04 09:12:45.310921"),
        ("PRODUCT_BRAND", "XCP-ng"), ("PRODUCT_NAME", "xenenterprise"), ("PRODUCT_VERSION", "8.3.0"),
        ("PRODUCT_VERSION_TEXT", "8.3"), ("PRODUCT_VERSION_TEXT_SHORT", "8.3"), ("PLATFORM_NAME", "XCP"),
        ("PLATFORM_VERSION", "3.4.0"),
    ]
    tree.dom0("/etc/xensource-inventory", "".join("%s='%s'\n" % p for p in pairs))


def write_storage(tree, m, fns):
    place = {fn.bdf: fn.path for fn in fns}
    used = []  # (what, major, minor, source, filesystem)
    where = {}  # block device -> its place in sysfs

    def block(name, path, dev, partition=None):
        where[name] = path
        tree.attrs(path, dev="%d:%d" % dev)
        if partition is None:
            tree.link("/sys/block/" + name, path)
        else:
            tree.attrs(path, partition=partition)
        tree.link("/sys/class/block/" + name, path)
        tree.link("/sys/dev/block/%d:%d" % dev, path)

    def partitions(disk, path, dev_of):
        sep = "p" if disk["name"][-1].isdigit() else ""
        for i, part in enumerate(disk["parts"]):
            name = "%s%s%d" % (disk["name"], sep, part["n"])
            dev = dev_of(i, part)
            block(name, path + "/" + name, dev, part["n"])
            if part.get("use"):
                used.append((part["use"], dev, "/dev/" + name, part.get("fs")))

    def holds(holder, lower):
        tree.link("%s/slaves/%s" % (where[holder], lower), where[lower])
        tree.link("%s/holders/%s" % (where[lower], holder), where[holder])

    for disk in m["disks"]:
        path = "%s/%s/%s" % (place[disk["on"]], disk["via"], disk["name"])
        block(disk["name"], path, disk["dev"])
        tree.link(path + "/device", path.rsplit("/", 2 if disk["via"].endswith("/block") else 1)[0])
        partitions(disk, path, lambda i, part: (disk["dev"][0], disk["dev"][1] + 1 + i) if disk["name"].startswith("nvme")
                   else (disk["dev"][0], disk["dev"][1] + part["n"]))
    for disk in m["md"]:
        path = "/sys/devices/virtual/block/" + disk["name"]
        block(disk["name"], path, disk["dev"])
        tree.attrs(path + "/md", level="raid1", raid_disks=len(disk["of"]))
        for lower in disk["of"]:
            holds(disk["name"], lower)
        partitions(disk, path, lambda i, part: (disk["part_major"], i))
    for disk in m["dm"]:
        path = "/sys/devices/virtual/block/" + disk["name"]
        block(disk["name"], path, disk["dev"])
        # a file-based local SR: volume group and volume carry its uuid, and device mapper doubles the dashes
        sr = ident(m["name"], "SR", disk["sr"]).replace("-", "--")
        name = "XSLocalEXT--%s-%s" % (sr, sr)
        tree.attrs(path + "/dm", name=name, uuid="LVM-" + ident(m["name"], "volume", disk["sr"]).replace("-", ""))
        holds(disk["name"], disk["of"])
        used.append(("sr:" + disk["sr"], disk["dev"], "/dev/mapper/" + name, disk["fs"]))

    rows, number = [], 25
    for what, dev, source, fs in used:
        if what == "swap":
            continue
        if what.startswith("sr:"):
            what = "/run/sr-mount/" + ident(m["name"], "SR", what[3:])
        rows.append((what, "%d:%d" % dev, fs, source))
    rows += [("/dev", "0:6", "devtmpfs", "devtmpfs"), ("/proc", "0:4", "proc", "proc"), ("/sys", "0:19", "sysfs", "sysfs"),
             ("/run", "0:21", "tmpfs", "tmpfs"), ("/proc/xen", "0:33", "xenfs", "xenfs")]
    text, root = "", number
    for what, dev, fs, source in sorted(rows):
        text += "%d %d %s / %s rw,relatime - %s %s rw\n" % (number, 1 if what == "/" else root, dev, what, fs, source)
        number += 1
    tree.dom0("/proc/self/mountinfo", text)
    swaps = "".join("%-40s%s\t%d\t0\t-2\n" % (source, "partition", 1048572) for what, _dev, source, _fs in used
                    if what == "swap")
    tree.dom0("/proc/swaps", "Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n" + swaps)


def write_net(tree, m, fns):
    place = {fn.bdf: fn.path for fn in fns}
    for nic in m["nics"]:
        path = "%s/net/%s" % (place[nic["on"]], nic["name"])
        tree.attrs(path, address=nic["mac"])
        tree.link(path + "/device", place[nic["on"]])
        tree.link("/sys/class/net/" + nic["name"], path)
    at = {nic["name"]: "%s/net/%s" % (place[nic["on"]], nic["name"]) for nic in m["nics"]}
    for bridge in m["bridges"]:
        path = "/sys/devices/virtual/net/" + bridge["name"]
        mac = next(nic["mac"] for nic in m["nics"] if nic["name"] == bridge["ports"][0])
        tree.attrs(path, address=mac)
        tree.link("/sys/class/net/" + bridge["name"], path)
        for number, name in enumerate(bridge["ports"], 1):
            tree.attrs(at[name] + "/brport", port_no="0x%x" % number)
            tree.link(at[name] + "/master", path)
            tree.link("%s/brif/%s" % (path, name), at[name] + "/brport")
            tree.link("%s/lower_%s" % (path, name), at[name])


def write_usb(tree, m, fns):
    place = {fn.bdf: fn.path for fn in fns}
    bus_of = {}
    for dev in m["usb"]:
        bus_of.setdefault(dev["bus"], dev["on"])
    for number, on in sorted(bus_of.items()):
        hub = "%s/usb%d" % (place[on], number)
        tree.attrs(hub, idVendor="1d6b", idProduct="0002", bcdDevice="0419", bDeviceClass="09", bDeviceSubClass="00",
                   bDeviceProtocol="01", bNumInterfaces=" 1", bConfigurationValue=1, version=" 2.00", speed=480,
                   busnum=number, devnum=1, manufacturer="Linux %s xhci-hcd" % KERNEL, product="xHCI Host Controller",
                   serial=on)
        tree.link("/sys/bus/usb/devices/usb%d" % number, hub)
        face = "%s/%d-0:1.0" % (hub, number)
        tree.attrs(face, bInterfaceClass="09", bInterfaceSubClass="00", bInterfaceProtocol="00", bInterfaceNumber="00")
        tree.link("/sys/bus/usb/devices/%d-0:1.0" % number, face)
    for devnum, dev in enumerate(m["usb"], 2):
        path = "%s/usb%d/%s" % (place[dev["on"]], dev["bus"], dev["path"])
        vendor, product = dev["ids"].split(":")
        tree.attrs(path, idVendor=vendor, idProduct=product, bcdDevice=dev["rel"], bDeviceClass="00", bDeviceSubClass="00",
                   bDeviceProtocol="00", bNumInterfaces="%2d" % len(dev["interfaces"]), bConfigurationValue=1,
                   version="%5s" % dev["version"], speed=dev["speed"], busnum=dev["bus"], devnum=devnum)
        for name, key in (("manufacturer", "vendor"), ("product", "product"), ("serial", "serial")):
            if dev[key]:
                tree.attrs(path, **{name: dev[key]})
        tree.link("/sys/bus/usb/devices/" + dev["path"], path)
        for number, (cls, sub, prot, driver) in enumerate(dev["interfaces"]):
            name = "%s:1.%d" % (dev["path"], number)
            tree.attrs(path + "/" + name, bInterfaceClass=cls, bInterfaceSubClass=sub, bInterfaceProtocol=prot,
                       bInterfaceNumber="%02x" % number)
            tree.link("/sys/bus/usb/devices/" + name, path + "/" + name)
            tree.link("%s/%s/driver" % (path, name), "/sys/bus/usb/drivers/" + driver)
            tree.link("/sys/bus/usb/drivers/%s/%s" % (driver, name), path + "/" + name)


def write_dom0(tree, m, fns):
    write_boot(tree, m)
    if not fns:
        return
    linux = "root=LABEL=%s ro nolvm hpet=disable console=hvc0 console=tty0 quiet vga=785 splash plymouth.ignore-serial-consoles"
    tree.dom0("/proc/cmdline", linux % m["label"] + " xen-pciback.hide=%s\n" % m["hide"])
    tree.attrs("/sys/hypervisor", type="xen")
    write_inventory(tree, m)
    tree.dom0("/etc/xensource/usb-policy.conf", USB_POLICY)
    write_storage(tree, m, fns)
    write_net(tree, m, fns)
    write_usb(tree, m, fns)
