import type { Facts } from "../../src/hooks/facts.ts";

/**
 * Facts recorded from a case of the corpus in `tests/hangs/cases`, with paths made neutral.
 *
 * @param name the case
 */
export function recordedFacts(name: string): Facts {
  return JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/facts/${name}.json`, import.meta.url)));
}
