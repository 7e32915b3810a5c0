# SPDX-License-Identifier: GPL-2.0-or-later
"""PCI functions of an invented machine: from a line in a table to config space, BARs and sysfs.

Layouts are those of the PCI Local Bus, PCI-to-PCI Bridge and PCI Express base specifications.
"""

import struct

MIB = 1 << 20

# Kinds of functions, and the device/port type of their PCI Express capability (None: conventional PCI).
PORT_TYPE = {"endpoint": 0, "rootport": 4, "pcibridge": 7, "internal": 9, "pci": None}

# Resource flags as the kernel shows them in `resource`.
IO, MEM, ROM = 0x40101, 0x40200, 0x46200
FLAG_PREFETCH, FLAG_64 = 0x2000, 0x100000
WINDOW_IO, WINDOW_MEM, WINDOW_PREF = 0x101, 0x200, 0x102201


class Fn:
    """One function.

    at      device.function on its bus: "1c.0"
    ids     "vendor:device"                 sub     "subvendor:subdevice"
    cls     24-bit class as hex             kind    see PORT_TYPE
    bars    "m64p:128G" (64-bit prefetchable), "m64:16K", "m32:1M", "m32p:..", "io:128", "rom:512K", "-" (empty slot)
    msi     has MSI                         msix    entries of the MSI-X table (0: none)
    flr     function level reset            dsn     device serial number
    acs     ACS capability bits             sriov   dict(total, num, offset, stride, device, bars)
    bus     secondary bus of a bridge       last    subordinate bus, where it is more than that
    below   functions on the secondary bus
    names   (vendor, device, subsystem) as XAPI has them in its PCI object; None: XAPI has no object for it
    """

    def __init__(self, at, ids, cls, kind="endpoint", sub=None, rev=0, bars=(), msi=False, msix=0, flr=False,
                 dsn=None, acs=None, sriov=None, bus=None, last=None, below=(), driver=None, names=None,
                 boot_vga=None):
        self.slot, self.func = (int(x, 16) for x in at.split("."))
        self.vendor, self.device = (int(x, 16) for x in ids.split(":"))
        self.subvendor, self.subdevice = (int(x, 16) for x in sub.split(":")) if sub else (0, 0)
        self.cls, self.kind, self.rev, self.bars = int(cls, 16), kind, rev, list(bars)
        self.msi, self.msix, self.flr, self.dsn, self.acs, self.sriov = msi, msix, flr, dsn, acs, sriov
        self.secondary, self.subordinate, self.below = bus, last if last is not None else bus, list(below)
        self.driver, self.names, self.boot_vga = driver, names, boot_vga
        self.physfn, self.vfs = None, []
        # filled in by place():
        self.domain, self.bus, self.parent, self.path, self.node, self.multi = 0, 0, None, "", None, False
        self.resources, self.windows, self.vf_resources = [], [], []

    @property
    def bdf(self):
        return "%04x:%02x:%02x.%x" % (self.domain, self.bus, self.slot, self.func)

    @property
    def is_bridge(self):
        return self.secondary is not None


class Root:
    """A root bus, the node that Xen places it on (None: no proximity known), and what is on it."""

    def __init__(self, bus, node, below, domain=0):
        self.bus, self.node, self.below, self.domain = bus, node, below, domain


def size_of(text):
    units = {"K": 10, "M": 20, "G": 30}
    return int(text[:-1]) << units[text[-1]] if text[-1] in units else int(text)


class Space:
    """Addresses of one root bus, handed out upwards."""

    def __init__(self, index):
        self.io = 0x2000 + 0x1000 * index
        self.mem = 0x90000000 + 0x4000000 * index
        self.pref = 0x380000000000 + (index << 40)

    @staticmethod
    def up(value, align):
        return (value + align - 1) & ~(align - 1)

    def take(self, kind, size):
        align = max(size, 4096 if kind != "io" else 32)
        start = self.up(getattr(self, kind), align)
        setattr(self, kind, start + size)
        return start

    def align(self):
        self.io, self.mem, self.pref = self.up(self.io, 4096), self.up(self.mem, MIB), self.up(self.pref, MIB)
        return self.io, self.mem, self.pref


