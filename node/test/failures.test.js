// SPDX-License-Identifier: MIT
// The errors with which requests are rejected.

import assert from 'node:assert/strict';
import { rejection, script, start, test } from './support.js';

const obedient = script('children/obedient.js');

test('a failure rejects with an Error that has the type as its name, and the message', async (t) => {
  const { handler } = start(t, obedient);
  const error = await rejection(handler.invoke({ fail: { type: 'invalid_event', message: 'event.count: missing' } }));
  assert.ok(error instanceof Error);
  assert.equal(error.name, 'invalid_event');
  assert.equal(error.message, 'event.count: missing');
  assert.equal(String(error), 'invalid_event: event.count: missing');
  assert.equal(error.stack, String(error)); // No stack frames of this package in the user's log.
});

test('a failure without a type has the name Error', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--without-ids'));
  const error = await rejection(handler.invoke({ fail: { message: '' } }));
  assert.deepEqual([error.name, error.message], ['Error', '']);
});

test('the next request after a failure is served by the same child', async (t) => {
  const { handler } = start(t, obedient);
  const pid = await handler.invoke({ tell: 'pid' });
  await rejection(handler.invoke({ fail: { message: 'no' } }));
  assert.equal(await handler.invoke({ tell: 'pid' }), pid);
});

test("failures: 'envelope' resolves with the whole reply, as the old parent did", async (t) => {
  const { handler } = start(t, obedient, { failures: 'envelope' });
  assert.deepEqual(await handler.invoke(7), { proc_req_id: 0, error: null, data: 7 });
  assert.deepEqual(await handler.invoke({ fail: { type: 'sold_out', message: 'none left' } }), {
    proc_req_id: 1,
    error: 'none left',
    error_type: 'sold_out',
    data: null,
  });
  assert.equal((await rejection(handler.invoke({ kill: 'SIGKILL' }))).name, 'child_exited');
});

for (const [act, words] of [
  [{ exit: 3 }, /exited with status 3$/],
  [{ exit: 0 }, /exited with status 0$/],
  [{ kill: 'SIGSEGV' }, /was killed by SIGSEGV$/],
]) {
  test(`the death of the child rejects with the way it died: ${JSON.stringify(act)}`, async (t) => {
    const { handler } = start(t, obedient);
    const error = await rejection(handler.invoke(act));
    assert.equal(error.name, 'child_exited');
    assert.match(error.message, words);
  });
}

test('the last reply from a dying child is delivered before its end', async (t) => {
  const lastWords = '{"proc_req_id":0,"error":"SIGSEGV at 0x0","error_type":"crash","data":null}';
  const { handler } = start(t, obedient);
  const error = await rejection(handler.invoke({ print: `${lastWords}\n`, kill: 'SIGSEGV' }));
  assert.deepEqual([error.name, error.message], ['crash', 'SIGSEGV at 0x0']);
  assert.equal(await handler.invoke(1), 1);
  assert.equal(handler.stats().restarts, 1);
});

test('if the child can not be started, requests are rejected with the reason', async (t) => {
  const { handler } = start(t, ['/nonexistent/price']);
  const error = await rejection(handler.invoke(1));
  assert.equal(error.name, 'child_exited');
  assert.match(error.message, /^\/nonexistent\/price could not be started: .*ENOENT/);
  assert.equal(handler.stats().pid, null);
});

test('if the system refuses the start at once, requests are rejected, too', async (t) => {
  const { handler } = start(t, [process.execPath, ['x'.repeat(4_000_000)]]); // Longer than any argument may be.
  assert.match((await rejection(handler.invoke(1))).message, /could not be started: .*E2BIG/);
});

test('an event that has no JSON rejects, and nothing is sent', async (t) => {
  const { handler } = start(t, obedient);
  const cycle = {};
  cycle.self = cycle;
  for (const event of [cycle, 1n]) assert.ok((await rejection(handler.invoke(event))) instanceof TypeError);
  assert.equal((await handler.invoke({ tell: 'request' })).id, '0');
  assert.equal(handler.stats().requests, 1);
});

test('a request without a reply is given up before its deadline, and its child is replaced', async (t) => {
  const { handler } = start(t, obedient, { deadlineMarginMs: 500 });
  const pid = await handler.invoke({ tell: 'pid' });
  const started = performance.now();
  const error = await rejection(handler.invoke({ silent: true }, { getRemainingTimeInMillis: () => 600 }));
  assert.ok(performance.now() - started >= 290); // The margin takes at most half of the time.
  assert.equal(error.name, 'timed_out');
  assert.match(error.message, /no reply from .* after 300 ms/);
  const next = await handler.invoke({ tell: 'pid' });
  assert.notEqual(next, pid);
  assert.equal(handler.stats().restarts, 1);
});

test('a time-out does not lose requests that were not sent yet', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--without-ids'));
  await handler.invoke('it is up');
  const slow = rejection(handler.invoke({ silent: true }, { getRemainingTimeInMillis: () => 40 }));
  const waiting = [handler.invoke('a'), handler.invoke('b')];
  assert.equal((await slow).name, 'timed_out');
  assert.deepEqual(await Promise.all(waiting), ['a', 'b']);
});

test('a request whose deadline has passed is not sent', async (t) => {
  const { handler } = start(t, obedient);
  assert.equal((await rejection(handler.invoke(1, { deadlineMs: Date.now() - 1 }))).name, 'timed_out');
  assert.equal(handler.stats().requests, 0);
});

test('a distant deadline does not fire early', async (t) => {
  const { handler } = start(t, obedient);
  assert.equal(await handler.invoke(1, { deadlineMs: Number.MAX_SAFE_INTEGER }), 1);
});

test('after close() a request is rejected', async (t) => {
  const { handler } = start(t, obedient);
  await handler.close();
  assert.equal((await rejection(handler.invoke(1))).name, 'closed');
});

test('what was never sent to a child that dies is answered by the next one', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--without-ids'));
  const pid = await handler.invoke({ tell: 'pid' });
  const lost = rejection(handler.invoke({ silent: true }));
  const waiting = [handler.invoke('a'), handler.invoke('b')];
  process.kill(pid, 'SIGKILL');
  assert.equal((await lost).name, 'child_exited');
  assert.deepEqual(await Promise.all(waiting), ['a', 'b']);
});

test('note takes what the package says, and log what the child does', async (t) => {
  const notes = [];
  const { handler, log } = start(t, script('children/obedient.js'), { note: (...note) => notes.push(note) });
  await handler.invoke({ log: 'a record\n', print: 'a print\n' });
  await rejection(handler.invoke({ exit: 3 }));
  assert.deepEqual(log, ['a record']);
  assert.deepEqual(notes, [
    ['skipped a line that is not a reply: a print', 'skipped'],
    ['exited with status 3; starts again in 0 ms', 'ended'],
  ]);
});

test('a detached child is in a process group of its own', async (t) => {
  const { handler } = start(t, ['sh', ['-c', 'read -r line; echo "{\\"proc_req_id\\":0,\\"error\\":null,\\"data\\":\\"$(cat /proc/$$/stat)\\"}"']], {
    detached: true,
  });
  const stat = await handler.invoke(1);
  const [, , group] = stat.slice(stat.lastIndexOf(')') + 1).trim().split(' ');
  assert.equal(Number(group), handler.stats().pid);
});
