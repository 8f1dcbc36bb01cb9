// SPDX-License-Identifier: MIT
// What becomes of the children when this program leaves.

const members = new Set();

/** The signals that ask a program to leave. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Until it is dismissed, `member`, a { close, kill, leaveOnSigterm }, does not outlive this program: it is closed
 * when the event loop runs dry and, if it wants, on SIGTERM, SIGINT and SIGHUP, which then end this program; it is
 * killed by process.exit() and an uncaught exception.
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
  // Who asks twice does not want to wait for what is in flight.
  if (isLeaving) killAll();
  isLeaving = true;
  await Promise.all([...members].filter((member) => member.leaveOnSigterm).map((member) => member.close()));
  isLeaving = false;
  // Whoever listens too has more to do and leaves afterwards.
  if (process.listenerCount(signal) > 0) return;
  if (signal === 'SIGTERM') process.exit(0);
  process.kill(process.pid, signal); // With nobody listening it does what it does by default, and a shell sees why.
}

/** Nothing is left that this program could wait for. */
function closeAll() {
  // Except in Lambda, where this is also the moment between two invocations of a handler with a callback.
  if (process.env.AWS_LAMBDA_RUNTIME_API !== undefined) return;
  for (const member of members) member.close();
}

/** There is no time left for anything better. */
function killAll() {
  for (const member of members) member.kill();
}
