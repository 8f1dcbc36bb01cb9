// SPDX-License-Identifier: MIT
// Which reply answers which request, during one life of a child.

/**
 * The requests that a child has been sent and has not answered.
 *
 * They are numbered from 0 as they leave. The number is the request's id; it is also what a child that counts
 * its requests says as proc_req_id, so that a reply without an id (the Go package's child knows none; any child
 * may have failed to read it) still finds its request.
 */
export class Exchange {
  #inFlight = new Map();
  #sent = 0;
  #echoesIds = false;

  /**
   * Whether the child has shown that it echoes ids. One that has not is served one request at a time, since
   * nothing is known of the order in which it would answer several.
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

  /** Takes out the request that a reply answers; undefined if it answers none. An id may come back as a number. */
  answer(reply) {
    if (reply.id !== undefined) this.#echoesIds = true;
    return this.remove(String(reply.id ?? reply.proc_req_id));
  }

  /** Takes out the request with this id; undefined if there is none. */
  remove(id) {
    const request = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    return request;
  }

  /** Takes out all of them. */
  removeAll() {
    const requests = [...this.#inFlight.values()];
    this.#inFlight.clear();
    return requests;
  }
}
