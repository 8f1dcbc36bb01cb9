// SPDX-License-Identifier: MIT

import { Deadlines } from '../src/deadlines.js';
import assert from 'node:assert/strict';
import { test } from './support.js';

/** A clock that the test controls. It supports one timer, which is all that Deadlines uses. */
class TestClock {
  time = 0;
  #timer;

  now = () => this.time;
  setTimeout = (callback, ms) => (this.#timer = { callback, rings: this.time + ms });
  clearTimeout = (timer) => {
    if (this.#timer === timer) this.#timer = undefined;
  };

  /** Advances the time. A timer that is due by then fires late, as on a busy machine. */
  jumpTo(time) {
    this.time = time;
    while (this.#timer?.rings <= time) {
      const { callback } = this.#timer;
      this.#timer = undefined;
      callback();
    }
  }
}

/** Deadlines of requests that are known by their names. */
function watched(onLate = () => {}) {
  const clock = new TestClock();
  const late = [];
  const requests = new Map();
  const remove = (name) => {
    deadlines.remove(requests.get(name));
    requests.delete(name);
  };
  const report = ({ name }) => {
    late.push(name);
    remove(name);
    onLate(remove);
  };
  const deadlines = new Deadlines(() => requests.values(), report, clock);
  const add = (name, ms) => {
    requests.set(name, { name });
    deadlines.add(requests.get(name), ms);
  };
  return { clock, late, add, remove };
}

test('a request is late when its deadline has passed, whatever the order of the requests', () => {
  const { clock, late, add } = watched();
  add('third', 60);
  add('first', 5);
  add('second', 30);
  for (const [time, expected] of [[4, 0], [5, 1], [29, 1], [30, 2], [59, 2], [60, 3], [1000, 3]]) {
    clock.jumpTo(time);
    assert.deepEqual(late, ['first', 'second', 'third'].slice(0, expected), `at ${time}`);
  }
});

test('requests that are late at the same time are reported in the order of their deadlines', () => {
  const { clock, late, add } = watched();
  add('third', 60);
  add('first', 5);
  add('second', 30);
  clock.jumpTo(1000);
  assert.deepEqual(late, ['first', 'second', 'third']);
});

test('a request that was answered is not late, and does not hide another', () => {
  const { clock, late, add, remove } = watched();
  add('answered', 5);
  add('slow', 20);
  remove('answered');
  clock.jumpTo(19);
  assert.deepEqual(late, []);
  clock.jumpTo(20);
  assert.deepEqual(late, ['slow']);
});

test('a request that is removed while another is reported is not late', () => {
  const { clock, late, add } = watched((remove) => late.length === 1 && remove('second'));
  add('first', 5);
  add('second', 6);
  clock.jumpTo(10);
  assert.deepEqual(late, ['first']);
});

test('a fraction of a millisecond is not dropped', () => {
  const { clock, late, add } = watched();
  add('request', 20.5);
  clock.jumpTo(20.4);
  assert.deepEqual(late, []);
  clock.jumpTo(21);
  assert.deepEqual(late, ['request']);
});

test('a deadline beyond the longest timer is waited for', () => {
  const { clock, late, add } = watched();
  add('far', 2 ** 32);
  clock.jumpTo(2 ** 31);
  assert.deepEqual(late, []);
  clock.jumpTo(2 ** 32);
  assert.deepEqual(late, ['far']);
});
