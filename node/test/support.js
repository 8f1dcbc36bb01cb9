// SPDX-License-Identifier: MIT
// Helpers that several test files use.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HandlerProcess } from '../index.js';

const TEST_TIMEOUT_MS = 120_000;

/** A test whose name is a claim. No test takes long, so one that hangs fails. */
export function test(claim, options, check) {
  if (check === undefined) [options, check] = [{}, options];
  nodeTest(claim, { timeout: TEST_TIMEOUT_MS, ...options }, async (t) => {
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

// The tests and their children don't depend on what else is set where they run: options of this project, of Lambda and of
// AWS's clients, and whether there are colours.
for (const name of Object.keys(process.env)) {
  if (/^(LAMBDA_(?!PROC_(EXAMPLES|CRASHER|CHROMIUM)$)|AWS_|_X_AMZN_|NO_COLOR$|FORCE_COLOR$|NODE_DISABLE_COLORS$|CI$)/.test(name)) delete process.env[name];
}

/** Options for tests that need it. */
export const withCrasher = { skip: crasher ? false : 'LAMBDA_PROC_CRASHER does not name the built tests/children/crasher' };

/** A program in children/ or parents/ that node runs, as a command and its arguments. */
export function script(path, ...args) {
  return [process.execPath, [fileURLToPath(new URL(path, import.meta.url)), ...args]];
}

/** The command line of the package, as a command and its arguments. */
export function cli(...args) {
  return script('../bin/lambda-proc.js', ...args);
}

/**
 * Runs lambda-proc serve with these words, until the test ends: { port, url, output(), child, ended }. What is printed so
 * far is output(); `ended` resolves with [status, signal].
 */
export async function serve(t, words, ...programArguments) {
  const [command, args] = cli('serve', ...words, '--port', '0', ...(programArguments.length > 0 ? ['--', ...programArguments] : []));
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.on('close', (...how) => resolve(how)));
  t.after(async () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 60_000).unref();
    await ended;
  });
  await Promise.race([until(() => output.includes(' answers at ')), ended]);
  const port = Number(/http:\/\/127\.0\.0\.1:(\d+)\//.exec(output)?.[1]);
  assert.ok(port, output);
  return { port, url: `http://127.0.0.1:${port}`, output: () => output, child, ended };
}

/** Asks for the response that the child of serveHttp returns as its result. */
export function reply(url, result) {
  return fetch(`${url}/reply`, { method: 'POST', body: JSON.stringify(result), headers: { 'content-type': 'application/json' } });
}

/** The same with a child that answers HTTP events as their paths say: children/http.js. */
export function serveHttp(t, ...words) {
  return serve(t, [process.execPath, ...words], fileURLToPath(new URL('children/http.js', import.meta.url)));
}

/** Sends bytes over a connection of their own; resolves with all that comes until the other side closes it. */
export function exchange(port, text) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece) => (answer += piece));
    socket.on('error', reject).on('close', () => resolve(answer));
    socket.write(text, 'latin1');
  });
}

/**
 * The same on a terminal of its own, with colours; both streams are its stdout. Its environment is its own, too: what
 * decides on colours (NO_COLOR, CI and others) may be set where the tests run.
 */
export function cliOnTerminal(...args) {
  const quoted = [process.execPath, fileURLToPath(new URL('../bin/lambda-proc.js', import.meta.url)), ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ');
  return ['env', ['-i', `PATH=${process.env.PATH}`, 'TERM=xterm-256color', 'script', '-qec', quoted, '/dev/null']];
}

/** For tests that need a terminal: Linux has script(1) of util-linux. */
export const withTerminal = { skip: process.platform === 'linux' ? false : 'needs script(1) of util-linux' };

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

/** Polls until a condition holds, no longer than a test may take. */
export async function until(condition) {
  const end = Date.now() + TEST_TIMEOUT_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`still waiting for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Whether a process is running; a zombie is not. */
export function isAlive(pid) {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
