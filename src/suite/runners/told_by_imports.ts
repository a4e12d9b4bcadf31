import type { RunnerName } from "./runner_names.ts";

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s{0,80}\(?\s{0,80}["']([^"'\n]{1,200})["']/g;
const BY_SPECIFIER: Readonly<Record<string, RunnerName>> = {
  "bun:test": "bun-test",
  "vitest": "vitest",
  "@jest/globals": "jest",
  "node:test": "node-test",
};
const DENO = /\bDeno\.(?:test|bench)\b|["'](?:jsr:|https:\/\/(?:deno\.land|jsr\.io)\/)/;

/** How much of a file is read for this. */
export const HEAD_BYTES = 16_384;

/**
 * The runner that a script was written for, as far as the beginning of the file tells.
 *
 * @param head the beginning of the file
 * @returns the runner; undefined when nothing tells
 */
export function toldByImports(head: string): RunnerName | undefined {
  for (const [, specifier] of head.matchAll(SPECIFIER)) {
    if (Object.hasOwn(BY_SPECIFIER, specifier!)) return BY_SPECIFIER[specifier!];
  }
  return DENO.test(head) ? "deno-test" : undefined;
}
