// SPDX-License-Identifier: MIT

/**
 * A Lambda handler that a native child process answers:
 *
 *     import { createHandler } from 'lambda-proc';
 *     export const handler = createHandler('./price');
 *
 * The child starts now, which in Lambda is the init phase, and is kept. On SIGTERM, SIGINT and SIGHUP this program takes
 * no more requests, waits for those in flight and for the end of the child, and ends: with status 0 after SIGTERM, by the
 * signal itself after the others. A second signal ends it at once. If the program has its own listeners for the signal,
 * ending it is left to them.
 *
 * {@link HandlerProcess.invoke} describes what the handler resolves and rejects with.
 */
export function createHandler<Event = any, Reply = any>(
  command: string | URL,
  options?: Options,
): Handler<Event, Reply>;

export interface Handler<Event = any, Reply = any> {
  (event: Event, context?: Context): Promise<Reply>;
  /** The process behind the handler: for its statistics, or to close it. */
  readonly process: HandlerProcess<Event, Reply>;
}

/**
 * A native child process that answers requests: started at once, kept, and started again when it dies.
 *
 * A child that echoes the ids of its requests may have any number of them in flight and answer them in any order. One
 * that does not (the Go package's) gets one request at a time; the others wait here.
 *
 * It keeps this program running only while requests are in flight, and does not outlive it.
 */
export class HandlerProcess<Event = any, Reply = any> {
  /**
   * @param command The program: a path, a name that PATH knows, or a file: URL
   *   (`new URL('./price', import.meta.url)` is next to the module, wherever that is).
   * @throws {TypeError} For invalid options. If the program can't be started, the constructor does not throw: requests
   *   are rejected.
   */
  constructor(command: string | URL, options?: Options);

  /**
   * Sends one request and resolves with the value that the child replies.
   *
   * `event` and `context` are sent as JSON.stringify writes them at the time of the call. The child's context also
   * holds `deadlineMs` (whole epoch milliseconds), from `context.getRemainingTimeInMillis()`.
   *
   * Rejects with an Error. Its `name`, which Lambda reports as the errorType of the invocation, is one of these:
   *
   * | name | what happened |
   * |---|---|
   * | the failure's type | the child replied with a failure (`Error` if it names no type); the message is the failure's. A C++ child replies `crash` before it dies; later requests go to the next child |
   * | `child_exited` | the child died with the request in flight, or could not be started; the message has the signal, status or reason |
   * | `gave_up` | the same, and the child will not be restarted on its own: see {@link Options.restartLimit} |
   * | `timed_out` | the deadline came too near, or had passed: see {@link Options.deadlineMarginMs} |
   * | `closed` | {@link close} was called before |
   * | `TypeError` | the event or the context has no JSON form (a cycle, a BigInt), or the context is not an object in JSON |
   *
   * No request is ever sent twice: the caller decides whether to try again.
   */
  invoke(event: Event, context?: Context): Promise<Reply>;

  /**
   * Takes no more requests, waits for those in flight, ends the child's input and resolves when the child has ended.
   * Never rejects; may be called again.
   */
  close(): Promise<void>;

  stats(): Stats;
}

export interface Options {
  /** The child's arguments. Default: none. */
  args?: readonly string[];

  /** The child's working directory. Default: this program's. */
  cwd?: string | URL;

  /**
   * The child's whole environment. Default: this program's, as it is at each start. In both cases
   * LAMBDA_PROC_DIE_WITH_PARENT is added, so that a C++ child ends with this program.
   */
  env?: { readonly [name: string]: string | undefined };

  /**
   * What happens to a failure from the child: the request is rejected with it (`'reject'`, the default), or every
   * request resolves with its whole reply, `{ proc_req_id, error, data }` and perhaps `error_type` (`'envelope'`: as the
   * example of the Go package did; Lambda then sees a success). Everything else rejects in both cases.
   */
  failures?: 'reject' | 'envelope';

  /**
   * How long before its deadline a request without a reply is given up, in milliseconds, but at most half of the time
   * that it has. The child, which is busy with it, is killed and restarted. Default: 100.
   */
  deadlineMarginMs?: number;

  /**
   * How many deaths in a row are followed by a restart; a reply that is not a failure resets the count. After one more
   * death the child is not started again before the next request, and then only once. Default: 5.
   */
  restartLimit?: number;

  /**
   * The pause before the restart after the second death in a row, in milliseconds; it doubles with each further death, up
   * to 10 s. After the first death the child is restarted at once. Default: 100.
   */
  restartPauseMs?: number;

  /** How long a child that was asked to end may take, in milliseconds, before it is killed. Default: 1000. */
  graceMs?: number;

  /**
   * On SIGTERM, SIGINT and SIGHUP: close, then end this program unless it listens for the signal itself; see
   * {@link createHandler}. Default: true for createHandler, false for {@link HandlerProcess}.
   */
  leaveOnSigterm?: boolean;

  /**
   * Puts the child into a process group of its own, so that Ctrl-C in a terminal reaches only this program, and the child
   * finishes the requests in flight. Default: false.
   */
  detached?: boolean;

  /**
   * Called with this package's messages about the child: that it ended and what happens next, or that a line of its
   * stdout was skipped. Default: passes them to {@link log}, with the program's name in front.
   */
  note?: (text: string, subject: 'ended' | 'skipped') => void;

  /**
   * Called with each line that the child writes to stderr, and with this package's messages about it, without the
   * newline. Default: writes them to this program's stderr.
   */
  log?: (line: string) => void;
}

/**
 * What the host says about one invocation: in Lambda its context object, elsewhere any object with a JSON form, or
 * nothing. This package itself only uses the deadline.
 */
export interface Context {
  /** The time left until the deadline. */
  getRemainingTimeInMillis?(): number;
  /** The deadline in epoch milliseconds, if there is no such function. */
  deadlineMs?: number;
  [name: string]: any;
}

export interface Stats {
  /** Requests taken so far. */
  requests: number;
  /** Those that the child answered with a failure, and those that it never answered. */
  failures: number;
  /** How often the child was restarted, successfully or not. */
  restarts: number;
  /** Requests that wait for their reply or to be sent. */
  inFlight: number;
  /** The child's process id; null while there is none. */
  pid: number | null;
}
