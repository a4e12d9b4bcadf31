import type { Facts } from "../../src/hooks/facts.ts";

/**
 * Facts recorded from a case of the corpus in `tests/hangs/cases`, or from a few lines written for the purpose
 * (`go-mutex`, `python-locks`, `copied-lock`), with paths made neutral.
 *
 * @param name the case
 */
export function recordedFacts(name: string): Facts {
  return JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/facts/${name}.json`, import.meta.url)));
}
