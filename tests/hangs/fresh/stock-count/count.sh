#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/stock-count.XXXXXX")
python3 schema.py "$work/stock.db"
python3 heartbeat.py "$work/stock.db" "$work/alive" &
until [ -e "$work/alive" ]; do sleep 0.05; done
printf 'hammer;12\nnails;4000\nsaw;7\n' >"$work/counts.csv"
echo READY
python3 import_counts.py "$work/stock.db" "$work/counts.csv"
echo "counts imported"
