// SPDX-License-Identifier: MIT
// A bootstrap as anybody might write one, that does what its events say; in this order, each key if it is there:
//
//     {"print":"text"}                     writes to stdout
//     {"exit":3}                           exits without an answer
//     {"silent":true}                      never answers
//     {"ask":true}                         asks for the next invocation without having answered this one; tells its id
//     {"fail":{"type","message"}}
//     {"post":"text","id":"x"}             posts this text as the response, to this id if there is one; on a refusal
//                                          answers with { status, body }
//     {"tell":"invocation"|"environment"}  answers with that
//
// The answer is the event where nothing else was asked for. With the argument --init-error its start fails.

import { fstatSync } from 'node:fs';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const post = (path, body, headers) => fetch(`${api}/${path}`, { method: 'POST', body, headers });

if (process.argv[2] === '--init-error') {
  await post('init/error', '{"errorType":"NoTable","errorMessage":"the table is missing"}');
  process.exit(4);
}

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const headers = Object.fromEntries(next.headers);
  const id = headers['lambda-runtime-aws-request-id'];
  const event = await next.json();
  let result = event;

  if (event?.print) process.stdout.write(event.print);
  if (event?.exit !== undefined) process.exit(event.exit);
  if (event?.silent) await new Promise((resolve) => setTimeout(resolve, 1e9));
  if (event?.ask) {
    const again = await fetch(`${api}/invocation/next`);
    await again.arrayBuffer();
    result = [id, again.headers.get('lambda-runtime-aws-request-id')];
  }
  if (event?.fail) {
    const { type, message } = event.fail;
    const body = message === undefined ? 'no JSON' : JSON.stringify({ errorType: type, errorMessage: message, stackTrace: [] });
    await post(`invocation/${id}/error`, body, { 'lambda-runtime-function-error-type': type });
    continue;
  }
  if (event?.post !== undefined) {
    const { status, ok } = await post(`invocation/${event.id ?? id}/response`, event.post.repeat(event.times ?? 1));
    if (ok) continue;
    result = status;
  }
  if (event?.tell === 'invocation') result = headers;
  if (event?.tell === 'environment') result = { env: process.env, stdinIsDevice: fstatSync(0).isCharacterDevice() };
  const answer = await post(`invocation/${id}/response`, JSON.stringify(result));
  await answer.arrayBuffer();
}
