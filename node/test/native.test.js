// SPDX-License-Identifier: MIT
// --native: programs as bootstraps, on the tool's own runtime API.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli, crasher, examples, run, serve, test, until, withCrasher, withExamples } from './support.js';

const bootstrap = fileURLToPath(new URL('children/bootstrap.js', import.meta.url));

/** Calls children/bootstrap.js once. */
async function invoke(event, ...words) {
  const { stdout, ...ended } = await run(cli('invoke', process.execPath, JSON.stringify(event), '--native', ...words, '--', bootstrap));
  return { ...ended, stdout, result: stdout === '' ? undefined : JSON.parse(stdout) };
}

test('--native: the same program gives the same answers both ways', withExamples, async () => {
  for (const event of ['{"sku":"A7","count":3}', '{"sku":"größe","count":1}', '{"sku":"A7"}', '[]']) {
    const [child, native] = await Promise.all([[], ['--native']].map((way) => run(cli('invoke', join(examples, 'price'), event, ...way))));
    assert.deepEqual(native, child);
  }
});

test('--native: a thousand events go through one process', withExamples, async () => {
  const { stdout, stderr, status } = await run(
    cli('invoke', join(examples, 'price'), '{"sku":"A7","count":3}', '--native', '--repeat', '1000', '--parallel', '8'),
  );
  assert.match(stdout, /^1000 requests in .*, 0 failed: /);
  assert.deepEqual([stderr, status], ['', 0]);
});

test('--native: an invocation has what Lambda says in headers', async () => {
  const { result } = await invoke({ tell: 'invocation' }, '--context', '{"xRayTraceId":"Root=1","tenantId":"t","clientContext":{"a":"ö"}}');
  const { 'content-type': type, 'lambda-runtime-client-context': clientContext } = result;
  assert.deepEqual([type, clientContext], ['application/json', '{"a":"\\u00f6"}']);
  assert.match(result['lambda-runtime-aws-request-id'], /^[\da-f-]{36}$/);
  assert.match(result['lambda-runtime-deadline-ms'], /^\d{13}$/);
  assert.equal(result['lambda-runtime-invoked-function-arn'], 'arn:aws:lambda:us-east-1:000000000000:function:node');
  assert.deepEqual([result['lambda-runtime-trace-id'], result['lambda-runtime-aws-tenant-id']], ['Root=1', 't']);
});

test('--native: the environment is a function\'s, and stdin is nothing', async () => {
  const { result } = await invoke({ tell: 'environment' }, '--env', 'COLOUR=blue');
  const { env, stdinIsDevice } = result;
  assert.match(env.AWS_LAMBDA_RUNTIME_API, /^127\.0\.0\.1:\d+$/);
  assert.deepEqual(
    [env.AWS_LAMBDA_FUNCTION_NAME, env._HANDLER, env.AWS_LAMBDA_INITIALIZATION_TYPE, env.COLOUR, env.LAMBDA_PROC_WIRE],
    ['node', 'bootstrap', 'on-demand', 'blue', undefined],
  );
  assert.equal(stdinIsDevice, true);
});

test('--native: what the program prints is its log, on stdout too', async () => {
  const { result, stderr } = await invoke({ print: 'a print\n' });
  assert.deepEqual([result, stderr], [{ print: 'a print\n' }, 'a print\n']);
});

test('--native: a failure has the type of its body, or of the header', async () => {
  const { stderr, status } = await invoke({ fail: { type: 'sold_out', message: 'no A7 left' } });
  assert.deepEqual([stderr, status], ['sold_out: no A7 left\n', 1]);
  assert.equal((await invoke({ fail: { type: 'Function.SoldOut' } })).stderr, 'Function.SoldOut: no JSON\n');
});

test('--native: a reply that is no JSON, and one that is too large, are failures', async () => {
  assert.match((await invoke({ post: '{"a":' })).stderr, /^invalid_reply: the reply is not JSON: /);
  assert.equal((await invoke({ post: ' \n {"a":\n1}' })).stdout, '{"a":1}\n');
  assert.match((await invoke({ post: 'x', times: 6_291_557 })).stderr, /^Function\.ResponseSizeTooLarge: Exceeded maximum/);
});

