// SPDX-License-Identifier: MIT
// Ends the children when this program ends.

const members = new Set();

/** The signals that ask a program to end. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Until `member` { close, kill, leaveOnSigterm } is dismissed, it does not outlive this program. It is closed when the
 * event loop is empty and, with leaveOnSigterm, on SIGTERM, SIGINT and SIGHUP, which then end this program. It is
 * killed on process.exit() and on an uncaught exception.
 */
export function enlist(member) {
  if (members.size === 0) process.on('beforeExit', closeAll).on('exit', killAll);
  if (member.leaveOnSigterm && !leavesOnSignals()) for (const signal of SIGNALS) process.on(signal, leave);
  members.add(member);
}

export function dismiss(member) {
  members.delete(member);
  if (members.size === 0) process.off('beforeExit', closeAll).off('exit', killAll);
  if (!leavesOnSignals()) for (const signal of SIGNALS) process.off(signal, leave);
}

function leavesOnSignals() {
  return [...members].some((member) => member.leaveOnSigterm);
}

let isLeaving = false;

async function leave(signal) {
  // A second signal means: don't wait for requests in flight.
  if (isLeaving) killAll();
  isLeaving = true;
  await Promise.all([...members].filter((member) => member.leaveOnSigterm).map((member) => member.close()));
  isLeaving = false;
  // Other listeners have more to do, and end the program themselves.
  if (process.listenerCount(signal) > 0) return;
  if (signal === 'SIGTERM') process.exit(0);
  process.kill(process.pid, signal); // The default action ends this program, and a shell sees the signal.
}

/** Called when the event loop is empty. */
function closeAll() {
  // Not in Lambda, where the event loop is also empty between two invocations of a handler with a callback.
  if (process.env.AWS_LAMBDA_RUNTIME_API !== undefined) return;
  for (const member of members) member.close();
}

/** Called when there is no time left to close the children. */
function killAll() {
  for (const member of members) member.kill();
}
