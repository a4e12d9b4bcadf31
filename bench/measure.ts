/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The value that a share of all values does not exceed.
 *
 * @param values at least one
 * @param percent from 0 to 100
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * percent / 100) - 1)]!;
}

/** Milliseconds as a table shows them. */
export function inMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
}

/**
 * Measures several actions in turn, so that a slow spell of the machine meets all of them.
 *
 * @param rounds how often each is measured
 * @param warmUps how often each is run before, unmeasured
 * @param actions what to measure; each resolves with its milliseconds
 * @returns the median of each action in milliseconds
 */
export async function medianInTurn<Name extends string>(
  rounds: number,
  warmUps: number,
  actions: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const entries = Object.entries(actions) as [Name, () => Promise<number>][];
  const values = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, action] of entries) {
      const ms = await action();
      if (round >= 0) values.get(name)!.push(ms);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(values.get(name)!)])) as Record<
    Name,
    number
  >;
}

/**
 * Runs a command to its end, without input and output.
 *
 * @param program a path, or a name on `PATH`
 * @param args its arguments
 * @param cwd where it runs; here when undefined
 * @returns milliseconds from before the start to after the exit
 * @throws {Error} when it does not exit with 0: what failed is not what was to be measured
 */
export async function timeCommand(program: string, args: readonly string[], cwd?: string): Promise<number> {
  const startMs = performance.now();
  const { success, code } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn().status;
  const ms = performance.now() - startMs;
  if (!success) throw new Error(`Cannot measure "${program} ${args.join(" ")}": it exits with ${code}`);
  return ms;
}
