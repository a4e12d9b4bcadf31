import type { LanguageThread } from "../../language_facts.ts";

/**
 * Adds the names of threads to what is known of them otherwise.
 *
 * @param threads by tid
 * @param names by tid
 * @returns threads that have a name only, too
 */
export function nameThreads(
  threads: ReadonlyMap<number, LanguageThread>,
  names: ReadonlyMap<number, string>,
): ReadonlyMap<number, LanguageThread> {
  const named = new Map(threads);
  for (const [tid, name] of names) {
    named.set(tid, { language: "python", holds: [], ...threads.get(tid), name });
  }
  return named;
}
