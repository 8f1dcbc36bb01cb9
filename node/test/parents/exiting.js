// SPDX-License-Identifier: MIT
// A program, or a worker thread, that prints its child's process id and ends in one of several ways. The child is deaf,
// or it is the program that the second argument names, with a request that it never answers.

import { parentPort } from 'node:worker_threads';
import { HandlerProcess } from '../../index.js';
import { script } from '../support.js';

const [how, program] = process.argv.slice(2);
const [command, args] = program ? [program] : script('children/obedient.js', '--deaf');
const handler = new HandlerProcess(command, { args, graceMs: 20 });
await handler.invoke({ text: 'it is up' });
const { pid } = handler.stats();
if (program) handler.invoke({ task: 'wait' });

await new Promise(setImmediate); // Now the request is in the pipe.
if (parentPort) parentPort.postMessage(pid);
else console.log(pid);

if (how === 'exits') process.exit(3);
if (how === 'throws') throw new Error('as the test wants');
if (how === 'waits') setInterval(() => {}, 1000);
