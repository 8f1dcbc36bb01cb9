// SPDX-License-Identifier: MIT
// An HTTP request in the form from which the front ends make events.

import { randomBytes } from 'node:crypto';

/** Headers of the connection to this server, not of the request (RFC 9110, section 7.6.1). */
const CONNECTION_FIELDS = new Set([
  'connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]);

/** The method, path and query as they were sent. A target with scheme and host, as for a proxy, loses these. */
export function targetOf({ method, url }) {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const at = target.indexOf('?');
  const path = (at === -1 ? target : target.slice(0, at)) || '/';
  return { method, path, query: at === -1 ? '' : target.slice(at + 1) };
}

/**
 * `headers` are [name, value] pairs in the order and spelling of the client, with those that AWS's front ends add; `body` is
 * a Buffer. `requestId` and `traceId` are the invocation's.
 */
export function incomingOf(request, body, requestId) {
  const { remoteAddress, localPort } = request.socket;
  const sourceIp = remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1';
  const headers = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const [name, value] = request.rawHeaders.slice(i, i + 2);
    const lower = name.toLowerCase();
    if (!CONNECTION_FIELDS.has(lower) && lower !== 'content-length' && lower !== 'x-forwarded-for') headers.push([name, value]);
  }
  if (body.length > 0 || 'content-length' in request.headers) headers.push(['Content-Length', String(body.length)]);
  const { 'x-forwarded-for': before, 'x-amzn-trace-id': sentTraceId } = request.headers;
  const traceId = sentTraceId ?? newTraceId();
  headers.push(['X-Forwarded-For', before ? `${before}, ${sourceIp}` : sourceIp]);
  if (!('x-forwarded-proto' in request.headers)) headers.push(['X-Forwarded-Proto', 'http']);
  if (!('x-forwarded-port' in request.headers)) headers.push(['X-Forwarded-Port', String(localPort)]);
  if (sentTraceId === undefined) headers.push(['X-Amzn-Trace-Id', traceId]);
  return {
    ...targetOf(request),
    protocol: `HTTP/${request.httpVersion}`,
    host: request.headers.host ?? 'localhost',
    userAgent: request.headers['user-agent'],
    sourceIp,
    headers,
    contentType: request.headers['content-type'],
    contentEncoding: request.headers['content-encoding'],
    body,
    requestId,
    traceId,
    time: Date.now(),
  };
}

function newTraceId() {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}
