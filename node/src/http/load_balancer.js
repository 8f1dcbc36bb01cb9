// SPDX-License-Identifier: MIT
// The front end for an Application Load Balancer that has a function as its target.
//
// User Guide for Application Load Balancers, "Use Lambda functions as targets of an Application Load Balancer".

import { eventBody, grouped, objectOf, rawQueryPairs } from './fields.js';
import { bodyBytes, hasStatus, headerPairs, invalidReply, statusOf } from './reply.js';

const TARGET_GROUP = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/local/0000000000000000';

/** `several`: the target group has multi-value headers turned on. Events and results then have the lists alone. */
function frontEndWith({ several }) {
  const valueOf = several ? (values) => values : (values) => values.at(-1);
  const parametersName = several ? 'multiValueQueryStringParameters' : 'queryStringParameters';
  const headersName = several ? 'multiValueHeaders' : 'headers';
  return {
    maxHeaderBytes: 65_536,
    maxRequestBytes: 1_048_576,
    maxReplyBytes: 1_048_576,

    eventOf(incoming) {
      const { method, path, query, body } = incoming;
      return {
        requestContext: { elb: { targetGroupArn: TARGET_GROUP } },
        httpMethod: method,
        path,
        [parametersName]: objectOf(grouped(rawQueryPairs(query)), valueOf),
        [headersName]: objectOf(grouped(incoming.headers, (name) => name.toLowerCase()), valueOf),
        ...(body.length > 0 ? eventBody(incoming) : { body: '', isBase64Encoded: false }),
      };
    },

    responseOf(result) {
      if (!hasStatus(result)) throw invalidReply('for a load balancer the result must be an object with statusCode');
      const status = statusOf(result);
      const headers = headerPairs(result[headersName], headersName, { several });
      return { status, reason: reasonOf(status, result.statusDescription), headers, body: bodyBytes(result) };
    },
  };
}

/** The reason phrase of a description such as "404 No such item". Undefined means the standard phrase. */
function reasonOf(status, description) {
  if (description === undefined || description === null) return undefined;
  const reason = String(description).startsWith(`${status} `) ? description.slice(4) : String(description);
  if (!/^[\t\x20-\x7e]*$/.test(reason)) throw invalidReply(`HTTP can't carry statusDescription ${JSON.stringify(description)}`);
  return reason;
}

export const loadBalancer = frontEndWith({ several: false });
export const loadBalancerWithLists = frontEndWith({ several: true });
