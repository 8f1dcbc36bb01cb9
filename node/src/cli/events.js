// SPDX-License-Identifier: MIT
// The events of a command line: JSON, a file, or stdin.

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { UsageError } from './arguments.js';

/** The value of an argument that is JSON or names a file with JSON. */
export function jsonArgument(argument) {
  const own = parsed(argument);
  if (own.value !== undefined) return own.value;
  if (!existsSync(argument)) throw new UsageError(`${argument} is neither JSON (${own.fault}) nor a file`);
  const { value, fault } = parsed(readFileSync(argument, 'utf8'));
  if (value === undefined) throw new UsageError(`${argument} does not hold JSON: ${fault}`);
  return value;
}

/** The one event of `argument`. */
export async function oneEvent(argument = '{}') {
  if (argument !== '-') return jsonArgument(argument);
  let text = '';
  for await (const piece of process.stdin.setEncoding('utf8')) text += piece;
  const { value, fault } = parsed(text);
  if (value === undefined) throw new UsageError(`stdin does not hold JSON: ${fault}`);
  return value;
}

/** The events of `argument`, one a line, as they come: { number, value } or { number, fault }. Blank lines are skipped. */
export async function* eventLines(argument = '-') {
  let number = 0;
  for await (const line of createInterface({ input: linesOf(argument), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') yield { number, ...parsed(line) };
  }
}

function linesOf(argument) {
  if (argument === '-') return process.stdin;
  if (existsSync(argument)) return createReadStream(argument);
  const { fault } = parsed(argument.split('\n', 1)[0]);
  if (fault !== undefined) throw new UsageError(`${argument} is neither JSON (${fault}) nor a file`);
  return Readable.from([argument]);
}

function parsed(text) {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return { fault: error.message };
  }
}
