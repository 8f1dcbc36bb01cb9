// SPDX-License-Identifier: MIT
// Sending requests, receiving replies, and matching them.

import { createHandler, HandlerProcess } from '../index.js';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { crasher, rejection, run, script, start, test, withCrasher } from './support.js';

const obedient = script('children/obedient.js');

test('a handler has the signature that Lambda calls, and its child is started before the first request', async (t) => {
  const [command, args] = obedient;
  const handler = createHandler(command, { args });
  t.after(() => handler.process.close());
  assert.equal(handler.length, 2); // A third parameter would be a callback.
  const { pid } = handler.process.stats();
  assert.ok(pid > 0);
  assert.equal(await handler({ tell: 'pid' }, {}), pid);
  assert.equal(await handler({ tell: 'pid' }, {}), pid);
});

test('event and context are sent with an id', async (t) => {
  const { handler } = start(t, obedient);
  const context = { awsRequestId: 'a-1', memoryLimitInMB: '512' };
  const sent = await handler.invoke({ tell: 'request' }, context);
  assert.deepEqual(sent, { id: '0', event: { tell: 'request' }, context });
});

test('the deadline survives JSON as deadlineMs', async (t) => {
  const { handler } = start(t, obedient);
  const before = Date.now();
  const { context } = await handler.invoke({ tell: 'request' }, { getRemainingTimeInMillis: () => 60_000 });
  assert.ok(context.deadlineMs >= before + 60_000 && context.deadlineMs <= Date.now() + 60_000);
  assert.deepEqual((await handler.invoke({ tell: 'request' }, { deadlineMs: before + 9_999 })).context, {
    deadlineMs: before + 9_999,
  });
  const both = { deadlineMs: 1, name: 'x', getRemainingTimeInMillis: () => 60_000 };
  const { deadlineMs, ...rest } = (await handler.invoke({ tell: 'request' }, both)).context;
  assert.ok(deadlineMs >= before + 60_000);
  assert.deepEqual(rest, { name: 'x' });
});

test('if the remaining time is a fraction, the deadline is still a whole number', async (t) => {
  const { handler } = start(t, obedient);
  for (const context of [{ getRemainingTimeInMillis: () => 60_000.5 }, { deadlineMs: Date.now() + 60_000.5 }]) {
    const { deadlineMs } = (await handler.invoke({ tell: 'request' }, context)).context;
    assert.ok(Number.isInteger(deadlineMs) && deadlineMs > Date.now(), String(deadlineMs));
  }
});

test('a C++ handler that takes its context accepts a remaining time with a fraction', withCrasher, async (t) => {
  const { handler } = start(t, [crasher]);
  assert.deepEqual(await handler.invoke({ text: 'x' }, { getRemainingTimeInMillis: () => 60_000.5 }), { text: 'x' });
});

test('a remaining time that is not a number sets no deadline', async (t) => {
  const { handler } = start(t, obedient);
  for (const time of [NaN, Infinity, '5', null, {}]) {
    const { context } = await handler.invoke({ tell: 'request' }, { getRemainingTimeInMillis: () => time });
    assert.deepEqual(context, {}, String(time));
  }
});

test('a context may have a toJSON function', async (t) => {
  const { handler } = start(t, obedient);
  const getRemainingTimeInMillis = () => 60_000;
  const sent = async (json) =>
    (await handler.invoke({ tell: 'request' }, { toJSON: () => json, getRemainingTimeInMillis })).context;
  for (const json of [{ functionName: 'f' }, {}, undefined, null, { functionName: 'f', deadlineMs: 1 }]) {
    const { deadlineMs, ...rest } = await sent(json);
    assert.ok(deadlineMs > Date.now());
    assert.deepEqual(rest, json?.functionName ? { functionName: 'f' } : {});
  }
  for (const json of ['text', 7, [1], true]) {
    const { name, message } = await rejection(sent(json));
    assert.deepEqual([name, message.includes('the context must be an object')], ['TypeError', true]);
  }
  assert.deepEqual(await handler.invoke(1, { toJSON: () => ({}) }), 1);
});

test('an exception in an event or a context rejects only that request', async (t) => {
  const { handler } = start(t, obedient);
  const fails = () => {
    throw new RangeError('as the test wants');
  };
  const good = handler.invoke('good');
  for (const [event, context] of [[{ toJSON: fails }], [1, { toJSON: fails }], [1, { getRemainingTimeInMillis: fails }], [1n], [1, { n: 1n }]]) {
    assert.match((await rejection(handler.invoke(event, context))).name, /RangeError|TypeError/);
  }
  assert.equal(await handler.invoke({ toJSON: () => undefined }), null);
  assert.equal(await good, 'good');
});

test('event and context may be missing', async (t) => {
  const { handler } = start(t, obedient);
  assert.equal(await handler.invoke(), null);
  assert.equal(await handler.invoke(undefined, null), null);
});

test('an event is sent as it was when it was passed in', async (t) => {
  const { handler } = start(t, obedient);
  const event = { n: 1 };
  const waiting = [handler.invoke({ first: true }), handler.invoke(event)];
  event.n = 2;
  assert.deepEqual((await Promise.all(waiting))[1], { n: 1 });
});

test('text is returned unchanged', async (t) => {
  const { handler } = start(t, obedient);
  const text = 'größe € 𝄞 \u0000\u0001\n\r\t"\\/ \u2028\u2029 \ufeff';
  assert.equal(await handler.invoke(text), text);
  assert.equal(await handler.invoke('\ud800'), '\ud800');
});