test('--native: a reply to another invocation is refused', async () => {
  assert.equal((await invoke({ post: '1', id: 'another' })).result, 400);
});

test('--native: asking again without an answer gives the same invocation again', async () => {
  const { result } = await invoke({ ask: true });
  assert.equal(result[0], result[1]);
});

test('--native: a start that fails is told, and so is a program that ends without an answer', async () => {
  const { stderr, status } = await run(cli('invoke', process.execPath, '1', '--native', '--', bootstrap, '--init-error'));
  assert.match(stderr, /^the start failed: NoTable: the table is missing$/m);
  assert.match(stderr, /^child_exited: .* exited with status 4 and gave no answer$/m);
  assert.equal(status, 1);
  assert.match((await invoke({ exit: 0 })).stderr, /^child_exited: .* exited with status 0 and gave no answer\n$/);
});

test('--native: a crash in C++ is told by its reply, and the next event is served', withCrasher, async () => {
  const input = '{"text":"before"}\n{"task":"null"}\n{"text":"after"}\n';
  const { stdout, stderr } = await run(cli('invoke', crasher, '-', '--lines', '--native'), { input });
  assert.equal(stdout, '{"text":"before"}\n{"text":"after"}\n');
  assert.match(stderr, /^line 2: crash: the process crashed: SIGSEGV at address 0x0$/m);
});

test('--native: an event that takes too long ends the process, and no other is lost', withCrasher, async () => {
  const { stderr, status } = await run(cli('invoke', crasher, '{"task":"wait"}', '--native', '--timeout', '0.5'));
  assert.match(stderr, /^timed_out: no reply from .* after 500 ms$/m);
  assert.equal(status, 1);
});

test('serve --native: HTTP reaches a bootstrap, and its process leaves with the server', async (t) => {
  const { url, child, ended, output } = await serve(t, [process.execPath, '--native'], bootstrap);
  const event = await (await fetch(`${url}/items?a=1`)).json();
  assert.deepEqual([event.rawPath, event.queryStringParameters], ['/items', { a: '1' }]);
  const call = (body) => fetch(`${url}/2015-03-31/functions/function/invocations`, { method: 'POST', body: JSON.stringify(body) });
  const failed = await call({ fail: { type: 'sold_out', message: 'no' } });
  assert.deepEqual([failed.headers.get('x-amz-function-error'), (await failed.json()).errorType], ['Unhandled', 'sold_out']);
  const large = { text: 'größe '.repeat(150_000) };
  assert.deepEqual(await (await call(large)).json(), large);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.doesNotMatch(output(), /SIGTERM/); // That it died of it is as it should be.
});

test('serve --native: a process that dies costs the request in flight, and no other', async (t) => {
  const { url } = await serve(t, [process.execPath, '--native'], bootstrap);
  const call = (body) => fetch(`${url}/2015-03-31/functions/function/invocations`, { method: 'POST', body: JSON.stringify(body) });
  const answers = await Promise.all([1, { exit: 9 }, 2, 3].map(async (event) => (await call(event)).json()));
  assert.deepEqual([answers[0], answers[1].errorType, answers[2], answers[3]], [1, 'child_exited', 2, 3]);
});

test('serve --native --watch: a bootstrap is replaced as a child is', withExamples, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-native-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'program');
  copyFileSync(join(examples, 'price'), path);
  const { url, output } = await serve(t, [path, '--native', '--watch']);
  const call = async () => (await fetch(`${url}/2015-03-31/functions/f/invocations`, { method: 'POST', body: '{"sku":"A7","count":3}' })).json();
  assert.deepEqual(await call(), { sku: 'A7', cents: 900 });
  copyFileSync(join(examples, 'echo'), `${path}.new`);
  renameSync(`${path}.new`, path);
  await until(() => output().includes('the new build is up'));
  assert.deepEqual(await call(), { sku: 'A7', count: 3 });
});
