// SPDX-License-Identifier: MIT
// The format of the lines: writes requests and parses replies.

/**
 * A request line without its beginning, which has the id (see requestLine). The event must be encoded when the caller
 * passes it in, since it may change later, but the id is assigned only when the line is sent.
 *
 * An event that JSON.stringify leaves out (undefined or a function) becomes null, and such a context becomes {}. Throws what
 * JSON.stringify throws (for a cycle or a BigInt), and a TypeError for a context that is not an object in JSON. A
 * deadline, in epoch milliseconds, becomes a member of the context.
 */
export function requestBody(event, context, deadlineMs) {
  return `"event":${JSON.stringify(event) ?? 'null'},"context":${contextText(context, deadlineMs)}}\n`;
}

function contextText(context, deadlineMs) {
  const text = JSON.stringify(context) ?? '{}';
  if (text !== 'null' && !text.startsWith('{')) {
    throw new TypeError(`lambda-proc: the context must be an object, and in JSON it is ${text.slice(0, 40)}`);
  }
  if (deadlineMs === undefined) return text;
  if (context.deadlineMs !== undefined || context.toJSON !== undefined) {
    return JSON.stringify({ ...JSON.parse(text), deadlineMs });
  }
  // Not used for all contexts, because it takes longer than JSON.stringify.
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}"deadlineMs":${deadlineMs}}`;
}

/** The whole line, including the newline. `id` must not need escaping. */
export function requestLine(id, body) {
  return `{"id":"${id}",${body}`;
}

/**
 * The reply in a line, or undefined if the line is not a reply:
 *
 *     {"proc_req_id":7,"error":null,"data":…}              and from a child that echoes ids, also "id":"7"
 *     {"proc_req_id":7,"error":"message","data":null}      … and "error_type":"invalid_event"
 */
export function parseReply(line) {
  let reply;
  if (!/^\s*\{/.test(line)) return undefined; // Avoids an exception for each line of a flood.
  try {
    reply = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isReply(reply) ? reply : undefined;
}

function isReply(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    Number.isInteger(value.proc_req_id) &&
    (value.error === null || typeof value.error === 'string') &&
    value.data !== undefined &&
    (value.id === undefined || typeof value.id === 'string' || typeof value.id === 'number') &&
    (value.error_type === undefined || typeof value.error_type === 'string')
  );
}
