#!/bin/sh
# Runs the tests of a folder in shards, one for each slot of GNU parallel, and reports on all of them as one run:
#     sh run_shards.sh FOLDER [SHARDS]
# With parallel --sshlogin the shards run on other machines; the sessions must then be on a disk that they share.
set -u
folder=$1
shards=${2:-4}
sessions=.prekill/shards-$$

seq "$shards" | parallel --will-cite --jobs "$shards" \
  prekill run --quiet --timeout "${TIMEOUT:-2m}" --jobs 1 --shard "{}/$shards" --session-dir "$sessions/{}" "$folder"

prekill report --format junit "$sessions"/* >junit.xml
prekill report "$sessions"/*
