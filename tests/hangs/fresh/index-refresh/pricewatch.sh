#!/usr/bin/env bash
set -u
work=$1
while [ -d "$work" ]; do
  wc -l <"$work/items" >"$work/count"
  sleep 30
done
