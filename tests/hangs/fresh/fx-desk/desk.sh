#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/fx-desk.XXXXXX")
python3 quotes.py "$work/port" &
until [ -s "$work/port" ]; do sleep 0.05; done
port=$(cat "$work/port")
[ -z "${HANG_FACTS:-}" ] || echo "port=$port" >>"$HANG_FACTS"
java -Xmx64m -XX:+UseSerialGC -XX:-UsePerfData -cp . Desk "$port"
kill %1
