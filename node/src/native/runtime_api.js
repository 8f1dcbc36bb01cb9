// SPDX-License-Identifier: MIT
// The server side of AWS Lambda's runtime API, for one process.
//
// AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".

import { once } from 'node:events';
import { createServer } from 'node:http';
import { limits } from '../http/invocations.js';
import { bodyOf } from '../http/request_body.js';
import { isStreamed } from './streamed_reply.js';

const ROOT = '/2018-06-01/runtime';
const REPLY = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/**
 * Hands invocations, { id, event, context }, to a program that asks for them, one at a time: `event` is JSON, `context` an
 * object. `next()` is asked for one and may have none; wake() says that it has one now. `answered(invocation, text)` and
 * `failed(invocation, { errorType, errorMessage })` are what the program said; `initFailed(failure)` is for its start.
 * `streamed(invocation, request, abandon)` reads a reply that the program sends while it makes it. It resolves at the end of
 * the reply, or with false if there is no use for the rest; abandon() stops the program from sending it.
 */
export class RuntimeApi {
  #on;
  // The connection is idle while a handler works, however long that takes, and so may a reply that is streamed.
  #server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => this.#serve(request, response));
  #present; // The invocation that the program works on.
  #asking; // The response to a program that waits for one.

  constructor(on) {
    this.#on = on;
  }

  /** Resolves with the value of AWS_LAMBDA_RUNTIME_API. */
  async listen() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `127.0.0.1:${this.#server.address().port}`;
  }

  wake() {
    if (this.#asking) this.#give();
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #serve(request, response) {
    response.on('error', () => {}); // The program died.
    const { method, url } = request;
    if (method === 'GET' && url === `${ROOT}/invocation/next`) {
      this.#asking = response;
      response.on('close', () => {
        if (this.#asking === response) this.#asking = undefined;
      });
      this.#give();
      return;
    }
    if (method === 'POST' && url === `${ROOT}/init/error`) {
      this.#take(request, response, (text) => this.#on.initFailed(failureIn(text, request)));
      return;
    }
    const [, id, kind] = (method === 'POST' && REPLY.exec(url)) || [];
    if (id === undefined) refuse(response, 404, 'NotFound', `there is no ${method} ${url}`);
    else if (id !== this.#present?.id) refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    else if (kind === 'response' && isStreamed(request)) this.#takeStream(request, response);
    else this.#take(request, response, (text) => this.#hear(kind, text, request));
  }

  #give() {
    // A program that asks again before it has answered gets the same invocation again, as from AWS.
    this.#present ??= this.#on.next();
    if (this.#present === undefined) return;
    const { id, event, context } = this.#present;
    const headers = {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': context.deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': context.invokedFunctionArn,
      'Lambda-Runtime-Trace-Id': context.xRayTraceId,
      'Lambda-Runtime-Aws-Tenant-Id': context.tenantId,
      'Lambda-Runtime-Client-Context': context.clientContext && asciiJson(context.clientContext),
      'Lambda-Runtime-Cognito-Identity': context.identity && asciiJson(context.identity),
    };
    const response = this.#asking;
    this.#asking = undefined;
    for (const [name, value] of Object.entries(headers)) if (value) response.setHeader(name, value);
    response.end(event);
  }

  async #takeStream(request, response) {
    const invocation = this.#present;
    const { socket } = request; // A request that was destroyed has none.
    const forget = () => {
      if (this.#present === invocation) this.#present = undefined;
    };
    const abandon = () => {
      forget(); // First, since a program without its connection asks for the next invocation.
      socket.destroy();
    };
    if (await this.#on.streamed(invocation, request, abandon)) {
      forget();
      answer(response, 202, { status: 'OK' });
    } else abandon();
  }

  async #take(request, response, hear) {
    let body;
    try {
      body = await bodyOf(request, limits.maxReplyBytes);
    } catch {
      return; // The program died while it was sending.
    }
    if (body === undefined) {
      const errorMessage = `Exceeded maximum allowed payload size (${limits.maxReplyBytes} bytes).`;
      refuse(response, 413, 'RequestEntityTooLarge', errorMessage);
      this.#hear('error', JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }), request);
    } else {
      answer(response, 202, { status: 'OK' });
      hear(body.toString());
    }
  }

  #hear(kind, text, request) {
    const invocation = this.#present;
    this.#present = undefined;
    if (invocation === undefined) return;
    if (kind === 'response') this.#on.answered(invocation, text);
    else this.#on.failed(invocation, failureIn(text, request));
  }
}

function refuse(response, status, errorType, errorMessage) {
  answer(response, status, { errorMessage, errorType });
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** The failure that a program reports in the body or, without a type there, in a header. */
function failureIn(text, { headers }) {
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    // The header may have a type.
  }
  return {
    errorType: String(said?.errorType ?? headers['lambda-runtime-function-error-type'] ?? 'Error'),
    errorMessage: String(said?.errorMessage ?? text),
  };
}

/** JSON in ASCII, for a header. */
function asciiJson(value) {
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, escape);
}
