// SPDX-License-Identifier: MIT
// One run of a program as the bootstrap of a Lambda function.

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { Child } from '../child.js';
import { Failure } from '../failure.js';
import { limits } from '../http/invocations.js';
import { RuntimeApi } from './runtime_api.js';
import { Collected, passOn } from './streamed_reply.js';

/**
 * To HandlerProcess this is a Child that echoes ids. Request lines become invocations of the runtime API, one at a time, and
 * what the program posts there becomes reply lines. Everything that the program prints, on stdout too, is its log, as on
 * Lambda.
 *
 * A reply that the program sends while it makes it goes to options.receiverOf(awsRequestId), if there is such a receiver
 * (a ClientStream); its result is null then. Without one it is collected.
 */
export class Bootstrap {
  #on;
  #receiverOf;
  #api;
  #child; // Undefined until the API listens.
  #isBusy = false; // It has an invocation, or one waits for it.
  #waiting;
  #lastId;
  #isAsked = false; // Whether it was asked to end.
  #beforeStart; // What to do to the child as soon as it is started.

  constructor(command, options, on) {
    this.#on = on;
    this.#receiverOf = options.receiverOf;
    this.#api = new RuntimeApi({
      next: () => {
        const invocation = this.#waiting;
        this.#waiting = undefined;
        return invocation;
      },
      answered: ({ number }, text) => this.#answer(number, text),
      failed: ({ number }, { errorType, errorMessage }) => this.#reply(number, errorMessage, 'null', errorType),
      streamed: (...reply) => this.#stream(...reply),
      initFailed: ({ errorType, errorMessage }) => on.log(`the start failed: ${errorType}: ${errorMessage}`),
    });
    this.#api.listen().then((address) => this.#start(command, options, address));
  }

  get pid() {
    return this.#child?.pid;
  }

  /** One invocation at a time, so that the others are not lost if the process dies. */
  get isWritable() {
    if (this.#isBusy) return false;
    return this.#child?.isWritable ?? this.#beforeStart === undefined;
  }

  write(line) {
    const { id: number, event, context } = JSON.parse(line);
    // Lambda's ids are unique, and programs rely on that.
    const wanted = context.awsRequestId;
    const id = /^[\w-]+$/.test(wanted) && wanted !== this.#lastId ? wanted : randomUUID();
    this.#lastId = id;
    this.#isBusy = true;
    this.#waiting = { id, number, event: JSON.stringify(event), context, receiver: this.#receiverOf?.(wanted) };
    this.#api.wake();
  }

  /** A bootstrap reads no input, so it gets SIGTERM, as functions with extensions do. */
  endInput() {
    this.#isAsked = true;
    this.#whenStarted((child) => child.terminate());
  }

  expectEnd() {
    this.#whenStarted((child) => child.expectEnd());
  }

  kill(because) {
    this.#whenStarted((child) => child.kill(because));
  }

  /** Nothing to do: each reply is one HTTP request. */
  pauseReading() {}

  #whenStarted(act) {
    if (this.#child) act(this.#child);
    else this.#beforeStart = act;
  }

  #start(command, options, address) {
    const env = {
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      ...(options.env ?? process.env),
      AWS_LAMBDA_RUNTIME_API: address,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      LAMBDA_TASK_ROOT: dirname(command),
      _HANDLER: 'bootstrap',
      LAMBDA_PROC_WIRE: undefined, // The program detects its host by itself, as on Lambda.
    };
    const end = (how) => {
      this.#api.close();
      // Most bootstraps do not handle the signal, and dying of it is no fault.
      this.#on.end(this.#isAsked && how === 'was killed by SIGTERM' ? 'exited with status 0' : how);
    };
    try {
      const { log } = this.#on;
      this.#child = new Child(command, { ...options, env, stdin: 'ignore' }, { line: log, log, drain() {}, end });
      this.#beforeStart?.(this.#child);
    } catch (error) {
      end(`could not be started: ${error.message}`);
    }
  }

  /** Resolves with false if not all of the reply was read. */
  async #stream({ number, receiver }, request, abandon) {
    receiver?.left.addEventListener('abort', abandon);
    const collected = receiver ?? new Collected(limits.maxReplyBytes);
    try {
      const failure = await passOn(request, collected);
      if (failure) this.#reply(number, failure.errorMessage, 'null', failure.errorType);
      else this.#reply(number, null, receiver ? 'null' : JSON.stringify(collected.result()));
      return true;
    } catch (error) {
      // If the program is gone, its end is reported. If the client is gone, there is nothing to report.
      if (receiver?.left.aborted) this.#reply(number, null, 'null');
      else if (error instanceof Failure) this.#reply(number, error.message, 'null', error.name);
      return false;
    } finally {
      receiver?.left.removeEventListener('abort', abandon);
    }
  }

  #answer(number, text) {
    try {
      JSON.parse(text);
    } catch (error) {
      this.#reply(number, `the reply is not JSON: ${error.message}`, 'null', 'invalid_reply');
      return;
    }
    this.#reply(number, null, text);
  }

  #reply(number, message, data, type) {
    this.#isBusy = false;
    const typeMember = type === undefined ? '' : `,"error_type":${JSON.stringify(type)}`;
    this.#on.line(`{"id":"${number}","proc_req_id":${number},"error":${JSON.stringify(message)}${typeMember},"data":${data}}`);
  }
}
