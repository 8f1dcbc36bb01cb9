// SPDX-License-Identifier: MIT
// The options of a command, checked.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The command line is wrong. The message is shown to the user. */
export class UsageError extends Error {}

/** The options that every command has. */
export const programOptions = {
  native: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '30' },
  env: { type: 'string', multiple: true, default: [] },
};

/** Splits a command line into { values, positionals, programArguments }. The last are the words after `--`. */
export function parse(argv, options) {
  const end = argv.indexOf('--');
  const args = end === -1 ? argv : argv.slice(0, end);
  try {
    return {
      ...parseArgs({ args, options, allowPositionals: true }),
      programArguments: end === -1 ? [] : argv.slice(end + 1),
    };
  } catch (error) {
    throw new UsageError(error.message);
  }
}

/** The value of an option that must be a whole number in a range. */
export function wholeNumber(name, text, [least, most]) {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not ${text}`);
}

/** The value, in milliseconds, of an option in seconds. Lambda's longest time limit is 15 minutes. */
export function milliseconds(name, text) {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) * 1000 : NaN;
  if (value >= 1 && value <= 900_000) return value;
  throw new UsageError(`--${name} must be a number of seconds from 0.001 to 900, not ${text}`);
}

/** The variables of NAME=VALUE options. */
export function variables(assignments) {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf('=');
      if (at < 1) throw new UsageError(`--env must be NAME=VALUE, not ${assignment}`);
      return [assignment.slice(0, at), assignment.slice(at + 1)];
    }),
  );
}

/** The absolute path of the program that a shell would start by this name. */
export function programPath(command) {
  if (command === undefined) throw new UsageError('a PROGRAM is needed');
  if (command.includes('/')) {
    const path = resolve(command);
    const fault = faultOf(path);
    if (fault !== undefined) throw new UsageError(`${command} ${fault}`);
    return path;
  }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = resolve(folder, command);
    if (faultOf(path) === undefined) return path;
  }
  const hint = faultOf(resolve(command)) === undefined ? `; did you mean ./${command}?` : '';
  throw new UsageError(`PATH has no program ${command}${hint}`);
}

function faultOf(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return 'does not exist';
  if (!status.isFile()) return 'is not a file';
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return 'is not executable';
  }
  return undefined;
}
