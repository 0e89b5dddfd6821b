#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs Medplum's FHIR router over a repository in memory on a free loopback port; prints its base URL. Installed once,
# into the cache folder; with --fetch that is all it does. Exits with 77 and says why where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${RECEPTION_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-interop}/medplum-4.5.2
# shellcheck source=build-aux/fetch.sh
. "$here/../fetch.sh"

command -v node > /dev/null || skip 'no Node to run Medplum with'
fetch_alone "$cache"
if [ ! -e "$cache/ready" ]
then
  command -v npm > /dev/null || skip 'no npm to fetch Medplum with'
  cp "$here/medplum/package.json" "$cache/"
  fetch 'Medplum' "$cache/fetch.log" npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund \
    --fetch-timeout=60000 --fetch-retries=2
  touch "$cache/ready"
fi
exec 9>&-
[ "${1:-}" != --fetch ] || exit 0
exec nice node "$here/../../tests/interop/medplum-server.mjs" "$cache"
