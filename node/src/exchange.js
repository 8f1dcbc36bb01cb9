// SPDX-License-Identifier: MIT
// Matches replies with requests, during one life of a child.

/**
 * The requests that were sent to a child and have no reply yet.
 *
 * They are numbered from 0 in the order of sending. The number is the request's id. It also equals the proc_req_id from
 * a child that counts its requests, so that a reply without an id (the Go package's child has no ids; any child may
 * have failed to read it) can still be matched.
 */
export class Exchange {
  #inFlight = new Map();
  #sent = 0;
  #echoesIds = false;

  /**
   * Whether the child has shown that it echoes ids. Until then it is sent one request at a time, since it might reply
   * to several in any order.
   */
  get echoesIds() {
    return this.#echoesIds;
  }

  /** Whether the next request may be sent now. */
  get isOpen() {
    return this.#echoesIds || this.#inFlight.size === 0;
  }

  /** Numbers a request that is about to be sent; returns its id. */
  add(request) {
    const id = String(this.#sent++);
    this.#inFlight.set(id, request);
    return id;
  }

  /** Whether there are requests without a reply. */
  get isWaiting() {
    return this.#inFlight.size > 0;
  }

  /** Removes and returns the request for a reply, or undefined if there is none. The id may be a number. */
  answer(reply) {
    if (reply.id !== undefined) this.#echoesIds = true;
    return this.remove(String(reply.id ?? reply.proc_req_id));
  }

  /** Removes and returns the request with this id, or undefined if there is none. */
  remove(id) {
    const request = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    return request;
  }

  /** Removes and returns all requests. */
  removeAll() {
    const requests = [...this.#inFlight.values()];
    this.#inFlight.clear();
    return requests;
  }
}
