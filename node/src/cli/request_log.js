// SPDX-License-Identifier: MIT
// What serve shows: one line for each request, and below it what the child logged meanwhile.

import { failureText } from './failure_text.js';
import { spelled } from './latencies.js';

/** The most lines of a request that are kept until it ends. One more prints all of them. */
const KEPT_LINES = 1000;

/** How long lines are kept, in milliseconds: a person who waits for a slow request wants to see its log. */
const PATIENCE_MS = 2000;

const REQUEST_ID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/;

/**
 * Lines go to `print`. `style` colours them; `memory()` is what the child holds, in MB, or undefined.
 *
 * A line that the child logs belongs to a request if it contains the request's id, as the records of a C++ child do, or if
 * that request is the only one in flight.
 */
export class RequestLog {
  #print;
  #style;
  #memory;
  #patienceMs;
  #open = new Map(); // The lines of each request in flight, by its id.
  #timer;

  constructor({ print, style, memory, patienceMs = PATIENCE_MS }) {
    this.#print = print;
    this.#style = style;
    this.#memory = memory;
    this.#patienceMs = patienceMs;
  }

  begin(requestId) {
    this.#open.set(requestId, []);
    this.#timer ??= setTimeout(() => this.#showAll(), this.#patienceMs).unref();
  }

  /** A line that the child logged. */
  line(text) {
    const named = REQUEST_ID.exec(text)?.[0];
    const id = this.#open.has(named) || this.#open.size !== 1 ? named : this.#open.keys().next().value;
    const lines = this.#open.get(id);
    if (lines === undefined) this.#show([text]);
    else if (lines.push(text) > KEPT_LINES) this.#showLinesOf(id);
  }

  /** What the parent says about the child. */
  note(text) {
    this.#print(this.#style.yellow(`lambda-proc: ${text}`));
  }

  failure(failure) {
    this.#print(`    ${this.#style.red(failureText(failure))}`);
  }

  /** Prints in a later turn of the event loop, since lines that were logged before the reply may still be in the pipe. */
  end(request) {
    setImmediate(() => this.#end(request));
  }

  #end({ requestId, method, url, status, ms, failure }) {
    const memory = this.#memory();
    this.#print(
      [
        this.#style.bold(method),
        url.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character)),
        this.#style[colourOf(status)](status),
        this.#style.dim(spelled(ms)),
        ...(memory === undefined ? [] : [this.#style.dim(`${memory.toFixed(1)} MB`)]),
      ].join(' '),
    );
    if (failure !== undefined) this.failure(failure);
    this.#show(this.#open.get(requestId) ?? []);
    this.#open.delete(requestId);
  }

  #showAll() {
    this.#timer = undefined;
    for (const id of this.#open.keys()) this.#showLinesOf(id);
    if (this.#open.size > 0) this.#timer = setTimeout(() => this.#showAll(), this.#patienceMs).unref();
  }

  #showLinesOf(id) {
    this.#show(this.#open.get(id).splice(0));
  }

  #show(lines) {
    for (const line of lines) this.#print(`    ${line}`);
  }
}

function colourOf(status) {
  if (status >= 500) return 'red';
  if (status >= 400) return 'yellow';
  return status >= 300 ? 'dim' : 'green';
}
