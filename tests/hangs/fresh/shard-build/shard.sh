#!/usr/bin/env bash
set -u
number=$1 dir=$2
started=$(date +%s)
perl index.pl "$number" "$dir"
status=$?
echo "shard $number: status $status after $(($(date +%s) - started)) s"
exit "$status"
