// SPDX-License-Identifier: MIT
// lambda-proc invoke, as a shell runs it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  cli, cliOnTerminal, crasher, examples, isAlive, run, test, until, withCrasher, withExamples, withTerminal,
} from './support.js';

const node = process.execPath;
const obedient = ['--', fileURLToPath(new URL('children/obedient.js', import.meta.url))];
const flooding = fileURLToPath(new URL('children/flooding.sh', import.meta.url));

/** Runs `invoke` with the obedient child. */
function invoke(...args) {
  return run(cli('invoke', node, ...args, ...obedient));
}

function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-proc-invoke-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('invoke: prints the result on one line, and nothing else', async () => {
  assert.deepEqual(await invoke('{"a":[1,"größe"]}'), { stdout: '{"a":[1,"größe"]}\n', stderr: '', status: 0, signal: null });
});

test('invoke: the C++ example prices an order', withExamples, async () => {
  const { stdout, status } = await run(cli('invoke', join(examples, 'price'), '{"sku":"A7","count":3}'));
  assert.deepEqual([stdout, status], ['{"sku":"A7","cents":900}\n', 0]);
});

test('invoke: a failure is told on stderr with its type and path, and the status is 1', withExamples, async () => {
  const { stdout, stderr, status } = await run(cli('invoke', join(examples, 'price'), '{"sku":"A7","count":"3"}'));
  assert.deepEqual(
    [stdout, stderr, status],
    ['', 'invalid_event: event.count: expected an unsigned integer, got "3"\n', 1],
  );
});

test('invoke: the event may be a file, or stdin, or nothing', async (t) => {
  const file = join(temporaryFolder(t), 'event.json');
  writeFileSync(file, '\uFEFF{"from":\n"a file"}');
  assert.equal((await invoke(file)).stdout, '{"from":"a file"}\n');
  assert.equal((await run(cli('invoke', node, '-', ...obedient), { input: '[\n1]' })).stdout, '[1]\n');
  assert.equal((await invoke()).stdout, '{}\n');
});

test('invoke: on a terminal the result is pretty, and a failure is red', withTerminal, async () => {
  const { stdout } = await run(cliOnTerminal('invoke', node, '{"a":1}', ...obedient));
  assert.equal(stdout, '{\r\n  "a": 1\r\n}\r\n');
  const failed = await run(cliOnTerminal('invoke', node, '{"fail":{"type":"sold_out","message":"no A7 left"}}', ...obedient));
  assert.equal(failed.stdout, '\x1b[31msold_out: no A7 left\x1b[0m\r\n');
  assert.equal(failed.status, 1);
});

test('invoke: --lines sends each line, answers in order, and goes on after a failure and a bad line', async () => {
  const input = '1\n\n{"fail":{"type":"sold_out","message":"no"}}\r\nnonsense\n{"n":5}';
  const { stdout, stderr, status } = await run(cli('invoke', node, '-', '--lines', '--parallel', '3', ...obedient), { input });
  assert.equal(stdout, '1\n{"n":5}\n');
  assert.match(stderr, /^line 3: sold_out: no\nline 4: not JSON: .*\n$/);
  assert.equal(status, 1);
});

test('invoke: --parallel keeps so many in flight, and results keep the order of the events', async () => {
  // The first one alone: it shows that the child echoes ids.
  const input = '{"n":0}\n{"hold":true,"n":1}\n{"hold":true,"n":2}\n{"release":"last first","n":3}\n';
  const { stdout } = await run(cli('invoke', node, '-', '--lines', '--parallel', '3', ...obedient), { input });
  assert.deepEqual(stdout.trim().split('\n').map((line) => JSON.parse(line).n), [0, 1, 2, 3]);
});

test('invoke: with --lines a crash costs one request', async () => {
  const input = '1\n{"kill":"SIGKILL"}\n3\n';
  const { stdout, stderr, status } = await run(cli('invoke', node, '-', '--lines', ...obedient), { input });
  assert.equal(stdout, '1\n3\n');
  assert.match(stderr, /^line 2: child_exited: .* was killed by SIGKILL and gave no answer\n$/);
  assert.equal(status, 1);
});

