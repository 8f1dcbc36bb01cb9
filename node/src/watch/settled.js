// SPDX-License-Identifier: MIT
// Detects when a program that was just started waits for its input.

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 20;
/** How many looks must find the same. */
const LOOKS = 4;
/** Without /proc, a program that has lived so long is taken to be up, in milliseconds. */
const BLIND_MS = 400;

/**
 * Resolves with true when all threads of the process sleep and have not run between several looks. Then its start is over,
 * and a busy machine does not change that, as it would for a time limit. Resolves with false as soon as `isWanted()` is false.
 * `pidOf()` may be null while the process is being started.
 */
export async function settled(pidOf, isWanted) {
  const look = process.platform === 'linux' ? sleepOf : blindLook();
  let seen;
  for (let same = 0; same < LOOKS; ) {
    if (!isWanted()) return false;
    const now = look(pidOf());
    same = now?.isAsleep && now.runs === seen ? same + 1 : 0;
    seen = now?.runs;
    await sleep(LOOK_MS, undefined, { ref: false });
  }
  return isWanted();
}

/** Whether all threads sleep, and their counts of context switches as text. Undefined if the process is gone. */
function sleepOf(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((id) => readFileSync(`/proc/${pid}/task/${id}/status`, 'utf8'));
    return {
      isAsleep: threads.every((status) => /^State:\s+S/m.test(status)),
      runs: threads.map((status) => status.match(/^(non)?voluntary_ctxt_switches:\s+\d+$/gm)).join(),
    };
  } catch {
    return undefined;
  }
}

/** Stands in for sleepOf without /proc: the process counts as asleep after some time. */
function blindLook() {
  const end = Date.now() + BLIND_MS;
  return (pid) => pid && Date.now() > end && { isAsleep: true, runs: '' };
}
