import { isRuntimeFrame, parseCallSites, type ScriptFrame } from "./call_sites.ts";

/** Functions that wait for each other, the innermost first, and how many times they do so. */
export interface AwaitChain {
  readonly count: number;
  /** At least one of them is the program's own. */
  readonly frames: readonly ScriptFrame[];
}

const MAX_CHAINS = 100;
const MAX_PARSED = 1000;
const MAX_COUNT = 1_000_000;

/**
 * Reads what `findAwaits` found. A function that awaits an async function that awaits … is found once for each promise
 * on the way: only the longest chain is kept.
 *
 * @param chains counts and call sites, which may be anything
 * @returns the chains that have a function of the program in them, the most frequent first
 */
export function parseAwaitChains(chains: readonly unknown[]): AwaitChain[] {
  const parsed = chains.slice(0, MAX_PARSED).filter(Array.isArray).flatMap(([count, sites]) => {
    const frames = parseCallSites(sites).filter((frame) =>
      frame.url !== undefined || frame.function.startsWith("Promise.")
    );
    if (frames.every(isRuntimeFrame)) return [];
    return [{ count: typeof count === "number" ? Math.min(Math.max(1, count), MAX_COUNT) : 1, frames }];
  });
  const counts = new Map(parsed.map(({ count, frames }) => [keyOf(frames, 0), count]));
  const inner = new Set(
    parsed.flatMap(({ frames }) => frames.slice(1).map((_, at) => keyOf(frames, at + 1))),
  );
  return parsed.filter(({ frames }) => !inner.has(keyOf(frames, 0)))
    .map(({ frames }) => {
      // One wait may stand behind several promises, but then not at every step of the way.
      const steps = frames.map((_, at) => counts.get(keyOf(frames, at)) ?? Infinity);
      return { count: Math.min(...steps), frames };
    })
    .toSorted((a, b) => b.count - a.count).slice(0, MAX_CHAINS);
}

function keyOf(frames: readonly ScriptFrame[], from: number): string {
  return frames.slice(from).map(({ url, line, column }) => `${url}:${line}:${column}`).join("\n");
}
