# SPDX-License-Identifier: GPL-2.0-or-later
"""What the platform's own tools understand from a grub.cfg, as its documentation and observation say (facts, 5.4): a
model for tests, written from that description.

The file is read by lines, each without the blanks around it. An entry is a line `menuentry`, one quoted title, anything, and a
brace at its end; a line that is a single closing brace ends it; an entry inside a submenu counts like any other. In an entry, the
hypervisor's line and the first module behind it hold the arguments of Xen and dom0.

boot() is another matter: what grub itself does with the lines before the menu, once.

    grub_reader.py GRUB.CFG GRUBENV     boot once: prints the title and dom0's arguments, leaves GRUBENV as grub does
"""

import sys

HYPERVISORS = ("multiboot2", "xen_hypervisor")
MODULES = ("module2", "xen_module")


class Unreadable(Exception):
    """The platform's tools would give up here."""


class Entry:
    def __init__(self, title):
        self.title = title
        self.args = {}  # "xen", "dom0" -> list of words as they stand there

    @property
    def label(self):
        if self.title == "XCP-ng":
            return "xe"
        for end, label in (("(Serial)", "xe-serial"), ("Safe Mode", "safe"), ("upgrade", "upgrade")):
            if self.title.endswith(end):
                return label
        if " / " in self.title:
            return "fallback-serial" if "(Serial," in self.title else "fallback"
        return None


def words(text):
    """Words between blanks; the first double-quoted part of a word may hold blanks, a second one may not."""
    found, i = [], 0
    while i < len(text):
        if text[i].isspace():
            i += 1
            continue
        start = i
        i += 1
        while i < len(text) and text[i] not in ' "':
            i += 1
        if i < len(text) and text[i] == '"' and '"' in text[i + 1:]:
            i = text.index('"', i + 1) + 1
        while i < len(text) and not text[i].isspace():
            i += 1
        found.append(text[start:i])
    return found


def title_of(line):
    """The title that a menuentry line gives, None for another line."""
    if not line.startswith("menuentry "):
        return None
    rest = line[len("menuentry "):]
    if rest[:1] not in ("'", '"'):
        return None
    end = min((rest.index(q, 1) for q in "'\"" if q in rest[1:]), default=-1)
    return rest[1:end] if end > 0 and "{" in rest[end:] else None


def read(text):
    """All entries, in order."""
    entries, entry = [], None
    for line in text.split("\n"):
        line = line.strip()
        if entry is None:
            title = title_of(line)
            if title is not None:
                entry = Entry(title)
            continue
        if line == "}":
            entries.append(entry)
            entry = None
            continue
        command, _blank, rest = line.partition(" ")
        if command in HYPERVISORS:
            entry.args["xen"] = words(rest)[1:]
        elif command in MODULES:
            if "xen" not in entry.args:
                raise Unreadable("a module before its hypervisor in '%s'" % entry.title)
            entry.args.setdefault("dom0", words(rest)[1:])
    return entries


def get(args, key):
    """What --get prints for a key: the words that are it, or begin with it and "="."""
    return [word for word in args if word == key or word.startswith(key + "=")]


def value_of(word):
    """The value of a word as the booted program sees it: grub takes the quotes and the backslashes before $ " and \\ away."""
    _key, equals, value = word.partition("=")
    if not equals:
        return None
    if len(value) >= 2 and value[0] == '"' and value[-1] == '"':
        plain, i, value = "", 0, value[1:-1]
        while i < len(value):
            i += value[i] == "\\" and value[i + 1:i + 2] in ("$", '"', "\\")
            plain += value[i]
            i += 1
        return plain
    return value


# ---- grub itself ------------------------------------------------------------------------------------------------------

HEADER = "# GRUB Environment Block\n"


def read_env(data):
    """The variables of a grubenv, None where grub would not take it."""
    if data is None or not data.startswith(HEADER):
        return None
    return dict(line.split("=", 1) for line in data.split("\n") if "=" in line and not line.startswith("#"))


def expand(word, variables):
    """A word of the few that stand before a menu: plain, in double quotes, with $name."""
    word = word.strip('"')
    for name in sorted(variables, key=len, reverse=True):
        word = word.replace("$" + name, variables[name]).replace("${%s}" % name, variables[name])
    return "" if word.startswith("$") and word != "$prefix/grubenv" else word


def holds(condition, variables, env, saved):
    """What stands between `if` and `; then`."""
    negated = condition.startswith("! ")
    condition = condition[2:] if negated else condition
    if condition.startswith("save_env "):
        name = condition.split()[1]
        saved.append(name)
        truth = env is not None
    else:
        w = [expand(word, variables) for word in condition.strip("[] ").split()]
        truth = {"-s": lambda: env is not None, "-n": lambda: w[1:] != [""]}[w[0]]() if len(w) == 2 else w[0] == w[2]
    return truth != negated


def boot(text, data):
    """(title, arguments by name, grubenv afterwards) for a menu whose head has only what our files have there."""
    env, variables, taken, saved = read_env(data), {}, [], []
    for line in text[:text.index("menuentry ")].split("\n"):
        line = line.strip()
        if line.startswith("if "):
            taken.append(all(taken) and holds(line[3:].replace("; then", ""), variables, env, saved))
        elif line == "fi":
            taken.pop()
        elif not all(taken) or not line or line.startswith("#"):
            continue
        elif line == "load_env":
            variables.update(env or {})
        elif line.startswith("unset "):
            variables.pop(line[6:], None)
        elif line.startswith("save_env "):
            saved.append(line[9:])
        elif line.startswith("set "):
            name, value = line[4:].split("=", 1)
            variables[name] = expand(value, variables)
    for name in saved:
        env.pop(name, None)
        if name in variables:
            env[name] = variables[name]
    entries, wanted = read(text), variables.get("default", "0")
    by_id = [i for i, line in enumerate(x for x in text.split("\n") if x.startswith("menuentry "))
             if " --id %s " % wanted in line or line.startswith("menuentry '%s' " % wanted)]
    number = int(wanted) if wanted.isdigit() else by_id[0] if by_id else 0
    entry = entries[number if number < len(entries) else 0]
    if env is not None:
        lines = HEADER + "".join("%s=%s\n" % item for item in env.items())
        data = lines + "#" * (1024 - len(lines))
    return entry.title, entry.args, data


if __name__ == "__main__":
    with open(sys.argv[1]) as f:
        cfg = f.read()
    try:
        with open(sys.argv[2]) as f:
            block = f.read()
    except FileNotFoundError:
        block = None
    title, words_of, after = boot(cfg, block)
    print(title)
    print(" ".join(words_of["dom0"]))
    if after is not None:
        with open(sys.argv[2], "w") as f:
            f.write(after)
