#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/cpu-sampler.XXXXXX")
perl encode.pl "$work/out" &
encoder=$!
until [ -s "$work/out" ]; do sleep 0.05; done
./sampler.bin "$encoder" "$work/samples" &
sampler=$!
until [ -s "$work/samples" ]; do sleep 0.05; done
echo READY
wait "$encoder"
kill "$sampler"
sort "$work/samples" | uniq -c
