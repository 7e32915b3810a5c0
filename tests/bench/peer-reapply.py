# SPDX-License-Identifier: GPL-2.0-or-later
"""What a script does in place of reapply: find the devices of a map {serial number: old address} again by what config space says, put
the new addresses into the boot file and, over XAPI, into the VMs' keys.

    peer-reapply.py SOCKET ROOT MAP.json
"""
import http.client
import json
import os
import re
import socket
import sys
import xmlrpc.client


class Connection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(sys.argv[1])


class Transport(xmlrpc.client.Transport):
    def make_connection(self, host):
        if not self._connection[1]:
            self._connection = host, Connection("localhost")
        return self._connection[1]


def serial(config):
    """Of a function, as its extended capabilities have it."""
    at = 0x100
    while at and len(config) >= at + 12:
        head = int.from_bytes(config[at:at + 4], "little")
        if head & 0xFFFF == 3:
            return config[at + 4:at + 12][::-1].hex()
        at = head >> 20
    return None


root = sys.argv[2]
devices = os.path.join(root, "sys/bus/pci/devices")
with open(sys.argv[3]) as f:
    wanted = json.load(f)
moved = {}
for name in os.listdir(devices):
    with open(os.path.join(devices, name, "config"), "rb") as f:
        old = wanted.get("%s.%s" % (serial(f.read()), name[-1]))
    if old and old != name:
        moved[old] = name


def anew(text):
    return re.sub(r"[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]", lambda m: moved.get(m.group(0), m.group(0)), text)


grub = os.path.join(root, "boot/efi/EFI/xenserver/grub.cfg")
with open(grub) as f:
    text = f.read()
if anew(text) != text:
    with open(grub + ".new", "w") as f:
        f.write(anew(text))
        f.flush()
        os.fsync(f.fileno())
    os.rename(grub + ".new", grub)
xapi = xmlrpc.client.ServerProxy("http://localhost/", transport=Transport())
session = xapi.session.login_with_password("root", "", "1.0", "bench")["Value"]
for ref, vm in xapi.VM.get_all_records(session)["Value"].items():
    key = vm["other_config"].get("pci", "")
    if anew(key) != key:
        xapi.VM.remove_from_other_config(session, ref, "pci")
        xapi.VM.add_to_other_config(session, ref, "pci", anew(key))
xapi.session.logout(session)
