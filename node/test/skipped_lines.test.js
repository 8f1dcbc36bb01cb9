// SPDX-License-Identifier: MIT
// Lines on a child's stdout that are no replies.

import assert from 'node:assert/strict';
import { script, start, test, until } from './support.js';

test('of a flood the first ten lines are logged and the others counted, and the event loop goes on', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js'));
  await handler.invoke('it is up');
  let turns = 0; // Of the event loop; in each of them timers may ring.
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  t.after(() => (isOver = true));
  turn();
  assert.deepEqual(await handler.invoke({ print: 'x\n'.repeat(200_000), log: '' }), {
    print: 'x\n'.repeat(200_000),
    log: '',
  });
  assert.equal(log.length, 11);
  assert.match(log[9], /skipped a line that is no reply: x$/);
  assert.match(log[10], /skipped 199990 more such lines/);
  assert.ok(turns >= 200, `${turns} turns`);
});

test('a deadline ends a flood that has no end', async (t) => {
  const flood = ['sh', ['-c', 'read -r line; yes']];
  const { handler, log } = start(t, flood, { restartLimit: 0 });
  await assert.rejects(handler.invoke(1, { getRemainingTimeInMillis: () => 50 }), { name: 'timed_out' });
  await until(() => log.some((line) => /more such lines/.test(line)));
  assert.ok(log.length < 20, log.join('\n'));
});

test('after a reply the next lines are shown again', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js'));
  for (let i = 0; i < 3; ++i) await handler.invoke({ print: 'x\n'.repeat(12) });
  assert.equal(log.filter((line) => /is no reply: x$/.test(line)).length, 30);
  assert.equal(log.filter((line) => /skipped 2 more such lines/.test(line)).length, 3);
});