def assign_bars(bars, space, times=1):
    """[(start, end, flags)] for the seven slots (six BARs and the ROM)."""
    slots = []
    rom = (0, 0, 0)
    for bar in bars:
        if bar == "-":
            slots.append((0, 0, 0))
            continue
        kind, size = bar.split(":")
        size = size_of(size) * times
        if kind == "rom":
            start = space.take("mem", size)
            rom = (start, start + size - 1, ROM)
        elif kind == "io":
            start = space.take("io", size)
            slots.append((start, start + size - 1, IO))
        else:
            flags = MEM | (FLAG_PREFETCH | 8 if kind.endswith("p") else 0)
            wide = kind.startswith("m64")
            start = space.take("pref" if wide and kind.endswith("p") else "mem", size)
            slots.append((start, start + size - 1, flags | (FLAG_64 | 4 if wide else 0)))
            if wide:
                slots.append((0, 0, 0))  # the upper half of a 64-bit BAR
    return (slots + [(0, 0, 0)] * 6)[:6] + [rom]


def place(roots):
    """Give every function its address, parent, BARs and place in sysfs; returns them in address order."""
    found = []

    def put(fn, domain, bus, parent, where, node, space):
        fn.domain, fn.bus, fn.parent, fn.node = domain, bus, parent, node
        fn.path = "%s/%s" % (where, fn.bdf)
        found.append(fn)
        fn.resources = assign_bars(fn.bars, space)
        if fn.is_bridge:
            start = space.align()
            level(fn.below, domain, fn.secondary, fn, fn.path, node, space)
            fn.windows = [(s, e - 1, f) if e > s else (0, 0, f)
                          for s, e, f in zip(start, space.align(), (WINDOW_IO, WINDOW_MEM, WINDOW_PREF))]
        if fn.sriov:
            fn.vf_resources = assign_bars(fn.sriov["bars"], space, fn.sriov["total"])
            for i in range(fn.sriov["num"]):
                rid = (bus << 8 | fn.slot << 3 | fn.func) + fn.sriov["offset"] + i * fn.sriov["stride"]
                vf = Fn("%x.%x" % (rid >> 3 & 31, rid & 7), "%04x:%04x" % (fn.vendor, fn.sriov["device"]),
                        "%06x" % fn.cls, sub="%04x:%04x" % (fn.subvendor, fn.subdevice), rev=fn.rev,
                        msix=fn.sriov["msix"], flr=True, names=fn.sriov.get("names"))
                vf.physfn = fn
                fn.vfs.append(vf)
                vf.domain, vf.bus, vf.parent, vf.node = domain, rid >> 8, parent, node
                vf.path = "%s/%s" % (where, vf.bdf)
                vf.resources = []
                for start, end, flags in fn.vf_resources:
                    each = (end + 1 - start) // fn.sriov["total"] if end else 0
                    vf.resources.append((start + i * each, start + (i + 1) * each - 1, flags) if each else (0, 0, 0))
                found.append(vf)

    def level(fns, domain, bus, parent, where, node, space):
        for fn in fns:
            fn.multi = any(o is not fn and o.slot == fn.slot for o in fns)
            put(fn, domain, bus, parent, where, node, space)

    for index, root in enumerate(roots):
        level(root.below, root.domain, root.bus, None, "/sys/devices/pci%04x:%02x" % (root.domain, root.bus),
              root.node, Space(index))
    return sorted(found, key=lambda fn: (fn.domain, fn.bus, fn.slot, fn.func))


