// SPDX-License-Identifier: MIT
// Parts of events that several of AWS's HTTP front ends make in the same way.

/**
 * A body as an event holds it: text, or base64 unless its media type is text, JSON, XML or JavaScript.
 */
export function eventBody({ body, contentType, contentEncoding }) {
  const text = isText(contentType, contentEncoding) ? decoded(body) : undefined;
  return text === undefined ? { body: body.toString('base64'), isBase64Encoded: true } : { body: text, isBase64Encoded: false };
}

function isText(contentType = '', contentEncoding = 'identity') {
  if (contentEncoding !== 'identity') return false;
  return /^\s*(text\/|application\/(json|xml|javascript|[^;\s]+\+(json|xml))\s*(;|$))/i.test(contentType);
}

/** The text, or undefined if the bytes are not UTF-8. */
function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A map from each name to its values, in the order of the pairs. */
export function grouped(pairs, nameOf = (name) => name) {
  const groups = new Map();
  for (const [name, value] of pairs) {
    const key = nameOf(name);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(value);
  }
  return groups;
}

/** An object with `valueOf(values)` for each name. Made by fromEntries, since an assignment to __proto__ makes no member. */
export function objectOf(groups, valueOf) {
  return Object.fromEntries([...groups].map(([name, values]) => [name, valueOf(values)]));
}

/** Decoded [name, value] pairs of a query. */
export function queryPairs(query) {
  return [...new URLSearchParams(query)];
}

/** [name, value] pairs of a query as they were sent. */
export function rawQueryPairs(query) {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As web servers log it: "12/Mar/2020:19:03:58 +0000". */
export function logTime(ms) {
  const [date, time] = new Date(ms).toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[month - 1]}/${year}:${time} +0000`;
}
