// SPDX-License-Identifier: MIT
// Which requests have run out of time.

/** The longest delay that setTimeout takes, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Hands each request that is not taken out in time to `onLate`.
 *
 * One timer serves all and is left alone when a request is taken out, since nearly every one is: a timer for each,
 * made and cleared, would be most of what this package costs. When it rings for nobody it is set anew, if there is
 * still somebody to wait for. It does not keep this program running.
 */
export class Deadlines {
  #onLate;
  #dueTimes = new Map();
  #timer;
  #rings = Infinity; // When the timer does.

  constructor(onLate) {
    this.#onLate = onLate;
  }

  add(request, ms) {
    const due = performance.now() + ms;
    this.#dueTimes.set(request, due);
    if (due < this.#rings) this.#set(due);
  }

  remove(request) {
    this.#dueTimes.delete(request);
  }

  /** For good: nobody will be added. */
  stop() {
    clearTimeout(this.#timer);
  }

  #set(due) {
    clearTimeout(this.#timer);
    this.#rings = due;
    // Rounded up: a timer counts whole milliseconds.
    const ms = Math.min(Math.ceil(due - performance.now()), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#ring(), ms).unref();
  }

  #ring() {
    this.#rings = Infinity;
    const now = performance.now();
    const late = [];
    let next = Infinity;
    for (const [request, due] of this.#dueTimes) {
      if (due <= now) late.push(request);
      else next = Math.min(next, due);
    }
    if (next < Infinity) this.#set(next);
    for (const request of late) {
      this.#dueTimes.delete(request);
      this.#onLate(request);
    }
  }
}
