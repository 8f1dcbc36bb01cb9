// SPDX-License-Identifier: MIT
// Runs the packaged price example as a function on @vercel/fun's local Lambda: shows a failure, a crash, and the time
// for a start and an invocation, compared with a Node.js function that has the same program as its child.
//
//     node bootstrap.mjs BOOTSTRAP CRASHER        the packaged example price, and a program that crashes

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [bootstrap, crasher] = process.argv.slice(2);
if (!crasher) {
  console.error('usage: node bootstrap.mjs BOOTSTRAP CRASHER');
  process.exit(2);
}
const temporary = mkdtempSync(join(tmpdir(), 'lambda-proc-demo-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
process.env.XDG_CACHE_HOME = join(temporary, 'cache'); // It is read when the package is loaded.
const { createFunction } = (await import('@vercel/fun')).default;

const invocations = 10;
const order = { sku: 'A7', count: 3 };
const receipt = { sku: 'A7', cents: 900 };

/** A folder with this program as its bootstrap. */
function folderOf(name, program) {
  const folder = join(temporary, name);
  mkdirSync(folder);
  copyFileSync(program, join(folder, 'bootstrap'));
  chmodSync(join(folder, 'bootstrap'), 0o755);
  return folder;
}

const deploy = (folder, Runtime) =>
  createFunction({
    Code: { Directory: folder },
    Handler: 'index.handler',
    Runtime,
    Environment: { Variables: { LAMBDA_PROC_LOG: 'off' } },
  });

/** Ten invocations one by one: the first with the start of the process, and the median of the others, in ms. */
async function invoke(lambda) {
  const times = [];
  for (let i = 0; i < invocations; i++) {
    const started = performance.now();
    assert.deepEqual(await lambda(order), receipt);
    times.push(performance.now() - started);
  }
  await lambda.destroy();
  const [first, ...rest] = times;
  return [first, rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)]];
}

function row(name, times) {
  console.log(`${name.padEnd(28)}${times.map((ms) => `${ms.toFixed(2)} ms`.padStart(11)).join('')}`);
}

// A Node.js function whose module starts the same program.
const nodeFolder = folderOf('node', bootstrap);
writeFileSync(
  join(nodeFolder, 'index.js'),
  // Does not pass the context, because this local Lambda's deadlines are in 1970.
  `const handler = import('./lambda-proc/index.js').then((it) => it.createHandler(__dirname + '/bootstrap'));
   exports.handler = async (event) => (await handler)(event);`,
);
const packageFolder = fileURLToPath(new URL('..', import.meta.url));
for (const file of ['package.json', 'index.js', 'src']) {
  cpSync(join(packageFolder, file), join(nodeFolder, 'lambda-proc', file), { recursive: true });
}

const native = await deploy(folderOf('native', bootstrap), 'provided');
console.log(`${invocations} invocations of price, as a bootstrap on the local Lambda of @vercel/fun:\n`);
console.log(`${''.padEnd(28)}${'first'.padStart(11)}${'others'.padStart(11)}`);
row('native', await invoke(native));
row('child of Node.js', await invoke(await deploy(nodeFolder, 'nodejs')));

const failing = await deploy(folderOf('failing', bootstrap), 'provided');
const failure = await failing.invoke({ Payload: '{"sku":"A7","count":"3"}' });
await failing.destroy();

const crashing = await deploy(folderOf('crashing', crasher), 'provided');
const crash = await crashing.invoke({ Payload: '{"sku":"A7"}' });
await crashing.destroy();

console.log(`\na failure:  ${failure.Payload}\na crash:    ${crash.Payload}`);