for (const order of ['first first', 'last first']) {
  test(`replies are matched with their requests: ${order}, a thousand in one write`, async (t) => {
    const { handler } = start(t, obedient);
    await handler.invoke('ids are known from now on');
    const held = Array.from({ length: 999 }, (_, n) => handler.invoke({ hold: true, n }));
    const release = handler.invoke({ release: order, n: 999 });
    assert.equal(handler.stats().inFlight, 1000);
    const replies = await Promise.all([...held, release]);
    assert.deepEqual(replies.map(({ n }) => n), Array.from({ length: 1000 }, (_, n) => n));
    assert.equal(handler.stats().inFlight, 0);
  });
}

test('an id may be returned as a number', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--ids-as-numbers'));
  assert.deepEqual(await Promise.all([1, 2, 3].map((n) => handler.invoke(n))), [1, 2, 3]);
});

test('a reply with an unknown id leaves no request waiting', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--wrong-ids'));
  const error = await rejection(handler.invoke(1));
  assert.equal(error.name, 'child_exited');
  assert.match(error.message, /was killed: it replied to a request that was not in flight: {"id":"0\?"/);
});

test('a reply may arrive byte by byte', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--byte-by-byte'));
  const events = ['größe €', { n: [1, 2, 3] }, 'x'.repeat(2000)];
  assert.deepEqual(await Promise.all(events.map((event) => handler.invoke(event))), events);
});

test('a reply of 6 MB arrives complete', async (t) => {
  const { handler } = start(t, obedient);
  const event = { lines: Array(60_000).fill('größe 42 '.repeat(10)) };
  assert.deepEqual(await handler.invoke(event), event);
});

test('a child that echoes no ids is served one request at a time, in order', async (t) => {
  const { handler } = start(t, script('children/obedient.js', '--without-ids'));
  const events = Array.from({ length: 20 }, (_, n) => ({ tell: 'request', n }));
  const sent = await Promise.all(events.map((event) => handler.invoke(event)));
  assert.deepEqual(sent.map(({ event }) => event.n), events.map(({ n }) => n));
});

test('a shell script may be the child', async (t) => {
  const loop = 'n=0; while read -r line; do echo "{\\"proc_req_id\\":$n,\\"error\\":null,\\"data\\":$n}"; n=$((n+1)); done';
  const { handler } = start(t, ['sh', ['-c', loop]]);
  assert.deepEqual(await Promise.all([handler.invoke('a'), handler.invoke('b')]), [0, 1]);
});

test('arguments, working directory and environment are passed to the child', async (t) => {
  const { handler } = start(t, script('children/obedient.js', 'one', 'two'), { cwd: '/', env: { COLOUR: 'blue' } });
  const { args, cwd, env } = await handler.invoke({ tell: 'environment' });
  assert.deepEqual([args, cwd, env.COLOUR, env.HOME], [['one', 'two'], '/', 'blue', undefined]);
});

test('a command may be a file: URL', async (t) => {
  const { handler } = start(t, [pathToFileURL(process.execPath), obedient[1]]);
  assert.equal(await handler.invoke(1), 1);
});

test('invalid options are refused at once', () => {
  assert.throws(() => new HandlerProcess('true', { failures: 'ignore' }), TypeError);
  assert.throws(() => new HandlerProcess('true', { args: 'one' }), TypeError);
});

test('statistics count requests, failures and requests in flight', async (t) => {
  const { handler } = start(t, obedient);
  const outcomes = [handler.invoke(1), handler.invoke(2), rejection(handler.invoke({ fail: { message: 'no' } }))];
  assert.equal(handler.stats().inFlight, 3);
  await Promise.all(outcomes);
  const { pid, ...counts } = handler.stats();
  assert.ok(pid > 0);
  assert.deepEqual(counts, { requests: 3, failures: 1, restarts: 0, inFlight: 0 });
});

test('a child that does not read fills only the pipe; waiting requests are sent when it reads again', async (t) => {
  const { handler } = start(t, obedient);
  const pid = await handler.invoke({ tell: 'pid' });
  process.kill(pid, 'SIGSTOP');
  const large = 'x'.repeat(100_000);
  const replies = Array.from({ length: 100 }, () => handler.invoke(large));
  const { message } = await rejection(handler.invoke('late', { getRemainingTimeInMillis: () => 20 }));
  assert.match(message, /still waiting to be sent/);
  process.kill(pid, 'SIGCONT');
  for (const reply of await Promise.all(replies)) assert.equal(reply, large);
  assert.equal(handler.stats().restarts, 0);
});

test('the child\'s stderr is passed on by lines, with an incomplete last one, before its end is reported', async (t) => {
  const { handler, log } = start(t, obedient);
  const lines = Array.from({ length: 20_000 }, (_, n) => `record ${n} größe`);
  await rejection(handler.invoke({ log: `${lines.join('\n')}\nunfinished`, exit: 3 }));
  assert.deepEqual(log.slice(0, -1), [...lines, 'unfinished']);
  assert.match(log.at(-1), /^lambda-proc: .*exited with status 3/);
});

test('by default the child\'s stderr goes to stderr, and nothing goes to stdout', async () => {
  const { stdout, stderr } = await run(script('parents/logging.js'));
  assert.deepEqual([stdout, stderr], ['', 'one\ntwo\n']);
});
