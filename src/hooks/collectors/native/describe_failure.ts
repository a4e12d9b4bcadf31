import type { Files } from "../../../runtime/port.ts";
import type { ToolResult } from "../../../runtime/run_tool.ts";
import type { CollectorRecord } from "../../../sample_document.ts";
import { hasEnded } from "../has_ended.ts";
import { explainTraceDenied, isTraceDenied } from "../explain_trace_denied.ts";

/**
 * Says why a tool showed nothing of a process.
 *
 * @param files the host's files
 * @param pid the process
 * @param result what came of the tool
 */
export function describeFailure(
  files: Files,
  pid: number,
  result: ToolResult,
): Pick<CollectorRecord, "status" | "detail"> {
  const { status, exit, stderr, ms } = result;
  if (status === "timeout") {
    const detail = exit === undefined ? stderr : `it was ended after ${Math.round(ms)} ms`;
    return { status, detail };
  }
  if (isTraceDenied(result)) {
    return { status: "failed", detail: explainTraceDenied(files, pid) };
  }
  const isGone = hasEnded(files, pid);
  const words = stderr.trim().split("\n").at(-1) || "it showed no frames";
  return { status: "failed", detail: isGone ? "the process has ended" : words };
}
