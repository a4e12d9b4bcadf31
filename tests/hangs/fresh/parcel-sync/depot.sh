#!/usr/bin/env bash
set -eu

send_parcels() {
  exec 3>"$SYNC_DIR/parcels" 4<"$SYNC_DIR/receipts"
  for number in 1001 1002 1003; do
    echo "$number" >&3
    read -r receipt <&4
    echo "$receipt" >>"$SYNC_DIR/delivered"
  done
  exec 3>&-
}

send_parcels
