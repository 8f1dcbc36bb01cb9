// SPDX-License-Identifier: MIT
// What Lambda would say of an invocation and of the function.

import { randomUUID } from 'node:crypto';

/** Lambda's default. */
const MEMORY_MB = 128;

/** A context that HandlerProcess takes, for one invocation of the function `name`. */
export function invocationContext(name, timeoutMs) {
  return {
    awsRequestId: randomUUID(),
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: String(MEMORY_MB),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: '$LATEST',
    getRemainingTimeInMillis: () => timeoutMs,
  };
}

/** The environment variables by which Lambda describes a function to its program. */
export function functionEnvironment(name) {
  return {
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MEMORY_MB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '$LATEST',
  };
}
