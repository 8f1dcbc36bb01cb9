// SPDX-License-Identifier: MIT
// Bytes in, in whatever pieces a pipe hands over; lines of text out.

const NEWLINE = 0x0a;

/** The buffer that is kept between lines: room for the largest reply that Lambda takes (6 MB). */
const KEPT_BYTES = 8 * 1024 * 1024;

/** What one string can hold on every platform, with room to spare. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/**
 * Cuts a byte stream at its newlines and hands each line, decoded as UTF-8 and without the newline, to
 * `onLine`. Every byte is searched once and copied at most a fixed number of times, whatever the sizes of
 * lines and pieces; a character may be split between two pieces. A line without end is cut, so that it can't take
 * all memory.
 */
export class LineFramer {
  #onLine;
  #longestLineBytes;
  #start = NOTHING; // The first #length bytes are the start of a line whose end has not come yet.
  #length = 0;

  constructor(onLine, longestLineBytes = LONGEST_LINE_BYTES) {
    this.#onLine = onLine;
    this.#longestLineBytes = longestLineBytes;
  }

  /** Takes the next piece, which belongs to the caller again afterwards. */
  push(piece) {
    let from = 0;
    for (let to; (to = piece.indexOf(NEWLINE, from)) !== -1; from = to + 1) {
      this.#finish(piece, from, to);
    }
    if (from < piece.length) this.#keep(piece, from, piece.length);
    if (this.#length > this.#longestLineBytes) this.end();
  }

  /** The stream has ended: what stands after the last newline is a line too. */
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
      // Doubling, and not one Buffer.concat for each piece: that would copy a long line again and again.
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#start.length));
      this.#start.copy(larger, 0, 0, this.#length);
      this.#start = larger;
    }
    piece.copy(this.#start, this.#length, from, to);
    this.#length = length;
  }
}
