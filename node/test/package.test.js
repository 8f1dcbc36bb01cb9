// SPDX-License-Identifier: MIT
// What npm publishes.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, test } from './support.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** All files under a folder, by their paths from there. */
function filesUnder(path, from = path) {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const file = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(file, from) : [file.slice(from.length + 1)];
  });
}

/** The modules of the package that a module imports, itself and those that these import included. */
function importsOf(url, found = new Set()) {
  if (found.has(url.href)) return found;
  found.add(url.href);
  for (const [, path] of readFileSync(url, 'utf8').matchAll(/^(?:import|export) .*? from '(\.[^']*)';$/gms)) importsOf(new URL(path, url), found);
  return found;
}

test('the package holds what is needed, and nothing else; unpacked, it works', async (t) => {
  const target = mkdtempSync(join(tmpdir(), 'lambda-proc-pack-'));
  t.after(() => rmSync(target, { recursive: true }));
  const packed = await run(['npm', ['pack', '--offline', '--pack-destination', target, folder]]);
  assert.equal(packed.status, 0, packed.stderr);
  const archive = join(target, readdirSync(target)[0]);
  assert.equal((await run(['tar', ['-xzf', archive, '-C', target]])).status, 0);

  const unpacked = join(target, 'package');
  const sources = filesUnder(join(folder, 'src')).map((file) => join('src', file));
  const expected = ['LICENSE', 'README.md', 'bin/lambda-proc.js', 'index.d.ts', 'index.js', 'package.json', ...sources];
  assert.deepEqual(filesUnder(unpacked).sort(), expected.sort());

  const { bin, engines, dependencies } = JSON.parse(readFileSync(join(unpacked, 'package.json')));
  assert.deepEqual([engines.node, dependencies], ['>=18.3', undefined]);
  const { stdout } = await run([join(unpacked, bin['lambda-proc']), ['invoke', process.execPath, '[1]', '--', join(folder, 'test/children/obedient.js')]]);
  assert.equal(stdout, '[1]\n');
});

test('its license is the project\'s', () => {
  assert.equal(readFileSync(join(folder, 'LICENSE'), 'utf8'), readFileSync(join(folder, '../LICENSE'), 'utf8'));
});

test('each of its modules is used; what a Lambda function loads has nothing of the commands', () => {
  const fromCommand = importsOf(new URL('../bin/lambda-proc.js', import.meta.url));
  const fromFunction = importsOf(new URL('../index.js', import.meta.url));
  const sources = filesUnder(join(folder, 'src')).map((file) => new URL(`../src/${file}`, import.meta.url).href);
  assert.deepEqual(sources.filter((file) => !fromCommand.has(file) && !fromFunction.has(file)), []);
  const commands = new RegExp(`^${new URL('../src/', import.meta.url).href}[^/]*/`); // Those in folders below src/.
  assert.deepEqual([...fromFunction].filter((file) => commands.test(file)), []);
});
