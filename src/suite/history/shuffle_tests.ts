import { UsageError } from "../../errors.ts";
import { visibleText } from "../../visible_text.ts";

/**
 * Puts tests in an order that a seed determines, the same on every machine: a Fisher–Yates shuffle of the tests sorted by
 * `testId`, driven by mulberry32 (Tommy Ettinger's generator of 32 bits of state).
 *
 * @param tests in any order
 * @param seed from 0 to 2^32 - 1
 * @returns the same tests
 */
export function shuffleTests<T extends { readonly testId: string }>(tests: readonly T[], seed: number): T[] {
  const shuffled = [...tests].sort((a, b) => a.testId < b.testId ? -1 : a.testId > b.testId ? 1 : 0);
  const random = mulberry32(seed);
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/**
 * Reads the seed of `--shuffle`.
 *
 * @param text what follows the equals sign; undefined or empty for a new seed
 * @returns from 0 to 2^32 - 1
 * @throws {UsageError} when it is no such number
 */
export function readSeed(text: string | undefined): number {
  if (text === undefined || text === "") return crypto.getRandomValues(new Uint32Array(1))[0]!;
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed < 2 ** 32) return seed;
  throw new UsageError(
    `Cannot use --shuffle="${
      visibleText(text)
    }": a seed is a whole number from 0 to 4294967295; leave it out for a new one`,
  );
}

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
