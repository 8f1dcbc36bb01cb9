// SPDX-License-Identifier: MIT
// The front end for API Gateway's HTTP APIs with payload 1.0, whose event is that of a REST API, too.
//
// API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway", payload format version
// 1.0; "Lambda proxy integrations in API Gateway", output format.

import { eventBody, grouped, logTime, objectOf, queryPairs } from './fields.js';
import { limits } from './invocations.js';
import { bodyBytes, hasStatus, headerPairs, invalidReply, statusOf, withContentType } from './reply.js';

const last = (values) => values.at(-1);
const all = (values) => values;

/** { single, multiple }: the last value and all values of each name. Both are null if there are no names. */
function bothOf(groups) {
  if (groups.size === 0) return { single: null, multiple: null };
  return { single: objectOf(groups, last), multiple: objectOf(groups, all) };
}

export const apiGatewayV1 = {
  maxHeaderBytes: 10_240,
  ...limits,

  eventOf(incoming) {
    const { method, path, query, protocol, host, userAgent, sourceIp, requestId, time, body } = incoming;
    const headers = bothOf(grouped(incoming.headers));
    const parameters = bothOf(grouped(queryPairs(query)));
    const domainName = host.replace(/:\d+$/, '');
    return {
      version: '1.0',
      resource: '$default',
      path,
      httpMethod: method,
      headers: headers.single,
      multiValueHeaders: headers.multiple,
      queryStringParameters: parameters.single,
      multiValueQueryStringParameters: parameters.multiple,
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        accountId: 'anonymous',
        apiId: 'local',
        domainName,
        domainPrefix: domainName.split('.')[0],
        extendedRequestId: requestId,
        httpMethod: method,
        identity: {
          accessKey: null, accountId: null, caller: null, cognitoAuthenticationProvider: null, cognitoAuthenticationType: null,
          cognitoIdentityId: null, cognitoIdentityPoolId: null, principalOrgId: null, sourceIp, user: null,
          userAgent: userAgent ?? null, userArn: null,
        },
        path,
        protocol,
        requestId,
        requestTime: logTime(time),
        requestTimeEpoch: time,
        resourceId: null,
        resourcePath: '$default',
        stage: '$default',
      },
      ...(body.length > 0 ? eventBody(incoming) : { body: null, isBase64Encoded: false }),
    };
  },

  responseOf(result) {
    if (!hasStatus(result)) throw invalidReply('with payload 1.0 the result must be an object with statusCode');
    const single = headerPairs(result.headers, 'headers');
    const several = headerPairs(result.multiValueHeaders, 'multiValueHeaders', { several: true });
    // If a name is in both, the list wins.
    const names = new Set(several.map(([name]) => name));
    const headers = [...single.filter(([name]) => !names.has(name)), ...several];
    return { status: statusOf(result), headers: withContentType(headers, 'application/json'), body: bodyBytes(result) };
  },
};
