// SPDX-License-Identifier: MIT
// lambda-proc serve --watch: a program that is built again while it serves.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, copyFileSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramFile } from '../src/watch/program_file.js';
import { settled } from '../src/watch/settled.js';
import { crasher, examples, isAlive, serve, test, until, withCrasher, withExamples } from './support.js';

const http = new URL('children/http.js', import.meta.url).href;

/** A folder for a program, and ways to write it. */
function workshop(t) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-watch-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'program.mjs');
  const write = (text) => writeFileSync(path, text, { mode: 0o755 });
  /** As linkers do: a new file takes the place of the old one. */
  const link = (text) => {
    writeFileSync(`${path}.new`, text, { mode: 0o755 });
    renameSync(`${path}.new`, path);
  };
  return { path, write, link };
}

/** A program that answers as children/http.js does, and knows its number. */
const build = (number) => `#!${process.execPath}\nprocess.env.BUILD = ${number};\nawait import(${JSON.stringify(http)});\n`;

async function text(response) {
  assert.equal((await response).status, 200);
  return (await response).text();
}

const times = (output, words) => output().split(words).length - 1;

test('--watch: what is in flight finishes on the old build, the next request goes to the new one', async (t) => {
  const { path, write, link } = workshop(t);
  write(build(1));
  const { url, output } = await serve(t, [path, '--watch']);
  const pid = Number(await text(fetch(`${url}/pid`)));
  const waiting = fetch(`${url}/wait`);
  while ((await text(fetch(`${url}/held`))) === '0');

  link(build(2));
  await until(() => output().includes('lambda-proc: the new build is up\n'));
  assert.equal(await text(fetch(`${url}/build`)), '"2"');
  assert.equal(isAlive(pid), true);
  process.kill(pid, 'SIGUSR1'); // Answers now.
  assert.equal(JSON.parse(await text(waiting)).rawPath, '/wait');
  await until(() => !isAlive(pid));

  write(build(3)); // In place.
  await until(() => times(output, 'the new build is up') === 2);
  assert.equal(await text(fetch(`${url}/build`)), '"3"');
});

test('--watch: five builds under load, and no request is lost', async (t) => {
  const { path, link } = workshop(t);
  link(build(0));
  const { url, output } = await serve(t, [path, '--watch']);
  const faults = [];
  let answered = 0;
  let isOver = false;

  async function load() {
    let last = 0;
    while (!isOver && faults.length === 0) {
      try {
        const number = Number(JSON.parse(await text(fetch(`${url}/build`))));
        if (number < last) faults.push(`build ${number} after ${last}`);
        last = number;
        answered += 1;
      } catch (error) {
        faults.push(error.message);
      }
    }
    return last;
  }

  const loads = Array.from({ length: 20 }, load);
  try {
    for (let number = 1; number <= 5; number++) {
      link(build(number));
      await until(() => times(output, 'the new build is up') === number || faults.length > 0);
      const enough = answered + 100;
      await until(() => answered >= enough || faults.length > 0);
    }
  } finally {
    isOver = true;
  }
  assert.deepEqual(await Promise.all(loads), loads.map(() => 5));
  assert.deepEqual(faults, []);
});

for (const [how, broken, words] of [
  ['exits', '#!/bin/sh\nexit 3\n', /the new build exited with status 3; the old one stays/],
  ['is killed', '#!/bin/sh\nkill -SEGV $$\n', /the new build was killed by SIGSEGV; the old one stays/],
  ['can\'t be started', '#!/nonexistent/shell\n', /the new build could not be started: .*; the old one stays/],
]) {
  test(`--watch: a build that ${how} at the start says so and the old one stays, until a better one comes`, async (t) => {
    const { path, link } = workshop(t);
    link(build(1));
    const { url, output } = await serve(t, [path, '--watch']);
    assert.equal(await text(fetch(`${url}/build`)), '"1"');
    link(broken);
    await until(() => words.test(output()));
    const pid = await text(fetch(`${url}/pid`));
    assert.equal(await text(fetch(`${url}/build`)), '"1"');
    assert.equal(times(output, 'starts again'), 0);
    assert.equal(await text(fetch(`${url}/pid`)), pid);
    link(build(2));
    await until(() => output().includes('the new build is up'));
    assert.equal(await text(fetch(`${url}/build`)), '"2"');
  });
}

test('--watch: a program that crashed from the start is replaced by one that does not', async (t) => {
  const { path, link } = workshop(t);
  link('#!/bin/sh\nexit 3\n');
  const { url, output } = await serve(t, [path, '--watch']);
  assert.equal((await fetch(url)).status, 502);
  link(build(2));
  await until(() => output().includes('the new build is up'));
  assert.equal(await text(fetch(`${url}/build`)), '"2"');
});

test('--watch: a C++ program is replaced', withExamples, async (t) => {
  const { path } = workshop(t);
  copyFileSync(join(examples, 'price'), path);
  const { url, output } = await serve(t, [path, '--watch']);
  const call = (body) => fetch(`${url}/2015-03-31/functions/function/invocations`, { method: 'POST', body });
  assert.equal(await text(call('{"sku":"A7","count":3}')), '{"sku":"A7","cents":900}');
  copyFileSync(join(examples, 'echo'), `${path}.new`);
  renameSync(`${path}.new`, path);
  await until(() => output().includes('the new build is up'));
  assert.equal(await text(call('{"sku":"A7","count":3}')), '{"sku":"A7","count":3}');
});

test('--watch: a build that is still open for writing is started when it is closed', withExamples, async (t) => {
  const { path } = workshop(t);
  copyFileSync(join(examples, 'price'), path);
  const { output, url } = await serve(t, [path, '--watch']);
  copyFileSync(join(examples, 'echo'), `${path}.new`);
  const file = openSync(`${path}.new`, 'r+');
  renameSync(`${path}.new`, path);
  await ticks(200); // Some of the looks of --watch, most likely.
  closeSync(file);
  await until(() => output().includes('the new build is up'));
  assert.doesNotMatch(output(), /could not be started|stays/);
  const response = await fetch(`${url}/2015-03-31/functions/function/invocations`, { method: 'POST', body: '[1]' });
  assert.equal(await text(response), '[1]');
});

test('a change of a program is told when it is complete, and once', async (t) => {
  const { path, write } = workshop(t);
  write('one');
  let changes = 0;
  const file = new ProgramFile(path, () => (changes += 1), 2);
  t.after(() => file.stop());
  rmSync(path);
  writeFileSync(path, ''); // Empty, then without permission to execute: not done yet.
  chmodSync(path, 0o755);
  await ticks(20);
  chmodSync(path, 0o644);
  writeFileSync(path, 'two');
  await ticks(20);
  assert.equal(changes, 0);
  chmodSync(path, 0o755);
  await until(() => changes === 1);
  await ticks(20);
  assert.equal(changes, 1);
  file.forget();
  await until(() => changes === 2);
});

/** So many looks at the file, at least. */
async function ticks(count) {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 2));
}

test('a start is over when the process waits for its input, and not while it computes', withCrasher, async (t) => {
  const busy = spawn('/bin/sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
  const idle = spawn(crasher, { stdio: ['pipe', 'ignore', 'ignore'] });
  t.after(() => [busy, idle].forEach((child) => child.kill('SIGKILL')));
  let isWanted = true;
  const isBusyUp = settled(() => busy.pid, () => isWanted);
  assert.equal(await settled(() => idle.pid, () => true), true);
  isWanted = false;
  assert.equal(await isBusyUp, false);
});