def raw_bars(resources):
    """What the six BAR registers hold."""
    out = [0] * 6
    for i, (start, end, flags) in enumerate(resources[:6]):
        if end:
            out[i] = start & 0xFFFFFFFF | (1 if flags & 0x100 else (4 if flags & FLAG_64 else 0) |
                                           (8 if flags & FLAG_PREFETCH else 0))
            if flags & FLAG_64:
                out[i + 1] = start >> 32
    return out


def capabilities(fn):
    """[(id, body without the two header bytes)] in the order of the list."""
    yield 0x01, struct.pack("<HI", 0x0003, 0x0008)  # power management: D0-D3, no soft reset
    if fn.msi:
        yield 0x05, struct.pack("<HQHH", 0x0080, 0, 0, 0)  # 64-bit address, disabled
    if fn.msix:
        # table in BAR 0 at 8 KiB, pending bits half way up
        yield 0x11, struct.pack("<HII", fn.msix - 1, 0x2000, 0x3000)
    if fn.is_bridge:
        yield 0x0D, struct.pack("<HHH", 0, fn.subvendor, fn.subdevice)
    port = PORT_TYPE[fn.kind]
    if port is not None:
        devcap = 0x8001 | (1 << 28 if fn.flr else 0)
        flags = 2 | port << 4 | (0x100 if fn.kind == "rootport" else 0)
        link = 0 if fn.kind == "internal" else 0x00000103 | fn.slot << 24
        yield 0x10, struct.pack("<HIHHIHH", flags, devcap, 0x2810, 0, link, 0x40, 0x1103 if link else 0).ljust(0x3A, b"\0")


def extended(fn):
    """[(id, version, body without the four header bytes)]"""
    if PORT_TYPE[fn.kind] is None:
        return
    if fn.kind in ("endpoint", "rootport") and not fn.physfn:
        yield 0x0001, 2, bytes(0x44)  # advanced error reporting
    if fn.dsn is not None:
        yield 0x0003, 1, struct.pack("<Q", fn.dsn)
    if fn.acs is not None:
        yield 0x000D, 1, struct.pack("<HH", fn.acs, 0)
    if fn.kind == "endpoint" and (fn.multi or fn.sriov):
        yield 0x000E, 1, bytes(4)  # alternative routing id
    if fn.sriov:
        s = fn.sriov
        head = struct.pack("<IHHHHHHHHHHII", 2, 0x19 if s["num"] else 0x10, 0, s["total"], s["total"], s["num"],
                           fn.func, s["offset"], s["stride"], 0, s["device"], 0x553, 1)
        yield 0x0010, 1, head + struct.pack("<6I", *raw_bars(fn.vf_resources)) + bytes(4)


