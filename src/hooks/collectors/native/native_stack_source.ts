import type { Runtime } from "../../../runtime/port.ts";
import type { Stack } from "../../../sample_document.ts";
import { groupBy } from "../../../std/group_by.ts";
import type { StackSource, StackTarget } from "../stack_source.ts";
import { addArguments } from "./add_arguments.ts";
import { compilesItself } from "./compiles_itself.ts";
import { createCollectorLog } from "../collector_log.ts";
import { runDebugger } from "./debugger.ts";
import { demangleCpp } from "./demangle_cpp.ts";
import { createEuStack } from "./eu_stack.ts";
import { foldStacks } from "../fold_stacks.ts";
import { runLanguageTools } from "./language_tools.ts";
import type { NativeContext } from "./native_context.ts";
import { readArguments } from "./read_arguments.ts";
import type { ThreadStack } from "./thread_stack.ts";
import { runPerf } from "./perf.ts";
import { createSourcePlaces } from "./source_places.ts";
import { installAdvice } from "./tool_catalog.ts";
import { createToolbox, type ToolboxOptions } from "./toolbox.ts";
import { type StackLookups, toStack } from "./to_stack.ts";

/** Which stacks to gather. */
export interface NativeStackOptions extends ToolboxOptions {
  /** Operating system as Deno names it: `eu-stack` and `perf` are Linux's. */
  readonly os: string;
  /** Whether the stacks of a process's language are known already, so that no tool need be asked for them. */
  readonly isLanguageRead?: ((pid: number) => boolean) | undefined;
  /** Whether the tree is ended afterwards: only then a debugger looks for the values of arguments. */
  readonly willBeKilled?: boolean | undefined;
}

/**
 * Stacks by the tools that are installed: `eu-stack` at each snapshot and its source lines at the end, or else one pass
 * of a debugger at the end; `perf` for busy processes; the tools that know Python, Ruby, .NET and PHP.
 *
 * @param runtime the host
 * @param options which tools, and how long each run may take
 * @returns a source whose processes have all ended when its promises resolve, save `perf` and the search for source
 * lines, which end before `finish` does or when the signal is aborted
 */
export function createNativeStackSource(runtime: Runtime, options: NativeStackOptions): StackSource {
  const context: NativeContext = {
    runtime,
    toolbox: createToolbox(runtime, options),
    log: createCollectorLog(),
    collected: [],
  };
  const { toolbox, log, collected } = context;
  const isLinux = options.os === "linux";
  const euStack = isLinux && toolbox.has("eu-stack")
    ? createEuStack(context, options.isLanguageRead)
    : undefined;
  const sourcePlaces = createSourcePlaces(context);
  let lookups: StackLookups = { places: new Map(), names: new Map() };
  let seenWithArguments: ReadonlyMap<number, ThreadStack> = new Map();
  let perf: Promise<void> | undefined;
  let firstPlaces: Promise<unknown> | undefined;

  const startPerf = (targets: readonly StackTarget[], signal: AbortSignal): void => {
    // It takes a second to read the symbols of an engine, and names nothing of the program.
    const busy = targets.filter(({ pid, busy }) =>
      busy && pid !== runtime.pid && !compilesItself(runtime.files, pid)
    );
    if (perf === undefined && isLinux && busy.length > 0 && toolbox.has("perf")) {
      perf = runPerf(context, busy, signal);
    }
  };
  const askDebugger = async (targets: readonly StackTarget[], signal: AbortSignal): Promise<void> => {
    const found = await runDebugger(context, targets, signal);
    const what = found ? "stacks were taken once only, by a debugger" : "native stacks are missing";
    // What one would use first is named, not all that would do.
    const [name, advice] = isLinux
      ? ["eu-stack", installAdvice("eu-stack")]
      : ["lldb", "install lldb or gdb"];
    if (isLinux || !found) log.add({ name, pid: 0, status: "missing", ms: 0, detail: `${what}: ${advice}` });
  };

  let snapshots = 0;
  return {
    async takeSnapshot(targets, signal) {
      await euStack?.takeSnapshot(targets, signal);
      // What hangs is in the same places later on, and until then there is time.
      firstPlaces ??= sourcePlaces.lookUp(signal);
      // Who is busy can be told from the second snapshot on; until the next one `perf` has the time for nothing.
      if (snapshots++ > 0) startPerf(targets, signal);
    },
    async finish(targets, signal) {
      const others = targets.filter(({ pid }) => pid !== runtime.pid);
      startPerf(others, signal);
      const unread = others.filter(({ pid }) => options.isLanguageRead?.(pid) !== true);
      await Promise.all([perf, runLanguageTools(context, unread, signal)]);
      if (euStack === undefined) await askDebugger(others, signal);
      else await euStack.finish(others, signal);
      await firstPlaces;
      const [places, names] = await Promise.all([
        sourcePlaces.lookUp(signal),
        demangleCpp(context, signal),
      ]);
      lookups = { places, names };
      if (options.willBeKilled === true && euStack !== undefined) {
        seenWithArguments = await readArguments(context, others, places, signal);
      }
    },
    stacks() {
      const byThread = groupBy(collected, ({ tid }) => tid);
      const folded = new Map<number, Stack[]>();
      for (const [tid, threads] of byThread) {
        const stacks = foldStacks(threads.map((thread) => toStack(thread, lookups)));
        const seen = seenWithArguments.get(tid);
        folded.set(tid, seen === undefined ? stacks : addArguments(stacks, seen));
      }
      return folded;
    },
    records: () => log.records(),
  };
}
