#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The example hosts: recordings of machines that never were.

    make-hosts.py            write every host of machines.py beside this program
    make-hosts.py --check    say whether what stands there is what would be written (exit 1 if not)
    make-hosts.py --pci N [--vms M] [--first-bus B] DIR
                             a host with N functions in DIR, and M VMs that have a card and a CPU mask each, to measure
                             with (not for the tree); the same machine has other bus numbers with a B, in hexadecimal

The same input gives the same bytes, on every machine.
"""

import json
import os
import sys

sys.dont_write_bytecode = True  # the source tree may be read-only, and is not the place anyway

import dom0       # noqa: E402
import machines   # noqa: E402
import pcimodel   # noqa: E402
import usbmodel   # noqa: E402
import xapimodel  # noqa: E402
from tree import Tree  # noqa: E402


def to_json(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def xen_json(m, fns):
    """What Xen answers, in the form of xenhelpers/xen.h."""
    per_socket = m["cores"] * m["threads"]
    count = m["sockets"] * per_socket
    nodes = len(m["distances"])
    groups = {fn.bdf: [] for fn in fns}
    for fn in fns:  # VT-d keeps a conventional bus and its bridge together
        if fn.kind == "pcibridge":
            members = [fn.bdf] + [f.bdf for f in fn.below]
            for bdf in members:
                groups[bdf] = [o for o in members if o != bdf]
    regions = {fn.bdf: [dict(start_pfn=r[0], nr_pages=r[1])] if r else []
               for fn in fns for r in [m["rmrr"].get(fn.bdf)]}
    regions["all"] = [dict(start_pfn=s, nr_pages=n) for s, n in sorted(m["rmrr"].values())]
    held = [bdf for vm in m["vms"] for bdf in vm.get("holds", [])]
    domains = [dict(domid=0, uuid=dom0.ident(m["name"], "VM", "Domain-0"), name="Domain-0", pci=[])]
    domains += [dict(domid=vm["domid"], uuid=dom0.ident(m["name"], "VM", vm["name"]), name=vm["name"],
                     pci=vm.get("holds", [])) for vm in m["vms"] if vm["state"] == "Running"]
    mem = "dom0_mem=%dM,max:%dM" % (m["dom0_mib"], m["dom0_mib"])
    each = (m["memory_gib"] << 30) // nodes
    used = (m["dom0_mib"] << 20) + sum(vm["memory_gib"] << 30 for vm in m["vms"] if vm["state"] == "Running")
    return dict(
        physinfo=dict(nr_cpus=count, nr_nodes=nodes, cap_hvm=True, cap_pv=True, cap_hap=True, cap_hvm_directio=True),
        cpu_topology=[dict(core=i % per_socket // m["threads"], socket=i // per_socket,
                           node=i // per_socket * nodes // m["sockets"]) for i in range(count)],
        numainfo=[dict(size=each, free=each - used // nodes, dists=d) for d in m["distances"]],
        pci_topology=[dict(pci=fn.bdf, node=fn.node) for fn in fns],
        device_groups=groups, reserved_memory=regions,
        assignable=[fn.bdf for fn in fns if fn.driver == "pciback" and fn.bdf not in held], domains=domains,
        # dom0, and running VMs without a mask
        vcpu_pins={str(d["domid"]): ["0-%d" % (count - 1)] * next((vm["vcpus"] for vm in m["vms"] if vm.get("domid") == d["domid"]),
                                                                   min(16, count)) for d in domains},
        node_affinity={str(d["domid"]): "0-%d" % (nodes - 1) if nodes > 1 else "0" for d in domains},
        cpu_pools=[dict(id=0, name="Pool-0", cpus="0-%d" % (count - 1))],
        command_line=mem + " watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311",
        log="(XEN) Xen version %s\n(XEN) Command line: %s watchdog\n(XEN) IRQ limits: 120 GSI, %d MSI/MSI-X\n" % (
            dom0.XEN_VERSION, mem, count * 208 - 120))


def build(m):
    tree = Tree()
    tree.file("about", m["about"] + "\n")
    fns = pcimodel.place(m["roots"]) if "roots" in m else []
    pcimodel.write_sysfs(tree, fns)
    dom0.write_dom0(tree, m, fns)
    if fns:
        tree.file("xen.json", to_json(xen_json(m, fns)))
        tree.file("xapi.json", to_json(xapimodel.records(m, fns)))
    return tree


def many_vms(placed, count):
    """VMs with the four functions of a card each, in turn, and a mask: nothing is wrong but that there are more VMs than cards, perhaps."""
    cards = [fn for fn in placed if fn.kind == "rootport" and len(fn.below) == 4]
    vms = {}
    for number in range(count):
        functions = cards[number % len(cards)].below
        vms["OpaqueRef:vm-%04d" % number] = dict(xapimodel.vm_record(
            "vm-%04d" % number, "", "Halted", VCPUs_max="4", VCPUs_at_startup="4", VCPUs_params={"mask": "0,1,2,3"},
            other_config={"pci": ",".join("%d/%s" % (i, fn.bdf) for i, fn in enumerate(functions))}, **xapimodel.memory(8)),
            uuid=dom0.ident("many", "VM", str(number)))
    return {"pool": {"OpaqueRef:pool": {"uuid": dom0.ident("many", "pool"), "ha_enabled": False, "other_config": {}, "cpu_info": {}}},
            "host": {"OpaqueRef:host": {"uuid": dom0.ident("many", "host"), "name_label": "many", "cpu_info": {}}}, "VM": vms,
            "PCI": {"OpaqueRef:pci-%d" % i: {"uuid": dom0.ident("many", "PCI", fn.bdf), "host": "OpaqueRef:host", "pci_id": fn.bdf}
                    for i, fn in enumerate(placed)}, "PIF": {}, "SR": {}, "PBD": {}}


def many_functions(count, vms=0, first_bus=0):
    """A host with `count` PCI functions: root ports, each with a four-port card behind it; and VMs, if any."""
    fns, roots, bus, root_bus = 0, [], 0, first_bus
    while fns < count:
        below = []
        bus = root_bus
        for slot in range(31):
            if fns >= count or bus >= root_bus + 31:
                break
            bus += 1
            funcs = [pcimodel.Fn("00.%d" % f, "8086:1572", "020000", sub="8086:0000", bars=["m64p:8K"], msi=True, msix=129,
                                 flr=True, dsn=0x1000 + bus - first_bus, driver="i40e")
                     for f in range(max(0, min(4, count - fns - 1)))]
            fns += 1 + len(funcs)
            below.append(pcimodel.Fn("%02x.0" % slot, "8086:2030", "060400", "rootport", sub="8086:0000", msi=True,
                                     acs=0x5F, bus=bus, below=funcs, driver="pcieport"))
        domain, low = divmod(root_bus, 0x100)
        roots.append(pcimodel.Root(low, 0, below, domain))
        for fn in below:  # bus numbers start again in every domain
            fn.secondary, fn.subordinate = fn.secondary & 0xFF, fn.subordinate & 0xFF
        root_bus += 32
    m = dict(machines.GPU_SERVER, name="many", about="%d PCI functions (synthetic)" % count, roots=roots, disks=[], dm=[],
             nics=[], bridges=[], usb=[], pusbs=[], vms=[], srs=[], rmrr={}, hide="")
    tree = Tree()
    tree.file("about", m["about"] + "\n")
    placed = pcimodel.place(roots)
    pcimodel.write_sysfs(tree, placed)
    dom0.write_boot(tree, m)
    tree.file("xen.json", to_json(xen_json(m, placed)))
    if vms:
        tree.dom0("/proc/cmdline", "root=LABEL=root-tkqzwm ro\n")
        tree.dom0("/proc/self/mountinfo", "22 1 0:20 / / rw - tmpfs tmpfs rw\n")
        tree.dom0("/proc/swaps", "Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n")
        tree.dom0("/etc/xensource-inventory", "MANAGEMENT_INTERFACE=''\n")
        tree.file("xapi.json", to_json(many_vms(placed, vms)))
    return tree


def main(argv):
    here = os.path.dirname(os.path.abspath(__file__))
    if argv[1:2] == ["--pci"] and len(argv) in (4, 6, 8):
        given = dict(zip(argv[1:-1:2], argv[2:-1:2]))
        many_functions(int(given["--pci"]), int(given.get("--vms", "0")), int(given.get("--first-bus", "0"), 16)).write(argv[-1])
        return 0
    if argv[1:] not in ([], ["--check"]):
        sys.stderr.write(__doc__)
        return 2
    differ = 0
    trees = [(m["name"], build(m)) for m in machines.MACHINES] + [(usbmodel.NAME, usbmodel.build())]
    for name, tree in trees:
        where = os.path.join(here, name)
        if argv[1:]:
            for line in tree.differences(where):
                print("%s/%s" % (name, line))
                differ = 1
        else:
            tree.write(where)
    return differ


if __name__ == "__main__":
    sys.exit(main(sys.argv))
