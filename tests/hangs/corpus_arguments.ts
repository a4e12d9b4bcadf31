import { type HangCase, isNative } from "./hang_case.ts";

/** What `deno task hangs` was asked to do. */
export interface CorpusChoice {
  /** What to run, in this order. */
  readonly cases: readonly HangCase[];
  /** Names of those that are run twice, so that their fingerprints can be compared. */
  readonly twice: ReadonlySet<string>;
  readonly json: boolean;
  /** The prekill to try; this one when undefined. */
  readonly prekill: readonly string[] | undefined;
  /** Where samples are kept. */
  readonly samplesDir: string | undefined;
}

/** How it is called. */
export const USAGE =
  "usage: deno task hangs [--native] [--twice] [--json] [--samples DIR] [--prekill COMMAND] [CASE...]";

/** Quick to start, and of different kinds: where all cases are run, these are run twice. */
const QUICK = new Set([
  "csv-filter",
  "fanout",
  "rates-import",
  "repo-sync",
  "token-refresh",
  "thumb-throttle",
]);

/**
 * Reads the arguments of `deno task hangs`.
 *
 * @param args the arguments
 * @param all every case there is
 * @returns what to do, or why that cannot be told
 */
export function readCorpusArguments(
  args: readonly string[],
  all: readonly HangCase[],
): CorpusChoice | { readonly problem: string } {
  const names: string[] = [];
  const given = new Set<string>();
  let prekill: readonly string[] | undefined;
  let samplesDir: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (["--json", "--native", "--twice"].includes(arg)) given.add(arg);
    else if (arg === "--prekill" || arg === "--samples") {
      const value = args[++index];
      if (value === undefined) return { problem: USAGE };
      if (arg === "--samples") samplesDir = value;
      else prekill = value.split(/\s+/).filter((word) => word !== "");
    } else if (arg.startsWith("-")) return { problem: USAGE };
    else if (all.some(({ name }) => name === arg)) names.push(arg);
    else return { problem: `Cannot run the case "${arg}": no folder of tests/hangs has a case of this name` };
  }
  const cases = all.filter((hang) =>
    (names.length === 0 || names.includes(hang.name)) && (!given.has("--native") || isNative(hang))
  );
  const twice = cases.map(({ name }) => name)
    .filter((name) => given.has("--twice") || (names.length === 0 && QUICK.has(name)));
  return { cases, twice: new Set(twice), json: given.has("--json"), prekill, samplesDir };
}
