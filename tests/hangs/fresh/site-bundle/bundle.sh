#!/usr/bin/env bash
set -eu
out=$1
log=$out/bundle.log
: >"$log"

pack() {
  for page in "$out"/pages/*.html; do
    echo "adding ${page##*/}"
    cat "$page" >>"$out/site.tar"
  done >>"$log"
  echo "bundle complete" >>"$log"
}

tail -n +1 -f "$log" &
pack &
echo READY
wait
echo "$(wc -c <"$out/site.tar") bytes"
