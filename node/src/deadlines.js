// SPDX-License-Identifier: MIT
// Which requests have run out of time.

/** The longest delay that setTimeout takes, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const systemClock = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms).unref(),
  clearTimeout: (timer) => clearTimeout(timer),
};

/**
 * Hands each request that is not taken out in time to `onLate`, in the order of the deadlines.
 *
 * One timer serves all and is left alone when a request is taken out, since nearly every one is: a timer for each,
 * made and cleared, would be most of what this package costs. When it rings for nobody it is set anew, if there is
 * still somebody to wait for. It does not keep this program running.
 */
export class Deadlines {
  #onLate;
  #clock;
  #dueTimes = new Map();
  #timer;
  #rings = Infinity; // When the timer does.

  constructor(onLate, clock = systemClock) {
    this.#onLate = onLate;
    this.#clock = clock;
  }

  add(request, ms) {
    const due = this.#clock.now() + ms;
    this.#dueTimes.set(request, due);
    if (due < this.#rings) this.#set(due);
  }

  remove(request) {
    this.#dueTimes.delete(request);
  }

  /** For good: nobody will be added. */
  stop() {
    this.#clock.clearTimeout(this.#timer);
  }

  #set(due) {
    this.#clock.clearTimeout(this.#timer);
    this.#rings = due;
    // Rounded up: a timer counts whole milliseconds.
    const ms = Math.min(Math.ceil(due - this.#clock.now()), LONGEST_TIMER_MS);
    this.#timer = this.#clock.setTimeout(() => this.#ring(), ms);
  }

  #ring() {
    this.#rings = Infinity;
    const now = this.#clock.now();
    const late = [];
    let next = Infinity;
    for (const entry of this.#dueTimes) {
      if (entry[1] <= now) late.push(entry);
      else next = Math.min(next, entry[1]);
    }
    if (next < Infinity) this.#set(next);
    late.sort(([, a], [, b]) => a - b);
    for (const [request] of late) {
      // One that was handed over may have taken others out.
      if (this.#dueTimes.delete(request)) this.#onLate(request);
    }
  }
}
