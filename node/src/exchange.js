// SPDX-License-Identifier: MIT
// Matches replies with requests, during one run of the child.

/**
 * The requests that were sent to a child and have no reply yet.
 *
 * They are numbered from 0 in the order of sending, and the number is the request's id. It equals the proc_req_id that the
 * child counts, so that a reply without an id can be matched, too: the Go package's child echoes no ids, and any child
 * may have failed to read one.
 */
export class Exchange {
  // One request that is not in #others. With one request at a time a Map would be slow: V8 rebuilds it whenever it becomes
  // empty, which takes a microsecond or two.
  #lone;
  #others = new Map();
  #sent = 0;
  #echoesIds = false;

  /**
   * Whether the child has echoed an id. Until then it is sent one request at a time, because it might reply to several in
   * any order.
   */
  get echoesIds() {
    return this.#echoesIds;
  }

  /** Whether the next request may be sent now. */
  get isOpen() {
    return this.#echoesIds || !this.isWaiting;
  }

  /** Adds a request that is about to be sent, and sets its id. */
  add(request) {
    request.id = String(this.#sent++);
    if (this.#lone === undefined) this.#lone = request;
    else this.#others.set(request.id, request);
  }

  /** Whether there are requests without a reply. */
  get isWaiting() {
    return this.#lone !== undefined || this.#others.size > 0;
  }

  /** Removes and returns the request for a reply, or undefined if there is none. The id may be a number. */
  answer(reply) {
    if (reply.id !== undefined) this.#echoesIds = true;
    return this.remove(String(reply.id ?? reply.proc_req_id));
  }

  /** Removes and returns the request with this id, or undefined if there is none. */
  remove(id) {
    let request = this.#lone;
    if (request?.id === id) this.#lone = undefined;
    else {
      request = this.#others.get(id);
      this.#others.delete(id);
    }
    return request;
  }

  /** The requests without a reply, in any order. */
  requests() {
    return this.#lone === undefined ? [...this.#others.values()] : [this.#lone, ...this.#others.values()];
  }
}
