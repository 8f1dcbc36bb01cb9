// SPDX-License-Identifier: MIT
// The faults of the original pair of parent and child, one test each.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { examples, isAlive, rejection, run, script, start, test, until, withExamples } from './support.js';

const good = '{"event":1,"context":{}}\n';
const replies = ({ stdout }) => stdout.trimEnd().split('\n').map((line) => JSON.parse(line));

test('at the end of input the child ends without further output', withExamples, async () => {
  const ended = await run([join(examples, 'echo')], { input: good });
  assert.deepEqual(replies(ended), [{ proc_req_id: 0, error: null, data: 1 }]);
  assert.equal(ended.status, 0);
});

test('a child that repeats an error for ever at the end of input is killed', async (t) => {
  const { handler } = start(t, script('children/eof_for_ever.js'));
  const pid = await handler.invoke({ tell: 'pid' });
  await handler.close();
  await until(() => !isAlive(pid));
});

test('a malformed line costs one reply, and the next valid line is served', withExamples, async () => {
  const ended = await run([join(examples, 'echo')], { input: `${good}garbage\n${good}` });
  assert.deepEqual(replies(ended).map(({ data }) => data), [1, null, 1]);
  assert.match(replies(ended)[1].error, /^invalid_request: /);
  assert.equal(ended.status, 0);
});

test('what a child prints on stdout between replies is logged and does no harm', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js'));
  const rubbish = ['debug: here', '', '{', 'null', '[]', '{"proc_req_id":"0"}', '\ufffd', '{"error":null,"data":1}'];
  for (const text of rubbish) {
    assert.deepEqual(await handler.invoke({ print: `${text}\n`, n: text }), { print: `${text}\n`, n: text });
  }
  assert.equal(log.filter((line) => line.includes('is not a reply')).length, rubbish.length);
  assert.equal(handler.stats().restarts, 0);
});

test('two replies in one piece are both received, and invalid bytes do not affect later replies', async (t) => {
  const { handler } = start(t, script('children/obedient.js'));
  await handler.invoke('ids are known from now on');
  const first = handler.invoke({ hold: true, n: 1 });
  assert.equal((await handler.invoke({ print: '{"broken":\n', release: 'first first', n: 2 })).n, 2);
  assert.equal((await first).n, 1);
});

test('each request gets its own reply: none waits for a global callback', async (t) => {
  const { handler } = start(t, script('children/obedient.js'));
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  assert.deepEqual(await Promise.all(numbers.map((n) => handler.invoke(n))), numbers);
});

test("a child's failure fails the invocation", async (t) => {
  const { handler } = start(t, script('children/obedient.js'));
  assert.equal((await rejection(handler.invoke({ fail: { type: 'sold_out', message: 'none left' } }))).name, 'sold_out');
});
