# SPDX-License-Identifier: GPL-2.0-or-later
"""The example machines, as tables. Every number here is invented; the shapes are those of real hosts."""

from pcimodel import Fn, Root

INTEL, SAMSUNG, NVIDIA, LSI, ASPEED = ("Intel Corporation", "Samsung Electronics Co Ltd", "NVIDIA Corporation",
                                       "Broadcom / LSI", "ASPEED Technology, Inc.")
BOARD = "15d9:0953"
ACS_PORT = 0x5F  # what Intel root ports offer


def port(at, ids, bus, below, last=None, rev=4):
    return Fn(at, ids, "060400", "rootport", sub=BOARD, rev=rev, msi=True, acs=ACS_PORT, bus=bus, last=last, below=below,
              driver="pcieport")


def nvme(at, dsn, driver):
    return Fn(at, "144d:a80a", "010802", sub="144d:a813", bars=["m64:16K"], msi=True, msix=130, flr=True, dsn=dsn,
              driver=driver,
              names=(SAMSUNG, "NVMe SSD Controller PM9A1/PM9A3/980PRO", "General DC NVMe PM9A3"))


def x710(func, dsn):
    return Fn("00.%d" % func, "8086:1572", "020000", sub="8086:0001" if func == 0 else "8086:0000", rev=2,
              bars=["m64p:8M", "-", "m64p:32K", "rom:512K"], msi=True, msix=129, flr=True, acs=0, dsn=dsn,
              sriov=dict(total=32, num=0, offset=16 + 31 * func, stride=1, device=0x154C, msix=5,
                         bars=["m64p:64K", "-", "m64p:16K"]),
              driver="i40e",
              names=(INTEL, "Ethernet Controller X710 for 10GbE SFP+",
                     "Ethernet Converged Network Adapter X710" + ("-4" if func == 0 else "")))


def i350(func, dsn, vfs):
    return Fn("00.%d" % func, "8086:1521", "020000", sub="8086:5002", rev=1,
              bars=["m32:1M", "-", "-", "m32:16K"], msi=True, msix=10, flr=True, dsn=dsn,
              sriov=dict(total=7, num=vfs, offset=0x180, stride=4, device=0x1520, msix=3,
                         bars=["m64p:16K", "-", "m64p:16K"],
                         names=(INTEL, "I350 Ethernet Controller Virtual Function", "Device 5002")),
              driver="igb", names=(INTEL, "I350 Gigabit Network Connection", "Ethernet Server Adapter I350-T2"))


