# SPDX-License-Identifier: GPL-2.0-or-later
"""A recording in memory: paths, and what stands there."""

import os
import shutil
import stat


class Tree:
    """Files and links by their path below the recording. Parent directories come by themselves."""

    def __init__(self):
        self.files = {}  # path -> bytes
        self.links = {}  # path -> text of the link

    def file(self, path, content=""):
        self.files[path.lstrip("/")] = content.encode() if isinstance(content, str) else bytes(content)

    def dom0(self, path, content=""):
        """A file of dom0, by the path that dom0 sees."""
        self.file("root" + path, content)

    def attrs(self, directory, **values):
        """sysfs attributes: one value and a newline each."""
        for name, value in values.items():
            self.dom0(directory + "/" + name, "%s\n" % value)

    def link(self, path, target):
        """A link of dom0 from one of its paths to another, relative as sysfs writes them."""
        self.links["root" + path] = os.path.relpath(target, os.path.dirname(path))

    def write(self, directory):
        """Make `directory` be this tree, and nothing else."""
        if os.path.lexists(directory):
            shutil.rmtree(directory)
        for path in sorted(self.files):
            full = os.path.join(directory, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as out:
                out.write(self.files[path])
        for path in sorted(self.links):
            full = os.path.join(directory, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            os.symlink(self.links[path], full)

    def differences(self, directory):
        """Lines that say where `directory` is not this tree."""
        found = set()
        for where, _dirs, names in os.walk(directory):
            links = [d for d in _dirs if os.path.islink(os.path.join(where, d))]
            for name in names + links:
                full = os.path.join(where, name)
                path = os.path.relpath(full, directory)
                found.add(path)
                mode = os.lstat(full).st_mode
                if stat.S_ISLNK(mode):
                    if self.links.get(path) != os.readlink(full):
                        yield "%s: not the link that the generator writes" % path
                elif path not in self.files:
                    yield "%s: the generator does not write it" % path
                else:
                    with open(full, "rb") as have:
                        if have.read() != self.files[path]:
                            yield "%s: not the content that the generator writes" % path
        for path in sorted(set(self.files) | set(self.links)):
            if path not in found:
                yield "%s: missing" % path
