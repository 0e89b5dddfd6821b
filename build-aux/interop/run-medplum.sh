#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs Medplum's FHIR router over a repository in memory on a free loopback port; prints its base URL. Installed once,
# into the cache folder. Exits with 77 and says why where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${RECEPTION_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-interop}/medplum-4.5.2

skip ()
{
  echo "skip: $1"
  exit 77
}

command -v node > /dev/null || skip 'no Node to run Medplum with'
if [ ! -e "$cache/ready" ]
then
  command -v npm > /dev/null || skip 'no npm to fetch Medplum with'
  mkdir -p "$cache"
  cp "$here/medplum/package.json" "$cache/"
  (cd "$cache" && nice npm install --ignore-scripts --no-audit --no-fund < /dev/null > fetch.log 2>&1) \
    || skip 'Medplum could not be fetched from npm'
  touch "$cache/ready"
fi
exec nice node "$here/../../tests/interop/medplum-server.mjs" "$cache"
