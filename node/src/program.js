// SPDX-License-Identifier: MIT
// Finds out that a program can't run on this machine. The system doesn't say so: for a program of another architecture
// execvp(3) starts a shell, as it does for scripts without a #! line, and the shell exits with a meaningless status.

import { closeSync, openSync, readSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node.js's names for values of ELF's e_machine. */
const MACHINES = new Map([
  [3, 'ia32'], [8, 'mips'], [20, 'ppc'], [21, 'ppc64'], [22, 's390x'], [40, 'arm'], [62, 'x64'], [183, 'arm64'],
  [243, 'riscv64'], [258, 'loong64'],
]);

/** The older architecture that a 64-bit processor may also run. */
const OLDER = new Map([['x64', 'ia32'], ['arm64', 'arm']]);

const FORMATS = [
  [[0x4d, 0x5a], 'Windows'],
  [[0xcf, 0xfa, 0xed, 0xfe], 'macOS'],
  [[0xca, 0xfe, 0xba, 0xbe], 'macOS'],
];

/** Returns the reason, such as "is a program for arm64, and this machine is x64", or undefined if none is found. */
export function whyUnfit(command, { cwd, env } = {}) {
  const header = headerOf(command, cwd, env?.PATH ?? process.env.PATH);
  if (header === undefined) return undefined;
  const kind = kindOf(header);
  if (kind === undefined || kind === process.arch || kind === OLDER.get(process.arch)) return undefined;
  return `is a program for ${kind}, and this machine is ${process.arch}`;
}

function kindOf(header) {
  if (header.length >= 20 && header.readUInt32BE(0) === 0x7f454c46) {
    const isLittleEndian = header[5] === 1;
    const machine = isLittleEndian ? header.readUInt16LE(18) : header.readUInt16BE(18);
    return MACHINES.get(machine) ?? `machine ${machine} of ELF's list`;
  }
  return FORMATS.find(([magic]) => magic.every((byte, i) => header[i] === byte))?.[1];
}

/** The first bytes of the file `command`, found as execvp(3) does; undefined if it can't be read. */
function headerOf(command, cwd, path) {
  const base = cwd instanceof URL ? fileURLToPath(cwd) : (cwd ?? '.');
  const folders = command.includes('/') ? [''] : (path ?? '').split(delimiter);
  for (const folder of folders) {
    let file;
    try {
      file = openSync(resolve(base, join(folder, command)));
      const header = Buffer.alloc(20);
      return header.subarray(0, readSync(file, header));
    } catch {
      // Try the next directory.
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }
  return undefined;
}
