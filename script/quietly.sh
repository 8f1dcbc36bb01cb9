# Sourced by the other scripts. quietly LOG COMMAND…: runs a command or function, writes its output to
# build/log/LOG.log, and shows the end of that file if it fails.
quietly() {
  local log=$PWD/build/log/$1.log status=0
  shift
  mkdir -p "${log%/*}"
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" -eq 0 ] && return
  tail -n 40 "$log" >&2
  printf '\nfailed with status %d: %s\nthe whole output: %s\n' "$status" "$*" "$log" >&2
  return "$status"
}
