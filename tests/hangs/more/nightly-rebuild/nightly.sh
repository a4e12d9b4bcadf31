lock=${TMPDIR:-/tmp}/nightly.lock
rebuild() { flock "$lock" echo rebuilt; }
exec 9>"$lock"
flock 9
echo READY
rebuild
echo done
