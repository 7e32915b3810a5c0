# SPDX-License-Identifier: GPL-2.0-or-later
"""usb-desk: a host seen from its USB ports, and little else."""

import json

import dom0
import xapimodel
from tree import Tree

NAME = "usb-desk"
ABOUT = "usb-desk: XCP-ng 8.3, one USB controller, root on a USB disk, the policy as it is shipped (synthetic)"
CONTROLLER = "/sys/devices/pci0000:00/0000:00:14.0"

# path, ids, release, bcdUSB, speed, strings (maker, product, serial), interfaces (class, subclass, protocol, driver); what is special
DEVICES = [
    dict(path="1-1", ids="05e3:0610", cls="09", speed="480", says=("GenesysLogic", "USB2.0 Hub", ""), faces=[("09", "00", "01", "hub")]),
    dict(path="1-1.1", ids="046d:c31c", rel="4920", speed="1.5", says=("Logitech", "USB Keyboard", ""),
         faces=[("03", "01", "01", "usbhid"), ("03", "00", "00", "usbhid")]),
    dict(path="1-1.2", ids="0403:6001", rel="0600", speed="12", says=("FTDI", "FT232R USB UART", ""), faces=[("ff", "ff", "ff", "ftdi_sio")]),
    dict(path="1-1.3", ids="0403:6001", rel="0600", speed="12", says=("FTDI", "FT232R USB UART", ""), faces=[("ff", "ff", "ff", "ftdi_sio")]),
    dict(path="1-2", ids="1cf1:0030", speed="12", says=("dresden elektronik", "ConBee II", "DE2132111"),
         faces=[("02", "02", "01", "cdc_acm"), ("0a", "00", "00", "cdc_acm")]),
    dict(path="1-3", ids="0781:5591", speed="480", version=" 2.10", says=("SanDisk", "Ultra USB 3.0", "4C530000270811118265"),
         faces=[("08", "06", "50", "usb-storage")], disk="sda"),
    dict(path="1-4", ids="046d:0825", rel="0012", speed="480", says=("", "", "6E2F10A0"), udev=("Logitech, Inc.", "Webcam C270"),
         faces=[("0e", "01", "00", "uvcvideo"), ("0e", "02", "00", "uvcvideo"), ("01", "01", "00", "snd-usb-audio"),
                ("01", "02", "00", "snd-usb-audio")]),
    dict(path="1-5", ids="0bda:8153", speed="480", says=("Realtek", "USB 10/100/1000 LAN", "001000001"), faces=[], unconfigured=True),
    dict(path="2-1", ids="0930:6544", speed="5000", version=" 3.00", says=("Toshiba", "TransMemory", "9875B1B3F9F4"),
         faces=[("08", "06", "50", "usb-storage")], told=2),
]
PUSBS = {"1-1.2": "home", "1-1.3": None, "1-3": None, "1-4": None}  # what the last scan offered, and which VM has it

USB_IDS = """\
# the part of the list of names that this host needs
0403  Future Technology Devices International, Ltd
\t6001  FT232 Serial (UART) IC
046d  Logitech, Inc.
\t0825  Webcam C270
\tc31c  Keyboard K120
05e3  Genesys Logic, Inc.
\t0610  Hub
0781  SanDisk Corp.
1cf1  Dresden Elektronik
\t0030  ZigBee gateway [ConBee II]
"""

POLICY = """\
DENY: vid=17e9 # display adapters that need a driver in dom0
DENY: class=02 # modems and serial adapters
ALLOW:vid=056a pid=0315 class=03 # tablet
ALLOW:vid=056a pid=0314 class=03 # tablet
ALLOW:vid=056a pid=00fb class=03 # tablet
DENY: class=03 subclass=01 prot=01 # keyboards
DENY: class=03 subclass=01 prot=02 # mice
DENY: class=0a # data interface of modems
DENY: class=e0 # radio
DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"
ALLOW: # everything else
# The first rule that matches an interface decides about it; hubs are always denied.
"""


