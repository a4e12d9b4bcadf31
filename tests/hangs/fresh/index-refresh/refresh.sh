#!/usr/bin/env bash
set -u
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/index.XXXXXX")
echo "1;blue chair" >"$work/items"

update_items() {
  exec 9>"$work/index.lck"
  flock 9
  echo "$1" >>"$work/items"
  if [ ! -e "$work/watch.pid" ]; then
    bash pricewatch.sh "$work" &
    echo $! >"$work/watch.pid"
  fi
  exec 9>&-
}

update_items "2;green table"
echo READY
update_items "3;lamp"
echo "$(wc -l <"$work/items") items"
