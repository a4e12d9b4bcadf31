#!/bin/sh
# Changes the tables, then moves the uploaded files that belong to them.
set -eu

echo "migrate: locking the database"
exec flock --close "$DEPLOY_DIR/db.lock" sh change_tables.sh
