// SPDX-License-Identifier: MIT

import assert from 'node:assert/strict';
import { examples, run, script, test, withExamples } from './support.js';

test('the example function answers ten events under lambda-local', withExamples, async () => {
  const { status, stdout, stderr } = await run(script('../example/demo.mjs', examples));
  assert.equal(status, 0, stderr);
  assert.match(stdout, /one process, kept +[\d.]+ ms +[\d.]+ ms +[\d.]+ MB/);
  assert.match(stdout, /a process for each +[\d.]+ ms +[\d.]+ ms +[\d.]+ MB/);
});
