// SPDX-License-Identifier: MIT
// Decides whether and when a child that has died is started again.

/** The longest pause, in milliseconds. */
const LONGEST_PAUSE_MS = 10_000;

/**
 * Counts consecutive deaths. After the first the child is started at once, after the second in `pauseMs`, and after
 * each further one the pause doubles. After more than `limit` deaths it is not started again. A success resets the
 * count.
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

  /** Counts a death. Returns the pause before the next start in milliseconds, or undefined to give up. */
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
