// SPDX-License-Identifier: MIT
// Serves requests with a child process, and starts it again when it dies.

import { fileURLToPath } from 'node:url';
import { Child } from './child.js';
import { Deadlines } from './deadlines.js';
import { Exchange } from './exchange.js';
import { Failure } from './failure.js';
import { register, unregister } from './parent_exit.js';
import { whyUnfit } from './program.js';
import { RestartPolicy } from './restart_policy.js';
import { SkippedLines } from './skipped_lines.js';
import { parseReply, requestBody, requestLine } from './wire.js';

/** The interval of the timer that only keeps this program running. */
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
 * A native child process that serves requests. It is started at once, kept, and started again when it dies.
 *
 * See index.d.ts for the command, the options, and the errors with which requests are rejected.
 */
export class HandlerProcess {
  #command;
  #options;
  #ChildType;
  #policy;

  #child; // The current run of the process; undefined between its end and the next start.
  #exchange = new Exchange(); // The requests sent to the current child.
  #waiting = new Set(); // The requests that could not be sent at once, in order.
  #deadlines = new Deadlines(() => [...this.#exchange.requests(), ...this.#waiting], (request) => this.#timeOut(request));
  #skipped = new SkippedLines((text) => this.#note(text, 'skipped'));
  #restart; // The timer for the next start, if there is one.
  #hasReplied = false; // Whether the current child has replied.
  #timedOut = false; // The current child is being killed because a request timed out.

  #requests = 0;
  #inFlight = 0; // Requests whose promises are not settled yet.
  #failures = 0;
  #starts = 0;

  #closing; // The promise that close() returns.
  #closed; // Resolves that promise.
  #isShuttingDown = false; // The child was asked to end and won't be started again.

  #keepAlive; // Keeps this program running while there is something to wait for; the child does not.
  #registration;

