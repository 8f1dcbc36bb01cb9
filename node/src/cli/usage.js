// SPDX-License-Identifier: MIT
// What --help prints.

export const usage = `usage: lambda-proc invoke PROGRAM [EVENT] [OPTION...] [-- ARGUMENT...]

invoke sends EVENT to PROGRAM and prints the result. EVENT is JSON, a file with JSON, or - for stdin; without it, {}.
Results go to stdout, logs and failures to stderr. The status is 1 if a request failed.

  --lines               EVENT holds one JSON value a line, each a request; the results come in the same order
  --repeat N            sends everything N times and prints how long it took instead of the results
  --parallel N          keeps N requests in flight (default 1)
  --context JSON        members of the context, as JSON or a file with JSON

  --timeout SECONDS     how long a request may take (default 30)
  --env NAME=VALUE      a variable of the program's environment; may be given several times
  -- ARGUMENT...        the program's arguments
`;
