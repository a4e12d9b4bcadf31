sleep 1000 &
echo "services started"
