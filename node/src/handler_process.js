// SPDX-License-Identifier: MIT
// The child over all its lives: requests, replies, deadlines, restarts, the end.

import { fileURLToPath } from 'node:url';
import { Child } from './child.js';
import { Deadlines } from './deadlines.js';
import { Exchange } from './exchange.js';
import { Failure } from './failure.js';
import { enlist, dismiss } from './leaving.js';
import { whyUnfit } from './program.js';
import { RestartPolicy } from './restart_policy.js';
import { SkippedLines } from './skipped_lines.js';
import { parseReply, requestBody, requestLine } from './wire.js';

/** So rarely does the timer ring that only keeps this program running. */
const LONG_MS = 2 ** 31 - 1;

const defaults = {
  args: [],
  cwd: undefined,
  env: undefined,
  failures: 'reject',
  deadlineMarginMs: 100,
  restartLimit: 5,
  restartPauseMs: 100,
  graceMs: 1000,
  leaveOnSigterm: false,
  detached: false,
  note: undefined,
  log: (line) => process.stderr.write(`${line}\n`),
};

/**
 * A native child process that answers requests: started at once, kept, and started again when it dies.
 *
 * Command, options, and what requests are rejected with: see index.d.ts.
 */
export class HandlerProcess {
  #command;
  #options;
  #ChildType;
  #policy;

  #child; // Undefined between two lives.
  #exchange = new Exchange(); // What the present child has been sent.
  #waiting = new Set(); // What is to be sent, in order.
  #deadlines = new Deadlines((request) => this.#timeOut(request));
  #skipped = new SkippedLines((text) => this.#note(text, 'skipped'));
  #restart; // The timer, while a start is due.
  #hasReplied = false; // The present child has.
  #timedOut = false; // The present child is being killed because a request ran out of time.

  #requests = 0;
  #inFlight = 0; // Neither answered nor rejected.
  #failures = 0;
  #starts = 0;

  #closing; // The promise that close() gives.
  #closed; // Fulfils it.
  #leaving = false; // The child has been asked to leave and none is to follow.

  #keepAlive; // The child does not keep this program running; this timer does, while there is something to wait for.
  #membership;

