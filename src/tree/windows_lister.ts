import type { Runtime } from "../runtime/port.ts";
import { runTool } from "../runtime/run_tool.ts";
import { CIM_PROCESSES_SCRIPT, parseCimProcesses } from "./parse_cim_processes.ts";
import type { ProcessLister } from "./process_lister.ts";
import { createSnapshotLister } from "./snapshot_lister.ts";

/** PowerShell alone may take seconds to start. */
const POWERSHELL_TIMEOUT_MS = 15_000;

/**
 * The lister of Windows, over PowerShell and CIM. Environments of others cannot be read there, so that no process is
 * found by its cookie.
 *
 * @param runtime the host
 * @returns a lister that knows no process before its first refresh
 */
export function createWindowsLister(runtime: Runtime): ProcessLister {
  return createSnapshotLister(async () => {
    const result = await runTool(runtime, {
      program: "powershell",
      args: ["-NoProfile", "-NonInteractive", "-Command", CIM_PROCESSES_SCRIPT],
      timeoutMs: POWERSHELL_TIMEOUT_MS,
    });
    return result.status === "ok" ? parseCimProcesses(result.stdout) : undefined;
  });
}
