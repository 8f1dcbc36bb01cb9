// SPDX-License-Identifier: MIT
// The Lambda function: all of it is in the native program. In a zip, dynamodb_stream lies beside this file.

import { createHandler } from 'lambda-proc';

export const handler = createHandler(process.env.DYNAMODB_STREAM ?? new URL('dynamodb_stream', import.meta.url));
