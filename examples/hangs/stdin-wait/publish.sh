printf 'Publish version 1.4.0? [y/N] '
read -r answer
[ "$answer" = y ] && echo "published" || echo "not published"
