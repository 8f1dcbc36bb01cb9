// SPDX-License-Identifier: MIT
// lambda-proc serve as API Gateway with payload 1.0, and as a load balancer.

import assert from 'node:assert/strict';
import { apiGatewayV1 } from '../src/http/api_gateway_v1.js';
import { loadBalancer, loadBalancerWithLists } from '../src/http/load_balancer.js';
import { cli, exchange, reply, run, serveHttp, test } from './support.js';

test('--payload 1.0: a request is an event with the last and with all values', () => {
  const event = apiGatewayV1.eventOf(incoming());
  assert.deepEqual([event.version, event.resource, event.path, event.httpMethod], ['1.0', '$default', '/items/A%207', 'POST']);
  assert.deepEqual(event.headers, { Host: 'shop.example', 'X-Tag': '2', Cookie: 'a=1' });
  assert.deepEqual(event.multiValueHeaders, { Host: ['shop.example'], 'X-Tag': ['1', '2'], Cookie: ['a=1'] });
  assert.deepEqual(event.queryStringParameters, { tag: 'hävy', flag: '' });
  assert.deepEqual(event.multiValueQueryStringParameters, { tag: ['blue', 'hävy'], flag: [''] });
  assert.deepEqual([event.pathParameters, event.stageVariables], [null, null]);
  assert.deepEqual([event.body, event.isBase64Encoded], ['{}', false]);
  const { identity, requestTime, requestId, stage } = event.requestContext;
  assert.deepEqual([identity.sourceIp, requestTime, requestId, stage], ['203.0.113.7', '29/Feb/2024:23:59:59 +0000', 'r-1', '$default']);
  const bare = apiGatewayV1.eventOf({ ...incoming(), query: '', body: Buffer.alloc(0) });
  assert.deepEqual([bare.queryStringParameters, bare.multiValueQueryStringParameters, bare.body], [null, null, null]);
});

test('--alb: a request is an event whose query is as it was sent', () => {
  const event = loadBalancer.eventOf(incoming());
  assert.match(event.requestContext.elb.targetGroupArn, /^arn:aws:elasticloadbalancing:/);
  assert.deepEqual(event.queryStringParameters, { tag: 'h%C3%A4vy', flag: '' });
  assert.deepEqual(event.headers, { host: 'shop.example', 'x-tag': '2', cookie: 'a=1' });
  assert.deepEqual([event.multiValueHeaders, event.body], [undefined, '{}']);
  const lists = loadBalancerWithLists.eventOf({ ...incoming(), body: Buffer.alloc(0) });
  assert.deepEqual(lists.multiValueQueryStringParameters, { tag: ['blue', 'h%C3%A4vy'], flag: [''] });
  assert.deepEqual(lists.multiValueHeaders['x-tag'], ['1', '2']);
  assert.deepEqual([lists.headers, lists.queryStringParameters, lists.body], [undefined, undefined, '']);
});

function incoming() {
  return {
    method: 'POST', path: '/items/A%207', query: 'tag=blue&tag=h%C3%A4vy&flag', protocol: 'HTTP/1.1', host: 'shop.example:80',
    sourceIp: '203.0.113.7', headers: [['Host', 'shop.example'], ['X-Tag', '1'], ['X-Tag', '2'], ['Cookie', 'a=1']],
    contentType: 'application/json', body: Buffer.from('{}'), requestId: 'r-1', time: Date.UTC(2024, 1, 29, 23, 59, 59),
  };
}

test('--payload 1.0: a response has headers with one and with several values', async (t) => {
  const { url } = await serveHttp(t, '--payload', '1.0');
  const response = await reply(url, {
    statusCode: 201,
    headers: { 'x-a': '1', 'X-B': 'lost' },
    multiValueHeaders: { 'x-b': ['2', '3'], 'Set-Cookie': ['a=1', 'b=2'] },
    body: 'AP8=',
    isBase64Encoded: true,
  });
  assert.deepEqual([response.status, response.headers.get('x-a'), response.headers.get('x-b')], [201, '1', '2, 3']);
  assert.equal(response.headers.get('set-cookie'), 'a=1, b=2');
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [0, 255]);
});

test('--alb: a response has the reason that the handler gives', async (t) => {
  const { port } = await serveHttp(t, '--alb');
  const result = JSON.stringify({ statusCode: 404, statusDescription: '404 No such item', headers: { 'x-a': '1' }, body: 'no' });
  const answer = await exchange(
    port,
    `POST /reply HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${result.length}\r\n\r\n${result}`,
  );
  assert.match(answer, /^HTTP\/1\.1 404 No such item\r\n/);
  assert.match(answer, /\r\nx-a: 1\r\n/);
});

for (const words of [['--payload', '1.0'], ['--alb'], ['--alb', '--multi-value']]) {
  test(`serve ${words.join(' ')}: a result without statusCode is 502, and so is a failure`, async (t) => {
    const { url } = await serveHttp(t, ...words);
    for (const [path, type] of [['/', 'invalid_reply'], ['/fail', 'sold_out']]) {
      const response = await fetch(url + path);
      assert.deepEqual([response.status, (await response.json()).errorType], [502, type]);
    }
  });
}

for (const [what, frontEnd, result] of [
  ['a list among single values', apiGatewayV1, { statusCode: 200, headers: { a: ['1'] } }],
  ['a text among lists', apiGatewayV1, { statusCode: 200, multiValueHeaders: { a: '1' } }],
  ['a line break in a list', apiGatewayV1, { statusCode: 200, multiValueHeaders: { a: ['1', '2\r\nb: 3'] } }],
  ['a line break in a reason', loadBalancer, { statusCode: 200, statusDescription: '200 OK\r\nb: 3' }],
  ['a line break in a header', loadBalancer, { statusCode: 200, headers: { a: '2\nb: 3' } }],
  ['a text among lists for a load balancer', loadBalancerWithLists, { statusCode: 200, multiValueHeaders: { a: '1' } }],
]) {
  test(`a result that HTTP can't carry is refused: ${what}`, () => {
    assert.throws(() => frontEnd.responseOf(result), { name: 'invalid_reply' });
  });
}

test('--alb: more than 1 MB is 413', async (t) => {
  const { url } = await serveHttp(t, '--alb');
  const response = await fetch(url, { method: 'POST', body: Buffer.alloc(1_048_577) });
  assert.equal(response.status, 413);
  await response.arrayBuffer();
});

for (const [words, sentence] of [
  [['--payload', '3.0'], /--payload must be 1\.0 or 2\.0, not 3\.0/],
  [['--payload', '1.0', '--alb'], /exclude each other/],
  [['--multi-value'], /--multi-value is for --alb/],
  [['--port', '65536'], /--port must be a whole number from 0 to 65535/],
  [['{}'], /serve takes no event/],
]) {
  test(`serve ${words.join(' ')} is refused with a sentence and status 2`, async () => {
    const { stderr, status } = await run(cli('serve', process.execPath, ...words));
    assert.match(stderr, sentence);
    assert.equal(status, 2);
  });
}
