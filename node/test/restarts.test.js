// SPDX-License-Identifier: MIT
// Restarting a child that dies.

import assert from 'node:assert/strict';
import { HandlerProcess } from '../index.js';
import { rejection, script, start, test } from './support.js';

const obedient = script('children/obedient.js');

test('kill -9 with 50 in flight: 50 rejections, and a new child serves the 51st', async (t) => {
  const { handler } = start(t, obedient);
  const pid = await handler.invoke({ tell: 'pid' });
  const inFlight = Array.from({ length: 50 }, () => rejection(handler.invoke({ silent: true })));
  process.kill(pid, 'SIGKILL');
  for (const error of await Promise.all(inFlight)) {
    assert.equal(error.name, 'child_exited');
    assert.match(error.message, /was killed by SIGKILL/);
  }
  assert.notEqual(await handler.invoke({ tell: 'pid' }), pid);
  assert.deepEqual({ ...handler.stats(), pid: 0 }, { requests: 52, failures: 50, restarts: 1, inFlight: 0, pid: 0 });
});

test('a child that dies between requests is replaced', async (t) => {
  const log = [];
  let starts;
  const started = new Promise((resolve) => (starts = resolve));
  const [command, args] = obedient;
  const handler = new HandlerProcess(command, {
    args,
    log: (line) => {
      log.push(line);
      starts();
    },
  });
  t.after(() => handler.close());
  process.kill(await handler.invoke({ tell: 'pid' }), 'SIGTERM');
  await started;
  assert.match(log[0], /was killed by SIGTERM; starts again in 0 ms$|exited with status 0; starts again in 0 ms$/);
  assert.equal(await handler.invoke(1), 1);
});

test('a child is given up after its limit, with the reason, and each new request causes one more start', async (t) => {
  let givenUp;
  const gaveUp = new Promise((resolve) => (givenUp = resolve));
  const { handler } = start(t, ['sh', ['-c', 'exit 3']], {
    restartLimit: 3,
    log: (line) => line.includes('not started again') && givenUp(line),
  });
  assert.match(await gaveUp, /sh: died 4 times without a success between, at last it exited with status 3/);
  assert.equal(handler.stats().restarts, 3);
  assert.equal(handler.stats().pid, null);
  for (const restarts of [4, 5]) {
    const error = await rejection(handler.invoke(1));
    assert.equal(error.name, 'gave_up');
    assert.match(error.message, /exited with status 3/);
    assert.equal(handler.stats().restarts, restarts);
  }
});

test('successes reset the limit', async (t) => {
  const { handler } = start(t, obedient, { restartLimit: 1 });
  for (let i = 0; i < 5; i++) {
    assert.equal(await handler.invoke(i), i);
    assert.equal((await rejection(handler.invoke({ exit: 1 }))).name, 'child_exited');
  }
  assert.equal(await handler.invoke('again'), 'again');
  assert.equal(handler.stats().restarts, 5);
});

test('failures do not reset the limit', async (t) => {
  const { handler } = start(t, obedient, { restartLimit: 1 });
  await rejection(handler.invoke({ exit: 1 }));
  await rejection(handler.invoke({ fail: { message: 'no' } }));
  assert.equal((await rejection(handler.invoke({ exit: 1 }))).name, 'gave_up');
});

test('a child that closes its stdout and does not exit is killed', async (t) => {
  const { handler } = start(t, ['sh', ['-c', 'exec >&-; read -r line; read -r line']], { graceMs: 10 });
  assert.match((await rejection(handler.invoke(1))).message, /did not leave and was killed|exited with status/);
});

test('a process that a dead child left behind delays nothing for longer than the grace period', async (t) => {
  const { handler, log } = start(t, ['sh', ['-c', 'sleep 25 & echo "$!" >&2; read -r line; exit 3']], {
    graceMs: 10,
    restartLimit: 0,
  });
  const { message } = await rejection(handler.invoke(1));
  process.kill(Number(log[0]));
  assert.match(message, /exited with status 3/);
});
