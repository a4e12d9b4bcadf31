import { isInterpreter } from "../../diagnosis/program_name.ts";
import type { StackTarget } from "../stack_source.ts";
import { gdbArgs } from "./debugger.ts";
import { forEachLimited } from "../for_each_limited.ts";
import { isUninterruptible } from "./is_uninterruptible.ts";
import type { NativeContext } from "./native_context.ts";
import { parseGdb } from "./parse_gdb.ts";
import type { ThreadStack } from "./thread_stack.ts";
import { placeKey, type SourcePlaces } from "./to_stack.ts";

/** gdb is to be done soon, or not to be asked: it reads all debug information of a program. */
const TIMEOUT_MS = 1500;
const AT_A_TIME = 2;
const MAX_PROCESSES = 4;
const MAX_THREADS = 64;

/**
 * One look of gdb for the values of arguments, at programs with debug information that are not interpreters. It stops
 * each for some tens of milliseconds, so that it is for those that are ended afterwards.
 *
 * @param context the stacks that were collected
 * @param targets the processes
 * @param places where their frames are in the source
 * @param signal aborted when time is up
 * @returns stacks by thread
 */
export async function readArguments(
  { runtime, toolbox, log, collected }: NativeContext,
  targets: readonly StackTarget[],
  places: SourcePlaces,
  signal: AbortSignal,
): Promise<Map<number, ThreadStack>> {
  const found = new Map<number, ThreadStack>();
  if (!toolbox.has("gdb")) return found;
  const withLines = new Set(
    collected.filter(({ frames }) =>
      frames.some((frame) => places.get(placeKey(frame) ?? "")?.some(({ line }) => line !== undefined))
    ).map(({ pid }) => pid),
  );
  const chosen = targets.filter(({ pid, command, threadCount }) =>
    withLines.has(pid) && threadCount <= MAX_THREADS && !isInterpreter({ name: "", command }) &&
    !isUninterruptible(runtime.files, pid, threadCount)
  );
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  await forEachLimited(chosen.slice(0, MAX_PROCESSES), AT_A_TIME, async ({ pid }) => {
    const args = gdbArgs(pid, "scalars");
    const { status, ms, stdout } = await toolbox.run({ name: "gdb", args, signal: limit, attachesTo: pid });
    for (const stack of parseGdb(stdout)) found.set(stack.tid, stack);
    // Without it the sample only lacks the values, so a failure is not worth a line.
    if (status === "ok") log.add({ name: "gdb", pid, status, ms });
  });
  return found;
}
