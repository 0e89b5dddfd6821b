#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs HAPI FHIR's JPA server on a free loopback port; prints its base URL. Built once, into the cache folder.
# Exits with 77 and says why where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${RECEPTION_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-interop}/hapi-6.4.0

skip ()
{
  echo "skip: $1"
  exit 77
}

command -v java > /dev/null || skip 'no Java to run HAPI FHIR with'
command -v javac > /dev/null || skip 'no Java compiler to build the HAPI FHIR server with'
mkdir -p "$cache"
if [ ! -e "$cache/ready" ]
then
  command -v mvn > /dev/null || skip 'no Maven to fetch HAPI FHIR with'
  nice mvn -B -q -f "$here/hapi/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$cache/lib" \
    -DincludeScope=runtime < /dev/null > "$cache/fetch.log" 2>&1 || skip 'HAPI FHIR could not be fetched from Maven Central'
  touch "$cache/ready"
fi
mkdir -p "$cache/classes"
javac -d "$cache/classes" -cp "$cache/lib/*" "$here/hapi/src/main/java/HapiServer.java" >&2
exec nice java -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$cache/classes:$cache/lib/*" HapiServer
