// SPDX-License-Identifier: MIT
// A child that answers HTTP events as their paths say:
//
//     /reply      the result that the body holds as JSON
//     /bytes      the body's bytes, as bytes
//     /pid        its process id
//     /build      BUILD of its environment
//     /fail       a failure sold_out
//     /log        the event, and a record with the request's id on stderr
//     /chatter    the event, and two lines without one
//     /print      the event, and a line on stdout that is no reply
//     /wait       nothing, until SIGUSR1
//     /held       how many wait so
//     /silent     nothing, ever
//     /exit       exits with 3 and no answer
//     /context    the context
//
// Anything else gets its event back.

import { writeSync } from 'node:fs';
import { LineFramer } from '../../src/line_framer.js';

const held = [];

function write(fd, text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

function bytesOf({ body, isBase64Encoded }) {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

function resultOf({ event, context }) {
  switch (event?.rawPath ?? event?.path) {
    case '/reply':
      return JSON.parse(bytesOf(event).toString());
    case '/bytes':
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/octet-stream' },
        body: bytesOf(event).toString('base64'),
        isBase64Encoded: true,
      };
    case '/pid':
      return process.pid;
    case '/build':
      return process.env.BUILD;
    case '/held':
      return held.length;
    case '/context':
      return context;
    default:
      return event;
  }
}

let count = 0;

function answer({ number, request }) {
  const says = { id: request.id, proc_req_id: number };
  const failed = (request.event?.rawPath ?? request.event?.path) === '/fail';
  Object.assign(says, failed ? { error: 'no A7 left', error_type: 'sold_out', data: null } : { error: null, data: resultOf(request) });
  write(1, `${JSON.stringify(says)}\n`);
}

function take(line) {
  const turn = { number: count++, request: JSON.parse(line) };
  const { event, context } = turn.request;
  switch (event?.rawPath ?? event?.path) {
    case '/exit':
      process.exit(3);
    case '/silent':
      return;
    case '/wait':
      held.push(turn);
      return;
    case '/log':
      write(2, `INFO ${context.awsRequestId} a record\n`);
      break;
    case '/chatter':
      write(2, 'one\ntwo\n');
      break;
    case '/print':
      write(1, 'a print\n');
  }
  answer(turn);
}

process.on('SIGUSR1', () => held.splice(0).forEach(answer));
const framer = new LineFramer(take);
process.stdin.setEncoding('utf8').on('data', (piece) => framer.push(piece));
