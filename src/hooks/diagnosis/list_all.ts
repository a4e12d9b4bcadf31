/**
 * Names in a sentence: `a, b and c`.
 *
 * @param names printable names
 */
export function listAll(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
