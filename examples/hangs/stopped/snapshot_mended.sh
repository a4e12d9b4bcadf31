cat /dev/zero >/dev/null &
writer=$!
kill -STOP "$writer"
echo "snapshot taken"
kill -TERM "$writer"
kill -CONT "$writer"
wait "$writer"
echo "writer ended"
