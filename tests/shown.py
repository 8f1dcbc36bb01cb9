#!/usr/bin/env python3
"""Runs the shell commands in a page and compares their output with the output that the page shows.

    shown.py PAGE DIRECTORY              lines "$ command" and their output in a source's first comment
    shown.py --program NAME PAGE DIRECTORY
                                         the page is Markdown: its first ```cpp block is saved as NAME in the directory,
                                         then the first ```console block is run there
    shown.py --under "valgrind -q" …     runs each program of the directory with this prefix

"…" in the shown output matches any text. The exit status is 0 if all output is as shown.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path


def commands(lines):
    """[(command, [line of output, …]), …]"""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def first_comment(text):
    """The indented lines of the comment at the start of a source."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        if line.startswith("//     "):
            lines.append(line[7:])
    return lines


def block(text, language):
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if not found:
        sys.exit(f"shown: no ```{language} block")
    return found[1]


def fits(shown, printed):
    pattern = ".*".join(map(re.escape, shown.split("…")))
    return re.fullmatch(pattern, printed) is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program")
    parser.add_argument("--under")
    parser.add_argument("page", type=Path)
    parser.add_argument("directory", type=Path)
    arguments = parser.parse_args()

    text = arguments.page.read_text()
    if arguments.program:
        (arguments.directory / arguments.program).write_text(block(text, "cpp"))
        runs = commands(block(text, "console").splitlines())
    else:
        runs = commands(first_comment(text))
    if not runs:
        sys.exit(f"shown: {arguments.page} shows no command")

    for command, shown in runs:
        if arguments.under:
            command = re.sub(r"(?<!\S)\./", f"{arguments.under} ./", command)
        done = subprocess.run(
            ["bash", "-c", command], cwd=arguments.directory, stdout=subprocess.PIPE, text=True, timeout=300
        )
        printed = done.stdout.splitlines()
        same = len(printed) == len(shown) and all(map(fits, shown, printed))
        print("$ " + command, *printed, sep="\n")
        if done.returncode != 0 or not same:
            print(f"exit status {done.returncode}, expected 0 and:", *shown, sep="\n")
            sys.exit(1)


main()
