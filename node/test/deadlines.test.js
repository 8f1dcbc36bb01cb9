// SPDX-License-Identifier: MIT

import { Deadlines } from '../src/deadlines.js';
import assert from 'node:assert/strict';
import { test, until } from './support.js';

test('who is late is told of in the order of the deadlines, whatever the order of the requests', async () => {
  const late = [];
  const deadlines = new Deadlines((request) => late.push(request));
  deadlines.add('third', 60);
  deadlines.add('first', 5);
  deadlines.add('second', 30);
  await until(() => late.length === 3);
  assert.deepEqual(late, ['first', 'second', 'third']);
});

test('who was taken out is not, and hides nobody who comes after', async () => {
  const late = [];
  const deadlines = new Deadlines((request) => late.push(request));
  deadlines.add('answered', 5);
  deadlines.add('slow', 20);
  deadlines.remove('answered');
  await until(() => late.length > 0);
  assert.deepEqual(late, ['slow']);
});

test('nobody is late before the time', async () => {
  const started = performance.now();
  let after;
  const deadlines = new Deadlines(() => (after = performance.now() - started));
  deadlines.add('request', 20.5);
  await until(() => after !== undefined);
  assert.ok(after >= 20.5);
});
