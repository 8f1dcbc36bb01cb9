// SPDX-License-Identifier: MIT
// What becomes of the children when this program leaves.

const members = new Set();

/**
 * Until it is dismissed, `member`, a { close, kill, leaveOnSigterm }, does not outlive this program: it is closed
 * when the event loop runs dry and, if it wants, on SIGTERM, which then ends this program; it is killed by
 * process.exit() and an uncaught exception.
 */
export function enlist(member) {
  if (members.size === 0) process.on('beforeExit', closeAll).on('exit', killAll);
  if (member.leaveOnSigterm && !leavesOnSigterm()) process.on('SIGTERM', leave);
  members.add(member);
}

export function dismiss(member) {
  members.delete(member);
  if (members.size === 0) process.off('beforeExit', closeAll).off('exit', killAll);
  if (!leavesOnSigterm()) process.off('SIGTERM', leave);
}

function leavesOnSigterm() {
  return [...members].some((member) => member.leaveOnSigterm);
}

async function leave() {
  await Promise.all([...members].filter((member) => member.leaveOnSigterm).map((member) => member.close()));
  // Whoever listens too has more to do and leaves afterwards.
  if (process.listenerCount('SIGTERM') === 0) process.exit(0);
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
