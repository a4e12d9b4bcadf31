pause=1
until test -f service.pid; do
  sleep "$pause"
  pause=$((pause * 60))
done
echo "service is there"
