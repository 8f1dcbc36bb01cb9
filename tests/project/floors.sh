#!/usr/bin/env bash
# Checks that an include that goes up is refused, with an error that names both headers: floors.sh SOURCE-DIRECTORY
set -euo pipefail
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$1/include" "$1/single_include" "$1/script" "$copy"
echo '#include <lambda_proc/process/run.hpp>' >>"$copy/include/lambda_proc/core/failure.hpp"
if said=$("$copy/script/amalgamate.py" --check 2>&1); then
  echo 'amalgamate.py --check accepts core/failure.hpp including process/run.hpp' >&2
  exit 1
fi
printf '%s\n' "$said"
[[ $said == *lambda_proc/core/failure.hpp*lambda_proc/process/run.hpp* ]]
