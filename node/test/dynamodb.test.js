// SPDX-License-Identifier: MIT
// From Node.js through the child to DynamoDB and back. dynalite, on loopback, stands in for DynamoDB.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { examples, rejection, start, test, withExamples } from './support.js';

const program = examples && join(examples, 'dynamodb_get_item');
const withProgram =
  program && !existsSync(program) ? { skip: 'dynamodb_get_item was not built: no libcurl' } : withExamples;

async function startDatabase(t) {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => new Promise((resolve) => server.close(resolve)));

  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const call = async (operation, body) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
        connection: 'close',
      },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
  return { server, endpoint, call };
}

test('items are returned through Node.js and the child, over one connection', withProgram, async (t) => {
  const { server, endpoint, call } = await startDatabase(t);
  await call('CreateTable', {
    TableName: 'mytest',
    AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  for (let status; status !== 'ACTIVE'; ) status = (await call('DescribeTable', { TableName: 'mytest' })).Table.TableStatus;
  await call('PutItem', { TableName: 'mytest', Item: { Id: { S: 'test' }, Value: { S: 'somevalue' } } });

  let connections = 0;
  server.on('connection', () => (connections += 1));
  const { handler } = start(t, [program], {
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
  });
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(await handler.invoke({ Id: 'test' }), { Id: { S: 'test' }, Value: { S: 'somevalue' } });
  }
  assert.equal(await handler.invoke({ Id: 'nobody "quoted"' }), null);
  assert.equal(connections, 1);

  await call('DeleteTable', { TableName: 'mytest' });
  const error = await rejection(handler.invoke({ Id: 'test' }));
  assert.equal(error.name, 'ResourceNotFoundException');
});

test('without a region the child says what is missing', withProgram, async (t) => {
  const { handler, log } = start(t, [program], { env: {} });
  assert.match((await rejection(handler.invoke({ Id: 'test' }))).message, /exited with status 2/);
  assert.ok(log.some((line) => line.includes('AWS_REGION')), log.join('\n'));
});
