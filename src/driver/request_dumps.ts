import { findGoProgram } from "../hooks/collectors/go/find_go_program.ts";
import { parseStatus } from "../hooks/collectors/kernel/parse_status.ts";
import type { Files, Runtime } from "../runtime/port.ts";
import { parseStat } from "../tree/parse_stat.ts";
import { isDead } from "../tree/process_entry.ts";
import type { Attempt } from "./attempt.ts";

/** Longer listings lose their start. */
export const DUMP_BYTES = 1024 * 1024;
/** How long the others wait for those that print: one of them may be who takes what is printed (`2>&1 | tee log`). */
const PRINT_TIME_MS = 500;
const LOOK_PAUSE_MS = 5;

/** What `requestDumps` needs to know. */
export interface DumpRequest {
  readonly runtime: Runtime;
  readonly attempt: Attempt;
  readonly processOnly: boolean;
  /** Whether the main process has ended, so that nothing may be signalled any more. */
  isOver(): boolean;
}

/**
 * Sends SIGQUIT to the Go programs of a tree that catch it: their runtime prints all goroutines and ends the program. Waits
 * a moment, until they have done so.
 *
 * @param request the tree
 * @returns those that were asked; none where there is no Go program
 */
export async function requestDumps(
  { runtime, attempt, ...request }: DumpRequest,
): Promise<readonly number[]> {
  const { tree } = attempt;
  if (request.isOver()) return [];
  const { files } = runtime;
  const asked = tree.signalEach(
    request.processOnly,
    (pid) => printsGoroutines(files, pid) ? "SIGQUIT" : undefined,
  );
  if (asked.length === 0) return asked;
  // What is printed from now on may be more than is usually kept.
  attempt.outputTail(DUMP_BYTES);
  // A stopped process would take the signal only after somebody continued it.
  tree.signal("SIGCONT", request.processOnly);
  const endMs = performance.now() + PRINT_TIME_MS;
  while (!request.isOver() && performance.now() < endMs && asked.some((pid) => isAlive(files, pid))) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_PAUSE_MS));
  }
  return asked;
}

function printsGoroutines(files: Files, pid: number): boolean {
  const status = files.readText(`/proc/${pid}/status`);
  return status !== undefined && parseStatus(status).signals.caught.includes("SIGQUIT") &&
    findGoProgram(files, pid) !== undefined;
}

function isAlive(files: Files, pid: number): boolean {
  const stat = parseStat(files.readText(`/proc/${pid}/stat`) ?? "");
  return stat !== undefined && !isDead(stat);
}
