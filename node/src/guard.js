// SPDX-License-Identifier: MIT
// Sees to it that a child does not outlive a worker thread: one that is terminated runs no more code of ours.

import { spawn } from 'node:child_process';
import { isMainThread } from 'node:worker_threads';

/**
 * In a worker thread, starts a shell that kills process `pid` once its stdin ends without a word, as it does when the
 * thread is terminated. The function that this returns dismisses it. In the main thread there is nothing to do.
 */
export function guard(pid) {
  if (isMainThread || process.platform === 'win32') return () => {};
  const shell = spawn('/bin/sh', ['-c', 'read -r word || kill -9 "$1"', 'sh', pid], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {}); // Without a shell the child is on its own, as any child of a terminated thread is.
  shell.stdin?.on('error', () => {});
  for (const handle of [shell, shell.stdin]) handle?.unref();
  return () => shell.stdin?.end('dismissed\n');
}
