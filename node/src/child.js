// SPDX-License-Identifier: MIT
// One life of the child process: lines in, lines out, one end.

import { spawn } from 'node:child_process';
import { guard } from './guard.js';
import { LineFramer } from './line_framer.js';

/**
 * Starts `command` and speaks with it by lines. It never keeps this program running by itself.
 *
 * `on` is told what happens: `line(text)` for each line of stdout, `log(text)` for each line of stderr, `drain()`
 * when writing may go on, and last and once `end(how)`: the process is gone and reaped, all that it wrote has been
 * handed over, and `how` says what became of it ("was killed by SIGSEGV").
 *
 * A child that has begun to leave (its input was ended, it closed its stdin or stdout, or it exited and a process
 * of its own still holds its pipes) has `graceMs` until it is made to.
 *
 * Where the system refuses to start it, that is either thrown or told as the end: spawn does both.
 */
export class Child {
  #process;
  #graceMs;
  #grace; // The timer, once the child has begun to leave.
  #killedBecause;

  constructor(command, { args, cwd, env, detached, graceMs, stdin = 'pipe' }, on) {
    const childEnv = {
      // Not to be mistaken for a bootstrap: it inherits the address of AWS Lambda's runtime API.
      LAMBDA_PROC_WIRE: 'lambda_proc',
      ...(env ?? process.env),
      // A C++ child then asks the kernel to be killed with this thread, which may be gone without a word.
      LAMBDA_PROC_DIE_WITH_PARENT: process.pid,
    };
    const child = spawn(command, args, { cwd, env: childEnv, detached, stdio: [stdin, 'pipe', 'pipe'] });
    this.#process = child;
    this.#graceMs = graceMs;

    child.on('error', (error) => {
      if (!this.#isStarted) on.end(`could not be started: ${error.message}`);
    });
    if (!this.#isStarted) return;

    const dismissGuard = guard(child.pid);
    const stdout = new LineFramer((line) => {
      if (!this.#killedBecause) on.line(line);
    });
    const stderr = new LineFramer(on.log);
    child.stdout.on('data', (piece) => stdout.push(piece));
    child.stderr.on('data', (piece) => stderr.push(piece));
    child.stdin?.on('drain', on.drain);

    // A child that no longer listens or speaks is no use, but most often it is just about to exit.
    child.stdin?.on('error', () => this.expectEnd());
    child.stdout.on('close', () => this.expectEnd());
    child.on('exit', () => this.expectEnd());

    // Not 'exit': the last replies, perhaps the one that tells of a crash, may still be in the pipe by then.
    child.on('close', (status, signal) => {
      clearTimeout(this.#grace);
      dismissGuard();
      stdout.end();
      stderr.end();
      on.end(this.#killedBecause ?? (signal ? `was killed by ${signal}` : `exited with status ${status}`));
    });

    for (const handle of [child, ...child.stdio]) handle?.unref();
  }

  /** Undefined if it could not be started. */
  get pid() {
    return this.#process.pid;
  }

  /** Whether to write now: not while the pipe is full, and never again once the child has begun to leave. */
  get isWritable() {
    const { stdin } = this.#process;
    return this.#isStarted && !this.#grace && !this.#killedBecause && !stdin?.writableNeedDrain;
  }

  write(text) {
    this.#process.stdin.write(text);
  }

  /** Asks the child to leave. */
  endInput() {
    if (!this.#isStarted) return;
    this.#process.stdin.end();
    this.expectEnd();
  }

  /** Asks a child without input to leave. */
  terminate() {
    if (!this.#isStarted) return;
    this.#process.kill('SIGTERM');
    this.expectEnd();
  }

  /** Takes what it says next in a later turn of the event loop, so that timers are not kept waiting. */
  pauseReading() {
    const { stdout } = this.#process;
    stdout.pause();
    setImmediate(() => stdout.resume());
  }

  /** The child has begun to leave. */
  expectEnd() {
    // When this whole program was held up, the timer is due before the pipes were read: read them first.
    this.#grace ??= setTimeout(() => setImmediate(() => this.#endGrace()), this.#graceMs).unref();
  }

  /** Makes the child leave; `because` is how it ended. What it still says on stdout is not heard. */
  kill(because) {
    if (!this.#isStarted) return;
    this.#killedBecause ??= because;
    this.#process.kill('SIGKILL');
    this.#process.stdout.destroy();
  }

  get #isStarted() {
    return this.#process.pid !== undefined;
  }

  get #hasExited() {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  #endGrace() {
    if (!this.#hasExited) this.kill('did not leave and was killed');
    this.#process.stdout.destroy();
    this.#process.stderr.destroy();
  }
}
