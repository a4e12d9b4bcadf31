import { findGoProgram } from "../hooks/collectors/go/find_go_program.ts";
import { parseStatus } from "../hooks/collectors/kernel/parse_status.ts";
import type { Files, Runtime } from "../runtime/port.ts";
import { createLinuxLister } from "../tree/linux_lister.ts";
import { parseStat } from "../tree/parse_stat.ts";
import { isDead } from "../tree/process_entry.ts";
import type { Attempt } from "./attempt.ts";
import { type KillStep, planDump } from "./kill_plan.ts";
import { listGroup } from "./list_group.ts";

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
  /** Called with those that are asked, before it waits for them. */
  onAsked(pids: readonly number[]): void;
}

/**
 * Ends a tree that has Go programs which catch SIGQUIT: at that, their runtime prints all goroutines and exits. Whoever may
 * be taking what they print gets TERM when they have done so.
 *
 * @param request the tree
 * @returns false, and nobody is signalled, where there is no Go program
 */
export async function requestDumps(
  { runtime, attempt, ...request }: DumpRequest,
): Promise<boolean> {
  const { files } = runtime;
  const { processOnly, isOver } = request;
  if (isOver() || !hasDumper(runtime, attempt)) return false;
  const targets = attempt.tree.targets(processOnly);
  const dumpers = targets.map(({ pid }) => pid).filter((pid) => printsGoroutines(files, pid));
  if (dumpers.length === 0) return false;
  // What is printed from now on may be more than is usually kept.
  attempt.outputTail(DUMP_BYTES);
  const { first, waiting } = planDump(targets, new Set(dumpers));
  send(runtime, first);
  // A stopped process would take the signal only after somebody continued it.
  attempt.tree.signal("SIGCONT", processOnly);
  request.onAsked(dumpers);
  const endMs = performance.now() + PRINT_TIME_MS;
  while (!isOver() && performance.now() < endMs && dumpers.some((pid) => isAlive(files, pid))) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_PAUSE_MS));
  }
  if (isOver()) return true;
  const left = attempt.tree.targets(processOnly).filter(({ pid, startTime }) =>
    waiting.some((entry) => entry.pid === pid && entry.startTime === startTime)
  );
  send(runtime, left.map(({ pid }) => ({ kind: "signal", target: pid, signal: "SIGTERM" })));
  return true;
}

/** Whether a listing of all processes is worth its time: many tests may reach their limits at the same moment. */
function hasDumper({ files }: Runtime, attempt: Attempt): boolean {
  if (!attempt.ownsSession) return true;
  const group = listGroup(files, createLinuxLister(files), { rootPid: attempt.pid, seen: attempt.seen() });
  return group === undefined || group.some(({ pid }) => printsGoroutines(files, pid));
}

function send(runtime: Runtime, steps: readonly KillStep[]): void {
  for (const step of steps) if (step.kind === "signal") runtime.kill(step.target, step.signal);
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
