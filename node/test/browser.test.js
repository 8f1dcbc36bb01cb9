// SPDX-License-Identifier: MIT
// The pages of the examples http_api and event_stream in a real browser, by way of lambda-proc serve. script/test --all runs it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openPage } from './chromium.js';
import { examples, serve, test } from './support.js';

const chromium = process.env.LAMBDA_PROC_CHROMIUM;
const withBrowser = { skip: chromium && examples ? false : 'LAMBDA_PROC_CHROMIUM and LAMBDA_PROC_EXAMPLES do not name a browser and examples' };

test('a person sees the events of a stream, one after the other', withBrowser, async (t) => {
  const { url } = await serve(t, [join(examples, 'event_stream'), '--native']);
  const page = await openPage(t, chromium);
  await page.open(`${url}/?from=3&pause=1`);
  const shown = await page.evaluate(`new Promise((resolve) => {
    const output = document.querySelector('output');
    const look = () => output.value.endsWith(' 0') && resolve(output.value);
    new MutationObserver(look).observe(output, { childList: true });
    look();
  })`);
  assert.equal(shown, ' 3 2 1 0');
});

for (const way of [[], ['--native']]) {
  test(`a person orders on the page, and sees the price${way.join('')}`, withBrowser, async (t) => {
    const { url } = await serve(t, [join(examples, 'http_api'), ...way]);
    const page = await openPage(t, chromium);
    await page.open(`${url}/`);
    assert.equal(await page.evaluate('document.title'), 'Orders');

    /** Fills in the form, submits it, and resolves with what the page then shows. */
    const order = (sku, count) =>
      page.evaluate(`new Promise((resolve) => {
        const form = document.querySelector('form');
        const output = document.querySelector('output');
        output.value = '';
        new MutationObserver(() => output.value !== '' && resolve(output.value)).observe(output, { childList: true });
        form.elements.sku.value = ${JSON.stringify(sku)};
        form.elements.count.value = ${JSON.stringify(count)};
        form.requestSubmit();
      })`);
    assert.equal(await order('A7', '3'), '3 × A7: 9.00');
    assert.equal(await order('<b>größe</b>', '1'), '1 × <b>größe</b>: 3.00');
    assert.equal(await page.evaluate(`document.querySelector('output b')`), null);
    await page.evaluate(`void (document.querySelector('form').noValidate = true)`);
    assert.match(await order('A7', '1.5'), /count: expected an unsigned integer, got 1\.5/);
  });
}
