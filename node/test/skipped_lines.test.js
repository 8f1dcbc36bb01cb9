// SPDX-License-Identifier: MIT
// Lines on a child's stdout that are not replies.

import assert from 'node:assert/strict';
import { Child } from '../src/child.js';
import { SkippedLines } from '../src/skipped_lines.js';
import { script, start, test, until } from './support.js';

test('in a flood the first ten lines are logged and the others are counted', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js'));
  const event = { print: 'x\n'.repeat(200_000), log: '' };
  assert.deepEqual(await handler.invoke(event), event);
  assert.equal(log.length, 11);
  assert.match(log[9], /skipped a line that is not a reply: x$/);
  assert.match(log[10], /skipped 199990 more such lines/);
});

test('each turn of the event loop reads at most two pieces of 64 KB from a flood', async () => {
  const skipped = new SkippedLines(() => {});
  let [turns, lines, most, isOver] = [0, 0, 0, false];
  const child = new Child('yes', { args: [], graceMs: 1000 }, {
    line(text) {
      lines += 1;
      if (skipped.add(text, 'is not a reply')) child.pauseReading();
    },
    log() {},
    drain() {},
    end: () => (isOver = true),
  });
  const turn = () => {
    if (lines > 0) turns += 1;
    most = Math.max(most, lines);
    lines = 0;
    if (turns === 100) child.kill('has shown enough');
    if (!isOver) setImmediate(turn);
  };
  turn();
  await until(() => isOver);
  assert.ok(most <= (2 * 65_536) / 'y\n'.length, `${most} lines`);
});

test('a deadline ends an endless flood', async (t) => {
  const { handler, log } = start(t, ['yes'], { graceMs: 10 });
  await until(() => log.length > 0);
  await assert.rejects(handler.invoke(1, { getRemainingTimeInMillis: () => 50 }), { name: 'timed_out' });
  await until(() => log.some((line) => /more such lines/.test(line)));
  assert.ok(log.length < 30, log.join('\n')); // The next life of the child is a flood, too.
});

test('after a reply the next lines are logged again', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js'));
  for (let i = 0; i < 3; ++i) await handler.invoke({ print: 'x\n'.repeat(12) });
  assert.equal(log.filter((line) => /is not a reply: x$/.test(line)).length, 30);
  assert.equal(log.filter((line) => /skipped 2 more such lines/.test(line)).length, 3);
});
