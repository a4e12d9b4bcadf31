cat /dev/zero >/dev/null &
writer=$!
kill -STOP "$writer"
echo "snapshot taken"
kill -TERM "$writer"
wait "$writer"
echo "writer ended"
