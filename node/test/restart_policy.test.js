// SPDX-License-Identifier: MIT

import { RestartPolicy } from '../src/restart_policy.js';
import assert from 'node:assert/strict';
import { test } from './support.js';

const pauses = (policy, deaths) => Array.from({ length: deaths }, () => policy.died());

test('the first death leads to a start at once, further ones to doubled pauses, then to none', () => {
  assert.deepEqual(pauses(new RestartPolicy({ limit: 5, pauseMs: 100 }), 7), [0, 100, 200, 400, 800, undefined, undefined]);
});

test('a success resets the count of deaths', () => {
  const policy = new RestartPolicy({ limit: 2, pauseMs: 100 });
  assert.deepEqual(pauses(policy, 3), [0, 100, undefined]);
  policy.succeeded();
  assert.equal(policy.deaths, 0);
  assert.deepEqual(pauses(policy, 3), [0, 100, undefined]);
});

test('a pause has a maximum', () => {
  assert.equal(pauses(new RestartPolicy({ limit: 1000, pauseMs: 100 }), 1000).at(-1), 10_000);
});

test('a limit of 0 allows no restart', () => {
  assert.equal(new RestartPolicy({ limit: 0, pauseMs: 100 }).died(), undefined);
});
