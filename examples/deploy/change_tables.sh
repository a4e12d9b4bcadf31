#!/bin/sh
# Holds db.lock. Opening a FIFO waits for the other side, so from here on the backup holds files.lock.
set -eu
echo "tables" >"$DEPLOY_DIR/migration-began"
read -r _ <"$DEPLOY_DIR/backup-began"

echo "migrate: tables changed, locking the files"
flock "$DEPLOY_DIR/files.lock" true
echo "migrate: files moved"
