// SPDX-License-Identifier: MIT
// The part of Lambda's API that calls a function: POST /2015-03-31/functions/NAME/invocations. The same path serves tools
// that are written for AWS's emulator, which calls the function "function".
//
// AWS Lambda API Reference, Invoke.

/** What Lambda takes as an event, and as a result. */
export const limits = { maxRequestBytes: 6_291_456, maxReplyBytes: 6_291_556 };

/** The function's name, or undefined if the request is for something else. */
export function invokedFunction({ method, path }) {
  if (method !== 'POST') return undefined;
  return /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/.exec(path)?.[1];
}

/** The body that tells the caller of a failure. */
export function failureBody({ name, message }) {
  return { errorType: name, errorMessage: message, stackTrace: [] };
}

/** The answer to a request that is itself wrong. */
export function refusal(status, type, message) {
  return {
    status,
    headers: [['content-type', 'application/json'], ['x-amzn-errortype', type]],
    body: Buffer.from(JSON.stringify({ Type: 'User', message })),
  };
}

/** What a call asks for: { kind, event, clientContext }, or { refused } with an answer. */
export function callOf({ headers, body }) {
  const header = (wanted) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const kind = header('x-amz-invocation-type') ?? 'RequestResponse';
  if (!['RequestResponse', 'Event', 'DryRun'].includes(kind)) {
    return { refused: refusal(400, 'InvalidParameterValueException', `unknown invocation type ${kind}`) };
  }
  let what = 'Could not parse request body into json';
  try {
    const event = body.length > 0 ? JSON.parse(body.toString()) : {};
    what = 'Client context must be a valid Base64-encoded JSON object';
    const encoded = header('x-amz-client-context');
    const clientContext = encoded && JSON.parse(Buffer.from(encoded, 'base64').toString());
    return { kind, event, clientContext };
  } catch (error) {
    return { refused: refusal(400, 'InvalidRequestContentException', `${what}: ${error.message}`) };
  }
}

/** The answer with a result, or with the body of a failure if `functionError` is given. */
export function invocationAnswer(result, functionError) {
  const headers = [['content-type', 'application/json'], ['x-amz-executed-version', '$LATEST']];
  if (functionError !== undefined) headers.push(['x-amz-function-error', functionError]);
  return { status: 200, headers, body: Buffer.from(JSON.stringify(result)) };
}
