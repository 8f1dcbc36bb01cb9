// SPDX-License-Identifier: MIT

import { LineFramer } from '../src/line_framer.js';
import assert from 'node:assert/strict';
import { test } from './support.js';

function linesOf(pieces, ...limit) {
  const lines = [];
  const framer = new LineFramer((line) => lines.push(line), ...limit);
  for (const piece of pieces) framer.push(piece);
  framer.end();
  return lines;
}

const text = 'one\n\nzwölf €\r\n𝄞\u2028\nlast';
const lines = text.split('\n');

test('the lines are the same wherever the stream is split in two', () => {
  for (let cut = 0; cut <= text.length; cut++) {
    assert.deepEqual(linesOf([text.slice(0, cut), text.slice(cut)]), lines);
  }
});

test('the lines are the same character by character', () => {
  assert.deepEqual(linesOf([...text]), lines);
});

test('a thousand lines in one piece are a thousand lines', () => {
  assert.deepEqual(linesOf(['line\n'.repeat(1000)]), Array(1000).fill('line'));
});

test('the end of the stream does not add an empty line', () => {
  assert.deepEqual(linesOf(['one\n']), ['one']);
  assert.deepEqual(linesOf([]), []);
});

test('a line without end is truncated, and the next line is complete', () => {
  assert.deepEqual(linesOf(['12345678', '12345678', '123\n', 'good\n'], 10), ['1234567812345678', '123', 'good']);
});

test('a line of 100,000 pieces is put together once', () => {
  const [line] = linesOf(Array(100_000).fill('sixteen letters.'));
  assert.equal(line, 'sixteen letters.'.repeat(100_000));
});