def add_device(tree, number, dev):
    bus = dev["path"][0]
    parts = dev["path"][2:].split(".")
    place = "%s/usb%s" % (CONTROLLER, bus)
    for depth in range(len(parts)):
        place += "/%s-%s" % (bus, ".".join(parts[:depth + 1]))
    vendor, product = dev["ids"].split(":")
    tree.attrs(place, idVendor=vendor, idProduct=product, bcdDevice=dev.get("rel", "0100"), bDeviceClass=dev.get("cls", "00"),
               bNumInterfaces="" if dev.get("unconfigured") else "%2d" % dev.get("told", len(dev["faces"])),
               bConfigurationValue="" if dev.get("unconfigured") else 1, version=dev.get("version", " 2.00"), speed=dev["speed"],
               busnum=bus, devnum=number, dev="189:%d" % (128 * (int(bus) - 1) + number - 1))
    for key, value in zip(("manufacturer", "product", "serial"), dev["says"]):
        if value:
            tree.attrs(place, **{key: value})
    tree.link("/sys/bus/usb/devices/" + dev["path"], place)
    for face, (cls, sub, prot, driver) in enumerate(dev["faces"]):
        name = "%s:1.%d" % (dev["path"], face)
        tree.attrs("%s/%s" % (place, name), bInterfaceClass=cls, bInterfaceSubClass=sub, bInterfaceProtocol=prot,
                   bInterfaceNumber="%02x" % face)
        tree.attrs("%s/%s" % (place, name), modalias="usb:v%sp%sd%sdc%sdsc00dp00ic%sisc%sip%sin%02X" % (
            vendor.upper(), product.upper(), dev.get("rel", "0100").upper(), dev.get("cls", "00"), cls.upper(), sub.upper(), prot.upper(), face))
        tree.link("/sys/bus/usb/devices/" + name, "%s/%s" % (place, name))
        tree.attrs("/sys/bus/usb/drivers/" + driver, uevent="")
        tree.link("%s/%s/driver" % (place, name), "/sys/bus/usb/drivers/" + driver)
    if "udev" in dev:
        tree.dom0("/run/udev/data/c189:%d" % (128 * (int(bus) - 1) + number - 1),
                  "E:ID_VENDOR_FROM_DATABASE=%s\nE:ID_MODEL_FROM_DATABASE=%s\n" % dev["udev"])
    if "disk" in dev:
        disk = "%s/%s:1.0/host6/target6:0:0/6:0:0:0/block/%s" % (place, dev["path"], dev["disk"])
        tree.attrs(disk, dev="8:0", removable="1")
        tree.attrs(disk + "/%s1" % dev["disk"], dev="8:1", partition="1")
        for at, what in (("/sys/block/" + dev["disk"], disk), ("/sys/class/block/" + dev["disk"], disk),
                         ("/sys/class/block/%s1" % dev["disk"], disk + "/%s1" % dev["disk"]), ("/sys/dev/block/8:0", disk),
                         ("/sys/dev/block/8:1", disk + "/%s1" % dev["disk"])):
            tree.link(at, what)


def add_root_hub(tree, bus, speed):
    place = "%s/usb%d" % (CONTROLLER, bus)
    tree.attrs(place, idVendor="1d6b", idProduct="000%d" % (bus + 1), bcdDevice="0419", bDeviceClass="09", bNumInterfaces=" 1",
               bConfigurationValue=1, version=" %d.00" % (bus + 1), speed=speed, busnum=bus, devnum=1, dev="189:%d" % (128 * (bus - 1)))
    tree.link("/sys/bus/usb/devices/usb%d" % bus, place)
    tree.attrs("%s/%d-0:1.0" % (place, bus), bInterfaceClass="09", bInterfaceSubClass="00", bInterfaceProtocol="00", bInterfaceNumber="00")
    tree.link("/sys/bus/usb/devices/%d-0:1.0" % bus, "%s/%d-0:1.0" % (place, bus))


def xapi():
    x = xapimodel.Records(dict(name=NAME), [])
    x.put("host", [], name_label=NAME, PUSBs=[x.ref("PUSB", path) for path in PUSBS])
    x.put("VM", ["home"], **xapimodel.vm_record("home-automation", "", "Halted", VUSBs=[x.ref("VUSB", "1-1.2")]))
    for dev in DEVICES:
        path = dev["path"]
        if path not in PUSBS:
            continue
        vendor, product = dev["ids"].split(":")
        x.put("PUSB", [path], USB_group=x.ref("USB_group", path), host=x.host, path=path, vendor_id=vendor, vendor_desc="",
              product_id=product, product_desc="", serial=dev["says"][2], version=dev.get("version", " 2.00").strip(),
              description=dev["says"][2], passthrough_enabled=PUSBS[path] is not None, other_config={}, speed=float(dev["speed"]))
        vusbs = [x.ref("VUSB", path)] if PUSBS[path] else []
        x.put("USB_group", [path], name_label="Group of %s %s USBs" % (vendor, product), name_description="",
              PUSBs=[x.ref("PUSB", path)], VUSBs=vusbs, other_config={})
        if vusbs:
            x.put("VUSB", [path], VM=x.ref("VM", PUSBS[path]), USB_group=x.ref("USB_group", path), other_config={},
                  currently_attached=False)
    return {cls: x.classes.get(cls, {}) for cls in ("host", "VM", "PUSB", "USB_group", "VUSB")}


def build():
    tree = Tree()
    tree.file("about", ABOUT + "\n")
    tree.dom0("/etc/xensource/usb-policy.conf", POLICY)
    tree.dom0("/etc/xensource-inventory", "INSTALLATION_UUID='%s'\nMANAGEMENT_INTERFACE=''\n" % dom0.ident(NAME, "host"))
    tree.dom0("/usr/share/hwdata/usb.ids", USB_IDS)
    tree.dom0("/proc/self/mountinfo", "22 1 8:1 / / rw,relatime - ext3 /dev/sda1 rw\n")
    tree.dom0("/proc/swaps", "Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n")
    add_root_hub(tree, 1, 480)
    add_root_hub(tree, 2, 5000)
    for number, dev in enumerate(DEVICES, 2):
        add_device(tree, number, dev)
    tree.file("xapi.json", json.dumps(xapi(), indent=2, ensure_ascii=False) + "\n")
    return tree
