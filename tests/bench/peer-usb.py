#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What usb-device-list is measured against: a script that reads a USB tree and a policy, and prints which devices are allowed.

    peer-usb.py ROOT
"""

import json
import os
import re
import sys

WIDTHS = {"vid": 4, "pid": 4, "rel": 4, "class": 2, "subclass": 2, "prot": 2}
MATCH = re.compile(r"\s*(class|subclass|prot|vid|pid|rel)\s*=\s*([0-9a-f]+)", re.I)


def read_rules(path):
    rules = []
    with open(path) as f:
        for line in f:
            body = line.partition("#")[0].strip()
            if not body:
                continue
            action, target = body.split(":")
            found = MATCH.findall(target)
            if any(len(value) != WIDTHS[key.lower()] for key, value in found):
                sys.exit("bad rule: " + line)
            rules.append((action.strip().upper() == "ALLOW", {key.lower(): int(value, 16) for key, value in found}))
    return rules


def attr(folder, name):
    with open(os.path.join(folder, name)) as f:
        return f.read().strip()


def allowed(rules, ids):
    for allow, asked in rules:
        if all(ids[key] == value for key, value in asked.items()):
            return allow
    return False


def main(root):
    rules = read_rules(os.path.join(root, "etc/xensource/usb-policy.conf"))
    bus = os.path.join(root, "sys/bus/usb/devices")
    names = sorted(os.listdir(bus))
    faces = {}
    for name in names:
        if ":" in name:
            faces.setdefault(name.split(":")[0], []).append(name)
    answer = []
    for name in names:
        folder = os.path.join(bus, name)
        if ":" in name or attr(folder, "bDeviceClass") == "09":
            continue
        device = dict(vid=int(attr(folder, "idVendor"), 16), pid=int(attr(folder, "idProduct"), 16), rel=int(attr(folder, "bcdDevice"), 16))
        mine = faces.get(name, [])
        if len(mine) != int(attr(folder, "bNumInterfaces")):
            continue
        verdicts = []
        for face in mine:
            at = os.path.join(bus, face)
            ids = dict(device, **{"class": int(attr(at, "bInterfaceClass"), 16), "subclass": int(attr(at, "bInterfaceSubClass"), 16),
                                  "prot": int(attr(at, "bInterfaceProtocol"), 16)})
            verdicts.append(allowed(rules, ids))
        answer.append({"device": name, "verdict": "allow" if all(verdicts) else "deny"})
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