test('invoke: a reader that goes away ends it without a word', async () => {
  const input = '"x"\n'.repeat(10_000);
  const [command, args] = cli('invoke', node, '-', '--lines', ...obedient);
  const words = [command, ...args].map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = await run(['sh', ['-c', `${words} | head -n 1`]], { input });
  assert.deepEqual([stdout, stderr], ['"x"\n', '']);
});

test('invoke: --repeat tells the times instead of the results', async () => {
  const { stdout, stderr, status } = await invoke('{"a":1}', '--repeat', '50', '--parallel', '5');
  assert.match(stdout, /^50 requests in \S+ \S+, 0 failed: first \S+ \S+, p50 \S+ \S+, p99 \S+ \S+, max \S+ \S+\n$/);
  assert.deepEqual([stderr, status], ['', 0]);
  const failed = await invoke('{"fail":{"type":"sold_out","message":"no"}}', '--repeat', '5');
  assert.match(failed.stdout, /^5 requests in .*, 5 failed: /);
  assert.deepEqual([failed.stderr, failed.status], ['sold_out: no\n', 1]);
});

test('invoke: --repeat draws a bar on a terminal and takes it away', withTerminal, async () => {
  const { stdout } = await run(cliOnTerminal('invoke', node, '1', '--repeat', '20', ...obedient));
  assert.match(stdout, /\r\[#{20}\.{20}\] 50 % of 20/);
  assert.match(stdout, /\r\x1b\[K20 requests in .*\r\n$/);
});

test('invoke: --context adds members to what Lambda would say, and --env variables', async () => {
  const { stdout } = await invoke('{"tell":"request"}', '--context', '{"tenantId":"t1","functionName":"shop"}');
  const { context } = JSON.parse(stdout);
  assert.deepEqual([context.tenantId, context.functionName, context.functionVersion], ['t1', 'shop', '$LATEST']);
  assert.match(context.awsRequestId, /^[\da-f-]{36}$/);
  assert.equal(typeof context.deadlineMs, 'number');
  const { env } = JSON.parse((await invoke('{"tell":"environment"}', '--env', 'COLOUR=a=b', '--env', 'EMPTY=')).stdout);
  assert.deepEqual([env.COLOUR, env.EMPTY], ['a=b', '']);
});

for (const [what, args, sentence] of [
  ['no program', ['invoke'], /a PROGRAM is needed/],
  ['a program that is not there', ['invoke', './nothing', '1'], /\.\/nothing does not exist/],
  ['a folder', ['invoke', './', '1'], /\.\/ is not a file/],
  ['a file that is no program', ['invoke', fileURLToPath(import.meta.url), '1'], /is not executable/],
  ['a name that PATH does not know', ['invoke', 'lambda-proc-nothing', '1'], /PATH has no program lambda-proc-nothing/],
  ['neither JSON nor a file', ['invoke', node, '{sku:1}'], /\{sku:1\} is neither JSON \(.*\) nor a file/],
  ['a second event', ['invoke', node, '1', '2'], /one EVENT, not also 2/],
  ['an unknown option', ['invoke', node, '--fast'], /'--fast'/],
  ['an unknown command', ['call'], /there is no command call/],
  ['a number that is none', ['invoke', node, '1', '--repeat', '0'], /--repeat must be a whole number from 1/],
  ['a time that is none', ['invoke', node, '1', '--timeout', '1e3'], /--timeout must be a number of seconds/],
  ['a context that is no object', ['invoke', node, '1', '--context', '[1]'], /--context must be an object/],
  ['an assignment that is none', ['invoke', node, '1', '--env', 'A'], /--env must be NAME=VALUE/],
]) {
  test(`invoke: ${what} is refused with a sentence and status 2`, async () => {
    const { stdout, stderr, status } = await run(cli(...args));
    assert.match(stderr, sentence);
    assert.match(stderr, /^lambda-proc: [^\n]*\n$/);
    assert.deepEqual([stdout, status], ['', 2]);
  });
}

test('--help shows the commands, --version the version', async () => {
  const help = await run(cli('--help'));
  assert.match(help.stdout, /usage: lambda-proc invoke PROGRAM/);
  assert.equal(help.status, 0);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url)));
  assert.equal((await run(cli('--version'))).stdout, `${version}\n`);
});

