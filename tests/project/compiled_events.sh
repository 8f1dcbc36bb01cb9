#!/usr/bin/env bash
# Shows that a program that links lambda_proc::compiled_events makes no table of AWS's structs itself:
# compiled_events.sh CXX SOURCE-OF-ANY_OF'S-TEST INCLUDE…
set -euo pipefail
cxx=$1 source=$2
shift 2

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
{
  printf '#include <lambda_proc/events.hpp>\n#include <lambda_proc/lambda_proc.hpp>\nusing namespace lambda_proc::events;\n'
  sed -n '/^using everything = /,/;$/p' "$source"
  printf 'int main() { return lambda_proc::run([](const everything& any) { return any.event.index(); }); }\n'
} >"$folder/every.cpp"
"$cxx" -std=c++20 -DLAMBDA_PROC_COMPILED -DLAMBDA_PROC_COMPILED_EVENTS "${@/#/-I}" -c "$folder/every.cpp" -o "$folder/every.o"
nm -C "$folder/every.o" >"$folder/names"
echo "needed of the library: $(grep -c ' U .*detail::table_for' "$folder/names") tables"
grep -q ' U .*detail::table_for' "$folder/names"
! grep -E 'detail::(table_of|rows_of)<' "$folder/names"
