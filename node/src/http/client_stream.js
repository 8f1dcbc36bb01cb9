// SPDX-License-Identifier: MIT
// A response that is sent to an HTTP client while a handler makes it.

import { once } from 'node:events';

/**
 * A receiver of a streamed reply (see native/streamed_reply.js). `writeHead(head)` writes the status line and the headers
 * for the head that the handler sent, or for none; it throws if HTTP can't carry it.
 */
export class ClientStream {
  #response;
  #writeHead;
  #left = new AbortController();

  constructor(response, writeHead) {
    this.#response = response;
    this.#writeHead = writeHead;
    response.on('close', () => this.#left.abort());
  }

  /** Whether something was sent. */
  get hasBegun() {
    return this.#response.headersSent;
  }

  /** An AbortSignal for when the client leaves. */
  get left() {
    return this.#left.signal;
  }

  begin(head) {
    this.left.throwIfAborted();
    this.#writeHead(head);
    this.#response.flushHeaders();
  }

  /** Resolves when the client takes more; rejects if it has left. */
  async write(piece) {
    this.left.throwIfAborted();
    if (this.#response.write(piece)) return;
    await once(this.#response, 'drain', { signal: this.left });
  }
}
