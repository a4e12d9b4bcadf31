import { messageOf } from "../../../errors.ts";
import type { Files, Runtime } from "../../../runtime/port.ts";
import type { CollectorRecord, Stack } from "../../../sample_document.ts";
import { hasEnded } from "../has_ended.ts";
import { createCollectorLog } from "../collector_log.ts";
import type { LanguageFacts, LanguageThread } from "../../language_facts.ts";
import type { StackSource } from "../stack_source.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";
import { inspectorAccess } from "./inspector_access.ts";
import { findInspectorThreads } from "./find_inspector_threads.ts";
import { findListener } from "./find_listener.ts";
import {
  isJavaScript,
  type JavaScriptProcess,
  readJavaScriptProcess,
  readListeningPorts,
} from "./javascript_process.ts";
import { type JavaScriptLook, lookIntoProcess } from "./look_into_process.ts";
import type { WorkerLook } from "./look_at_workers.ts";
import { findBusyThread, readThreadTicks, type ThreadTicks } from "./thread_ticks.ts";
import { oneAtATime } from "./one_at_a_time.ts";
import { createSourceLookup, type SourceLookup } from "./source_lookup.ts";

const NAME = "inspector";
const LOOK_MS = 2000;
const OPEN_MS = 500;
/** Whoever has the port, such as another prekill, may let it go soon. */
const TAKEN_MS = 300;
const POLL_MS = 5;

/**
 * What JavaScript programs do, through the inspector of V8. Node opens it on SIGUSR1 and writes "Debugger listening on …"
 * and "Debugger attached." to its standard error, which cannot be avoided; a listener that the program itself has for
 * this signal is called instead. One process is looked at after the other, once, at the end.
 *
 * @param runtime the host
 * @returns a source that leaves each process running and each inspector as it was
 */
export function createJavaScriptStackSource(runtime: Runtime): StackSource {
  const stacks = new Map<number, readonly Stack[]>();
  const languages = new Map<number, LanguageFacts>();
  const log = createCollectorLog();
  const lookup = createSourceLookup(runtime.files);
  const ticksBefore = new Map<number, ThreadTicks>();

  const lookAt = async (pid: number, signal: AbortSignal): Promise<void> => {
    if (readJavaScriptProcess(runtime.files, runtime.arch, pid) === undefined) return;
    const startMs = performance.now();
    const add = (status: CollectorRecord["status"], detail?: string): void =>
      log.add({ name: NAME, pid, status, ms: performance.now() - startMs, detail });
    const timeUp = new AbortController();
    const timer = setTimeout(() => timeUp.abort(), LOOK_MS);
    try {
      const look = await reachAndLook(runtime, pid, lookup, AbortSignal.any([signal, timeUp.signal]));
      if (look.stack !== undefined) stacks.set(pid, [look.stack]);
      languages.set(pid, toLanguageFacts(look, pid));
      const workerStack = stackOfOnlyBusy(look.workers);
      const tid = workerStack &&
        findBusyThread(ticksBefore.get(pid), readThreadTicks(runtime.files, pid), pid);
      if (tid !== undefined) stacks.set(tid, [workerStack!]);
      add("ok", look.stack === undefined ? "it runs no JavaScript at the moment" : undefined);
    } catch (error) {
      const isLate = signal.aborted || timeUp.signal.aborted;
      const isGone = hasEnded(runtime.files, pid);
      if (isGone) add("failed", "the process has ended");
      else add(isLate ? "timeout" : "failed", messageOf(error));
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    takeSnapshot(targets) {
      for (const { pid } of targets) {
        if (!ticksBefore.has(pid) && isJavaScript(runtime.files, pid)) {
          ticksBefore.set(pid, readThreadTicks(runtime.files, pid));
        }
      }
      return Promise.resolve();
    },
    async finish(targets, signal) {
      for (const { pid } of targets) {
        if (signal.aborted) break;
        if (pid !== runtime.pid) await oneAtATime(() => lookAt(pid, signal));
      }
    },
    stacks: () => stacks,
    languages: () => languages,
    records: () => log.records(),
  };
}

/** @throws {Error} that says why nothing was seen */
async function reachAndLook(
  runtime: Runtime,
  pid: number,
  lookup: SourceLookup,
  signal: AbortSignal,
): Promise<JavaScriptLook> {
  const takenUntilMs = performance.now() + TAKEN_MS;
  for (;;) {
    // Anew each time: while it waited for its turn it may have gone on, and other processes have come and gone.
    const process = readJavaScriptProcess(runtime.files, runtime.arch, pid);
    if (process === undefined) throw new Error("the process has ended");
    const access = inspectorAccess(process);
    const isIdle = process.main.kind === "idle";
    switch (access.kind) {
      case "refused":
        throw new Error(access.detail);
      case "open": {
        const { port } = access;
        // Before they serve this look.
        const inspectorThreads = findInspectorThreads(runtime.files, runtime.arch, pid, port);
        const look = await lookIntoProcess(runtime, { pid, port, isIdle, closeAfter: false, lookup }, signal);
        return { ...look, inspectorThreads };
      }
      case "taken":
        if (signal.aborted || performance.now() > takenUntilMs) {
          throw new Error(takenWords(runtime.files, access.port));
        }
        await waitUnlessAborted(POLL_MS, signal);
        continue;
      case "signal": {
        const port = await openBySignal(runtime, pid, process);
        return await lookIntoProcess(runtime, { pid, port, isIdle, closeAfter: true, lookup }, signal);
      }
    }
  }
}

/** Waits for the port whatever happens: an inspector that has been asked for must be closed again. */
async function openBySignal(
  runtime: Runtime,
  pid: number,
  { ownPorts, main }: JavaScriptProcess,
): Promise<number> {
  if (runtime.kill(pid, "SIGUSR1") !== "sent") throw new Error("it may not be sent a signal");
  const endMs = performance.now() + OPEN_MS;
  while (performance.now() < endMs) {
    const port = readListeningPorts(runtime.files, pid).own.find((port) => !ownPorts.includes(port));
    if (port !== undefined) return port;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const why = main.kind === "idle"
    ? "the program has a listener of its own for this signal"
    : "its main thread is busy in native code, or the program has a listener of its own for this signal";
  throw new Error(`it did not open its inspector on SIGUSR1: ${why}`);
}

function takenWords(files: Files, port: number): string {
  const listener = findListener(files, port);
  const who = listener === undefined ? "another process" : `pid ${listener.pid} (${listener.command})`;
  return `port ${port}, which its inspector needs, is taken by ${who}: end that, or start this program with --inspect-port=0`;
}

function toLanguageFacts(look: JavaScriptLook, pid: number): LanguageFacts {
  const tasks = [...look.tasks, ...look.workers.flatMap((worker) => worker.tasks)];
  const threads = new Map<number, LanguageThread>();
  if (look.wasPaused) threads.set(pid, { language: "javascript", state: "paused by a debugger", holds: [] });
  for (const tid of look.inspectorThreads ?? []) {
    threads.set(tid, { language: "javascript", name: "inspector", isInternal: true, holds: [] });
  }
  return {
    runtime: look.runtime,
    activeResources: look.resources,
    timers: look.timers,
    tasks: tasks.length === 0 ? undefined : tasks,
    threads: threads.size === 0 ? undefined : threads,
  };
}

function stackOfOnlyBusy(workers: readonly WorkerLook[]): Stack | undefined {
  const busy = workers.flatMap(({ stack }) => stack ?? []);
  return busy.length === 1 ? busy[0] : undefined;
}
