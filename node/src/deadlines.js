// SPDX-License-Identifier: MIT
// Watches the deadlines of requests.

/** The longest delay that setTimeout takes, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const systemClock = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms).unref(),
  clearTimeout: (timer) => clearTimeout(timer),
};

/**
 * Passes each request that is not removed in time to `onLate`, in the order of the deadlines.
 *
 * One timer serves all requests, and is not changed when a request is removed, since nearly every request is: creating
 * and clearing a timer for each would be most of this package's cost. If the timer fires when no request is late, it is
 * set again if there are requests left. It does not keep this program running.
 */
export class Deadlines {
  #onLate;
  #clock;
  #dueTimes = new Map();
  #timer;
  #firesAt = Infinity; // When the timer fires.

  constructor(onLate, clock = systemClock) {
    this.#onLate = onLate;
    this.#clock = clock;
  }

  add(request, ms) {
    const due = this.#clock.now() + ms;
    this.#dueTimes.set(request, due);
    if (due < this.#firesAt) this.#set(due);
  }

  remove(request) {
    this.#dueTimes.delete(request);
  }

  /** Stops for good: no request will be added. */
  stop() {
    this.#clock.clearTimeout(this.#timer);
  }

  #set(due) {
    this.#clock.clearTimeout(this.#timer);
    this.#firesAt = due;
    // Rounded up, because timers count whole milliseconds.
    const ms = Math.min(Math.ceil(due - this.#clock.now()), LONGEST_TIMER_MS);
    this.#timer = this.#clock.setTimeout(() => this.#fire(), ms);
  }

  #fire() {
    this.#firesAt = Infinity;
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
      // The callback for an earlier request may have removed others.
      if (this.#dueTimes.delete(request)) this.#onLate(request);
    }
  }
}
