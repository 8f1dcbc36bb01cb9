// SPDX-License-Identifier: MIT
// The front end for Lambda function URLs, and for API Gateway's HTTP APIs with payload 2.0.
//
// AWS Lambda Developer Guide, "Invoking Lambda function URLs", request and response payload format.

import { eventBody, grouped, logTime, objectOf, queryPairs } from './fields.js';
import { limits } from './invocations.js';
import { bodyBytes, cookiePairs, hasStatus, headerPairs, statusOf, withContentType } from './reply.js';

const JSON_TYPE = 'application/json';

export const functionUrl = {
  maxHeaderBytes: 10_240,
  ...limits,

  eventOf(incoming) {
    const { method, path, query, protocol, host, userAgent, sourceIp, requestId, time, body } = incoming;
    const headers = grouped(incoming.headers, (name) => name.toLowerCase());
    const cookies = headers.get('cookie')?.flatMap((value) => value.split(/;\s*/)).filter((cookie) => cookie !== '');
    headers.delete('cookie');
    const domainName = host.replace(/:\d+$/, '');
    return {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: query,
      ...(cookies && { cookies }),
      headers: objectOf(headers, (values) => values.join(',')),
      ...(query !== '' && { queryStringParameters: objectOf(grouped(queryPairs(query)), (values) => values.join(',')) }),
      requestContext: {
        accountId: 'anonymous',
        apiId: 'local',
        domainName,
        domainPrefix: domainName.split('.')[0],
        http: { method, path, protocol, sourceIp, ...(userAgent !== undefined && { userAgent }) },
        requestId,
        routeKey: '$default',
        stage: '$default',
        time: logTime(time),
        timeEpoch: time,
      },
      ...(body.length > 0 ? eventBody(incoming) : { isBase64Encoded: false }),
    };
  },

  /** The status and the headers of a streamed response. `head` is undefined if the handler sent none. */
  headOf(head = { statusCode: 200 }) {
    const headers = [...headerPairs(head.headers, 'headers'), ...cookiePairs(head.cookies)];
    return { status: statusOf(head), headers: withContentType(headers, 'application/octet-stream') };
  },

  responseOf(result) {
    // Any other result is itself the body of the response.
    if (!hasStatus(result)) {
      return { status: 200, headers: [['content-type', JSON_TYPE]], body: Buffer.from(JSON.stringify(result)) };
    }
    const headers = [...headerPairs(result.headers, 'headers'), ...cookiePairs(result.cookies)];
    return { status: statusOf(result), headers: withContentType(headers, JSON_TYPE), body: bodyBytes(result) };
  },
};
