import { messageOf } from "../../errors.ts";
import { runTool } from "../../runtime/run_tool.ts";
import type { CollectorRecord, Stack } from "../../sample_document.ts";
import type { Facts, ProcessFacts } from "../facts.ts";
import type { LanguageFacts } from "../language_facts.ts";
import type { CollectOptions } from "./collect_options.ts";
import { assembleFacts } from "./kernel/assemble_facts.ts";
import { parseSsUnix, type UnixPeer } from "./kernel/parse_ss_unix.ts";
import { type HolderScan, scanHolders } from "./kernel/scan_holders.ts";
import { createTreeRecorder, type TreeRecorder } from "./kernel/tree_recorder.ts";
import type { StackSource } from "./stack_source.ts";
import { waitUnlessAborted } from "./wait_unless_aborted.ts";

const SNAPSHOTS = 3;
const SS_TIMEOUT_MS = 2000;
/** How long threads may take to go back to sleep after a debugger has let them go. */
const SETTLE_MS = 10;
/** When it is aborted, how long sources may take to let go of what they hold: debuggers end, inspectors are closed. */
const LET_GO_MS = 1200;

/** What is looked up beside the tree while time passes. */
interface Lookups {
  readonly scan: HolderScan;
  readonly unixPeers: ReadonlyMap<number, UnixPeer> | undefined;
  readonly records: readonly CollectorRecord[];
}

/**
 * Watches a tree for `sampleTimeMs`: three snapshots of what the kernel shows, each followed by one of every stack
 * source, and meanwhile a look at who holds the other ends. The tree is listed anew each time. When it is aborted, the
 * facts are those gathered until then.
 *
 * @param options what to look at
 * @param sources gather stacks; they may stop threads for moments, so the kernel is always asked before them. They
 * finish in this order
 * @returns the facts; never rejects
 */
export async function collectFacts(options: CollectOptions, sources: readonly StackSource[]): Promise<Facts> {
  const { signal, sampleTimeMs } = options;
  const startMs = performance.now();
  const takenAtEpochMs = Date.now();
  const recorder = createTreeRecorder(options);
  recorder.takeSnapshot(false);
  const lookups = lookAround(options, recorder);
  const failures: CollectorRecord[] = [];
  const run = async (some: readonly StackSource[], step: "takeSnapshot" | "finish"): Promise<void> => {
    failures.push(...await runSources(some, recorder, step, signal));
  };
  await run(sources, "takeSnapshot");
  for (let index = 1; index < SNAPSHOTS && !signal.aborted; index++) {
    const dueMs = startMs + (sampleTimeMs * index) / (SNAPSHOTS - 1);
    if (sources.length > 0) {
      await waitUnlessAborted(Math.min(SETTLE_MS, dueMs - performance.now()), signal);
      recorder.rebaseWakeups();
    }
    await waitUnlessAborted(dueMs - performance.now(), signal);
    if (signal.aborted) break;
    recorder.takeSnapshot(false);
    await run(sources, "takeSnapshot");
  }
  const wasAborted = signal.aborted;
  // One after the other: a process that one of them holds does not answer the next.
  for (const source of sources) {
    if (!signal.aborted) await run([source], "finish");
  }
  const { scan, unixPeers, records } = await lookups;
  const kernel: CollectorRecord = {
    name: "kernel",
    pid: 0,
    status: wasAborted ? "timeout" : "ok",
    ms: performance.now() - startMs,
    detail: wasAborted ? `${recorder.snapshotCount} of ${SNAPSHOTS} snapshots were taken` : undefined,
  };
  const facts = assembleFacts(options, recorder, {
    scan,
    unixPeers,
    stacks: mergeStacks(sources),
    collectors: [kernel, ...records, ...sources.flatMap((source) => source.records()), ...failures],
    takenAtEpochMs,
  });
  const languages = sources.flatMap((source) => [...source.languages?.() ?? []]);
  const answered = sources.flatMap((source) => [...source.answeredBytes?.() ?? []]);
  const processes = facts.processes.map((process) =>
    withLanguages(withoutAnswers(process, answered), languages)
  );
  return { ...facts, processes };
}

