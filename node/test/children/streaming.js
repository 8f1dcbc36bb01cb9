// SPDX-License-Identifier: MIT
// A bootstrap that streams its replies, as anybody might write one. The body of the HTTP event, or the event itself, says:
//
//     {"head":{…}}        the head of an HTTP response; a text is sent as it is
//     {"pieces":["…"]}    what is sent after it, each as a chunk; each this many "times"
//     {"gate":"path"}     piece number i is sent when the file path.i exists
//     {"bytes":"…"}       base64 of a last piece
//     {"endless":true}    sends pieces until the connection is closed, then writes a line to stderr
//     {"fail":{…}}        ends with this failure in the trailers
//     {"exit":3}          exits instead of ending the reply

import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const root = `/2018-06-01/runtime/invocation`;

async function next() {
  const response = await fetch(`http://${host}:${port}${root}/next`);
  return { id: response.headers.get('lambda-runtime-aws-request-id'), event: await response.json() };
}

for (;;) {
  const { id, event } = await next();
  const wanted = event.headers === undefined ? event : JSON.parse(event.body ?? '{}');
  const reply = request({
    host,
    port,
    method: 'POST',
    path: `${root}/${id}/response`,
    headers: {
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Content-Type': wanted.head === undefined ? 'application/octet-stream' : 'application/vnd.awslambda.http-integration-response',
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
      'Transfer-Encoding': 'chunked',
    },
  });
  const answered = new Promise((resolve) => reply.on('response', (response) => response.resume().on('end', resolve)));
  const closed = new Promise((resolve) => reply.on('error', resolve).on('close', resolve));
  let isClosed = false;
  closed.then(() => (isClosed = true));
  if (wanted.head !== undefined) reply.write(`${typeof wanted.head === 'string' ? wanted.head : JSON.stringify(wanted.head)}${'\0'.repeat(8)}`);
  else reply.flushHeaders();
  for (const [i, piece] of (wanted.pieces ?? []).entries()) {
    while (wanted.gate && !existsSync(`${wanted.gate}.${i}`)) await sleep(1);
    reply.write(piece.repeat(wanted.times ?? 1));
  }
  if (wanted.bytes) reply.write(Buffer.from(wanted.bytes, 'base64'));
  while (wanted.endless && !isClosed) {
    reply.write('x'.repeat(1000));
    await sleep(1);
  }
  if (wanted.endless) process.stderr.write('the connection was closed\n');
  if (wanted.exit !== undefined) {
    await new Promise((resolve) => reply.write('last', resolve));
    process.exit(wanted.exit);
  }
  if (wanted.fail) {
    reply.addTrailers({
      'Lambda-Runtime-Function-Error-Type': wanted.fail.errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(wanted.fail)).toString('base64'),
    });
  }
  reply.end();
  await Promise.race([answered, closed]);
}
