// SPDX-License-Identifier: MIT
// Measures what this package costs, compared with code by hand and the same child: JSON.stringify, one write for each
// request, JSON.parse and a map of promises.
//
//     node benchmark.mjs ./echo [argument …]
//
// The child must answer each request with its event. Exits with 1 if a budget is missed or an answer is wrong.
//
// For the first table all processes run on one processor. Waking a process on another processor takes several times as
// long as what is measured there, and how often it happens depends on the scheduler. The second table is about that.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { HandlerProcess } from './index.js';

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error('usage: node benchmark.mjs COMMAND [ARGUMENT …]    a child that answers with its event');
  process.exit(2);
}

/** Binds this process and the children that it starts from now on to these processors. */
function bind(processors) {
  execFileSync('taskset', ['-acp', processors, String(process.pid)]);
}

let processors;
try {
  [processors] = /Cpus_allowed_list:\s+(\S+)/.exec(readFileSync('/proc/self/status', 'utf8')).slice(1);
  bind(/^\d+/.exec(processors)[0]);
} catch (error) {
  console.error(`not bound to one processor, so expect noise: ${error.message}`);
}

const context = {
  awsRequestId: '8f507cfc-xmpl-4697-b07a-ac58fc914c95',
  functionName: 'price',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:price',
  memoryLimitInMB: '512',
  logGroupName: '/aws/lambda/price',
  logStreamName: '2026/01/01/[$LATEST]e6f4a0c4241adcd70c262d34c0bbc85c',
  getRemainingTimeInMillis: () => 30_000,
};

const line = { sku: 'A7-0042', count: 3, price: 12.5, tags: ['blue', 'größe 42'], note: null };
const cases = [
  {
    name: '1 MB',
    inFlight: 1,
    event: { lines: Array(Math.ceil(1_000_000 / JSON.stringify(line).length)).fill(line) },
    requests: 10,
    rounds: 15,
    budget: 0.85,
  },
  ...[1, 8, 64, 512].map((inFlight) => ({
    name: 'small',
    inFlight,
    event: line,
    requests: Math.max(200, 4 * inFlight),
    rounds: 75,
    budget: 0.95,
  })),
];

/** Any number of requests, but no deadlines, and a child that never dies. */
function byHand() {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  let count = 0;
  let start = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    const lines = piece.split('\n');
    lines[0] = start + lines[0];
    start = lines.pop();
    for (const line of lines) {
      const { id, error, data } = JSON.parse(line);
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === null) resolve(data);
      else reject(new Error(error));
    }
  });
  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        const id = String(count++);
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, event, context })}\n`);
      }),
    close: () => child.stdin.end(),
  };
}

function throughThePackage(env) {
  const handlerProcess = new HandlerProcess(command, { args, env });
  return {
    invoke: (event) => handlerProcess.invoke(event, context),
    close: () => handlerProcess.close(),
    pid: () => handlerProcess.stats().pid,
  };
}

/** The time for a request, in µs, if each answer is followed by the next request. */
async function measure({ invoke }, { event, inFlight, requests }) {
  let left = requests;
  async function oneAfterAnother() {
    while (left-- > 0) await invoke(event);
  }
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, oneAfterAnother));
  return ((performance.now() - start) * 1000) / requests;
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const contenders = { hand: byHand(), ours: throughThePackage() };

console.log('request  in flight    by hand    package    requests a second, of those by hand');
for (const row of cases) {
  for (const contender of Object.values(contenders)) {
    assert.deepEqual(await contender.invoke(row.event), row.event, 'a fast wrong answer is no answer');
  }
  // Measured in turn and compared within a round, because the speed of a machine changes over time.
  const samples = { hand: [], ours: [], ratio: [] };
  for (let round = -2; round < row.rounds; round++) {
    const order = round % 2 === 0 ? ['hand', 'ours'] : ['ours', 'hand'];
    const time = {};
    for (const who of order) time[who] = await measure(contenders[who], row);
    if (round < 0) continue; // Warming up.
    samples.hand.push(time.hand);
    samples.ours.push(time.ours);
    samples.ratio.push(time.hand / time.ours);
  }
  const ratio = median(samples.ratio);
  const verdict = ratio >= row.budget ? 'ok' : 'MISSED';
  if (verdict !== 'ok') process.exitCode = 1;
  const micros = (values) => `${median(values).toFixed(1)} µs`.padStart(11);
  console.log(
    `${row.name.padEnd(7)}${String(row.inFlight).padStart(11)}${micros(samples.hand)}${micros(samples.ours)}` +
      `    ${ratio.toFixed(2)} ×, at least ${row.budget}: ${verdict}`,
  );
}

for (const contender of Object.values(contenders)) await contender.close();

/** The processor time that a process has used so far, in µs. */
function processorTime(pid) {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
}

/** One request at a time with several processors: a child that polls for the next request, and one that sleeps. */
async function measureWakeUp() {
  bind(processors);
  const children = {
    sleeps: throughThePackage({ ...process.env, LAMBDA_PROC_BUSY_POLL: '0' }),
    polls: throughThePackage(),
  };
  const numbers = () => ({ time: [], parent: [], child: [] });
  const samples = { sleeps: numbers(), polls: numbers() };
  const ratios = [];
  for (let round = -2; round < 75; round++) {
    const order = round % 2 === 0 ? ['sleeps', 'polls'] : ['polls', 'sleeps'];
    const time = {};
    for (const who of order) {
      const child = children[who];
      assert.deepEqual(await child.invoke(line), line);
      const before = { parent: process.cpuUsage(), child: processorTime(child.pid()) };
      time[who] = await measure(child, line, 200);
      if (round < 0) continue;
      const { user, system } = process.cpuUsage(before.parent);
      samples[who].time.push(time[who]);
      samples[who].parent.push((user + system) / 200);
      samples[who].child.push((processorTime(child.pid()) - before.child) / 200);
    }
    if (round >= 0) ratios.push(time.polls / time.sleeps);
  }
  const ratio = median(ratios);
  const verdict = ratio <= 0.3 ? 'ok' : 'EXCEEDED';
  if (verdict !== 'ok') process.exitCode = 1;
  console.log(`\nThe same with processors ${processors}, and the processor time of both ends:\n`);
  console.log('child        small     parent      child');
  for (const [who, { time, parent, child }] of Object.entries(samples)) {
    const micros = (values) => `${median(values).toFixed(1)} µs`.padStart(11);
    console.log(`${who.padEnd(7)}${micros(time)}${micros(parent)}${micros(child)}`);
  }
  console.log(`ratio${ratio.toFixed(2).padStart(11)}    ≤ 0.3 ×: ${verdict}`);
  for (const child of Object.values(children)) await child.close();
}

if (/[-,]/.test(processors ?? '')) await measureWakeUp();