GPU_SERVER = dict(
    name="gpu-server",
    about="gpu-server: XCP-ng 8.3, two sockets, 32 CPUs; H100 on node 1, RTX A5000, four-port X710, SAS HBA, NVMe root (synthetic)",
    firmware="uefi", serial=True, memory_gib=384, dom0_mib=8192, label="root-tkqzwm",
    # what dom0 was told to leave alone, now and at its last boot; XAPI wrote it
    hide="(0000:d8:00.0)(0000:19:00.0)", extra_irqs=None,
    sockets=2, cores=8, threads=2,  # per socket, per core; Xen counts a socket's threads one after another
    distances=[[10, 21], [21, 10]],
    cpu=("GenuineIntel", "Intel(R) Xeon(R) Gold 6144 CPU @ 3.50GHz", "3491.842"),
    roots=[
        Root(0x00, 0, [
            Fn("00.0", "8086:2020", "060000", "internal", sub=BOARD, rev=4),
            Fn("14.0", "8086:a1af", "0c0330", "pci", sub=BOARD, rev=9, bars=["m64:64K"], msi=True, driver="xhci_hcd"),
            Fn("17.0", "8086:a182", "010601", "pci", sub=BOARD, rev=9, driver="ahci", msi=True,
               bars=["m32:8K", "m32:256", "io:32", "io:32", "io:32", "m32:512K"],
               names=(INTEL, "C620 Series Chipset Family SATA Controller [AHCI mode]", "Device 0953")),
            port("1c.0", "8086:a190", 0x01, [nvme("00.0", 0x0025385A91B0C001, "nvme")], rev=0xF9),
            port("1c.4", "8086:a194", 0x02, [
                Fn("00.0", "1a03:1150", "060400", "pcibridge", sub="1a03:1150", rev=4, msi=True, bus=0x03, below=[
                    Fn("00.0", "1a03:2000", "030000", "pci", sub=BOARD, rev=0x41, driver="ast", boot_vga=1,
                       bars=["m32:16M", "m32:128K", "io:128"],
                       names=(ASPEED, "ASPEED Graphics Family", "Device 0953")),
                ]),
            ], last=0x03, rev=0xF9),
            Fn("1f.0", "8086:a1c1", "060100", "pci", sub=BOARD, rev=9),
            Fn("1f.4", "8086:a1a3", "0c0500", "pci", sub=BOARD, rev=9, bars=["m64:256", "-", "io:32"],
               driver="i801_smbus"),
        ]),
        Root(0x17, 0, [
            port("00.0", "8086:2030", 0x18, [x710(f, 0x3CFDFEFFFFA1B200) for f in range(4)]),
            port("02.0", "8086:2032", 0x19, [
                Fn("00.0", "1000:0097", "010700", sub="15d9:0808", rev=2, msi=True, msix=96, flr=True,
                   bars=["io:256", "m64:64K", "-", "m64:256K"], driver="pciback",
                   names=(LSI, "SAS3008 PCI-Express Fusion-MPT SAS-3", "AOC-S3008L-L8e")),
            ]),
        ]),
        Root(0x3A, 0, [
            port("00.0", "8086:2030", 0x3B, [
                Fn("00.0", "10de:2231", "030000", sub="10de:147e", rev=0xA1, msi=True, boot_vga=0,
                   bars=["m32:16M", "m64p:256M", "m64p:32M", "io:128", "rom:512K"],
                   names=(NVIDIA, "GA102GL [RTX A5000]", "Device 147e")),
                Fn("00.1", "10de:1aef", "040300", sub="10de:147e", rev=0xA1, msi=True, bars=["m32:16K"],
                   names=(NVIDIA, "GA102 High Definition Audio Controller", "Device 147e")),
            ]),
        ]),
        Root(0x5D, 0, [
            port("00.0", "8086:2030", 0x5E, [
                Fn("00.0", "1912:0014", "0c0330", sub="1912:0014", rev=3, bars=["m64:8K"], msi=True, msix=8,
                   driver="xhci_hcd"),
            ]),
        ]),
        Root(0x85, 1, [
            port("00.0", "8086:2030", 0x86, [i350(f, 0xA0369FFFFF2C4E10, 2 if f == 0 else 0) for f in range(2)],
                 last=0x87),
        ]),
        Root(0xAE, 1, [
            port("00.0", "8086:2030", 0xAF, [
                Fn("00.0", "10de:2331", "030200", sub="10de:1626", rev=0xA1, msi=True, msix=9, flr=True,
                   dsn=0x48B02D4A5E0C1B37, bars=["m64p:16M", "m64p:128G", "m64p:32M"],
                   names=(NVIDIA, "GH100 [H100 PCIe]", "Device 1626")),
            ]),
        ]),
        Root(0xD7, 1, [
            port("00.0", "8086:2030", 0xD8, [nvme("00.0", 0x0025385A91B0C0D8, "pciback")]),
            port("01.0", "8086:2032", 0xD9, [nvme("00.0", 0x0025385A91B0C0D9, "nvme")]),
        ]),
    ],
    # name, its function, the way from there in sysfs, first device number, partitions; a partition's use is its mount point
    disks=[
        dict(name="nvme0n1", on="0000:01:00.0", via="nvme/nvme0", dev=(259, 0), gib=894, parts=[
            dict(n=1, use="/", fs="ext3"), dict(n=2), dict(n=3), dict(n=4, use="/boot/efi", fs="vfat"),
            dict(n=5, use="/var/log", fs="ext3"), dict(n=6, use="swap")]),
        dict(name="nvme1n1", on="0000:d9:00.0", via="nvme/nvme1", dev=(259, 7), gib=1788, parts=[]),
        dict(name="sda", on="0000:00:17.0", via="ata1/host0/target0:0:0/0:0:0:0/block", dev=(8, 0), gib=3726,
             parts=[dict(n=1, use="sr:backup", fs="ext4")]),
        dict(name="sdb", on="0000:00:14.0", via="usb1/1-2/1-2:1.0/host8/target8:0:0/8:0:0:0/block", dev=(8, 16),
             gib=57, parts=[dict(n=1)]),
    ],
    dm=[dict(name="dm-0", of="nvme0n1p3", dev=(253, 0), sr="local", fs="ext4")],
    md=[],
    nics=[dict(name="eth%d" % f, on="0000:18:00.%d" % f, mac="3c:fd:fe:a1:b2:%02x" % f, speed=10000) for f in range(4)] +
         [dict(name="eth%d" % (4 + f), on="0000:86:00.%d" % f, mac="a0:36:9f:2c:4e:%02x" % (0x10 + f), speed=1000)
          for f in range(2)],
    management="xenbr0",
    bridges=[dict(name="xenbr0", ports=["eth0"], network="Pool-wide network associated with eth0", ip="198.51.100.20"),
             dict(name="xenbr4", ports=["eth4"], network="storage", ip="203.0.113.20")],
    usb=[
        dict(path="1-1", on="0000:00:14.0", bus=1, ids="046d:c31c", rel="4920", version="1.10", speed="1.5",
             vendor="Logitech", product="USB Keyboard", serial="",
             interfaces=[("03", "01", "01", "usbhid"), ("03", "00", "00", "usbhid")]),
        dict(path="1-2", on="0000:00:14.0", bus=1, ids="0781:5591", rel="0100", version="2.10", speed="480",
             vendor="SanDisk", product="Ultra USB 3.0", serial="4C530000270811118265",
             interfaces=[("08", "06", "50", "usb-storage")]),
        dict(path="3-1", on="0000:5e:00.0", bus=3, ids="0658:0200", rel="0000", version="2.00", speed="12",
             vendor="Sigma Designs, Inc.", product="", serial="",
             interfaces=[("02", "02", "01", "cdc_acm"), ("0a", "00", "00", "cdc_acm")]),
    ],
    srs=[dict(name="local", label="Local storage", type="ext", device="/dev/nvme0n1p3", gib=850),
         dict(name="backup", label="Backup disk", type="ext", device="/dev/sda1", gib=3660)],
    # what the USB policy lets XAPI see
    pusbs=["1-2"],
    rmrr={"0000:00:14.0": (0x6C3A5, 0x21)},
    vms=[
        dict(name="win10-gpu", state="Halted", vcpus=8, memory_gib=64, firmware="uefi", about="workstation, waits for its card"),
        dict(name="db-running", state="Running", vcpus=8, memory_gib=96, firmware="uefi", domid=3,
             pci="0/0000:19:00.0", holds=["0000:19:00.0"], affinity=True, about="database"),
        dict(name="nas-archive", state="Halted", vcpus=4, memory_gib=16, firmware="bios",
             pci="0/0000:d8:00.0", about="file server"),
    ],
)

