// SPDX-License-Identifier: MIT
// How long many requests took.

/** Times in milliseconds. The first one includes the start of the program, so it is listed separately. */
export class Latencies {
  #first;
  #others = [];

  add(ms) {
    if (this.#first === undefined) this.#first = ms;
    else this.#others.push(ms);
  }

  /** "first 2.1 ms, p50 31 µs, p99 80 µs, max 1.2 ms" */
  summary() {
    const sorted = [...this.#others].sort((a, b) => a - b);
    const parts = [`first ${spelled(this.#first)}`];
    if (sorted.length > 0) {
      for (const [name, part] of [['p50', 0.5], ['p99', 0.99]]) parts.push(`${name} ${spelled(percentile(sorted, part))}`);
      parts.push(`max ${spelled(sorted.at(-1))}`);
    }
    return parts.join(', ');
  }
}

/** The nearest-rank percentile: `part` is 0.99 for p99. */
export function percentile(sorted, part) {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

/** A duration with three significant digits: 31.4 µs, 2.10 ms, 1.25 s. */
export function spelled(ms) {
  if (ms < 1) return `${(ms * 1000).toPrecision(3)} µs`;
  if (ms < 1000) return `${ms.toPrecision(3)} ms`;
  return `${(ms / 1000).toPrecision(3)} s`;
}
