// SPDX-License-Identifier: MIT
// Real clients of lambda-proc serve: curl, fetch, and sockets that do what no client should.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange, run, serveHttp, test, until } from './support.js';

const withCurl = { skip: spawnSync('curl', ['--version']).error ? 'there is no curl' : false };

async function curl(...words) {
  const { stdout, stderr, status } = await run(['curl', ['-sS', '--max-time', '100', ...words]]);
  assert.equal(status, 0, stderr);
  return stdout;
}

/** All byte values, a megabyte of them. */
const megabyte = Buffer.alloc(1 << 20, Buffer.from(Array.from({ length: 256 }, (_, i) => i)));

test('curl: several requests over one connection', withCurl, async (t) => {
  const { url } = await serveHttp(t);
  const counts = await curl('-o', '/dev/null', '-o', '/dev/null', '-w', '%{http_code} %{num_connects}\n', `${url}/a`, `${url}/b`);
  assert.equal(counts, '200 1\n200 0\n');
});

test('curl: a megabyte of any bytes goes there and back', withCurl, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-curl-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [there, back] = [join(folder, 'there'), join(folder, 'back')];
  writeFileSync(there, megabyte);
  const { url } = await serveHttp(t);
  for (const how of [[], ['-H', 'Transfer-Encoding: chunked'], ['-H', 'Expect: 100-continue']]) {
    await curl(...how, '--data-binary', `@${there}`, '-H', 'Content-Type: application/octet-stream', '-o', back, `${url}/bytes`);
    assert.ok(megabyte.equals(readFileSync(back)), how.join());
  }
});

test('curl: HEAD, HTTP/1.0 and a form', withCurl, async (t) => {
  const { url } = await serveHttp(t);
  assert.match(await curl('-I', `${url}/pid`), /^HTTP\/1\.1 200 OK\r\n[^]*content-length: [1-9]\d*\r\n/);
  assert.equal(JSON.parse(await curl('--http1.0', url)).requestContext.http.protocol, 'HTTP/1.0');
  const form = JSON.parse(await curl('-F', 'sku=A7', url));
  assert.match(Buffer.from(form.body, 'base64').toString(), /name="sku"\r\n\r\nA7\r\n/);
});

test('curl: a path that climbs is a text for the handler, and opens no file', withCurl, async (t) => {
  const { url } = await serveHttp(t);
  for (const path of ['/../../../../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd', '/..\\..\\etc\\passwd']) {
    const event = JSON.parse(await curl('--path-as-is', url + path));
    assert.equal(event.rawPath, path);
  }
  // Nor does the name of a function, in Lambda's API.
  const name = '/2015-03-31/functions/..%2f..%2fetc%2fpasswd/invocations';
  assert.equal(await curl('--path-as-is', '-d', '"an event"', url + name), '"an event"');
  const climbing = JSON.parse(await curl('--path-as-is', '-d', '1', `${url}/2015-03-31/functions/../../etc/passwd/invocations`));
  assert.equal(climbing.rawPath, '/2015-03-31/functions/../../etc/passwd/invocations');
});

test('fetch: 1,000 at once, each with its own answer', async (t) => {
  const { url, output } = await serveHttp(t);
  const bodies = Array.from({ length: 1000 }, (_, i) => `body ${i}`);
  const answers = await Promise.all(
    bodies.map(async (body) => {
      const response = await fetch(`${url}/bytes`, { method: 'POST', body });
      return response.text();
    }),
  );
  assert.deepEqual(answers, bodies);
  await until(() => output().split('POST /bytes 200 ').length === 1001);
});

test('fetch: a megabyte of text goes there and back', async (t) => {
  const { url } = await serveHttp(t);
  const body = 'größe €\u2028\u0000"\\'.repeat(70_000);
  const response = await fetch(`${url}/echo`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  assert.equal((await response.json()).body, body);
});

test('pipelined requests are answered in order', async (t) => {
  const { port } = await serveHttp(t);
  const requests = Array.from({ length: 50 }, (_, i) => `GET /${i} HTTP/1.1\r\nHost: x\r\n${i === 49 ? 'Connection: close\r\n' : ''}\r\n`);
  const answer = await exchange(port, requests.join(''));
  const paths = [...answer.matchAll(/"rawPath":"\/(\d+)"/g)].map(([, i]) => Number(i));
  assert.deepEqual(paths, Array.from({ length: 50 }, (_, i) => i));
});

test('a request may come byte by byte', async (t) => {
  const { port } = await serveHttp(t);
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece) => (answer += piece));
  for (const byte of 'POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello world') {
    socket.write(byte);
    await new Promise(setImmediate);
  }
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(answer, /"body":"hello world"/);
});

