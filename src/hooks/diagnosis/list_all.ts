/** Names that a sentence bears; of more the first and the last ones are told. */
const MAX_NAMES = 6;
const LAST_NAMES = 2;

/**
 * Names in a sentence: `a, b and c`; of many, the first, how many more, and the last.
 *
 * @param names printable names
 */
export function listAll(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const shown = more <= 0
    ? names
    : [...names.slice(0, MAX_NAMES - LAST_NAMES), `${more} more`, ...names.slice(-LAST_NAMES)];
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
