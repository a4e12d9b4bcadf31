#!/bin/sh
# Releases a shop: migrates its database while a backup is taken. The two scripts take the same two locks in opposite
# order, and so each waits for the other for ever.
set -eu
cd "$(dirname "$0")"

DEPLOY_DIR=$(mktemp -d "${TMPDIR:-/tmp}/deploy.XXXXXX")
export DEPLOY_DIR
trap 'rm -rf "$DEPLOY_DIR"' EXIT
trap 'exit 143' HUP INT TERM
# What each script tells the other: that it has its first lock.
mkfifo "$DEPLOY_DIR/migration-began" "$DEPLOY_DIR/backup-began"

echo "release: migrating while the backup runs"
sh migrate.sh &
sh backup.sh &
wait
echo "release: done"
