/**
 * What to hand to `import()` for a module's place.
 *
 * @param place an absolute path, of Unix or Windows, or a URL
 * @returns a URL; characters such as `%`, `#` and `?` of a path mean themselves
 */
export function moduleSpecifier(place: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(place)) return place;
  const path = /^[a-z]:/i.test(place) ? `/${place.replaceAll("\\", "/")}` : place;
  return `file://${encodeURIComponent(path).replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}
