// SPDX-License-Identifier: MIT
// How a child ends, and that it never outlives its parent.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { crasher, isAlive, run, script, start, test, until, withCrasher } from './support.js';

const obedient = script('children/obedient.js');

test('close() waits for requests in flight, then ends the child', async (t) => {
  const { handler, log } = start(t, obedient);
  const pid = await handler.invoke({ tell: 'pid' });
  const inFlight = [handler.invoke('a'), handler.invoke('b')];
  const closed = handler.close();
  assert.equal(handler.close(), closed);
  assert.deepEqual(await Promise.all(inFlight), ['a', 'b']);
  await closed;
  assert.equal(isAlive(pid), false);
  assert.equal(handler.stats().pid, null);
  assert.deepEqual(log, []);
});

test('a child that does not notice the end of its input is killed after the grace period', async (t) => {
  const { handler, log } = start(t, script('children/obedient.js', '--deaf'), { graceMs: 20 });
  const pid = await handler.invoke({ tell: 'pid' });
  await handler.close();
  await until(() => !isAlive(pid));
  assert.match(log.at(-1), /did not leave and was killed/);
});

test('close() between two starts finishes at once', async (t) => {
  const { handler } = start(t, ['/nonexistent/price'], { restartPauseMs: 60_000 });
  await until(() => handler.stats().restarts === 1);
  await handler.close();
});

for (const [how, status] of [['runs dry', 0], ['exits', 3], ['throws', 1]]) {
  test(`no child outlives a program that ${how}`, async () => {
    const { stdout, stderr, ...ended } = await run(script('parents/exiting.js', how));
    assert.deepEqual(ended, { status, signal: null }, stderr);
    await until(() => !isAlive(Number(stdout)));
  });
}

for (const [signal, end] of [['SIGTERM', [0, null]], ['SIGINT', [null, 'SIGINT']], ['SIGHUP', [null, 'SIGHUP']]]) {
  test(`on ${signal} new requests are refused, those in flight get replies, and child and program end`, async () => {
    const [command, args] = script('parents/terminated.js', signal);
    const parent = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => parent.on('close', (...how) => resolve(how)));
    const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
    const next = async () => (await lines.next()).value;

    const child = Number(await next());
    assert.equal(await next(), 'in flight');
    parent.kill(signal);
    assert.equal(await next(), 'refused: closed');
    process.kill(child, 'SIGUSR1'); // Makes the child answer now.
    assert.equal(await next(), 'answered');
    assert.deepEqual(await ended, end);
    assert.equal(isAlive(child), false);
  });
}

test('a second signal does not wait for requests in flight', async () => {
  const [command, args] = script('parents/terminated.js', 'SIGTERM');
  const parent = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => parent.on('close', (...how) => resolve(how)));
  const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
  const child = Number((await lines.next()).value);
  assert.equal((await lines.next()).value, 'in flight');
  parent.kill('SIGTERM');
  assert.equal((await lines.next()).value, 'refused: closed');
  parent.kill('SIGTERM');
  assert.equal((await lines.next()).value, 'rejected: child_exited');
  assert.deepEqual(await ended, [0, null]);
  assert.equal(isAlive(child), false);
});

test('a C++ child whose handler never returns does not outlive a program that is killed', withCrasher, async () => {
  const [command, args] = script('parents/exiting.js', 'waits', crasher);
  const parent = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const child = Number(line);
  assert.equal(isAlive(child), true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(child));
});

for (const [what, command] of [['a child that does not notice the end of its input', undefined], ['a C++ child', crasher]]) {
  test(`${what} does not outlive a worker thread that is terminated`, command ? withCrasher : {}, async () => {
    const file = new URL('parents/exiting.js', import.meta.url);
    const worker = new Worker(file, { argv: ['waits', ...(command ? [command] : [])] });
    const [pid] = await once(worker, 'message');
    assert.equal(isAlive(pid), true);
    await worker.terminate();
    await until(() => !isAlive(pid));
  });
}
