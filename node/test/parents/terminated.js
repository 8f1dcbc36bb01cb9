// SPDX-License-Identifier: MIT
// A program that gets the signal that its argument names with a request in flight, which its child answers on SIGUSR1.

import { createHandler } from '../../index.js';
import { script } from '../support.js';

const [command, args] = script('children/obedient.js', '--answer-on-usr1');
const handler = createHandler(command, { args });
console.log(await handler({ tell: 'pid' }));

handler({ hold: true }).then(() => console.log('answered'), ({ name }) => console.log(`rejected: ${name}`));
// Once: a listener that stays would have to see to the exit itself.
process.once(process.argv[2], () => handler('late').catch(({ name }) => console.log(`refused: ${name}`)));
await new Promise(setImmediate); // The request is in the pipe.
console.log('in flight');
