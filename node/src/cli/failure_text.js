// SPDX-License-Identifier: MIT
// How a rejected request is shown to a person.

/** One line: "invalid_event: event.count: missing". */
export function failureText({ name, message }) {
  // The message says only how the child ended.
  if (name === 'child_exited' || name === 'gave_up') return `${name}: ${message} and gave no answer`;
  return `${name}: ${message}`;
}
