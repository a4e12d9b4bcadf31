#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/photos.XXXXXX")
card=$work/card
album=$work/album
mkdir "$card" "$album"

for n in $(seq -w 1 12); do
  echo "raw $n" >"$card/IMG_$n.jpg"
done
echo "raw 7, edited" >"$album/IMG_07.jpg"

import_card() {
  ls "$card"/*.jpg >"$work/list"
  xargs -a "$work/list" -P 3 -n 1 mv -i -t "$album"
}

echo READY
import_card
echo "$(ls "$album" | wc -l) photos imported"
rm -r "$work"
