touch migrate.log
exec 9>db.lock
flock 9
tail -f migrate.log >/dev/null &
echo "tables changed"
exec 9>&-

exec 9>db.lock
flock 9
echo "indexes built"
kill $!
