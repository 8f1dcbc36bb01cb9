// SPDX-License-Identifier: MIT
// Makes sure that a child does not outlive a worker thread: a thread that is terminated runs no more of our code.

import { spawn } from 'node:child_process';
import { isMainThread } from 'node:worker_threads';

/**
 * In a worker thread, starts a shell that kills process `pid` if its stdin ends without any input, as happens when the
 * thread is terminated. Returns a function that dismisses the shell. Does nothing in the main thread.
 */
export function guard(pid) {
  if (isMainThread || process.platform === 'win32') return () => {};
  const shell = spawn('/bin/sh', ['-c', 'read -r word || kill -9 "$1"', 'sh', pid], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {}); // Without a shell the child may outlive a terminated thread.
  shell.stdin?.on('error', () => {});
  for (const handle of [shell, shell.stdin]) handle?.unref();
  return () => shell.stdin?.end('dismissed\n');
}
