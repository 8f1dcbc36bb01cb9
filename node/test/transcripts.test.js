// SPDX-License-Identifier: MIT
// Replays the transcripts of the C++ suite through a child that Node.js started, whose pipes are UNIX sockets.

import { parseReply } from '../src/wire.js';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examples, run, test, withExamples } from './support.js';

const folder = new URL('../../tests/transcripts/lambda_proc/', import.meta.url);
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.out')) : [];

for (const name of names) {
  const replies = readFileSync(new URL(name, folder), 'utf8');

  test(`each line of ${name} is a reply`, () => {
    for (const line of replies.split('\n').slice(0, -1)) assert.ok(parseReply(line), line);
  });

  test(`the child echo writes the replies of ${name}`, withExamples, async () => {
    const input = readFileSync(new URL(name.replace(/out$/, 'in'), folder));
    const { stdout, status } = await run([join(examples, 'echo')], { input });
    assert.equal(stdout, replies);
    assert.equal(status, 0);
  });
}
