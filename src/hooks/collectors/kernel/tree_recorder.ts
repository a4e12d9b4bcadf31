import { isGuard } from "../../../guard_name.ts";
import { createLinuxLister } from "../../../tree/linux_lister.ts";
import { findTree } from "../../../tree/find_tree.ts";
import type { ProcessEntry, ProcessIdentity } from "../../../tree/process_entry.ts";
import type { ControlGroupFacts } from "../../facts.ts";
import type { CollectOptions } from "../collect_options.ts";
import type { StackTarget } from "../stack_source.ts";
import { createControlGroupRecorder } from "./control_group_recorder.ts";
import { createKernelView } from "./kernel_view.ts";
import { parseStatus } from "./parse_status.ts";
import { addSnapshot, type ProcessRecord, rebaseWakeups } from "./process_record.ts";
import { readProcess } from "./read_process.ts";
import { cpuTicksOf } from "./read_threads.ts";

/** Processes of a tree that are looked into; of further ones only the listing is kept. */
const MAX_PROCESSES = 300;

/** Follows one tree over several snapshots. */
export interface TreeRecorder {
  /** The process that was started, as it was found first. */
  readonly root: ProcessIdentity;
  /** Whether it has exited, as far as the latest snapshot shows. */
  readonly isRootGone: boolean;
  /** In the order in which they were found, parents before children in each snapshot. */
  readonly records: readonly ProcessRecord[];
  readonly snapshotCount: number;
  /** From the first to the latest snapshot. */
  readonly windowMs: number;
  /** How long the machine was asleep in that time. */
  readonly suspendedMs: number;
  /** The control groups of the tree. */
  readonly controlGroups: readonly ControlGroupFacts[];
  /** Lists the tree and reads all of it. `isLight` looks for members among the latest processes where that is cheaper. */
  takeSnapshot(isLight: boolean): void;
  /** The live processes, as stack sources want them. */
  targets(): StackTarget[];
  /** To be called after something (a debugger) has woken the threads, so that it does not count as their own doing. */
  rebaseWakeups(): void;
}

/**
 * Starts following a tree. Nothing is read before the first snapshot.
 *
 * @param options what to follow
 * @returns a recorder that keeps nothing open
 */
export function createTreeRecorder(options: CollectOptions): TreeRecorder {
  const { runtime } = options;
  const lister = createLinuxLister(runtime.files);
  const records = new Map<string, ProcessRecord>();
  const previousTicks = new Map<string, number>();
  const seen = new Map(options.seen.map((identity) => [keyOf(identity), identity]));
  const found = lister.read(options.rootPid);
  // When the root has gone and its pid is used again, those who saw it know its start time.
  const known = options.seen.find(({ pid }) => pid === options.rootPid) ?? found;
  const root: ProcessIdentity = { pid: options.rootPid, startTime: known?.startTime ?? 0 };
  let snapshotCount = 0;
  let firstAtMs = 0;
  let windowMs = 0;
  let firstUptimeMs = 0;
  let suspendedMs = 0;
  const groups = createControlGroupRecorder(runtime.files);

  const list = (isLight: boolean): ProcessEntry[] => {
    const query = { root, ownsSession: options.ownsSession, cookie: options.cookie, seen: seen.values() };
    // The root is not among those started after it, and in a listing of all it does no harm twice.
    const rootEntry = isLight ? lister.read(root.pid) : undefined;
    const entries = isLight ? lister.listStartedAfter(root.pid) : lister.listAll();
    if (rootEntry !== undefined) entries.push(rootEntry);
    return findTree(lister, entries, query, runtime.pid).filter((entry) =>
      entry.name !== "sh" || !isGuard(lister.command(entry.pid))
    );
  };

  const recorder = {
    root,
    get records() {
      return [...records.values()];
    },
    get isRootGone() {
      const record = records.get(keyOf(root));
      return record === undefined || record.isGone || record.last.hasEnded;
    },
    get snapshotCount() {
      return snapshotCount;
    },
    get windowMs() {
      return windowMs;
    },
    get suspendedMs() {
      return suspendedMs;
    },
    get controlGroups() {
      return groups.facts();
    },
    takeSnapshot(isLight: boolean): void {
      const entries = list(isLight);
      const atMs = performance.now();
      if (snapshotCount++ === 0) firstAtMs = atMs;
      windowMs = atMs - firstAtMs;
      const threads = new Map(
        entries.slice(0, MAX_PROCESSES).map(({ pid }) =>
          [pid, (runtime.files.list(`/proc/${pid}/task`) ?? []).map(Number).sort((a, b) => a - b)] as const
        ),
      );
      const view = createKernelView(runtime, new Set([...threads.values()].flat()));
      if (snapshotCount === 1) firstUptimeMs = view.uptimeMs;
      // The uptime counts the time asleep, the clock of the program does not.
      suspendedMs = Math.max(0, Math.round(view.uptimeMs - firstUptimeMs - windowMs));
      groups.takeSnapshot([...threads.keys()]);
      const present = new Set<string>();
      for (const entry of entries) {
        const key = keyOf(entry);
        const snapshot = readProcess(view, entry.pid, threads.get(entry.pid), performance.now());
        if (snapshot === undefined || snapshot.stat.startTime !== entry.startTime) continue;
        present.add(key);
        seen.set(key, entry);
        const record = records.get(key);
        if (record !== undefined) previousTicks.set(key, cpuTicksOf(record.last.stat));
        records.set(key, addSnapshot(record, snapshot));
      }
      for (const [key, record] of records) {
        if (!present.has(key)) records.set(key, { ...record, isGone: true });
      }
    },
    targets(): StackTarget[] {
      return [...records].flatMap(([key, { last, isGone }]) => {
        // Threads of the kernel have neither a program nor memory.
        const isKernels = last.command.length === 0 && last.status.swapBytes === undefined;
        if (isGone || last.hasEnded || isKernels) return [];
        const ticks = previousTicks.get(key);
        const busy = last.stat.state === "R" || (ticks !== undefined && cpuTicksOf(last.stat) > ticks);
        return [{ pid: last.stat.pid, command: last.command, threadCount: last.threadCount, busy }];
      });
    },
    rebaseWakeups(): void {
      for (const [key, record] of records) {
        if (record.isGone) continue;
        const switches = (tid: number): number | undefined => {
          const text = runtime.files.readText(`/proc/${record.last.stat.pid}/task/${tid}/status`);
          return text === undefined ? undefined : parseStatus(text).voluntarySwitches;
        };
        records.set(key, rebaseWakeups(record, switches));
      }
    },
  };
  return recorder;
}

function keyOf({ pid, startTime }: ProcessIdentity): string {
  return `${pid}/${startTime}`;
}
