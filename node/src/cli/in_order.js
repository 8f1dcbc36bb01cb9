// SPDX-License-Identifier: MIT
// Runs several tasks at a time and delivers their outcomes in order.

/**
 * Calls `start` with each item of `source`, while no more than `parallel` are unfinished, and `take` with each outcome,
 * in the order of the items, as soon as those before it have been taken. `start` must not reject.
 */
export async function inOrder(source, parallel, { start, take }) {
  const unfinished = new Set();
  let taken = Promise.resolve();
  for await (const item of source) {
    const outcome = start(item);
    taken = taken.then(async () => take(await outcome));
    unfinished.add(outcome);
    outcome.finally(() => unfinished.delete(outcome));
    if (unfinished.size >= parallel) await Promise.race(unfinished);
  }
  await taken;
}
