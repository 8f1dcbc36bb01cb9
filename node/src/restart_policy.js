// SPDX-License-Identifier: MIT
// When a child that died is started again, and when no longer.

/** Bounds the doubling, in milliseconds. */
const LONGEST_PAUSE_MS = 10_000;

/**
 * Counts the deaths in a row. The first is followed by a start at once, the second by one after `pauseMs`, each
 * further one by one after twice the pause before; more than `limit` by none. A success ends the row.
 */
export class RestartPolicy {
  #limit;
  #pauseMs;
  #deaths = 0;

  constructor({ limit, pauseMs }) {
    this.#limit = limit;
    this.#pauseMs = pauseMs;
  }

  /** The deaths since the last success. */
  get deaths() {
    return this.#deaths;
  }

  /** The pause before the next start in milliseconds; undefined means: give up. */
  died() {
    this.#deaths += 1;
    if (this.#deaths > this.#limit) return undefined;
    if (this.#deaths === 1) return 0;
    return Math.min(this.#pauseMs * 2 ** (this.#deaths - 2), LONGEST_PAUSE_MS);
  }

  succeeded() {
    this.#deaths = 0;
  }
}
