// SPDX-License-Identifier: MIT
// Splits the pieces that arrive from a pipe into lines.

/** In UTF-16 units: less than the longest string of V8 on every platform. */
const LONGEST_LINE = 250_000_000;

/**
 * Splits a stream of text at its newlines, and passes each line, without the newline, to `onLine`. Each character is
 * searched only once. A line that arrives in many pieces costs no repeated copies, since `+` doesn't copy long strings in
 * V8. A line longer than `longestLine` is passed on in parts, so that it can't use all memory.
 */
export class LineFramer {
  #onLine;
  #longestLine;
  #start = ''; // The start of a line whose end has not arrived yet.

  constructor(onLine, longestLine = LONGEST_LINE) {
    this.#onLine = onLine;
    this.#longestLine = longestLine;
  }

  push(piece) {
    const lines = piece.split('\n');
    lines[0] = this.#start + lines[0];
    this.#start = lines.pop();
    for (const line of lines) this.#onLine(line);
    if (this.#start.length > this.#longestLine) this.end();
  }

  /** Call this at the end of the stream: what follows the last newline is a line, too. */
  end() {
    const line = this.#start;
    this.#start = '';
    if (line !== '') this.#onLine(line);
  }
}
