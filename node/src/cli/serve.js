// SPDX-License-Identifier: MIT
// lambda-proc serve: an HTTP server that calls a program, as an AWS service calls a function.

import { constants } from 'node:os';
import { apiGatewayV1 } from '../http/api_gateway_v1.js';
import { functionUrl } from '../http/function_url.js';
import { loadBalancer, loadBalancerWithLists } from '../http/load_balancer.js';
import { Server } from '../http/server.js';
import { ProgramFile } from '../watch/program_file.js';
import { Replaceable } from '../watch/replaceable.js';
import { UsageError, wholeNumber } from './arguments.js';
import { invocationContext } from './invocation_context.js';
import { peakMemory } from './memory.js';
import { RequestLog } from './request_log.js';
import { programOf } from './start_program.js';
import { styleOf } from './style.js';

const options = {
  port: { type: 'string', default: '9000' },
  host: { type: 'string', default: '127.0.0.1' },
  payload: { type: 'string' },
  alb: { type: 'boolean', default: false },
  'multi-value': { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
};

/** Serves until a signal comes; resolves with the exit status. */
export async function serve(argv) {
  const program = programOf(argv, options);
  const { values, positionals, name, timeoutMs } = program;
  if (positionals.length > 0) throw new UsageError(`serve takes no event, but was given ${positionals[0]}`);
  const port = wholeNumber('port', values.port, [0, 65_535]);
  const frontEnd = frontEndOf(values);

  process.stdout.on('error', () => {}); // The reader of the log is gone, but clients are not.
  const log = new RequestLog({
    print: (line) => process.stdout.write(`${line}\n`),
    style: styleOf(process.stdout),
    memory: () => peakMemory(handler.stats().pid),
  });
  const note = (text) => log.note(text);
  const receivers = new Map(); // Those of replies that may be streamed, by the ids of their requests.
  const receiverOf = (requestId) => receivers.get(requestId);
  const start = (more) => program.start({ detached: true, log: (line) => log.line(line), note, receiverOf, ...more });
  const handler = values.watch ? watched(program.path, start, note) : start();
  const server = new Server({ frontEnd, log, invoke: invokeWith });

  async function invokeWith(event, { requestId, traceId, clientContext, receiver }) {
    const context = invocationContext(name, timeoutMs);
    if (receiver) receivers.set(requestId, receiver);
    try {
      return await handler.invoke(event, { ...context, awsRequestId: requestId, xRayTraceId: traceId, clientContext });
    } finally {
      receivers.delete(requestId);
    }
  }

  const asked = signalToEnd();
  try {
    const actual = await server.listen(port, values.host);
    const host = values.host.includes(':') ? `[${values.host}]` : values.host;
    console.log(`lambda-proc: ${name} answers at http://${host}:${actual}/ (Ctrl-C ends it)`);
  } catch (error) {
    await handler.close();
    throw new UsageError(`can't listen at ${values.host}, port ${port}: ${error.message}`);
  }
  const signal = await asked;
  await server.finish();
  await handler.close();
  return signal === 'SIGTERM' ? 0 : 128 + constants.signals[signal];
}

/** The front end for the AWS service that these options choose. */
function frontEndOf({ payload, alb, 'multi-value': multiValue }) {
  if (alb && payload !== undefined) throw new UsageError('--alb and --payload exclude each other');
  if (multiValue && !alb) throw new UsageError('--multi-value is for --alb');
  if (alb) return multiValue ? loadBalancerWithLists : loadBalancer;
  if (payload === '1.0') return apiGatewayV1;
  if (payload === undefined || payload === '2.0') return functionUrl;
  throw new UsageError(`--payload must be 1.0 or 2.0, not ${payload}`);
}

/** A handler whose process is replaced when its program has been rebuilt. */
function watched(path, start, note) {
  const handler = new Replaceable({ start, note, onBusy: () => file.forget() });
  const file = new ProgramFile(path, () => handler.replace());
  return handler;
}

/** Resolves with the first signal that asks this program to end. A second one does not wait for requests in flight. */
function signalToEnd() {
  return new Promise((resolve) => {
    let wasAsked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (wasAsked) process.exit(128 + constants.signals[signal]); // Exiting kills the child.
        wasAsked = true;
        resolve(signal);
      });
    }
  });
}
