#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs HAPI FHIR's JPA server on a free loopback port; prints its base URL. Fetched and built once, into the cache
# folder; with --fetch that is all it does. Exits with 77 and says why where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${RECEPTION_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-interop}/hapi-6.4.0
# shellcheck source=build-aux/fetch.sh
. "$here/../fetch.sh"

command -v java > /dev/null || skip 'no Java to run HAPI FHIR with'
command -v javac > /dev/null || skip 'no Java compiler to build the HAPI FHIR server with'
fetch_alone "$cache"
if [ ! -e "$cache/ready" ]
then
  command -v mvn > /dev/null || skip 'no Maven to fetch HAPI FHIR with'
  fetch 'HAPI FHIR' "$cache/fetch.log" mvn -B -q -f "$here/hapi/pom.xml" \
    -Dmaven.wagon.http.connectionTimeout=15000 -Dmaven.wagon.rto=60000 -Dmaven.wagon.http.retryHandler.count=2 \
    org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies "-DoutputDirectory=$cache/lib" \
    -DincludeScope=runtime
  touch "$cache/ready"
fi
exec 9>&-
[ "${1:-}" != --fetch ] || exit 0
mkdir -p "$cache/classes"
nice javac -d "$cache/classes" -cp "$cache/lib/*" "$here/hapi/src/main/java/HapiServer.java" >&2
exec nice java -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$cache/classes:$cache/lib/*" HapiServer
