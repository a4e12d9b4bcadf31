import { messageOf } from "../../../errors.ts";
import type { ToolResult } from "../../../runtime/run_tool.ts";
import type { CollectorRecord } from "../../../sample_document.ts";
import type { StackTarget } from "../stack_source.ts";
import type { NativeContext } from "./native_context.ts";
import { parsePerfScript } from "./parse_perf_script.ts";

const SECONDS = "0.2";
const MAX_PROCESSES = 16;

/**
 * Samples busy processes with `perf` for a fifth of a second; it stops nothing. The threads' own time is counted, by a
 * clock rather than by hardware counters, which virtual machines lack.
 *
 * @param context where to put what was found
 * @param targets the processes, of which the busy ones count
 * @param signal aborted when time is up
 */
export async function runPerf(
  { runtime, toolbox, log, collected }: NativeContext,
  targets: readonly StackTarget[],
  signal: AbortSignal,
): Promise<void> {
  const pids = targets.map(({ pid }) => pid).slice(0, MAX_PROCESSES);
  let directory: string | undefined;
  let ms = 0;
  const finish = (status: CollectorRecord["status"], detail?: string): void => {
    log.add({ name: "perf", pid: pids.length === 1 ? pids[0]! : 0, status, ms, detail });
  };
  const run = async (args: readonly string[]): Promise<ToolResult> => {
    const result = await toolbox.run({ name: "perf", args, signal });
    ms += result.ms;
    return result;
  };
  try {
    directory = runtime.files.makeTempDirectory("prekill-perf-");
    const file = `${directory}/perf.data`;
    const what = ["-e", "cpu-clock:u", "-F", "99", "--call-graph", "dwarf,8192"];
    // Without the last two it ends a second late, and spends the time on build ids that nobody reads.
    const how = ["-q", "-o", file, "--no-buildid", "--no-bpf-event"];
    const recorded = await run(["record", ...what, ...how, "-p", pids.join(","), "--", "sleep", SECONDS]);
    if (recorded.status !== "ok") return finish(recorded.status, lastLine(recorded));
    const fields = ["--no-inline", "-F", "comm,pid,tid,ip,sym,dso"];
    const printed = await run(["script", "-i", file, ...fields]);
    if (printed.status !== "ok") return finish(printed.status, lastLine(printed));
    for (const { pid, ...stack } of parsePerfScript(printed.stdout)) collected.push({ ...stack, pid });
    finish("ok");
  } catch (error) {
    finish("failed", messageOf(error));
  } finally {
    if (directory !== undefined) runtime.files.remove(directory, { recursive: true });
  }
}

function lastLine({ stderr }: ToolResult): string {
  return stderr.trim().split("\n").at(-1) || "it does not say why";
}
