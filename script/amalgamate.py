#!/usr/bin/env python3
"""Writes single_include/ from include/: script/amalgamate.py [--check]

Each output is the text of one header with each of the project's own includes replaced by its text, once. With --check
nothing is written; the exit status says whether the files are up to date. The output depends on the sources
alone. A cycle among the headers is an error, through their definitions, too, and so is an include that goes up: each folder is a room on a floor, and a
header includes headers of its own room and of lower floors only.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "include"
TARGET = ROOT / "single_include"

# Each output, and the output that it includes instead of containing its text.
OUTPUTS = {
    "lambda_proc/lambda_proc.hpp": None,
    "lambda_proc/testing.hpp": "lambda_proc/lambda_proc.hpp",
    "lambda_proc/events.hpp": "lambda_proc/lambda_proc.hpp",
}

# The floor of each room; the doors that users include are above all rooms. Two rooms on the same floor don't include
# each other.
FLOORS = {
    "core": 1,
    "json": 2,
    "io": 3,
    "handler": 4,
    "log": 4,
    "wire": 5,
    "events": 5,
    "crash": 6,
    "runtime_api": 7,
    "serve": 7,
    "process": 8,
}
DOOR = 9

# How a header includes its definitions, unless they are compiled once.
OWN_DEFINITIONS = "#ifndef LAMBDA_PROC_COMPILED\n#include <{}_definitions.hpp>\n#endif\n"
OWN = re.compile(r"#include <(lambda_proc/[^>]+)>\n")
OTHER = re.compile(r"#include (<[^>]+>)\n")


def dependencies(header):
    return OWN.findall((SOURCE / header).read_text())


def room_and_floor(header):
    """The folder of a header under lambda_proc/, and its floor; each door counts as its own room."""
    room, _, name = header.removeprefix("lambda_proc/").rpartition("/")
    if not room:
        return name, DOOR
    if room not in FLOORS:
        sys.exit(f"amalgamate: {header} is in no room; known rooms: {', '.join(FLOORS)}")
    return room, FLOORS[room]


def check_floors():
    """Exits with an error that names both headers if one includes a header of another room on its own floor or above."""
    up = []
    for path in sorted((SOURCE / "lambda_proc").rglob("*.hpp")):
        header = str(path.relative_to(SOURCE))
        room, floor = room_and_floor(header)
        for other in dependencies(header):
            other_room, other_floor = room_and_floor(other)
            if other_floor > floor or (other_floor == floor and other_room != room and floor != DOOR):
                up.append(f"{header} (floor {floor}) includes {other} (floor {other_floor})")
    if up:
        sys.exit("amalgamate: an include goes up: " + "; ".join(up))


def closure(header, without):
    """`header` and all that it includes, directly or not, but `without` and what only that includes."""
    found, pending = set(), [header]
    while pending:
        name = pending.pop()
        if name != without and name not in found:
            found.add(name)
            pending += dependencies(name)
    return found


def check_definitions():
    """Exits with an error if definitions need a header that includes what they define: that header could not be
    compiled alone, since its include of the declarations would reach the definitions first."""
    for path in sorted((SOURCE / "lambda_proc").rglob("*_definitions.hpp")):
        definitions = str(path.relative_to(SOURCE))
        declarations = definitions.replace("_definitions.hpp", ".hpp")
        for other in sorted(closure(definitions, declarations)):
            if other != definitions and declarations in dependencies(other):
                sys.exit(f"amalgamate: {definitions} needs {other}, which includes {declarations}")


def in_order(header, done, pending=()):
    """All headers that `header` depends on and that are not in `done`, then `header` itself."""
    if header in pending:
        sys.exit("amalgamate: a cycle: " + " -> ".join([*pending, header]))
    if header in done:
        return
    definitions = header.removesuffix(".hpp") + "_definitions.hpp"
    others = dependencies(header)
    for other in others:
        if other != definitions:
            yield from in_order(other, done, (*pending, header))
    done.add(header)
    yield header
    if definitions in others:
        yield from in_order(definitions, done, pending)


def body(header, hoisted):
    """The text of a header without the lines that the output has only once; plain includes are added to `hoisted`."""
    lines = []
    depth = 0
    definitions = OWN_DEFINITIONS.format(header.removesuffix(".hpp"))
    for line in (SOURCE / header).read_text().removesuffix(definitions).splitlines(keepends=True):
        if re.match(r"#\s*if", line):
            depth += 1
        elif re.match(r"#\s*endif", line):
            depth -= 1
        if line.startswith(("#pragma once", "// SPDX-License-Identifier")) or OWN.fullmatch(line):
            continue
        match = OTHER.fullmatch(line)
        if match and depth == 0:
            hoisted.add(match[1])
            continue
        lines.append(line)
    text = re.sub(r"\n{3,}", "\n\n", "".join(lines)).strip("\n")
    return f"#ifndef LAMBDA_PROC_COMPILED\n{text}\n#endif" if header.endswith("_definitions.hpp") else text


def amalgamate(output, base):
    done = set()
    if base:
        list(in_order(base, done))
    hoisted = set()
    parts = [f"// {name}\n{body(name, hoisted)}\n" for name in in_order(output, done)]
    if base:
        base_includes = set()
        for name in in_order(base, set()):
            body(name, base_includes)
        hoisted -= base_includes
    head = [
        "#pragma once",
        "// SPDX-License-Identifier: MIT",
        "// Generated by script/amalgamate.py from include/: change it there.",
        "",
    ]
    if base:
        head += [f"#include <{base}>", ""]
    standard = sorted(name for name in hoisted if not name.endswith(".h>"))
    system = sorted(name for name in hoisted if name.endswith(".h>"))
    for group in (standard, system):
        if group:
            head += [f"#include {name}" for name in group] + [""]
    return "\n".join(head) + "\n" + "\n".join(parts)


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    check_floors()
    check_definitions()
    stale = []
    for output, base in OUTPUTS.items():
        text = amalgamate(output, base)
        path = TARGET / output
        if path.exists() and path.read_text() == text:
            continue
        stale.append(output)
        if not sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale and sys.argv[1:]:
        sys.exit("amalgamate: stale, run script/amalgamate.py: " + ", ".join(stale))


main()
