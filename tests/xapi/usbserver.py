# SPDX-License-Identifier: GPL-2.0-or-later
"""USB of the test XAPI (server.py), by its rules: PUSB.scan takes effect later and tells nobody; a device that a scan does not show
where it was goes with its group and its VUSB; one VUSB a group, six a VM.

`server.usb` is a function without arguments that gives the devices that are plugged in and allowed, a list of device(), and is asked at each
scan (without it a scan changes nothing); `server.usb_delay` is what a scan takes, in seconds. replug(server, path) is a device that was
away for a moment: XAPI sees it go and come.
"""

import threading

from server import Failure, count, method


def device(path, vendor, product, serial=""):
    return {"path": path, "vendor_id": vendor, "product_id": product, "serial": serial}


def key(d):
    return tuple(d[k] for k in ("path", "vendor_id", "product_id", "serial"))


def uuid_of(server, what):
    server.numbers[what] = server.numbers.get(what, 0) + 1
    return "%s-0000-4000-8000-%012d" % ({"PUSB": "a0a0a0a0", "USB_group": "b0b0b0b0", "VUSB": "c0c0c0c0"}[what], server.numbers[what])


def new(server, cls, **fields):
    ref = server.new_ref(cls)
    server.db[cls][ref] = dict(uuid=uuid_of(server, cls), other_config={}, **fields)
    return ref


def destroy_vusb(server, ref):
    record = server.db["VUSB"].pop(ref)
    for cls, field in (("VM", "VM"), ("USB_group", "USB_group")):
        owner = server.db[cls].get(record[field], {})
        if ref in owner.get("VUSBs", []):
            owner["VUSBs"].remove(ref)


def drop(server, ref):
    group = server.db["PUSB"].pop(ref)["USB_group"]
    for vusb in [r for r, v in server.db["VUSB"].items() if v["USB_group"] == group]:
        destroy_vusb(server, vusb)
    server.db["USB_group"].pop(group, None)


def add(server, host, d):
    group = new(server, "USB_group", name_label="Group of %s %s USBs" % (d["vendor_id"], d["product_id"]), name_description="",
                PUSBs=[], VUSBs=[])
    ref = new(server, "PUSB", USB_group=group, host=host, vendor_desc="", product_desc="", version="2.00", description="",
              passthrough_enabled=False, speed=12.0, **d)
    server.db["USB_group"][group]["PUSBs"].append(ref)


def look(server, host):
    """One scan, as its thread carries it out."""
    found = {key(d): d for d in server.usb()}
    for ref, record in list(server.db["PUSB"].items()):
        if record["host"] == host and key(record) not in found:
            drop(server, ref)
    have = {key(r) for r in server.db["PUSB"].values() if r["host"] == host}
    for k, d in found.items():
        if k not in have:
            add(server, host, d)
    server.changed()


def replug(server, path):
    for ref, record in list(server.db["PUSB"].items()):
        if record["path"] == path:
            drop(server, ref)
            add(server, record["host"], {k: record[k] for k in ("path", "vendor_id", "product_id", "serial")})


@method("PUSB.scan")
def scan(server, params):
    host, = count("PUSB.scan", params, 1)
    server.record("host", host)
    if not hasattr(server, "usb"):
        return ""

    def later():
        with server.lock:
            look(server, host)
    threading.Timer(getattr(server, "usb_delay", 0.3), later).start()
    return ""


@method("PUSB.set_passthrough_enabled")
def set_passthrough_enabled(server, params):
    ref, value = count("PUSB.set_passthrough_enabled", params, 2)
    record = server.record("PUSB", ref)
    vusbs = [r for r, v in server.db["VUSB"].items() if v["USB_group"] == record["USB_group"]]
    if not value:
        if any(server.db["VUSB"][r]["currently_attached"] for r in vusbs):
            raise Failure("USB_ALREADY_ATTACHED", ref, "")
        for vusb in vusbs:
            destroy_vusb(server, vusb)
    record["passthrough_enabled"] = bool(value)
    server.changed()
    return ""


@method("VUSB.create")
def vusb_create(server, params):
    vm, group, _other = count("VUSB.create", params, 3)
    record, owner = server.record("VM", vm), server.record("USB_group", group)
    if record.get("ha_restart_priority") == "restart":
        raise Failure("OPERATION_NOT_ALLOWED", "VM %s has HA restart priority" % vm)
    if sum(v["VM"] == vm for v in server.db["VUSB"].values()) >= 6:
        raise Failure("TOO_MANY_VUSBS", 6)
    if any(v["USB_group"] == group for v in server.db["VUSB"].values()):
        raise Failure("USB_GROUP_CONFLICT", group)
    ref = new(server, "VUSB", VM=vm, USB_group=group, currently_attached=False)
    record.setdefault("VUSBs", []).append(ref)
    owner.setdefault("VUSBs", []).append(ref)
    server.changed()
    return ref


@method("VUSB.unplug")
def vusb_unplug(server, params):
    record = server.record("VUSB", *count("VUSB.unplug", params, 1))
    if server.record("VM", record["VM"])["power_state"] != "Running":
        raise Failure("VM_BAD_POWER_STATE", record["VM"], "running", "halted")
    record["currently_attached"] = False
    server.changed()
    return ""


@method("VUSB.destroy")
def vusb_destroy(server, params):
    ref, = count("VUSB.destroy", params, 1)
    if server.record("VUSB", ref)["currently_attached"]:
        raise Failure("USB_ALREADY_ATTACHED", ref, "")
    destroy_vusb(server, ref)
    server.changed()
    return ""
