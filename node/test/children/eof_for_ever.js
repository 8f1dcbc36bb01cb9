// SPDX-License-Identifier: MIT
// A child without ids that behaves like the Go package's at the end of its input.

import { writeSync } from 'node:fs';

let count = 0;
process.stdin.on('data', () => writeSync(1, `{"proc_req_id":${count++},"error":null,"data":${process.pid}}\n`));
process.stdin.on('end', () => {
  try {
    for (;;) writeSync(1, `{"proc_req_id":${count++},"error":"EOF","data":null}\n`);
  } catch {
    // Nothing is read any more.
  }
});
