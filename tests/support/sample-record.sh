#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sample-record.sh DATABASE ARGUMENT...: has at DATABASE what "reception-practice --database DATABASE ARGUMENT..." would have made of
# the sample clinic. The same clinic serves sixty tests: it is made once for each build of the program and copied for each of them.
# Only for a fixed --date: without one the clinic is another at each moment.
set -eu

database=$1
shift
folder=$RECEPTION_SAMPLES
mkdir -p "$folder"
key=$(printf '%s\n' "${TZ-}" "$(stat -c '%Y %s' "$RECEPTION_PRACTICE")" "$@" | sha256sum | cut -c 1-16)
sample=$folder/$key.db
(
  flock 9
  if [ ! -e "$sample" ]; then
    rm -f "$folder"/*.new*
    "$RECEPTION_PRACTICE" --database "$sample.new" "$@" >/dev/null
    mv "$sample.new" "$sample"
  fi
) 9>"$folder/lock"
cp "$sample" "$database"
