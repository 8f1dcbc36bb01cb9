// SPDX-License-Identifier: MIT
// Logs the lines on a child's stdout that are not replies.

/** How many lines are logged until the next reply; further ones are only counted. */
const MAX_LOGGED = 10;

/** After how many lines reading pauses: a child that floods its stdout must not delay this program's timers. */
const PAUSE_AFTER = 1000;

/** `note(text)` is called with each message. */
export class SkippedLines {
  #note;
  #count = 0;

  constructor(note) {
    this.#note = note;
  }

  /** Returns whether reading should pause after this line. */
  add(line, why) {
    this.#count += 1;
    if (this.#count <= MAX_LOGGED) this.#note(`skipped a line that ${why}: ${line.slice(0, 200)}`);
    return this.#count % PAUSE_AFTER === 0;
  }

  /** Call this after a reply, and when the child has ended. */
  stop() {
    if (this.#count > MAX_LOGGED) this.#note(`skipped ${this.#count - MAX_LOGGED} more such lines`);
    this.#count = 0;
  }
}
