#!/usr/bin/env bash
# Shows that a program whose checks of simdjson differ from those of the compiled libraries does not link:
# compiled_checks.sh CXX SOURCE INCLUDE…
set -euo pipefail
cxx=$1 source=$2
shift 2

# The functions that the program needs of those libraries.
needs() {
  "$cxx" -std=c++20 -DLAMBDA_PROC_COMPILED -DLAMBDA_PROC_COMPILED_EVENTS \
    "-DSIMDJSON_DEVELOPMENT_CHECKS=$1" "${includes[@]}" -c "$source" -o "$object"
  nm --undefined-only "$object" | awk '/lambda_proc/ { print $2 }' | sort
}

object=$(mktemp)
trap 'rm "$object"' EXIT
includes=("${@/#/-I}")
checked=$(needs 1)
unchecked=$(needs 0)
echo "needed: $(wc -l <<<"$unchecked") functions, in both: $(comm -12 <(echo "$checked") <(echo "$unchecked") | wc -l)"
[ "$(wc -l <<<"$checked")" = "$(wc -l <<<"$unchecked")" ]
[ -n "$unchecked" ] && [ -z "$(comm -12 <(echo "$checked") <(echo "$unchecked"))" ]
