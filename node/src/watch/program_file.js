// SPDX-License-Identifier: MIT
// Notices that a program was built again.

import { statSync } from 'node:fs';

/** How often the file is looked at, in milliseconds. */
const POLL_MS = 100;

/**
 * Calls `onChange` when the file has changed and a compiler is done with it, as far as can be seen: it is the same at two
 * looks, executable, and not empty. Looks instead of fs.watch, which loses files that are replaced, and whole folders on
 * file systems of a network.
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

  /** Takes it for changed once more: it could not be started, since something was still writing to it. */
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

  /** Undefined while there is no program. */
  #state() {
    const status = statSync(this.#path, { throwIfNoEntry: false, bigint: true });
    if (!status?.isFile() || status.size === 0n || (status.mode & 0o111n) === 0n) return undefined;
    return [status.ino, status.size, status.mtimeNs, status.mode].join();
  }
}
