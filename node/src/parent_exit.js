// SPDX-License-Identifier: MIT
// Ends the child processes when this program, their parent, ends.

const children = new Set();

/** The signals that ask a program to end. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Makes sure that `child` { close, kill, leaveOnSigterm } does not outlive this program. It is closed when the event loop is
 * empty and, with leaveOnSigterm, on SIGTERM, SIGINT and SIGHUP, which then end this program. It is killed on
 * process.exit() and on an uncaught exception.
 */
export function register(child) {
  if (children.size === 0) process.on('beforeExit', closeAll).on('exit', killAll);
  if (child.leaveOnSigterm && !endsOnSignals()) for (const signal of SIGNALS) process.on(signal, endProgram);
  children.add(child);
}

/** Call this when a registered child has ended. */
export function unregister(child) {
  children.delete(child);
  if (children.size === 0) process.off('beforeExit', closeAll).off('exit', killAll);
  if (!endsOnSignals()) for (const signal of SIGNALS) process.off(signal, endProgram);
}

function endsOnSignals() {
  return [...children].some((child) => child.leaveOnSigterm);
}

let isEnding = false;

async function endProgram(signal) {
  // A second signal means: don't wait for requests in flight.
  if (isEnding) killAll();
  isEnding = true;
  await Promise.all([...children].filter((child) => child.leaveOnSigterm).map((child) => child.close()));
  isEnding = false;
  // The program listens for the signal itself: it may have more to do, and must end by itself.
  if (process.listenerCount(signal) > 0) return;
  if (signal === 'SIGTERM') process.exit(0);
  process.kill(process.pid, signal); // The default action ends this program, and a shell sees the signal.
}

/** Called when the event loop is empty. */
function closeAll() {
  // Not in Lambda, where the event loop is also empty between two invocations of a handler with a callback.
  if (process.env.AWS_LAMBDA_RUNTIME_API !== undefined) return;
  for (const child of children) child.close();
}

/** Called when there is no time left to close the children. */
function killAll() {
  for (const child of children) child.kill();
}
