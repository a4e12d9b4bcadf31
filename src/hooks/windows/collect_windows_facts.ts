import { runTool } from "../../runtime/run_tool.ts";
import { findTree } from "../../tree/find_tree.ts";
import { createWindowsLister } from "../../tree/windows_lister.ts";
import type { CollectOptions } from "../collectors/collect_options.ts";
import type { Facts } from "../facts.ts";
import { assembleWindowsFacts } from "./assemble_windows_facts.ts";
import { parseWindowsSample } from "./parse_windows_sample.ts";
import { windowsScript } from "./windows_script.ts";

/** PowerShell alone may take seconds to start. */
const POWERSHELL_EXTRA_MS = 15_000;

/**
 * Looks at a tree on Windows by PowerShell: tree, threads, their states and wait reasons, CPU time. Never rejects; what
 * is not told is missing from the facts.
 *
 * @param options the tree and the time
 * @returns what was seen
 */
export async function collectWindowsFacts(options: CollectOptions): Promise<Facts> {
  const { runtime, rootPid } = options;
  const lister = createWindowsLister(runtime);
  await lister.refresh!();
  const root = lister.read(rootPid) ?? { pid: rootPid, startTime: 0 };
  const entries = findTree(
    lister,
    lister.listAll(),
    { root, ownsSession: false, cookie: "", seen: options.seen },
    runtime.pid,
  );
  const pids = entries.map((entry) => entry.pid);
  const result = await runTool(runtime, {
    program: "powershell",
    args: ["-NoProfile", "-NonInteractive", "-Command", windowsScript(pids, options.sampleTimeMs)],
    timeoutMs: options.sampleTimeMs + POWERSHELL_EXTRA_MS,
    signal: options.signal,
  });
  return assembleWindowsFacts({
    arch: runtime.arch,
    cpus: runtime.cpuCount,
    takenAtEpochMs: Date.now(),
    rootPid,
    entries,
    commands: new Map(pids.map((pid) => [pid, lister.command(pid)])),
    sample: parseWindowsSample(result.stdout),
    collectors: [{
      name: "powershell",
      pid: 0,
      status: result.status,
      ms: result.ms,
      detail: result.status === "ok" ? undefined : result.stderr.trim().split("\n")[0] || undefined,
    }],
  });
}
