# SPDX-License-Identifier: GPL-2.0-or-later
"""Plugins and tasks for server.py: Async.host.call_plugin, task.*, and event.from of tasks, which waits.

    server.plugins = {host reference: function(fn, args, session) -> text}     # run in a thread of its own each

A function may raise Failure(code, ...); what else it raises is XENAPI_PLUGIN_FAILURE. A host that is not there is HOST_OFFLINE; Raw(text) is
given as the task's result as it is. GONE in place of a text: somebody destroys the task.
"""

import threading
from xml.sax.saxutils import escape

from server import METHODS, Failure, count, method

GONE = object()


class Raw(str):
    """The task's result, not written as an XML-RPC value."""


def state(server):
    """What tasks need beyond the store: a condition on the server's own lock, and the order of changes."""
    if not hasattr(server, "task_changes"):
        server.task_changes, server.task_time = {}, 0
        server.task_moved = threading.Condition(server.lock)
        server.tasks_made = 0
    return server


def touch(server, ref):
    server.task_time += 1
    server.task_changes[ref] = server.task_time
    server.task_moved.notify_all()


def finish(server, ref, **fields):
    with server.lock:
        if ref in server.db["task"]:
            server.db["task"][ref].update(fields)
            touch(server, ref)


def work(server, ref, function, fn, args, session):
    try:
        text = function(fn, args, session)
        if text is GONE:
            with server.lock:
                server.db["task"].pop(ref, None)
                touch(server, ref)
        else:
            result = text if isinstance(text, Raw) else "<value>%s</value>" % escape(text, {'"': "&quot;"})
            finish(server, ref, status="success", result=result)
    except Failure as e:
        finish(server, ref, status="failure", error_info=list(e.args))
    except Exception as e:  # noqa: BLE001  whatever a plugin does
        finish(server, ref, status="failure", error_info=["XENAPI_PLUGIN_FAILURE", "non-zero exit", "", repr(e)])


@method("Async.host.call_plugin")
def call_plugin(server, params):
    host, _plugin, fn, args = count("Async.host.call_plugin", params, 4)
    server.record("host", host)
    ref = state(server).new_ref("task")
    server.tasks_made += 1
    server.db["task"][ref] = {"uuid": ref[10:], "name_label": "Async.host.call_plugin", "status": "pending", "result": "",
                              "error_info": []}
    touch(server, ref)
    plugins = getattr(server, "plugins", {})
    if host in plugins:
        session = sorted(server.sessions)[0]
        threading.Thread(target=work, args=(server, ref, plugins[host], fn, args, session), daemon=True).start()
    else:
        server.db["task"][ref].update(status="failure", error_info=["HOST_OFFLINE", host])
    return ref


@method("task.cancel")
def cancel(server, params):
    server.record("task", *count("task.cancel", params, 1))
    return ""


@method("task.destroy")
def destroy(server, params):
    ref, = count("task.destroy", params, 1)
    server.record("task", ref)
    del server.db["task"][ref]
    return ""


all_events = METHODS["event.from"]


@method("event.from")
def event_from(server, params):
    classes, token, timeout = count("event.from", params, 3)
    refs = [c[5:] for c in classes if c.startswith("task/")]
    if not refs:
        return all_events(server, params)
    state(server)
    since = int(token) if token else 0

    def news():
        return [ref for ref in refs if server.task_changes.get(ref, 0) > since]

    server.task_moved.wait_for(lambda: news() or server.stopping.is_set(), timeout)
    events = [{"id": str(i), "timestamp": "0.0", "class": "task", "operation": "mod" if ref in server.db["task"] else "del", "ref": ref,
               **({"snapshot": dict(server.db["task"][ref])} if ref in server.db["task"] else {})} for i, ref in enumerate(news())]
    return {"events": events, "valid_ref_counts": {"task": str(len(server.db["task"]))}, "token": str(server.task_time)}
