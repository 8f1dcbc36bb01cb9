// SPDX-License-Identifier: MIT
// The HTTP server: reads requests, sends answers, tells the log, and ends gracefully.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerer, tooLarge } from './answer.js';
import { ClientStream } from './client_stream.js';
import { incomingOf, targetOf } from './incoming.js';
import { invokedFunction, limits } from './invocations.js';
import { bodyOf } from './request_body.js';

/** Longer than clients keep idle connections, so that none is closed while a request is on its way. */
const KEEP_ALIVE_MS = 120_000;

/** Nginx's status for a client that disconnected. It is only logged. */
const CLIENT_LEFT = 499;

export class Server {
  #frontEnd;
  #log;
  #answer;
  #server;
  #inHand = 0; // Requests without a complete response.
  #isFinishing = false;

  /** For `frontEnd` and `invoke` see answer.js. `log` is a RequestLog. */
  constructor({ frontEnd, invoke, log }) {
    this.#frontEnd = frontEnd;
    this.#log = log;
    this.#answer = answerer({ frontEnd, invoke, onLate: (failure) => log.failure(failure) });
    const serve = (...exchange) => this.#serve(...exchange);
    const options = { maxHeaderSize: frontEnd.maxHeaderBytes, keepAliveTimeout: KEEP_ALIVE_MS };
    this.#server = createServer(options, serve);
    // A client that asks first does not have to send a body that would be discarded.
    this.#server.on('checkContinue', (request, response) => {
      const isWelcome = Number(request.headers['content-length'] ?? 0) <= this.#limitsFor(request).maxRequestBytes;
      if (isWelcome) response.writeContinue();
      serve(request, response, isWelcome);
    });
  }

  /** Resolves with the port. */
  async listen(port, host) {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    return this.#server.address().port;
  }

  /** Takes no more connections, and resolves when every request has its response. */
  async finish() {
    this.#isFinishing = true;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#closeConnections();
    await closed;
  }

  /** Browsers open connections that they may never use, so idle ones have to be closed from this side. */
  #closeConnections() {
    if (this.#isFinishing && this.#inHand === 0) this.#server.closeAllConnections();
  }

  #limitsFor(request) {
    return invokedFunction(targetOf(request)) === undefined ? this.#frontEnd : limits;
  }

  async #serve(request, response, isWelcome = true) {
    this.#inHand += 1;
    response.on('error', () => {}); // The client disconnected, which 'close' tells as well.
    const closed = new Promise((resolve) => response.on('close', resolve));
    const started = performance.now();
    const { method, url } = request;
    const requestId = randomUUID();
    const answer = await this.#answerTo(request, response, requestId, isWelcome);
    const hasLeft = !answer || response.destroyed;
    if (!hasLeft) this.#send(response, answer, requestId);
    const status = hasLeft ? CLIENT_LEFT : response.statusCode;
    this.#log.end({ requestId, method, url, status, ms: performance.now() - started, failure: answer?.failure });
    await closed;
    this.#inHand -= 1;
    this.#closeConnections();
  }

  /** Undefined if the client disconnected while it was sending. */
  async #answerTo(request, response, requestId, isWelcome) {
    const itsLimits = this.#limitsFor(request);
    let body;
    try {
      if (isWelcome) body = await bodyOf(request, itsLimits.maxRequestBytes);
    } catch {
      return undefined;
    }
    if (body === undefined) return { ...tooLarge(itsLimits), isLast: true };
    this.#log.begin(requestId);
    const { headOf } = this.#frontEnd;
    const receiver = headOf && new ClientStream(response, (head) => this.#writeHead(response, headOf(head), requestId));
    return this.#answer({ ...incomingOf(request, body, requestId), receiver });
  }

  #send(response, answer, requestId) {
    const { status, body, isStreamed, failure } = answer;
    if (isStreamed) {
      // Without the last chunk the client sees that the response is not complete.
      if (failure) response.destroy();
      else response.end();
      return;
    }
    this.#writeHead(response, answer, requestId);
    if (status === 204 || status === 304) {
      response.end();
    } else {
      response.setHeader('content-length', body.length);
      response.end(body); // Node.js omits it for HEAD.
    }
  }

  #writeHead(response, { status, reason, headers, isLast }, requestId) {
    response.statusCode = status;
    if (reason !== undefined) response.statusMessage = reason;
    const values = new Map([['x-amzn-requestid', [requestId]]]);
    for (const [name, value] of headers) values.set(name, [...(values.get(name) ?? []), value]);
    for (const [name, all] of values) response.setHeader(name, all.length === 1 ? all[0] : all);
    if (isLast || this.#isFinishing) response.setHeader('connection', 'close');
  }
}
