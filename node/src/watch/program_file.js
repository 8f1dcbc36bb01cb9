// SPDX-License-Identifier: MIT
// Detects that a program has been rebuilt.

import { statSync } from 'node:fs';

/** How often the file is looked at, in milliseconds. */
const POLL_MS = 100;

/**
 * Calls `onChange` when the file has changed and seems complete: unchanged between two looks, executable, and not empty. It
 * polls, since fs.watch loses files that are replaced and does not work on network file systems.
 */
export class ProgramFile {
  #path;
  #onChange;
  #known;
  #last;
  #timer;

  constructor(path, onChange, pollMs = POLL_MS) {
    this.#path = path;
    this.#onChange = onChange;
    this.#known = this.#state();
    this.#last = this.#known;
    this.#timer = setInterval(() => this.#look(), pollMs).unref();
  }

  /** Calls `onChange` once more, although the file stays as it is. */
  forget() {
    this.#known = undefined;
  }

  stop() {
    clearInterval(this.#timer);
  }

  #look() {
    const state = this.#state();
    const isStable = state !== undefined && state === this.#last;
    this.#last = state;
    if (!isStable || state === this.#known) return;
    this.#known = state;
    this.#onChange();
  }

  /** Undefined while there is no complete program. */
  #state() {
    const status = statSync(this.#path, { throwIfNoEntry: false, bigint: true });
    if (!status?.isFile() || status.size === 0n || (status.mode & 0o111n) === 0n) return undefined;
    return [status.ino, status.size, status.mtimeNs, status.mode].join();
  }
}
