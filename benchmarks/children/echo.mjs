// An echo as a Node.js programmer writes it.
import { createInterface } from 'node:readline';

let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { event } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ proc_req_id: count++, error: null, data: event })}\n`);
}
