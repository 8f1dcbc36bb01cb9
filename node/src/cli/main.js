// SPDX-License-Identifier: MIT
// The entry of the command line: runs a command and returns the exit status.

import { readFileSync } from 'node:fs';
import { UsageError } from './arguments.js';
import { invoke } from './invoke.js';
import { serve } from './serve.js';
import { usage } from './usage.js';

const commands = { invoke, serve };

/** Resolves with the exit status: 0 for success, 1 if a request failed, 2 for a wrong command line. */
export async function main([name, ...rest]) {
  if (name === undefined || ['help', '--help', '-h'].includes(name) || rest[0] === '--help') {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));
    console.log(version);
    return 0;
  }
  try {
    if (!Object.hasOwn(commands, name)) throw new UsageError(`there is no command ${name}`);
    return await commands[name](rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`lambda-proc: ${error.message} (lambda-proc --help shows what there is)`);
    return 2;
  }
}
