sleep 1000 >/dev/null 2>&1 &
service=$!
echo "services started"
kill "$service"
