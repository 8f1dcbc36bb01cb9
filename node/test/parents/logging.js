// SPDX-License-Identifier: MIT
// A program whose child writes to stderr.

import { createHandler } from '../../index.js';
import { script } from '../support.js';

const [command, args] = script('children/obedient.js');
const handler = createHandler(command, { args });
await handler({ log: 'one\ntwo\n' });
await handler.process.close();
