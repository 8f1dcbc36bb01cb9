// SPDX-License-Identifier: MIT
// Turns an HTTP request into an answer by calling the handler.

import { Failure } from '../failure.js';
import { callOf, failureBody, invocationAnswer, invokedFunction, limits, refusal } from './invocations.js';

const NOTHING = Buffer.alloc(0);

/**
 * Makes a function that resolves with the answer to an incoming request (see incoming.js):
 * { status, reason, headers, body, failure }. `failure`, for the log, is what the request was rejected with.
 *
 * `frontEnd` stands for an AWS service in front of a function. It makes an event from an HTTP request and an HTTP response
 * from a result (see function_url.js). `invoke(event, incoming)` calls the handler. `onLate(failure)` is called for a request
 * that fails after its answer was sent.
 *
 * If the reply was streamed to incoming.receiver, the answer is only { isStreamed: true, failure }.
 */
export function answerer({ frontEnd, invoke, onLate }) {
  async function resultOf(event, incoming, { maxReplyBytes }) {
    const result = await invoke(event, incoming);
    if (sizeOf(result) > maxReplyBytes) {
      const message = `Response payload size exceeded maximum allowed payload size (${maxReplyBytes} bytes).`;
      throw new Failure('Function.ResponseSizeTooLarge', message);
    }
    return result;
  }

  async function answerHttp(incoming) {
    if (!incoming.path.startsWith('/')) return refusal(400, 'BadRequest', 'the target of a request must be a path');
    try {
      const event = frontEnd.eventOf(incoming);
      if (sizeOf(event) > frontEnd.maxRequestBytes) return tooLarge(frontEnd);
      const result = await resultOf(event, incoming, frontEnd);
      return incoming.receiver?.hasBegun ? { isStreamed: true } : frontEnd.responseOf(result);
    } catch (failure) {
      if (incoming.receiver?.hasBegun) return { isStreamed: true, failure };
      const body = Buffer.from(JSON.stringify(failureBody(failure)));
      return { status: 502, headers: [['content-type', 'application/json']], body, failure };
    }
  }

  async function answerCall(incoming) {
    const { refused, kind, event, clientContext } = callOf(incoming);
    if (refused) return refused;
    if (kind === 'DryRun') return { status: 204, headers: [], body: NOTHING };
    const outcome = resultOf(event, { ...incoming, receiver: undefined, clientContext }, limits).then(
      (result) => invocationAnswer(result),
      (failure) => ({ ...invocationAnswer(failureBody(failure), 'Unhandled'), failure }),
    );
    if (kind === 'RequestResponse') return outcome;
    outcome.then(({ failure }) => failure && onLate(failure));
    return { status: 202, headers: [], body: NOTHING };
  }

  return (incoming) => (invokedFunction(incoming) === undefined ? answerHttp(incoming) : answerCall(incoming));
}

/** The answer to a body, or an event, of more than `maxRequestBytes`. */
export function tooLarge({ maxRequestBytes }) {
  const message = `Request must be smaller than ${maxRequestBytes} bytes for the InvokeFunction operation`;
  return refusal(413, 'RequestTooLargeException', message);
}

function sizeOf(value) {
  return Buffer.byteLength(JSON.stringify(value));
}
