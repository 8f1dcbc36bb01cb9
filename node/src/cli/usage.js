// SPDX-License-Identifier: MIT
// What --help prints.

export const usage = `usage: lambda-proc invoke PROGRAM [EVENT] [OPTION...] [-- ARGUMENT...]
       lambda-proc serve PROGRAM [OPTION...] [-- ARGUMENT...]

invoke sends EVENT to PROGRAM and prints the result. EVENT is JSON, a file with JSON, or - for stdin; without it, {}.
Results go to stdout, logs and failures to stderr. The status is 1 if a request failed.

  --lines               EVENT holds one JSON value a line, each a request; the results come in the same order
  --repeat N            sends everything N times and prints how long it took instead of the results
  --parallel N          keeps N requests in flight (default 1)
  --context JSON        members of the context, as JSON or a file with JSON

serve answers HTTP as a Lambda function URL does, and POST /2015-03-31/functions/NAME/invocations as Lambda's API does.

  --port N              default 9000; 0 picks a free one
  --host ADDRESS        default 127.0.0.1, which only this machine can reach
  --payload 1.0         events and responses as of API Gateway's payload 1.0 (default 2.0, a function URL's)
  --alb                 as of an Application Load Balancer; with --multi-value, of one with multi-value headers
  --watch               replaces the program when it was built again; no request is lost by that

Both commands:

  --native              starts PROGRAM as the bootstrap of a native function, and calls it by Lambda's runtime API
  --timeout SECONDS     how long a request may take (default 30)
  --env NAME=VALUE      a variable of the program's environment; may be given several times
  -- ARGUMENT...        the program's arguments
`;