  /** `ChildType` is internal: a class to use instead of Child. */
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
    this.#registration = {
      leaveOnSigterm: this.#options.leaveOnSigterm,
      close: () => this.close(),
      kill: () => this.#child?.kill('was killed as its parent left'),
    };
    register(this.#registration);
  }

  invoke(event, context) {
    // Exceptions in here reject the promise.
    return new Promise((resolve, reject) => {
      if (this.#closing) throw new Failure('closed', `${this.#command} was closed and takes no more requests`);
      const now = Date.now();
      const deadlineMs = deadlineOf(context, now);
      if (deadlineMs <= now) throw new Failure('timed_out', 'the deadline had passed before the request came');

      const body = requestBody(event, context, deadlineMs);
      const request = { body, resolve, reject, id: undefined, patienceMs: undefined, due: Infinity };
      if (deadlineMs !== undefined) this.#watch(request, deadlineMs - now);

      this.#requests += 1;
      this.#inFlight += 1;
      if (this.#inFlight === 1) this.#keepAlive.ref();
      if (this.#canSend && this.#waiting.size === 0) this.#send(request);
      else this.#waiting.add(request);
      if (!this.#child && !this.#restart) this.#start(); // After giving up, each new request gets one more start.
    });
  }

  close() {
    this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve;
      this.#keepAlive.ref();
      if (this.#inFlight === 0) this.#shutDown();
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

  get #canSend() {
    return this.#child?.isWritable && this.#exchange.isOpen;
  }

  #send(request) {
    this.#exchange.add(request);
    this.#child.write(requestLine(request.id, request.body), this.#inFlight === 1);
    request.body = undefined; // It may be large, and was already written.
  }

  #sendWaiting() {
    for (const request of this.#waiting) {
      if (!this.#canSend) return;
      this.#waiting.delete(request);
      this.#send(request);
    }
  }

  #receive(line) {
    const reply = parseReply(line);
    const request = reply && this.#exchange.answer(reply);
    if (request) {
      this.#skipped.stop();
      this.#hasReplied = true;
      this.#answer(request, reply);
      this.#sendWaiting();
    } else if (reply && (this.#exchange.isWaiting || !this.#exchange.echoesIds)) {
      // The request that the reply is for would wait for ever. And without ids no later reply could be trusted to
      // belong to the request in flight. (The Go package's child sends such replies for ever at the end of its input.)
      this.#child.kill(`was killed: it replied to a request that was not in flight: ${line.slice(0, 200)}`);
    } else if (this.#skipped.add(line, reply ? 'matches no request' : 'is not a reply')) {
      this.#child.pauseReading();
    }
  }

  #answer(request, reply) {
    const failed = reply.error !== null;
    if (failed) this.#failures += 1;
    else this.#policy.succeeded(); // A failure proves nothing: it may report the crash that is about to end the child.
    if (reply.error_type === 'crash') {
      // A C++ child reports its crash and then dies. Requests sent to it now would be lost.
      this.#child.expectEnd();
    }

    if (this.#options.failures === 'envelope') {
      const { id, ...envelope } = reply; // The id is internal.
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
    if (this.#closing) this.#shutDown();
    else this.#keepAlive.unref();
  }

  // Deadlines

  #watch(request, remainingMs) {
    // The margin takes at most half of a short time.
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

  // Starts and ends of the child

  #start() {
    this.#starts += 1;
    this.#restart = undefined;
    this.#timedOut = false;
    this.#hasReplied = false;
    try {
      this.#child = new this.#ChildType(this.#command, this.#options, {
        line: (line) => this.#receive(line),
        log: this.#options.log,
        drain: () => this.#sendWaiting(),
        end: (how) => this.#ended(how),
      });
    } catch (error) {
      if (error.syscall === undefined) throw error; // The options are invalid.
      this.#ended(`could not be started: ${error.message}`);
    }
    this.#sendWaiting();
  }

  #ended(how) {
    this.#child = undefined;
    this.#skipped.stop();
    const unfit = this.#hasReplied ? undefined : whyUnfit(this.#command, this.#options);
    if (unfit !== undefined) how = `${unfit} (it ${how})`;
    if (this.#isShuttingDown) {
      if (how !== 'exited with status 0') this.#note(how, 'ended');
      this.#finish();
      return;
    }

    // A child that was killed because of a deadline does not count as a death.
    const pauseMs = this.#timedOut ? 0 : this.#policy.died();
    const givenUp = pauseMs === undefined;
    const lost = this.#exchange.requests();
    this.#exchange = new Exchange();
    // Requests that were not sent wait for the next child, unless there is none or this one has answered nothing.
    if (givenUp || !(this.#timedOut || this.#hasReplied)) {
      for (const request of this.#waiting) lost.push(request);
      this.#waiting.clear();
    }
    const isFirst = this.#policy.deaths === 1;
    const news = givenUp && !isFirst ? `died ${this.#policy.deaths} times without a success between, at last it ${how}` : how;
    for (const request of lost) {
      this.#abandon(request, givenUp ? 'gave_up' : 'child_exited', `${this.#command} ${news}`);
    }

    if (this.#isShuttingDown) return;
    const prospect = givenUp ? 'not started again before the next request' : `starts again in ${pauseMs} ms`;
    this.#note(`${news}; ${prospect}`, 'ended');
    if (!givenUp) this.#restart = setTimeout(() => this.#start(), pauseMs).unref();
  }

  /** Ends the child. Call this when nothing is in flight and nothing will be. */
  #shutDown() {
    this.#isShuttingDown = true;
    clearTimeout(this.#restart);
    if (this.#child) this.#child.endInput();
    else this.#finish();
  }

  #finish() {
    clearInterval(this.#keepAlive);
    this.#deadlines.stop();
    unregister(this.#registration);
    this.#closed();
  }

  #note(text, subject) {
    if (this.#options.note) this.#options.note(text, subject);
    else this.#options.log(`lambda-proc: ${this.#command}: ${text}`);
  }
}

/** The deadline in whole epoch milliseconds; undefined if the context has none. */
function deadlineOf(context, now) {
  const remainingMs = context?.getRemainingTimeInMillis?.();
  const deadlineMs = typeof remainingMs === 'number' ? now + remainingMs : context?.deadlineMs;
  return Number.isFinite(deadlineMs) ? Math.floor(deadlineMs) : undefined;
}
