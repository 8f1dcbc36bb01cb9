// SPDX-License-Identifier: MIT
// What the commands have in common: the program, its options, and how it is started.

import { basename } from 'node:path';
import { Child } from '../child.js';
import { HandlerProcess } from '../handler_process.js';
import { Bootstrap } from '../native/bootstrap.js';
import { milliseconds, parse, programOptions, programPath, variables } from './arguments.js';
import { functionEnvironment } from './invocation_context.js';

/**
 * Parses a command line. Returns the values of its options, the positionals after the program, the program's path, the
 * function's name, the time limit in milliseconds, and `start(options)`, which makes a HandlerProcess.
 */
export function programOf(argv, options) {
  const { values, positionals, programArguments } = parse(argv, { ...programOptions, ...options });
  const [command, ...others] = positionals;
  const path = programPath(command);
  const name = basename(path);
  const env = { ...process.env, ...functionEnvironment(name), ...variables(values.env) };
  const ChildType = values.native ? Bootstrap : Child;
  return {
    values,
    positionals: others,
    path,
    name,
    timeoutMs: milliseconds('timeout', values.timeout),
    start: (more) => new HandlerProcess(path, { args: programArguments, env, deadlineMarginMs: 0, ...more }, ChildType),
  };
}
