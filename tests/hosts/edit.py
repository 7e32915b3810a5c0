#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Change a recording's JSON, to prepare a situation in a case.

    edit.py FILE PATH=VALUE...      PATH: keys joined by "/"; VALUE: JSON, or nothing to remove the key

In xapi.json an object may be named by its name_label or uuid instead of its reference: VM/win10-gpu/affinity="OpaqueRef:NULL".
A last key "+NAME" adds an object of that name with the fields given: host/+other={}.
"""

import json
import sys


def step(node, key):
    if isinstance(node, list):
        return int(key)
    if key in node:
        return key
    for k, v in node.items():
        if isinstance(v, dict) and key in (v.get("name_label"), v.get("uuid"), v.get("pci_id"), v.get("device")):
            return k
    return key


def main(path, edits):
    with open(path, encoding="utf-8") as f:
        top = json.load(f)
    for edit in edits:
        where, value = edit.split("=", 1)
        keys, node = where.split("/"), top
        for key in keys[:-1]:
            node = node[step(node, key)]
        last = keys[-1]
        if last.startswith("+"):
            uuid = "00000000-0000-0000-0000-%012x" % len(node)
            node["OpaqueRef:" + uuid] = dict({"uuid": uuid, "name_label": last[1:]}, **json.loads(value))
        elif value:
            node[step(node, last)] = json.loads(value)
        else:
            del node[step(node, last)]
    with open(path, "w", encoding="utf-8") as f:
        f.write(json.dumps(top, indent=2, ensure_ascii=False) + "\n")


main(sys.argv[1], sys.argv[2:])
