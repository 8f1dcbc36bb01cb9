// SPDX-License-Identifier: MIT
// What the first pair of parent and child did wrong, each fault once.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { examples, isAlive, rejection, run, script, start, test, until, withExamples } from './support.js';

const good = '{"event":1,"context":{}}\n';
const replies = ({ stdout }) => stdout.trimEnd().split('\n').map((line) => JSON.parse(line));

test('at the end of input the child ends, and says nothing more', withExamples, async () => {
  const ended = await run([join(examples, 'echo')], { input: good });
  assert.deepEqual(replies(ended), [{ proc_req_id: 0, error: null, data: 1 }]);
  assert.equal(ended.status, 0);
});

test('a child that then repeats an error for ever is made to leave', async (t) => {
  const { handler } = start(t, script('children/eof_for_ever.js'));
  const pid = await handler.invoke({ tell: 'pid' });
  await handler.close();
  await until(() => !isAlive(pid));
});

test('a malformed line costs one reply, and the next good one is served', withExamples, async () => {
  const ended = await run([join(examples, 'echo')], { input: `${good}garbage\n${good}` });
  assert.deepEqual(replies(ended).map(({ data }) => data), [1, null, 1]);
  assert.match(replies(ended)[1].error, /^invalid_request: /);
  assert.equal(ended.status, 0);
});

test('what a child prints on stdout between replies costs nothing and is logged', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js'));
  const rubbish = ['debug: here', '', '{', 'null', '[]', '{"proc_req_id":"0"}', '\ufffd', '{"error":null,"data":1}'];
  for (const text of rubbish) {
    assert.deepEqual(await handler.invoke({ print: `${text}\n`, n: text }), { print: `${text}\n`, n: text });
  }
  assert.equal(log.filter((line) => line.includes('is no reply')).length, rubbish.length);
  assert.equal(handler.stats().restarts, 0);
});

test('two replies in one piece are two, and broken bytes poison nothing that follows', async (t) => {
  const { handler } = start(t, script('children/obedient.js'));
  await handler.invoke('ids are known from now on');
  const first = handler.invoke({ hold: true, n: 1 });
  assert.equal((await handler.invoke({ print: '{"broken":\n', release: 'first first', n: 2 })).n, 2);
  assert.equal((await first).n, 1);
});

test('each request has its own answer: none waits for a global callback', async (t) => {
  const { handler } = start(t, script('children/obedient.js'));
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  assert.deepEqual(await Promise.all(numbers.map((n) => handler.invoke(n))), numbers);
});

test("a child's failure is a failure of the invocation", async (t) => {
  const { handler } = start(t, script('children/obedient.js'));
  assert.equal((await rejection(handler.invoke({ fail: { type: 'sold_out', message: 'none left' } }))).name, 'sold_out');
});
