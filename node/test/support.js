// SPDX-License-Identifier: MIT
// Helpers that several test files use.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HandlerProcess } from '../index.js';

/** A test whose name is a claim. No test takes long, so one that hangs fails. */
export function test(claim, options, check) {
  if (check === undefined) [options, check] = [{}, options];
  nodeTest(claim, { timeout: 30_000, ...options }, async (t) => {
    const keepAlive = setInterval(() => {}, 1000); // Keeps the test running; an idle child does not.
    try {
      await check(t);
    } finally {
      clearInterval(keepAlive);
    }
  });
}

/** The directory with the programs of the C++ examples; script/test sets it. */
export const examples = process.env.LAMBDA_PROC_EXAMPLES;

/** Options for tests that need them. */
export const withExamples = { skip: examples ? false : 'LAMBDA_PROC_EXAMPLES does not name a folder of built examples' };

/** The program of the C++ tests that crashes on request. */
export const crasher = process.env.LAMBDA_PROC_CRASHER;

/** Options for tests that need it. */
export const withCrasher = { skip: crasher ? false : 'LAMBDA_PROC_CRASHER does not name the built tests/children/crasher' };

/** A program in children/ or parents/ that node runs, as a command and its arguments. */
export function script(path, ...args) {
  return [process.execPath, [fileURLToPath(new URL(path, import.meta.url)), ...args]];
}

/**
 * A HandlerProcess that is closed when the test ends, and `log`, all lines that it has logged so far.
 *
 *     const { handler, log } = start(t, script('children/obedient.js'));
 */
export function start(t, [command, args = []], options) {
  const log = [];
  const handler = new HandlerProcess(command, { args, restartPauseMs: 1, log: (line) => log.push(line), ...options });
  t.after(() => handler.close());
  return { handler, log };
}

/** Runs a program with this input; resolves when it has ended. */
export function run([command, args = []], { input = '', env } = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
  child.stdin.on('error', () => {}); // The child may end before it has read everything.
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ ...output, status, signal }));
  });
}

/** Returns the error with which a promise rejects. */
export async function rejection(promise) {
  return promise.then(
    (value) => assert.fail(`resolved with ${JSON.stringify(value)}`),
    (error) => error,
  );
}

/** Polls until a condition holds. */
export async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Whether a process is running; a zombie is not. */
export function isAlive(pid) {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
