// SPDX-License-Identifier: MIT
// A child that does what its events say. It processes these keys in this order, if present:
//
//     {"log":"text"}         writes to stderr
//     {"print":"text"}       writes to stdout
//     {"exit":3}             exits without an answer
//     {"kill":"SIGSEGV"}     dies of a signal without an answer
//     {"silent":true}        never answers
//     {"hold":true}          answers when a later request says {"release":"first first"} or {"release":"last first"}
//     {"fail":{"message","type"}}
//     {"tell":"request"}     answers with the whole request; "pid" with its process id; "environment"
//
// By default the answer is the event. Arguments: --without-ids (like the Go package's child), --ids-as-numbers,
// --wrong-ids, --byte-by-byte, --answer-on-usr1 (answers held requests on SIGUSR1), --deaf (does not notice the end of
// its input).

import { writeSync } from 'node:fs';
import { LineFramer } from '../../src/line_framer.js';

const flags = new Set(process.argv.slice(2));
const held = [];
let count = 0;

function write(fd, text) {
  const bytes = Buffer.from(text);
  const step = fd === 1 && flags.has('--byte-by-byte') ? 1 : bytes.length;
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, Math.min(step, bytes.length - at));
}

function answerTo(request) {
  switch (request.event?.tell) {
    case 'request':
      return request;
    case 'pid':
      return process.pid;
    case 'environment':
      return { cwd: process.cwd(), env: process.env, args: process.argv.slice(2) };
    default:
      return request.event;
  }
}

function idOf({ id }) {
  if (flags.has('--wrong-ids')) return `${id}?`;
  return flags.has('--ids-as-numbers') ? Number(id) : id;
}

function reply({ number, request }) {
  const { fail } = request.event ?? {};
  const says = flags.has('--without-ids') ? {} : { id: idOf(request) };
  Object.assign(says, { proc_req_id: number, error: fail?.message ?? null });
  if (fail?.type) says.error_type = fail.type;
  says.data = fail ? null : answerTo(request);
  return `${JSON.stringify(says)}\n`;
}

function serve(line) {
  const request = JSON.parse(line);
  const turn = { number: count++, request };
  const event = request.event ?? {};
  if (event.log) write(2, event.log);
  if (event.print) write(1, event.print);
  if (event.exit !== undefined) process.exit(event.exit);
  if (event.kill) {
    process.kill(process.pid, event.kill);
    for (;;); // Waits for the signal.
  }
  if (event.silent) return;
  if (event.hold) {
    held.push(turn);
    return;
  }
  const turns = event.release ? [...held.splice(0), turn] : [turn];
  if (event.release === 'last first') turns.reverse();
  write(1, turns.map(reply).join(''));
}

if (flags.has('--answer-on-usr1')) process.on('SIGUSR1', () => write(1, held.splice(0).map(reply).join('')));
if (flags.has('--deaf')) setInterval(() => {}, 1000);
const framer = new LineFramer(serve);
process.stdin.setEncoding('utf8').on('data', (piece) => framer.push(piece));
