// SPDX-License-Identifier: MIT
// The Lambda function. All of its code is in the native program dynamodb_stream, which is beside this file in a zip.

import { createHandler } from 'lambda-proc';

export const handler = createHandler(process.env.DYNAMODB_STREAM ?? new URL('dynamodb_stream', import.meta.url));
