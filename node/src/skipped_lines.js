// SPDX-License-Identifier: MIT
// What is said of the lines on a child's stdout that are no replies.

/** So many are shown, and then counted, until the next reply. */
const SHOWN = 10;

/** So many are taken at a time: a child that floods its stdout must not keep the timers of this program waiting. */
const AT_A_TIME = 1000;

export class SkippedLines {
  #note;
  #count = 0;

  constructor(note) {
    this.#note = note;
  }

  /** Whether reading should pause after this one. */
  add(line, why) {
    this.#count += 1;
    if (this.#count <= SHOWN) this.#note(`skipped a line that ${why}: ${line.slice(0, 200)}`);
    return this.#count % AT_A_TIME === 0;
  }

  /** A reply came, or nothing will come any more. */
  stop() {
    if (this.#count > SHOWN) this.#note(`skipped ${this.#count - SHOWN} more such lines`);
    this.#count = 0;
  }
}
