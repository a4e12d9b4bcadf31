import { runTool, type ToolResult } from "../../runtime/run_tool.ts";
import type { CollectorRecord } from "../../sample_document.ts";
import { createDarwinLister } from "../../tree/darwin_lister.ts";
import { findTree } from "../../tree/find_tree.ts";
import { PS_ENVIRONMENT } from "../../tree/parse_ps.ts";
import type { CollectOptions } from "../collectors/collect_options.ts";
import type { Facts } from "../facts.ts";
import { assembleDarwinFacts } from "./assemble_darwin_facts.ts";
import { lsofCommand, sampleCommand, type ToolCommand, usageCommand } from "./darwin_tools.ts";
import { parsePsUsage, type PsUsage } from "./parse_ps_usage.ts";

/** `sample` symbolises for a while after it has watched. */
const SAMPLE_EXTRA_MS = 10_000;
const TOOL_TIMEOUT_MS = 5000;
/** Processes whose threads are sampled, from the root down: each costs a `sample` of its own at the same time. */
const SAMPLED_PROCESSES = 32;

/**
 * Looks at a tree on macOS: `sample` for each process, `lsof` for all and `ps` at the beginning, in the middle and at
 * the end, all at the same time. Never rejects; what a tool does not tell is missing from the facts.
 *
 * @param options the tree and the time
 * @returns what was seen
 */
export async function collectDarwinFacts(options: CollectOptions): Promise<Facts> {
  const { runtime, rootPid, signal } = options;
  const collectors: CollectorRecord[] = [];
  const run = async (tool: ToolCommand, timeoutMs: number, pid = 0): Promise<string> => {
    const result = await runTool(runtime, {
      ...tool,
      env: { ...runtime.environment(), ...PS_ENVIRONMENT },
      timeoutMs,
      signal,
    });
    collectors.push(recordOf(tool, pid, result));
    return result.stdout;
  };

  const lister = createDarwinLister(runtime);
  await lister.refresh!();
  const root = lister.read(rootPid);
  const entries = findTree(
    lister,
    lister.listAll(),
    {
      root: root ?? { pid: rootPid, startTime: 0 },
      ownsSession: options.ownsSession && root !== undefined,
      cookie: options.cookie,
      seen: options.seen,
    },
    runtime.pid,
  );
  const pids = entries.map((entry) => entry.pid);
  const commands = new Map(pids.map((pid) => [pid, lister.command(pid)]));

  const startMs = performance.now();
  const takenAtEpochMs = Date.now();
  const usage: ReadonlyMap<number, PsUsage>[] = [];
  const samples = new Map<number, string>();
  const watch = async (): Promise<void> => {
    for (const atMs of [0, options.sampleTimeMs / 2, options.sampleTimeMs]) {
      await delay(atMs - (performance.now() - startMs), signal);
      usage.push(parsePsUsage(await run(usageCommand(pids), TOOL_TIMEOUT_MS)));
      if (signal.aborted) return;
    }
  };
  let windowMs = 0;
  let lsof = "";
  let kernel = "";
  let load = "";
  await Promise.all([
    watch().then(() => windowMs = performance.now() - startMs),
    ...pids.slice(0, SAMPLED_PROCESSES).map(async (pid) => {
      const tool = sampleCommand(pid, options.sampleTimeMs);
      samples.set(pid, await run(tool, options.sampleTimeMs + SAMPLE_EXTRA_MS, pid));
    }),
    run(lsofCommand(pids), TOOL_TIMEOUT_MS).then((text) => lsof = text),
    run({ program: "uname", args: ["-r"] }, TOOL_TIMEOUT_MS).then((text) => kernel = text.trim()),
    run({ program: "sysctl", args: ["-n", "vm.loadavg"] }, TOOL_TIMEOUT_MS).then((text) => load = text),
  ]);
  return assembleDarwinFacts({
    arch: runtime.arch,
    kernel: `Darwin ${kernel}`.trim(),
    cpus: runtime.cpuCount,
    load: load.match(/\d+\.\d+/g)?.map(Number),
    takenAtEpochMs,
    windowMs,
    rootPid,
    entries,
    commands,
    usage,
    samples,
    lsof,
    collectors,
  });
}

/** lsof exits with 1 when one of the processes has gone, and has told about the others. */
function recordOf(tool: ToolCommand, pid: number, result: ToolResult): CollectorRecord {
  const partial = tool.program === "lsof" && result.status === "failed" && result.stdout !== "";
  const status = partial ? "ok" : result.status;
  return {
    name: tool.program,
    pid,
    status,
    ms: result.ms,
    detail: status === "ok" ? undefined : result.stderr.trim().split("\n")[0] || undefined,
  };
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(finish, ms);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    }
    signal.addEventListener("abort", finish);
  });
}
