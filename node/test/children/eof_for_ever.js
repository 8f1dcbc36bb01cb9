// SPDX-License-Identifier: MIT
// A child without ids that behaves at the end of its input as the Go package's does.

import { writeSync } from 'node:fs';

let count = 0;
process.stdin.on('data', () => writeSync(1, `{"proc_req_id":${count++},"error":null,"data":${process.pid}}\n`));
process.stdin.on('end', () => {
  try {
    for (;;) writeSync(1, `{"proc_req_id":${count++},"error":"EOF","data":null}\n`);
  } catch {
    // Nobody reads any more.
  }
});
