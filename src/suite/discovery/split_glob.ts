/** A glob as it is looked for. */
export interface SplitGlob {
  /** The folder before the first segment with a wildcard, as it was written; empty for the current one. */
  readonly base: string;
  /** The rest, to be matched against paths below the base. */
  readonly pattern: string;
}

/**
 * Splits an argument that is a glob.
 *
 * @param text what the user wrote
 * @returns its parts; undefined when it has no wildcard
 */
export function splitGlob(text: string): SplitGlob | undefined {
  const wildcard = text.search(/[*?[{]/);
  if (wildcard === -1) return undefined;
  const slash = text.lastIndexOf("/", wildcard);
  if (slash === -1) return { base: "", pattern: text };
  return { base: text.slice(0, slash) || "/", pattern: text.slice(slash + 1) };
}
