echo READY
until [ -e "${TMPDIR:-/tmp}/service.ready" ]; do
  sleep 0.2
done
echo running tests