SMALL = dict(
    name="small",
    about="small: XCP-ng 8.3, one socket, 4 CPUs, BIOS boot, root on an md mirror of two SATA disks (synthetic)",
    firmware="bios", serial=False, memory_gib=32, dom0_mib=2656, label="root-hvbxos",
    # typed by hand from an old how-to: the kernel takes it, XAPI cannot read it
    hide="(01:00.0)(01:00.1)", extra_irqs=None,
    sockets=1, cores=4, threads=1, distances=[[10]],
    cpu=("GenuineIntel", "Intel(R) Core(TM) i3-8100 CPU @ 3.60GHz", "3600.014"),
    roots=[
        Root(0x00, None, [
            Fn("00.0", "8086:3ec2", "060000", "pci", sub="1043:8694", rev=0x0A),
            Fn("01.0", "8086:1901", "060400", "rootport", sub="1043:8694", rev=0x0A, msi=True, bus=0x01, below=[
                Fn("00.0", "10de:1d01", "030000", sub="1043:8621", rev=0xA1, msi=True, boot_vga=0, driver="pciback",
                   bars=["m32:16M", "m64p:256M", "m64p:32M", "io:128", "rom:512K"],
                   names=(NVIDIA, "GP108 [GeForce GT 1030]", "Device 8621")),
                Fn("00.1", "10de:0fb8", "040300", sub="1043:8621", rev=0xA1, msi=True, bars=["m32:16K"],
                   driver="pciback", names=(NVIDIA, "GP108 High Definition Audio Controller", "Device 8621")),
            ], driver="pcieport"),
            Fn("02.0", "8086:3e92", "030000", "internal", sub="1043:8694", msi=True, boot_vga=1, driver="i915",
               bars=["m64:16M", "-", "m64p:256M", "io:64"],
               names=(INTEL, "CoffeeLake-S GT2 [UHD Graphics 630]", "Device 8694")),
            Fn("14.0", "8086:a36d", "0c0330", "pci", sub="1043:8694", rev=0x10, bars=["m64:64K"], msi=True,
               driver="xhci_hcd"),
            Fn("17.0", "8086:a352", "010601", "pci", sub="1043:8694", rev=0x10, msi=True, driver="ahci",
               bars=["m32:8K", "m32:256", "io:32", "io:32", "io:32", "m32:2K"],
               names=(INTEL, "Cannon Lake PCH SATA AHCI Controller", "Device 8694")),
            Fn("1c.0", "8086:a338", "060400", "rootport", sub="1043:8694", rev=0xF0, msi=True, acs=0x0F, bus=0x02, below=[
                Fn("00.0", "8086:1533", "020000", sub="1043:8557", rev=3, msi=True, msix=5, flr=True,
                   dsn=0x244BFEFFFF5591C0, bars=["m32:128K", "-", "io:32", "m32:16K"], driver="igb",
                   names=(INTEL, "I210 Gigabit Network Connection", "Device 8557")),
            ], driver="pcieport"),
            Fn("1f.0", "8086:a304", "060100", "pci", sub="1043:8694", rev=0x10),
            Fn("1f.4", "8086:a323", "0c0500", "pci", sub="1043:8694", rev=0x10, bars=["m64:256", "-", "io:32"],
               driver="i801_smbus"),
        ]),
    ],
    disks=[
        dict(name="sda", on="0000:00:17.0", via="ata1/host0/target0:0:0/0:0:0:0/block", dev=(8, 0), gib=465, parts=[]),
        dict(name="sdb", on="0000:00:17.0", via="ata2/host1/target1:0:0/1:0:0:0/block", dev=(8, 16), gib=465, parts=[]),
    ],
    dm=[dict(name="dm-0", of="md127p3", dev=(253, 0), sr="local", fs="ext4")],
    md=[dict(name="md127", of=["sda", "sdb"], dev=(9, 127), part_major=259, gib=465, parts=[
        dict(n=1, use="/", fs="ext3"), dict(n=2), dict(n=3),
        dict(n=5, use="/var/log", fs="ext3"), dict(n=6, use="swap")])],
    nics=[dict(name="eth0", on="0000:02:00.0", mac="24:4b:fe:55:91:c0", speed=1000)],
    management="xenbr0",
    bridges=[dict(name="xenbr0", ports=["eth0"], network="Pool-wide network associated with eth0", ip="198.51.100.31")],
    usb=[
        dict(path="1-3", on="0000:00:14.0", bus=1, ids="04f2:0402", rel="0100", version="1.10", speed="1.5",
             vendor="Chicony", product="USB Keyboard", serial="", interfaces=[("03", "01", "01", "usbhid")]),
    ],
    srs=[dict(name="local", label="Local storage", type="ext", device="/dev/md127p3", gib=420)],
    pusbs=[], rmrr={},
    vms=[dict(name="desktop", state="Halted", vcpus=2, memory_gib=8, firmware="bios", about="")],
)

# Nothing but a boot file: what a bug report sometimes is. Its hide list was typed in by hand, in an old form.
GRUB_ONLY = dict(
    name="grub-only",
    about="grub-only: a boot file and nothing else (synthetic)",
    firmware="bios", serial=True, dom0_mib=4096, label="root-ydrcpl", hide="(03:00.0)(0000:0A:00.1)", extra_irqs="96",
)

DEBIAN = dict(
    name="debian",
    about="debian: Xen on Debian, where grub-mkconfig writes the boot file; nothing of its devices is known (synthetic)",
    generated=True,
)

MACHINES = [GPU_SERVER, SMALL, GRUB_ONLY, DEBIAN]
