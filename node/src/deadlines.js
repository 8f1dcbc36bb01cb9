// SPDX-License-Identifier: MIT
// Finds the requests whose deadline has passed.

/** The longest delay that setTimeout takes, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const systemClock = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms).unref(),
  clearTimeout: (timer) => clearTimeout(timer),
};

/**
 * Passes each request that is not answered in time to `onLate`, in the order of the deadlines.
 *
 * One timer serves all requests, and is not changed when a request is answered, because to create and clear a timer for
 * each would be most of this package's cost. When it fires, `requests()` must return the requests without a reply. The
 * timer is set again for the earliest deadline of those that are not late. It does not keep this program running.
 */
export class Deadlines {
  #requests;
  #onLate;
  #clock;
  #timer;
  #firesAt = Infinity; // The time at which the timer fires.

  constructor(requests, onLate, clock = systemClock) {
    this.#requests = requests;
    this.#onLate = onLate;
    this.#clock = clock;
  }

  /** Sets `request.due`: the request is late after `ms`. */
  add(request, ms) {
    request.due = this.#clock.now() + ms;
    if (request.due < this.#firesAt) this.#set(request.due);
  }

  /** Call this when a request is answered. */
  remove(request) {
    request.due = Infinity;
  }

  /** Call this when no more requests will be added. */
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
    for (const request of this.#requests()) {
      if (request.due <= now) late.push(request);
      else next = Math.min(next, request.due);
    }
    if (next < Infinity) this.#set(next);
    late.sort((a, b) => a.due - b.due);
    for (const request of late) {
      // The callback for an earlier request may have removed others.
      if (request.due <= now) this.#onLate(request);
    }
  }
}
