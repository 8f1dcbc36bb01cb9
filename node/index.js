// SPDX-License-Identifier: MIT
// The public names of the package; index.d.ts describes them.

import { HandlerProcess } from './src/handler_process.js';

export { HandlerProcess };

/** A Lambda handler that a native child process answers. */
export function createHandler(command, options) {
  const handlerProcess = new HandlerProcess(command, { leaveOnSigterm: true, ...options });
  const handler = (event, context) => handlerProcess.invoke(event, context);
  return Object.assign(handler, { process: handlerProcess });
}
