looks=0
until test -f service.pid; do
  looks=$((looks + 1))
  if [ "$looks" -gt 10 ]; then
    echo "service did not start" >&2
    exit 1
  fi
  sleep 0.1
done
echo "service is there"
