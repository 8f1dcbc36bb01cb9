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
const bytes = Buffer.from(text);
const lines = text.split('\n');

test('the lines are the same wherever the stream is split in two', () => {
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(linesOf([bytes.subarray(0, cut), bytes.subarray(cut)]), lines);
  }
});

test('the lines are the same byte by byte', () => {
  assert.deepEqual(linesOf([...bytes].map((byte) => Buffer.of(byte))), lines);
});

test('a thousand lines in one piece are a thousand lines', () => {
  assert.deepEqual(linesOf([Buffer.from('line\n'.repeat(1000))]), Array(1000).fill('line'));
});

test('the end of the stream does not add an empty line', () => {
  assert.deepEqual(linesOf([Buffer.from('one\n')]), ['one']);
  assert.deepEqual(linesOf([]), []);
});

test('a piece may be reused after push', () => {
  const piece = Buffer.from('ab');
  const lines = [];
  const framer = new LineFramer((line) => lines.push(line));
  framer.push(piece);
  piece.fill('x');
  framer.push(Buffer.from('c\n'));
  assert.deepEqual(lines, ['abc']);
});

test('a line without end is truncated, and the next line is complete', () => {
  const pieces = ['12345678', '12345678', '123\n', 'good\n'].map((piece) => Buffer.from(piece));
  assert.deepEqual(linesOf(pieces, 10), ['1234567812345678', '123', 'good']);
});

test('each byte of a line is copied at most three times, however long the line is', () => {
  const piece = Buffer.alloc(16 * 1024, 'x');
  const pieces = 513; // One more than a power of two: the worst case for doubling.
  let copied = 0;
  const copy = Buffer.prototype.copy;
  Buffer.prototype.copy = function (...into) {
    const bytes = copy.apply(this, into);
    copied += bytes;
    return bytes;
  };
  try {
    const framer = new LineFramer(() => {});
    for (let i = 0; i < pieces; i++) framer.push(piece);
    framer.end();
  } finally {
    Buffer.prototype.copy = copy;
  }
  assert.ok(copied >= pieces * piece.length, 'the count sees what is copied');
  assert.ok(copied <= 3 * pieces * piece.length, `${copied} bytes were copied of ${pieces * piece.length}`);
});
