// SPDX-License-Identifier: MIT
// lambda-proc serve, as a function URL and as Lambda's API.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { cli, cliOnTerminal, exchange, isAlive, rejection, reply, run, serveHttp, test, until, withTerminal } from './support.js';

const REQUEST_ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Calls the function by Lambda's API. */
const call = (url, name, body, headers) =>
  fetch(`${url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', body, headers });

// Requests

test('serve: a request is an event of payload 2.0', async (t) => {
  const { url, port } = await serveHttp(t);
  const response = await fetch(`${url}/items/A%207?dry=1&tag=blue&tag=h%C3%A4vy`, {
    headers: { Cookie: 'a=1; b=2', 'X-Tag': 'one', 'user-agent': 'a test' },
  });
  const event = await response.json();
  const { time, timeEpoch, requestId, ...context } = event.requestContext;
  assert.deepEqual(
    [event.version, event.routeKey, event.rawPath, event.rawQueryString, event.cookies, event.isBase64Encoded, event.body],
    ['2.0', '$default', '/items/A%207', 'dry=1&tag=blue&tag=h%C3%A4vy', ['a=1', 'b=2'], false, undefined],
  );
  assert.deepEqual(event.queryStringParameters, { dry: '1', tag: 'blue,hävy' });
  assert.deepEqual(context, {
    accountId: 'anonymous', apiId: 'local', domainName: '127.0.0.1', domainPrefix: '127', routeKey: '$default', stage: '$default',
    http: { method: 'GET', path: '/items/A%207', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'a test' },
  });
  assert.match(time, /^\d\d\/[A-Z][a-z][a-z]\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  assert.ok(Math.abs(Date.now() - timeEpoch) < 3_600_000);
  assert.match(requestId, REQUEST_ID);
  assert.equal(response.headers.get('x-amzn-requestid'), requestId);
  const { headers } = event;
  assert.deepEqual(
    [headers['x-tag'], headers.cookie, headers.connection, headers['x-forwarded-for'], headers['x-forwarded-port']],
    ['one', undefined, undefined, '127.0.0.1', String(port)],
  );
  assert.match(headers['x-amzn-trace-id'], /^Root=1-[\da-f]{8}-[\da-f]{24}$/);
});

test('serve: headers that come several times are joined by commas; cookies are not', async (t) => {
  const { port } = await serveHttp(t);
  const answer = await exchange(
    port,
    'GET / HTTP/1.1\r\nHost: shop.example:80\r\nX-A: 1\r\nx-a: 2\r\nCookie: a=1\r\nCookie: b=2;c=3\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n',
  );
  const event = JSON.parse(answer.split('\r\n\r\n')[1]);
  assert.equal(event.headers['x-a'], '1,2');
  assert.deepEqual(event.cookies, ['a=1', 'b=2', 'c=3']);
  assert.equal(event.headers['x-forwarded-for'], '203.0.113.7, 127.0.0.1');
  assert.equal(event.requestContext.domainName, 'shop.example');
});

test('serve: a body is text if its media type says so and it is UTF-8, else base64', async (t) => {
  const { url } = await serveHttp(t);
  const eventFor = async (type, body, headers = {}) => {
    if (type) headers['content-type'] = type;
    return (await fetch(url, { method: 'POST', body, headers })).json();
  };
  for (const type of ['text/plain;charset=utf-8', 'application/json', 'Application/XML ; x=y', 'application/problem+json', 'application/javascript']) {
    const { body, isBase64Encoded } = await eventFor(type, 'größe');
    assert.deepEqual([type, body, isBase64Encoded], [type, 'größe', false]);
  }
  for (const [type, body, headers] of [
    ['application/octet-stream', Buffer.from([0, 255])],
    ['application/x-www-form-urlencoded', 'a=1'],
    ['application/jsonish', '{}'],
    [undefined, Buffer.from('x')],
    ['text/plain', Buffer.from([0xc3, 0x28])],
    ['application/json', Buffer.from('{}'), { 'content-encoding': 'gzip' }],
  ]) {
    const event = await eventFor(type, body, headers);
    assert.deepEqual([event.body, event.isBase64Encoded], [Buffer.from(body).toString('base64'), true], type);
  }
  const marked = await eventFor('text/plain', Buffer.from('\uFEFFx'));
  assert.equal(marked.body, '\uFEFFx');
});

test('serve: names that mean something in JavaScript are names', async (t) => {
  const { port } = await serveHttp(t);
  const answer = await exchange(port, 'GET /?__proto__=1&constructor=2 HTTP/1.1\r\nHost: x\r\n__proto__: 3\r\nConnection: close\r\n\r\n');
  const body = answer.split('\r\n\r\n')[1];
  assert.match(body, /"queryStringParameters":\{"__proto__":"1","constructor":"2"\}/);
  assert.match(body, /"__proto__":"3"/);
});

test('serve: the context has the ids of the request, the name of the function and a deadline', async (t) => {
  const { url } = await serveHttp(t, '--timeout', '900');
  const response = await fetch(`${url}/context`, { headers: { 'x-amzn-trace-id': 'Root=1-a-b' } });
  const context = await response.json();
  assert.equal(context.awsRequestId, response.headers.get('x-amzn-requestid'));
  assert.deepEqual([context.xRayTraceId, context.functionName], ['Root=1-a-b', 'node']);
  assert.ok(context.deadlineMs > Date.now());
});

// Responses

test('serve: a result with statusCode is the response', async (t) => {
  const { url } = await serveHttp(t);
  const response = await reply(url, {
    statusCode: 201,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Count': 3, 'x-is': true },
    cookies: ['a=1; Secure', 'b=2'],
    body: 'größe',
  });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('set-cookie'), 'a=1; Secure, b=2');
  assert.deepEqual(
    ['content-type', 'content-length', 'x-count', 'x-is'].map((name) => response.headers.get(name)),
    ['text/plain; charset=utf-8', '7', '3', 'true'],
  );
  assert.equal(await response.text(), 'größe');
});

test('serve: a result without statusCode is 200 with the JSON of it', async (t) => {
  const { url } = await serveHttp(t);
  for (const result of [{ cents: 900 }, 'Hello', null, [1, { statusCode: 404 }], 0]) {
    const response = await reply(url, result);
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/json']);
    assert.deepEqual(await response.json(), result);
  }
});

test('serve: a response may be empty, base64, or one that has no body', async (t) => {
  const { url } = await serveHttp(t);
  const empty = await reply(url, { statusCode: '202' });
  assert.deepEqual([empty.status, await empty.text(), empty.headers.get('content-length')], [202, '', '0']);
  const bytes = await reply(url, { statusCode: 200, headers: { 'content-type': 'image/gif' }, body: 'AP8=', isBase64Encoded: true });
  assert.deepEqual([...new Uint8Array(await bytes.arrayBuffer())], [0, 255]);
  for (const status of [204, 304]) {
    const none = await reply(url, { statusCode: status, body: 'not sent' });
    assert.deepEqual([none.status, none.headers.get('content-length'), await none.text()], [status, null, '']);
  }
});

test('serve: HEAD gets the headers of a body, and no body', async (t) => {
  const { port } = await serveHttp(t);
  const answer = await exchange(port, 'HEAD /pid HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(answer, /\r\ncontent-length: [1-9]\d*\r\n/);
  assert.match(answer, /\r\n\r\n$/);
});

test('serve: a header that would begin another is 502, and a line on the terminal says so', async (t) => {
  const { url, output } = await serveHttp(t);
  for (const result of [
    { statusCode: 200, headers: { 'x-a': '1\r\nSet-Cookie: evil=1\r\n\r\n<script>' } },
    { statusCode: 200, headers: { 'x-a: 1\r\nSet-Cookie': 'evil=1' } },
    { statusCode: 200, cookies: ['a=1\r\nSet-Cookie: evil=1'] },
  ]) {
    const response = await reply(url, result);
    assert.deepEqual([response.status, response.headers.get('set-cookie')], [502, null]);
    const { errorType, errorMessage } = await response.json();
    assert.equal(errorType, 'invalid_reply');
    await until(() => output().includes(`    invalid_reply: ${errorMessage}\n`));
  }
});

test('serve: headers of the connection are not the handler\'s to write', async (t) => {
  const { port } = await serveHttp(t);
  const result = JSON.stringify({
    statusCode: 200,
    headers: { 'Content-Length': '3', 'Transfer-Encoding': 'chunked', Connection: 'upgrade', Upgrade: 'x', 'Keep-Alive': 'timeout=1' },
    body: 'whole body',
  });
  const request = `POST /reply HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${result.length}\r\n`;
  const answer = await exchange(port, `${request}Connection: close\r\n\r\n${result}`);
  const [head, body] = answer.split('\r\n\r\n');
  assert.match(head, /^content-length: 10$/m);
  assert.match(head, /^connection: close$/im);
  assert.doesNotMatch(head, /transfer-encoding|upgrade|keep-alive/i);
  assert.equal(body, 'whole body');
});

test('serve: a failure is 502 with its type and message, and a line on the terminal', async (t) => {
  const { url, output } = await serveHttp(t);
  const response = await fetch(`${url}/fail`);
  assert.equal(response.status, 502);
  assert.deepEqual(await response.json(), { errorType: 'sold_out', errorMessage: 'no A7 left', stackTrace: [] });
  await until(() => /^GET \/fail 502 [^\n]*\n {4}sold_out: no A7 left\n/m.test(output()));
});

test('serve: a child that exits costs its request, and the next one is answered', async (t) => {
  const { url, output } = await serveHttp(t);
  const response = await fetch(`${url}/exit`);
  assert.equal(response.status, 502);
  assert.equal((await response.json()).errorType, 'child_exited');
  await until(() => output().includes('exited with status 3; starts again in 0 ms'));
  assert.equal((await fetch(url)).status, 200);
});

test('serve: a request that runs out of time is 502, and the next one is answered', async (t) => {
  const { url } = await serveHttp(t, '--timeout', '2');
  const response = await fetch(`${url}/silent`);
  assert.equal(response.status, 502);
  assert.equal((await response.json()).errorType, 'timed_out');
  // Only that it is answered: whether in time depends on how busy the machine is.
  assert.match(String((await fetch(url)).status), /^(200|502)$/);
});

// Limits

test('serve: more than 6 MB is 413, with and without a length, and the connection is not reset', async (t) => {
  const { url, output } = await serveHttp(t);
  const body = Buffer.alloc(6_291_457, 'x');
  const response = await fetch(url, { method: 'POST', body });
  assert.equal(response.status, 413);
  assert.match((await response.json()).message, /Request must be smaller than 6291456 bytes/);
  async function* pieces() {
    for (let i = 0; i < 7; i++) yield body.subarray(0, 1_000_000);
  }
  const chunked = await fetch(url, { method: 'POST', body: pieces(), duplex: 'half' });
  assert.equal(chunked.status, 413);
  await chunked.arrayBuffer();
  // It fits, but the event that it becomes does not.
  const grown = await fetch(url, { method: 'POST', body: Buffer.alloc(5_000_000) });
  assert.equal(grown.status, 413);
  await grown.arrayBuffer();
  await until(() => output().split(' 413 ').length === 4);
});

test('serve: a client that asks first is refused before it sends', async (t) => {
  const { port } = await serveHttp(t);
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n';
  const refused = await exchange(port, `${head}Content-Length: 7000000\r\n\r\n`);
  assert.match(refused, /^HTTP\/1\.1 413 /);
  const welcome = await exchange(port, `${head}Content-Length: 1\r\nConnection: close\r\n\r\nx`);
  assert.match(welcome, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
});

test('serve: more than 10,240 bytes of headers are 431', async (t) => {
  const { port } = await serveHttp(t);
  const request = (bytes) => `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(bytes)}\r\nConnection: close\r\n\r\n`;
  assert.match(await exchange(port, request(9_000)), /^HTTP\/1\.1 200 /);
  assert.match(await exchange(port, request(10_300)), /^HTTP\/1\.1 431 /);
});

test('serve: a result of more than 6 MB is a failure', async (t) => {
  const { url } = await serveHttp(t);
  // Text on the way in, base64 on the way out: a third more.
  const body = 'x'.repeat(5_000_000);
  const response = await fetch(`${url}/bytes`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  assert.deepEqual([response.status, (await response.json()).errorType], [502, 'Function.ResponseSizeTooLarge']);
  const called = await call(url, 'function', JSON.stringify({ path: '/bytes', body }));
  assert.deepEqual([called.status, called.headers.get('x-amz-function-error')], [200, 'Unhandled']);
  assert.equal((await called.json()).errorType, 'Function.ResponseSizeTooLarge');
});

// Lambda's API

test('serve: the path of Lambda\'s API calls the handler with any event', async (t) => {
  const { url } = await serveHttp(t);
  for (const name of ['function', 'price', 'arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aprice']) {
    const response = await call(url, name, '[1,"größe"]');
    assert.deepEqual([response.status, await response.json()], [200, [1, 'größe']]);
    assert.equal(response.headers.get('x-amz-executed-version'), '$LATEST');
    assert.equal(response.headers.get('x-amz-function-error'), null);
  }
  assert.deepEqual(await (await call(url, 'function', undefined)).json(), {});
  const qualified = await fetch(`${url}/2015-03-31/functions/price/invocations?Qualifier=live`, { method: 'POST', body: '1' });
  assert.equal(await qualified.json(), 1);
});

test('serve: a failure of a call is 200 with x-amz-function-error, as Lambda does it', async (t) => {
  const { url, output } = await serveHttp(t);
  const response = await call(url, 'function', '{"path":"/fail"}');
  assert.deepEqual([response.status, response.headers.get('x-amz-function-error')], [200, 'Unhandled']);
  assert.deepEqual(await response.json(), { errorType: 'sold_out', errorMessage: 'no A7 left', stackTrace: [] });
  await until(() => output().includes('    sold_out: no A7 left\n'));
});

test('serve: an event that is no JSON is refused, and so are a context and a type that are none', async (t) => {
  const { url } = await serveHttp(t);
  for (const [body, headers, type] of [
    ['{', {}, 'InvalidRequestContentException'],
    ['1', { 'x-amz-client-context': 'e30x' }, 'InvalidRequestContentException'],
    ['1', { 'x-amz-invocation-type': 'Later' }, 'InvalidParameterValueException'],
  ]) {
    const response = await call(url, 'function', body, headers);
    assert.deepEqual([response.status, response.headers.get('x-amzn-errortype')], [400, type]);
    assert.equal(typeof (await response.json()).message, 'string');
  }
});

test('serve: a call has a client context, may wait for no answer, and may only ask', async (t) => {
  const { url, output } = await serveHttp(t);
  const encoded = Buffer.from('{"custom":{"a":1}}').toString('base64');
  const context = await (await call(url, 'function', '{"path":"/context"}', { 'x-amz-client-context': encoded })).json();
  assert.deepEqual(context.clientContext, { custom: { a: 1 } });
  const later = await call(url, 'function', '{"path":"/fail"}', { 'x-amz-invocation-type': 'Event' });
  assert.deepEqual([later.status, await later.text()], [202, '']);
  await until(() => output().includes('sold_out: no A7 left'));
  assert.equal((await call(url, 'function', '{"path":"/exit"}', { 'x-amz-invocation-type': 'DryRun' })).status, 204);
});

// The terminal

test('serve: each request is one line, with the child\'s logs below it', async (t) => {
  const { url, output } = await serveHttp(t);
  await Promise.all(['/a?b=1', '/log'].map((path) => fetch(url + path)));
  await fetch(`${url}/chatter`);
  await fetch(`${url}/print`);
  await until(() => output().includes('/print'));
  const duration = String.raw`[\d.]+(e\+\d+)? (µs|ms|s)`;
  const memory = process.platform === 'linux' ? String.raw` \d+\.\d MB` : '';
  const line = (request) => String.raw`${request} 200 ${duration}${memory}\n`;
  assert.match(output(), new RegExp(`^${line(String.raw`GET /a\?b=1`)}`, 'm'));
  assert.match(output(), new RegExp(`^${line('GET /log')} {4}INFO [\\da-f-]{36} a record\\n`, 'm'));
  assert.match(output(), new RegExp(`^${line('GET /chatter')} {4}one\\n {4}two\\n`, 'm'));
  assert.match(output(), /^lambda-proc: skipped a line that is not a reply: a print$/m);
  assert.doesNotMatch(output(), /\x1b/);
});

test('serve: on a terminal it has colours', withTerminal, async (t) => {
  const file = fileURLToPath(new URL('children/http.js', import.meta.url));
  const [command, args] = cliOnTerminal('serve', process.execPath, '--port', '0', '--', file);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  t.after(() => child.kill('SIGKILL'));
  await until(() => output.includes(' answers at '));
  await fetch(/http:\S+/.exec(output)[0]);
  await until(() => /\x1b\[1mGET\x1b\[0m \/ \x1b\[32m200\x1b\[0m/.test(output));
  child.stdin.write('\x03'); // Ctrl-C
  await new Promise((resolve) => child.on('close', resolve));
});

test('serve: what a client sends can\'t write to the terminal but as text', async (t) => {
  const { port, url, output } = await serveHttp(t);
  for (const path of ['/\x1b[31m', '/\x9b31m', '/\x7f', '/\xe2\x80\xae']) {
    await exchange(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  }
  await fetch(`${url}/last`);
  await until(() => output().includes('GET /last'));
  assert.doesNotMatch(output(), /[^\n\x20-\x7eµ]/);
});

// The end

/** Whether the port is closed. */
function isRefused(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    socket.on('connect', () => socket.destroy());
  });
}

async function untilRefused(port) {
  while (!(await isRefused(port))) await new Promise(setImmediate);
}

/** A request that the child holds, and the child's process id. */
async function withOneHeld({ url }) {
  const pid = await (await fetch(`${url}/pid`)).json();
  const waiting = fetch(`${url}/wait`);
  while ((await (await fetch(`${url}/held`)).json()) === 0);
  return { pid, waiting };
}

for (const [signal, status] of [['SIGTERM', 0], ['SIGINT', 130]]) {
  test(`serve: ${signal} ends it when what is in flight has been answered, and idle connections don't hold it up`, async (t) => {
    const { url, port, child, ended } = await serveHttp(t);
    const idle = exchange(port, '');
    const { pid, waiting } = await withOneHeld({ url });
    child.kill(signal);
    await untilRefused(port);
    process.kill(pid, 'SIGUSR1'); // Answers now.
    const response = await waiting;
    assert.deepEqual([response.status, response.headers.get('connection')], [200, 'close']);
    assert.equal((await response.json()).rawPath, '/wait');
    assert.deepEqual(await ended, [status, null]);
    assert.equal(await idle, '');
    assert.equal(isAlive(pid), false);
  });
}

test('serve: a second signal waits for nothing', async (t) => {
  const { url, port, child, ended } = await serveHttp(t);
  const { pid, waiting } = await withOneHeld({ url });
  child.kill('SIGINT');
  await untilRefused(port);
  child.kill('SIGINT');
  assert.ok((await rejection(waiting)) instanceof Error);
  assert.deepEqual(await ended, [130, null]);
  await until(() => !isAlive(pid));
});

test('serve: a port that is taken is a sentence and status 2', async (t) => {
  const { port } = await serveHttp(t);
  const { stdout, stderr, status } = await run(cli('serve', process.execPath, '--port', String(port)));
  assert.match(stderr, /^lambda-proc: can't listen at 127\.0\.0\.1, port \d+: .*EADDRINUSE/);
  assert.deepEqual([stdout, status], ['', 2]);
});
