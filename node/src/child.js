// SPDX-License-Identifier: MIT
// One run of the child process: lines to it and from it, and its end.

import { spawn } from 'node:child_process';
import { guard } from './guard.js';
import { LineFramer } from './line_framer.js';

/**
 * Starts `command` and exchanges lines with it. The child alone does not keep this program running.
 *
 * `on` has callbacks: `line(text)` for each line of stdout, `log(text)` for each line of stderr, `drain()` when writing
 * may continue, and finally, once, `end(how)`: the process has ended and was reaped, all its output has been delivered,
 * and `how` describes the end ("was killed by SIGSEGV").
 *
 * A child is ending when its input was ended, when it has closed its stdin or stdout, or when it has exited but a process
 * that it started still holds its pipes. After `graceMs` it is killed and its pipes are closed.
 *
 * If the system refuses to start it, the constructor throws or calls `end`, because spawn may report that in either way.
 */
export class Child {
  #process;
  #graceMs;
  #grace; // The timer of the grace period; set once the child is ending.
  #killedBecause;

  constructor(command, { args, cwd, env, detached, graceMs, stdin = 'pipe' }, on) {
    const childEnv = {
      // The child inherits the address of AWS Lambda's runtime API, but must not act as a bootstrap.
      LAMBDA_PROC_WIRE: 'lambda_proc',
      ...(env ?? process.env),
      // A C++ child asks the kernel to kill it when this thread ends, which may happen without notice.
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
    child.stdout.setEncoding('utf8').on('data', (piece) => stdout.push(piece));
    child.stderr.setEncoding('utf8').on('data', (piece) => stderr.push(piece));
    child.stdin?.on('drain', on.drain);

    // A child that has closed its stdin or stdout can't serve any more, but most often it is just about to exit.
    child.stdin?.on('error', () => this.expectEnd());
    child.stdout.on('close', () => this.expectEnd());
    child.on('exit', () => this.expectEnd());

    // Not 'exit': then the last replies, perhaps the one that reports a crash, may still be in the pipe.
    child.on('close', (status, signal) => {
      clearTimeout(this.#grace);
      dismissGuard();
      stdout.end();
      stderr.end();
      on.end(this.#killedBecause ?? (signal ? `was killed by ${signal}` : `exited with status ${status}`));
    });

    for (const handle of [child, ...child.stdio]) handle?.unref();
  }

  /** The process id; undefined if the child could not be started. */
  get pid() {
    return this.#process.pid;
  }

  /** Whether to write now: not while the pipe is full, and never again once the child is ending. */
  get isWritable() {
    const { stdin } = this.#process;
    return this.#isStarted && !this.#grace && !this.#killedBecause && !stdin?.writableNeedDrain;
  }

  /**
   * Writes `text` at once if it is `urgent`, else together with all that is written until this turn of the event loop ends,
   * since each write is a system call.
   */
  write(text, urgent) {
    const { stdin } = this.#process;
    if (!urgent && stdin.writableCorked === 0) {
      stdin.cork();
      process.nextTick(() => stdin.uncork());
    }
    stdin.write(text);
  }

  /** Asks the child to end, by ending its input. */
  endInput() {
    if (!this.#isStarted) return;
    this.#process.stdin.end();
    this.expectEnd();
  }

  /** Asks a child without input to end. */
  terminate() {
    if (!this.#isStarted) return;
    this.#process.kill('SIGTERM');
    this.expectEnd();
  }

  /** Stops reading until a later turn of the event loop, so that timers are not delayed. */
  pauseReading() {
    const { stdout } = this.#process;
    stdout.pause();
    setImmediate(() => stdout.resume());
  }

  /** Call this when the child is ending: starts the grace period. */
  expectEnd() {
    // If this program was blocked, the timer may be due before the pipes were read, so read them first.
    this.#grace ??= setTimeout(() => setImmediate(() => this.#endGrace()), this.#graceMs).unref();
  }

  /** Kills the child; `because` is reported as the way it ended. Further output on stdout is ignored. */
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
