# SPDX-License-Identifier: GPL-2.0-or-later
"""A model of the platform's USB scanner, in the language that it is written in, because Python's notions of blank, line and number are
part of what it accepts: which policy files it takes, and which devices of a tree it offers."""

import os
import re

KEYS = {"vid": 4, "pid": 4, "rel": 4, "class": 2, "subclass": 2, "prot": 2}
WORD = re.compile(r"\s*(class|subclass|prot|vid|pid|rel)\s*=\s*([0-9a-f]+)", re.I)


class Refused(Exception):
    """The scanner stops; .line is where."""

    def __init__(self, line, why):
        super().__init__("line %d: %s" % (line, why))
        self.line = line


def rules(data):
    """[(line, allow, {key: number})] of the bytes of a policy file."""
    text = data.decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace("\r", "\n")
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line[0] == "#":
            continue
        body = line.partition("#")[0]
        if not body.strip():
            raise Refused(number, "blanks before a comment")
        parts = body.split(":")
        if len(parts) != 2:
            raise Refused(number, "%d colons" % (len(parts) - 1))
        action = parts[0].strip().lower()
        if action not in ("allow", "deny"):
            raise Refused(number, "no action")
        found.append((number, action == "allow", matches(number, parts[1].strip())))
    return found


def matches(number, text):
    asked, at = {}, 0
    while at < len(text):
        m = WORD.match(text, at)
        if not m:
            raise Refused(number, "no match at %d" % at)
        key = m.group(1).lower()
        if len(m.group(2)) != KEYS.get(key, 0):
            raise Refused(number, "length of %s" % key)
        if key in asked:
            raise Refused(number, "%s twice" % key)
        asked[key] = int(m.group(2), 16)
        at = m.end()
    return asked


def decide(rule_list, ids):
    """(line, allowed) for an interface; line 0: no rule matched."""
    for line, allow, asked in rule_list:
        if all(ids[k] == v for k, v in asked.items()):
            return line, allow
    return 0, False


# ---- devices --------------------------------------------------------------------------------------------------------

def attributes(path):
    found = {}
    for name in os.listdir(path):
        full = os.path.join(path, name)
        if os.path.isfile(full):
            with open(full, errors="replace") as f:
                found[name] = f.read().rstrip("\n")
    return found


def is_number(text, base):
    try:
        int(text, base)
        return True
    except (TypeError, ValueError):
        return False


def devices(root):
    """[(name, attributes, [(interface, ids)])] of the devices that the policy is asked about, in udev's order."""
    bus = os.path.join(root, "sys/bus/usb/devices")
    every = {name: (os.path.realpath(os.path.join(bus, name)), attributes(os.path.join(bus, name))) for name in os.listdir(bus)}
    ready = []
    for name, (place, attrs) in sorted(every.items(), key=lambda item: item[1][0]):
        if ":" in name:
            continue
        usable = all(is_number(attrs[k], 16) for k in ("idVendor", "idProduct", "bcdDevice")) and \
            all(is_number(attrs[k], 10) for k in ("bConfigurationValue", "bNumInterfaces"))
        if not usable or is_number(attrs.get("bDeviceClass"), 16) and int(attrs["bDeviceClass"], 16) == 9:
            continue
        mine = re.compile(re.escape("%s:%s." % (name, attrs["bConfigurationValue"])) + r"\d+$")
        faces = []
        for other, (_place, face) in sorted(every.items()):
            codes = [face.get("bInterface" + k) for k in ("Class", "SubClass", "Protocol", "Number")]
            if mine.match(other) and all(is_number(c, 16) for c in codes) and int(codes[0], 16) != 9:
                faces.append((other, dict(vid=int(attrs["idVendor"], 16), pid=int(attrs["idProduct"], 16),
                                          rel=int(attrs["bcdDevice"], 16), **{
                                              "class": int(codes[0], 16), "subclass": int(codes[1], 16), "prot": int(codes[2], 16)})))
        if faces and len(faces) == int(attrs["bNumInterfaces"]):
            ready.append((name, attrs, faces))
    return ready


def names(root, attrs):
    """What udev has out of its database."""
    found = {"ID_VENDOR_FROM_DATABASE": "", "ID_MODEL_FROM_DATABASE": ""}
    path = os.path.join(root, "run/udev/data/c%s" % attrs.get("dev"))
    if os.path.exists(path):
        with open(path) as f:
            for line in f:
                key, _, value = line.rstrip("\n").partition("=")
                if key[:2] == "E:" and key[2:] in found:
                    found[key[2:]] = value
    return found["ID_VENDOR_FROM_DATABASE"], found["ID_MODEL_FROM_DATABASE"]


def scan(root, rule_list):
    """What the scanner prints: a list of dicts."""
    printed = []
    for name, attrs, faces in devices(root):
        if not all(decide(rule_list, ids)[1] for _name, ids in faces):
            continue
        vendor, product = names(root, attrs)
        serial = attrs.get("serial", "").strip()
        printed.append({"path": name, "version": attrs["version"].strip(), "vendor-id": attrs["idVendor"], "product-id": attrs["idProduct"],
                        "vendor-desc": vendor, "product-desc": product, "speed": attrs["speed"], "serial": serial,
                        "description": vendor + ("_" + product if product else "") + ("_" + serial if serial else "")})
    return printed
