// SPDX-License-Identifier: MIT

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { run, test } from './support.js';

test('the declarations accept what TypeScript users write, and nothing else', async () => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status, stdout } = await run([process.execPath, [tsc, '-p', fileURLToPath(new URL('types', import.meta.url))]]);
  assert.equal(status, 0, stdout);
});
