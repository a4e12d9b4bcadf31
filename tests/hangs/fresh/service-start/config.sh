printf 'listen=127.0.0.1\nworkers=2\n' > "${TMPDIR:-/tmp}/service.conf"
echo "configured"
