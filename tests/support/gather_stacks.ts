import { createNativeStackSource } from "../../src/hooks/collectors/native/native_stack_source.ts";
import type { StackTarget } from "../../src/hooks/collectors/stack_source.ts";
import { host } from "../../src/runtime/host.ts";
import type { Runtime } from "../../src/runtime/port.ts";
import type { CollectorRecord, Stack } from "../../src/sample_document.ts";

const NEVER = new AbortController().signal;

/** What a source found in three snapshots and the end. */
export interface Gathered {
  /** The stacks of each thread, that of the main thread first. */
  readonly stacks: readonly (readonly Stack[])[];
  readonly records: readonly CollectorRecord[];
}

/** As whom, and with what. */
export interface GatherOptions {
  readonly runtime?: Runtime;
  readonly tools?: readonly string[];
  readonly busy?: boolean;
  readonly toolTimeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly willBeKilled?: boolean;
  readonly isLanguageRead?: (pid: number) => boolean;
}

/**
 * Runs the native stack source over processes as the collectors do, with three snapshots.
 *
 * @param pids live processes
 * @param options all tools of this machine when left out
 */
export async function gatherStacks(pids: readonly number[], options: GatherOptions = {}): Promise<Gathered> {
  const { runtime = host, busy = false, signal = NEVER } = options;
  const source = createNativeStackSource(runtime, { ...options, os: "linux" });
  const targets = pids.map((pid): StackTarget => ({ pid, command: [], threadCount: 2, busy }));
  for (let snapshot = 0; snapshot < 3; snapshot++) await source.takeSnapshot(targets, signal);
  await source.finish(targets, signal);
  const byTid = [...source.stacks()].sort(([a], [b]) => a - b);
  return { stacks: byTid.map(([, stacks]) => stacks), records: source.records() };
}
