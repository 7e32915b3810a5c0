# SPDX-License-Identifier: GPL-2.0-or-later
"""Pools for tests: recordings side by side that XAPI knows as one pool.

    alpha   the example host gpu-server, and the pool's master
    beta    the same once more, with 1 GiB of memory free on each node
    gamma   the example host small: no display device that an alias of the pool selects
    delta   of XAPI's records only: nobody made a recording, and the host is off
"""

import json
import os
import shutil
import subprocess

NAMES = ("alpha", "beta", "gamma", "delta")
ALIAS = "spec=10de:2331,10de:2231"  # the two display devices of gpu-server


def uuid_of(name):
    return "00000000-0000-4000-8000-00000000%04x" % (0xa000 + NAMES.index(name))


def ref_of(name):
    return "OpaqueRef:host-" + name


def renamed(text, old_ref, old_uuid, name):
    return text.replace(old_ref, ref_of(name)).replace(old_uuid, uuid_of(name))


def load(hosts, machine):
    with open(os.path.join(hosts, machine, "xapi.json")) as f:
        text = f.read()
    (ref, record), = json.loads(text)["host"].items()
    return text, ref, record["uuid"]


def store(hosts):
    """The pool's XAPI records: gpu-server's, with more hosts."""
    text, ref, uuid = load(hosts, "gpu-server")
    db = json.loads(renamed(text, ref, uuid, "alpha"))
    for name in NAMES:
        db["host"][ref_of(name)] = dict(db["host"][ref_of("alpha")], uuid=uuid_of(name), name_label=name)
    for name in NAMES[1:]:
        for field in ("resident_VMs", "PIFs", "PBDs", "PCIs", "PGPUs"):
            db["host"][ref_of(name)][field] = []
    next(iter(db["pool"].values()))["other_config"]["xe-passthrough:alias:gpu"] = ALIAS
    return db


def make(hosts, where):
    """Folders alpha, beta and gamma in `where`; gives the records. `hosts` is the folder of example hosts."""
    db = store(hosts)
    for name, machine in (("alpha", "gpu-server"), ("beta", "gpu-server"), ("gamma", "small")):
        to = os.path.join(where, name)
        shutil.copytree(os.path.join(hosts, machine), to, symlinks=True)
        subprocess.run(["chmod", "-R", "u+rwX", to], check=True)
        _text, ref, uuid = load(hosts, machine)
        path = os.path.join(to, "root/etc/xensource-inventory")
        with open(path) as f:
            inventory = f.read()
        with open(path, "w") as f:
            f.write(renamed(inventory, ref, uuid, name))
        with open(os.path.join(to, "xapi.json"), "w") as f:
            json.dump(db, f, indent=2)
    path = os.path.join(where, "beta", "xen.json")
    with open(path) as f:
        xen = json.load(f)
    for node in xen["numainfo"]:
        node["free"] = 1 << 30
    with open(path, "w") as f:
        json.dump(xen, f)
    return db
