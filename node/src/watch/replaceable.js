// SPDX-License-Identifier: MIT
// A handler whose process can be replaced while it serves.

import { settled } from './settled.js';

/**
 * Like a HandlerProcess, with replace(): a new process is started beside the present one and, when it is up, takes all
 * requests from the next one on. What is in flight is answered by the process that it was sent to, which then ends. A
 * new process that ends before its first request changes nothing.
 *
 * `start(options)` makes a HandlerProcess. `note(text, subject)` takes messages. `onBusy` is called if the new process could
 * not be started because its file is still open for writing.
 */
export class Replaceable {
  #start;
  #note;
  #onBusy;
  #present;
  #next; // A new process that is starting, or waits for its first request.
  #retiring = new Set(); // The promises of processes that are being closed.

  constructor({ start, note, onBusy }) {
    this.#start = start;
    this.#note = note;
    this.#onBusy = onBusy;
    this.#present = { handler: undefined, isUp: true };
    this.#begin(this.#present);
  }

  invoke(event, context) {
    if (this.#next?.isUp) {
      this.#retire(this.#present);
      this.#present = this.#next;
      this.#next = undefined;
    }
    return this.#present.handler.invoke(event, context);
  }

  async replace() {
    this.#dropNext();
    const next = { handler: undefined, isUp: false };
    this.#next = next;
    this.#begin(next);
    next.isUp = await settled(() => next.handler.stats().pid, () => this.#next === next);
    if (next.isUp) this.#note('the new build is up', 'replaced');
  }

  stats() {
    return this.#present.handler.stats();
  }

  async close() {
    this.#dropNext();
    this.#retire(this.#present);
    await Promise.all(this.#retiring);
  }

  #begin(life) {
    life.handler = this.#start({ note: (text, subject) => this.#hear(life, text, subject) });
  }

  #hear(life, text, subject) {
    if (life !== this.#next || subject !== 'ended') return this.#note(text, subject);
    const how = text.slice(0, text.lastIndexOf('; ')); // The rest is about a restart that will not happen.
    // A file that is open for writing can't be executed (execve(2)).
    if (how.includes('ETXTBSY')) this.#onBusy();
    else this.#note(`the new build ${how}; the old one stays`, subject);
    // Later, since the process is in the middle of handling its end.
    queueMicrotask(() => this.#next === life && this.#dropNext());
  }

  #dropNext() {
    if (this.#next !== undefined) this.#retire(this.#next);
    this.#next = undefined;
  }

  /** Lets a process answer what is in flight, then ends it. */
  #retire({ handler }) {
    const gone = handler.close().then(() => this.#retiring.delete(gone));
    this.#retiring.add(gone);
  }
}
