// SPDX-License-Identifier: MIT
// Reads a reply that a bootstrap sends while it makes it.
//
// AWS Lambda Developer Guide, "Building a custom runtime for AWS Lambda", response streaming.

import { Failure } from '../failure.js';

const HTTP_TYPE = 'application/vnd.awslambda.http-integration-response';

/** Between the head of an HTTP response, which is JSON, and its body. */
const SEPARATOR = Buffer.alloc(8);

const MAX_HEAD_BYTES = 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** Whether the request to the runtime API is such a reply. */
export function isStreamed({ headers }) {
  return headers['lambda-runtime-function-response-mode']?.toLowerCase() === 'streaming';
}

/**
 * Passes a reply on to a receiver: `begin(head)` once, with undefined if the reply is not an HTTP response, then
 * `write(piece)` for each piece, which may return a promise. Resolves with what the program reported as its failure at the
 * end, or undefined. Rejects with what the receiver throws, or if the program is gone.
 */
export async function passOn(request, receiver) {
  let held = request.headers['content-type'] === HTTP_TYPE ? NOTHING : undefined; // The start of the head.
  if (held === undefined) await receiver.begin(undefined);
  for await (let piece of request) {
    if (held !== undefined) {
      held = Buffer.concat([held, piece]);
      const at = held.indexOf(SEPARATOR);
      if (at === -1 && held.length > MAX_HEAD_BYTES) throw new Failure('invalid_reply', 'the head of the HTTP response has no end');
      if (at === -1) continue;
      await receiver.begin(headOf(held.subarray(0, at)));
      piece = held.subarray(at + SEPARATOR.length);
      held = undefined;
    }
    if (piece.length > 0) await receiver.write(piece);
  }
  const failure = failureIn(request.trailers);
  if (held !== undefined && failure === undefined) throw new Failure('invalid_reply', 'the head of the HTTP response has no end');
  return failure;
}

function headOf(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new Failure('invalid_reply', `the head of the HTTP response is not JSON: ${error.message}`);
  }
}

function failureIn({ 'lambda-runtime-function-error-type': type, 'lambda-runtime-function-error-body': body }) {
  if (type === undefined && body === undefined) return undefined;
  try {
    const { errorType, errorMessage } = JSON.parse(Buffer.from(body, 'base64').toString());
    return { errorType: String(errorType ?? type), errorMessage: String(errorMessage) };
  } catch {
    return { errorType: type ?? 'Error', errorMessage: 'the reply ended with a failure' };
  }
}

/** A receiver that collects a reply into a result, of at most `limit` bytes. */
export class Collected {
  #limit;
  #head;
  #pieces = [];
  #length = 0;

  constructor(limit) {
    this.#limit = limit;
  }

  begin(head) {
    this.#head = head;
  }

  write(piece) {
    this.#length += piece.length;
    if (this.#length > this.#limit) {
      throw new Failure('Function.ResponseSizeTooLarge', `Exceeded maximum allowed payload size (${this.#limit} bytes).`);
    }
    this.#pieces.push(piece);
  }

  /** What the same program returns as a child: text, or an HTTP response. */
  result() {
    const bytes = Buffer.concat(this.#pieces);
    const text = bytes.toString();
    const isText = Buffer.from(text).equals(bytes);
    if (this.#head !== undefined) {
      return { ...this.#head, body: isText ? text : bytes.toString('base64'), isBase64Encoded: !isText };
    }
    if (!isText) throw new Failure('invalid_reply', 'the reply is not UTF-8, and without the head of an HTTP response it must be');
    return text;
  }
}