def config_space(fn):
    """4096 bytes for PCI Express, 256 for conventional PCI."""
    express = PORT_TYPE[fn.kind] is not None
    c = bytearray(4096 if express else 256)
    vendor, device = (0xFFFF, 0xFFFF) if fn.physfn else (fn.vendor, fn.device)  # VFs take theirs from the PF
    command = 0x0406 if any(r[1] for r in fn.resources) or fn.is_bridge else 0x0400
    struct.pack_into("<HHHH", c, 0, vendor, device, command, 0x0010)
    c[8] = fn.rev
    c[9], c[10], c[11] = fn.cls & 0xFF, fn.cls >> 8 & 0xFF, fn.cls >> 16
    c[0x0C] = 0x10
    c[0x0E] = (1 if fn.is_bridge else 0) | (0x80 if fn.multi else 0)
    bars = raw_bars(fn.resources)
    if fn.is_bridge:
        c[0x18], c[0x19], c[0x1A] = fn.bus, fn.secondary, fn.subordinate
        (ios, ioe, _), (ms, me, _), (ps, pe, _) = fn.windows
        c[0x1C], c[0x1D] = (ios >> 8 & 0xF0, ioe >> 8 & 0xF0) if ioe else (0xF0, 0)
        struct.pack_into("<HH", c, 0x20, *((ms >> 16 & 0xFFF0, me >> 16 & 0xFFF0) if me else (0xFFF0, 0)))
        struct.pack_into("<HH", c, 0x24, *((ps >> 16 & 0xFFF0 | 1, pe >> 16 & 0xFFF0 | 1) if pe else (0xFFF1, 1)))
        struct.pack_into("<II", c, 0x28, ps >> 32 if pe else 0, pe >> 32)
    else:
        if not fn.physfn:
            struct.pack_into("<6I", c, 0x10, *bars)
        struct.pack_into("<HH", c, 0x2C, fn.subvendor, fn.subdevice)
        rom = fn.resources[6]
        struct.pack_into("<I", c, 0x30, rom[0] if rom[1] else 0)
    if not fn.physfn and fn.kind != "rootport":
        c[0x3C], c[0x3D] = 0x0B, 1 + fn.func % 4
    at, last = 0x40, 0x34
    for ident, body in capabilities(fn):
        c[last] = at
        c[at], c[at + 1] = ident, 0
        c[at + 2:at + 2 + len(body)] = body
        last, at = at + 1, (at + 2 + len(body) + 3) & ~3
    if express:
        at, previous = 0x100, None
        for ident, version, body in extended(fn):
            if previous is not None:
                word = struct.unpack_from("<I", c, previous)[0]
                struct.pack_into("<I", c, previous, word | at << 20)
            struct.pack_into("<I", c, at, ident | version << 16)
            c[at + 4:at + 4 + len(body)] = body
            previous, at = at, (at + 4 + len(body) + 15) & ~15
    return bytes(c)


def resource_lines(fn):
    """sysfs `resource`: BARs and ROM; for bridges also the SR-IOV slots and the windows."""
    rows = list(fn.resources)
    if fn.is_bridge:
        rows += [(0, 0, 0)] * 6 + fn.windows + [(0, 0, 0)]
    return "".join("0x%016x 0x%016x 0x%016x\n" % row for row in rows)


def write_sysfs(tree, fns):
    for fn in fns:
        tree.attrs(fn.path, vendor="0x%04x" % fn.vendor, device="0x%04x" % fn.device,
                   subsystem_vendor="0x%04x" % fn.subvendor, subsystem_device="0x%04x" % fn.subdevice,
                   revision="0x%02x" % fn.rev, numa_node=-1)  # dom0 is not told nodes
        tree.dom0(fn.path + "/class", "0x%06x\n" % fn.cls)
        tree.dom0(fn.path + "/config", config_space(fn))
        tree.dom0(fn.path + "/resource", resource_lines(fn))
        tree.link("/sys/bus/pci/devices/" + fn.bdf, fn.path)
        if fn.boot_vga is not None:
            tree.attrs(fn.path, boot_vga=fn.boot_vga)
        if fn.driver:
            driver = "/sys/bus/pci/drivers/" + fn.driver
            tree.link(fn.path + "/driver", driver)
            tree.link(driver + "/" + fn.bdf, fn.path)
        if fn.sriov:
            tree.attrs(fn.path, sriov_totalvfs=fn.sriov["total"], sriov_numvfs=fn.sriov["num"])
            for i, vf in enumerate(fn.vfs):
                tree.link("%s/virtfn%d" % (fn.path, i), vf.path)
        if fn.physfn:
            tree.link(fn.path + "/physfn", fn.physfn.path)


def lspci_dump(fns):
    """The same functions as `lspci -D -xxxx` writes them, without names."""
    out = []
    for fn in fns:
        data = bytearray(config_space(fn))
        struct.pack_into("<HH", data, 0, fn.vendor, fn.device)
        out.append("%s Class %04x: Device %04x:%04x\n" % (fn.bdf, fn.cls >> 8, fn.vendor, fn.device))
        for at in range(0, len(data), 16):
            out.append("%02x: %s\n" % (at, " ".join("%02x" % b for b in data[at:at + 16])))
        out.append("\n")
    return "".join(out)
