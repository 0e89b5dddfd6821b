# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How suites interop and platforms fetch what they need: with time-outs, tried twice, and told apart from what is our
# own fault.

# The tests are skipped, by name and reason: the package cannot be had here.
skip ()
{
  echo "skip: $1"
  exit 77
}

# What Maven, npm and apt write when the network says no.
fetch_no='Could not transfer|Could not find artifact|Unknown host|No route to host|[Cc]onnection (refused|reset|timed out)'
fetch_no="$fetch_no|[Rr]ead timed out|Network is unreachable|status code: (403|407|429|5..)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT"
fetch_no="$fetch_no|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|code E(401|403|404|407|429|5..)"
fetch_no="$fetch_no|Temporary failure resolving|Could not resolve|Failed to fetch|Unable to connect"
# Seconds for the first and the second try.
fetch_limits='300 180'

# fetch_alone FOLDER: of two that would fetch into FOLDER the second waits, and finds it done.
fetch_alone ()
{
  mkdir -p "$1"
  exec 9> "$1/lock"
  flock 9
}

# fetch NAME LOG COMMAND...: runs COMMAND. A network that says no twice is a reason to skip; all else is a failure.
fetch ()
{
  fetch_name=$1
  fetch_log=$2
  shift 2
  for seconds in $fetch_limits
  do
    fetch_status=0
    nice timeout -k 10 "$seconds" "$@" < /dev/null > "$fetch_log" 2>&1 9>&- || fetch_status=$?
    [ "$fetch_status" -ne 0 ] || return 0
    sleep 2
  done
  if [ "$fetch_status" -eq 124 ] || grep -Eq "$fetch_no" "$fetch_log"
  then
    skip "$fetch_name could not be fetched: the network says no"
  fi
  cat "$fetch_log" >&2
  echo "$fetch_name could not be fetched, and the network is not to blame" >&2
  exit 1
}
