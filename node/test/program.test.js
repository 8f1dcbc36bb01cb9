// SPDX-License-Identifier: MIT
// Programs for other machines.

import { whyUnfit } from '../src/program.js';
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rejection, start, test } from './support.js';

/** A program in its own directory, which is removed after the test. */
function program(t, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'price');
  writeFileSync(file, bytes);
  chmodSync(file, 0o755);
  return { folder, file };
}

/** The bytes of a program for this machine, with a header that names another architecture. */
function forMachine(number) {
  const bytes = readFileSync('/bin/true');
  bytes.writeUInt16LE(number, 18);
  return bytes;
}

const [other, otherNumber] = process.arch === 'arm64' ? ['x64', 62] : ['arm64', 183];

test('each request for a program of another architecture is rejected with the name of that architecture', async (t) => {
  const { file } = program(t, forMachine(otherNumber));
  const { handler } = start(t, [file]);
  for (let i = 0; i < 3; ++i) {
    const error = await rejection(handler.invoke(i));
    assert.equal(error.name, 'child_exited');
    assert.ok(error.message.includes(`${file} is a program for ${other}, and this machine is ${process.arch}`), error.message);
  }
});

test('the program is found as the system does: in PATH, or from the working directory', (t) => {
  const { folder } = program(t, forMachine(otherNumber));
  assert.match(whyUnfit('price', { env: { PATH: `/nonexistent:${folder}` } }), /is a program for/);
  assert.match(whyUnfit('./price', { cwd: folder }), /is a program for/);
  assert.equal(whyUnfit('./price', { cwd: '/' }), undefined);
});

test('programs for other systems are recognized, and an unknown machine is named by its number', (t) => {
  assert.match(whyUnfit(program(t, Buffer.from('MZ of Windows')).file), /for Windows/);
  assert.match(whyUnfit(program(t, Buffer.from('cffaedfe0c000001', 'hex')).file), /for macOS/);
  assert.match(whyUnfit(program(t, forMachine(9999)).file), /for machine 9999 of ELF's list/);
});

test('a program for this machine, a script, an empty file and a missing one are not reported', (t) => {
  for (const path of [process.execPath, '/bin/true', program(t, 'exit 3\n').file, program(t, '').file, '/nonexistent', '/']) {
    assert.equal(whyUnfit(path), undefined, path);
  }
});

test('a program that runs and exits with a status is not reported', async (t) => {
  const { file } = program(t, '#!/bin/sh\nexit 2\n');
  const { handler } = start(t, [file]);
  assert.match((await rejection(handler.invoke(1))).message, /exited with status 2$/);
});