async function lookAround(options: CollectOptions, recorder: TreeRecorder): Promise<Lookups> {
  const { runtime, signal } = options;
  const hasUnixSockets = recorder.records.some(({ last }) =>
    [...last.sockets.values()].some(({ kind }) => kind === "unix")
  );
  const [scan, peers] = await Promise.all([
    scanHolders(runtime, signal),
    hasUnixSockets ? findUnixPeers(options) : { unixPeers: undefined, records: [] },
  ]);
  return { scan, ...peers };
}

async function findUnixPeers({ runtime, signal }: CollectOptions): Promise<Omit<Lookups, "scan">> {
  const result = await runTool(runtime, {
    program: "ss",
    args: ["-xnaH"],
    timeoutMs: SS_TIMEOUT_MS,
    signal,
  });
  const { status, ms } = result;
  if (status === "ok") {
    const peers = parseSsUnix(result.stdout).map((peer) => [peer.inode, peer] as const);
    return { unixPeers: new Map(peers), records: [{ name: "ss", pid: 0, status, ms }] };
  }
  const detail = status === "missing"
    ? "peers of unix sockets are inferred at best: install the package iproute2"
    : result.stderr.trim().split("\n")[0];
  return { unixPeers: undefined, records: [{ name: "ss", pid: 0, status, ms, detail }] };
}

/** Also ends when a source does not heed the signal, or fails in a way that it did not foresee: both leave what is there. */
async function runSources(
  sources: readonly StackSource[],
  recorder: TreeRecorder,
  step: "takeSnapshot" | "finish",
  signal: AbortSignal,
): Promise<readonly CollectorRecord[]> {
  const failures: CollectorRecord[] = [];
  if (sources.length === 0) return failures;
  const targets = recorder.targets();
  const settled = new AbortController();
  const runs = Promise.all(sources.map(async (source) => {
    const startMs = performance.now();
    try {
      await source[step](targets, signal);
    } catch (error) {
      const detail = `a collector failed, which is a fault of prekill: ${messageOf(error)}`;
      failures.push({ name: "stacks", pid: 0, status: "failed", ms: performance.now() - startMs, detail });
    }
  }));
  const aborted = waitUnlessAborted(Infinity, AbortSignal.any([signal, settled.signal]));
  await Promise.race([runs, aborted.then(() => waitUnlessAborted(LET_GO_MS, settled.signal))]);
  settled.abort();
  return failures;
}

function mergeStacks(sources: readonly StackSource[]): Map<number, readonly Stack[]> {
  const merged = new Map<number, readonly Stack[]>();
  for (const source of sources) {
    for (const [tid, stacks] of source.stacks()) merged.set(tid, [...merged.get(tid) ?? [], ...stacks]);
  }
  return merged;
}

/** What a process wrote because it was asked is no output of its own. */
function withoutAnswers(
  process: ProcessFacts,
  answered: readonly (readonly [number, number])[],
): ProcessFacts {
  const bytes = answered.reduce((sum, [pid, count]) => pid === process.pid ? sum + count : sum, 0);
  if (process.io === undefined || bytes === 0) return process;
  return { ...process, io: { ...process.io, writtenBytes: Math.max(0, process.io.writtenBytes - bytes) } };
}

/** Adds what the runtimes told of a process; of two that tell the same kind of thing the later one counts. */
function withLanguages(
  process: ProcessFacts,
  languages: readonly (readonly [number, LanguageFacts])[],
): ProcessFacts {
  const own = languages.filter(([pid]) => pid === process.pid).map(([, facts]) => facts);
  if (own.length === 0) return process;
  const last = <T>(pick: (facts: LanguageFacts) => T | undefined): T | undefined =>
    own.map(pick).findLast((value) => value !== undefined);
  return {
    ...process,
    runtime: last((facts) => facts.runtime),
    activeResources: last((facts) => facts.activeResources),
    timers: last((facts) => facts.timers),
    tasks: last((facts) => facts.tasks),
    leftOut: last((facts) => facts.leftOut),
    threads: process.threads.map((thread) => {
      const language = last((facts) => facts.threads?.get(thread.tid));
      return language === undefined ? thread : { ...thread, language };
    }),
  };
}
