// SPDX-License-Identifier: MIT
// Whether a program that was just started has come to wait for its input.

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 20;
/** So many looks must find the same. */
const LOOKS = 4;
/** Where nothing can be seen from outside, a program that lives so long is taken to be up. */
const BLIND_MS = 400;

/**
 * Resolves with true once all threads of the process sleep and have not run between several looks: then its start is over,
 * however busy the machine is. `pidOf()` has no pid as long as the process is not there. Resolves with false once nobody
 * waits for it: `isWanted()` is false.
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

/** Whether all threads sleep, and how often they gave up the processor, in text. Undefined if the process is gone. */
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

/** As if the process slept from some time on. */
function blindLook() {
  const end = Date.now() + BLIND_MS;
  return (pid) => pid && Date.now() > end && { isAsleep: true, runs: '' };
}
