#!/usr/bin/env bash
set -eu

deliver() {
  exec 4>"$SYNC_DIR/receipts" 3<"$SYNC_DIR/parcels"
  while read -r number <&3; do
    echo "$number delivered" >&4
  done
}

deliver
