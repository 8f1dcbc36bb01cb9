// SPDX-License-Identifier: MIT
// The error with which a request is rejected.

/**
 * An Error whose `name` is the failure's type, a stable word that callers switch on; Lambda reports it as the
 * errorType of the invocation.
 */
export class Failure extends Error {
  constructor(type, message) {
    super(message);
    Object.defineProperty(this, 'name', { value: type, configurable: true, writable: true });
    // The stack frames would show how this package reads the pipe. They say nothing about the error in the child, and
    // Lambda prints them all.
    this.stack = `${type}: ${message}`;
  }
}
