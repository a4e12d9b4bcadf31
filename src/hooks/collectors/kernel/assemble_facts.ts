import type { CollectorRecord, Stack } from "../../../sample_document.ts";
import { parentsFirst } from "../../../tree/find_tree.ts";
import type { Facts, ProcessFacts } from "../../facts.ts";
import type { CollectOptions } from "../collect_options.ts";
import { assembleFd } from "./assemble_fd.ts";
import { assembleProcess } from "./assemble_process.ts";
import { deniedRecords } from "./denied_record.ts";
import { findOutsiders } from "./find_outsiders.ts";
import { createHolders } from "./holders.ts";
import { readHostFacts } from "./host_facts.ts";
import { parseLocks } from "./parse_locks.ts";
import type { UnixPeer } from "./parse_ss_unix.ts";
import { resolveLocks } from "./resolve_locks.ts";
import type { HolderScan } from "./scan_holders.ts";
import type { TreeRecorder } from "./tree_recorder.ts";

/** What was gathered beside the snapshots. */
export interface Surroundings {
  /** Undefined when only the tree was looked at. */
  readonly scan: HolderScan | undefined;
  readonly unixPeers: ReadonlyMap<number, UnixPeer> | undefined;
  readonly stacks: ReadonlyMap<number, readonly Stack[]>;
  readonly collectors: readonly CollectorRecord[];
  readonly takenAtEpochMs: number;
}

/**
 * Makes the facts out of all that was gathered.
 *
 * @param options what was looked at
 * @param recorder of the tree, after the last snapshot
 * @param surroundings what was gathered beside
 * @returns the facts
 */
export function assembleFacts(
  options: CollectOptions,
  recorder: TreeRecorder,
  surroundings: Surroundings,
): Facts {
  const { runtime } = options;
  const { files } = runtime;
  const { scan, unixPeers, stacks } = surroundings;
  const live = recorder.records.filter(({ isGone }) => !isGone).map(({ last }) => last);
  const holders = createHolders(runtime, live, scan, recorder.root.startTime);
  const lockLines = parseLocks(files.readText("/proc/locks") ?? "");
  const processes = recorder.records.map((record) =>
    assembleProcess(record, {
      fds: record.last.files.map((file) => assembleFd(record.last, file, { holders, unixPeers })),
      locks: resolveLocks(record.last, lockLines, holders),
      stacks,
    })
  );
  return {
    os: runtime.os,
    arch: runtime.arch,
    cpus: runtime.cpuCount,
    ...readHostFacts(files),
    takenAtEpochMs: surroundings.takenAtEpochMs,
    windowMs: Math.round(recorder.windowMs),
    snapshots: recorder.snapshotCount,
    controlGroups: recorder.controlGroups,
    suspendedMs: recorder.suspendedMs,
    rootPid: options.rootPid,
    rootExited: recorder.isRootGone,
    outputPipes: options.outputPipes,
    processes: parentsFirst(processes.map((process) => withRootCommand(process, options))),
    outsiders: findOutsiders(runtime, processes),
    collectors: [...surroundings.collectors, ...deniedRecords(files, recorder.records)],
  };
}

function withRootCommand(process: ProcessFacts, { rootPid, rootCommand }: CollectOptions): ProcessFacts {
  return process.pid === rootPid && rootCommand !== undefined
    ? { ...process, command: rootCommand }
    : process;
}
