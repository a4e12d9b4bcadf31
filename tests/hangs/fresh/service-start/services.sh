python3 tiles.py "${TMPDIR:-/tmp}/service.conf" &
echo "tiles started as $!"
exit 0
