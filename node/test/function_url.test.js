// SPDX-License-Identifier: MIT

import assert from 'node:assert/strict';
import { functionUrl } from '../src/http/function_url.js';
import { test } from './support.js';

for (const [what, result] of [
  ['a status that is none', { statusCode: 99 }],
  ['a status of the wrong type', { statusCode: { code: 200 } }],
  ['an interim status', { statusCode: 101 }],
  ['a header that begins another', { statusCode: 200, headers: { 'x-a': '1\r\nSet-Cookie: evil=1' } }],
  ['a name that begins another header', { statusCode: 200, headers: { 'x-a: 1\r\nSet-Cookie': 'evil=1' } }],
  ['a header with a lone line feed', { statusCode: 200, headers: { location: '/\nSet-Cookie: evil=1' } }],
  ['a cookie that begins a header', { statusCode: 200, cookies: ['a=1\r\nX-Evil: 1'] }],
  ['a NUL in a header', { statusCode: 200, headers: { 'x-a': 'a\0b' } }],
  ['an object as a header', { statusCode: 200, headers: { 'x-a': {} } }],
  ['headers that are a list', { statusCode: 200, headers: [1] }],
  ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
  ['an object as the body', { statusCode: 200, body: { cents: 1 } }],
  ['a body that is not base64', { statusCode: 200, body: 'größe', isBase64Encoded: true }],
]) {
  test(`a result that HTTP can't carry is refused: ${what}`, () => {
    assert.throws(() => functionUrl.responseOf(result), { name: 'invalid_reply' });
  });
}

test('a result that HTTP can carry is not', () => {
  const { status, headers, body } = functionUrl.responseOf({ statusCode: 200, headers: { 'X-A': 'b\tc' }, cookies: [], body: null });
  assert.deepEqual([status, headers, body.length], [200, [['x-a', 'b\tc'], ['content-type', 'application/json']], 0]);
});
