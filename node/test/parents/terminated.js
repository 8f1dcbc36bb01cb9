// SPDX-License-Identifier: MIT
// A program that receives the signal named by its argument while a request is in flight. Its child answers on SIGUSR1.

import { createHandler } from '../../index.js';
import { script } from '../support.js';

const [command, args] = script('children/obedient.js', '--answer-on-usr1');
const handler = createHandler(command, { args });
console.log(await handler({ tell: 'pid' }));

handler({ hold: true }).then(() => console.log('answered'), ({ name }) => console.log(`rejected: ${name}`));
// Only once, because a listener that stays would have to exit the program itself.
process.once(process.argv[2], () => handler('late').catch(({ name }) => console.log(`refused: ${name}`)));
await new Promise(setImmediate); // Now the request is in the pipe.
console.log('in flight');
