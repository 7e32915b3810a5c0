# SPDX-License-Identifier: GPL-2.0-or-later
"""Hosts that go down, for server.py: host.disable, .enable, .evacuate, .reboot, VM.clean_shutdown, VM.start_on, each also as a task.

    server.lasting = {VM reference, ...}                  # of which a task does not end
    server.prevent = {VM reference: [code, param, ...]}   # what XAPI could not move, beyond what it finds by itself
    server.rebooted                                       # how often host.reboot was carried out

As XAPI does it: host.reboot wants a host that is disabled and has no running guest; whether a VM can move is a question of other enabled
hosts, storage and the like, and never of other_config:pci; a call without a result gives a task an empty one.
"""

import tasks
from server import METHODS, NULL, Failure, count, method


def guests(server, host):
    return [ref for ref, vm in server.db["VM"].items() if vm.get("resident_on") == host and not vm.get("is_control_domain")]


def others(server, host):
    return [ref for ref, record in server.db["host"].items() if ref != host and record.get("enabled")]


def switch(name, value):
    @method(name)
    def call(server, params):
        server.record("host", *count(name, params, 1))["enabled"] = value
        server.changed()
        return ""
    return call


switch("host.disable", False)
switch("host.enable", True)


@method("host.get_vms_which_prevent_evacuation")
def prevent(server, params):
    host, = count("host.get_vms_which_prevent_evacuation", params, 1)
    known = getattr(server, "prevent", {})
    return {ref: known.get(ref) or ["NO_HOSTS_AVAILABLE", ref] for ref in guests(server, host) if ref in known or not others(server, host)}


@method("VM.get_possible_hosts")
def possible(server, params):
    vm = server.record("VM", *count("VM.get_possible_hosts", params, 1))
    return [ref for ref, record in server.db["host"].items() if record.get("enabled") or ref == vm.get("resident_on")]


@method("host.evacuate")
def evacuate(server, params):
    host, = count("host.evacuate", params, 1)
    wrong = prevent(server, [host])
    if wrong:
        raise Failure("CANNOT_EVACUATE_HOST", "|".join(",".join(v) for v in wrong.values()))
    for ref in guests(server, host):
        server.db["VM"][ref]["resident_on"] = others(server, host)[0]
    server.changed()
    return ""


shutdown = METHODS["VM.clean_shutdown"]


@method("VM.clean_shutdown")
def clean_shutdown(server, params):
    shutdown(server, params)
    server.db["VM"][params[0]]["resident_on"] = NULL
    server.changed()
    return ""


start_on = METHODS["VM.start_on"]


@method("VM.start_on")
def start(server, params):
    if not server.record("host", params[1])["enabled"]:
        raise Failure("HOST_DISABLED", params[1])
    start_on(server, params)
    server.db["VM"][params[0]]["resident_on"] = params[1]
    server.changed()
    return ""


@method("host.reboot")
def reboot(server, params):
    host, = count("host.reboot", params, 1)
    if server.record("host", host)["enabled"]:
        raise Failure("HOST_NOT_DISABLED")
    for ref in guests(server, host):
        raise Failure("HOST_IN_USE", host, "vm", ref)
    server.rebooted = getattr(server, "rebooted", 0) + 1
    return ""


def as_task(name):
    @method("Async." + name)
    def call(server, params):
        ref = tasks.state(server).new_ref("task")
        record = {"uuid": ref[10:], "name_label": "Async." + name, "status": "success", "result": "", "error_info": []}
        try:
            if params[0] in getattr(server, "lasting", ()):
                record["status"] = "pending"
            else:
                METHODS[name](server, params)
        except Failure as e:
            record.update(status="failure", error_info=list(e.args))
        server.db["task"][ref] = record
        tasks.touch(server, ref)
        return ref
    return call


for _name in ("host.disable", "host.enable", "host.evacuate", "VM.clean_shutdown", "VM.start_on"):
    as_task(_name)
