#!/bin/sh
# Copies the uploaded files, then dumps the database that names them.
set -eu

echo "backup: locking the files"
exec flock --close "$DEPLOY_DIR/files.lock" sh copy_files.sh
