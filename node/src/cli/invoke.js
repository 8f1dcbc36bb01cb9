// SPDX-License-Identifier: MIT
// lambda-proc invoke: events in, results out.

import { constants } from 'node:os';
import { UsageError, wholeNumber } from './arguments.js';
import { eventLines, jsonArgument, oneEvent } from './events.js';
import { failureText } from './failure_text.js';
import { inOrder } from './in_order.js';
import { invocationContext } from './invocation_context.js';
import { Latencies, spelled } from './latencies.js';
import { Progress } from './progress.js';
import { programOf } from './start_program.js';
import { styleOf } from './style.js';

const options = {
  lines: { type: 'boolean', default: false },
  repeat: { type: 'string', default: '1' },
  parallel: { type: 'string', default: '1' },
  context: { type: 'string', default: '{}' },
};

const MOST = 1_000_000_000;

export async function invoke(argv) {
  const program = programOf(argv, options);
  const { values, positionals } = program;
  if (positionals.length > 1) throw new UsageError(`one EVENT, not also ${positionals[1]} (JSON needs quotes in a shell)`);
  const repeat = wholeNumber('repeat', values.repeat, [1, MOST]);
  const parallel = wholeNumber('parallel', values.parallel, [1, MOST]);
  const members = jsonArgument(values.context);
  if (typeof members !== 'object' || members === null || Array.isArray(members)) {
    throw new UsageError(`--context must be an object, not ${values.context}`);
  }
  const events = values.lines ? eventLines(positionals[0]) : [{ value: await oneEvent(positionals[0]) }];

  leaveAtOnceOnSignals();
  const contextOf = () => ({ ...invocationContext(program.name, program.timeoutMs), ...members });
  const calls = { ...program, parallel, contextOf };
  return repeat === 1 ? printResults(calls, events) : measure(calls, events, repeat);
}

/** A signal ends the program at once: the results of requests in flight are not wanted any more. */
function leaveAtOnceOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + constants.signals[signal])); // Exiting kills the child.
  }
  process.stdout.on('error', () => process.exit(1)); // The reader of the results is gone.
}

async function printResults({ start, parallel, contextOf }, events) {
  const { red } = styleOf(process.stderr);
  const handler = start({ note });
  let status = 0;
  await inOrder(events, parallel, {
    start: async ({ number, value, fault }) => {
      try {
        if (fault !== undefined) throw Object.assign(new Error(fault), { name: 'not JSON' });
        return { number, reply: await handler.invoke(value, contextOf()) };
      } catch (error) {
        return { number, error };
      }
    },
    take: ({ number, reply, error }) => {
      if (error === undefined) {
        process.stdout.write(`${JSON.stringify(reply, null, process.stdout.isTTY ? 2 : 0)}\n`);
        return;
      }
      status = 1;
      process.stderr.write(`${red(`${number === undefined ? '' : `line ${number}: `}${failureText(error)}`)}\n`);
    },
  });
  await handler.close();
  return status;
}

async function measure({ start, parallel, contextOf }, events, repeat) {
  const all = [];
  for await (const { number, value, fault } of events) {
    if (fault !== undefined) throw new UsageError(`line ${number} is not JSON: ${fault}`);
    all.push(value);
  }
  if (all.length === 0) throw new UsageError('there are no events');

  const { red } = styleOf(process.stderr);
  const progress = new Progress(process.stderr, repeat * all.length);
  const print = (line) => {
    progress.clear();
    process.stderr.write(`${line}\n`);
  };
  const handler = start({ log: print, note: (text, subject) => note(text, subject, print) });
  const latencies = new Latencies();
  let failures = 0;

  async function once(value) {
    const started = performance.now();
    try {
      await handler.invoke(value, contextOf());
    } catch (error) {
      failures += 1;
      if (failures === 1) print(red(failureText(error)));
    }
    latencies.add(performance.now() - started);
    progress.step();
  }

  const started = performance.now();
  await inOrder(repeated(all, repeat), parallel, { start: once, take: () => {} });
  const ms = performance.now() - started;
  progress.clear();
  await handler.close();
  console.log(`${repeat * all.length} requests in ${spelled(ms)}, ${failures} failed: ${latencies.summary()}`);
  return failures > 0 ? 1 : 0;
}

function* repeated(all, times) {
  for (let i = 0; i < times; i++) yield* all;
}

/** The end of the child is not printed here: the failure of its request says how it ended. */
function note(text, subject, print = console.error) {
  if (subject === 'skipped') print(`lambda-proc: ${text}`);
}
