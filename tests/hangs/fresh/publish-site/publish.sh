set -eu
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT

pages="index about contact"
for page in $pages; do
  printf '<h1>%s</h1>\n' "$page" > "$site/$page.html"
done

python3 release.py "$site"
echo "published $(ls "$site" | wc -l) files"
