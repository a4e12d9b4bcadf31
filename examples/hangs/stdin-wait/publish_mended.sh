if [ "${1-}" = --yes ]; then
  answer=y
else
  printf 'Publish version 1.4.0? [y/N] '
  read -r answer
fi
[ "$answer" = y ] && echo "published" || echo "not published"