// What can go wrong in the handler

test('invoke: what the handler prints is told on stderr, and the result is the result', async () => {
  const { stdout, stderr, status } = await invoke('{"print":"hello\\n","log":"a record\\n"}');
  assert.match(stdout, /^\{"print".*\}\n$/);
  assert.match(stderr, /^lambda-proc: skipped a line that is not a reply: hello$/m);
  assert.match(stderr, /^a record$/m);
  assert.equal(status, 0);
});

test('invoke: a crash is told by its signal', async () => {
  const { stdout, stderr, status } = await invoke('{"kill":"SIGSEGV"}');
  assert.match(stderr, /^child_exited: .* was killed by SIGSEGV and gave no answer\n$/);
  assert.deepEqual([stdout, status], ['', 1]);
});

test('invoke: a crash in C++ is told by its reply', withCrasher, async () => {
  const { stdout, stderr, status } = await run(cli('invoke', crasher, '{"task":"null"}'));
  assert.match(stderr, /^crash: the process crashed: SIGSEGV at address 0x0$/m);
  assert.deepEqual([stdout, status], ['', 1]);
});

test('invoke: exiting with 0 and no answer is a failure, and the program is not started twice', async (t) => {
  const starts = join(temporaryFolder(t), 'starts');
  const { stdout, stderr, status } = await run(cli('invoke', '/bin/sh', '1', '--', '-c', `echo one >>'${starts}'; read -r line`));
  assert.equal(stderr, 'child_exited: /bin/sh exited with status 0 and gave no answer\n');
  assert.deepEqual([stdout, status], ['', 1]);
  assert.equal(readFileSync(starts, 'utf8'), 'one\n');
});

test('invoke: a handler that hangs is given up at the time limit, and killed', async () => {
  const { stdout, stderr, status } = await run(
    cli('invoke', '/bin/sh', '1', '--timeout', '0.2', '--', '-c', 'echo "pid $$" >&2; read -r line; while :; do read -r line || sleep 1; done'),
  );
  assert.match(stderr, /^timed_out: no reply from \/bin\/sh after 200 ms$/m);
  assert.deepEqual([stdout, status], ['', 1]);
  const pid = /^pid (\d+)$/m.exec(stderr)?.[1];
  if (pid) await until(() => !isAlive(Number(pid)));
});

test('invoke: a flood on stderr passes, and the result comes', async () => {
  const lines = 'a record of some length, again and again\n'.repeat(50_000);
  const { stdout, stderr, status } = await run(cli('invoke', node, '-', ...obedient), { input: JSON.stringify({ log: lines }) });
  assert.equal(stderr, lines);
  assert.deepEqual([JSON.parse(stdout).log, status], [lines, 0]);
});

test('invoke: a flood on stderr without end does not hold up the time limit', async () => {
  const { stdout, stderr, status } = await run(cli('invoke', '/bin/sh', '1', '--timeout', '0.5', '--', flooding));
  assert.match(stderr, /^timed_out: no reply from \/bin\/sh after 500 ms$/m);
  assert.deepEqual([stdout, status], ['', 1]);
  const pid = /^pid (\d+)$/m.exec(stderr)?.[1];
  if (pid) await until(() => !isAlive(Number(pid)));
});

for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  test(`invoke: ${signal} ends it and the child, whatever is in flight`, async () => {
    const [command, args] = cli('invoke', '/bin/sh', '1', '--', '-c', 'trap "" INT TERM; echo "$$" >&2; while :; do read -r line || sleep 1; done');
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const pid = Number(await new Promise((resolve) => child.stderr.setEncoding('utf8').once('data', resolve)));
    child.kill(signal);
    assert.equal(await ended, status);
    await until(() => !isAlive(pid));
  });
}
