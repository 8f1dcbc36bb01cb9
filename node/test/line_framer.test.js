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

test('the lines are the same wherever the stream is cut in two', () => {
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

test('the end of the stream makes no empty line', () => {
  assert.deepEqual(linesOf([Buffer.from('one\n')]), ['one']);
  assert.deepEqual(linesOf([]), []);
});

test('a piece may be used again once it was taken', () => {
  const piece = Buffer.from('ab');
  const lines = [];
  const framer = new LineFramer((line) => lines.push(line));
  framer.push(piece);
  piece.fill('x');
  framer.push(Buffer.from('c\n'));
  assert.deepEqual(lines, ['abc']);
});

test('a line without end is cut, and what follows its newline is whole', () => {
  const pieces = ['12345678', '12345678', '123\n', 'good\n'].map((piece) => Buffer.from(piece));
  assert.deepEqual(linesOf(pieces, 10), ['1234567812345678', '123', 'good']);
});

test('time grows with the length of a line, not with its square', () => {
  const piece = Buffer.alloc(16 * 1024, 'x');
  const milliseconds = (megabytes) => {
    const framer = new LineFramer(() => {});
    const started = performance.now();
    for (let i = 0; i < megabytes * 64; i++) framer.push(piece);
    framer.end();
    return performance.now() - started;
  };
  const best = (megabytes) => Math.min(...Array.from({ length: 5 }, () => milliseconds(megabytes)));
  best(2); // Warming up.
  const ratio = best(32) / best(2);
  assert.ok(ratio < 80, `16 times the length took ${ratio.toFixed(1)} times as long; squared would be 256`);
});
