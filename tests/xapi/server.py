#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A XAPI for tests: XML-RPC over HTTP/1.1 on a unix socket, in front of a recording's xapi.json.

    with Server(directory, store) as server:   # the socket is directory/xapi; store is the recording's xapi.json, or its records
        ...
        server.calls                           # what was asked: Call(method, params, bytes_in, bytes_out, connection, code)
        server.sessions                        # that nobody has logged out

It knows sessions, reads, maps and fields with XAPI's rules and error codes. Whoever needs more adds a method:

    @method("VUSB.create")
    def vusb_create(server, params): ...       # params without the session; a value, or raise Failure(code, ...)

Told to by `server.faults`, it fails: {number of a request, from 1, or name of a method: what}, where what is one of

    ("fail", code, param, ...)   XAPI's answer, nothing is carried out
    "close"                      the connection ends, nothing is carried out
    "lost"                       the call is carried out, and the connection ends without an answer
    "half"                       the call is carried out, and half of the answer comes
    "hang"                       nothing comes, and the connection stays open
    ("http", status)             an HTTP status without a body worth reading
    ("body", bytes)              these bytes as the body, with status 200
    ("raw", bytes)               these bytes instead of HTTP; then the connection ends
    ("large", size)              an answer of that many bytes that never ends before
    ("first", function)          function(server) is called, as another client would; then all goes its way

