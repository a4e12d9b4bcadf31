import { parse } from "yaml";

/**
 * Reads a YAML file of this repository.
 *
 * @param path from its root
 * @returns what it says; the caller knows the shape
 * @throws {Error} when it is no YAML, or repeats a key
 */
// deno-lint-ignore no-explicit-any
export function readYaml(path: string): any {
  return parse(Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url)), { strict: true });
}
