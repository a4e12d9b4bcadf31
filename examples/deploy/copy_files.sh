#!/bin/sh
# Holds files.lock. Opening a FIFO waits for the other side, so from here on the migration holds db.lock.
set -eu
read -r _ <"$DEPLOY_DIR/migration-began"
echo "files" >"$DEPLOY_DIR/backup-began"

echo "backup: files copied, locking the database"
flock "$DEPLOY_DIR/db.lock" true
echo "backup: database dumped"