A fault at a name happens once if it is in a list: {"VM.get_all_records": ["lost"]}.
"""

import collections
import json
import os
import re
import shutil
import socket
import sys
import threading
import xmlrpc.client
from xml.sax.saxutils import escape

NULL = "OpaqueRef:NULL"
METHODS = {}
# A class that XAPI has can be asked for, also where the store has none of it.
CLASSES = ("pool", "host", "VM", "PCI", "PGPU", "GPU_group", "VGPU", "VGPU_type", "PIF", "network", "network_sriov", "Bond", "VLAN",
           "VIF", "SR", "PBD", "VDI", "VBD", "PUSB", "USB_group", "VUSB", "task", "message", "session", "Cluster", "tunnel")
WITHOUT_EVENTS = ("session",)

Call = collections.namedtuple("Call", "method params bytes_in bytes_out connection code")


class Failure(Exception):
    """An error of XAPI: its code and parameters."""


def method(name):
    def put(function):
        METHODS[name] = function
        return function
    return put


# ---- the wire ---------------------------------------------------------------------------------------------------------

def encode(value):
    """A value as XAPI writes it: strings without a type, integers as strings."""
    if isinstance(value, bool):
        return "<value><boolean>%d</boolean></value>" % value
    if isinstance(value, float):
        return "<value><double>%r</double></value>" % value
    if isinstance(value, dict):
        return "<value><struct>%s</struct></value>" % "".join(
            "<member><name>%s</name>%s</member>" % (escape(k, {'"': "&quot;"}), encode(v)) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return "<value><array><data>%s</data></array></value>" % "".join(encode(v) for v in value)
    return "<value>%s</value>" % escape("" if value is None else str(value), {'"': "&quot;"})


def envelope(value):
    return ('<?xml version="1.0"?><methodResponse><params><param>%s</param></params></methodResponse>' % encode(value)).encode()


def success(value):
    return envelope({"Status": "Success", "Value": value})


def failure(code, *params):
    return envelope({"Status": "Failure", "ErrorDescription": [code] + [str(p) for p in params]})


def head(length, status="200 OK", close=False):
    return ("HTTP/1.1 %s\r\ncontent-length: %d\r\nconnection: %s\r\ncache-control: no-cache, no-store\r\n"
            "content-type: text/xml\r\n\r\n" % (status, length, "close" if close else "keep-alive")).encode()


class Closed(Exception):
    """The connection is to end."""


class Connection:
    def __init__(self, server, sock, number):
        self.server, self.sock, self.number, self.rest = server, sock, number, b""

    def read_until(self, enough):
        while True:
            n = enough(self.rest)
            if n is not None:
                data, self.rest = self.rest[:n], self.rest[n:]
                return data
            more = self.sock.recv(65536)
            if not more:
                raise Closed
            self.rest += more

    def request(self):
        top = self.read_until(lambda b: b.find(b"\r\n\r\n") + 4 if b"\r\n\r\n" in b else None).decode("latin-1")
        length = re.search(r"(?im)^content-length: *(\d+)", top)
        if not top.startswith("POST / HTTP/1.1\r\n") or not length:
            self.sock.sendall(head(0, "400 Bad Request", True))
            raise Closed
        n = int(length.group(1))
        return n, self.read_until(lambda b: n if len(b) >= n else None)

    def serve(self):
        try:
            while True:
                self.server.answer(self, *self.request())
        except (Closed, OSError):
            pass
        finally:
            self.sock.close()


# ---- the server ---------------------------------------------------------------------------------------------------------

class Server:
    def __init__(self, directory, store, faults=None):
        self.path = os.path.join(directory, "xapi")
        self.store_path = store if isinstance(store, str) else None
        if self.store_path:
            with open(store) as f:
                store = json.load(f)
        self.restore(store)
        self.faults = dict(faults or {})
        self.sessions, self.calls, self.connections, self.numbers = set(), [], 0, {}
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(64)
        self.open = []
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.stop()

    def stop(self):
        self.stopping.set()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()
        for sock in self.open:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        if os.path.exists(self.path):
            os.unlink(self.path)

    def accept(self):
        while not self.stopping.is_set():
            try:
                sock = self.listener.accept()[0]
            except OSError:
                return
            self.connections += 1
            self.open.append(sock)
            threading.Thread(target=Connection(self, sock, self.connections).serve, daemon=True).start()

    def restore(self, store):
        self.db = store
        for name in CLASSES:
            self.db.setdefault(name, {})

    def reset(self, faults=None):
        """Forget what was asked, and fail as told from here on."""
        with self.lock:
            self.calls, self.connections, self.faults = [], 0, dict(faults or {})

    def fault_at(self, number, name):
        what = self.faults.get(number, self.faults.get(name))
        if isinstance(what, list):
            what = what.pop(0) if what else None
        return what

    def carry_out(self, name, params):
        """The bytes of the answer, and the code of an error."""
        try:
            return success(self.call(name, list(params))), None
        except Failure as e:
            return failure(*e.args), e.args[0]

    def answer(self, connection, n, body):
        params, name = xmlrpc.client.loads(body)
        with self.lock:
            number = len(self.calls) + 1
            fault = self.fault_at(number, name)
            kind = fault[0] if isinstance(fault, tuple) else fault
            reply, code = b"", kind
            if kind == "fail":
                reply, code = failure(*fault[1:]), fault[1]
            elif kind in (None, "lost", "half", "first"):
                if kind == "first":
                    fault[1](self)
                reply, code = self.carry_out(name, params)
            self.calls.append(Call(name, params, n, len(reply), connection.number, code))
        if kind in ("close", "lost"):
            raise Closed
        if kind == "hang":
            self.stopping.wait()
            raise Closed
        if kind == "http":
            connection.sock.sendall(head(5, "%d Told To" % fault[1], True) + b"no ok")
            raise Closed
        if kind == "raw":
            connection.sock.sendall(fault[1])
            raise Closed
        if kind == "large":
            self.send_large(connection, fault[1])
        if kind == "body":
            reply = fault[1]
        if kind == "half":
            connection.sock.sendall(head(len(reply)) + reply[:len(reply) // 2])
            raise Closed
        connection.sock.sendall(head(len(reply)) + reply)

    @staticmethod
    def send_large(connection, size):
        """In chunks, so that the size is not known beforehand."""
        sock, item = connection.sock, b"<value>" + b"x" * 4000 + b"</value>"
        sock.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: text/xml\r\n\r\n")
        first = b"<methodResponse><params><param><value><array><data>"
        sock.sendall(b"%x\r\n%s\r\n" % (len(first), first))
        chunk = b"%x\r\n%s\r\n" % (len(item) * 16, item * 16)
        for _ in range(size // (len(item) * 16) + 1):
            sock.sendall(chunk)
        raise Closed

    # ---- methods

    def call(self, name, params):
        if name in METHODS and getattr(METHODS[name], "without_session", False):
            return METHODS[name](self, params)
        if not params or params[0] not in self.sessions:
            raise Failure("SESSION_INVALID", params[0] if params else "")
        if name == "session.logout":
            self.sessions.discard(params[0])
            return ""
        if name in METHODS:
            return METHODS[name](self, params[1:])
        cls, _dot, verb = name.partition(".")
        if cls in self.db:
            for start, function in VERBS:
                if verb == start or (start.endswith("_") and verb.startswith(start)):
                    return function(self, cls, verb[len(start):], params[1:], name)
        raise Failure("MESSAGE_METHOD_UNKNOWN", name)

    def record(self, cls, ref):
        if ref not in self.db[cls]:
            raise Failure("HANDLE_INVALID", cls, ref)
        return self.db[cls][ref]

    def new_ref(self, what):
        self.numbers[what] = self.numbers.get(what, 0) + 1
        return "OpaqueRef:%s-%d" % (what, self.numbers[what])

    def changed(self):
        """The store keeps what was written."""
        if self.store_path:
            with open(self.store_path + ".new", "w") as f:
                json.dump(self.db, f, indent=1)
            os.rename(self.store_path + ".new", self.store_path)


def count(name, params, n):
    if len(params) != n:
        raise Failure("MESSAGE_PARAMETER_COUNT_MISMATCH", name, n, len(params))
    return params


def get_all_records(server, cls, _rest, params, name):
    count(name, params, 0)
    return server.db[cls]


def get_all(server, cls, _rest, params, name):
    count(name, params, 0)
    return list(server.db[cls])


def get_record(server, cls, _rest, params, name):
    return server.record(cls, *count(name, params, 1))


def get_by_uuid(server, cls, _rest, params, name):
    uuid, = count(name, params, 1)
    for ref, record in server.db[cls].items():
        if record.get("uuid") == uuid:
            return ref
    raise Failure("UUID_INVALID", cls, uuid)


def get_by_name_label(server, cls, _rest, params, name):
    label, = count(name, params, 1)
    return [ref for ref, record in server.db[cls].items() if record.get("name_label") == label]


def get_all_records_where(server, cls, _rest, params, name):
    """`true`, or field "a"="b" [and …]: what tests need of the grammar."""
    expression, = count(name, params, 1)
    wanted = re.findall(r'field "([^"]*)"\s*=\s*"([^"]*)"', expression)
    return {ref: record for ref, record in server.db[cls].items()
            if all(text(record.get(field.replace("-", "_"))) == value for field, value in wanted)}


def text(value):
    return str(value).lower() if isinstance(value, bool) else value


def get_field(server, cls, field, params, name):
    record = server.record(cls, *count(name, params, 1))
    if field not in record:
        # what a recording left out: empty
        return {} if field in MAPS else ""
    return record[field]


MAPS = ("other_config", "VCPUs_params", "platform", "xenstore_data", "HVM_boot_params", "guest_VCPUs_params", "device_config")


def add_to(server, cls, field, params, name):
    ref, key, value = count(name, params, 3)
    values = server.record(cls, ref).setdefault(field, {})
    if key in values:
        raise Failure("MAP_DUPLICATE_KEY", cls, field, ref, key)
    values[key] = value
    server.changed()
    return ""


def remove_from(server, cls, field, params, name):
    ref, key = count(name, params, 2)
    values = server.record(cls, ref).get(field, {})
    if isinstance(values, list):
        if key in values:
            values.remove(key)
    else:
        values.pop(key, None)
    server.changed()
    return ""


def set_field(server, cls, field, params, name):
    ref, value = count(name, params, 2)
    record = server.record(cls, ref)
    if isinstance(value, str) and value.startswith("OpaqueRef:") and value != NULL and \
            not any(value in records for records in server.db.values()):
        raise Failure("HANDLE_INVALID", "host" if field == "affinity" else cls, value)
    record[field] = value
    server.changed()
    return ""


VERBS = [("get_all_records", get_all_records), ("get_all_records_where", get_all_records_where), ("get_all", get_all),
         ("get_record", get_record), ("get_by_uuid", get_by_uuid), ("get_by_name_label", get_by_name_label),
         ("get_", get_field), ("add_to_", add_to), ("remove_from_", remove_from), ("set_", set_field)]


@method("session.login_with_password")
def login(server, _params):
    ref = server.new_ref("session")
    server.sessions.add(ref)
    return ref


login.without_session = True


@method("message.create")
def message_create(server, params):
    name, priority, cls, uuid, body = count("message.create", params, 5)
    ref = server.new_ref("message")
    server.db.setdefault("message", {})[ref] = dict(uuid=ref[10:], name=name, priority=priority, cls=cls, obj_uuid=uuid, body=body)
    server.changed()
    return ref


@method("message.destroy")
def message_destroy(server, params):
    ref, = count("message.destroy", params, 1)
    server.record("message", ref)
    del server.db["message"][ref]
    server.changed()
    return ""


@method("event.from")
def event_from(server, params):
    """All records of some classes at once, as events of things that were added (an empty token)."""
    classes, token, _timeout = count("event.from", params, 3)
    if token:
        raise Failure("EVENT_FROM_TOKEN_PARSE_FAILURE", token)
    wanted = [c.lower() for c in classes]
    events = []
    for cls, records in server.db.items():
        if "*" in wanted or (cls.lower() in wanted and cls not in WITHOUT_EVENTS):
            events += [{"id": str(i), "timestamp": "0.0", "class": cls.lower(), "operation": "add", "ref": ref,
                        "snapshot": record} for i, (ref, record) in enumerate(records.items())]
    return {"events": events, "valid_ref_counts": {c.lower(): str(len(r)) for c, r in server.db.items()},
            "token": "00000000000000000042,00000000000000000000"}


def power(server, ref, expected, then):
    vm = server.record("VM", ref)
    if vm["power_state"] not in expected:
        raise Failure("VM_BAD_POWER_STATE", ref, expected[0].lower(), vm["power_state"].lower())
    vm["power_state"] = then
    server.changed()
    return ""


@method("VM.start")
def vm_start(server, params):
    ref, paused, _force = count("VM.start", params, 3)
    return power(server, ref, ["Halted"], "Paused" if paused else "Running")


@method("VM.start_on")
def vm_start_on(server, params):
    ref, host, paused, _force = count("VM.start_on", params, 4)
    server.record("host", host)
    return power(server, ref, ["Halted"], "Paused" if paused else "Running")


@method("VM.clean_shutdown")
def vm_clean_shutdown(server, params):
    return power(server, *count("VM.clean_shutdown", params, 1), ["Running"], "Halted")


@method("VM.hard_shutdown")
def vm_hard_shutdown(server, params):
    return power(server, *count("VM.hard_shutdown", params, 1), ["Running", "Paused", "Suspended"], "Halted")


@method("PUSB.scan")
def pusb_scan(server, params):
    server.record("host", *count("PUSB.scan", params, 1))
    return ""


def main():
    """server.py DIRECTORY XAPI.JSON: serve until standard input ends."""
    directory, store = sys.argv[1:]
    copy = os.path.join(directory, "xapi.json")
    shutil.copyfile(store, copy)
    with Server(directory, copy):
        print("ready", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
