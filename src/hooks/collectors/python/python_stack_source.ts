import type { Files, Runtime } from "../../../runtime/port.ts";
import type { CollectorRecord, Stack } from "../../../sample_document.ts";
import { createCollectorLog } from "../collector_log.ts";
import { type HeldResult, holdProcess } from "../hold_process.ts";
import { explainTraceDenied } from "../explain_trace_denied.ts";
import { foldStacks } from "../fold_stacks.ts";
import type { LanguageFacts } from "../../language_facts.ts";
import { placeBelow } from "../place_below.ts";
import type { StackSource, StackTarget } from "../stack_source.ts";
import { nameThreads } from "./name_threads.ts";
import { type PythonReading, readPythonStacks } from "./read_python_stacks.ts";

/** The stacks of Python processes. */
export interface PythonStackSource extends StackSource {
  /** Whether the Python stacks of a process have been read, so that no other tool need be asked. */
  hasRead(pid: number): boolean;
}

type ReadPython = Extract<PythonReading, { kind: "read" }>;

const COLLECTOR = "python";
const BUDGET_MS = 20;
/** How long a process may be read while it is held. */
const HELD_BUDGET_MS = 5;

/** How processes may be looked at. */
export interface PythonStackSourceOptions {
  /** Whether they are ended afterwards: one that moves too fast to be read is then held for a moment. */
  readonly willBeKilled?: boolean | undefined;
}

/**
 * Reads the stacks of CPython 3.8 to 3.14 from the memory of their processes; needs no tools.
 *
 * @param runtime the host
 * @param options whether a process may be held
 * @returns a source that has nothing open between its calls
 */
export function createPythonStackSource(
  runtime: Runtime,
  options: PythonStackSourceOptions = {},
): PythonStackSource {
  const { files } = runtime;
  const log = createCollectorLog();
  const seen = new Map<number, Stack[]>();
  const readPids = new Set<number>();
  /** By pid, as they were at the last look. */
  const told = new Map<number, LanguageFacts>();

  const look = ({ pid, command }: StackTarget): void => {
    const startMs = performance.now();
    const moving = readPythonStacks(files, pid, BUDGET_MS);
    const held = options.willBeKilled === true ? readHeld(runtime, pid, moving) : undefined;
    const reading = held?.value ?? moving;
    const record = recordOf(files, reading, { pid, command, heldMs: held?.heldMs });
    if (record === undefined) return;
    log.add({ name: COLLECTOR, pid, ms: performance.now() - startMs, ...record });
    if (reading.kind !== "read") return;
    if (record.status === "ok") readPids.add(pid);
    const cwd = files.readLink(`/proc/${pid}/cwd`);
    told.set(pid, {
      runtime: `CPython ${reading.version}`,
      threads: nameThreads(reading.locks, reading.names),
      tasks: reading.tasks?.tasks.map((task) => ({
        ...task,
        frames: task.frames.map((frame) => placeBelow(cwd, frame)),
      })),
      leftOut: describeLeftOut(reading),
    });
    for (const { tid, frames } of reading.threads) {
      if (frames.length === 0) continue;
      const stack = { language: "python", count: 1, frames: frames.map((frame) => placeBelow(cwd, frame)) };
      seen.set(tid, [...seen.get(tid) ?? [], stack]);
    }
  };

  return {
    // deno-lint-ignore require-await -- a source resolves when it is done, and this one does not wait for anything
    async takeSnapshot(targets, signal) {
      for (const target of targets) {
        if (signal.aborted) return;
        if (target.pid !== runtime.pid) look(target);
      }
    },
    async finish() {},
    stacks: () => new Map([...seen].map(([tid, stacks]) => [tid, foldStacks(stacks)])),
    languages: () => told,
    records: () => log.records(),
    hasRead: (pid) => readPids.has(pid),
  };
}

/** A process that moved while it was read, read again while it is held; its names and tasks are those found before. */
function readHeld(runtime: Runtime, pid: number, moving: PythonReading): HeldResult<ReadPython> | undefined {
  if (moving.kind !== "read" || isComplete(moving)) return undefined;
  const held = holdProcess(runtime, pid, () => readPythonStacks(runtime.files, pid, HELD_BUDGET_MS));
  if (held === undefined || held.value.kind !== "read" || !isComplete(held.value)) return undefined;
  return { ...held, value: { ...held.value, names: moving.names, tasks: moving.tasks } };
}

function isComplete({ threads, unreadCount }: ReadPython): boolean {
  return unreadCount === 0 && threads.every(({ isWhole }) => isWhole);
}

/** What to tell of a look; undefined when there is no Python to be told of. */
function recordOf(
  files: Files,
  reading: PythonReading,
  { pid, command, heldMs }: Pick<StackTarget, "pid" | "command"> & { readonly heldMs: number | undefined },
): Pick<CollectorRecord, "status" | "detail"> | undefined {
  switch (reading.kind) {
    case "none":
      return undefined;
    case "denied":
      if (!/(^|\/)python[\d.]*$/.test(command[0] ?? "")) return undefined;
      return { status: "failed", detail: `Python stacks are missing: ${explainTraceDenied(files, pid)}` };
    case "refused":
      return {
        status: "failed",
        detail: `Python stacks are missing: ${reading.reason}; py-spy is asked instead`,
      };
    case "read":
      return describeRead(reading, heldMs);
  }
}

function describeRead(
  reading: ReadPython,
  heldMs: number | undefined,
): Pick<CollectorRecord, "status" | "detail"> {
  const { version, threads, gilHolderTids } = reading;
  const parts = [
    `CPython ${version}`,
    ...(heldMs === undefined ? [] : [`it was held for ${heldMs.toFixed(1)} ms, because it moved`]),
    ...gilHolderTids.map((tid) => `thread ${tid} holds the interpreter lock`),
    ...describeLeftOut(reading),
  ];
  if (threads.length === 0) {
    return {
      status: "failed",
      detail: `Python stacks are missing: ${[...parts, "no thread was found"].join("; ")}`,
    };
  }
  return { status: "ok", detail: parts.join("; ") };
}

/** What a process has that could not be read. */
function describeLeftOut({ threads, unreadCount, tasks }: ReadPython): readonly string[] {
  const moving = threads.filter(({ isWhole }) => !isWhole).map(({ tid }) => tid);
  const deep = threads.filter(({ isDeep }) => isDeep).map(({ tid }) => tid);
  return [
    ...describeThreads(moving, "moves, its innermost frames are", "move, their innermost frames are"),
    ...describeThreads(
      deep,
      "is too deep, its outermost frames are",
      "are too deep, their outermost frames are",
    ),
    ...(unreadCount === 0
      ? []
      : [`${unreadCount} of ${threads.length + unreadCount} threads could not be read`]),
    ...(tasks?.notes ?? []),
  ];
}

function describeThreads(tids: readonly number[], one: string, several: string): readonly string[] {
  if (tids.length === 0) return [];
  return [
    tids.length === 1 ? `thread ${tids[0]} ${one} left out` : `${tids.length} threads ${several} left out`,
  ];
}
