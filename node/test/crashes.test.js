// SPDX-License-Identifier: MIT
// A C++ child whose handler crashes: tests/children/crasher.cpp.

import assert from 'node:assert/strict';
import { crasher, rejection, start, test, withCrasher } from './support.js';

for (const [task, words] of [
  ['null', 'the process crashed: SIGSEGV at address 0x0'],
  ['abort', 'the process crashed: SIGABRT'],
  ['noexcept', 'the process crashed: std::terminate was called for std::runtime_error: out\nof luck'],
  ['exit', 'the process ended: exit was called'],
]) {
  test(`a crash rejects with its description, and a new child serves the next request: ${task}`, withCrasher, async (t) => {
    const { handler } = start(t, [crasher]);
    assert.deepEqual(await handler.invoke({ text: 'before' }), { text: 'before' });
    const { pid } = handler.stats();
    const error = await rejection(handler.invoke({ task }));
    assert.deepEqual([error.name, error.message], ['crash', words]);
    assert.deepEqual(await handler.invoke({ text: 'after' }), { text: 'after' });
    assert.notEqual(handler.stats().pid, pid);
    assert.equal(handler.stats().restarts, 1);
  });
}

test('the log has a record of the crash, with its request', withCrasher, async (t) => {
  const { handler, log } = start(t, [crasher]);
  await rejection(handler.invoke({ task: 'null' }, { awsRequestId: 'r-1' }));
  await handler.close();
  assert.match(log.join('\n'), /FATAL r-1 the process crashed: SIGSEGV at address 0x0 signal=SIGSEGV request=0 /);
});

test('every request in flight is settled, whichever crashes', withCrasher, async (t) => {
  const { handler } = start(t, [crasher], { env: { WORKERS: '3' } });
  await handler.invoke({ text: 'it is up' });
  const settled = await Promise.allSettled(
    Array.from({ length: 100 }, (_, i) => handler.invoke(i % 40 === 20 ? { task: 'null' } : { text: `t${i}` })),
  );
  settled.forEach(({ value, reason }, i) => {
    if (value) assert.deepEqual(value, { text: `t${i}` });
    else assert.match(reason.name, /^(crash|child_exited)$/);
  });
  assert.ok(settled.some(({ reason }) => reason?.name === 'crash'));
  assert.deepEqual(await handler.invoke({ text: 'after' }), { text: 'after' });
  assert.equal(handler.stats().inFlight, 0);
});
