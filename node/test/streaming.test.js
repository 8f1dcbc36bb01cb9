// SPDX-License-Identifier: MIT
// --native: replies that a bootstrap sends while it makes them.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli, examples, exchange, rejection, run, serve, test, until, withExamples } from './support.js';

const bootstrap = fileURLToPath(new URL('children/streaming.js', import.meta.url));

const serveStreams = (t, ...words) => serve(t, [process.execPath, '--native', ...words], bootstrap);

const post = (url, body) => fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

const html = { statusCode: 201, headers: { 'content-type': 'text/html' }, cookies: ['a=1', 'b=2'] };

/** Reads from a response until this text has come. */
function reader(response) {
  const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async (wanted) => {
    while (!text.includes(wanted)) {
      const { value, done } = await pieces.read();
      assert.ok(!done, `the response ended after ${JSON.stringify(text)}`);
      text += value;
    }
    return text;
  };
}

test('serve --native: a client sees each part of a reply before the next one is made', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-streaming-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const gate = join(folder, 'gate');
  const { url, output } = await serveStreams(t);
  const response = await post(url, { head: { statusCode: 200, headers: { 'content-type': 'text/event-stream' } }, pieces: ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'], gate });
  // The head came before the first part.
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/event-stream']);
  const seen = reader(response);
  for (const i of [0, 1, 2]) {
    writeFileSync(`${gate}.${i}`, '');
    assert.ok((await seen(`data: ${i + 1}\n\n`)).endsWith(`data: ${i + 1}\n\n`));
  }
  await until(() => / 200 /.test(output()));
});

test('serve --native: a streamed reply has the status, headers and cookies of its head', async (t) => {
  const { url, port } = await serveStreams(t);
  const response = await post(url, { head: html, pieces: ['<p>', 'größe'] });
  assert.deepEqual(['content-type', 'set-cookie'].map((name) => response.headers.get(name)), ['text/html', 'a=1, b=2']);
  assert.equal(response.status, 201);
  assert.match(response.headers.get('x-amzn-requestid'), /^[\da-f-]{36}$/);
  assert.equal(await response.text(), '<p>größe');
  const raw = await exchange(port, 'HEAD / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
  assert.match(raw, /^HTTP\/1\.1 200 /);
});

test('serve --native: a streamed reply without a head is bytes', async (t) => {
  const { url } = await serveStreams(t);
  const response = await post(url, { pieces: ['one'], bytes: '/wA=' });
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/octet-stream']);
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [111, 110, 101, 255, 0]);
});

test('serve --native: a failure in the trailers cuts the response off, and is logged', async (t) => {
  const { url, output } = await serveStreams(t);
  const response = await post(url, { head: html, pieces: ['part'], fail: { errorType: 'sold_out', errorMessage: 'no A7 left' } });
  assert.equal(response.status, 201);
  await rejection(response.text());
  await until(() => output().includes('sold_out: no A7 left'));
  assert.equal(await (await post(url, { pieces: ['next'] })).text(), 'next');
});

test('serve --native: a program that dies in the middle cuts the response off', async (t) => {
  const { url, output } = await serveStreams(t);
  const response = await post(url, { pieces: ['part'], exit: 3 });
  await rejection(response.text());
  await until(() => /child_exited: .*exited with status 3/.test(output()));
  assert.equal(await (await post(url, { pieces: ['next'] })).text(), 'next');
});

test('serve --native: a head that HTTP can\'t carry is a 502', async (t) => {
  const { url, output } = await serveStreams(t);
  for (const head of ['{"statusCode":', { statusCode: 99 }, { statusCode: 200, headers: { 'a b': 'c' } }]) {
    assert.equal((await post(url, { head, pieces: ['part'] })).status, 502);
  }
  await until(() => output().includes('invalid_reply: the head of the HTTP response is not JSON'));
  assert.equal(await (await post(url, { pieces: ['next'] })).text(), 'next');
});

test('serve --native: when the client leaves, the program\'s connection is closed', async (t) => {
  const { url, output } = await serveStreams(t);
  // Not with fetch(): that of Node.js 18 keeps the connection of a response that is aborted while it is not read.
  const client = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  client.end(JSON.stringify({ endless: true }));
  const [response] = await once(client, 'response');
  await once(response, 'data');
  client.destroy();
  await until(() => output().includes('the connection was closed'));
  assert.equal(await (await post(url, { pieces: ['next'] })).text(), 'next');
  await until(() => / 499 /.test(output()));
});

test('serve --native: a program that sends faster than the client reads waits', async (t) => {
  const { url } = await serveStreams(t);
  const piece = 'm'.repeat(1_000_000);
  const response = await post(url, { pieces: Array(5).fill(piece) });
  assert.equal((await response.text()).length, 5_000_000);
});

test('--native: where the reply can\'t be streamed it is collected, as from a child', async (t) => {
  const call = async (event) => {
    const { stdout, stderr } = await run(cli('invoke', process.execPath, JSON.stringify(event), '--native', '--', bootstrap));
    return stdout === '' ? stderr : JSON.parse(stdout);
  };
  assert.equal(await call({ pieces: ['one ', 'two'] }), 'one two');
  assert.deepEqual(await call({ head: html, pieces: ['größe'] }), { ...html, body: 'größe', isBase64Encoded: false });
  assert.deepEqual(await call({ head: html, bytes: '/wA=' }), { ...html, body: '/wA=', isBase64Encoded: true });
  assert.match(await call({ bytes: '/wA=' }), /^invalid_reply: the reply is not UTF-8/);
  assert.equal(await call({ pieces: ['part'], fail: { errorType: 'sold_out', errorMessage: 'no' } }), 'sold_out: no\n');
  assert.match(await call({ pieces: Array(70).fill('m'), times: 100_000 }), /^Function\.ResponseSizeTooLarge: /);
  const { url } = await serveStreams(t);
  const invocation = await post(`${url}/2015-03-31/functions/function/invocations`, { pieces: ['one ', 'two'] });
  assert.equal(await invocation.json(), 'one two');
  // A load balancer does not stream.
  const balanced = await serveStreams(t, '--alb');
  const response = await post(balanced.url, { head: { statusCode: 201, headers: {} }, pieces: ['one'] });
  assert.deepEqual([response.status, response.headers.get('content-length'), await response.text()], [201, '3', 'one']);
});

test('--native: a program that streams gives the same answers both ways', withExamples, async () => {
  for (const event of ['{"rawPath":"/countdown","queryStringParameters":{"from":"3","pause":"0"}}', '{"rawPath":"/x"}', '{}']) {
    const [child, native] = await Promise.all([[], ['--native']].map((way) => run(cli('invoke', join(examples, 'event_stream'), event, ...way))));
    assert.deepEqual(native, child);
  }
});

test('serve --native: the example event_stream counts until the client leaves', withExamples, async (t) => {
  const { url, output } = await serve(t, [join(examples, 'event_stream'), '--native']);
  const leaving = new AbortController();
  // Without its client it would count for weeks.
  const response = await fetch(`${url}/countdown?from=1000000000&pause=1`, { signal: leaving.signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const seen = reader(response);
  for (const number of [1_000_000_000, 999_999_999, 999_999_998]) await seen(`data: ${number}\n\n`);
  leaving.abort();
  assert.match(await (await fetch(url)).text(), /new EventSource\('countdown'/);
  assert.equal(await (await fetch(`${url}/countdown?from=1&pause=0`)).text(), 'data: 1\n\ndata: 0\n\n');
  assert.equal((await fetch(`${url}/countdown?from=ten`)).status, 502);
  await until(() => output().includes('invalid_event: expected a number, got "ten"'));
  assert.match(output(), /^GET \/countdown\?from=1000000000&pause=1 499 /m);
  assert.doesNotMatch(output(), /starts again/);
});
