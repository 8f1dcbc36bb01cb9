// SPDX-License-Identifier: MIT
// Runs the function in index.mjs ten times with lambda-local, and for comparison with a process for each request.
//
//     node demo.mjs FOLDER        the folder has the program dynamodb_stream

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HandlerProcess } from 'lambda-proc';
import lambdaLocal from 'lambda-local';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node demo.mjs FOLDER    the folder has the program dynamodb_stream');
  process.exit(2);
}
const program = join(resolve(folder), 'dynamodb_stream');
process.env.DYNAMODB_STREAM = program;
process.env.LAMBDA_PROC_LOG ??= 'off'; // Otherwise each record in the events is logged to the screen.

const invocations = 10;
const item = { Id: 'test', Value: 'somevalue' };
const change = (eventName, eventID, images) => ({
  eventID,
  eventName,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-central-1',
  dynamodb: {
    ApproximateCreationDateTime: 1767225600,
    Keys: { Id: { S: 'test' } },
    ...images,
    SequenceNumber: '4421584500000000017450439091',
    SizeBytes: 26,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/mytest/stream/2026-01-01T00:00:00.000',
});
const before = { Id: { S: 'test' }, Value: { S: 'old' } };
const after = { Id: { S: 'test' }, Value: { S: 'somevalue' } };
const event = {
  Records: [
    change('INSERT', '1', { NewImage: before }),
    change('MODIFY', '2', { OldImage: before, NewImage: after }),
    change('REMOVE', '3', { OldImage: after }),
  ],
};

/** What Linux says was the most memory that a process ever held, in MB. */
function peakMemory(pid) {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const quiet = { event, verboseLevel: -1, timeoutMs: 10_000 };

/** Ten invocations one by one: how long each took, in ms. */
async function invoke(how) {
  const times = [];
  for (let i = 0; i < invocations; i++) {
    const started = performance.now();
    assert.deepEqual(await lambdaLocal.execute({ ...quiet, ...how }), item);
    times.push(performance.now() - started);
  }
  return times;
}

function row(name, [first, ...rest], memory) {
  const ms = (value) => `${value.toFixed(2)} ms`.padStart(11);
  console.log(`${name.padEnd(28)}${ms(first)}${ms(median(rest))}${memory ? `${memory.toFixed(1)} MB`.padStart(13) : ''}`);
}

console.log(`${invocations} DynamoDB events through lambda-local, Node.js and dynamodb_stream:\n`);
console.log(`${''.padEnd(28)}${'first'.padStart(11)}${'others'.padStart(11)}${'peak memory'.padStart(13)}`);

// Runs first, so that lambda-local's own initialization is not part of the other first invocations.
const alone = await invoke({ lambdaFunc: { handler: async () => item } });

const lambdaPath = fileURLToPath(new URL('index.mjs', import.meta.url));
const kept = await invoke({ lambdaPath, esm: true });
const { handler } = await import('./index.mjs'); // The same module that lambda-local has loaded.
row('one process, kept', kept, peakMemory(handler.process.stats().pid));
assert.equal(handler.process.stats().restarts, 0);
await handler.process.close();

let memory = 0;
const startOne = async (request, context) => {
  const once = new HandlerProcess(program);
  const reply = await once.invoke(request, context);
  memory = Math.max(memory, peakMemory(once.stats().pid));
  await once.close();
  return reply;
};
row('a process for each', await invoke({ lambdaFunc: { handler: startOne } }), memory);
row('lambda-local alone', alone);
console.log('\nfirst: with the start of the program; others: their median; lambda-local alone: a function that does nothing');
