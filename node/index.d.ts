// SPDX-License-Identifier: MIT

/**
 * A Lambda handler that a native child process answers:
 *
 *     import { createHandler } from 'lambda-proc';
 *     export const handler = createHandler('./price');
 *
 * The child starts now, which in Lambda is the init phase, and is kept. On SIGTERM, SIGINT and SIGHUP this program takes
 * no more requests, waits for those in flight, sees the child out and ends: with status 0 at SIGTERM, by the signal
 * itself at the others. A second signal waits for nothing. If it has listeners of its own for the signal, ending is left
 * to them.
 *
 * What the handler resolves and rejects with: {@link HandlerProcess.invoke}.
 */
export function createHandler<Event = any, Reply = any>(
  command: string | URL,
  options?: Options,
): Handler<Event, Reply>;

export interface Handler<Event = any, Reply = any> {
  (event: Event, context?: Context): Promise<Reply>;
  /** What stands behind the handler: for its statistics, or to close it. */
  readonly process: HandlerProcess<Event, Reply>;
}

/**
 * A native child process that answers requests: started at once, kept, and started again when it dies.
 *
 * A child that echoes the ids of its requests may have any number of them at a time and answer them in any order. One
 * that does not (the Go package's) is served one at a time; the others wait here.
 *
 * It keeps this program running only while requests are in flight, and does not outlive it.
 */
export class HandlerProcess<Event = any, Reply = any> {
  /**
   * @param command The program: a path, a name that PATH knows, or a file: URL
   *   (`new URL('./price', import.meta.url)` is next to the module, wherever that is).
   * @throws {TypeError} For options that make no sense. A program that can't be started is no such thing: requests are
   *   rejected.
   */
  constructor(command: string | URL, options?: Options);

  /**
   * Sends one request and resolves with the value that the child replies.
   *
   * `event` and `context` are sent as JSON.stringify writes them at the time of the call. The child's context also
   * holds `deadlineMs` (whole epoch milliseconds), from `context.getRemainingTimeInMillis()`.
   *
   * Rejects with an Error. Its `name`, which Lambda reports as the errorType of the invocation, is
   *
   * | name | what happened |
   * |---|---|
   * | the failure's type | the child replied a failure (`Error` where it names no type); the message is the failure's. `crash` is the last word of a C++ child: it dies, and the next one gets what follows |
   * | `child_exited` | the child died with the request in flight, or could not be started; the message has the signal, status or reason |
   * | `gave_up` | the same, and it was one time too many: see {@link Options.restartLimit} |
   * | `timed_out` | the deadline came too near, or had passed: see {@link Options.deadlineMarginMs} |
   * | `closed` | {@link close} was called before |
   * | `TypeError` | JSON can't say the event or the context (a cycle, a BigInt), or the context is no object in JSON |
   *
   * No request is ever sent twice: whether to try again is for the caller to say.
   */
  invoke(event: Event, context?: Context): Promise<Reply>;

  /**
   * Takes no more requests, waits for those in flight, ends the child's input and resolves when the child is gone.
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
   * The child's whole environment. Default: this program's, as it is at each start. Either way
   * LAMBDA_PROC_DIE_WITH_PARENT is added, by which a C++ child knows whom not to outlive.
   */
  env?: { readonly [name: string]: string | undefined };

  /**
   * What becomes of a failure that the child replies: the request is rejected with it (`'reject'`, the default), or
   * every request resolves with its whole reply, `{ proc_req_id, error, data }` and perhaps `error_type`
   * (`'envelope'`: as the example of the Go package did; Lambda then sees a success). All else rejects either way.
   */
  failures?: 'reject' | 'envelope';

  /**
   * How long before its deadline a request without a reply is given up, in milliseconds; no more than half of the time
   * that it has. The child, which is busy with it, is killed and started again. Default: 100.
   */
  deadlineMarginMs?: number;

  /**
   * After how many deaths in a row the child is started again; a reply that is no failure ends the row. After one
   * more it is given up, until the next request, which starts it once. Default: 5.
   */
  restartLimit?: number;

  /**
   * How long the second death in a row is followed by no start, in milliseconds; twice as long after each further one,
   * at most 10 s. The first is followed by a start at once. Default: 100.
   */
  restartPauseMs?: number;

  /** How long a child that was asked to leave may take, in milliseconds; then it is killed. Default: 1000. */
  graceMs?: number;

  /**
   * On SIGTERM, SIGINT and SIGHUP: close, then end this program unless it listens for the signal itself; see
   * {@link createHandler}. Default: true for that, false for {@link HandlerProcess}.
   */
  leaveOnSigterm?: boolean;

  /**
   * Puts the child into a process group of its own, so that Ctrl-C in a terminal reaches this program alone, and the child
   * finishes what is in flight. Default: false.
   */
  detached?: boolean;

  /**
   * Takes what this package has to say about the child: that it ended and what follows, or that a line of its stdout was
   * skipped. Default: passes it to {@link log}, with the program's name before it.
   */
  note?: (text: string, subject: 'ended' | 'skipped') => void;

  /**
   * Takes each line that the child writes to stderr and what this package has to say about it, without the newline.
   * Default: writes it to this program's stderr.
   */
  log?: (line: string) => void;
}

/**
 * What the host says of one invocation: in Lambda its context object, elsewhere anything that JSON can say or nothing.
 * This package itself looks at the deadline alone.
 */
export interface Context {
  /** The time left until the deadline. */
  getRemainingTimeInMillis?(): number;
  /** The deadline in epoch milliseconds, where there is no such function. */
  deadlineMs?: number;
  [name: string]: any;
}

export interface Stats {
  /** Requests taken so far. */
  requests: number;
  /** Those that the child answered with a failure, and those that it never answered. */
  failures: number;
  /** How often the child was started again, successfully or not. */
  restarts: number;
  /** Requests that wait for their reply or to be sent. */
  inFlight: number;
  /** The child's process id; null while there is none. */
  pid: number | null;
}
