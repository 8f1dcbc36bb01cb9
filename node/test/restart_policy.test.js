// SPDX-License-Identifier: MIT

import { RestartPolicy } from '../src/restart_policy.js';
import assert from 'node:assert/strict';
import { test } from './support.js';

const pauses = (policy, deaths) => Array.from({ length: deaths }, () => policy.died());

test('the first death is followed by a start at once, further ones after twice the pause before, then by none', () => {
  assert.deepEqual(pauses(new RestartPolicy({ limit: 5, pauseMs: 100 }), 7), [0, 100, 200, 400, 800, undefined, undefined]);
});

test('a success starts the row anew', () => {
  const policy = new RestartPolicy({ limit: 2, pauseMs: 100 });
  assert.deepEqual(pauses(policy, 3), [0, 100, undefined]);
  policy.succeeded();
  assert.equal(policy.deaths, 0);
  assert.deepEqual(pauses(policy, 3), [0, 100, undefined]);
});

test('a pause has a bound', () => {
  assert.equal(pauses(new RestartPolicy({ limit: 1000, pauseMs: 100 }), 1000).at(-1), 10_000);
});

test('a limit of 0 is no restart', () => {
  assert.equal(new RestartPolicy({ limit: 0, pauseMs: 100 }).died(), undefined);
});
