#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The comparison for boot-param-set: set one Xen argument in the normal and the serial entry, as a Python script does.

The imports are those that the platform's own tools start with; the work is the least that does the job.

    peer-edit.py GRUB.CFG KEY VALUE
"""

import os
import re
import sys
import tempfile
import xmlrpc.client  # noqa: F401  what it costs to have it is part of the comparison

ENTRY = re.compile(r"menuentry ['\"]([^'\"]*)['\"]")
WORD = re.compile(r'\S[^ "]*(?:"[^"]*")?\S*')


def main(path, key, value):
    with open(path) as f:
        lines = f.readlines()
    title = ""
    for i, line in enumerate(lines):
        entry = ENTRY.match(line)
        if entry:
            title = entry.group(1)
        indent = line[:len(line) - len(line.lstrip())]
        words = line.split(None, 2)
        if words[:1] == ["multiboot2"] and (title == "XCP-ng" or title.endswith("(Serial)")):
            args = [w for w in WORD.findall(words[2]) if w != key and not w.startswith(key + "=")]
            lines[i] = "%s%s %s %s %s=%s\n" % (indent, words[0], words[1], " ".join(args), key, value)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    with os.fdopen(handle, "w") as f:
        f.writelines(lines)
        f.flush()
        os.fsync(f.fileno())
    os.rename(temporary, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
