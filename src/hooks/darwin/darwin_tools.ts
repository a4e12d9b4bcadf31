import { PS_USAGE_COLUMNS } from "./parse_ps_usage.ts";
import { LSOF_FIELDS } from "./parse_lsof.ts";

/** A program and its arguments. */
export interface ToolCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** `sample` takes whole seconds (sample(1)); `/dev/stdout` keeps it from leaving a file in `/tmp`. */
export function sampleCommand(pid: number, sampleTimeMs: number): ToolCommand {
  const seconds = Math.max(1, Math.ceil(sampleTimeMs / 1000));
  return { program: "sample", args: [String(pid), String(seconds), "-file", "/dev/stdout"] };
}

/** Open files without looking up host names and ports, which may itself hang (lsof(8)). */
export function lsofCommand(pids: readonly number[]): ToolCommand {
  return { program: "lsof", args: ["-n", "-P", "-w", "-F", LSOF_FIELDS, "-p", pids.join(",")] };
}

/** State, memory and CPU time (macOS ps(1)). */
export function usageCommand(pids: readonly number[]): ToolCommand {
  return { program: "ps", args: ["-o", PS_USAGE_COLUMNS, "-p", pids.join(",")] };
}
