// SPDX-License-Identifier: MIT
// The C++ programs without a Node.js parent: as the bootstrap of a function on @vercel/fun's local Lambda, which starts
// real processes, stops them between invocations, and implements AWS's runtime API.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crasher, examples, start, test, withCrasher, withExamples } from './support.js';

const cache = mkdtempSync(join(tmpdir(), 'lambda-proc-fun-'));
process.env.XDG_CACHE_HOME = cache; // It is read when the package is loaded.
process.on('exit', () => rmSync(cache, { recursive: true, force: true }));
const { createFunction } = (await import('@vercel/fun')).default;

/** Deploys a function whose bootstrap is this program, until the test ends. */
async function deploy(t, program, variables = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-bootstrap-'));
  copyFileSync(program, join(folder, 'bootstrap'));
  chmodSync(join(folder, 'bootstrap'), 0o755);
  const lambda = await createFunction({
    FunctionName: 'shop',
    Code: { Directory: folder },
    Handler: 'bootstrap',
    Runtime: 'provided',
    Environment: { Variables: { LAMBDA_PROC_LOG: 'off', ...variables } },
  });
  t.after(async () => {
    await lambda.destroy();
    rmSync(folder, { recursive: true });
  });
  return lambda;
}

const price = examples && join(examples, 'price');

test('the price example serves as a bootstrap, ten times in one process', withExamples, async (t) => {
  const lambda = await deploy(t, price);
  for (let count = 0; count < 10; ++count) {
    assert.deepEqual(await lambda({ sku: 'A7', count }), { sku: 'A7', cents: count * 300 });
  }
});

test('the same program serves as a child, although it inherits the address of the runtime API', withExamples, async (t) => {
  const { handler } = start(t, [price], { env: { ...process.env, AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9' } });
  assert.deepEqual(await handler.invoke({ sku: 'A7', count: 3 }), { sku: 'A7', cents: 900 });
});

test('a failure reaches the caller with its type, and the next event is served', withExamples, async (t) => {
  const lambda = await deploy(t, price);
  const { FunctionError, Payload } = await lambda.invoke({ Payload: '{"sku":"A7"}' });
  assert.equal(FunctionError, 'Handled');
  assert.deepEqual(JSON.parse(Payload), {
    errorType: 'invalid_event',
    errorMessage: 'event.count: missing',
    stackTrace: [],
  });
  assert.deepEqual(await lambda({ sku: 'A7', count: 1 }), { sku: 'A7', cents: 300 });
});

test('a crash reaches the caller with its type, and a new process serves the next event', withCrasher, async (t) => {
  const lambda = await deploy(t, crasher);
  assert.deepEqual(await lambda({ text: 'before' }), { text: 'before' });
  const { Payload } = await lambda.invoke({ Payload: '{"task":"null"}' });
  assert.deepEqual(JSON.parse(Payload), {
    errorType: 'crash',
    errorMessage: 'the process crashed: SIGSEGV at address 0x0',
    stackTrace: [],
  });
  // Unlike AWS, this local Lambda does not replace a process that has ended.
  const next = await deploy(t, crasher);
  assert.deepEqual(await next({ text: 'after' }), { text: 'after' });
});

test('events and replies may have 3 MB', withExamples, async (t) => {
  const lambda = await deploy(t, price);
  const sku = 'x'.repeat(3 << 20);
  assert.deepEqual(await lambda({ sku, count: 1 }), { sku, cents: 300 });
});

test('parallel calls are served by one process each', withExamples, async (t) => {
  const lambda = await deploy(t, price);
  const counts = [1, 2, 3, 4];
  const replies = await Promise.all(counts.map((count) => lambda({ sku: 'P', count })));
  assert.deepEqual(replies, counts.map((count) => ({ sku: 'P', cents: count * 300 })));
  // All processes were stopped in between.
  for (const count of counts) assert.deepEqual(await lambda({ sku: 'Q', count }), { sku: 'Q', cents: count * 300 });
});

test('a handler may run for longer than the server keeps an idle connection', withCrasher, async (t) => {
  const lambda = await deploy(t, crasher);
  assert.deepEqual(await lambda({ task: 'six_seconds', text: 'slow' }), { text: 'slow' });
  assert.deepEqual(await lambda({ text: 'next' }), { text: 'next' });
});
