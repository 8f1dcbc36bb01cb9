#!/usr/bin/env python3
"""Compiles every C++ block of the README and of docs/: docs.py ROOT COMPILER [FLAG…].

All blocks become one translation unit, each in its own namespace, so that none depends on another. Comments before a block
that is not a whole program say what it needs: `<!-- given: CODE -->` is code that goes before it, with
`<!-- inside: SIGNATURE -->` it becomes the body of that function, and with `<!-- outside: -->` it is in no namespace. Links between pages must point to a file.
"""

import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r'((?:<!-- (?:given|inside|outside): .*?-->\n)*)```cpp\n(.*?)```', re.DOTALL)
HINT = re.compile(r'<!-- (given|inside|outside): (.*?) ?-->', re.DOTALL)
LINK = re.compile(r'\]\(([^)#:]+)(?:#[^)]*)?\)')


def unit(pages):
    includes, blocks = {'#include <lambda_proc/lambda_proc.hpp>', '#include <lambda_proc/testing.hpp>'}, []
    for page in pages:
        text = page.read_text()
        for block in BLOCK.finditer(text):
            hints = dict(HINT.findall(block[1]))
            code = block[2]
            includes.update(re.findall(r'^#include .*$', code, re.MULTILINE))
            code = re.sub(r'^#include .*\n', '', code, flags=re.MULTILINE)
            line = text[:block.start(2)].count('\n') + 1
            body = f'#line {line} "{page}"\n{code}'
            if 'inside' in hints:
                body = f'{hints["inside"]} {{\n{body}}}\n'
            body = f'{hints.get("given", "")}\n{body}'
            blocks.append(body if 'outside' in hints else f'namespace block_{len(blocks)} {{\n{body}}}\n')
    macros = '#define CHECK(claim) if (!(claim)) throw 0\n'
    return '\n'.join(sorted(includes)) + '\n' + macros + '\n'.join(blocks), len(blocks)


def broken_links(pages):
    for page in pages:
        for target in LINK.findall(re.sub(r'```.*?```', '', page.read_text(), flags=re.DOTALL)):
            if not (page.parent / target).exists():
                yield f'{page}: there is no {target}'


def main():
    root, *compiler = sys.argv[1:]
    root = pathlib.Path(root)
    pages = [root / 'README.md', root / 'node/README.md', *sorted((root / 'docs').glob('*.md'))]
    wrong = list(broken_links(pages))
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    source, count = unit(pages)
    command = [*compiler, '-std=c++20', '-fsyntax-only', f'-I{root}/include', '-x', 'c++', '-']
    compiled = subprocess.run(command, input=source, text=True).returncode == 0
    print(f'{count} blocks, {len(pages)} pages')
    return 0 if compiled and not wrong and count >= 8 else 1


if __name__ == '__main__':
    sys.exit(main())
