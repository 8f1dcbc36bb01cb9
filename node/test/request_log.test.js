// SPDX-License-Identifier: MIT

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { percentile, spelled } from '../src/cli/latencies.js';
import { RequestLog } from '../src/cli/request_log.js';
import { styleOf } from '../src/cli/style.js';
import { test, until } from './support.js';

function startLog(options) {
  const printed = [];
  const log = new RequestLog({ print: (line) => printed.push(line), style: styleOf({}), memory: () => 1.25, ...options });
  const end = (requestId, url) => log.end({ requestId, method: 'GET', url, status: 200, ms: 1 });
  return { log, end, printed };
}

const turn = () => new Promise(setImmediate);

test('lines of the child stand below the request whose id they have, whichever ends first', async () => {
  const { log, end, printed } = startLog();
  const [a, b] = [randomUUID(), randomUUID()];
  log.begin(a);
  log.begin(b);
  log.line(`INFO ${b} of b`);
  log.line(`INFO ${a} of a`);
  log.line('of neither');
  end(b, '/b');
  await turn();
  log.line('of a, which is alone');
  end(a, '/a');
  await turn();
  assert.deepEqual(printed, [
    '    of neither',
    'GET /b 200 1.00 ms 1.3 MB',
    `    INFO ${b} of b`,
    'GET /a 200 1.00 ms 1.3 MB',
    `    INFO ${a} of a`,
    '    of a, which is alone',
  ]);
});

test('lines that come with the reply still belong to its request', async () => {
  const { log, end, printed } = startLog();
  const id = randomUUID();
  log.begin(id);
  end(id, '/');
  log.line('just in time');
  await turn();
  log.line(`INFO ${id} too late`);
  assert.deepEqual(printed, ['GET / 200 1.00 ms 1.3 MB', '    just in time', `    INFO ${id} too late`]);
});

test('a request that takes long shows its lines before it ends, and a flood is not kept', async () => {
  const { log, printed } = startLog({ patienceMs: 1 });
  log.begin(randomUUID());
  log.line('still at work');
  await until(() => printed.includes('    still at work'));
  const patient = startLog();
  patient.log.begin(randomUUID());
  for (let i = 0; i < 2000; i++) patient.log.line(String(i));
  assert.ok(patient.printed.length >= 1000);
});

test('durations have three digits that count, and a percentile is one of the values', () => {
  assert.deepEqual([0.0314, 0.999, 2.1, 999, 1250].map(spelled), ['31.4 µs', '999 µs', '2.10 ms', '999 ms', '1.25 s']);
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  assert.deepEqual([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.5)], [50, 99, 7]);
});
