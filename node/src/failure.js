// SPDX-License-Identifier: MIT
// What a request is rejected with.

/**
 * An Error whose `name` is the failure's type, a stable word that callers switch on; Lambda reports it as the
 * errorType of the invocation.
 */
export class Failure extends Error {
  constructor(type, message) {
    super(message);
    Object.defineProperty(this, 'name', { value: type, configurable: true, writable: true });
    // The frames would be those of this package's pipe reading; they say nothing of what went wrong in the
    // child, and Lambda prints them all.
    this.stack = `${type}: ${message}`;
  }
}
