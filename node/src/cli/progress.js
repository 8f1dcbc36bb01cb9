// SPDX-License-Identifier: MIT
// A progress bar on a terminal. Writes nothing if the stream is not a terminal.

const WIDTH = 40;

export class Progress {
  #stream;
  #total;
  #done = 0;
  #shown = '';

  constructor(stream, total) {
    this.#stream = stream;
    this.#total = total;
    this.#draw();
  }

  step() {
    this.#done += 1;
    this.#draw();
  }

  /** Removes the bar, so that something can be printed. The next step draws it again. */
  clear() {
    if (this.#shown !== '') this.#stream.write('\r\x1b[K');
    this.#shown = '';
  }

  #draw() {
    if (!this.#stream.isTTY) return;
    const part = this.#done / this.#total;
    const bar = '#'.repeat(Math.floor(part * WIDTH)).padEnd(WIDTH, '.');
    const line = `[${bar}] ${Math.floor(part * 100)} % of ${this.#total}`;
    if (line === this.#shown) return; // Most steps do not change the line.
    this.#stream.write(`\r${line}`);
    this.#shown = line;
  }
}
