// SPDX-License-Identifier: MIT
// Splits the pieces that arrive from a pipe into lines of text.

const NEWLINE = 0x0a;

/** The buffer that is kept between lines: room for the largest reply that Lambda takes (6 MB). */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Less than the longest string on every platform. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/**
 * Splits a byte stream at its newlines, and passes each line, decoded as UTF-8 and without the newline, to `onLine`.
 * Every byte is searched once and copied a bounded number of times, whatever the sizes of lines and pieces. A character
 * may be split between two pieces. A line without an end is truncated, so that it can't use all memory.
 */
export class LineFramer {
  #onLine;
  #longestLineBytes;
  #start = NOTHING; // The first #length bytes are the start of a line whose end has not arrived yet.
  #length = 0;

  constructor(onLine, longestLineBytes = LONGEST_LINE_BYTES) {
    this.#onLine = onLine;
    this.#longestLineBytes = longestLineBytes;
  }

  /** Takes the next piece. The caller may reuse it afterwards. */
  push(piece) {
    let from = 0;
    for (let to; (to = piece.indexOf(NEWLINE, from)) !== -1; from = to + 1) {
      this.#finish(piece, from, to);
    }
    if (from < piece.length) this.#keep(piece, from, piece.length);
    if (this.#length > this.#longestLineBytes) this.end();
  }

  /** Call this at the end of the stream: what follows the last newline is a line, too. */
  end() {
    if (this.#length > 0) this.#finish(NOTHING, 0, 0);
  }

  #finish(piece, from, to) {
    if (this.#length === 0) {
      this.#onLine(piece.toString('utf8', from, to));
      return;
    }
    this.#keep(piece, from, to);
    const line = this.#start.toString('utf8', 0, this.#length);
    this.#length = 0;
    if (this.#start.length > KEPT_BYTES) this.#start = NOTHING;
    this.#onLine(line);
  }

  #keep(piece, from, to) {
    const length = this.#length + to - from;
    if (length > this.#start.length) {
      // Doubles the buffer. A Buffer.concat for each piece would copy a long line again and again.
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#start.length));
      this.#start.copy(larger, 0, 0, this.#length);
      this.#start = larger;
    }
    piece.copy(this.#start, this.#length, from, to);
    this.#length = length;
  }
}