for (const [what, request] of [
  ['a length and chunks', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
  ['a bare carriage return in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\rX-B: 2\r\n\r\n'],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\0\r\n\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
]) {
  test(`a request with ${what} is refused, and the next one is answered`, async (t) => {
    const { port, url, output } = await serveHttp(t);
    assert.match(await exchange(port, request), /^HTTP\/1\.1 400 /);
    assert.equal((await fetch(`${url}/next`)).status, 200);
    await until(() => output().includes('GET /next'));
    assert.doesNotMatch(output(), /smuggled/);
  });
}

test('a client that goes away while it sends costs nothing', async (t) => {
  const { port, url, output } = await serveHttp(t);
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /cut HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this');
  await fetch(`${url}/one`);
  socket.destroy();
  await until(() => /^POST \/cut 499 /m.test(output()));
  assert.equal((await fetch(`${url}/two`)).status, 200);
});

test('a client that goes away while it waits costs its answer, and no other', async (t) => {
  const { url, output } = await serveHttp(t);
  const pid = await (await fetch(`${url}/pid`)).json();
  const controller = new AbortController();
  const waiting = Array.from({ length: 10 }, (_, i) => fetch(`${url}/wait`, i % 2 === 0 ? { signal: controller.signal } : {}));
  while ((await (await fetch(`${url}/held`)).json()) < 10);
  controller.abort();
  const gone = waiting.filter((_, i) => i % 2 === 0);
  for (const { reason } of await Promise.allSettled(gone)) assert.equal(reason.name, 'AbortError');
  // One more turn of the server, which has then seen that they are gone.
  await fetch(`${url}/last`);
  process.kill(pid, 'SIGUSR1'); // Answers all.
  for (const response of await Promise.all(waiting.filter((_, i) => i % 2 === 1))) {
    assert.equal(response.status, 200);
    await response.arrayBuffer();
  }
  await until(() => output().split(/^GET \/wait (?:200|499) /m).length === 11);
  assert.equal(await (await fetch(`${url}/pid`)).json(), pid);
});

test('kill -9 under load: what is in flight gets 502, and all else is answered', async (t) => {
  const { url, output } = await serveHttp(t);
  const get = async (path) => (await fetch(url + path)).json();
  const noticed = () => output().split('lambda-proc: was killed by SIGKILL; starts again').length - 1;
  let kills = 0;
  let answered = 0;
  let lost = 0;
  let fault;
  let isOver = false;

  async function load() {
    while (!isOver && fault === undefined) {
      const before = noticed();
      const response = await fetch(`${url}/load`);
      await response.arrayBuffer();
      if (response.status === 200) answered += 1;
      else lost += 1;
      // A request that began when the last death was known went to a child that lives.
      if (response.status !== 200 && before === kills) fault = `${response.status} without a reason`;
    }
  }

  const loads = Array.from({ length: 20 }, load);
  try {
    while (kills < 3) {
      const pid = await get('/pid');
      const held = Array.from({ length: 5 }, () => fetch(`${url}/wait`));
      while ((await get('/held')) < 5);
      kills += 1;
      process.kill(pid, 'SIGKILL');
      for (const response of await Promise.all(held)) {
        assert.equal(response.status, 502);
        assert.equal((await response.json()).errorType, 'child_exited');
      }
      await until(() => noticed() === kills);
      const enough = answered + 200;
      await until(() => answered >= enough || fault !== undefined);
      assert.equal(fault, undefined);
    }
  } finally {
    isOver = true;
    await Promise.all(loads);
  }
  assert.ok(lost <= 3 * loads.length, `${lost} were lost`);
});
