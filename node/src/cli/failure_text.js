// SPDX-License-Identifier: MIT
// What a person is told of a request that was rejected.

/** One line: "invalid_event: event.count: missing". */
export function failureText({ name, message }) {
  // Nothing in the message says that there was a request.
  if (name === 'child_exited' || name === 'gave_up') return `${name}: ${message} and gave no answer`;
  return `${name}: ${message}`;
}