  /** `ChildType` is not for users: what a life of the child is, if not a Child. */
  constructor(command, options = {}, ChildType = Child) {
    this.#ChildType = ChildType;
    this.#command = command instanceof URL ? fileURLToPath(command) : command;
    this.#options = { ...defaults, ...options };
    if (!['reject', 'envelope'].includes(this.#options.failures)) {
      throw new TypeError(`lambda-proc: failures must be 'reject' or 'envelope', not ${this.#options.failures}`);
    }
    this.#policy = new RestartPolicy({ limit: this.#options.restartLimit, pauseMs: this.#options.restartPauseMs });
    this.#start();

    this.#keepAlive = setInterval(() => {}, LONG_MS).unref();
    this.#membership = {
      leaveOnSigterm: this.#options.leaveOnSigterm,
      close: () => this.close(),
      kill: () => this.#child?.kill('was killed as its parent left'),
    };
    enlist(this.#membership);
  }

  invoke(event, context) {
    // What is thrown in here rejects.
    return new Promise((resolve, reject) => {
      if (this.#closing) throw new Failure('closed', `${this.#command} was closed and takes no more requests`);
      const now = Date.now();
      const deadlineMs = deadlineOf(context, now);
      if (deadlineMs <= now) throw new Failure('timed_out', 'the deadline had passed before the request came');

      const body = requestBody(event, context, deadlineMs);
      const request = { body, resolve, reject, id: undefined, patienceMs: undefined };
      if (deadlineMs !== undefined) this.#watch(request, deadlineMs - now);

      this.#requests += 1;
      this.#inFlight += 1;
      if (this.#inFlight === 1) this.#keepAlive.ref();
      this.#waiting.add(request);
      if (!this.#child && !this.#restart) this.#start(); // It was given up, but for a request it is worth a try.
      this.#send();
    });
  }

  close() {
    this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve;
      this.#keepAlive.ref();
      if (this.#inFlight === 0) this.#leave();
    });
    return this.#closing;
  }

  stats() {
    return {
      requests: this.#requests,
      failures: this.#failures,
      restarts: this.#starts - 1,
      inFlight: this.#inFlight,
      pid: this.#child?.pid ?? null,
    };
  }

  // Requests and replies

  #send() {
    for (const request of this.#waiting) {
      if (!this.#child?.isWritable || !this.#exchange.isOpen) return;
      this.#waiting.delete(request);
      request.id = this.#exchange.add(request);
      this.#child.write(requestLine(request.id, request.body));
      request.body = undefined; // It may be large, and it is in the pipe.
    }
  }

  #receive(line) {
    const reply = parseReply(line);
    const request = reply && this.#exchange.answer(reply);
    if (request) {
      this.#skipped.stop();
      this.#hasReplied = true;
      this.#answer(request, reply);
      this.#send();
    } else if (reply && (this.#exchange.isWaiting || !this.#exchange.echoesIds)) {
      // The request that it means would wait for ever. And without ids nothing that it says from now on could be trusted
      // to belong to the request in flight. (The Go package's child does this for ever at the end of its input.)
      this.#child.kill(`was killed: it answered what it had not been asked: ${line.slice(0, 200)}`);
    } else if (this.#skipped.add(line, reply ? 'answers no request' : 'is no reply')) {
      this.#child.pauseReading();
    }
  }

  #answer(request, reply) {
    const failed = reply.error !== null;
    if (failed) this.#failures += 1;
    else this.#policy.succeeded(); // A failure proves nothing: it may be the child's last word before it dies of it.
    if (reply.error_type === 'crash') {
      // A C++ child says so and then dies. What it were sent now would die with it.
      this.#child.expectEnd();
    }

    if (this.#options.failures === 'envelope') {
      const { id, ...envelope } = reply; // The id was between the child and this package.
      this.#settle(request, request.resolve, envelope);
    } else if (failed) this.#settle(request, request.reject, new Failure(reply.error_type ?? 'Error', reply.error));
    else this.#settle(request, request.resolve, reply.data);
  }

  /** Rejects a request that the child has not answered. */
  #abandon(request, type, message) {
    this.#failures += 1;
    this.#settle(request, request.reject, new Failure(type, message));
  }

  #settle(request, settle, outcome) {
    this.#deadlines.remove(request);
    settle(outcome);
    this.#inFlight -= 1;
    if (this.#inFlight > 0) return;
    if (this.#closing) this.#leave();
    else this.#keepAlive.unref();
  }

  // Deadlines

  #watch(request, remainingMs) {
    // A short time is still a time: the margin takes no more than half of it.
    request.patienceMs = remainingMs - Math.min(this.#options.deadlineMarginMs, remainingMs / 2);
    this.#deadlines.add(request, request.patienceMs);
  }

  #timeOut(request) {
    const after = `after ${Math.round(request.patienceMs)} ms`;
    if (this.#waiting.delete(request)) {
      this.#abandon(request, 'timed_out', `${after} the request was still waiting to be sent to ${this.#command}`);
      return;
    }
    this.#exchange.remove(request.id);
    this.#timedOut = true;
    this.#child.kill('was killed: a request ran out of time');
    this.#abandon(request, 'timed_out', `no reply from ${this.#command} ${after}`);
  }

  // Lives of the child

  #start() {
    this.#starts += 1;
    this.#restart = undefined;
    this.#exchange = new Exchange();
    this.#timedOut = false;
    this.#hasReplied = false;
    try {
      this.#child = new this.#ChildType(this.#command, this.#options, {
        line: (line) => this.#receive(line),
        log: this.#options.log,
        drain: () => this.#send(),
        end: (how) => this.#ended(how),
      });
    } catch (error) {
      if (error.syscall === undefined) throw error; // A mistake in the options.
      this.#ended(`could not be started: ${error.message}`);
    }
    this.#send();
  }

  #ended(how) {
    this.#child = undefined;
    this.#skipped.stop();
    const unfit = this.#hasReplied ? undefined : whyUnfit(this.#command, this.#options);
    if (unfit !== undefined) how = `${unfit} (it ${how})`;
    if (this.#leaving) {
      if (how !== 'exited with status 0') this.#note(how, 'ended');
      this.#finish();
      return;
    }

    // A child that was killed for a request's deadline did not die of itself.
    const pauseMs = this.#timedOut ? 0 : this.#policy.died();
    const givenUp = pauseMs === undefined;
    const lost = this.#exchange.removeAll();
    // What was never sent is for the next child, unless there is no reason to believe that a child answers anything.
    if (givenUp || !(this.#timedOut || this.#hasReplied)) {
      lost.push(...this.#waiting);
      this.#waiting.clear();
    }
    const isFirst = this.#policy.deaths === 1;
    const news = givenUp && !isFirst ? `died ${this.#policy.deaths} times without a success between, at last it ${how}` : how;
    for (const request of lost) {
      this.#abandon(request, givenUp ? 'gave_up' : 'child_exited', `${this.#command} ${news}`);
    }

    if (this.#leaving) return;
    const prospect = givenUp ? 'not started again before the next request' : `starts again in ${pauseMs} ms`;
    this.#note(`${news}; ${prospect}`, 'ended');
    if (!givenUp) this.#restart = setTimeout(() => this.#start(), pauseMs).unref();
  }

  /** Nothing is in flight and nothing will come: sees the child out. */
  #leave() {
    this.#leaving = true;
    clearTimeout(this.#restart);
    if (this.#child) this.#child.endInput();
    else this.#finish();
  }

  #finish() {
    clearInterval(this.#keepAlive);
    this.#deadlines.stop();
    dismiss(this.#membership);
    this.#closed();
  }

  #note(text, subject) {
    if (this.#options.note) this.#options.note(text, subject);
    else this.#options.log(`lambda-proc: ${this.#command}: ${text}`);
  }
}

/** In whole epoch milliseconds; undefined if the context knows none. */
function deadlineOf(context, now) {
  const remainingMs = context?.getRemainingTimeInMillis?.();
  const deadlineMs = typeof remainingMs === 'number' ? now + remainingMs : context?.deadlineMs;
  return Number.isFinite(deadlineMs) ? Math.floor(deadlineMs) : undefined;
}
