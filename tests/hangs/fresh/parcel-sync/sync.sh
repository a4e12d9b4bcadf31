#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")"
export SYNC_DIR=$(mktemp -d "${TMPDIR:-/tmp}/parcel-sync.XXXXXX")
mkfifo "$SYNC_DIR/parcels" "$SYNC_DIR/receipts"
bash depot.sh &
depot=$!
echo READY
bash courier.sh
wait "$depot"
cat "$SYNC_DIR/delivered"
