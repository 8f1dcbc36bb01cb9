// SPDX-License-Identifier: MIT
// Turns the result of a handler into an HTTP response: the parts that all front ends share. A result that HTTP can't carry
// is rejected as a failure.

import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Failure } from '../failure.js';

/** Headers that the server writes. From a handler they could end the response early or start another one. */
const OWN_FIELDS = new Set([
  'connection', 'content-length', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]);

export function invalidReply(why) {
  return new Failure('invalid_reply', why);
}

/** Whether the result describes a whole response. */
export function hasStatus(result) {
  return typeof result === 'object' && result !== null && Object.hasOwn(result, 'statusCode');
}

/** 200 to 599; AWS takes the number as text, too. */
export function statusOf({ statusCode }) {
  const status = /^[2-5]\d\d$/.test(statusCode) ? Number(statusCode) : NaN;
  if (Number.isNaN(status)) throw invalidReply(`statusCode must be from 200 to 599, not ${JSON.stringify(statusCode)}`);
  return status;
}

/** Checked [name, value] pairs of an object whose values are texts or, where `several` says so, lists of texts. */
export function headerPairs(headers, member, { several = false } = {}) {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== 'object' || Array.isArray(headers)) throw invalidReply(`${member} must be an object`);
  return Object.entries(headers).flatMap(([name, value]) => {
    if (Array.isArray(value) !== several) {
      throw invalidReply(`${member}: the value of ${JSON.stringify(name)} must be ${several ? 'a list' : 'a text'}`);
    }
    return (several ? value : [value]).map((one) => headerPair(name, one, member)).filter(([lower]) => !OWN_FIELDS.has(lower));
  });
}

/** Checked pairs of a list of cookies. */
export function cookiePairs(cookies) {
  if (cookies === undefined || cookies === null) return [];
  if (!Array.isArray(cookies)) throw invalidReply('cookies must be a list');
  return cookies.map((cookie) => headerPair('set-cookie', cookie, 'cookies'));
}

function headerPair(name, value, member) {
  if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw invalidReply(`${member}: the value of ${JSON.stringify(name)} must be a text`);
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch {
    // A line break would start another header, or the body.
    throw invalidReply(`${member}: HTTP can't carry ${JSON.stringify(`${name}: ${value}`.slice(0, 200))}`);
  }
  return [name.toLowerCase(), String(value)];
}

/** The bytes of a body that is text or base64. */
export function bodyBytes({ body, isBase64Encoded }) {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') {
    throw invalidReply(`body must be a text, and is ${Array.isArray(body) ? 'a list' : `of type ${typeof body}`}`);
  }
  if (isBase64Encoded !== true) return Buffer.from(body);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) throw invalidReply('body is not base64, but isBase64Encoded is true');
  return Buffer.from(body, 'base64');
}

/** `pairs`, with a content type if they have none. */
export function withContentType(pairs, contentType) {
  return pairs.some(([name]) => name === 'content-type') ? pairs : [...pairs, ['content-type', contentType]];
}
