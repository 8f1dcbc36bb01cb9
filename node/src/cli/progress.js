// SPDX-License-Identifier: MIT
// A bar at the bottom of a terminal; nothing where there is no terminal.

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

  /** Takes the bar away, so that something can be printed; the next step brings it back. */
  clear() {
    if (this.#shown !== '') this.#stream.write('\r\x1b[K');
    this.#shown = '';
  }

  #draw() {
    if (!this.#stream.isTTY) return;
    const part = this.#done / this.#total;
    const bar = '#'.repeat(Math.floor(part * WIDTH)).padEnd(WIDTH, '.');
    const line = `[${bar}] ${Math.floor(part * 100)} % of ${this.#total}`;
    if (line === this.#shown) return; // Most steps change nothing that can be seen.
    this.#stream.write(`\r${line}`);
    this.#shown = line;
  }
}
