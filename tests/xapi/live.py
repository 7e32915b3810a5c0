# SPDX-License-Identifier: GPL-2.0-or-later
"""A running host for tests: the program as it is installed, without --host-dir, in a recording as its root directory.

    with live.host(os.path.join(SRCDIR, "tests", "hosts", "gpu-server")) as h:
        done = h.run("vm-pci-list")             # a subprocess.CompletedProcess, text
        h.server.calls, h.server.faults          # the XAPI it spoke to (server.py)
        h.path("etc/xe-passthrough.conf")        # a file of the host, from outside

The files of root/ are a copy, read and written as the machine's own; XAPI answers on /var/lib/xcp/xapi from the recording's
xapi.json; there is no Xen. It takes a mount namespace: live.why_not() says why there can be none.
"""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.abspath(__file__))
SRCDIR = os.environ.get("SRCDIR") or os.path.dirname(os.path.dirname(HERE))
BUILDDIR = os.environ.get("BUILDDIR") or SRCDIR
PROGRAM = os.path.join(BUILDDIR, "plugin", "xe-passthrough")
TIMEOUT = 120

sys.path.insert(0, HERE)
from server import Server  # noqa: E402


def unshare():
    return ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]


@functools.lru_cache(None)
def why_not():
    """Why no private root can be had here; None: it can."""
    for tool in ("unshare", "chroot", "mount", "ldd"):
        if not shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            return "there is no program '%s'" % tool
    done = subprocess.run(unshare() + ["sh", "-c", "mount -t tmpfs none /mnt && mount --rbind /proc /mnt"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, check=False)
    return None if done.returncode == 0 else "no mount namespace: " + done.stdout.strip().split("\n")[-1]


@functools.lru_cache(None)
def library_folders():
    """Directories of the libraries that the program and its modules load, the loader's among them."""
    modules = os.path.join(BUILDDIR, "xenhelpers", ".libs")
    files = [PROGRAM] + [os.path.join(modules, n) for n in sorted(os.listdir(modules)) if n.endswith(".so")]
    listed = subprocess.run(["ldd"] + files, stdout=subprocess.PIPE, universal_newlines=True, check=False).stdout
    return sorted({os.path.dirname(p) for p in re.findall(r"(/\S+) \(0x", listed)})


class Host:
    def __init__(self, recording, work, faults=None):
        self.original, self.work = recording, work
        self.root = os.path.join(work, "root")
        shutil.copytree(os.path.join(recording, "root"), self.root, symlinks=True)
        subprocess.run(["chmod", "-R", "u+rwX", self.root], check=False)
        self.make_root()
        self.server = Server(self.path("var/lib/xcp"), self.store(), faults)

    def store(self):
        with open(os.path.join(self.original, "xapi.json")) as f:
            return json.load(f)

    def make_recording(self):
        """A copy of what the host was made of, to compare with."""
        copy = os.path.join(self.work, "recording")
        shutil.copytree(self.original, copy, symlinks=True)
        subprocess.run(["chmod", "-R", "u+rwX", copy], check=False)
        return copy

    def restore(self, faults=None):
        """As it was at the beginning: the boot files, our own, and XAPI; which now fails as told."""
        for folder in ("boot", "etc", "var/lib/xe-passthrough"):
            shutil.rmtree(self.path(folder), ignore_errors=True)
            if os.path.isdir(os.path.join(self.original, "root", folder)):
                shutil.copytree(os.path.join(self.original, "root", folder), self.path(folder), symlinks=True)
                subprocess.run(["chmod", "-R", "u+rwX", self.path(folder)], check=False)
        self.server.restore(self.store())
        self.server.reset(faults)

    def path(self, name):
        return os.path.join(self.root, name)

    def make_root(self):
        if os.path.isdir(self.path("proc")):
            os.rename(self.path("proc"), self.path(".proc"))
        names = [p for p in ("/usr/share/misc", "/usr/share/hwdata") if os.path.isdir(p)]  # pci.ids
        binds = library_folders() + names + [BUILDDIR, "/dev/null", "/dev/urandom"]
        for folder in binds + ["/proc", "/.proc", "/var/lib/xcp", "/tmp", "/dev", "/etc"]:
            if not folder.startswith("/dev/"):
                os.makedirs(self.root + folder, exist_ok=True)
        for name in ("null", "urandom"):
            open(self.path("dev/" + name), "w").close()
        with open(self.path(".binds"), "w") as f:
            f.write("".join(b + "\n" for b in binds))

    def start(self, *words, program=PROGRAM, **kw):
        env = {k: v for k, v in os.environ.items() if k.endswith("_OPTIONS")}
        env.update(PATH="/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL="C")
        command = unshare() + ["sh", os.path.join(HERE, "enter"), self.root, program] + list(words)
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=env, universal_newlines=True, **kw)

    def run(self, *words, **kw):
        with self.start(*words, **kw) as p:
            try:
                out, err = p.communicate(timeout=TIMEOUT)
            except subprocess.TimeoutExpired:
                p.kill()
                raise
        return subprocess.CompletedProcess(list(words), p.returncode, out, err)

    def stop(self):
        self.server.stop()


class host:  # a context manager, named as it reads
    def __init__(self, recording, faults=None):
        self.recording, self.faults = recording, faults

    def __enter__(self):
        self.work = tempfile.mkdtemp(prefix="xp-live.")
        self.host = Host(self.recording, self.work, self.faults)
        return self.host

    def __exit__(self, *_exc):
        self.host.stop()
        shutil.rmtree(self.work, ignore_errors=True)
