import { bunStart } from "./bun_start.ts";
import { denoStart } from "./deno_start.ts";
import { nodeStart } from "./node_start.ts";
import { pythonStart } from "./python_start.ts";
import { runnerProgramOf } from "./runner_program_of.ts";
import type { WarmTest, WarmTestOptions } from "./warm_test.ts";

/** Makes the warm start of a command. */
type MakeStart = (command: readonly [string, ...string[]], options: WarmTestOptions) => WarmTest | undefined;

const STARTS: Readonly<Record<string, MakeStart>> = {
  // The process knows its test from the start.
  "bun.cjs": bunStart,
  "deno.mjs": (command, options) => {
    const start = denoStart({ command, ...options });
    return start && { start, main: command.at(-1)!, args: [] };
  },
  "node.cjs": nodeStart,
  "python.py": pythonStart,
};

/**
 * How a test starts warm.
 *
 * @param command of a cold start: program and arguments
 * @param options what goes with it; `runnerPath` gives the absolute path of a runner program by its name
 * @returns the warm start; undefined when the command has none
 */
export function warmTestOf(
  command: readonly [string, ...string[]],
  { runnerPath, ...options }:
    & Omit<WarmTestOptions, "runnerFile">
    & { runnerPath(name: string): string | undefined },
): WarmTest | undefined {
  const program = runnerProgramOf(command[0]);
  const runnerFile = program === undefined ? undefined : runnerPath(program);
  if (program === undefined || runnerFile === undefined) return undefined;
  return STARTS[program]?.(command, { ...options, runnerFile });
}
