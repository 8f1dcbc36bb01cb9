// Compiled by tsc, never run: valid code is accepted, and invalid code is rejected.

import { createHandler, HandlerProcess, type Context, type Handler, type Stats } from 'lambda-proc';

interface Order {
  sku: string;
  count: number;
}

interface Receipt {
  cents: number;
}

export const untyped = createHandler('./price');

export const handler: Handler<Order, Receipt> = createHandler<Order, Receipt>(new URL('file:///var/task/price'), {
  args: ['--fast'],
  cwd: '/tmp',
  env: { PATH: '/bin', UNSET: undefined },
  failures: 'envelope',
  deadlineMarginMs: 200,
  restartLimit: 3,
  restartPauseMs: 50,
  graceMs: 500,
  leaveOnSigterm: false,
  detached: true,
  note: (text: string, subject: 'ended' | 'skipped') => `${subject}: ${text}`,
  log: (line: string) => line.length,
});

export async function use(price: HandlerProcess<Order, Receipt>, context: Context): Promise<number> {
  const { cents } = await price.invoke({ sku: 'A7', count: 3 }, context);
  await price.invoke({ sku: 'A7', count: 3 });
  await price.invoke({ sku: 'A7', count: 3 }, { awsRequestId: 'x', getRemainingTimeInMillis: () => 30_000 });
  const stats: Stats = price.stats();
  const pid: number | null = handler.process.stats().pid;
  await price.close();
  return cents + stats.requests + stats.failures + stats.restarts + stats.inFlight + (pid ?? 0);
}

export async function misuse(price: HandlerProcess<Order, Receipt>): Promise<void> {
  // @ts-expect-error: a command is needed
  createHandler();
  // @ts-expect-error: there is no such mode
  createHandler('./price', { failures: 'ignore' });
  // @ts-expect-error: no option has this name
  createHandler('./price', { timeout: 3 });
  // @ts-expect-error: not an Order
  await price.invoke({ sku: 'A7' });
  // @ts-expect-error: stats is a method that returns a snapshot
  price.stats.requests;
}
