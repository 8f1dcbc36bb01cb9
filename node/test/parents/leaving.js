// SPDX-License-Identifier: MIT
// A program that says its child's process id and leaves in one of several ways.

import { HandlerProcess } from '../../index.js';
import { script } from '../support.js';

const [command, args] = script('children/obedient.js', '--deaf');
const handler = new HandlerProcess(command, { args, graceMs: 20 });
console.log(await handler.invoke({ tell: 'pid' }));

const how = process.argv[2];
if (how === 'exits') process.exit(3);
if (how === 'throws') throw new Error('as the test wants');
