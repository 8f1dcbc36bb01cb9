// SPDX-License-Identifier: MIT
// A headless Chromium, driven by the DevTools protocol over its pipe: messages of JSON, each with a NUL behind it.

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A page of a browser that ends with the test: `open(url)`, and `evaluate(expression)` for a promise of its value. */
export async function openPage(t, chromium) {
  const profile = mkdtempSync(join(tmpdir(), 'lambda-proc-chromium-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking'];
  const browser = spawn(chromium, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => browser.on('close', resolve));
  t.after(async () => {
    sessionId = undefined;
    setTimeout(() => browser.kill('SIGKILL'), 60_000).unref();
    await send('Browser.close').catch(() => {}); // Killed, it would leave processes that still write to its profile.
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  });

  const [, , , commands, answers] = browser.stdio;
  const waiting = new Map();
  const listeners = new Map();
  let rest = '';
  let lastId = 0;
  commands.on('error', () => {});
  answers.setEncoding('utf8').on('data', (piece) => {
    const messages = (rest + piece).split('\0');
    rest = messages.pop();
    for (const { id, method, error, result } of messages.map((message) => JSON.parse(message))) {
      listeners.get(method)?.();
      const request = waiting.get(id);
      waiting.delete(id);
      if (error) request?.reject(new Error(error.message));
      else request?.resolve(result);
    }
  });
  ended.then(() => waiting.forEach(({ reject }) => reject(new Error('the browser has ended'))));

  let sessionId;
  function send(method, params = {}) {
    lastId += 1;
    commands.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => waiting.set(lastId, { resolve, reject }));
  }

  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  ({ sessionId } = await send('Target.attachToTarget', { targetId, flatten: true }));
  await send('Page.enable');
  return {
    async open(url) {
      const loaded = new Promise((resolve) => listeners.set('Page.loadEventFired', resolve));
      await send('Page.navigate', { url });
      await loaded;
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  };
}
