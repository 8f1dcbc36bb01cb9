// SPDX-License-Identifier: MIT
// How much memory a process holds.

import { readFileSync } from 'node:fs';

/** The most memory that a process ever held, in MB, as Lambda reports it; undefined where the system does not say. */
export function peakMemory(pid) {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return kilobytes / 1024;
  } catch {
    return undefined;
  }
}
