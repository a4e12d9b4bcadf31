import type { StackTarget } from "../stack_source.ts";
import { describeFailure } from "./describe_failure.ts";
import { forEachLimited } from "../for_each_limited.ts";
import { isUninterruptible, UNINTERRUPTIBLE } from "./is_uninterruptible.ts";
import type { NativeContext } from "./native_context.ts";
import { parseGdb } from "./parse_gdb.ts";
import { parseLldb } from "./parse_lldb.ts";
import type { ThreadStack } from "./thread_stack.ts";

/** A debugger that can print the stacks of a live process. */
interface Debugger {
  readonly name: string;
  args(pid: number): string[];
  parse(text: string): ThreadStack[];
}

/** In the order of preference. Values of arguments are left out: they may be secret, and reading them takes long. */
const DEBUGGERS: readonly Debugger[] = [
  {
    name: "gdb",
    args: (pid) => gdbArgs(pid, "none"),
    parse: parseGdb,
  },
  {
    name: "lldb",
    args: (pid) => [
      "--no-lldbinit",
      "--batch",
      "-p",
      String(pid),
      ...["thread list", "thread backtrace all --count 64", "detach"].flatMap((command) => ["-o", command]),
    ],
    parse: parseLldb,
  },
];
/** A debugger reads all debug information of a program, and keeps it in memory. */
const AT_A_TIME = 2;

/**
 * The arguments of gdb that make it print the stacks of a process, without acting on what it finds beside the program.
 *
 * @param pid the process
 * @param values which values of arguments it prints
 */
export function gdbArgs(pid: number, values: "none" | "scalars"): string[] {
  const settings = ["debuginfod enabled off", "auto-load off", `print frame-arguments ${values}`, "width 0"];
  return [
    "-nx",
    "-batch",
    ...settings.flatMap((setting) => ["-iex", `set ${setting}`]),
    "-p",
    String(pid),
    "-ex",
    "thread apply all bt 64",
  ];
}

/**
 * Stops each process for the time that gdb, or else lldb, needs to print its stacks.
 *
 * @param context where to put what was found
 * @param targets the processes
 * @param signal aborted when time is up
 * @returns false when there is no debugger
 */
export async function runDebugger(
  { runtime, toolbox, log, collected }: NativeContext,
  targets: readonly StackTarget[],
  signal: AbortSignal,
): Promise<boolean> {
  const tool = DEBUGGERS.find(({ name }) => toolbox.has(name));
  if (tool === undefined) return false;
  const { name } = tool;
  await forEachLimited(targets, AT_A_TIME, async ({ pid, threadCount }) => {
    if (isUninterruptible(runtime.files, pid, threadCount)) {
      return log.add({ name, pid, status: "failed", ms: 0, detail: UNINTERRUPTIBLE });
    }
    const result = await toolbox.run({ name, args: tool.args(pid), signal, attachesTo: pid });
    const { status, ms } = result;
    const stacks = tool.parse(result.stdout);
    for (const stack of stacks) collected.push({ ...stack, pid });
    if (stacks.length > 0 && status !== "timeout") return log.add({ name, pid, status: "ok", ms });
    log.add({ name, pid, ms, ...describeFailure(runtime.files, pid, result) });
  });
  return true;
}
